import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diazIn, rosa } from '../src/cases/story.ts'
import { cellOf } from '../src/ccm/same-month.ts'
import {
  assess,
  type Facts,
  type Family,
  sameMonthMatrix,
  type TimeFacts,
  tallyMinutes,
  totalMs,
  type Verdict,
} from '../src/index.ts'
import { runs } from './support.ts'

const RUNS = runs(300)
const MONTH_START = Date.parse('2026-10-01T04:00:00Z')
const iso = (seconds: number): string => new Date(MONTH_START + seconds * 1000).toISOString().replace('.000Z', 'Z')

const entry: fc.Arbitrary<TimeFacts> = fc
  .record({
    id: fc.uuid(),
    start: fc.oneof(fc.integer({ min: -7200, max: 31 * 86_400 }), fc.integer({ min: 36_000, max: 46_000 })),
    length: fc.integer({ min: 0, max: 5400 }),
    who: fc.constantFrom('rosa', 'okafor', 'sam'),
    activity: fc.constantFrom('patient_call', 'care_plan_work', 'voicemail_only'),
    program: fc.constantFrom('ccm' as const, 'ccm' as const, 'ccm' as const, 'rpm' as const),
    personalCcm: fc.boolean(),
  })
  .map(({ id, start, length, who, activity, program, personalCcm }) => ({
    id,
    person: who,
    kind: who === 'okafor' ? ('practitioner' as const) : ('staff' as const),
    credential: who === 'okafor' ? 'MD' : who === 'rosa' ? 'RN' : 'FRONT_DESK',
    start: iso(start),
    end: iso(start + length),
    activity,
    program,
    personalCcm,
  }))
const entries = fc.array(entry, { maxLength: 8 })
const making = fc.constantFrom<Facts['decisionMaking']>(
  null,
  { level: 'low', documentedOn: '2026-10-09' },
  { level: 'high', documentedOn: '2026-10-09' },
)
const october = (time: readonly TimeFacts[], decisionMaking: Facts['decisionMaking'] = null): Facts =>
  diazIn('2026-10', { time, decisionMaking })

const needs: Record<string, number> = {
  99424: 30,
  99425: 30,
  99426: 30,
  99427: 30,
  99490: 20,
  99439: 20,
  99487: 60,
  99489: 30,
  99491: 30,
  99437: 30,
}
const bases: Record<string, string> = { 99439: '99490', 99489: '99487', 99437: '99491' }
const caps: Record<string, number> = { 99490: 1, 99439: 2, 99487: 1, 99491: 1 }
const order: readonly Family[] = ['non_complex', 'complex', 'personal']

/** Units of every family the minutes reach, whichever is chosen. */
function reach(verdict: Verdict): Map<Family, number> {
  const found = new Map<Family, number>()
  const units = (lines: Verdict['lines']): number => lines.reduce((sum, line) => sum + line.units, 0)
  if (verdict.family) found.set(verdict.family, units(verdict.linesIfCleared))
  for (const one of verdict.alternatives) if (one.family) found.set(one.family, units(one.lines))
  return found
}

