import { contract, noTerms } from '@keepwell/contract'
import { read837P } from '@keepwell/x12'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  billable,
  closeOctober,
  collect,
  instantPayer,
  ledgerSums,
  sendAll,
  violations,
} from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'
import type { ClaimDrop } from '../../outside/clearinghouse/claim-drop.ts'

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
const open = () => lena().does(contract.denials.list, { query: { state: 'open' } })

/** A claim of October that the payer decided as its sentinel says, and its denial. */
async function denied(
  family: string,
): Promise<{ claimId: string; patientId: string; denialId: string; payer: ClaimDrop }> {
  const patientId = await billable(story, '10', { patient: { family } })
  const claimId = (await closeOctober(story)).get(patientId) ?? ''
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  const { items } = await open()
  return { claimId, patientId, denialId: items[0]?.id ?? '', payer }
}

const rename = (patientId: string, family: string) =>
  story.look((tx) =>
    tx.db
      .updateTable('patients')
      .set({ family })
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', patientId)
      .execute(),
  )

describe('working a denial', () => {
  test('Lena sees the ways with their last days, takes it on, writes down the talk with the payer, and makes letter and packet', async () => {
    const { denialId, patientId } = await denied('Otherdoctor')
    const params = { id: denialId }
    const one = await lena().does(contract.denials.get, { params })
    expect(one.ways.map(({ way, whyNot, byOn }) => [way, whyNot === null, byOn])).toEqual([
      ['reopening', true, '2027-11-03'],
      ['redetermination', true, '2027-03-08'],
      ['new_claim', false, '2027-10-31'],
      ['replacement', false, '2027-10-31'],
    ])
    expect(one).toMatchObject({ owner: null, lookAgainOn: null, deeds: [], replacedBy: null })
    expect(one.evidence.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['Consent', 'Chronic conditions', 'Care plan', 'Minutes']),
    )
    expect(one.letter).toContain('Request for redetermination')
    expect(one.letter).toContain('CO-119')
    expect(one.letter).toContain('Elena Otherdoctor')

    const sam = one.owners.find(({ name }) => name.startsWith('Sam'))
    const assigned = await lena().does(
      contract.denials.assign,
      { params, body: { ownerId: sam?.id ?? '', dueOn: '2026-11-10' } },
      { key: 'a' },
    )
    expect(assigned).toMatchObject({ owner: { name: sam?.name }, lookAgainOn: '2026-11-10' })
    expect(
      await lena().does(
        contract.denials.assign,
        { params, body: { ownerId: sam?.id ?? '', dueOn: '2026-11-10' } },
        { key: 'a' },
      ),
    ).toEqual(assigned)
    expect(
      await lena().isRefused(contract.denials.assign, { params, body: { ownerId: newId(), dueOn: null } }),
    ).toMatchObject({ code: 'invalid_input', faults: [{ path: 'ownerId' }] })
    story.clock.advanceSeconds(60)
    const talked = await lena().does(contract.denials.record, {
      params,
      body: {
        kind: 'payer_contact',
        sentence: 'They see another consent.',
        reference: 'CALL 4471',
        dueOn: '2026-11-20',
      },
    })
    expect(talked).toMatchObject({
      lookAgainOn: '2026-11-20',
      deeds: [{ kind: 'assigned' }, { kind: 'payer_contact', reference: 'CALL 4471', by: { name: 'Lena Weiss' } }],
    })
    expect((await open()).items[0]).toMatchObject({ owner: { name: sam?.name }, lookAgainOn: '2026-11-20' })

    const packet = await lena().call(contract.denials.packet, { params, body: { letter: `${one.letter}\nLena Weiss` } })
    expect(packet.status).toBe(200)
    expect(packet.raw.headers['content-type']).toContain('application/pdf')
    expect(packet.raw.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect(packet.raw.rawPayload.length).toBeGreaterThan(3000)
    expect((await story.auditOf('denial.packet_made')).filter(({ outcome }) => outcome === 'done')).toMatchObject([
      { patient_id: patientId },
    ])
    expect(
      (await story.auditOf('denial.worked')).flatMap(({ outcome, detail }) => (outcome === 'done' ? [detail] : [])),
    ).toEqual([{ kind: 'payer_contact' }])

    await lena().does(contract.denials.resolve, { params, body: { resolution: 'Written off.' } })
    const body = { kind: 'note', sentence: 'Too late.', reference: null, dueOn: null } as const
    expect(await lena().isRefused(contract.denials.record, { params, body })).toMatchObject({ code: 'conflict' })
  })

  test('is closed to other seats and organizations', async () => {
    const { denialId } = await denied('Otherdoctor')
    const params = { id: denialId }
    const note = { kind: 'note', sentence: 'x', reference: null, dueOn: null } as const
    const anew = { way: 'new_claim', note: 'x' } as const
    const deeds = [
      (who: ReturnType<Story['as']>) => who.isRefused(contract.denials.record, { params, body: note }),
      (who: ReturnType<Story['as']>) =>
        who.isRefused(contract.denials.assign, { params, body: { ownerId: newId(), dueOn: null } }),
      (who: ReturnType<Story['as']>) => who.isRefused(contract.denials.packet, { params, body: { letter: 'x' } }),
      (who: ReturnType<Story['as']>) => who.isRefused(contract.denials.billAnew, { params, body: anew }),
    ]
    for (const deed of deeds) {
      expect(await deed(story.as('june'))).toMatchObject({ code: 'forbidden' })
      expect(await deed(story.other.as('lena'))).toMatchObject({ code: 'not_found' })
    }
    expect(await story.other.as('lena').isRefused(contract.denials.get, { params })).toMatchObject({
      code: 'not_found',
    })
  })
})

