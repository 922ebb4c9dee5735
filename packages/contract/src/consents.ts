import { z } from 'zod'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ById, ByPatient, Id, Instant, Language, LocalDate, Name, Person, Sentence, Sha256 } from './models.ts'

/** `written_face_to_face` is the strictest, `cms_minimum` what Medicare asks today; each clinic sets one. */
export const ConsentMode = z.enum(['written_face_to_face', 'written', 'cms_minimum'])
export type ConsentMode = z.infer<typeof ConsentMode>

/** What the patient has to be told; the ids are the rule book's. */
export const ConsentStatement = z.object({ id: z.string(), words: z.string(), required: z.boolean() })

/** The form as it is shown and kept: `text` is exactly what is hashed. */
export const ConsentForm = z.object({
  formId: z.string(),
  version: z.string(),
  language: Language,
  title: z.string(),
  text: z.string(),
  sha256: Sha256,
  statements: z.array(ConsentStatement),
  /** What is read aloud where consent is taken by word of mouth; null where the clinic does not allow it. */
  verbalScript: z.string().nullable(),
  mode: ConsentMode,
  allowedForms: z.array(z.enum(['written', 'scanned', 'verbal'])),
  practitioners: z.array(Person),
  /** Who is named in this text; null where the clinic has no practitioner yet. */
  practitionerId: Id.nullable(),
})
export type ConsentForm = z.infer<typeof ConsentForm>

export const Consent = z.object({
  id: Id,
  patientId: Id,
  form: z.enum(['written', 'scanned', 'verbal']),
  practitioner: Person,
  givenOn: LocalDate,
  givenAt: Instant,
  faceToFace: z.boolean(),
  language: Language,
  told: z.array(z.string()),
  formVersion: z.string(),
  formSha256: Sha256,
  formDocumentId: Id,
  /** The signed paper, drawn signature or null for typed and verbal consents. */
  signatureDocumentId: Id.nullable(),
  signature: z.enum(['drawn', 'typed', 'paper', 'spoken']),
  signerName: z.string(),
  signerCapacity: z.enum(['self', 'legal_representative']),
  obtainedBy: Person,
  copyGivenOn: LocalDate.nullable(),
  copyChannel: z.string().nullable(),
  revocation: z
    .object({ requestedOn: LocalDate, effectiveOn: LocalDate, reason: z.string(), by: Person, at: Instant })
    .nullable(),
  /** Whether the paper has reached the EHR: its receipt, or that it waits. */
  ehr: z.object({ status: z.enum(['queued', 'sent', 'failed', 'none']), receipt: z.string().nullable() }),
})
export type Consent = z.infer<typeof Consent>

const Common = z.object({
  practitionerId: Id,
  language: Language,
  told: z.array(z.string()).max(20),
  formVersion: z.string().max(40),
  /** The hash of the form that was shown: another hash now means that the form changed meanwhile. */
  formSha256: Sha256,
  faceToFace: z.boolean(),
  signerName: Name,
  signerCapacity: z.enum(['self', 'legal_representative']).default('self'),
  /** The day on a paper form; today when left out. Never in the future. */
  givenOn: LocalDate.optional(),
  /** Why the day lies back: needed when it is not today. */
  backDatingReason: Sentence.optional(),
  copyChannel: z.enum(['printed', 'e_mail', 'portal', 'mailed', 'later']).default('later'),
})
export const RecordConsent = z.discriminatedUnion('form', [
  Common.extend({
    form: z.literal('written'),
    signature: z.discriminatedUnion('kind', [
      /** A PNG data URL of the drawn strokes. */
      z.object({ kind: z.literal('drawn'), image: z.string().startsWith('data:image/png;base64,').max(400_000) }),
      /** Typing the name and agreeing is a signature (ESIGN, UETA); the keyboard alone suffices. */
      z.object({ kind: z.literal('typed'), name: Name, agreed: z.literal(true) }),
    ]),
  }),
  /** The paper was uploaded before as a document of kind `consent_scan`. */
  Common.extend({ form: z.literal('scanned'), scanDocumentId: Id }),
  Common.extend({ form: z.literal('verbal'), readAloud: z.literal(true), witness: Name.optional() }),
])
export type RecordConsent = z.infer<typeof RecordConsent>

export const consentCan = {
  revoke: can<{ revocation: { requestedOn: string } | null }>((consent) =>
    consent.revocation === null ? null : `Already stopped on ${consent.revocation.requestedOn}.`,
  ),
  giveCopy: can<Pick<Consent, 'copyGivenOn'>>((consent) =>
    consent.copyGivenOn === null ? null : `A copy was given on ${consent.copyGivenOn}.`,
  ),
}

export const consents = {
  form: endpoint({
    method: 'GET',
    path: '/patients/:patientId/consent-form',
    summary: 'The consent form for this patient, as it is shown and kept',
    permission: 'consent:read',
    audit: 'consent.form_opened',
    phi: true,
    errors: ['not_found', 'patient_deceased'],
    params: ByPatient,
    query: z.object({ language: Language.default('en'), practitionerId: Id.optional() }),
    output: ConsentForm,
  }),
  list: endpoint({
    method: 'GET',
    path: '/patients/:patientId/consents',
    summary: 'Every consent of a patient, the newest first',
    permission: 'consent:read',
    audit: 'consent.listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ items: z.array(Consent) }),
  }),
  record: endpoint({
    method: 'POST',
    path: '/patients/:patientId/consents',
    summary: 'Record a consent',
    permission: 'consent:record',
    audit: 'consent.recorded',
    phi: true,
    idempotent: true,
    errors: [
      'not_found',
      'patient_deceased',
      'consent_exists',
      'consent_form_not_allowed',
      'consent_statement_missing',
      'consent_signature_missing',
      'consent_form_outdated',
      'not_a_practitioner',
      'attestation_required',
    ],
    params: ByPatient,
    body: RecordConsent,
    output: Consent,
  }),
  revoke: endpoint({
    method: 'POST',
    path: '/consents/:id/revocation',
    summary: 'The patient wants to stop',
    permission: 'consent:revoke',
    audit: 'consent.revoked',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'consent_not_active'],
    params: ById,
    body: z.object({ requestedOn: LocalDate, reason: Sentence }),
    output: Consent,
  }),
  giveCopy: endpoint({
    method: 'POST',
    path: '/consents/:id/copy',
    summary: 'The patient was given a copy',
    permission: 'consent:record',
    audit: 'consent.copy_given',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ channel: z.enum(['printed', 'e_mail', 'portal', 'mailed']) }),
    output: Consent,
  }),
  pdf: endpoint({
    method: 'GET',
    path: '/consents/:id/pdf',
    summary: 'The consent as a PDF for the patient and the record',
    permission: 'consent:read',
    audit: 'consent.printed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: 'file',
  }),
}