describe('properties of the verdict', () => {
  test('PROP-01: the minutes of the codes are never more than the minutes credited', () => {
    fc.assert(
      fc.property(entries, making, (time, decisions) => {
        const verdict = assess(october(time, decisions))
        const timed = verdict.alternatives.filter((one) => one.program !== 'apcm')
        for (const lines of [verdict.lines, ...timed.map((one) => one.lines)]) {
          const minutes = lines.reduce((sum, line) => sum + (needs[line.code] ?? Number.NaN) * line.units, 0)
          const personal = lines[0]?.code === '99491' || lines[0]?.code === '99424'
          expect(minutes * 60).toBeLessThanOrEqual(
            personal ? verdict.minutes.practitionerSeconds : verdict.minutes.countedSeconds,
          )
        }
        const { staffSeconds, practitionerSeconds, countedSeconds } = verdict.minutes
        expect(staffSeconds + practitionerSeconds).toBe(countedSeconds)
      }),
      RUNS,
    )
  })

  test('PROP-02: one more eligible entry never takes anything away', () => {
    const eligible = entry.map(
      (one): TimeFacts => ({
        ...one,
        id: `more-${one.id}`,
        activity: 'patient_call',
        program: 'ccm',
        ...(one.person === 'sam' ? { credential: 'RN' } : {}),
      }),
    )
    fc.assert(
      fc.property(entries, eligible, making, (time, more, decisions) => {
        const before = reach(assess(october(time, decisions)))
        const after = reach(assess(october([...time, more], decisions)))
        for (const family of order) expect(after.get(family) ?? 0).toBeGreaterThanOrEqual(before.get(family) ?? 0)
      }),
      RUNS,
    )
  })

  test('PROP-03: order does not matter, nor does cutting an entry in two', () => {
    fc.assert(
      fc.property(entries, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (time, turn, share) => {
        const whole = assess(october(time))
        const moved = [...time.slice(turn % (time.length + 1)), ...time.slice(0, turn % (time.length + 1))].reverse()
        expect(assess(october(moved))).toEqual(whole)
        const cut = time.flatMap((one) => {
          const from = Date.parse(one.start)
          const at = from + Math.floor(((Date.parse(one.end) - from) / 1000) * share) * 1000
          const middle = new Date(at).toISOString().replace('.000Z', 'Z')
          return [
            { ...one, id: `${one.id}-1`, end: middle },
            { ...one, id: `${one.id}-2`, start: middle },
          ]
        })
        const parts = assess(october(cut))
        expect(parts.lines).toEqual(whole.lines)
        expect({ ...parts.minutes, leftOut: [] }).toEqual({ ...whole.minutes, leftOut: [] })
      }),
      RUNS,
    )
  })

  test('PROP-04: whatever the matrix forbids beside CCM stops every line', () => {
    for (const row of sameMonthMatrix) {
      const code = row.codes[0]?.split('-')[0] ?? ''
      const month = row.until ? '2025-03' : '2026-10'
      for (const practitioner of ['same', 'same_group', 'other'] as const) {
        const verdict = assess(diazIn(month, { otherServices: [{ code, on: `${month}-10`, practitioner }] }))
        const cell = cellOf(row, practitioner)
        expect([row.id, practitioner, verdict.outcome]).toEqual([
          row.id,
          practitioner,
          cell === 'no' ? 'not_billable' : cell === 'hold' ? 'held' : 'billable',
        ])
        const elsewhere = assess(diazIn(month, { otherServices: [{ code, on: '2024-01-10', practitioner }] }))
        expect(elsewhere.outcome).toBe('billable')
      }
    }
  })

  test('PROP-05: one family, no add-on without its base, no more units than allowed, one date', () => {
    fc.assert(
      fc.property(entries, making, (time, decisions) => {
        const { lines } = assess(october(time, decisions))
        const codes = lines.map((line) => line.code)
        expect(new Set(codes).size).toBe(codes.length)
        expect(codes.filter((code) => bases[code] === undefined).length).toBe(codes.length > 0 ? 1 : 0)
        for (const line of lines) {
          const base = bases[line.code]
          if (base) expect(codes).toContain(base)
          expect(line.units).toBeGreaterThan(0)
          expect(line.units).toBeLessThanOrEqual(caps[line.code] ?? Number.POSITIVE_INFINITY)
        }
        expect(new Set(lines.map((line) => line.dateOfService)).size).toBeLessThanOrEqual(1)
      }),
      RUNS,
    )
  })

  test('PROP-06: what another year pays changes nothing in this one', () => {
    const before = assess(diazIn('2025-06'))
    assess(diazIn('2026-06'))
    assess(diazIn('2027-06'))
    expect(assess(diazIn('2025-06'))).toEqual(before)
    expect(before.lines[0]?.allowedCents).toBe(6049)
    for (const finding of before.findings) {
      for (const value of finding.values) expect(value.from <= '2025-06-31').toBe(true)
    }
  })

  test('PROP-07: the same facts give the same bytes', () => {
    fc.assert(
      fc.property(entries, making, (time, decisions) => {
        const facts = october(time, decisions)
        const text = JSON.stringify(assess(facts))
        expect(JSON.stringify(assess(structuredClone(facts)))).toBe(text)
      }),
      runs(100),
    )
  })

  test('PROP-08: without consent, coverage, two conditions or a signed plan nothing is billed', () => {
    const holes: ReadonlyArray<Partial<Facts>> = [
      { consent: null },
      { consent: undefined },
      { coverage: [] },
      { coverage: undefined },
      { conditions: [] },
      { conditions: undefined },
      { carePlan: null },
      { carePlan: undefined },
      { carePlan: { approvedOn: null, copyGivenOn: '2026-10-01' } },
      { patient: { diedOn: '2026-09-30', newOrNotSeenWithinYear: false } },
    ]
    fc.assert(
      fc.property(entries, fc.constantFrom(...holes), (time, hole) => {
        const verdict = assess({ ...october([...time, rosa(3600, { id: 'sure' })]), ...hole })
        expect(verdict.outcome).not.toBe('billable')
        expect(verdict.lines).toEqual([])
      }),
      RUNS,
    )
  })

  test('PROP-09: one patient’s month never changes another’s', () => {
    fc.assert(
      fc.property(entries, entries, (mine, hers) => {
        const before = assess(october(mine))
        assess(october(hers))
        expect(assess(october(mine))).toEqual(before)
      }),
      runs(100),
    )
  })

  test('PROP-13: whatever the log went through, no moment is counted twice', () => {
    const deed = fc.oneof(
      fc.record({ kind: fc.constant('logged' as const), one: entry }),
      fc.record({ kind: fc.constant('imported again' as const), at: fc.nat(20) }),
      fc.record({ kind: fc.constant('moved' as const), at: fc.nat(20), seconds: fc.integer({ min: -600, max: 600 }) }),
      fc.record({ kind: fc.constant('taken back' as const), at: fc.nat(20) }),
    )
    const moved = (instant: string, seconds: number): string =>
      new Date(Date.parse(instant) + seconds * 1000).toISOString()
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 15 }), (deeds) => {
        let log: TimeFacts[] = []
        for (const done of deeds) {
          if (done.kind === 'logged') log = [...log, done.one]
          const found = done.kind === 'logged' ? undefined : log[done.at % Math.max(1, log.length)]
          if (!found) continue
          if (done.kind === 'imported again') log = [...log, { ...found, id: `${found.id} again` }]
          if (done.kind === 'taken back') log = log.filter((one) => one !== found)
          if (done.kind === 'moved') {
            const { seconds } = done
            const later = { ...found, start: moved(found.start, seconds), end: moved(found.end, seconds) }
            log = log.map((one) => (one === found ? later : one))
          }
        }
        const { pool, practitionerPool, countedSeconds, leftOut } = tallyMinutes(october(log))
        for (const part of [pool, practitionerPool]) {
          for (const [at, one] of part.entries()) {
            expect(one.startMs).toBeGreaterThanOrEqual(part[at - 1]?.endMs ?? 0)
          }
        }
        expect(totalMs(pool)).toBe(countedSeconds * 1000)
        const logged = log.reduce((sum, one) => sum + (Date.parse(one.end) - Date.parse(one.start)) / 1000, 0)
        expect(countedSeconds + leftOut.reduce((sum, one) => sum + one.seconds, 0)).toBe(logged)
      }),
      RUNS,
    )
  })

  test('PROP-10: counted and left-out seconds are the log', () => {
    fc.assert(
      fc.property(entries, (time) => {
        const { minutes } = assess(october(time))
        const logged = time.reduce((sum, one) => sum + (Date.parse(one.end) - Date.parse(one.start)) / 1000, 0)
        expect(minutes.countedSeconds + minutes.leftOut.reduce((sum, one) => sum + one.seconds, 0)).toBe(logged)
      }),
      RUNS,
    )
  })
})
