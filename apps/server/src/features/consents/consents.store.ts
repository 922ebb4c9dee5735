import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { lockPatient } from '../patients/index.ts'
import type { ConsentFormKind } from './consents.ts'

export interface ConsentRow {
  id: string
  patientId: string
  practitionerId: string
  practitionerName: string
  form: ConsentFormKind
  givenOn: string
  givenAt: Date
  faceToFace: boolean
  language: 'en' | 'es'
  told: string[]
  formVersion: string
  formSha256: string
  formDocumentId: string
  signature: 'drawn' | 'typed' | 'paper' | 'spoken'
  signatureDocumentId: string | null
  signerName: string
  signerCapacity: 'self' | 'legal_representative'
  witness: string | null
  obtainedById: string
  obtainedByName: string
  copyGivenOn: string | null
  copyChannel: string | null
  revocation: {
    requestedOn: string
    effectiveOn: string
    reason: string
    by: { id: string; name: string }
    at: string
  } | null
  ehrStatus: 'queued' | 'sent' | 'failed' | null
  ehrReceipt: string | null
}

const columns = sql<ConsentRow>`
  c.id, c.patient_id as "patientId", c.practitioner_id as "practitionerId", p.name as "practitionerName", c.form, c.given_on as "givenOn",
  c.given_at as "givenAt", c.face_to_face as "faceToFace", c.language, c.told, c.form_version as "formVersion", c.form_sha256 as "formSha256",
  c.form_document_id as "formDocumentId", c.signature, c.signature_document_id as "signatureDocumentId", c.signer_name as "signerName",
  c.signer_capacity as "signerCapacity", c.witness, c.obtained_by as "obtainedById", o.name as "obtainedByName",
  k.given_on as "copyGivenOn", k.channel as "copyChannel",
  case when r.id is null then null else jsonb_build_object('requestedOn', r.requested_on, 'effectiveOn', r.effective_on, 'reason', r.reason,
    'by', jsonb_build_object('id', r.recorded_by, 'name', rs.name),
    'at', to_char(r.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as revocation,
  e.status as "ehrStatus", e.receipt as "ehrReceipt"`

const joins = sql`from consents c
  join staff p on p.tenant_id = c.tenant_id and p.id = c.practitioner_id
  join staff o on o.tenant_id = c.tenant_id and o.id = c.obtained_by
  left join consent_revocations r on r.tenant_id = c.tenant_id and r.consent_id = c.id
  left join staff rs on rs.tenant_id = r.tenant_id and rs.id = r.recorded_by
  left join consent_copies k on k.tenant_id = c.tenant_id and k.consent_id = c.id
  left join lateral (select status, receipt from ehr_outbox e where e.tenant_id = c.tenant_id
    and e.document_id = coalesce(c.signature_document_id, c.form_document_id) order by queued_at desc limit 1) e on true`

export async function readConsent(tx: Tx, id: string): Promise<ConsentRow> {
  const { rows } =
    await sql<ConsentRow>`select ${columns} ${joins} where c.tenant_id = ${tx.tenantId} and c.id = ${id}`.execute(tx.db)
  return found(rows[0], 'There is no such consent.')
}

/** The same, with its patient locked: two people cannot stop it at once. Consents themselves are append-only. */
export async function lockConsent(tx: Tx, id: string): Promise<ConsentRow> {
  await lockPatient(tx, (await readConsent(tx, id)).patientId)
  return readConsent(tx, id)
}

/** Every consent of a patient, the newest first, at most 100. */
export async function listConsents(tx: Tx, patientId: string): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`select ${columns} ${joins}
    where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} order by c.given_at desc limit 100`.execute(
    tx.db,
  )
  return rows
}

export interface NewConsent {
  patientId: string
  clinicId: string
  practitionerId: string
  form: ConsentFormKind
  mode: string
  givenOn: string
  givenAt: Date
  faceToFace: boolean
  language: string
  told: string[]
  formId: string
  formVersion: string
  formSha256: string
  formDocumentId: string
  signature: ConsentRow['signature']
  signatureDocumentId: string | null
  signerName: string
  signerCapacity: string
  witness: string | null
  backDatingReason: string | null
  obtainedBy: string
}

export async function insertConsent(tx: Tx, consent: NewConsent): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('consents')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: consent.patientId,
      clinic_id: consent.clinicId,
      practitioner_id: consent.practitionerId,
      form: consent.form,
      mode: consent.mode,
      given_on: consent.givenOn,
      given_at: consent.givenAt,
      face_to_face: consent.faceToFace,
      language: consent.language,
      told: consent.told,
      form_id: consent.formId,
      form_version: consent.formVersion,
      form_sha256: consent.formSha256,
      form_document_id: consent.formDocumentId,
      signature: consent.signature,
      signature_document_id: consent.signatureDocumentId,
      signer_name: consent.signerName,
      signer_capacity: consent.signerCapacity,
      witness: consent.witness,
      back_dating_reason: consent.backDatingReason,
      obtained_by: consent.obtainedBy,
    })
    .execute()
  return id
}

export async function insertRevocation(
  tx: Tx,
  consentId: string,
  revocation: { requestedOn: string; effectiveOn: string; reason: string; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('consent_revocations')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      consent_id: consentId,
      requested_on: revocation.requestedOn,
      effective_on: revocation.effectiveOn,
      reason: revocation.reason,
      recorded_by: revocation.by,
      recorded_at: revocation.now,
    })
    .execute()
}

export async function insertCopy(
  tx: Tx,
  consentId: string,
  copy: { channel: string; givenOn: string; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('consent_copies')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      consent_id: consentId,
      channel: copy.channel,
      given_on: copy.givenOn,
      recorded_by: copy.by,
      recorded_at: copy.now,
    })
    .execute()
}
