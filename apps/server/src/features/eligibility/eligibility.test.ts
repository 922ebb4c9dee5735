import { chronicGroups } from '@keepwell/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assessPatient,
  type ConditionRow,
  type CoreFacts,
  type CoverageRow,
  ccmChip,
  coverageFactsOf,
  decideMark,
  nothingYet,
  openStatuses,
} from './eligibility.ts'

const today = '2026-11-03'
const recorded = new Date('2026-01-05T12:00:00Z')

function condition(code: string, more: Partial<ConditionRow> = {}): ConditionRow {
  return {
    id: `c-${code}`,
    system: 'icd10cm',
    code,
    display: code,
    codings: [],
    clinicalStatus: 'active',
    verificationStatus: 'confirmed',
    category: 'problem-list-item',
    onsetOn: '2018-05-01',
    abatedOn: null,
    ...more,
  }
}
function coverage(kind: string, more: Partial<CoverageRow> = {}): CoverageRow {
  return { kind, source: 'ehr', hint: false, from: '2017-03-01', to: null, recordedAt: recorded, ...more }
}
function mrsDiaz(more: Partial<CoreFacts> = {}): CoreFacts {
  return {
    id: 'diaz',
    sourceId: 'diaz',
    name: 'Elena Diaz',
    family: 'Diaz',
    given: 'Elena',
    bornOn: '1952-03-14',
    deceased: false,
    diedOn: null,
    conditions: [condition('I10'), condition('E11.9')],
    coverages: [coverage('medicare_part_b')],
    answer: null,
    enrolledElsewhere: false,
    ...more,
  }
}
const assess = (facts: CoreFacts) => assessPatient(facts, [], today)

describe('who is proposed', () => {
  test('Mrs Diaz, with hypertension, diabetes and Part B, is', () => {
    expect(assess(mrsDiaz())).toMatchObject({ status: 'eligible', proposed: true, coverage: 'part_b' })
  })
  test('a payer named on an old claim is a hint and proves nothing', () => {
    expect(assess(mrsDiaz({ coverages: [coverage('medicare', { hint: true })] }))).toMatchObject({
      status: 'unsure',
      proposed: true,
      coverage: 'to_be_checked',
    })
    expect(assess(mrsDiaz({ bornOn: '1980-01-01', coverages: [coverage('medicare', { hint: true })] })).proposed).toBe(
      false,
    )
  })
  test('below 65 the EHR\'s own "Medicare" is enough to be checked', () => {
    const answer = assess(mrsDiaz({ bornOn: '1980-01-01', coverages: [coverage('medicare')] }))
    expect(answer).toMatchObject({ status: 'unsure', proposed: true, coverage: 'to_be_checked' })
    expect(answer.reasons.join(' ')).toContain('without its part')
    expect(answer.reasons.join(' ')).not.toContain('Part B is active')
  })
  test('a commercial card alone does not say that there is no Medicare', () => {
    expect(assess(mrsDiaz({ coverages: [coverage('commercial')] })).coverage).toBe('to_be_checked')
  })
  test('a 271 that says "not active" replaces what the EHR said before it, and a card typed afterwards counts again', () => {
    const answer = { at: new Date('2026-10-01T12:00:00Z'), partBActive: 'no' as const, diedOn: null }
    expect(assess(mrsDiaz({ answer }))).toMatchObject({ status: 'not_eligible', coverage: 'none' })
    const typedLater = coverage('medicare_part_b', {
      source: 'desk',
      recordedAt: new Date('2026-10-20T12:00:00Z'),
    })
    expect(assess(mrsDiaz({ answer, coverages: [typedLater] })).coverage).toBe('part_b')
  })
  test('a death that Medicare tells is a death, and so is one without a day', () => {
    expect(assess(mrsDiaz({ answer: { at: recorded, partBActive: 'yes', diedOn: '2026-10-01' } })).status).toBe(
      'deceased',
    )
    expect(assess(mrsDiaz({ deceased: true })).status).toBe('deceased')
  })
  test('a diagnosis that nobody confirmed is suspected and not counted', () => {
    const answer = assess(
      mrsDiaz({ conditions: [condition('I10'), condition('E11.9', { verificationStatus: 'provisional' })] }),
    )
    expect(answer.proposed).toBe(false)
    expect(answer.suspected.map((one) => one.code)).toEqual(['E11.9'])
  })
  test('a diagnosis entered in error is neither counted nor suspected', () => {
    const answer = assess(
      mrsDiaz({
        conditions: [condition('I10'), condition('E11.9', { verificationStatus: 'entered-in-error' })],
      }),
    )
    expect([answer.groups.length, answer.suspected.length]).toEqual([1, 0])
  })
  test('a status that the EHR does not tell is not taken as active', () => {
    expect(
      assess(mrsDiaz({ conditions: [condition('I10'), condition('E11.9', { clinicalStatus: null })] })).proposed,
    ).toBe(false)
  })

  const codes = chronicGroups
    .flatMap((group) => group.prefixes.slice(0, 2))
    .map((prefix) => (prefix.length > 3 ? `${prefix.slice(0, 3)}.${prefix.slice(3)}` : prefix))
  const anyCondition = fc.record({
    code: fc.constantFrom(...codes, '38341003', '44054006', '162573006', 'Z00'),
    system: fc.constantFrom('icd10cm', 'snomed', 'other'),
    clinicalStatus: fc.constantFrom('active', 'resolved', 'recurrence', null),
    verificationStatus: fc.constantFrom('confirmed', 'provisional', 'refuted', null),
  })
  const anyPatient = fc.record({
    bornOn: fc.constantFrom('1930-06-01', '1955-01-01', '1961-11-03', '1990-01-01', null),
    deceased: fc.boolean(),
    diedOn: fc.constantFrom(null, '2020-01-01', '2026-11-03', '2027-01-01'),
    conditions: fc.array(anyCondition, { maxLength: 6 }),
    kinds: fc.array(
      fc.constantFrom('medicare_part_b', 'medicare', 'medicare_advantage', 'medicaid', 'commercial', 'self_pay'),
      { maxLength: 3 },
    ),
    hint: fc.boolean(),
    toldDeath: fc.constantFrom(null, '2026-05-05'),
    answered: fc.boolean(),
  })
  test('nobody who is dead or has fewer than two distinct disease groups is ever proposed, whatever the record says', () => {
    fc.assert(
      fc.property(anyPatient, (given) => {
        const facts = mrsDiaz({
          bornOn: given.bornOn,
          deceased: given.deceased,
          diedOn: given.deceased ? given.diedOn : null,
          conditions: given.conditions.map((one, index) => condition(one.code, { ...one, id: `c${index}` })),
          coverages: given.kinds.map((kind) => coverage(kind, { hint: given.hint })),
          answer: given.answered ? { at: recorded, partBActive: 'yes', diedOn: given.toldDeath } : null,
        })
        const answer = assess(facts)
        if (!answer.proposed) return true
        const confirmed = new Set(answer.groups.map((hit) => hit.group))
        const dead = given.deceased || (given.answered && given.toldDeath !== null)
        const counted = answer.groups.every((hit) =>
          hit.evidence.every((one) => {
            const row = facts.conditions.find(({ id }) => id === one.conditionId)
            return (
              row !== undefined &&
              (row.clinicalStatus === 'active' || row.clinicalStatus === 'recurrence') &&
              row.verificationStatus !== 'provisional' &&
              row.verificationStatus !== 'refuted'
            )
          }),
        )
        return !dead && confirmed.size >= 2 && counted
      }),
      { numRuns: 3000 },
    )
  })
})

