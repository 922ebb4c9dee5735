import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ById, ByPatient, Id, Instant, Person, Sha256 } from './models.ts'

export const DocumentKind = z.enum([
  'consent_form',
  'consent_scan',
  'consent_signature',
  'care_plan',
  'brochure',
  'other',
])
export type DocumentKind = z.infer<typeof DocumentKind>

export const Document = z.object({
  id: Id,
  patientId: Id.nullable(),
  kind: DocumentKind,
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  sha256: Sha256,
  storedAt: Instant,
  storedBy: Person,
  ehr: z.object({ status: z.enum(['queued', 'sent', 'failed', 'none']), receipt: z.string().nullable() }),
})
export type Document = z.infer<typeof Document>

export const documents = {
  list: endpoint({
    method: 'GET',
    path: '/patients/:patientId/documents',
    summary: 'Documents of a patient',
    permission: 'document:read',
    audit: 'document.listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ items: z.array(Document) }),
  }),
  upload: endpoint({
    method: 'POST',
    path: '/patients/:patientId/documents',
    summary: 'Store a scan: PDF, PNG or JPEG, recognised by its content',
    permission: 'document:write',
    audit: 'document.stored',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'too_large', 'file_type_mismatch', 'unreadable_file'],
    params: ByPatient,
    query: z.object({ name: z.string().min(1).max(200), kind: DocumentKind }),
    upload: { limitBytes: 15 * 1024 * 1024 },
    output: Document,
  }),
  content: endpoint({
    method: 'GET',
    path: '/documents/:id/content',
    summary: 'The bytes of a document, checked against its hash',
    permission: 'document:read',
    audit: 'document.opened',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: 'file',
  }),
}

/** What waits to be written to the clinic's EHR, with the EHR's receipt once it took it. */
export const EhrItem = z.object({
  id: Id,
  patientId: Id,
  patientName: z.string(),
  resourceType: z.string(),
  title: z.string(),
  status: z.enum(['queued', 'sent', 'failed']),
  attempts: z.int(),
  receipt: z.string().nullable(),
  lastError: z.string().nullable(),
  queuedAt: Instant,
  sentAt: Instant.nullable(),
})
export const ehr = {
  outbox: endpoint({
    method: 'GET',
    path: '/ehr-outbox',
    summary: 'Documents on their way to the EHR',
    permission: 'import:read',
    audit: 'ehr_outbox.listed',
    phi: true,
    errors: [],
    query: z.object({ status: z.enum(['queued', 'sent', 'failed']).optional() }),
    output: z.object({ items: z.array(EhrItem) }),
  }),
  retry: endpoint({
    method: 'POST',
    path: '/ehr-outbox/:id/retry',
    summary: 'Try once more',
    permission: 'import:run',
    audit: 'ehr_outbox.retried',
    phi: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    output: EhrItem,
  }),
}
