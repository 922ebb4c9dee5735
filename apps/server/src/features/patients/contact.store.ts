import type { ContactUpdate, PatientContact } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

/** What was confirmed about reaching a patient, one row each time; nothing is ever overwritten. */
export type ContactRow = Omit<PatientContact, 'recordedAt' | 'recordedBy'> & {
  recordedAt: Date
  recordedById: string
  recordedByName: string
}

/** The newest first, at most `limit`. */
export async function listContacts(tx: Tx, patientId: string, limit: number): Promise<ContactRow[]> {
  const { rows } = await sql<ContactRow>`
    select c.id, c.phone, c.phone_type as "phoneType", c.textable, c.voicemail_allowed as "voicemailAllowed", c.email, c.best_from as "bestFrom",
      c.best_to as "bestTo", c.language, c.hearing_note as "hearingNote", c.pronouns, c.caregiver_name as "caregiverName",
      c.caregiver_phone as "caregiverPhone", c.caregiver_relationship as "caregiverRelationship", c.verified_on as "verifiedOn",
      c.recorded_at as "recordedAt", c.recorded_by as "recordedById", s.name as "recordedByName"
    from patient_contacts c join staff s on s.tenant_id = c.tenant_id and s.id = c.recorded_by
    where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} order by c.recorded_at desc, c.id desc limit ${limit}`.execute(
    tx.db,
  )
  return rows
}

/** How to reach a patient as somebody confirmed it last; null when nobody has yet. */
export async function currentContact(tx: Tx, patientId: string): Promise<ContactRow | null> {
  return (await listContacts(tx, patientId, 1))[0] ?? null
}

export async function insertContact(
  tx: Tx,
  contact: ContactUpdate & { patientId: string; verifiedOn: string; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('patient_contacts')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      patient_id: contact.patientId,
      phone: contact.phone,
      phone_type: contact.phoneType,
      textable: contact.textable,
      voicemail_allowed: contact.voicemailAllowed,
      email: contact.email,
      best_from: contact.bestFrom,
      best_to: contact.bestTo,
      language: contact.language,
      hearing_note: contact.hearingNote,
      pronouns: contact.pronouns,
      caregiver_name: contact.caregiverName,
      caregiver_phone: contact.caregiverPhone,
      caregiver_relationship: contact.caregiverRelationship,
      verified_on: contact.verifiedOn,
      recorded_by: contact.by,
      recorded_at: contact.now,
    })
    .execute()
}
