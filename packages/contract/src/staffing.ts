import { z } from 'zod'
import { roles } from './access.ts'
import { endpoint } from './endpoint.ts'
import { ById, Id, LocalDate, Person } from './models.ts'

export const StaffMember = z.object({
  id: Id,
  name: z.string(),
  title: z.string(),
  roles: z.array(z.enum(roles)),
  active: z.boolean(),
  npi: z.string().nullable(),
  weeklyMinutes: z.int(),
  credential: z
    .object({
      id: Id,
      credential: z.string(),
      label: z.string(),
      clinical: z.boolean(),
      mayBill: z.boolean(),
      validFrom: LocalDate,
      validTo: LocalDate.nullable(),
      supervisedBy: Person.nullable(),
    })
    .nullable(),
  /** Days until the credential runs out; negative when it has, null when it does not or there is none. */
  expiresInDays: z.int().nullable(),
  enrolledPatients: z.int(),
  minutesThisMonth: z.int(),
})
export type StaffMember = z.infer<typeof StaffMember>

export const staffing = {
  list: endpoint({
    method: 'GET',
    path: '/staff',
    summary: 'Everybody who works here, with credential and caseload',
    permission: 'staffing:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({
      items: z.array(StaffMember),
      credentials: z.array(
        z.object({ id: z.string(), label: z.string(), clinical: z.boolean(), mayBill: z.boolean() }),
      ),
    }),
  }),
  recordCredential: endpoint({
    method: 'POST',
    path: '/staff/:id/credentials',
    summary: 'Record a credential with its dates; the one before ends the day before',
    permission: 'staffing:manage',
    audit: 'credential.recorded',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'invalid_input'],
    params: ById,
    body: z.object({
      credential: z.string().max(20),
      validFrom: LocalDate,
      validTo: LocalDate.nullable(),
      supervisedById: Id.nullable(),
    }),
    output: StaffMember,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/staff/:id',
    summary: 'Change title, NPI or weekly minutes',
    permission: 'staffing:manage',
    audit: 'staff.changed',
    phi: false,
    errors: ['not_found', 'invalid_input'],
    params: ById,
    body: z.object({
      title: z.string().trim().min(1).max(80),
      npi: z
        .string()
        .regex(/^\d{10}$/)
        .nullable(),
      weeklyMinutes: z.int().min(0).max(6000),
    }),
    output: StaffMember,
  }),
}
