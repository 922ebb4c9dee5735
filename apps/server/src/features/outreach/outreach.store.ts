import type { IntroductionKind, Objection, OutreachChannel, PatientResponse } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

export interface NewIntroduction {
  patientId: string
  clinicId: string
  appointmentId: string | null
  kind: IntroductionKind
  channel: OutreachChannel
  response?: PatientResponse
  heardBefore?: 'yes' | 'no' | 'unsure'
  objection?: Objection | null
  scriptVersion?: string | null
  brochureVersion?: string
  brochureLanguage?: 'en' | 'es'
  by: string
  now: Date
}

/** Appends one line to the log; answers its id. The log is never changed. */
export async function insertIntroduction(tx: Tx, one: NewIntroduction): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('introductions')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: one.patientId,
      clinic_id: one.clinicId,
      appointment_id: one.appointmentId,
      kind: one.kind,
      channel: one.channel,
      response: one.response ?? null,
      heard_before: one.heardBefore ?? null,
      objection: one.objection ?? null,
      script_version: one.scriptVersion ?? null,
      brochure_version: one.brochureVersion ?? null,
      brochure_language: one.brochureLanguage ?? null,
      recorded_by: one.by,
      recorded_at: one.now,
    })
    .execute()
  return id
}

export async function insertDecline(
  tx: Tx,
  decline: {
    patientId: string
    introductionId: string
    reason: Objection
    doNotAskAgain: boolean
    followUp: { byId: string; on: string } | null
    declinedOn: string
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('declines')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: decline.patientId,
      introduction_id: decline.introductionId,
      reason: decline.reason,
      do_not_ask_again: decline.doNotAskAgain,
      follow_up_by: decline.followUp?.byId ?? null,
      follow_up_on: decline.followUp?.on ?? null,
      declined_on: decline.declinedOn,
      recorded_by: decline.by,
      recorded_at: decline.now,
    })
    .execute()
  return id
}

/** The day since which the patient must not be asked, or null: a later answer of the patient lifts it. Locks nothing. */
export async function doNotAskSince(tx: Tx, patientId: string): Promise<string | null> {
  const { rows } = await sql<{ on: string }>`
    select d.declined_on as "on" from declines d
    where d.tenant_id = ${tx.tenantId} and d.patient_id = ${patientId} and d.do_not_ask_again
      and not exists (select from introductions i where i.tenant_id = d.tenant_id and i.patient_id = d.patient_id and i.kind = 'response'
        and i.response <> 'declined' and i.recorded_at > d.recorded_at)
    order by d.recorded_at desc limit 1`.execute(tx.db)
  return rows[0]?.on ?? null
}

/** True where the appointment is this patient's. */
export async function isAppointmentOf(tx: Tx, appointmentId: string, patientId: string): Promise<boolean> {
  const { rows } =
    await sql`select id from appointments where tenant_id = ${tx.tenantId} and id = ${appointmentId} and patient_id = ${patientId}`.execute(
      tx.db,
    )
  return rows.length > 0
}

/** People who can follow up after a no: providers and care managers, by name. */
export async function listFollowUpPeople(
  tx: Tx,
): Promise<{ id: string; name: string; title: string; roles: string[] }[]> {
  const { rows } = await sql<{ id: string; name: string; title: string; roles: string[] }>`
    select id, name, title, roles from staff where tenant_id = ${tx.tenantId} and active and roles && array['provider', 'care_manager']::text[]
    order by name limit 200`.execute(tx.db)
  return rows
}
