import { sql } from 'kysely'
import type { Tx } from './database.ts'

/** The next value of a counter that never repeats, such as a control number. Locks the counter's row until the end. */
export async function nextValue(tx: Tx, name: string): Promise<number> {
  const row = await tx.db
    .insertInto('counters')
    .values({ tenant_id: tx.tenantId, name, last_value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'name']).doUpdateSet({ last_value: sql`counters.last_value + 1` }),
    )
    .returning('last_value')
    .executeTakeFirstOrThrow()
  return row.last_value
}
