import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decisionLine, payerDecision } from '../../../test/support/decision.ts'
import {
  accountOf,
  type Decision,
  type DecisionLine,
  earlierOf,
  entriesOf,
  isNotCollectable,
  matchLines,
  statusOf,
  sumOf,
  toleranceOf,
} from './remittances.ts'

const on = { claimId: 'c', remittanceId: 'r', decisionId: 'd', trace: 'EFT1', notCollectable: false, othersCents: null }

/** A decision whose three balances hold, with adjustments on lines and on the claim, of any sign. */
const adjustment = fc.record({
  group: fc.constantFrom('CO', 'PR', 'OA', 'PI'),
  code: fc.constantFrom('45', '253', '1', '2', '119', '97', '23', '18', 'XYZ'),
  amountCents: fc.integer({ min: -50_000, max: 50_000 }),
})
const balanced = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.array(adjustment, { maxLength: 4 })), {
      minLength: 0,
      maxLength: 4,
    }),
    fc.array(adjustment, { maxLength: 3 }),
    fc.integer({ min: 1, max: 99_999 }),
  )
  .map(([lines, adjustments, alone]): Decision => {
    const made = lines.map(([chargeCents, own]) =>
      decisionLine({ chargeCents, adjustments: own, paidCents: chargeCents - sumOf(own) }),
    )
    const chargeCents = made.length === 0 ? alone : made.reduce((sum, one) => sum + one.chargeCents, 0)
    const paidCents = chargeCents - sumOf(adjustments) - made.reduce((sum, one) => sum + sumOf(one.adjustments), 0)
    return payerDecision({ lines: made, adjustments, chargeCents, paidCents })
  })
const mirror = (one: Decision): Decision => ({
  ...one,
  kind: 'reversal',
  chargeCents: -one.chargeCents,
  paidCents: -one.paidCents,
  adjustments: one.adjustments.map((a) => ({ ...a, amountCents: -a.amountCents })),
  lines: one.lines.map((own) => ({
    ...own,
    chargeCents: -own.chargeCents,
    paidCents: -own.paidCents,
    adjustments: own.adjustments.map((a) => ({ ...a, amountCents: -a.amountCents })),
  })),
})
const sums = (entries: ReturnType<typeof entriesOf>) => {
  const totals = new Map<string, number>()
  for (const { account, amountCents } of entries.flatMap(({ postings }) => postings))
    totals.set(account, (totals.get(account) ?? 0) + amountCents)
  return totals
}

