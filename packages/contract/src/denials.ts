import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf, Sentence } from './models.ts'

export const Denial = z.object({
  id: Id,
  kind: z.enum(['denied', 'underpaid', 'overpaid']),
  claim: z.object({ id: Id, controlNumber: z.string(), patient: Person, month: Month }),
  code: z.string().nullable(),
  adjustment: z.object({ group: z.string(), code: z.string(), meaning: z.string() }).nullable(),
  remarks: z.array(z.object({ code: z.string(), meaning: z.string() })),
  amountCents: Cents,
  expectedCents: Cents.nullable(),
  cause: z.string(),
  nextStep: z.string(),
  appealable: z.boolean(),
  deadlineOn: LocalDate.nullable(),
  daysLeft: z.int().nullable(),
  ownerRole: z.string(),
  /** The person who took it on; null until somebody did. */
  owner: Person.nullable(),
  /** When somebody wanted to look at it again; null without such a day. */
  lookAgainOn: LocalDate.nullable(),
  openedAt: Instant,
  resolution: z.object({ text: z.string(), by: Person, at: Instant }).nullable(),
})
export type Denial = z.infer<typeof Denial>

/** The ways by which money that was not paid may still come. */
export const denialWays = ['reopening', 'redetermination', 'new_claim', 'replacement'] as const
export const DenialWay = z.enum(denialWays)
export type DenialWay = z.infer<typeof DenialWay>
export const denialWayNames: Record<DenialWay, string> = {
  reopening: 'Clerical reopening',
  redetermination: 'Redetermination (first appeal)',
  new_claim: 'New claim',
  replacement: 'Replacement claim',
}

export const denialDeedKinds = [
  'note',
  'payer_contact',
  'assigned',
  'packet_made',
  'appealed',
  'reopening_asked',
  'billed_anew',
] as const
export const DenialDeedKind = z.enum(denialDeedKinds)
export type DenialDeedKind = z.infer<typeof DenialDeedKind>

/** One denial with all that is needed to work it. */
export const DenialCase = Denial.extend({
  ways: z.array(
    z.object({
      way: DenialWay,
      /** Null when it is open, otherwise why it is not the way here. */
      whyNot: z.string().nullable(),
      says: z.string(),
      byOn: LocalDate.nullable(),
    }),
  ),
  deeds: z.array(
    z.object({
      id: Id,
      kind: DenialDeedKind,
      sentence: z.string(),
      reference: z.string().nullable(),
      dueOn: LocalDate.nullable(),
      claimId: Id.nullable(),
      by: Person,
      at: Instant,
    }),
  ),
  /** People who may take it on. */
  owners: z.array(Person),
  /** What the record behind the claim proves, one fact a line. */
  evidence: z.array(z.object({ label: z.string(), text: z.string() })),
  /** A letter to the payer, drafted from the evidence, for a person to finish. */
  letter: z.string(),
  payerClaimNumber: z.string().nullable(),
  replacedBy: z.object({ id: Id, controlNumber: z.string() }).nullable(),
})
export type DenialCase = z.infer<typeof DenialCase>

export const denials = {
  list: endpoint({
    method: 'GET',
    path: '/denials',
    summary: 'Lines that were denied, underpaid or overpaid, by deadline',
    permission: 'remittance:read',
    audit: 'denial.listed',
    phi: true,
    errors: [],
    query: PageQuery.extend({
      kind: z.enum(['denied', 'underpaid', 'overpaid']).optional(),
      state: z.enum(['open', 'resolved']).default('open'),
    }),
    output: pageOf(Denial).extend({
      byCause: z.array(z.object({ cause: z.string(), count: z.int(), amountCents: Cents })),
    }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/denials/:id',
    summary: 'One denial with its ways, its evidence and what was done about it',
    permission: 'remittance:read',
    audit: 'denial.viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: DenialCase,
  }),
  assign: endpoint({
    method: 'POST',
    path: '/denials/:id/owner',
    summary: 'Say who works a denial, and when to look at it again',
    permission: 'remittance:post',
    audit: 'denial.assigned',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'invalid_input'],
    params: ById,
    body: z.object({ ownerId: Id, dueOn: LocalDate.nullable() }),
    output: DenialCase,
  }),
  record: endpoint({
    method: 'POST',
    path: '/denials/:id/deeds',
    summary: 'Write down what was done: a note, a talk with the payer, an appeal, a reopening',
    permission: 'remittance:post',
    audit: 'denial.worked',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({
      kind: z.enum(['note', 'payer_contact', 'appealed', 'reopening_asked']),
      sentence: Sentence,
      reference: z.string().trim().max(80).nullable(),
      dueOn: LocalDate.nullable(),
    }),
    output: DenialCase,
  }),
  packet: endpoint({
    method: 'POST',
    path: '/denials/:id/packet',
    summary: 'The letter to the payer with the evidence of the claim, as a PDF',
    permission: 'remittance:post',
    audit: 'denial.packet_made',
    phi: true,
    errors: ['not_found'],
    params: ById,
    body: z.object({ letter: z.string().trim().min(1, 'The letter is empty.').max(8000) }),
    output: 'file',
  }),
  billAnew: endpoint({
    method: 'POST',
    path: '/denials/:id/claim',
    summary: 'Make a claim in place of the denied one: a new one, or a replacement where the payer takes it',
    permission: 'claim:send',
    audit: 'denial.billed_anew',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'claim_not_ready'],
    params: ById,
    body: z.object({ way: z.enum(['new_claim', 'replacement']), note: Sentence }),
    output: z.object({ claimId: Id, controlNumber: z.string() }),
  }),
  resolve: endpoint({
    method: 'POST',
    path: '/denials/:id/resolution',
    summary: 'Say how it ended',
    permission: 'remittance:post',
    audit: 'denial.resolved',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ resolution: Sentence }),
    output: Denial,
  }),
}
