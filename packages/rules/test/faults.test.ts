import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import { allValues, assess, entryOn, type Facts, OutOfForce, parseFacts } from '../src/index.ts'

const october = (change: Partial<Facts> = {}): Facts => diazIn('2026-10', change)
const told = (facts: Facts): string[] => assess(facts).lines.map((line) => `${line.code}x${line.units}`)

describe('the ten faults of the only open biller', () => {
  test('1: seconds are never rounded up', () => {
    expect(told(october({ time: [rosa(1170)] }))).toEqual([])
    expect(told(october({ time: [rosa(1199)] }))).toEqual([])
    expect(told(october({ time: [rosa(1200)] }))).toEqual(['99490x1'])
    // Two halves that would each round up to twenty together.
    const halves = [rosa(599), rosa(600, { start: '2026-10-07T14:00:00Z' })]
    expect(told(october({ time: halves }))).toEqual([])
  })

  test('2: the add-on stops at two', () => {
    for (const minutes of [60, 79, 80, 100, 600]) {
      expect(told(october({ time: [rosa(minutes * 60)] }))).toEqual(['99490x1', '99439x2'])
    }
  })

  test('3: nothing is billed without consent, visit, plan or coverage', () => {
    const needsVisit = { patient: { diedOn: null, newOrNotSeenWithinYear: true } }
    for (const lacking of [
      { consent: null },
      { ...needsVisit, initiatingVisit: null },
      { carePlan: null },
      { coverage: [] },
      { coverage: null },
    ]) {
      expect(told(october(lacking))).toEqual([])
    }
  })

  test('4: the date of service is in the service month, whatever the length of the month', () => {
    for (const month of ['2024-02', '2025-02', '2026-04', '2026-10', '2026-12']) {
      for (const dateOfService of ['month_end', 'threshold_date'] as const) {
        const lines = assess(diazIn(month, { policy: { dateOfService } })).lines
        expect(lines.map((line) => line.dateOfService.slice(0, 7))).toEqual([month])
      }
    }
  })

  test('5: every line has its diagnoses', () => {
    for (const line of assess(october({ time: [rosa(3600)] })).lines) expect(line.diagnoses).toEqual(['E11.9', 'I10'])
  })

  test('6: the diagnoses are the same every month', () => {
    const seen = new Set<string>()
    for (let month = 1; month <= 12; month += 1) {
      const verdict = assess(diazIn(`2026-${String(month).padStart(2, '0')}`))
      seen.add(JSON.stringify(verdict.lines[0]?.diagnoses))
    }
    expect([...seen]).toEqual(['["E11.9","I10"]'])
  })

  test('7: a session taken back is out of the total', () => {
    const both = [rosa(700), rosa(700, { start: '2026-10-07T14:00:00Z' })]
    expect(assess(october({ time: both })).minutes.countedSeconds).toBe(1400)
    expect(assess(october({ time: both.slice(1) })).minutes.countedSeconds).toBe(700)
    expect(told(october({ time: both.slice(1) }))).toEqual([])
  })

  test('8: a day or more between start and end is not lost', () => {
    const day = { ...rosa(60), end: '2026-10-07T14:01:00Z' }
    expect(assess(october({ time: [day] })).minutes.countedSeconds).toBe(86_400 + 60)
    const backwards = parseFacts({ ...october(), time: [{ ...rosa(60), end: '2026-10-05T14:01:00Z' }] })
    expect(backwards.ok).toBe(false)
  })

  test('9: the month is that of the clinic’s clock', () => {
    const evening = [rosa(1200, { start: '2026-11-01T03:40:00Z' })]
    expect(told(october({ time: evening }))).toEqual(['99490x1'])
    expect(told(diazIn('2026-11', { time: evening }))).toEqual([])
    expect(told(october({ time: evening, timeZone: 'UTC' }))).toEqual([])
  })

  test('10: overlap, role, second program and approval are looked at', () => {
    const twice = [rosa(900), { ...rosa(900), id: 'again', person: 'lee' }]
    expect(told(october({ time: twice }))).toEqual([])
    expect(told(october({ time: [{ ...rosa(1200), credential: 'SCHEDULER' }] }))).toEqual([])
    const monitoring = { ...rosa(600), id: 'rpm', program: 'rpm' as const, person: 'lee' }
    expect(told(october({ time: [rosa(1200), monitoring] }))).toEqual([])
    expect(told(october({ carePlan: { approvedOn: null, copyGivenOn: '2026-10-02' } }))).toEqual([])
  })
})

