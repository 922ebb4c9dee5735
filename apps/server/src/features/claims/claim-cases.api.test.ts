import { contract } from '@keepwell/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  billable,
  billed,
  closeOctober,
  collect,
  instantPayer,
  sendAll,
  violations,
} from '../../../test/support/claims.ts'
import { insertWork } from '../../../test/support/month.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { insertCorrectionCase } from '../months/index.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const lena = () => story.as('lena')
const claimOf = (id: string) => lena().does(contract.claims.get, { params: { id } })
const cases = async () => (await lena().does(contract.claims.cases, {})).items

/** Rosa's late minutes of October become a case, and June says what follows. */
async function lateWork(
  patientId: string,
  seconds: number,
  resolution: 'new_claim' | 'replace_claim',
  day = '29',
): Promise<string> {
  const id = await story.look(async (tx) => {
    const timeEntryId = await insertWork(
      tx,
      patientId,
      billed,
      { seconds, startedAt: `2026-10-${day}T14:00:00Z` },
      (person) => story.as(person).id,
    )
    return insertCorrectionCase(tx, {
      patientId,
      month: billed,
      cause: 'late_entry',
      detail: 'Rosa wrote her minutes of 29 October.',
      timeEntryId,
      by: story.as('rosa').id,
      now: story.clock.now(),
    })
  })
  await story
    .as('june')
    .does(contract.months.resolveCorrection, { params: { id }, body: { resolution, note: 'Bill what was found.' } })
  story.clock.advanceSeconds(60)
  return id
}

test('a month that reached its minutes late gets its first claim, once', async () => {
  const patientId = await billable(story, '10', { work: [{ seconds: 900 }] })
  await closeOctober(story)
  expect(await cases()).toEqual([])
  const id = await lateWork(patientId, 600, 'new_claim')
  expect(await cases()).toMatchObject([
    { id, patient: { id: patientId }, resolution: 'new_claim', standing: null, whyNot: null },
  ])
  const params = { id }
  expect(await story.as('june').isRefused(contract.claims.makeOfCase, { params })).toMatchObject({ code: 'forbidden' })
  expect(await story.other.as('lena').isRefused(contract.claims.makeOfCase, { params })).toMatchObject({
    code: 'not_found',
  })
  const made = await lena().does(contract.claims.makeOfCase, { params }, { key: 'c' })
  expect(await lena().does(contract.claims.makeOfCase, { params }, { key: 'c' })).toEqual(made)
  expect(made).toMatchObject({
    status: 'ready',
    codes: [{ code: '99490', units: 1 }],
    replacesClaimId: null,
    last: { sentence: 'Made of a correction case: Bill what was found.' },
  })
  expect(await cases()).toEqual([])
  expect(await lena().isRefused(contract.claims.makeOfCase, { params })).toMatchObject({ code: 'not_found' })
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  expect(await claimOf(made.id)).toMatchObject({ status: 'paid', paidCents: 5847 })
  expect((await story.auditOf('claim.made_of_case')).filter(({ outcome }) => outcome === 'done')).toMatchObject([
    { patient_id: patientId, detail: { way: 'first', claim: made.controlNumber } },
  ])
})

test('a claim that the payer does not have is made anew with what was found; one that it has is left alone', async () => {
  const [waiting, gone] = [await billable(story, '10'), await billable(story, '11')]
  const claims = await closeOctober(story)
  const old = claims.get(waiting) ?? ''
  const sent = claims.get(gone) ?? ''
  await story.setPolicy('claim.channel', 'download')
  const batch = await lena().does(contract.claims.batch, { body: { claimIds: [sent] } })
  await lena().call(contract.claims.download, { params: { id: batch.id } })
  const one = await lateWork(waiting, 1200, 'replace_claim')
  const other = await lateWork(gone, 1200, 'replace_claim', '28')
  expect((await cases()).map(({ id, whyNot }) => [id, whyNot])).toEqual([
    [one, null],
    [other, expect.stringContaining('has not decided it')],
  ])
  expect(await lena().isRefused(contract.claims.makeOfCase, { params: { id: other } })).toMatchObject({
    code: 'claim_not_ready',
    detail: expect.stringContaining('Nothing was made.'),
  })
  const made = await lena().does(contract.claims.makeOfCase, { params: { id: one } })
  expect(made).toMatchObject({
    status: 'ready',
    replacesClaimId: old,
    frequency: '1',
    codes: [
      { code: '99490', units: 1 },
      { code: '99439', units: 1 },
    ],
  })
  expect(await claimOf(old)).toMatchObject({ status: 'withdrawn', live: false, replacedByClaimId: made.id })
  expect(await claimOf(sent)).toMatchObject({ status: 'sent', live: true })
})
