import { describe, expect, test } from 'vitest'
import { payerDecision } from '../../../test/support/decision.ts'
import type { FoundClaim } from '../claims/index.ts'
import { attribute, judgeBeside, mirroredEntry, settledAs } from './decide-posting.ts'
import type { StandingDecision } from './remittances.store.ts'
import { decisionOf } from './remittances.ts'

type Payment = Parameters<typeof judgeBeside>[0]
const payment = { trn02: 'EFT1', paidOn: '2026-11-10', bpr02Cents: 5847 } as Payment
const posted = (change: Partial<Parameters<typeof judgeBeside>[2][number]> = {}) => ({
  id: 'p1',
  paidOn: '2026-11-10',
  amountCents: 5847,
  setSha256: 'same',
  source: 'file' as const,
  ...change,
})

describe('a payment beside those posted under its number', () => {
  test.each<[string, ReturnType<typeof posted>[], unknown]>([
    ['nothing is posted: it is new', [], { holds: [] }],
    ['the same words: it is known', [posted()], { known: 'p1' }],
    ['other words of the same payment', [posted({ setSha256: 'other' })], { holds: [{ kind: 'posted_otherwise' }] }],
    [
      'it was entered from paper',
      [posted({ setSha256: 'other', source: 'paper' })],
      { holds: [{ kind: 'posted_otherwise' }] },
    ],
    ['the number on another day', [posted({ paidOn: '2026-11-03' })], { holds: [{ kind: 'number_used' }] }],
    ['the number with another amount', [posted({ amountCents: 1 })], { holds: [{ kind: 'number_used' }] }],
  ])('%s', (_says, earlier, judged) => expect(judgeBeside(payment, 'same', earlier)).toMatchObject(judged as object))
})

const claim = {
  id: 'c1',
  controlNumber: 'KW0000001',
  status: 'accepted',
  expectedMedicareCents: 5847,
} as FoundClaim
const standing: StandingDecision = {
  id: 'd1',
  claimId: 'c1',
  payerClaimNumber: 'N1',
  chargeCents: 11_186,
  paidCents: 5847,
  trace: 'EFT0',
}
const known = (change: { claim?: FoundClaim; standing?: StandingDecision[] } = {}) => ({
  byControl: new Map([['KW0000001', change.claim ?? claim]]),
  byNumber: new Map(),
  standing: change.standing ?? [],
  left: ['sent', 'accepted', 'paid'] as const,
})

describe('whose decision it is', () => {
  test('ours by its number; a second one under the same number of the payer waits for a person', () => {
    expect(attribute(payerDecision({ lines: [] }), known())).toMatchObject({ by: 'control_number', earlier: undefined })
    expect(attribute(payerDecision({ lines: [] }), known({ standing: [standing] }))).toMatchObject({
      why: expect.stringContaining('was decided before under the same number N1 (payment EFT0)'),
    })
  })
  test('a claim that never left, an estimate and a stranger wait', () => {
    expect(attribute(payerDecision({ lines: [] }), known({ claim: { ...claim, status: 'ready' } }))).toHaveProperty(
      'why',
    )
    expect(attribute(payerDecision({ lines: [], statusCode: '25' }), known())).toHaveProperty('why')
    expect(attribute(payerDecision({ lines: [], controlNumber: 'KW9' }), known())).toHaveProperty('why')
  })
  test('a reversal finds what it takes back, or waits', () => {
    const back = payerDecision({
      lines: [],
      kind: 'reversal',
      statusCode: '22',
      chargeCents: -11_186,
      paidCents: -5847,
    })
    expect(attribute(back, known({ standing: [standing] }))).toMatchObject({ earlier: { id: 'd1' } })
    expect(attribute(back, known())).toHaveProperty('why')
  })
})

test('a reversal books the postings of what it takes back with their signs changed', () => {
  const of = { claimId: 'c1', remittanceId: 'r1', decisionId: 'd2', trace: 'EFT2' }
  expect(mirroredEntry(of, [{ account: 'cash', amountCents: 5847 }]).postings).toEqual([
    { account: 'cash', amountCents: -5847 },
  ])
})

test('a claim that was billed anew keeps its status, and its late decision says what is open', () => {
  const after = { decisions: 1, trace: 'EFT1', toleranceCents: 1 }
  expect(settledAs({ ...claim, status: 'replaced' }, { cash: 5000, receivable_payer: 847 }, after)).toEqual({
    to: 'underpaid',
    kind: 'late_decision',
    sentence: 'Paid $50.00, less than expected (payment EFT1); $8.47 still open.',
  })
  expect(settledAs(claim, {}, { ...after, decisions: 0 })).toMatchObject({ to: 'reversed', kind: 'decided' })
})

test('a supplement that leaves its copay to the patient has paid what was asked of it', () => {
  const after = { decisions: 1, trace: 'EFT1', toleranceCents: 1 }
  const bill = { status: 'sent' as const, expectedMedicareCents: 1223, followsClaimId: 'c1' }
  expect(settledAs(bill, { cash: 223, receivable_patient: 1000 }, after).to).toBe('paid')
  expect(settledAs({ ...bill, followsClaimId: null }, { cash: 223, receivable_patient: 1000 }, after).to).toBe(
    'underpaid',
  )
  expect(settledAs(bill, { cash: 223, contractual: 1000 }, after).to).toBe('underpaid')
})

describe('that the payer passed a decision on', () => {
  const line = { code: '99490', originalCode: null, lineControl: null, serviceOn: null, chargeCents: 0, paidCents: 0 }
  type Read = Parameters<typeof decisionOf>[0]
  const read = (change: object) =>
    decisionOf(
      {
        claimControl: 'KW0000001',
        status: '1',
        patient: { given: 'Elena', family: 'Diaz' },
        crossover: null,
        adjustments: [],
        remarks: [],
        lines: [],
        ...change,
      } as unknown as Read,
      1,
    ).crossover
  test.each<[string, object, string | null]>([
    ['by name', { crossover: { name: 'RIVERVIEW MEDIGAP', id: null } }, 'RIVERVIEW MEDIGAP'],
    ['by its status alone', { status: '19' }, 'a supplemental insurer that the payer does not name'],
    ['by MA18 on the claim', { remarks: ['MA18'] }, 'a supplemental insurer that the payer does not name'],
    [
      'by N89 on a line',
      { lines: [{ ...line, adjustments: [], remarks: ['N89'] }] },
      'a supplemental insurer that the payer does not name',
    ],
    ['not at all', { remarks: ['MA01'] }, null],
  ])('%s', (_says, change, to) => expect(read(change)).toBe(to))
})
