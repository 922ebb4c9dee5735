import type { Database } from '../db/database.ts'
import { type Clock, clockFrom } from '../kernel/clock.ts'

/** The morning on which the demo begins: the patients' data and the rule book both reach it. */
export const demoBeginsAt = new Date('2026-11-03T14:00:00Z')

async function demoTenant(database: Database): Promise<string | null> {
  return database.beforeTenant(async (db) => {
    const row = await db
      .selectFrom('auth.organizations')
      .select('id')
      .where('demo', '=', true)
      .limit(1)
      .executeTakeFirst()
    return row?.id ?? null
  })
}

export async function isDemoStore(database: Database): Promise<boolean> {
  return (await demoTenant(database)) !== null
}

/** The demo's clock goes on from where it stood when the server last ran, so that its days never run away. */
export async function demoClock(database: Database): Promise<Clock> {
  const tenantId = await demoTenant(database)
  if (tenantId === null) return clockFrom(demoBeginsAt)
  const row = await database.withTenant(tenantId, (tx) =>
    tx.db.selectFrom('demo_clock').select('stood_at').where('tenant_id', '=', tenantId).executeTakeFirst(),
  )
  return clockFrom(row?.stood_at ?? demoBeginsAt)
}

export async function rememberDemoClock(database: Database, now: Date): Promise<void> {
  const tenantId = await demoTenant(database)
  if (tenantId === null) return
  await database.withTenant(tenantId, (tx) =>
    tx.db
      .insertInto('demo_clock')
      .values({ tenant_id: tenantId, stood_at: now })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ stood_at: now }))
      .execute(),
  )
}
