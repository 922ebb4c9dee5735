import { describe, expect, test } from 'vitest'
import { backTest, type ClaimFacts, holds, type PastClaim, wordsOf } from './edits.ts'

const claim: ClaimFacts = {
  codes: ['99490', '99439'],
  payerId: '13202',
  placeOfService: '11',
  diagnoses: ['I10', 'E11.22'],
  otherServices: ['99495'],
  qmb: false,
}

describe('whether an edit holds a claim', () => {
  test.each<[string, Parameters<typeof holds>[0], Partial<ClaimFacts>, string]>([
    ['a code that it bills', { code: '99439' }, {}, 'yes'],
    ['a code that it does not bill', { code: '99487' }, {}, 'no'],
    ['the payer', { payerId: '13202' }, {}, 'yes'],
    ['another payer', { payerId: '60054' }, {}, 'no'],
    ['the place of service', { placeOfService: '11' }, {}, 'yes'],
    ['the place is not on record', { placeOfService: '11' }, { placeOfService: null }, 'unknown'],
    ['a diagnosis, with or without its dot', { diagnosis: 'E1122' }, {}, 'yes'],
    ['the beginning of a diagnosis', { diagnosis: 'E11' }, {}, 'yes'],
    ['a diagnosis that it lacks', { diagnosis: 'N18' }, {}, 'no'],
    ['without a diagnosis that it lacks', { withoutDiagnosis: 'N18' }, {}, 'yes'],
    ['without a diagnosis that it has', { withoutDiagnosis: 'E11' }, {}, 'no'],
    ['another service in the month', { otherService: '99495' }, {}, 'yes'],
    ['no other service in the month', { otherService: '99495' }, { otherServices: [] }, 'no'],
    ['nobody knows the other services', { otherService: '99495' }, { otherServices: null }, 'unknown'],
    ['one surely not, the other unknown', { code: '99487', otherService: '99495' }, { otherServices: null }, 'no'],
    ['QMB asked of another', { qmb: true }, {}, 'no'],
    ['all together', { code: '99490', diagnosis: 'I10', otherService: '99495' }, {}, 'yes'],
  ])('%s', (_says, conditions, change, answer) => expect(holds(conditions, { ...claim, ...change })).toBe(answer))

  test('says its conditions in words', () => {
    expect(wordsOf({ code: '99490', withoutDiagnosis: 'E11', otherService: '99495', qmb: false })).toEqual([
      'it bills 99490',
      'no diagnosis begins with E11',
      'the patient has 99495 in the same month',
      'the patient is no Qualified Medicare Beneficiary',
    ])
  })
})

test('a test on past claims counts what it would have stopped, and how each of those ended', () => {
  const past = (id: string, change: Partial<PastClaim>, facts: Partial<ClaimFacts> = {}): PastClaim => ({
    id,
    facts: { ...claim, ...facts },
    denied: false,
    refused: false,
    decided: true,
    deniedCents: 0,
    paidCents: 0,
    ...change,
  })
  const claims = [
    past('denied', { denied: true, deniedCents: 11_186 }),
    past('paid', { paidCents: 5847 }),
    past('refused', { refused: true, decided: false }),
    past('open', { decided: false }),
    past('other', { denied: true, deniedCents: 500 }, { otherServices: [] }),
    past('unknown', {}, { otherServices: null }),
  ]
  expect(backTest({ otherService: '99495' }, claims, 'denied')).toEqual({
    lookedAt: 6,
    stopped: 4,
    denied: 1,
    refused: 1,
    paid: 1,
    undecided: 1,
    unknown: 1,
    deniedCents: 11_186,
    paidCents: 5847,
    stopsItsDenial: true,
  })
  expect(backTest({ otherService: '99495' }, claims, 'other').stopsItsDenial).toBe(false)
  expect(backTest({ otherService: '99495' }, claims, null).stopsItsDenial).toBeNull()
})
