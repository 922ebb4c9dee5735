import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'

/** The Medicare number of the patient row `p`: the card seen last at the desk goes before the EHR's copy. */
export const mbiOfPatient = sql<string | null>`coalesce((
  select v.member_id from coverages v where v.tenant_id = p.tenant_id and v.patient_id = p.id and v.source = 'desk' and v.member_id is not null
    and v.kind in ('medicare', 'medicare_part_b') order by v.recorded_at desc limit 1), p.mbi)`

/** Who a patient is: the few facts that other features need before they do anything for one. */
export interface PatientIdentity {
  id: string
  clinicId: string
  name: string
  family: string
  given: string
  bornOn: string | null
  sex: string
  deceased: boolean
  diedOn: string | null
  /** From the card that somebody wrote down here last, otherwise from the EHR. */
  mbi: string | null
  sourceId: string
}

/** @throws Problem not_found for an id of nobody, or of another organization's patient. */
export async function requirePatient(tx: Tx, id: string): Promise<PatientIdentity> {
  const { rows } = await sql<PatientIdentity>`
    select id, clinic_id as "clinicId", given || ' ' || family as name, family, given, born_on as "bornOn", sex, deceased,
      died_on as "diedOn", ${mbiOfPatient} as mbi, source_id as "sourceId"
    from patients p where tenant_id = ${tx.tenantId} and id = ${id}`.execute(tx.db)
  return found(rows[0], 'There is no such patient here.')
}

/** Makes the deeds of one patient wait for each other until the transaction ends. */
export async function lockPatient(tx: Tx, id: string): Promise<void> {
  await sql`select id from patients where tenant_id = ${tx.tenantId} and id = ${id} for no key update`.execute(tx.db)
}

/** How the EHR says that a patient is reached. */
export async function readEhrContact(
  tx: Tx,
  id: string,
): Promise<{
  phones: { number: string; use: string | null }[]
  email: string | null
  language: string | null
}> {
  const { rows } = await sql<{
    phones: { number: string; use: string | null }[]
    email: string | null
    language: string | null
  }>`
    select phones, email, language from patients where tenant_id = ${tx.tenantId} and id = ${id}`.execute(tx.db)
  return found(rows[0], 'There is no such patient here.')
}
