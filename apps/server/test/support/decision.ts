import type { Decision, DecisionLine } from '../../src/features/remittances/remittances.ts'

/** One line of a payer's decision, paid as expected, changed as told. */
export const decisionLine = (change: Partial<DecisionLine> = {}): DecisionLine => ({
  lineId: null,
  code: '99490',
  originalCode: null,
  lineControl: null,
  serviceOn: '2026-10-31',
  chargeCents: 11_186,
  paidCents: 5847,
  adjustments: [],
  remarks: [],
  ...change,
})

/** A payer's decision on one claim with one line, paid as expected, changed as told. */
export const payerDecision = (change: Partial<Decision> = {}): Decision => ({
  kind: 'payment',
  position: 1,
  controlNumber: 'KW0000001',
  payerClaimNumber: 'N1',
  earlierPayerClaimNumber: null,
  statusCode: '1',
  patientName: 'Elena Diaz',
  memberId: null,
  correctedMemberId: null,
  chargeCents: 11_186,
  paidCents: 5847,
  patientCents: 0,
  interestCents: null,
  crossover: null,
  adjustments: [],
  remarks: [],
  lines: [decisionLine()],
  ...change,
})
