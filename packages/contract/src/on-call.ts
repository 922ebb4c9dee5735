import { z } from 'zod'
import { CarePlanContent } from './care-plan-content.ts'
import { endpoint } from './endpoint.ts'
import { ById, ByPatient, Id, Instant, LocalDate, Name, Person, Sentence } from './models.ts'

export const breakGlassReasons = [
  'urgent_call',
  'emergency_department',
  'pharmacy_call',
  'caregiver_call',
  'other',
] as const

/** An opening of one record by one person, for an hour at most. */
export const BreakGlass = z.object({
  id: Id,
  patient: Person,
  staff: Person,
  reasonCode: z.enum(breakGlassReasons),
  reason: z.string(),
  openedAt: Instant,
  expiresAt: Instant,
  review: z
    .object({ by: Person, at: Instant, outcome: z.enum(['justified', 'questioned']), note: z.string().nullable() })
    .nullable(),
})
export type BreakGlass = z.infer<typeof BreakGlass>

export const OnCallHit = z.object({
  id: Id,
  name: z.string(),
  bornOn: LocalDate.nullable(),
  phoneLast4: z.string().nullable(),
  enrolled: z.boolean(),
})

/** Everything that an urgent call needs, on one page. */
export const OnCallRecord = z.object({
  patient: z.object({
    id: Id,
    name: z.string(),
    bornOn: LocalDate.nullable(),
    age: z.int().nullable(),
    sex: z.string(),
    language: z.string().nullable(),
    deceased: z.boolean(),
    phones: z.array(z.object({ number: z.string(), use: z.string().nullable() })),
    hearingNote: z.string().nullable(),
  }),
  opening: BreakGlass,
  plan: z
    .object({
      version: z.int(),
      signedOn: LocalDate.nullable(),
      signedBy: z.string().nullable(),
      content: CarePlanContent,
    })
    .nullable(),
  conditions: z.array(z.object({ display: z.string(), since: LocalDate.nullable() })),
  medications: z.array(z.object({ display: z.string(), dosage: z.string().nullable(), since: LocalDate.nullable() })),
  allergies: z.array(
    z.object({ display: z.string(), criticality: z.string().nullable(), reactions: z.array(z.string()) }),
  ),
  contacts: z.array(z.object({ name: z.string(), what: z.string(), phone: z.string().nullable() })),
  lastNotes: z.array(z.object({ at: Instant, by: z.string(), kind: z.enum(['call', 'on_call']), text: z.string() })),
})
export type OnCallRecord = z.infer<typeof OnCallRecord>

export const onCall = {
  search: endpoint({
    method: 'GET',
    path: '/on-call/patients',
    summary: 'Find who is calling: by phone number, name or birth date',
    permission: 'on_call:search',
    audit: 'on_call.searched',
    phi: true,
    errors: [],
    query: z.object({ text: z.string().trim().min(2).max(80) }),
    output: z.object({ items: z.array(OnCallHit) }),
  }),
  open: endpoint({
    method: 'POST',
    path: '/on-call/patients/:patientId/openings',
    summary: 'Open one record with a reason, for an hour',
    permission: 'on_call:open',
    audit: 'break_glass.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    body: z.object({ reasonCode: z.enum(breakGlassReasons), reason: Sentence }),
    output: BreakGlass,
  }),
  record: endpoint({
    method: 'GET',
    path: '/on-call/patients/:patientId',
    summary: 'Plan, medications, allergies and contacts on one page',
    permission: 'on_call:open',
    audit: 'on_call.viewed',
    phi: true,
    errors: ['not_found', 'break_glass_needed'],
    params: ByPatient,
    output: OnCallRecord,
  }),
  note: endpoint({
    method: 'POST',
    path: '/on-call/patients/:patientId/notes',
    summary: 'Write down the call and hand it over for the morning',
    permission: 'on_call:note',
    audit: 'on_call.noted',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'break_glass_needed'],
    params: ByPatient,
    body: z.object({
      callerName: Name,
      callerPhone: z.string().trim().max(30).nullable(),
      whatHappened: Sentence,
      advice: Sentence,
      handOver: z.boolean(),
    }),
    output: z.object({ id: Id, taskId: Id.nullable() }),
  }),
  openings: endpoint({
    method: 'GET',
    path: '/break-glass',
    summary: 'Every emergency opening, those to review first',
    permission: 'break_glass:review',
    audit: 'break_glass.listed',
    phi: true,
    errors: [],
    query: z.object({ open: z.enum(['true', 'false']).optional() }),
    output: z.object({ items: z.array(BreakGlass) }),
  }),
  review: endpoint({
    method: 'POST',
    path: '/break-glass/:id/review',
    summary: 'Say whether the opening was justified',
    permission: 'break_glass:review',
    audit: 'break_glass.reviewed',
    phi: true,
    errors: ['not_found', 'same_person', 'conflict'],
    params: ById,
    body: z.object({ outcome: z.enum(['justified', 'questioned']), note: Sentence.nullable() }),
    output: BreakGlass,
  }),
}
