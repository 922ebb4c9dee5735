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
  openedAt: Instant,
  resolution: z.object({ text: z.string(), by: Person, at: Instant }).nullable(),
})
export type Denial = z.infer<typeof Denial>

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
