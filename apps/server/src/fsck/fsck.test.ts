import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { billable, closeOctober, collect, instantPayer, sendAll } from '../../test/support/claims.ts'
import { onPostgres } from '../../test/support/store.ts'
import { openStory, type Story } from '../../test/support/story.ts'
import { checkOrganization } from './invariants.ts'
import type { Violation } from './violation.ts'

const patients = 12
const seedsEach = 12

let story: Story
beforeAll(async () => {
  story = await openStory()
  const endings = ['11', '22', '82', '86', '33', '44']
  for (let patient = 0; patient < patients; patient++) await billable(story, endings[patient % endings.length] ?? '11')
  await closeOctober(story)
  const payer = instantPayer(story)
  await sendAll(story, payer)
  for (let round = 0; round < 4; round++) await collect(story, payer)
  await story.as('rosa').does(contract.calls.worklist, { query: { who: 'all' } })
}, 180_000)
afterAll(() => story.close())

async function violations(): Promise<Violation[]> {
  return story.look(async (tx) => {
    const found: Violation[] = []
    for await (const violation of checkOrganization(tx)) found.push(violation)
    return found
  })
}

/** One way to damage the data behind the application's back: a table, what is changed, and the invariant that must notice. */
const damages: { table: string; change: string; where?: string; invariant: string }[] = [
  { table: 'time_entries', change: 'seconds = seconds + 1', invariant: 'I1' },
  { table: 'time_entries', change: 'seconds = seconds - 60', invariant: 'I1' },
  { table: 'patient_months', change: 'staff_seconds = staff_seconds + 1', invariant: 'I1' },
  { table: 'claim_lines', change: 'charge_cents = charge_cents + 1', invariant: 'I3' },
  { table: 'claim_lines', change: 'live = not live', invariant: 'I3' },
  { table: 'claim_lines', change: 'follows_claim_id = claim_id', invariant: 'I3' },
  { table: 'claims', change: "status = 'ready'", where: "status = 'paid'", invariant: 'I4' },
  { table: 'x12_files', change: "content = content || ' '", invariant: 'I4' },
  { table: 'postings', change: 'amount_cents = amount_cents + 1', where: 'amount_cents <> -1', invariant: 'I5' },
  { table: 'postings', change: 'amount_cents = -amount_cents', invariant: 'I5' },
  { table: 'remittances', change: 'amount_cents = amount_cents + 100', where: "status = 'posted'", invariant: 'I5' },
  { table: 'closed_months', change: "snapshot_sha256 = repeat('0', 64)", invariant: 'I6' },
  { table: 'closed_months', change: 'allowed_cents = coalesce(allowed_cents, 0) + 1', invariant: 'I6' },
  { table: 'documents', change: "sha256 = repeat('f', 64)", invariant: 'I7' },
  { table: 'care_plan_versions', change: 'number = number + 1', invariant: 'I7' },
  { table: 'audit_events', change: "actor_name = 'Somebody else'", invariant: 'I8' },
  { table: 'audit_events', change: "happened_at = happened_at - interval '1 hour'", invariant: 'I8' },
  { table: 'worklist_rows', change: 'need = (need + 1) % 6', where: 'listed', invariant: 'I11' },
  { table: 'worklist_rows', change: "sort_key = 'x' || sort_key", where: 'listed', invariant: 'I11' },
  { table: 'worklist_rows', change: 'listed = not listed', invariant: 'I11' },
  { table: 'worklist_clinics', change: "counts = '{}'", invariant: 'I11' },
  { table: 'audit_events', change: 'detail = detail || \'{"x":1}\'', invariant: 'I8' },
]

/** Rows whose damage is looked for: the same ones each time. */
async function victims(table: string, where: string): Promise<Record<string, unknown>[]> {
  const { rows } = await story.database.ownerPool.query(
    `select * from ${table} where tenant_id = $1 and ${where} order by md5(${table}::text) limit ${seedsEach}`,
    [story.tenantId],
  )
  return rows
}

test('a clinic that has worked through the product breaks nothing', async () => {
  expect(await violations()).toEqual([])
})

// Damage needs an owner whom row-level security does not stop, which the embedded store's is and a server's is not.
describe.runIf(!onPostgres)('every damage is noticed, and its row is named', () => {
  let seeded = 0
  test.each(damages)(
    '$table: $change is $invariant',
    async ({ table, change, where = 'true', invariant }) => {
      const rows = await victims(table, where)
      expect(rows.length, `rows of ${table} to damage`).toBeGreaterThan(0)
      for (const row of rows) {
        const keys = ['id', 'clinic_id', 'patient_id', 'month'].filter((name) => row[name] != null)
        const match = keys.map((name, index) => `${name} = $${index + 2}`).join(' and ')
        const values = [story.tenantId, ...keys.map((name) => row[name])]
        const set = change.split(' = ')[0] ?? ''
        await story.database.ownerPool.query(`update ${table} set ${change} where tenant_id = $1 and ${match}`, values)
        const found = await violations()
        await story.database.ownerPool.query(
          `update ${table} set ${set} = $${values.length + 1} where tenant_id = $1 and ${match}`,
          [
            ...values,
            row[set] !== null && typeof row[set] === 'object' && !(row[set] instanceof Date)
              ? JSON.stringify(row[set])
              : row[set],
          ],
        )
        expect(
          found.map((violation) => violation.invariant),
          `${table} ${String(row.id ?? row.patient_id)}`,
        ).toContain(invariant)
        seeded++
      }
    },
    180_000,
  )

  test('and what was mended is sound again', async () => {
    expect(seeded).toBeGreaterThan(100)
    expect(await violations()).toEqual([])
  })
})

test('fsck reads only: it leaves no audit event and changes no row', async () => {
  const before = await story.look((tx) =>
    tx.db
      .selectFrom('audit_events')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('tenant_id', '=', tx.tenantId)
      .executeTakeFirstOrThrow(),
  )
  await violations()
  const after = await story.look((tx) =>
    tx.db
      .selectFrom('audit_events')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('tenant_id', '=', tx.tenantId)
      .executeTakeFirstOrThrow(),
  )
  expect(after.count).toBe(before.count)
})
