import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf, Sentence } from './models.ts'

export const RemittanceRow = z.object({
  id: Id,
  payerName: z.string(),
  trace: z.string(),
  paidOn: LocalDate,
  method: z.string(),
  amountCents: Cents,
  claimsCents: Cents,
  providerAdjustmentCents: Cents,
  status: z.enum(['posted', 'held']),
  holdReason: z.string().nullable(),
  claimsCount: z.int(),
  unmatchedCount: z.int(),
  recordedAt: Instant,
  fileId: Id,
})
export type RemittanceRow = z.infer<typeof RemittanceRow>

export const RemittanceClaim = z.object({
  id: Id,
  position: z.int(),
  controlNumber: z.string(),
  payerClaimNumber: z.string().nullable(),
  statusCode: z.string(),
  kind: z.enum(['payment', 'reversal']),
  patientName: z.string(),
  claim: z.object({ id: Id, patient: Person, month: Month }).nullable(),
  matchedBy: z.string().nullable(),
  chargeCents: Cents,
  paidCents: Cents,
  patientCents: Cents,
  expectedMedicareCents: Cents.nullable(),
  differenceCents: Cents.nullable(),
  lines: z.array(
    z.object({
      code: z.string(),
      chargeCents: Cents,
      paidCents: Cents,
      adjustments: z.array(z.object({ group: z.string(), code: z.string(), amountCents: Cents, meaning: z.string() })),
      remarks: z.array(z.string()),
    }),
  ),
  adjustments: z.array(z.object({ group: z.string(), code: z.string(), amountCents: Cents, meaning: z.string() })),
  /** For an unmatched claim: ours that might be meant, for a person to choose. */
  candidates: z.array(
    z.object({
      claimId: Id,
      patient: Person,
      month: Month,
      controlNumber: z.string(),
      chargeCents: Cents,
      why: z.string(),
    }),
  ),
})
export type RemittanceClaim = z.infer<typeof RemittanceClaim>

export const Remittance = RemittanceRow.extend({
  claims: z.array(RemittanceClaim),
  providerAdjustments: z.array(
    z.object({ code: z.string(), meaning: z.string(), reference: z.string().nullable(), amountCents: Cents }),
  ),
  balance: z.object({ ok: z.boolean(), differenceCents: Cents, sentences: z.array(z.string()) }),
})
export type Remittance = z.infer<typeof Remittance>

export const remittances = {
  list: endpoint({
    method: 'GET',
    path: '/remittances',
    summary: 'Payments by the payers, the newest first',
    permission: 'remittance:read',
    audit: 'remittance.listed',
    phi: false,
    errors: [],
    query: PageQuery.extend({ status: z.enum(['posted', 'held']).optional() }),
    output: pageOf(RemittanceRow).extend({
      totals: z.object({
        expectedCents: Cents,
        paidCents: Cents,
        openCents: Cents,
        heldCount: z.int(),
        unmatchedCount: z.int(),
      }),
    }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/remittances/:id',
    summary: 'One payment, claim by claim',
    permission: 'remittance:read',
    audit: 'remittance.viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: Remittance,
  }),
  match: endpoint({
    method: 'POST',
    path: '/remittance-claims/:id/match',
    summary: 'Say which claim of ours an unmatched line is about',
    permission: 'remittance:post',
    audit: 'remittance.matched',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'claim_unknown'],
    params: ById,
    body: z.object({ claimId: Id, reason: Sentence }),
    output: Remittance,
  }),
}
