import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

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
  const { rows } = await sql<{ credential: string }>`
    select credential from staff_credentials
    where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and valid_from <= ${on} and (valid_to is null or valid_to >= ${on})
    order by recorded_at desc limit 1`.execute(tx.db)
  return rows[0]?.credential ?? null
}