describe('the chip', () => {
  const eligible = assess(mrsDiaz())
  const chip = (program: Partial<typeof nothingYet>, facts: Partial<CoreFacts> = {}) =>
    ccmChip(assess(mrsDiaz(facts)), { ...nothingYet, ...program }, today)

  test('says each status by its strongest fact', () => {
    expect(ccmChip(eligible, nothingYet, today).status).toBe('eligible')
    expect(chip({ introducedOn: '2026-10-02' }).status).toBe('introduced')
    expect(chip({ introducedOn: '2026-10-02', response: { response: 'thinking', on: '2026-10-02' } })).toEqual({
      status: 'thinking',
      reason: 'Thinking about it since Fri 2 Oct 2026.',
    })
    expect(chip({ response: { response: 'agreed', on: '2026-10-02' } }).reason).toContain('Said yes')
    expect(
      chip({
        decline: { on: '2026-10-02', doNotAskAgain: true, reason: 'cost' },
        introducedOn: '2026-10-02',
      }),
    ).toMatchObject({ status: 'declined', reason: expect.stringContaining('not to be asked again') })
    expect(
      chip({
        consentSince: '2026-10-02',
        decline: { on: '2026-09-02', doNotAskAgain: false, reason: 'cost' },
      }).status,
    ).toBe('consented')
    expect(chip({ consentSince: '2026-10-02', enrolledSince: '2026-10-05' }).status).toBe('enrolled')
    expect(chip({}, { enrolledElsewhere: true }).status).toBe('enrolled_elsewhere')
    expect(chip({ enrolledSince: '2026-10-05' }, { deceased: true }).status).toBe('deceased')
    expect(chip({}, { conditions: [condition('I10')] }).status).toBe('not_eligible')
  })
  test('says unknown where the check failed, and when', () => {
    const answer = chip({ checkFailed: { on: today, time: '08:01' } }, { coverages: [] })
    expect(answer).toMatchObject({ status: 'unknown', reason: expect.stringContaining('failed at 08:01') })
    expect(openStatuses).toContain('unknown')
  })
  test('never names a diagnosis: the front desk reads it', () => {
    for (const facts of [
      {},
      { coverages: [] },
      { conditions: [condition('I10')] },
      { conditions: [] },
      { bornOn: '1990-01-01', coverages: [] },
    ]) {
      expect(chip({}, facts).reason).not.toMatch(/hypertension|diabetes|I10|E11/i)
    }
  })
  test('an enrolled patient whose Part B ended keeps the chip and gets the warning', () => {
    expect(
      chip({ enrolledSince: '2026-01-05' }, { coverages: [coverage('medicare_part_b', { to: '2026-06-30' })] }).reason,
    ).toContain('Part B is not active')
  })
})

test('a coverage without a first day is taken as running, and kinds the rules do not know are left out', () => {
  expect(coverageFactsOf([coverage('medicare_part_b', { from: null }), coverage('self_pay')], null)).toEqual([
    { kind: 'part_b', from: '1900-01-01', to: null, source: 'ehr' },
  ])
})

test('the dead are not marked', () => {
  expect(decideMark({ deceased: true })).toMatchObject({ ok: false })
  expect(decideMark({ deceased: false })).toMatchObject({ ok: true })
})
