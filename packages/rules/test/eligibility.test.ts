import { describe, expect, test } from 'vitest'
import { notForCcm } from '../src/eligibility/groups.ts'
import {
  assessEligibility,
  assessRisk,
  chronicGroups,
  type Eligibility,
  type EligibilityInput,
  type GroupHit,
  groupsOfIcd10,
  type PatientCondition,
  type RiskInput,
  snomedMap,
  snomedToIcd10,
} from '../src/index.ts'
import { ccwCommon } from './ccw-codes.gen.ts'

const SNOMED = 'http://snomed.info/sct'
const ICD = 'http://hl7.org/fhir/sid/icd-10-cm'
const condition = (code: string, change: Partial<PatientCondition> = {}): PatientCondition => ({
  id: `c-${code}`,
  system: /^\d+$/.test(code) ? SNOMED : ICD,
  code,
  display: code,
  status: 'active',
  onsetOn: '2020-01-01',
  abatedOn: null,
  ...change,
})
const diaz = (
  codes: readonly (string | PatientCondition)[],
  change: Partial<EligibilityInput> = {},
): EligibilityInput => ({
  asOf: '2026-11-01',
  bornOn: '1952-04-11',
  diedOn: null,
  conditions: codes.map((code) => (typeof code === 'string' ? condition(code) : code)),
  coverages: undefined,
  visits: [],
  ...change,
})
const groupIds = (code: string): string[] => groupsOfIcd10(code).map((group) => group.id)
/** A condition of which nothing is known but its code. */
const bare = (code: string, change: Partial<PatientCondition> = {}): PatientCondition => ({
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
const two = [bare('E11.9'), bare('I10')]
const groupsOf = (answer: Eligibility): string[] => answer.groups.map((hit) => hit.group)

describe('disease groups', () => {
  const names = Object.keys(ccwCommon)
  const common = chronicGroups.filter((group) => group.common)

  test('the 30 common conditions take in every code that the CCW lists, and no prefix without one but ours', () => {
    expect(names).toHaveLength(30)
    expect(common).toHaveLength(30)
    const ours = new Set(['I4892', 'C67', 'I1A', 'I202', 'I209', 'I252', 'I69'])
    names.forEach((name, index) => {
      const codes = (ccwCommon[name] ?? '').split(' ')
      const group = common.find((one) => {
        const prefixes = [...one.prefixes, ...(notForCcm[one.id] ?? [])]
        return codes.every((code) => prefixes.some((prefix) => code.startsWith(prefix)))
      })
      if (!group) throw new Error(`${index} ${name}: no group takes in all its codes`)
      const prefixes = [...group.prefixes, ...(notForCcm[group.id] ?? [])]
      const empty = prefixes.filter((prefix) => !ours.has(prefix) && !codes.some((code) => code.startsWith(prefix)))
      expect([name, empty]).toEqual([name, []])
    })
  })

  test('one code may be several diseases', () => {
    expect(groupIds('I12.9')).toEqual(['chronic_kidney_disease', 'hypertension'])
    expect(new Set(groupIds('I13.0'))).toEqual(new Set(['hypertension', 'chronic_kidney_disease', 'heart_failure']))
    expect(new Set(groupIds('E11.22'))).toEqual(new Set(['diabetes', 'chronic_kidney_disease']))
    expect(groupIds('I10')).toEqual(['hypertension'])
    expect(groupIds('E1122')).toEqual(groupIds('E11.22'))
  })

  test('what is acute or past is no chronic condition', () => {
    for (const code of ['J40', 'F05', 'R41.81', 'F43.21', 'Z85.3', 'I63.9', 'G45.9']) expect(groupIds(code)).toEqual([])
    for (const code of ['I21.4', 'J18.9', 'S72.001A', 'H25.9']) {
      expect(groupsOfIcd10(code).every((group) => group.use === 'no')).toBe(true)
    }
  })

  test('the wider lists count a disease once', () => {
    expect(groupIds('E66.9')).toEqual(['obesity'])
    expect(groupIds('F20.9')).toEqual(['schizophrenia'])
    expect(groupIds('G40.909')).toEqual(['epilepsy'])
    expect(groupIds('Q99.9')).toEqual([])
  })

  test('every SNOMED row carries a code of the right shape or goes to the provider', () => {
    for (const row of snomedMap.values()) {
      if (row.icd10cm !== null) expect(row.icd10cm).toMatch(/^[A-Z]\d[0-9AB](\.[0-9A-Z]{1,4})?$/)
      if (row.suspects !== undefined) expect(chronicGroups.map((group) => group.id)).toContain(row.suspects)
      if (row.icd10cm === null) expect(row.suspects).toBeDefined()
    }
  })
})

describe('which conditions stand on the day of asking', () => {
  const standing = (change: Partial<PatientCondition>): boolean => groupsOf(ask([bare('I10', change)])).length === 1

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
    const in_ = (system: string, code: string): string[] => groupsOf(ask([bare(code, { system })]))
    expect(in_(SNOMED, '44054006')).toEqual(['diabetes'])
    expect(in_('http://example.org/codes', '44054006')).toEqual([])
    expect(in_('http://example.org/codes', 'E11.9')).toEqual([])
    expect(in_(SNOMED, '1')).toEqual([])
    // Suspected lung cancer goes to the provider only where its code is that of SNOMED CT.
    expect(ask([bare('162573006', { system: SNOMED })]).suspected).toHaveLength(1)
    expect(ask([bare('162573006', { system: 'http://example.org/codes' })]).suspected).toEqual([])
  })

  test('the evidence tells what was on the list, in its own words', () => {
    const { groups } = ask([
      bare('44054006', { system: SNOMED, display: 'Sugar', onsetOn: '2020-02-03' }),
      bare('E11.22'),
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
    expect(groupsOf(ask([bare('R73.03'), bare('I10')]))).toEqual(['hypertension', 'prediabetes'])
    expect(groupsOf(ask([bare('R73.03'), bare('E11.9')]))).toEqual(['diabetes'])
  })

  test('what carries little risk comes after the others, each by name', () => {
    const codes = ['N40.0', 'I10', 'H40.11X0', 'E11.9', 'E66.9', 'J44.9']
    const order = ['copd', 'diabetes', 'hypertension', 'glaucoma', 'obesity', 'prostatic_hyperplasia']
    expect(groupsOf(ask(codes.map((code) => bare(code))))).toEqual(order)
    expect(groupsOf(ask(codes.toReversed().map((code) => bare(code))))).toEqual(order)
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

describe('who is proposed', () => {
  test('Mrs Diaz, 74, with two diseases and coverage never checked: proposed, coverage to be checked', () => {
    const answer = assessEligibility(diaz(['44054006', '38341003']))
    expect(answer).toMatchObject({ status: 'unsure', proposed: true, coverage: 'to_be_checked', age: 74 })
    expect(answer.reasons.join(' ')).toContain('coverage to be checked')
    expect(answer.groups.map((hit) => [hit.group, hit.icd10, hit.evidence.map((one) => one.conditionId)])).toEqual([
      ['diabetes', 'E11.9', ['c-44054006']],
      ['hypertension', 'I10', ['c-38341003']],
    ])
  })

  test('with Part B she is eligible', () => {
    const coverages = [{ kind: 'part_b' as const, from: '2017-04-01', to: null }]
    expect(assessEligibility(diaz(['E11.9', 'I10'], { coverages }))).toMatchObject({
      status: 'eligible',
      proposed: true,
    })
  })

  const nobody: ReadonlyArray<readonly [string, EligibilityInput]> = [
    ['one disease', diaz(['I10'])],
    ['one disease under two codes', diaz(['E11.9', '368581000119106'])],
    ['prediabetes beside diabetes', diaz(['E11.9', '15777000'])],
    ['a resolved second disease', diaz(['I10', condition('E11.9', { status: 'resolved' })])],
    ['an abated second disease', diaz(['I10', condition('E11.9', { abatedOn: '2026-10-31' })])],
    ['a second disease that begins later', diaz(['I10', condition('E11.9', { onsetOn: '2026-11-02' })])],
    ['a suspected second disease', diaz(['I10', '162573006'])],
    ['acute diseases', diaz(['I10', 'J18.9', 'S72.001A'])],
    ['two diseases of somebody who died', diaz(['E11.9', 'I10'], { diedOn: '2026-11-01' })],
    ['somebody of 64 whose coverage is not known', diaz(['E11.9', 'I10'], { bornOn: '1961-11-02' })],
    ['somebody without Part B', diaz(['E11.9', 'I10'], { coverages: [] })],
    ['somebody enrolled elsewhere', diaz(['E11.9', 'I10'], { enrolledElsewhere: true })],
    ['somebody whose birth date is not known', diaz(['E11.9', 'I10'], { bornOn: undefined })],
  ]
  for (const [name, input] of nobody) {
    test(`${name}: not proposed`, () => {
      const answer = assessEligibility(input)
      expect(answer.proposed).toBe(false)
      expect(answer.reasons.length).toBeGreaterThan(0)
    })
  }

  test('65 on the day is proposed; below 65 with known Medicare too', () => {
    expect(assessEligibility(diaz(['E11.9', 'I10'], { bornOn: '1961-11-01' })).proposed).toBe(true)
    const coverages = [{ kind: 'part_b' as const, from: '2020-01-01', to: null }]
    expect(assessEligibility(diaz(['E11.9', 'I10'], { bornOn: '1980-01-01', coverages })).proposed).toBe(true)
  })

  test('kidney disease from high blood pressure counts as both, with the same evidence', () => {
    const answer = assessEligibility(diaz(['I12.9']))
    expect(answer.groups.map((hit) => [hit.group, hit.evidence[0]?.conditionId])).toEqual([
      ['chronic_kidney_disease', 'c-I12.9'],
      ['hypertension', 'c-I12.9'],
    ])
  })

  test('suspected diseases go to the provider', () => {
    expect(assessEligibility(diaz(['162573006'])).suspected).toMatchObject([
      { code: '162573006', why: 'May point to Lung cancer; the provider decides.' },
    ])
  })

  test('the latest visit of the year that may start care is found', () => {
    const visits = [
      { id: 'v1', on: '2025-10-31', code: '99214', kind: 'office' as const },
      { id: 'v2', on: '2026-03-02', code: '99213', kind: 'office' as const },
      { id: 'v3', on: '2026-08-02', code: '99211', kind: 'office' as const },
    ]
    expect(assessEligibility(diaz([], { visits }))).toMatchObject({
      seenWithinYear: true,
      initiatingVisit: { id: 'v2', on: '2026-03-02', code: '99213' },
    })
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
      () => ask([bare('I10'), bare('E66.9')]),
      ['eligible', true, 'part_b'],
      [/^2/, /Part B/, /little risk/],
    ],
    [
      'two of three diseases carry risk enough',
      () => ask([...two, bare('E66.9')]),
      ['eligible', true, 'part_b'],
      [/^3 chronic conditions: Diabetes, Hypertension, Obesity/, /Part B/],
    ],
    ['one disease of little risk', () => ask([bare('E66.9')]), ['not_eligible', false, 'part_b'], [/^Only/, /Part B/]],
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

describe('risk', () => {
  test('every point can be traced, and the score is their sum', () => {
    const { groups } = assessEligibility(diaz(['88805009', '431857002', '185086009']))
    const risk = assessRisk({
      asOf: '2026-11-01',
      bornOn: '1940-01-01',
      groups,
      visits: [
        { id: 'e1', on: '2026-05-01', kind: 'emergency' },
        { id: 'e2', on: '2025-10-31', kind: 'emergency' },
        { id: 's1', on: '2026-06-01', kind: 'inpatient' },
      ],
      medications: Array.from({ length: 10 }, (_, index) => ({ id: `m${index}`, display: 'pill' })),
      values: [
        { id: 'bp1', kind: 'systolic', value: 170, on: '2026-01-01' },
        { id: 'bp2', kind: 'systolic', value: 130, on: '2026-09-01' },
        { id: 'a1', kind: 'hba1c', value: 9, on: '2026-09-01' },
      ],
    })
    expect(risk.points.map((one) => [one.id, one.points])).toEqual([
      ['conditions', 3],
      ['grave.chronic_kidney_disease', 1],
      ['grave.copd', 2],
      ['grave.heart_failure', 2],
      ['age', 2],
      ['inpatient', 2],
      ['emergency', 1],
      ['medications', 2],
      ['value.hba1c', 1],
    ])
    expect(risk.score).toBe(16)
    expect(risk.level).toBe('very_high')
    expect(risk.points.every((one) => one.evidence.length > 0)).toBe(true)
  })

  test('somebody with nothing is low', () => {
    expect(assessRisk({ asOf: '2026-11-01', bornOn: '1970-01-01', groups: [], visits: [], medications: [] })).toEqual({
      level: 'low',
      score: 0,
      points: [],
    })
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
