import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, Instant, LocalDate, Person, Sentence } from './models.ts'

export const Clinic = z.object({
  id: Id,
  name: z.string(),
  timeZone: z.string(),
  phone: z.string(),
  afterHoursPhone: z.string().nullable(),
  npi: z.string().nullable(),
  taxIdLast4: z.string().nullable(),
  taxonomy: z.string().nullable(),
  locality: z.string().nullable(),
  placeOfService: z.string(),
  address: z.object({ lines: z.array(z.string()), city: z.string(), state: z.string(), zip: z.string() }),
  access24x7AttestedOn: LocalDate.nullable(),
})
export const Policy = z.object({
  key: z.string(),
  title: z.string(),
  says: z.string(),
  risk: z.string().nullable(),
  value: z.unknown(),
  isDefault: z.boolean(),
  fromOn: LocalDate.nullable(),
  reason: z.string().nullable(),
  setBy: Person.nullable(),
  setAt: Instant.nullable(),
  /** JSON Schema of the value, from which the page builds its field. */
  schema: z.unknown(),
})

export const clinics = {
  get: endpoint({
    method: 'GET',
    path: '/clinic',
    summary: 'The clinic and its identifiers',
    permission: 'clinic:read',
    audit: null,
    phi: false,
    errors: [],
    output: Clinic,
  }),
  update: endpoint({
    method: 'PUT',
    path: '/clinic',
    summary: "Change the clinic's details",
    permission: 'clinic:configure',
    audit: 'clinic.changed',
    phi: false,
    idempotent: true,
    errors: ['invalid_input'],
    body: z.object({
      name: z.string().trim().min(1).max(120),
      phone: z.string().trim().min(7).max(30),
      afterHoursPhone: z.string().trim().max(30).nullable(),
      timeZone: z.string().max(60),
      npi: z
        .string()
        .regex(/^\d{10}$/)
        .nullable(),
      taxId: z
        .string()
        .regex(/^\d{9}$/)
        .nullable()
        .optional(),
      taxonomy: z
        .string()
        .regex(/^[0-9A-Z]{9}X$/)
        .nullable(),
      locality: z.string().max(20).nullable(),
      placeOfService: z.string().regex(/^\d{2}$/),
      address: z.object({
        lines: z.array(z.string().max(55)).min(1).max(2),
        city: z.string().max(30),
        state: z.string().regex(/^[A-Z]{2}$/),
        zip: z.string().regex(/^\d{5}(\d{4})?$/),
      }),
    }),
    output: Clinic,
  }),
  attestAccess: endpoint({
    method: 'POST',
    path: '/clinic/access-attestation',
    summary: 'Attest that somebody who can see the plan is reachable day and night',
    permission: 'clinic:configure',
    audit: 'clinic.access_attested',
    phi: false,
    errors: [],
    body: z.object({ phone: z.string().trim().min(7).max(30) }),
    output: Clinic,
  }),
  policies: endpoint({
    method: 'GET',
    path: '/clinic/policies',
    summary: "The clinic's own choices within the law",
    permission: 'clinic:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(Policy) }),
  }),
  setPolicy: endpoint({
    method: 'POST',
    path: '/clinic/policies/:key',
    summary: 'Choose otherwise from a day on, with a reason',
    permission: 'clinic:configure',
    audit: 'clinic.policy_set',
    phi: false,
    idempotent: true,
    errors: ['not_found', 'invalid_input'],
    params: z.object({ key: z.string().max(60) }),
    body: z.object({ value: z.unknown(), fromOn: LocalDate, reason: Sentence }),
    output: Policy,
  }),
}
