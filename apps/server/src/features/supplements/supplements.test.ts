import { describe, expect, test } from 'vitest'
import {
  type BillFacts,
  type DecidedLine,
  filingCodeOf,
  lacksOf,
  medicareAs,
  outdatedSentence,
  shareOf,
  whyNotBilled,
} from './supplements.ts'

const line = (change: Partial<DecidedLine> = {}): DecidedLine => ({
  lineId: 'l1',
  code: '99490',
  units: 1,
  chargeCents: 11_186,
  decided: {
    paidCents: 4794,
    adjustments: [
      { group: 'CO', code: '45', amountCents: 5071 },
      { group: 'CO', code: '253', amountCents: 98 },
      { group: 'PR', code: '2', amountCents: 1223 },
    ],
  },
  ...change,
})
const supplement = {
  coverageId: 'v1',
  kind: 'medigap' as const,
  payerName: 'Hudson Mutual',
  payerId: '71412',
  filingCode: null,
  groupNumber: null,
  memberId: 'HM-4410',
}
const facts: BillFacts = {
  status: 'paid',
  live: true,
  medicareFirst: true,
  qmb: false,
  decisions: 1,
  forwardedTo: null,
  wholeAdjustments: 0,
  lines: [line()],
  supplement,
  bill: null,
}

describe('whether a supplement can be asked', () => {
  test('everything is known: it can', () => {
    expect(whyNotBilled(facts)).toBeNull()
    expect(shareOf(facts)).toBe(1223)
  })
  test.each<[string, Partial<BillFacts>, RegExp]>([
    ['a claim that went to Medicare second', { medicareFirst: false }, /first payer/],
    ['one that was billed anew', { live: false, status: 'replaced' }, /Billed anew/],
    ['one that was asked already', { bill: { controlNumber: 'KW2', payerName: 'Hudson Mutual' } }, /KW2 asks Hudson/],
    ['a Qualified Medicare Beneficiary', { qmb: true }, /owes nothing/],
    ['one that the payer has', { status: 'accepted', decisions: 0 }, /not decided/],
    ['a decision that was taken back', { status: 'reversed', decisions: 0 }, /not decided/],
    ['one that Medicare passed on', { forwardedTo: 'RIVERVIEW' }, /passed its decision on to RIVERVIEW/],
    ['two decisions', { decisions: 2 }, /More than one decision/],
    ['an adjustment of the whole claim', { wholeAdjustments: 1 }, /line by line/],
    ['a line that the decision does not name', { lines: [line({ decided: null })] }, /line by line/],
    ['a line that misses a cent', { lines: [line({ chargeCents: 11_187 })] }, /line by line/],
    [
      'nothing left to the patient',
      {
        lines: [line({ decided: { paidCents: 11_100, adjustments: [{ group: 'CO', code: '45', amountCents: 86 }] } })],
      },
      /nothing to the patient/,
    ],
    ['no second insurance', { supplement: null }, /Write down its card/],
    ['a card without a number', { supplement: { ...supplement, memberId: null } }, /Write down the card/],
    ['an insurer without a payer id', { supplement: { ...supplement, payerId: null } }, /payer id of Hudson Mutual/],
  ])('%s: it cannot', (_, change, why) => {
    expect(whyNotBilled({ ...facts, ...change })).toMatch(why)
  })
  test('a share that two decisions tell is unknown, not their sum', () => {
    expect(shareOf({ ...facts, decisions: 2 })).toBeNull()
    expect(shareOf({ ...facts, decisions: 0 })).toBeNull()
  })
})

test('what the coverage lacks is told by where it is entered', () => {
  expect([
    lacksOf(supplement),
    lacksOf({ ...supplement, payerId: null }),
    lacksOf({ ...supplement, payerName: null }),
  ]).toEqual([null, 'payer_id', 'card'])
})

test('the kind of plan is the one that was entered, else the one of its kind of coverage', () => {
  expect([
    filingCodeOf(supplement),
    filingCodeOf({ kind: 'medicaid', filingCode: null }),
    filingCodeOf({ kind: 'commercial', filingCode: 'BL' }),
  ]).toEqual(['CI', 'MC', 'BL'])
})

test("Medicare's decision is told as it was posted, without the amounts of nothing", () => {
  const told = medicareAs(
    { name: 'NGS', payerId: '13202', filingCode: 'MB' },
    { family: 'Diaz', given: 'Elena', memberId: '1EG4TE5MK73' },
    { decidedOn: '2026-11-20', payerClaimNumber: '221' },
    [
      line({
        decided: {
          paidCents: 11_186,
          adjustments: [
            { group: 'PR', code: '1', amountCents: 0 },
            { group: 'XX', code: '9', amountCents: 5 },
          ],
        },
      }),
    ],
  )
  expect(told).toMatchObject({ sequence: 'P', filingCode: 'MB', mspType: null, relationship: '18', claimNumber: '221' })
  expect(told.lines).toEqual([
    { code: '99490', units: 1, paidCents: 11_186, adjustments: [{ group: 'OA', code: '9', amountCents: 5 }] },
  ])
})

test.each([
  ['ready', null, /taken back the decision.*Withdraw it/],
  ['batched', '2026-11-30', /decided anew on Mon 30 Nov 2026.*Take its batch back/],
  ['sent', '2026-11-30', /Hudson Mutual has the old one/],
] as const)('a bill that is %s on an old decision names the next step', (status, decidedOn, says) => {
  expect(outdatedSentence({ status, payerName: 'Hudson Mutual' }, decidedOn)).toMatch(says)
})
