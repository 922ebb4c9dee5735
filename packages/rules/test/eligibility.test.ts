import { describe, expect, test } from 'vitest'
import { notForCcm } from '../src/eligibility/groups.ts'
import {
  assessEligibility,
  assessRisk,
  chronicGroups,
  type EligibilityInput,
  groupsOfIcd10,
  type PatientCondition,
  snomedMap,
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
