import { describe, expect, test } from 'vitest'
import { blockBoundaries } from '../src/cases/ccm/time.ts'
import { diazIn, okafor, rosa } from '../src/cases/story.ts'
import { assess, type Facts, type Family, type Verdict } from '../src/index.ts'

const spoken = (verdict: Verdict): string[] => verdict.lines.map((line) => `${line.code} x ${line.units}`)
const total = (lines: Verdict['lines']): number => lines.reduce((sum, line) => sum + (line.allowedCents ?? 0), 0)
const families = (verdict: Verdict): Verdict['alternatives'] =>
  verdict.alternatives.filter((one) => one.program === 'ccm')
const high = { level: 'high', documentedOn: '2026-10-12' } as const

function month(staff: number, practitioner: number, change: Partial<Facts> = {}): Facts {
  const time = [...(staff > 0 ? [rosa(staff * 60)] : []), ...(practitioner > 0 ? [okafor(practitioner * 60)] : [])]
  return diazIn('2026-10', { time, ...change })
}

/** What each family would pay, chosen by a person where the record points elsewhere; undefined where it is not reached. */
function pays(facts: Facts, family: Family): number | undefined {
  const verdict = assess(facts)
  if (verdict.family === family) return total(verdict.lines)
  return verdict.alternatives.find((one) => one.family === family)?.totalAllowedCents ?? undefined
}

