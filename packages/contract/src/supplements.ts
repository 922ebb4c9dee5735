import { z } from 'zod'
import { Claim, ClaimStatus } from './claims.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, LocalDate, Month, PageQuery, Person, pageOf } from './models.ts'

/** Who pays behind Medicare, as far as a claim to it has to know. */
export const Supplement = z.object({
  coverageId: Id,
  kind: z.enum(['medigap', 'commercial', 'medicaid']),
  payerName: z.string().nullable(),
  payerId: z.string().nullable(),
  filingCode: z.string(),
  groupNumber: z.string().nullable(),
})
export type Supplement = z.infer<typeof Supplement>

/** What Medicare left to the patient on one claim, and whether a supplement can be asked for it. */
export const SupplementBilling = z.object({
  claimId: Id,
  /** What Medicare left to the patient; null while it has not decided. */
  shareCents: Cents.nullable(),
  decidedOn: LocalDate.nullable(),
  supplement: Supplement.nullable(),
  /** The bill that asks for it; a withdrawn one is none. */
  bill: z
    .object({
      id: Id,
      controlNumber: z.string(),
      status: ClaimStatus,
      payerName: z.string(),
      /** Why it no longer says what Medicare decided, with the next step; null where it does. */
      outdated: z.string().nullable(),
    })
    .nullable(),
  /** Null when the bill can be made, otherwise why not and what to do. */
  whyNot: z.string().nullable(),
  /** What the coverage lacks for a claim, to be entered there; null where that is not what is missing. */
  lacks: z.enum(['payer_id', 'card']).nullable(),
})
export type SupplementBilling = z.infer<typeof SupplementBilling>

/** A decided claim whose patient has a supplement that nobody has asked yet. */
export const UnbilledSupplement = z.object({
  claim: z.object({ id: Id, controlNumber: z.string(), patient: Person, month: Month }),
  shareCents: Cents,
  decidedOn: LocalDate,
  supplement: Supplement,
  whyNot: z.string().nullable(),
})
export type UnbilledSupplement = z.infer<typeof UnbilledSupplement>

export const supplements = {
  get: endpoint({
    method: 'GET',
    path: '/claims/:id/supplement',
    summary: 'What Medicare left to the patient of a claim, and whether a supplement can be asked for it',
    permission: 'claim:read',
    audit: 'supplement.viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: SupplementBilling,
  }),
  list: endpoint({
    method: 'GET',
    path: '/unbilled-supplements',
    summary: 'Decided claims whose supplement has not been asked',
    permission: 'claim:read',
    audit: 'supplement.listed',
    phi: true,
    errors: [],
    query: PageQuery,
    output: pageOf(UnbilledSupplement).extend({ count: z.int(), shareCents: Cents }),
  }),
  bill: endpoint({
    method: 'POST',
    path: '/claims/:id/supplement-bill',
    summary: 'Make the claim that asks a supplement for what Medicare left to the patient',
    permission: 'claim:send',
    audit: 'supplement.billed',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'claim_not_ready'],
    params: ById,
    body: z.object({ coverageId: Id }),
    output: Claim,
  }),
}