describe('what a decision books', () => {
  test('adds up to zero in each entry, brings in exactly what was paid, and leaves nothing of the charge open', () => {
    fc.assert(
      fc.property(balanced, fc.boolean(), (one, notCollectable) => {
        const entries = entriesOf(one, { ...on, notCollectable })
        for (const entry of entries)
          expect(entry.postings.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(0)
        const totals = sums(entries)
        expect(totals.get('cash') ?? 0).toBe(one.paidCents)
        expect((totals.get('receivable_payer') ?? 0) + one.chargeCents).toBe(0)
        if (notCollectable) expect(totals.get('receivable_patient') ?? 0).toBe(0)
      }),
    )
  })
  test('is taken back to nothing by its mirror', () => {
    fc.assert(
      fc.property(balanced, (one) => {
        expect(
          [...sums([...entriesOf(one, on), ...entriesOf(mirror(one), on)]).values()].every((cents) => cents === 0),
        ).toBe(true)
      }),
    )
  })
})

describe('what a decision behind another payer books', () => {
  test('closes what others had taken on, whatever the payer calls it, and leaves nothing open', () => {
    fc.assert(
      fc.property(balanced, fc.integer({ min: 0, max: 99_999 }), (one, othersCents) => {
        const entries = entriesOf(one, { ...on, othersCents })
        for (const entry of entries)
          expect(entry.postings.reduce((sum, { amountCents }) => sum + amountCents, 0)).toBe(0)
        const totals = sums(entries)
        expect(totals.get('other_payer') ?? 0).toBe(othersCents)
        expect(totals.get('cash') ?? 0).toBe(one.paidCents)
        expect((totals.get('receivable_payer') ?? 0) + one.chargeCents).toBe(0)
      }),
    )
  })
  const decided = (paidCents: number, ...adjustments: [string, string, number][]) =>
    entriesOf(
      payerDecision({
        chargeCents: 11_186,
        paidCents,
        adjustments: [],
        lines: [
          decisionLine({
            chargeCents: 11_186,
            paidCents,
            adjustments: adjustments.map(([group, code, amountCents]) => ({ group, code, amountCents })),
          }),
        ],
      }),
      { ...on, othersCents: 9963 },
    )
  const booked = (entries: ReturnType<typeof entriesOf>) =>
    Object.fromEntries([...sums(entries)].filter(([, cents]) => cents !== 0).sort())

  test('a supplement that pays the share confirms the rest', () => {
    expect(booked(decided(1223, ['OA', '23', 9963]))).toEqual({
      cash: 1223,
      other_payer: 9963,
      receivable_payer: -11_186,
    })
  })
  test('a copay goes back to the patient', () => {
    expect(booked(decided(223, ['OA', '23', 9963], ['PR', '3', 1000]))).toMatchObject({ receivable_patient: 1000 })
  })
  test('one that denies the whole charge denies the share alone', () => {
    expect(booked(decided(0, ['CO', '27', 11_186]))).toEqual({
      denied: 1223,
      other_payer: 9963,
      receivable_payer: -11_186,
    })
  })
  test('one that calls the rest above its fees takes nothing off again', () => {
    expect(booked(decided(1223, ['CO', '45', 9963]))).toEqual({
      cash: 1223,
      other_payer: 9963,
      receivable_payer: -11_186,
    })
  })
  test('one that takes on less than was asked leaves the difference as its adjustment', () => {
    expect(booked(decided(1000, ['OA', '23', 10_186]))).toEqual({
      cash: 1000,
      other_adjustment: 223,
      other_payer: 9963,
      receivable_payer: -11_186,
    })
  })
})

test.each([
  ['CO', '45', 'contractual'],
  ['CO', '253', 'sequestration'],
  ['PR', '2', 'receivable_patient'],
  ['CO', '119', 'denied'],
  ['OA', '18', 'denied'],
  ['OA', '23', 'other_adjustment'],
  ['CO', 'NEW', 'denied'],
])('%s-%s goes to %s', (group, code, account) => {
  expect(accountOf({ group, code, amountCents: 1 }, false)).toBe(account)
})

test("a Qualified Medicare Beneficiary owes nothing, by our record or by the payer's remark", () => {
  expect(accountOf({ group: 'PR', code: '2', amountCents: 1 }, true)).toBe('other_adjustment')
  expect([
    isNotCollectable(payerDecision(), false),
    isNotCollectable(payerDecision(), true),
    isNotCollectable(payerDecision({ lines: [decisionLine({ remarks: ['N782'] })] }), false),
  ]).toEqual([false, true, true])
})

describe('finding our line', () => {
  const ours = [
    {
      id: 'l1',
      code: '99490',
      chargeCents: 11_186,
      expectedMedicareCents: 5847,
      lineControl: 'KW1-1',
      serviceOn: '2026-10-31',
    },
    {
      id: 'l2',
      code: '99439',
      chargeCents: 8500,
      expectedMedicareCents: 4400,
      lineControl: 'KW1-2',
      serviceOn: '2026-10-31',
    },
  ]
  test.each<[string, Partial<DecisionLine>[], (string | null)[]]>([
    ['by our own line id, whatever the code', [{ code: '99999', lineControl: 'kw1-2', chargeCents: 1 }], ['l2']],
    ['by code and charge', [{ code: '99439', chargeCents: 8500 }], ['l2']],
    [
      'by the code that was billed, where the payer changed it',
      [{ code: '99999', originalCode: '99439', chargeCents: 8500 }],
      ['l2'],
    ],
    [
      'of a reversal, whose charges are negative',
      [{ chargeCents: -11_186 }, { code: '99439', chargeCents: -8500 }],
      ['l1', 'l2'],
    ],
    [
      'by order alone where both have equally many',
      [
        { code: 'A', chargeCents: 1 },
        { code: 'B', chargeCents: 2 },
      ],
      ['l1', 'l2'],
    ],
    ['of nobody where nothing fits', [{ code: 'A', chargeCents: 1 }], [null]],
  ])('%s', (_, lines, expected) => {
    expect(matchLines(lines.map(decisionLine), ours).map(({ lineId }) => lineId)).toEqual(expected)
  })
})

describe('what a reversal takes back', () => {
  const earlier = (id: string, payerClaimNumber: string | null, paidCents = 5847) => ({
    id,
    payerClaimNumber,
    chargeCents: 11_186,
    paidCents,
  })
  test.each<[string, ReturnType<typeof earlier>[], string | undefined]>([
    ['the decision of its number', [earlier('a', 'N1'), earlier('b', 'N2')], 'a'],
    ['the only one with its amounts', [earlier('a', 'X')], 'a'],
    ['nothing, where two could be meant', [earlier('a', 'X'), earlier('b', 'Y')], undefined],
    ['nothing, where the amounts are not mirrored', [earlier('a', 'N1', 5000)], undefined],
  ])('%s', (_, standing, expected) => {
    expect(earlierOf(mirror(payerDecision()), standing)?.id).toBe(expected)
  })
})

test.each([
  [{ decisions: 0, paidCents: 0, deniedCents: 0, expectedCents: 5847 }, 'reversed'],
  [{ decisions: 1, paidCents: 0, deniedCents: 11_186, expectedCents: 5847 }, 'denied'],
  [{ decisions: 1, paidCents: 5846, deniedCents: 0, expectedCents: 5847 }, 'paid'],
  [{ decisions: 1, paidCents: 5845, deniedCents: 0, expectedCents: 5847 }, 'underpaid'],
  [{ decisions: 1, paidCents: 0, deniedCents: 0, expectedCents: 0 }, 'paid'],
  [{ decisions: 1, paidCents: 9000, deniedCents: 0, expectedCents: 5847 }, 'paid'],
  [{ decisions: 1, paidCents: 100, deniedCents: 0, expectedCents: null }, 'paid'],
])('%j stands as %s, with one cent let pass', (standing, status) => {
  expect(statusOf(standing, 1)).toBe(status)
})

test("what is let pass is the payer's own difference where the clinic named one, the general one otherwise", () => {
  const tolerance = { generalCents: 1, byPayer: [{ payerId: '60054', cents: 25 }], ownPayerId: '13202' }
  expect(toleranceOf({ payer: { payerId: '60054' } }, tolerance)).toBe(25)
  expect(toleranceOf({ payer: { payerId: '99999' } }, tolerance)).toBe(1)
  expect(toleranceOf({ payer: null }, tolerance)).toBe(1)
  const named = { ...tolerance, byPayer: [{ payerId: '13202', cents: 0 }] }
  expect(toleranceOf({ payer: null }, named)).toBe(0)
  expect(toleranceOf({ payer: null }, { ...named, ownPayerId: null })).toBe(1)
})
