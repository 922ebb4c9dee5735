import { describe, expect, test } from 'vitest'
import {
  assessEligibility,
  assessRisk,
  type Eligibility,
  type EligibilityInput,
  type GroupHit,
  groupsOfIcd10,
  type PatientCondition,
  type RiskInput,
  snomedToIcd10,
} from '../src/index.ts'

const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
const SNOMED = 'http://snomed.info/sct'
const condition = (code: string, change: Partial<PatientCondition> = {}): PatientCondition => ({
  id: `c-${code}`,
  system: ICD,
  code,
  status: 'active',
  ...change,
})
const ask = (conditions: readonly PatientCondition[], change: Partial<EligibilityInput> = {}): Eligibility =>
  assessEligibility({
    asOf: '2026-11-01',
    bornOn: '1952-04-11',
    diedOn: null,
    conditions,
    coverages: [{ kind: 'part_b', from: '2017-04-01', to: null }],
    visits: [],
    ...change,
  })
const two = [condition('E11.9'), condition('I10')]
const groupsOf = (answer: Eligibility): string[] => answer.groups.map((hit) => hit.group)

describe('which conditions stand on the day of asking', () => {
  const standing = (change: Partial<PatientCondition>): boolean =>
    groupsOf(ask([condition('I10', change)])).length === 1

  test('one that begins that day does, one that is over that day does not', () => {
    expect(['2026-10-31', '2026-11-01', '2026-11-02', null].map((onsetOn) => standing({ onsetOn }))).toEqual([
      true,
      true,
      false,
      true,
    ])
    expect(['2026-10-31', '2026-11-01', '2026-11-02', null].map((abatedOn) => standing({ abatedOn }))).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  test('one that came back does, one that rests does not', () => {
    const statuses = ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved', 'unknown'] as const
    expect(statuses.filter((status) => standing({ status }))).toEqual(['active', 'recurrence', 'relapse'])
  })

  test('a code counts only in its own system, and one that the book does not know shows nothing', () => {
    const in_ = (system: string, code: string): string[] => groupsOf(ask([condition(code, { system })]))
    expect(in_(SNOMED, '44054006')).toEqual(['diabetes'])
    expect(in_('http://example.org/codes', '44054006')).toEqual([])
    expect(in_('http://example.org/codes', 'E11.9')).toEqual([])
    expect(in_(SNOMED, '1')).toEqual([])
    // Suspected lung cancer goes to the provider only where its code is that of SNOMED CT.
    expect(ask([condition('162573006', { system: SNOMED })]).suspected).toHaveLength(1)
    expect(ask([condition('162573006', { system: 'http://example.org/codes' })]).suspected).toEqual([])
  })

  test('the evidence tells what was on the list, in its own words', () => {
    const { groups } = ask([
      condition('44054006', { system: SNOMED, display: 'Sugar', onsetOn: '2020-02-03' }),
      condition('E11.22'),
    ])
    expect(groups[1]).toMatchObject({ group: 'diabetes', icd10: 'E11.9' })
    expect(groups[1]?.evidence).toEqual([
      {
        conditionId: 'c-44054006',
        code: '44054006',
        system: SNOMED,
        display: 'Sugar',
        icd10: 'E11.9',
        onsetOn: '2020-02-03',
      },
      { conditionId: 'c-E11.22', code: 'E11.22', system: ICD, display: 'E11.22', icd10: 'E11.22', onsetOn: null },
    ])
  })

  test('prediabetes stands where diabetes does not', () => {
    expect(groupsOf(ask([condition('R73.03'), condition('I10')]))).toEqual(['hypertension', 'prediabetes'])
    expect(groupsOf(ask([condition('R73.03'), condition('E11.9')]))).toEqual(['diabetes'])
  })

  test('what carries little risk comes after the others, each by name', () => {
    const codes = ['N40.0', 'I10', 'H40.11X0', 'E11.9', 'E66.9', 'J44.9']
    const order = ['copd', 'diabetes', 'hypertension', 'glaucoma', 'obesity', 'prostatic_hyperplasia']
    expect(groupsOf(ask(codes.map((code) => condition(code))))).toEqual(order)
    expect(groupsOf(ask(codes.toReversed().map((code) => condition(code))))).toEqual(order)
  })

  test('a code of a common condition counts there and in no wider list', () => {
    expect(groupsOfIcd10('F31.81').map((group) => group.id)).toEqual(['depression_bipolar'])
    expect(groupsOfIcd10('f31.81')).toEqual(groupsOfIcd10('F3181'))
    expect([snomedToIcd10('44054006'), snomedToIcd10('162573006'), snomedToIcd10('1')]).toEqual([
      'E11.9',
      undefined,
      undefined,
    ])
  })
})

describe('what is said of a patient', () => {
  const advantage = [{ kind: 'medicare_advantage' as const, from: '2026-01-01', to: null }]
  const said: ReadonlyArray<
    readonly [
      string,
      () => Eligibility,
      readonly [Eligibility['status'], boolean, Eligibility['coverage']],
      readonly RegExp[],
    ]
  > = [
    ['two diseases and Part B', () => ask(two), ['eligible', true, 'part_b'], [/^2 chronic/, /Part B is active/]],
    [
      'one disease and Part B',
      () => ask(two.slice(1)),
      ['not_eligible', false, 'part_b'],
      [/^Only one.*Hyper/, /is active/],
    ],
    ['no disease', () => ask([]), ['not_eligible', false, 'part_b'], [/^No active/, /is active/]],
    [
      'a plan',
      () => ask(two, { coverages: advantage }),
      ['unsure', true, 'medicare_advantage'],
      [/^2/, /Advantage plan/],
    ],
    [
      'a plan below the age of Medicare',
      () => ask(two, { coverages: advantage, bornOn: '1980-01-01' }),
      ['unsure', true, 'medicare_advantage'],
      [/^2/, /Advantage plan/],
    ],
    [
      'a plan and an unknown birth date',
      () => ask(two, { coverages: advantage, bornOn: undefined }),
      ['unsure', true, 'medicare_advantage'],
      [/^2/, /Advantage plan/],
    ],
    [
      'a plan and one disease',
      () => ask(two.slice(1), { coverages: advantage }),
      ['not_eligible', false, 'medicare_advantage'],
      [/^Only one/, /Advantage plan/],
    ],
    ['no Part B', () => ask(two, { coverages: [] }), ['not_eligible', false, 'none'], [/^2/, /not active/]],
    [
      'coverage never asked, at 74',
      () => ask(two, { coverages: undefined }),
      ['unsure', true, 'to_be_checked'],
      [/^2/, /^Aged 74: coverage to be checked/],
    ],
    [
      'coverage never asked, at 74 with one disease',
      () => ask(two.slice(1), { coverages: undefined }),
      ['not_eligible', false, 'to_be_checked'],
      [/^Only one/, /^Aged 74/],
    ],
    [
      'coverage never asked, at 64',
      () => ask(two, { coverages: undefined, bornOn: '1961-11-02' }),
      ['not_eligible', false, 'to_be_checked'],
      [/^2/, /^Aged 64, and no Medicare/],
    ],
    [
      'coverage and age not known',
      () => ask(two, { coverages: undefined, bornOn: undefined }),
      ['unsure', false, 'to_be_checked'],
      [/^2/, /^Birth date/],
    ],
    [
      'coverage and age not known, with one disease',
      () => ask(two.slice(1), { coverages: undefined, bornOn: undefined }),
      ['not_eligible', false, 'to_be_checked'],
      [/^Only one/, /^Birth date/],
    ],
    ['death that day', () => ask(two, { diedOn: '2026-11-01' }), ['deceased', false, 'part_b'], [/died on 2026-11-01/]],
    [
      'death told for the day after',
      () => ask(two, { diedOn: '2026-11-02' }),
      ['eligible', true, 'part_b'],
      [/^2/, /Part B/],
    ],
    [
      'nobody knows whether she is alive',
      () => ask(two, { diedOn: undefined }),
      ['eligible', true, 'part_b'],
      [/^2/, /Part B/, /not known whether the patient is alive/],
    ],
    [
      'another practice has her',
      () => ask(two, { enrolledElsewhere: true }),
      ['enrolled_elsewhere', false, 'part_b'],
      [/another practice/],
    ],
    [
      'one of two diseases carries little risk',
      () => ask([condition('I10'), condition('E66.9')]),
      ['eligible', true, 'part_b'],
      [/^2/, /Part B/, /little risk/],
    ],
    [
      'two of three diseases carry risk enough',
      () => ask([...two, condition('E66.9')]),
      ['eligible', true, 'part_b'],
      [/^3 chronic conditions: Diabetes, Hypertension, Obesity/, /Part B/],
    ],
    [
      'one disease of little risk',
      () => ask([condition('E66.9')]),
      ['not_eligible', false, 'part_b'],
      [/^Only/, /Part B/],
    ],
  ]
  for (const [name, asked, [status, proposed, coverage], reasons] of said) {
    test(name, () => {
      const answer = asked()
      expect([answer.status, answer.proposed, answer.coverage]).toEqual([status, proposed, coverage])
      expect(answer.reasons).toHaveLength(reasons.length)
      reasons.forEach((reason, index) => {
        expect(answer.reasons[index]).toMatch(reason)
      })
    })
  }

  test('coverage counts from its first day to its last', () => {
    const on = (from: string, to: string | null): Eligibility['coverage'] =>
      ask(two, { coverages: [{ kind: 'part_b', from, to }] }).coverage
    expect([on('2026-11-01', null), on('2026-11-02', null)]).toEqual(['part_b', 'none'])
    expect([on('2026-01-01', '2026-11-01'), on('2026-01-01', '2026-10-31')]).toEqual(['part_b', 'none'])
    const over = [
      { kind: 'medicare_advantage' as const, from: '2025-01-01', to: '2026-10-31' },
      { kind: 'part_b' as const, from: '2017-04-01', to: null },
      { kind: 'part_a' as const, from: '2017-04-01', to: null },
    ]
    expect(ask(two, { coverages: over }).coverage).toBe('part_b')
  })
})

describe('the visit that may start care', () => {
  const visit = (id: string, on: string, code: string | null = '99214', kind: 'office' | 'emergency' = 'office') => ({
    id,
    on,
    code,
    kind,
  })
  const found = (visits: EligibilityInput['visits']): Eligibility['initiatingVisit'] =>
    ask(two, { visits }).initiatingVisit

  test('is of the last year, both ends counted', () => {
    const on = (day: string): string | undefined => found([visit('v', day)])?.on
    expect(['2025-10-31', '2025-11-01', '2026-11-01', '2026-11-02'].map(on)).toEqual([
      undefined,
      '2025-11-01',
      '2026-11-01',
      undefined,
    ])
  })

  test('is the latest of those that may, and of one day the first by its id', () => {
    const visits = [
      visit('d', '2026-05-01', null),
      visit('b', '2026-03-02'),
      visit('c', '2026-03-02', '99215'),
      visit('a', '2026-01-02'),
      visit('e', '2026-06-01', '99211'),
    ]
    expect(found(visits)).toEqual({ id: 'b', on: '2026-03-02', code: '99214' })
    expect(found(visits.toReversed())).toEqual({ id: 'b', on: '2026-03-02', code: '99214' })
    expect(found([])).toBeNull()
  })

  test('seen in the year means in the office, at home or for wellness', () => {
    const kinds = ['office', 'home', 'wellness', 'emergency', 'inpatient', 'telehealth', 'other'] as const
    const seen = kinds.filter(
      (kind) =>
        ask(two, {
          visits: [
            { id: 'v', on: '2026-03-02', code: null, kind },
            { id: 'w', on: '2026-03-03', code: null, kind: 'other' },
          ],
        }).seenWithinYear,
    )
    expect(seen).toEqual(['office', 'home', 'wellness'])
    expect(ask(two, { visits: [visit('v', '2025-10-31')] }).seenWithinYear).toBe(false)
  })
})

describe('the points of risk', () => {
  const nobody: RiskInput = { asOf: '2026-11-01', bornOn: undefined, groups: [], visits: [], medications: [] }
  const hit = (group: string, use: GroupHit['use'] = 'yes'): GroupHit => ({
    group,
    label: `The ${group}`,
    use,
    icd10: 'I10',
    evidence: [{ conditionId: `c-${group}`, code: 'I10', system: ICD, display: 'I10', icd10: 'I10', onsetOn: null }],
  })
  const points = (change: Partial<RiskInput>): Array<readonly [string, number, ...string[]]> =>
    assessRisk({ ...nobody, ...change }).points.map((one) => [one.id, one.points, ...one.evidence])

  test('each condition that carries risk counts once, to five, and a grave one more', () => {
    expect(points({ groups: [hit('gout')] })).toEqual([['conditions', 1, 'The gout']])
    expect(points({ groups: [hit('gout'), hit('obesity', 'weak'), hit('copd')] })).toEqual([
      ['conditions', 2, 'The gout', 'The copd'],
      ['grave.copd', 2, 'c-copd'],
    ])
    expect(points({ groups: [hit('obesity', 'weak')] })).toEqual([])
    const six = ['gout', 'asthma', 'hiv', 'anemia', 'epilepsy', 'paralysis'].map((id) => hit(id))
    expect([six, six.slice(1), six.slice(2)].map((groups) => points({ groups })[0]?.[1])).toEqual([5, 5, 4])
  })

  test('the label says one or many', () => {
    const label = (change: Partial<RiskInput>): string | undefined =>
      assessRisk({ ...nobody, ...change }).points[0]?.label
    expect(label({ groups: [hit('gout')] })).toBe('1 chronic condition')
    expect(label({ groups: [hit('gout'), hit('asthma')] })).toBe('2 chronic conditions')
    const stay = (id: string) => ({ id, on: '2026-03-02', kind: 'inpatient' as const })
    expect(label({ visits: [stay('a')] })).toMatch(/^1 hospital stay /)
    expect(label({ visits: [stay('a'), stay('b')] })).toMatch(/^2 hospital stays /)
    const fall = (id: string) => ({ id, on: '2026-03-02', kind: 'emergency' as const })
    expect(label({ visits: [fall('a')] })).toMatch(/^1 emergency visit /)
    expect(label({ visits: [fall('a'), fall('b')] })).toMatch(/^2 emergency visits /)
  })

  test('age counts from 75 and from 85 on the birthday, and an unknown one not at all', () => {
    const of = (bornOn: string): unknown => points({ bornOn })[0]?.slice(0, 2)
    expect(['1951-11-02', '1951-11-01', '1941-11-02', '1941-11-01'].map(of)).toEqual([
      undefined,
      ['age', 1],
      ['age', 1],
      ['age', 2],
    ])
    expect(points({ bornOn: '1951-11-01' })).toEqual([['age', 1, 'born 1951-11-01']])
    expect(points({})).toEqual([])
  })

  test('stays and emergencies of the last year count, both ends of it, to their limit', () => {
    const at = (kind: 'inpatient' | 'emergency', ...days: string[]) =>
      points({ visits: days.map((on, index) => ({ id: `v${index}`, on, kind })) })
    expect(at('inpatient', '2025-10-31', '2025-11-01', '2026-11-02')).toEqual([['inpatient', 2, 'v1']])
    expect(at('inpatient', '2026-11-01', '2026-01-01', '2026-02-01')).toEqual([['inpatient', 4, 'v0', 'v1', 'v2']])
    expect(at('emergency', '2025-10-31', '2025-11-01', '2026-11-02')).toEqual([['emergency', 1, 'v1']])
    expect(at('emergency', '2026-11-01', '2026-01-01')).toEqual([['emergency', 2, 'v0', 'v1']])
    expect(at('emergency', '2026-11-01', '2026-01-01', '2026-02-01')).toEqual([['emergency', 2, 'v0', 'v1', 'v2']])
    expect(points({ visits: [{ id: 'v', on: '2026-03-02', kind: 'office' }] })).toEqual([])
  })

  test('medications count from five and from ten', () => {
    const of = (count: number) =>
      points({ medications: Array.from({ length: count }, (_, index) => ({ id: `m${index}`, display: 'pill' })) })
    expect([of(4), of(5), of(9), of(10)].map((one) => one[0]?.[1])).toEqual([undefined, 1, 1, 2])
    expect(of(5)).toEqual([['medications', 1, 'm0', 'm1', 'm2', 'm3', 'm4']])
  })

  test('a value is out of control from its limit on, the kidney’s below it', () => {
    const limits = { systolic: [159, 160], hba1c: [8.9, 9], phq9: [9, 10], egfr: [30, 29] } as const
    for (const [kind, [calm, out]] of Object.entries(limits) as Array<['egfr', readonly [number, number]]>) {
      const at = (value: number) => points({ values: [{ id: 'x', kind, value, on: '2026-03-02' }] })
      expect([at(calm), at(out)]).toEqual([[], [[`value.${kind}`, 1, 'x']]])
    }
  })

  test('only the latest value of the last year counts, and of one day the one with the later id', () => {
    const of = (...values: Array<readonly [string, string, number]>) =>
      points({ values: values.map(([id, on, value]) => ({ id, on, value, kind: 'systolic' as const })) }).map(
        ([, , id]) => id,
      )
    expect([of(['a', '2025-10-31', 170]), of(['a', '2025-11-01', 170]), of(['a', '2026-11-02', 170])]).toEqual([
      [],
      ['a'],
      [],
    ])
    expect(of(['a', '2026-11-01', 170], ['b', '2026-10-31', 120])).toEqual(['a'])
    expect(of(['b', '2026-10-31', 120], ['a', '2026-11-01', 170])).toEqual(['a'])
    expect(of(['a', '2026-10-31', 170], ['b', '2026-11-01', 120])).toEqual([])
    expect(of(['a', '2026-10-31', 120], ['b', '2026-10-31', 170])).toEqual(['b'])
    expect(of(['b', '2026-10-31', 170], ['a', '2026-10-31', 120])).toEqual(['b'])
    expect(of(['b', '2026-10-31', 120], ['a', '2026-10-31', 170])).toEqual([])
  })

  test('the level rises with 4, 7 and 11 points', () => {
    const grave: Readonly<Record<number, readonly string[]>> = {
      0: [],
      3: ['copd'],
      4: ['lung_cancer'],
      6: ['copd', 'heart_failure'],
      7: ['copd', 'lung_cancer'],
      10: ['lung_cancer', 'leukemia_lymphoma', 'diabetes'],
      11: ['lung_cancer', 'leukemia_lymphoma', 'copd'],
    }
    const levels = Object.values(grave).map((groups) => {
      const { score, level } = assessRisk({ ...nobody, groups: groups.map((id) => hit(id)) })
      return [score, level]
    })
    expect(levels).toEqual([
      [0, 'low'],
      [3, 'low'],
      [4, 'moderate'],
      [6, 'moderate'],
      [7, 'high'],
      [10, 'high'],
      [11, 'very_high'],
    ])
  })
})