describe('code choice from exact seconds', () => {
  for (const one of blockBoundaries()) {
    test(`${one.name} bills ${one.expect.join(' + ') || 'nothing'}`, () => {
      expect(spoken(assess(one.given))).toEqual(one.expect)
    })
  }

  const table: ReadonlyArray<
    readonly [minutes: number, place: '11' | '22', a: number, b: number | undefined, c: number | undefined]
  > = [
    [20, '11', 6613, undefined, undefined],
    [29, '11', 6613, undefined, undefined],
    [30, '11', 6613, undefined, 8918],
    [39, '11', 6613, undefined, 8918],
    [40, '11', 11657, undefined, 8918],
    [59, '11', 11657, undefined, 8918],
    [60, '11', 16701, 14429, 15231],
    [89, '11', 16701, 14429, 15231],
    [90, '11', 16701, 22245, 21544],
    [119, '11', 16701, 22245, 21544],
    [120, '11', 16701, 30061, 27857],
    [149, '11', 16701, 30061, 27857],
    [150, '11', 16701, 37877, 34170],
    [179, '11', 16701, 37877, 34170],
    [20, '22', 4376, undefined, undefined],
    [30, '22', 4376, undefined, 6547],
    [40, '22', 7449, undefined, 6547],
    [60, '22', 10522, 7916, 10923],
    [90, '22', 10522, 12292, 15299],
    [120, '22', 10522, 16668, 19675],
    [150, '22', 10522, 21044, 24051],
  ]
  for (const [minutes, place, nonComplex, complex, personal] of table) {
    test(`${minutes} minutes of Dr Okafor at place ${place} pay by family to the cent`, () => {
      const facts = month(0, minutes, { placeOfService: place, decisionMaking: high })
      expect([pays(facts, 'non_complex'), pays(facts, 'complex'), pays(facts, 'personal')]).toEqual([
        nonComplex,
        complex,
        personal,
      ])
    })
  }

  const mixed: ReadonlyArray<readonly [staff: number, own: number, a: number, b?: number | undefined, c?: number]> = [
    [15, 25, 11657],
    [19, 30, 11657, undefined, 8918],
    [5, 30, 6613, undefined, 8918],
    [30, 30, 16701, 14429, 8918],
    [60, 30, 16701, 22245, 8918],
    [20, 60, 16701, 14429, 15231],
    [0, 90, 16701, 22245, 21544],
    [60, 60, 16701, 30061, 15231],
  ]
  for (const [staff, own, a, b, c] of mixed) {
    test(`Rosa ${staff} and Dr Okafor ${own} minutes`, () => {
      const facts = month(staff, own, { decisionMaking: high })
      expect([pays(facts, 'non_complex'), pays(facts, 'complex'), pays(facts, 'personal')]).toEqual([a, b, c])
      const simple = month(staff, own)
      expect(pays(simple, 'complex')).toBeUndefined()
      expect(pays(simple, 'non_complex')).toBe(a)
    })
  }

  test('the record decides before the money, and the difference is shown', () => {
    const verdict = assess(month(60, 0, { decisionMaking: high }))
    expect(spoken(verdict)).toEqual(['99487 x 1'])
    expect(families(verdict)).toMatchObject([{ family: 'non_complex', differenceCents: 2272 }])
  })

  for (const level of ['straightforward', 'low', 'moderate', 'high'] as const) {
    test(`an hour with ${level} decision making`, () => {
      const verdict = assess(month(60, 0, { decisionMaking: { level, documentedOn: '2026-10-12' } }))
      expect(verdict.family).toBe(level === 'moderate' || level === 'high' ? 'complex' : 'non_complex')
    })
  }

  for (const [documentedOn, family] of [
    ['2026-09-30', 'non_complex'],
    ['2026-10-01', 'complex'],
    ['2026-10-31', 'complex'],
    ['2026-11-01', 'non_complex'],
  ] as const) {
    test(`an hour with high decision making documented on ${documentedOn}`, () => {
      expect(assess(month(60, 0, { decisionMaking: { level: 'high', documentedOn } })).family).toBe(family)
    })
  }

  test('June may choose the other family with a reason', () => {
    const choice = { family: 'non_complex', by: 'June', reason: 'Counsel advised it.' } as const
    const verdict = assess(month(60, 0, { decisionMaking: high, choice }))
    expect(spoken(verdict)).toEqual(['99490 x 1', '99439 x 2'])
    expect(verdict.findings.find((one) => one.rule === 'ccm.family.choice')?.sentence).toContain('Counsel advised it.')
  })

  test('staff minutes never count for the practitioner’s own codes', () => {
    expect(assess(month(60, 29)).alternatives.map((one) => one.family)).not.toContain('personal')
  })

  test('the practitioner’s minutes not logged as personal go into the staff pool', () => {
    const time = [{ ...okafor(30 * 60), personalCcm: false }]
    const verdict = assess(diazIn('2026-10', { time }))
    expect(spoken(verdict)).toEqual(['99490 x 1'])
    expect(families(verdict)).toMatchObject([{ family: 'personal', differenceCents: 8918 - 6613 }])
  })

  test('base and add-on carry one date: the month end, the day of the last full block, or the day of death', () => {
    const time = [rosa(20 * 60, { start: '2026-10-06T14:00:00Z' }), rosa(25 * 60, { start: '2026-10-14T14:00:00Z' })]
    const dates = (change: Partial<Facts>): string[] => [
      ...new Set(assess(diazIn('2026-10', { time, ...change })).lines.map((line) => line.dateOfService)),
    ]
    expect(dates({})).toEqual(['2026-10-31'])
    expect(dates({ policy: { dateOfService: 'threshold_date' } })).toEqual(['2026-10-14'])
    expect(dates({ patient: { diedOn: '2026-10-20', newOrNotSeenWithinYear: false } })).toEqual(['2026-10-20'])
  })

  test('minutes that are full exactly at midnight belong to the day that ends', () => {
    const time = [rosa(20 * 60, { start: '2026-10-07T03:40:00Z' })]
    const verdict = assess(diazIn('2026-10', { time, policy: { dateOfService: 'threshold_date' } }))
    expect(verdict.lines.map((line) => line.dateOfService)).toEqual(['2026-10-06'])
  })

  test('the bundle of rural clinics blocks until September 2025 and exists no longer in October', () => {
    const beside = (month: string): string =>
      assess(diazIn(month, { otherServices: [{ code: 'G0511', on: `${month}-03`, practitioner: 'other' }] })).outcome
    expect([beside('2025-09'), beside('2025-10')]).toEqual(['not_billable', 'billable'])
  })

  test('diagnoses are the same every month, one of each disease first, four at most', () => {
    const codes = ['E11.9', 'E11.65', 'I10', 'N18.30', 'J44.9', 'F33.1']
    const conditions = codes.map((code) => ({
      code,
      attestedOn: '2026-01-02',
      lasts12Months: true,
      significantRisk: true,
    }))
    for (const one of ['2026-03', '2026-10']) {
      expect(assess(diazIn(one, { conditions })).lines[0]?.diagnoses).toEqual(['E11.9', 'I10', 'N18.30', 'J44.9'])
    }
    expect(assess(diazIn('2026-10', { conditions: conditions.slice(0, 3) })).lines[0]?.diagnoses).toEqual([
      'E11.9',
      'I10',
      'E11.65',
    ])
  })
})

