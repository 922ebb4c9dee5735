import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, LocalDate, PageQuery, pageOf } from './models.ts'

export const AuditEntry = z.object({
  id: Id,
  at: Instant,
  deed: z.string(),
  actorName: z.string(),
  actorRoles: z.array(z.string()),
  patientId: Id.nullable(),
  patientName: z.string().nullable(),
  subjectId: Id.nullable(),
  outcome: z.enum(['done', 'refused']),
  detail: z.record(z.string(), z.unknown()),
  source: z.string().nullable(),
})

export const audit = {
  list: endpoint({
    method: 'GET',
    path: '/audit-events',
    summary: 'Who did or saw what, by patient, person, deed and day',
    permission: 'audit:read',
    audit: 'audit.read',
    phi: true,
    errors: [],
    query: PageQuery.extend({
      patientId: Id.optional(),
      actorId: Id.optional(),
      deed: z.string().max(60).optional(),
      from: LocalDate.optional(),
      to: LocalDate.optional(),
    }),
    output: pageOf(AuditEntry),
  }),
}
