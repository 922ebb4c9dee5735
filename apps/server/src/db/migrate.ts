import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database } from './database.ts'

const folder = fileURLToPath(new URL('./migrations/', import.meta.url))

/** The migrations in their order: number, name and text. */
export function migrations(): { name: string; sql: string }[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.+\.sql$/.test(file))
    .sort()
    .map((name) => ({ name, sql: readFileSync(folder + name, 'utf8') }))
}

/**
 * Brings the schema to its newest form, each migration in its own transaction. Runs as the owner, who
 * must be allowed to create the role keepwell_app if it is not there. Answers the names that ran.
 */
export async function migrate(database: Database): Promise<string[]> {
  const client = await database.ownerPool.connect()
  try {
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = 'keepwell_app') then create role keepwell_app login; end if;
    exception when duplicate_object or unique_violation then null; end $$`)
    // The owner steps down into this role in every transaction, and so has to be a member of it.
    await client.query(`do $$ begin
      if current_user <> 'keepwell_app' and not pg_has_role(current_user, 'keepwell_app', 'member') then
        execute format('grant keepwell_app to %I', current_user);
      end if; end $$`)
    await client.query(
      'create table if not exists public.schema_migrations (name text primary key, ran_at timestamptz not null default now())',
    )
    await client.query('select pg_advisory_lock(20261103)')
    const done = new Set(
      (await client.query<{ name: string }>('select name from schema_migrations')).rows.map((row) => row.name),
    )
    const ran: string[] = []
    for (const migration of migrations()) {
      if (done.has(migration.name)) continue
      await client.query('begin')
      try {
        await client.query(migration.sql)
        await client.query('insert into schema_migrations (name) values ($1)', [migration.name])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`)
      }
      ran.push(migration.name)
    }
    await client.query('grant usage on schema public to keepwell_app')
    await client.query('select pg_advisory_unlock(20261103)')
    return ran
  } finally {
    client.release()
  }
}