type Path = readonly (string | number)[]

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => pathsOf(one, [...at, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => [[...at, key], ...pathsOf(one, [...at, key])])
}

function dropped(value: unknown, [first, ...rest]: Path): unknown {
  if (Array.isArray(value)) return value.map((one, index) => (index === first ? dropped(one, rest) : one))
  return Object.fromEntries(
    Object.entries(value as object).flatMap(([key, one]) =>
      key !== first ? [[key, one]] : rest.length === 0 ? [] : [[key, dropped(one, rest)]],
    ),
  )
}

/** Facts on which this month does not rest: names, choices with a default, and what is asked only elsewhere. */
const idle: Readonly<Record<string, RegExp>> = {
  'the staff month':
    /^(asOf|policy|policy\..*|initiatingVisit.*|practitioner\.id|patient\.bornOn|consent\.faceToFace|decisionMaking|time\.\d+\.personalCcm|secondary\.name)$/,
  'the complex month of a new patient':
    /^(asOf|policy|policy\..*|patient\.newOrNotSeenWithinYear|practitioner\.id|patient\.bornOn|time\.\d+\.personalCcm)$/,
  'the practitioner’s own month':
    /^(asOf|policy|policy\..*|initiatingVisit.*|practitioner\.id|patient\.bornOn|consent\.faceToFace|decisionMaking|time\.\d+\.(personalCcm|credential))$/,
}

const fixtures: Readonly<Record<string, Facts>> = {
  'the staff month': october({ initiatingVisit: null }),
  'the complex month of a new patient': october({
    time: [rosa(3600)],
    decisionMaking: { level: 'high', documentedOn: '2026-10-12' },
    patient: { bornOn: '1952-04-11', diedOn: null, newOrNotSeenWithinYear: true },
    consent: { ...mrsDiaz.consent, givenOn: '2026-10-02' },
    initiatingVisit: { on: '2026-10-02', code: 'G0439', ccmDiscussed: true },
    policy: { consentMode: 'written_face_to_face', dateOfService: 'month_end' },
  }),
  'the practitioner’s own month': october({ time: [okafor(1800)], initiatingVisit: null }),
}

describe('one fact less', () => {
  for (const [name, facts] of Object.entries(fixtures)) {
    test(`takes ${name} away, whichever the law asks for`, () => {
      const clean: unknown = JSON.parse(JSON.stringify(facts))
      expect(assess(facts).outcome).toBe('billable')
      let asked = 0
      for (const path of pathsOf(clean)) {
        if (idle[name]?.test(path.join('.'))) continue
        asked += 1
        const parsed = parseFacts(dropped(clean, path))
        const outcome = parsed.ok ? assess(parsed.facts).outcome : 'refused'
        expect(outcome, path.join('.')).not.toBe('billable')
      }
      expect(asked).toBeGreaterThan(35)
    })
  }
})

describe('both sides of every date of the book', () => {
  const dayBefore = (day: string): string =>
    new Date(Date.parse(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  for (const value of allValues()) {
    test(`${value.key} holds from its day and not before`, () => {
      value.values.forEach((entry, index) => {
        const on = entry.from.length === 7 ? `${entry.from}-01` : entry.from
        expect(entryOn(value, on)).toBe(entry)
        const before = value.values[index - 1]
        if (before === undefined) expect(() => entryOn(value, dayBefore(entry.from))).toThrow(OutOfForce)
        else {
          const last = entryOn(value, dayBefore(entry.from))
          expect(last).toBe(before.until !== undefined && before.until < entry.from ? undefined : before)
        }
        if (entry.until !== undefined) {
          expect(entryOn(value, dayBefore(entry.until))).toBe(entry)
          expect(entryOn(value, entry.until.length === 7 ? `${entry.until}-01` : entry.until)).not.toBe(entry)
        }
      })
    })
  }
})
