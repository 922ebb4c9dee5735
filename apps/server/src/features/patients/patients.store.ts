import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'

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
  mbi: string | null
  sourceId: string
}

/** @throws Problem not_found for an id of nobody, or of another organization's patient. */
export async function requirePatient(tx: Tx, id: string): Promise<PatientIdentity> {
  const { rows } = await sql<PatientIdentity>`
    select id, clinic_id as "clinicId", given || ' ' || family as name, family, given, born_on as "bornOn", sex, deceased,
      died_on as "diedOn", mbi, source_id as "sourceId"
    from patients where tenant_id = ${tx.tenantId} and id = ${id}`.execute(tx.db)
  return found(rows[0], 'There is no such patient here.')
}

/** Makes the deeds of one patient wait for each other until the transaction ends. */
export async function lockPatient(tx: Tx, id: string): Promise<void> {
  await sql`select id from patients where tenant_id = ${tx.tenantId} and id = ${id} for no key update`.execute(tx.db)
}