describe('billing anew', () => {
  test('what the payer returned as unprocessable becomes a new claim with what the chart says today, and is paid once', async () => {
    const { claimId, patientId, denialId, payer } = await denied('Unprocessable')
    const one = await lena().does(contract.denials.get, { params: { id: denialId } })
    expect(one.ways.map(({ way, whyNot }) => [way, whyNot === null])).toEqual([
      ['reopening', false],
      ['redetermination', false],
      ['new_claim', true],
      ['replacement', false],
    ])
    await rename(patientId, 'Diaz')
    const order = { params: { id: denialId }, body: { way: 'new_claim', note: 'Name as on the card.' } } as const
    const made = await lena().does(contract.denials.billAnew, order, { key: 'n' })
    expect(await lena().does(contract.denials.billAnew, order, { key: 'n' })).toEqual(made)
    expect(await lena().isRefused(contract.denials.billAnew, order)).toMatchObject({ code: 'conflict' })
    const old = await claimOf(claimId)
    expect(old).toMatchObject({ status: 'replaced', live: false, replacedByClaimId: made.claimId })
    const anew = await claimOf(made.claimId)
    expect(anew).toMatchObject({
      status: 'ready',
      live: true,
      frequency: '1',
      replacesClaimId: claimId,
      chargeCents: old.chargeCents,
      snapshotSha256: old.snapshotSha256,
    })
    expect(anew.lines.map(({ lineControl }) => lineControl)).toEqual([`${made.controlNumber}-1`])
    expect((await open()).items).toEqual([])
    await sendAll(story, payer)
    await collect(story, payer)
    expect(await claimOf(made.claimId)).toMatchObject({ status: 'paid', paidCents: 5847 })
    expect(await claimOf(claimId)).toMatchObject({ status: 'replaced', paidCents: 0, openCents: 0 })
    expect((await ledgerSums(story)).cash).toBe(5847)
    expect((await lena().does(contract.remittances.list, { query: {} })).totals).toMatchObject({
      expectedCents: 5847,
      paidCents: 5847,
    })
    expect((await story.auditOf('denial.billed_anew')).filter(({ outcome }) => outcome === 'done')).toMatchObject([
      { detail: { way: 'new_claim', claim: made.controlNumber } },
    ])
  })

  test('a decided claim is never billed a second time; where the payer takes replacements, one of frequency 7 names it', async () => {
    const { claimId, denialId, patientId, payer } = await denied('Bundled')
    const order = (way: 'new_claim' | 'replacement') => ({
      params: { id: denialId },
      body: { way, note: 'Corrected.' },
    })
    expect(await lena().isRefused(contract.denials.billAnew, order('new_claim'))).toMatchObject({
      code: 'claim_not_ready',
      detail: expect.stringContaining('duplicate'),
    })
    expect(await lena().isRefused(contract.denials.billAnew, order('replacement'))).toMatchObject({
      code: 'claim_not_ready',
      detail: expect.stringContaining('only original claims'),
    })
    const trial = await lena().does(contract.payers.tryTerms, {
      params: { payerId: '13202' },
      body: { terms: { ...noTerms, acceptsReplacement: true } },
    })
    await lena().does(contract.payers.switchOn, {
      params: { id: trial.id },
      body: { fromOn: '2026-01-01', source: 'The manual of the plan' },
    })
    expect(await lena().isRefused(contract.denials.billAnew, order('replacement'))).toMatchObject({
      code: 'claim_not_ready',
    })
    await story.setPolicy('claim.filing_code', 'CI')
    await rename(patientId, 'Diaz')
    const { payerClaimNumber } = await claimOf(claimId)
    const made = await lena().does(contract.denials.billAnew, order('replacement'))
    expect(await claimOf(made.claimId)).toMatchObject({ frequency: '7', status: 'ready' })
    const batchId = await sendAll(story, payer)
    const batch = await lena().does(contract.claims.getBatch, { params: { id: batchId } })
    const file = await lena().call(contract.claims.fileContent, { params: { id: batch.fileId } })
    expect(file.raw.payload).toContain(`REF*F8*${payerClaimNumber}`)
    expect(read837P(file.raw.payload).batches[0]?.billing[0]?.claims[0]?.frequency).toBe('7')
    await collect(story, payer)
    expect(await claimOf(made.claimId)).toMatchObject({ status: 'paid' })
  })
})
