import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/kernel/ids.ts'
import { openStory, type Story } from '../support/story.ts'

let story: Story
let tables: string[] = []
beforeAll(async () => {
  story = await openStory()
  await story.addPatient()
  const { rows } = await story.database.ownerPool.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migrations' order by 1",
  )
  tables = rows.map((row) => row.name)
})
afterAll(() => story.close())

async function names(query: string): Promise<string[]> {
  const { rows } = await story.database.ownerPool.query<{ name: string }>(query)
  return rows.map((row) => row.name)
}

describe('every table of a tenant', () => {
  test('is under forced row-level security', async () => {
    expect(
      await names(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'schema_migrations' and not (relrowsecurity and relforcerowsecurity)",
      ),
    ).toEqual([])
  })

  test('has the restrictive policy on its tenant and nothing wider', async () => {
    const { rows } = await story.database.ownerPool.query<{ table: string; kinds: string[]; quals: string[] }>(
      "select tablename as table, array_agg(permissive order by permissive) as kinds, array_agg(distinct qual || ' / ' || with_check) as quals from pg_policies where schemaname = 'public' group by 1",
    )
    const { rows: expected } = { rows: tables }
    expect(rows.map((row) => row.table).sort()).toEqual([...expected].sort())
    for (const row of rows) {
      expect(row.kinds, row.table).toEqual(['PERMISSIVE', 'RESTRICTIVE'])
      expect(row.quals, row.table).toEqual(['(tenant_id = app_tenant()) / (tenant_id = app_tenant())'])
    }
  })

  test('leads with its tenant in each key and index that is unique, and in each foreign key', async () => {
    expect(
      await names(`select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
      where t.relnamespace = 'public'::regnamespace and t.relname <> 'schema_migrations' and (x.indisunique or x.indisexclusion) and a.attname <> 'tenant_id'`),
    ).toEqual([])
    expect(
      await names(`select c.conname as name from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace and a.attname <> 'tenant_id'`),
    ).toEqual([])
  })

  test('has no trigger, no view and no function that runs as its owner', async () => {
    expect(await names('select tgname as name from pg_trigger where not tgisinternal')).toEqual([])
    expect(
      await names(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')",
      ),
    ).toEqual([])
    expect(
      await names("select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"),
    ).toEqual([])
  })

  test('can be neither emptied nor altered by the application', async () => {
    expect(
      await names(
        "select table_name || ' ' || privilege_type as name from information_schema.role_table_grants where grantee = 'keepwell_app' and table_schema = 'public' and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')",
      ),
    ).toEqual([])
  })

  test('that is a record of deeds is append-only', async () => {
    const appendOnly = [
      'audit_events',
      'consents',
      'consent_revocations',
      'introductions',
      'attestations',
      'care_plan_versions',
      'care_plan_signatures',
      'closed_months',
      'claim_events',
      'journal_entries',
      'postings',
      'remittance_deeds',
      'deposits',
      'denial_deeds',
      'documents',
      'document_contents',
    ]
    for (const table of appendOnly) {
      const granted = await names(
        `select privilege_type as name from information_schema.role_table_grants where grantee = 'keepwell_app' and table_schema = 'public' and table_name = '${table}' order by 1`,
      )
      expect([table, ...granted]).toEqual([table, 'INSERT', 'SELECT'])
    }
  })
})

test('another organization reads no row of any table', async () => {
  const counts = await story.database.withTenant(newId(), async (tx) => {
    const seen: [string, number][] = []
    for (const table of tables) {
      const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(
        tx.db,
      )
      seen.push([table, rows[0]?.count ?? -1])
    }
    return seen
  })
  expect(counts.filter(([, count]) => count !== 0)).toEqual([])
  expect(counts.length).toBe(tables.length)
})

test('without a tenant nothing is seen, and a row of another organization cannot be written', async () => {
  const seen = await story.database.beforeTenant(
    async (db) =>
      (await sql<{ count: number }>`select count(*)::int as count from patients`.execute(db)).rows[0]?.count,
  )
  expect(seen).toBe(0)
  const stranger = story.other.tenantId
  await expect(
    story.look((tx) =>
      sql`insert into counters (tenant_id, name, last_value) values (${stranger}, 'x', 1)`.execute(tx.db),
    ),
  ).rejects.toMatchObject({ code: '42501' })
})

test('a transaction inside another is refused at once instead of waiting for ever', async () => {
  await expect(story.look(() => story.look(async () => 1))).rejects.toThrow(/never opened inside/)
})
