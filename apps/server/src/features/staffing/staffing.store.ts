import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

export interface Practitioner {
  id: string
  name: string
  npi: string | null
  credential: string
  qualifyingApm: boolean
}

/** People who hold a credential that may bill (rule book: credentials) on a day, by name, at most 200. */
export async function listPractitioners(tx: Tx, on: string, billing: readonly string[]): Promise<Practitioner[]> {
  const { rows } = await sql<Practitioner>`
    select s.id, s.name, s.npi, c.credential, s.qualifying_apm as "qualifyingApm"
    from staff s join staff_credentials c on c.tenant_id = s.tenant_id and c.staff_id = s.id
    where s.tenant_id = ${tx.tenantId} and s.active and c.credential = any (${[...billing]}::text[])
      and c.valid_from <= ${on} and (c.valid_to is null or c.valid_to >= ${on})
    order by s.name limit 200`.execute(tx.db)
  return rows
}

/** The credential that a person holds on a day, or null. With several, the one recorded last. */
export async function credentialOn(tx: Tx, staffId: string, on: string): Promise<string | null> {
  const { rows } = await sql<{
    credential: string | null
  }>`select ${credentialAt(tx, staffId, on)} as credential`.execute(tx.db)
  return rows[0]?.credential ?? null
}

/** The same as a subselect of a larger query. */
export function credentialAt(tx: Tx, staffId: string, on: string) {
  return sql<string | null>`(select q.credential from staff_credentials q
    where q.tenant_id = ${tx.tenantId} and q.staff_id = ${staffId} and q.valid_from <= ${on}::date and (q.valid_to is null or q.valid_to >= ${on}::date)
    order by q.recorded_at desc limit 1)`
}

/** Ends what is still open the day before the new one begins; what would then end before it began stays as it was. */
export async function endOpenCredentials(tx: Tx, staffId: string, nextFrom: string): Promise<void> {
  await sql`update staff_credentials set valid_to = (${nextFrom}::date - 1)
    where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and valid_from < ${nextFrom}::date and (valid_to is null or valid_to >= ${nextFrom}::date)`.execute(
    tx.db,
  )
}

export async function insertCredential(
  tx: Tx,
  credential: {
    staffId: string
    credential: string
    validFrom: string
    validTo: string | null
    supervisedById: string | null
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('staff_credentials')
    .values({
      tenant_id: tx.tenantId,
      id,
      staff_id: credential.staffId,
      credential: credential.credential,
      valid_from: credential.validFrom,
      valid_to: credential.validTo,
      supervised_by: credential.supervisedById,
      recorded_by: credential.by,
      recorded_at: credential.now,
    })
    .execute()
  return id
}

export async function updateStaff(
  tx: Tx,
  id: string,
  set: { title: string; npi: string | null; weeklyMinutes: number },
): Promise<void> {
  await tx.db
    .updateTable('staff')
    .set({ title: set.title, npi: set.npi, weekly_minutes: set.weeklyMinutes })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}