describe('fixes', () => {
  test('each thing in the way names a step and whose it is; doing them makes the month billable', () => {
    const facts = diazIn('2026-10', {
      asOf: '2026-10-20',
      time: [rosa(12 * 60 + 30)],
      consent: null,
      carePlan: { approvedOn: null, copyGivenOn: null },
      conditions: [],
      designatedCareManager: false,
    })
    const before = assess(facts)
    expect(before.outcome).toBe('not_yet')
    expect(before.fixes.map((fix) => [fix.step, fix.role])).toEqual([
      ['attest_conditions', 'provider'],
      ['record_consent', 'care_manager'],
      ['approve_care_plan', 'provider'],
      ['give_plan_copy', 'care_manager'],
      ['name_care_manager', 'manager'],
      ['add_care_time', 'care_manager'],
    ])
    expect(new Set(before.fixes.map((fix) => fix.id)).size).toBe(before.fixes.length)
    const good = diazIn('2026-10')
    const after = assess({
      ...facts,
      asOf: '2026-10-24',
      conditions: good.conditions,
      consent: { ...good.consent, givenOn: '2026-10-21' },
      carePlan: { approvedOn: '2026-10-22', copyGivenOn: '2026-10-22' },
      designatedCareManager: true,
      time: [rosa(20 * 60, { start: '2026-10-23T14:00:00Z' })],
    })
    expect(after.outcome).toBe('billable')
  })

  test('minutes short are told to the second', () => {
    const verdict = assess(diazIn('2026-10', { asOf: '2026-10-20', time: [rosa(12 * 60 + 30)] }))
    expect(verdict.fixes).toMatchObject([
      { step: 'add_care_time', sentence: '7 min 30 s more of countable care by 2026-10-31.' },
    ])
  })

  test('where no legal step is left, none is offered', () => {
    const verdict = assess(diazIn('2026-10', { time: [rosa(12 * 60)] }))
    expect(verdict.outcome).toBe('not_billable')
    expect(verdict.fixes).toEqual([])
  })

  test('without a date of asking the month is taken as running', () => {
    expect(assess({ ...diazIn('2026-10', { time: [rosa(60)] }), asOf: undefined }).outcome).toBe('not_yet')
  })
})

describe('one fact away', () => {
  const without = (facts: Facts, key: keyof Facts): Facts => {
    const { [key]: _gone, ...rest } = facts
    return { month: facts.month, timeZone: facts.timeZone, ...rest }
  }
  const keys = [
    'placeOfService',
    'locality',
    'practitioner',
    'patient',
    'coverage',
    'deductible',
    'qmb',
    'secondary',
    'conditions',
    'consent',
    'carePlan',
    'access24x7',
    'designatedCareManager',
    'time',
    'stays',
    'otherServices',
  ] as const
  for (const key of keys) {
    test(`without knowing ${key} nothing is billed, and it is said what to find out`, () => {
      const verdict = assess(without(diazIn('2026-10'), key))
      expect(verdict.outcome).toBe('held')
      expect(verdict.lines).toEqual([])
      expect(verdict.findings.some((one) => one.status === 'unknown')).toBe(true)
      expect(verdict.fixes.length).toBeGreaterThan(0)
    })
  }
})
