import { z } from 'zod'
import { can } from './can.ts'
import { type ClaimStatus, ClaimStatus as ClaimStatusSchema } from './claims.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf, Sentence } from './models.ts'

/** What to do next about a claim that the payer has and has not decided. */
export const standingSteps = [
  'wait',
  'ask',
  'await_answer',
  'telephone',
  'answer_payer',
  'fetch_payment',
  'make_ready',
] as const
export const StandingStep = z.enum(standingSteps)
export type StandingStep = z.infer<typeof StandingStep>

/** How a claim stands at the payer by what was asked and told. */
export const ClaimStanding = z.object({
  claim: z.object({
    id: Id,
    controlNumber: z.string(),
    payerClaimNumber: z.string().nullable(),
    patient: Person,
    month: Month,
    status: ClaimStatusSchema,
    chargeCents: Cents,
    /** Of a bill that went to a supplement: the claim before. */
    followsClaimId: Id.nullable(),
  }),
  /** Null for a claim that never left. */
  sentOn: LocalDate.nullable(),
  /** Days since it left without a decision; null once it is decided, or before it left. */
  waitingDays: z.int().nullable(),
  /** True when the payer has had it for longer than the clinic's policy allows. */
  stale: z.boolean(),
  asked: z.object({ at: Instant, inquiryId: Id, number: z.string(), answered: z.boolean() }).nullable(),
  told: z
    .object({
      sentence: z.string(),
      at: Instant,
      codes: z.array(z.string()),
      decidedOn: LocalDate.nullable(),
      paidCents: Cents.nullable(),
      paymentTrace: z.string().nullable(),
      fileId: Id,
    })
    .nullable(),
  /** Null once the payer has decided: then the payment or the denial says what to do. */
  next: z.object({ step: StandingStep, sentence: z.string() }).nullable(),
})
export type ClaimStanding = z.infer<typeof ClaimStanding>

export const Inquiry = z.object({
  id: Id,
  number: z.string(),
  status: z.enum(['waiting', 'sent', 'failed']),
  channel: z.enum(['download', 'sftp', 'simulator']),
  claimsCount: z.int(),
  answeredCount: z.int(),
  createdAt: Instant,
  createdBy: Person.nullable(),
  sentAt: Instant.nullable(),
  lastError: z.string().nullable(),
  fileId: Id,
  fileName: z.string(),
})
export type Inquiry = z.infer<typeof Inquiry>

const withPayer: readonly ClaimStatus[] = ['sent', 'accepted']
export const inquiryCan = {
  ask: can<{ status: ClaimStatus; followsClaimId?: string | null }>(({ status, followsClaimId = null }) =>
    withPayer.includes(status)
      ? followsClaimId === null
        ? null
        : 'Questions by a 276 go to Medicare, and this bill went to another insurer: telephone it.'
      : status === 'ready' || status === 'batched' || status === 'withdrawn'
        ? 'The payer does not have the claim, so there is nothing to ask.'
        : 'The payer has decided the claim already.',
  ),
  makeReady: can<{ status: ClaimStatus; next: ClaimStanding['next'] }>(({ status, next }) =>
    withPayer.includes(status) && next?.step === 'make_ready'
      ? null
      : 'Only a claim of which the payer says that it does not have it is made ready again.',
  ),
  sendAgain: can<{ status: Inquiry['status'] }>(({ status }) =>
    status === 'failed' ? null : 'Only a question that could not be delivered is sent again.',
  ),
}

export const inquiries = {
  waiting: endpoint({
    method: 'GET',
    path: '/claim-standings',
    summary: 'Claims that the payer has and has not decided, the oldest first, each with the next step',
    permission: 'claim:read',
    audit: 'inquiry.waiting_listed',
    phi: true,
    errors: [],
    query: PageQuery.extend({ stale: z.coerce.boolean().optional() }),
    output: pageOf(ClaimStanding).extend({
      staleDays: z.int(),
      waitingCount: z.int(),
      staleCount: z.int(),
      /** Stale claims that nobody asked about since they left, or whose last answer is older than the policy's days. */
      askableCount: z.int(),
    }),
  }),
  standing: endpoint({
    method: 'GET',
    path: '/claims/:id/standing',
    summary: 'How one claim stands at the payer: what was asked, what was told, what to do',
    permission: 'claim:read',
    audit: 'inquiry.standing_viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: ClaimStanding,
  }),
  ask: endpoint({
    method: 'POST',
    path: '/claim-inquiries',
    summary: 'Ask the payer for the status of claims by a 276: the named ones, or all that wait too long',
    permission: 'claim:send',
    audit: 'inquiry.made',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'claim_not_ready', 'conflict'],
    body: z.union([
      z.object({ claimIds: z.array(Id).min(1).max(500) }).strict(),
      z.object({ olderThanDays: z.int().min(0).max(400) }).strict(),
    ]),
    output: Inquiry,
  }),
  list: endpoint({
    method: 'GET',
    path: '/claim-inquiries',
    summary: 'Questions to the payer, the newest first',
    permission: 'claim:read',
    audit: null,
    phi: false,
    errors: [],
    query: PageQuery,
    output: pageOf(Inquiry),
  }),
  download: endpoint({
    method: 'GET',
    path: '/claim-inquiries/:id/file',
    summary: 'The 276 of a question; downloading it counts as sending',
    permission: 'claim:send',
    audit: 'inquiry.downloaded',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: 'file',
  }),
  sendAgain: endpoint({
    method: 'POST',
    path: '/claim-inquiries/:id/sending',
    summary: 'Try again to send a question that could not be delivered',
    permission: 'claim:send',
    audit: 'inquiry.sent_again',
    phi: false,
    errors: ['not_found', 'conflict'],
    params: ById,
    output: Inquiry,
  }),
  makeReady: endpoint({
    method: 'POST',
    path: '/claims/:id/readiness',
    summary: 'Make a claim ready again of which the payer says that it never had it',
    permission: 'claim:send',
    audit: 'inquiry.made_ready',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'claim_not_ready'],
    params: ById,
    body: z.object({ note: Sentence }),
    output: ClaimStanding,
  }),
}
