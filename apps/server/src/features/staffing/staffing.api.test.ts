import { contract } from '@keepwell/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'

let story: Story
beforeAll(async () => {
  story = await openStory()
})
afterAll(() => story.close())

test('June sees everybody with the credential of today', async () => {
  const { items } = await story.as('june').does(contract.staffing.list, {})
  expect(items.find(({ name }) => name === 'Rosa Marin')).toMatchObject({
    credential: { credential: 'RN', clinical: true, mayBill: false },
    expiresInDays: null,
    enrolledPatients: 0,
  })
  expect(items.find(({ name }) => name === 'Sam Porter')?.credential).toBeNull()
})

test('a new credential ends the old one the day before, and its end is counted in days', async () => {
  const rosa = story.as('rosa').id
  const kept = await story.as('june').does(contract.staffing.recordCredential, {
    params: { id: rosa },
    body: { credential: 'RN', validFrom: '2026-11-03', validTo: '2026-11-30', supervisedById: story.as('okafor').id },
  })
  expect(kept).toMatchObject({
    expiresInDays: 27,
    credential: { validTo: '2026-11-30', supervisedBy: { name: 'Dr Ada Okafor' } },
  })
  const rows = await story.look((tx) =>
    tx.db
      .selectFrom('staff_credentials')
      .select(['valid_from', 'valid_to'])
      .where('tenant_id', '=', tx.tenantId)
      .where('staff_id', '=', rosa)
      .orderBy('valid_from')
      .execute(),
  )
  expect(rows).toEqual([
    { valid_from: '2020-01-01', valid_to: '2026-11-02' },
    { valid_from: '2026-11-03', valid_to: '2026-11-30' },
  ])
  expect((await story.auditOf('credential.recorded')).at(-1)).toMatchObject({
    outcome: 'done',
    actor_id: story.as('june').id,
  })
})

test('what does not fit is named', async () => {
  const id = story.as('tomas').id
  const credential = { credential: 'LPN', validFrom: '2026-11-03', validTo: null, supervisedById: null }
  expect(
    (
      await story.as('june').isRefused(contract.staffing.recordCredential, {
        params: { id },
        body: { ...credential, credential: 'WIZARD' },
      })
    ).faults,
  ).toMatchObject([{ path: 'body.credential' }])
  expect(
    (
      await story.as('june').isRefused(contract.staffing.recordCredential, {
        params: { id },
        body: { ...credential, validTo: '2026-11-01' },
      })
    ).faults,
  ).toMatchObject([{ path: 'body.validTo' }])
  expect(
    (
      await story.as('june').isRefused(contract.staffing.update, {
        params: { id },
        body: { title: 'LPN', npi: '1234567890', weeklyMinutes: 900 },
      })
    ).faults,
  ).toMatchObject([{ path: 'body.npi' }])
  expect(
    (
      await story.as('june').isRefused(contract.staffing.update, {
        params: { id: story.other.as('rosa').id },
        body: { title: 'x', npi: null, weeklyMinutes: 0 },
      })
    ).code,
  ).toBe('not_found')
})
