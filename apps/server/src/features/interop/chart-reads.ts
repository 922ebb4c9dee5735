import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

/** Our ids of the patients of a source, by the source's ids; of all when none are named. */
export async function patientIds(tx: Tx, source: string, sourceIds?: readonly string[]): Promise<Map<string, string>> {
  const named = sourceIds === undefined ? sql`true` : sql`source_id = any (${[...sourceIds]}::text[])`
  const { rows } = await sql<{ id: string; sourceId: string }>`
    select id, source_id as "sourceId" from patients
    where tenant_id = ${tx.tenantId} and source = ${source} and ${named} limit 5000000`.execute(tx.db)
  return new Map(rows.map((row) => [row.sourceId, row.id]))
}

/** The hashes of the resources that are here already, by 'Type/id': that of the source, then that of its records. */
export async function knownHashes(
  tx: Tx,
  source: string,
  keys: readonly { type: string; id: string }[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ key: string; hashes: string }>`
    select k.type || '/' || k.id as key, f.hashes from json_to_recordset(${JSON.stringify(keys)}::json) as k(type text, id text)
    join lateral (select sha256 || records_sha256 as hashes from fhir_resources where tenant_id = ${tx.tenantId} and source = ${source}
      and resource_type = k.type and source_id = k.id limit 1) f on true`.execute(tx.db)
  return new Map(rows.map((row) => [row.key, row.hashes]))
}

/** Who carries one of these Medicare numbers, in any source. */
export async function holdersOf(
  tx: Tx,
  mbis: readonly string[],
): Promise<{ mbi: string; source: string; sourceId: string }[]> {
  const { rows } = await sql<{ mbi: string; source: string; sourceId: string }>`
    select mbi, source, source_id as "sourceId" from patients
    where tenant_id = ${tx.tenantId} and mbi = any (${[...mbis]}::text[]) limit 5000`.execute(tx.db)
  return rows
}
