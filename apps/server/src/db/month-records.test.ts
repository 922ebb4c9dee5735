import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRecord, unpackRecord } from '../features/months/month-record.ts'
import { newId } from '../kernel/ids.ts'
import { connectMemory } from './connect.ts'
import type { Database } from './database.ts'
import { migrations } from './migrate.ts'

let database: Database
beforeAll(async () => {
  database = await connectMemory()
})
afterAll(() => database.close())

test('months that were frozen before they were packed keep their facts, and their claims the new hash', async () => {
  const run = (text: string, values: unknown[] = []) => database.ownerPool.query(text, values)
  const before = migrations().filter(({ name }) => name < '0023')
  const packing = migrations().find(({ name }) => name.startsWith('0023'))
  await run('create role keepwell_app login')
  for (const { sql } of before) await run(sql)
  const [tenant, patient, id] = [newId(), newId(), newId()]
  // Only the two rows matter here, not what they point at.
  await run('set session_replication_role = replica')
  const sentence = 'Mrs Diaz’s plan was approved. '.repeat(5000)
  await run(
    `insert into closed_months (tenant_id, month, patient_id, clinic_id, close_id, lane, outcome, lines, counted_seconds, facts, evidence, verdict, snapshot_sha256, book, frozen_at)
      values ($1, '2026-10', $2, $3, $3, 'ready', 'billable', '[]', 1200, '{"qmb": true}', '{"consentId": null}', $4, 'old', 'book', now())`,
    [tenant, patient, id, JSON.stringify({ outcome: 'billable', sentence })],
  )
  await run(
    `insert into claims (tenant_id, id, clinic_id, patient_id, month, control_number, practitioner_id, payer_id, status, service_on, diagnoses, charge_cents, qmb, snapshot_sha256, subscriber, created_at, updated_at)
      values ($1, $3, $3, $2, '2026-10', 'KW1', $3, 'p', 'ready', '2026-10-31', '{}', 9000, true, 'old', '{}', now(), now())`,
    [tenant, patient, id],
  )
  await run(packing?.sql ?? '')
  const [month] = (await run('select record, qmb, snapshot_sha256 from closed_months')).rows
  expect(readRecord(month.record)).toEqual({
    facts: { qmb: true },
    evidence: { consentId: null },
    verdict: { outcome: 'billable', sentence },
  })
  expect(month.qmb).toBe(true)
  expect(unpackRecord(month.record).sha256).toBe(month.snapshot_sha256)
  expect((await run('select snapshot_sha256 from claims')).rows).toEqual([{ snapshot_sha256: month.snapshot_sha256 }])
})
