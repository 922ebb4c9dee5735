import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../kernel/ids.ts'
import { connectMemory } from './connect.ts'
import type { Database } from './database.ts'
import { migrations } from './migrate.ts'

let database: Database
beforeAll(async () => {
  database = await connectMemory()
})
afterAll(() => database.close())

test('what a clinic entered about replacement claims becomes a rule of its own payer, with its day and reason', async () => {
  const run = (text: string, values: unknown[] = []) => database.ownerPool.query(text, values)
  await run('create role keepwell_app login')
  for (const { sql } of migrations().filter(({ name }) => name < '0033')) await run(sql)
  const [tenant, clinic, unnamed] = [newId(), newId(), newId()]
  // Only the settings matter here, not what they point at.
  await run('set session_replication_role = replica')
  const choose = (of: string, key: string, value: unknown, fromOn: string) =>
    run(
      `insert into clinic_policies (tenant_id, id, clinic_id, key, value, from_on, reason, set_by, set_at) values ($1, $2, $3, $4, $5, $6, 'The manual says so.', null, now())`,
      [tenant, newId(), of, key, JSON.stringify(value), fromOn],
    )
  await choose(clinic, 'claim.parties', { payerId: 'H1234' }, '2025-01-01')
  await choose(clinic, 'claim.accepts_replacement', true, '2026-03-01')
  await choose(unnamed, 'claim.accepts_replacement', true, '2026-03-01')
  await run(migrations().find(({ name }) => name.startsWith('0033'))?.sql ?? '')
  const { rows } = await run(
    `select t.payer_id, t.clinic_id, t.terms, t.result, r.from_on::text, r.source, r.set_by from payer_rules r join payer_trials t on t.tenant_id = r.tenant_id and t.id = r.trial_id`,
  )
  expect(rows).toEqual([
    {
      payer_id: 'H1234',
      clinic_id: clinic,
      terms: { pays: null, share: null, authorizationFor: null, filingDays: null, acceptsReplacement: true },
      result: null,
      from_on: '2026-03-01',
      source: 'The manual says so.',
      set_by: null,
    },
  ])
})
