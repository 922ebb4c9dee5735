import { contract } from '@keepwell/contract'
import { check837P, read837P } from '@keepwell/x12'
import { sql } from 'kysely'
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
import { onPostgres } from '../../../test/support/store.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import type { ClaimDrop } from '../../outside/clearinghouse/claim-drop.ts'

let story: Story
let drop: ClaimDrop
beforeEach(async () => {
  story = await openStory()
  drop = instantPayer(story)
})
afterEach(() => story.close())

/** A patient of October with a Medigap card; the last characters of its number choose what the supplement does. */
async function covered(ending: string, member: string, kind: 'medigap' | 'medicaid' = 'medigap', change = {}) {
  const patientId = await billable(story, ending, change)
  const coverage = await story.as('lena').does(contract.patients.addCoverage, {
    params: { patientId },
    body: { kind, payerName: 'Hudson Mutual', memberId: member, fromOn: '2020-01-01' },
  })
  return { patientId, coverageId: coverage.id }
}
const identify = (coverageId: string, payerId = '71412') =>
  story.as('lena').does(contract.patients.identifyPayer, {
    params: { id: coverageId },
    body: { payerId, filingCode: 'CI' },
  })

/** October is closed, sent and paid by Medicare; answers the claims by patient. */
async function decided() {
  const claims = await closeOctober(story)
  await sendAll(story, drop)
  await collect(story, drop)
  return claims
}
const billing = (id: string) => story.as('lena').does(contract.supplements.get, { params: { id } })
const claim = (id: string) => story.as('lena').does(contract.claims.get, { params: { id } })
const unbilled = () => story.as('lena').does(contract.supplements.list, { query: {} })
const bill = (id: string, coverageId: string) =>
  story.as('lena').does(contract.supplements.bill, { params: { id }, body: { coverageId } })
const textOf = async (batchId: string) => {
  const { rows } = await story.look((tx) =>
    sql<{
      content: string
    }>`select f.content from claim_batches b join x12_files f on f.tenant_id = b.tenant_id and f.id = b.file_id where b.id = ${batchId}`.execute(
      tx.db,
    ),
  )
  return rows[0]?.content ?? ''
}

describe('the bill to a supplement', () => {
  test('asks for what Medicare left to the patient, to the cent, and no revenue is counted twice', async () => {
    const { patientId, coverageId } = await covered('10', 'HM-4410')
    const claims = await decided()
    const first = claims.get(patientId) ?? ''
    const before = await claim(first)
    const share = before.balance.patientCents
    expect(share).toBeGreaterThan(0)

    expect(await billing(first)).toMatchObject({ shareCents: share, bill: null, lacks: 'payer_id' })
    expect((await billing(first)).whyNot).toMatch(/payer id of Hudson Mutual is not known/)
    await identify(coverageId)
    expect(await billing(first)).toMatchObject({ whyNot: null, lacks: null })
    expect(await unbilled()).toMatchObject({
      count: 1,
      shareCents: share,
      items: [{ claim: { id: first }, shareCents: share, whyNot: null, supplement: { payerName: 'Hudson Mutual' } }],
    })

    const made = await bill(first, coverageId)
    expect(made).toMatchObject({
      status: 'ready',
      payerSequence: 'S',
      followsClaimId: first,
      expectedMedicareCents: share,
      openCents: share,
      payer: { name: 'Hudson Mutual', payerId: '71412', filingCode: 'CI', memberId: 'HM-4410' },
      otherPayer: { name: 'NGS MEDICARE PART B', filingCode: 'MB', sequence: 'P' },
    })
    expect(made.controlNumber).not.toBe(before.controlNumber)
    expect(await unbilled()).toMatchObject({ count: 0, items: [] })
    // Nothing is booked before it leaves.
    expect((await claim(first)).balance).toEqual(before.balance)

    const batchId = await sendAll(story, drop)
    const text = await textOf(batchId)
    expect(check837P(text)).toEqual([])
    const [written] = read837P(text).batches.flatMap((batch) => batch.billing.flatMap((one) => one.claims))
    expect(written).toMatchObject({
      payerSequence: 'S',
      filingCode: 'CI',
      payer: { id: '71412' },
      otherPayers: [{ filingCode: 'MB', sequence: 'P', paidCents: before.balance.paidCents }],
    })
    expect((await claim(first)).balance).toEqual({ ...before.balance, patientCents: 0, movedCents: share })
    expect((await claim(made.id)).balance).toMatchObject({ chargeCents: share, openCents: share, patientCents: 0 })
    const owed = await story.as('lena').does(contract.remittances.receivables, {})
    expect([owed.payerCents, owed.patientCents]).toEqual([share, 0])
    expect(owed.months[0]).toMatchObject({ claims: 1, chargeCents: before.chargeCents, openCents: share })
    expect(await violations(story)).toEqual([])

    await collect(story, drop)
    const paid = await claim(made.id)
    expect(paid).toMatchObject({ status: 'paid', paidCents: share, openCents: 0 })
    expect(paid.balance).toEqual({
      chargeCents: share,
      paidCents: share,
      adjustedCents: 0,
      patientCents: 0,
      movedCents: 0,
      openCents: 0,
    })
    const sums = await ledgerSums(story)
    expect(sums).toEqual({
      cash: before.balance.paidCents + share,
      contractual: sums.contractual,
      revenue: -before.chargeCents,
      sequestration: sums.sequestration,
    })
    expect(await violations(story)).toEqual([])
    const denials = await story.as('lena').does(contract.denials.list, { query: {} })
    expect(denials.items).toEqual([])
  })

  test('gives its copay back to the patient, and a denial denies the share alone', async () => {
    const copay = await covered('10', 'HM-4401')
    const over = await covered('11', 'HM-4403')
    const claims = await decided()
    const shares = new Map<string, number>()
    for (const { patientId, coverageId } of [copay, over]) {
      await identify(coverageId)
      const id = claims.get(patientId) ?? ''
      shares.set(patientId, (await claim(id)).balance.patientCents)
      await bill(id, coverageId)
    }
    await sendAll(story, drop)
    await collect(story, drop)
    const of = async ({ patientId }: { patientId: string }) =>
      claim((await billing(claims.get(patientId) ?? '')).bill?.id ?? '')
    const left = await of(copay)
    expect(left).toMatchObject({ status: 'paid', openCents: 0 })
    expect(left.balance).toMatchObject({ patientCents: 500, paidCents: (shares.get(copay.patientId) ?? 0) - 500 })
    const denied = await of(over)
    const share = shares.get(over.patientId) ?? 0
    expect(denied).toMatchObject({ status: 'denied', balance: { adjustedCents: share, openCents: 0 } })
    const { items } = await story.as('lena').does(contract.denials.list, { query: {} })
    expect(items).toMatchObject([
      { amountCents: share, appealable: false, deadlineOn: null, adjustment: { code: '27' } },
    ])
    expect(await violations(story)).toEqual([])

    const one = await story.as('lena').does(contract.denials.get, { params: { id: items[0]?.id ?? '' } })
    expect(one.ways.filter(({ whyNot }) => whyNot === null).map(({ way }) => way)).toEqual(['new_claim'])
    await identify(over.coverageId, '60054')
    const anew = await story.as('lena').does(contract.denials.billAnew, {
      params: { id: one.id },
      body: { way: 'new_claim', note: 'The card was read wrong.' },
    })
    expect(await claim(anew.claimId)).toMatchObject({ payerSequence: 'S', payer: { payerId: '60054' } })
    // It is withdrawn before it left, and the supplement is asked once more: the share has moved once, and moves no second time.
    await story
      .as('lena')
      .does(contract.claims.withdraw, { params: { id: anew.claimId }, body: { reason: 'Made too early.' } })
    const first = claims.get(over.patientId) ?? ''
    const last = await bill(first, over.coverageId)
    await sendAll(story, drop)
    expect(await claim(last.id)).toMatchObject({ status: 'sent', openCents: share })
    expect((await claim(first)).balance).toMatchObject({ patientCents: 0, movedCents: share })
    expect((await ledgerSums(story)).denied).toBeUndefined()
    expect(await violations(story)).toEqual([])
  })

  test('is made once, however often it is asked for, and again after it was withdrawn', async () => {
    const { patientId, coverageId } = await covered('10', 'HM-4404')
    const first = (await decided()).get(patientId) ?? ''
    await identify(coverageId)
    const share = (await claim(first)).balance.patientCents
    const both = await Promise.all(
      [1, 2].map(() =>
        story.as('lena').call(contract.supplements.bill, { params: { id: first }, body: { coverageId } }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const made = (await billing(first)).bill?.id ?? ''
    expect(
      await story.as('lena').isRefused(contract.supplements.bill, { params: { id: first }, body: { coverageId } }),
    ).toMatchObject({ code: 'claim_not_ready', detail: expect.stringMatching(/asks Hudson Mutual for it already/) })
    expect(
      await story.as('lena').isRefused(contract.supplements.bill, { params: { id: made }, body: { coverageId } }),
    ).toMatchObject({ code: 'claim_not_ready' })

    // It leaves, its front end refuses it, and it is withdrawn: the share is the patient's again.
    await sendAll(story, drop)
    await collect(story, drop)
    expect((await claim(made)).status).toBe('rejected')
    expect((await claim(first)).balance).toMatchObject({ patientCents: 0, movedCents: share })
    await story.as('lena').does(contract.claims.withdraw, { params: { id: made }, body: { reason: 'Wrong card.' } })
    expect((await claim(first)).balance).toMatchObject({ patientCents: share, movedCents: 0 })
    expect(await violations(story)).toEqual([])
    expect((await bill(first, coverageId)).status).toBe('ready')
  })

  test('a corrected one leaves with what the coverage says today', async () => {
    const { patientId, coverageId } = await covered('10', 'HM-4404')
    const first = (await decided()).get(patientId) ?? ''
    await identify(coverageId)
    const made = await bill(first, coverageId)
    await sendAll(story, drop)
    await collect(story, drop)
    await identify(coverageId, '60054')
    await story
      .as('lena')
      .does(contract.claims.correct, { params: { id: made.id }, body: { note: 'Another payer id.' } })
    expect((await claim(made.id)).payer).toMatchObject({ payerId: '60054' })
  })
})

describe('no bill is made', () => {
  test('for a Qualified Medicare Beneficiary, by our record or by the remark of the payer', async () => {
    const ours = await covered('10', 'MC-10', 'medicaid', { check: { qmb: 'yes' } })
    const told = await covered('84', 'MC-11', 'medicaid')
    const claims = await decided()
    for (const { patientId, coverageId } of [ours, told]) {
      await identify(coverageId)
      const id = claims.get(patientId) ?? ''
      expect((await billing(id)).whyNot).toMatch(/Qualified Medicare Beneficiary/)
      expect(
        await story.as('lena').isRefused(contract.supplements.bill, { params: { id }, body: { coverageId } }),
      ).toMatchObject({ code: 'claim_not_ready' })
    }
    expect(await unbilled()).toMatchObject({ items: [], count: 0, shareCents: 0 })
  })

  test('where Medicare has passed its decision on, has not decided, or left nothing to the patient', async () => {
    const forwarded = await covered('76', 'HM-4410')
    const denied = await covered('81', 'HM-4411')
    const claims = await closeOctober(story)
    const id = claims.get(forwarded.patientId) ?? ''
    await identify(forwarded.coverageId)
    await identify(denied.coverageId)
    expect((await billing(id)).whyNot).toBe('Medicare has not decided the claim.')
    await sendAll(story, drop)
    await collect(story, drop)
    expect((await billing(id)).whyNot).toMatch(/passed its decision on to RIVERVIEW MEDIGAP/)
    expect((await billing(claims.get(denied.patientId) ?? '')).whyNot).toBe('Medicare left nothing to the patient.')
    expect((await unbilled()).items).toEqual([])
  })

  test('without a supplement of that day, or for one whose card was not written down', async () => {
    const none = await billable(story, '10')
    const ended = await covered('11', 'HM-4410')
    await story
      .as('lena')
      .does(contract.patients.endCoverage, { params: { id: ended.coverageId }, body: { toOn: '2026-09-30' } })
    const nameless = await billable(story, '12', {
      coverages: [
        { kind: 'medicare_part_b', from: '2017-03-01', to: null },
        { kind: 'medigap', from: '2020-01-01', to: null },
      ],
    })
    const claims = await decided()
    const why = async (patientId: string) => (await billing(claims.get(patientId) ?? '')).whyNot
    expect(await why(none)).toMatch(/No Medigap, Medicaid or other second insurance/)
    expect(await why(ended.patientId)).toMatch(/No Medigap, Medicaid or other second insurance/)
    expect(await why(nameless)).toMatch(/Write down the card/)
  })
})

test('a batch goes to one payer: named claims of two are refused, and all that are ready leave payer by payer', async () => {
  const supplemented = await covered('10', 'HM-4410')
  const claims = await decided()
  await identify(supplemented.coverageId)
  const second = await bill(claims.get(supplemented.patientId) ?? '', supplemented.coverageId)
  const other = await billable(story, '13', { month: '2026-09' })
  await story.as('lena').does(contract.months.close, { params: { month: '2026-09' } })
  const { items } = await story.as('lena').does(contract.claims.list, { query: { status: 'ready', limit: 500 } })
  const own = items.find((one) => one.patient.id === other)?.id ?? ''
  const refused = await story.as('lena').isRefused(contract.claims.batch, { body: { claimIds: [own, second.id] } })
  expect(refused).toMatchObject({ code: 'claim_not_ready' })
  expect(refused.faults?.map(({ message }) => message).sort()).toEqual([
    'For Hudson Mutual.',
    "For the clinic's own payer.",
  ])

  const shown = await story.as('lena').does(contract.claims.preview, { body: {} })
  expect(shown).toMatchObject({
    payer: { payerId: null },
    otherPayers: [{ payerId: '71412', name: 'Hudson Mutual', claims: 1 }],
    claims: [{ id: own }],
  })
  const toThem = await story.as('lena').does(contract.claims.preview, { body: { payerId: '71412' } })
  expect(toThem).toMatchObject({ payer: { name: 'Hudson Mutual' }, claims: [{ id: second.id }] })
  await sendAll(story, drop)
  expect((await claim(second.id)).status).toBe('ready')
  await sendAll(story, drop)
  expect([(await claim(own)).status, (await claim(second.id)).status]).toEqual(['sent', 'sent'])
})

test('when Medicare changes its decision the bill says so and stays as it is', async () => {
  const { patientId, coverageId } = await covered('83', 'HM-4410')
  const later = instantPayer(story, { corrected: 3600 })
  const claims = await closeOctober(story)
  const first = claims.get(patientId) ?? ''
  await sendAll(story, later)
  await collect(story, later)
  await identify(coverageId)
  const made = await bill(first, coverageId)
  expect(made.outdated).toBe(false)
  story.clock.advanceSeconds(3601)
  await collect(story, later)
  expect((await claim(made.id)).outdated).toBe(true)
  expect((await billing(made.id)).bill?.outdated).toMatch(/decided anew on .* Withdraw it/)
  expect(await story.as('lena').isRefused(contract.claims.batch, { body: {} })).toMatchObject({ code: 'claim_faulty' })
  expect(await violations(story)).toEqual([])
})

test('when Medicare changes it after the bill left, nothing is lost and the ledger still balances', async () => {
  const { patientId, coverageId } = await covered('80', 'HM-4410')
  const later = instantPayer(story, { corrected: 7200 })
  const first = (await closeOctober(story)).get(patientId) ?? ''
  await sendAll(story, later)
  await collect(story, later)
  await identify(coverageId)
  const share = (await claim(first)).balance.patientCents
  const made = await bill(first, coverageId)
  await sendAll(story, later)
  await collect(story, later)
  expect(await claim(made.id)).toMatchObject({ status: 'paid', paidCents: share })
  story.clock.advanceSeconds(7201)
  await collect(story, later)
  expect((await claim(first)).status).toBe('reversed')
  expect((await claim(made.id)).status).toBe('paid')
  expect((await billing(first)).bill?.outdated).toMatch(/taken back the decision.*Hudson Mutual has the old one/)
  expect(await violations(story)).toEqual([])
})

// Damage needs an owner whom row-level security does not stop, which the embedded store's is and a server's is not.
test.runIf(!onPostgres)(
  'a share that was moved to nowhere, and a decision that left others open, are noticed',
  async () => {
    const { patientId, coverageId } = await covered('10', 'HM-4410')
    const first = (await decided()).get(patientId) ?? ''
    await identify(coverageId)
    const made = await bill(first, coverageId)
    await sendAll(story, drop)
    await collect(story, drop)
    expect(await violations(story)).toEqual([])
    const told = async (change: string) => {
      const owner = story.database.ownerPool
      await owner.query(change)
      return (await violations(story)).map(({ invariant, row, message }) => [invariant, row, message.slice(0, 30)])
    }
    expect(
      await told(
        `update postings set account = 'receivable_patient' where account = 'moved_share' and amount_cents > 0`,
      ),
    ).toContainEqual(['I5', `claims ${first}`, "A patient's share that was mov"])
    expect(
      await told(`update postings set account = 'contractual' where account = 'other_payer' and amount_cents > 0`),
    ).toContainEqual(['I5', `claims ${made.id}`, 'It was decided, and what other'])
  },
)

test('other seats and other organizations see and do nothing of it', async () => {
  const { patientId, coverageId } = await covered('10', 'HM-4410')
  const first = (await decided()).get(patientId) ?? ''
  await identify(coverageId)
  const input = { params: { id: first }, body: { coverageId } }
  expect(await story.as('rosa').isRefused(contract.supplements.bill, input)).toMatchObject({ code: 'forbidden' })
  expect(await story.other.as('lena').isRefused(contract.supplements.bill, input)).toMatchObject({ code: 'not_found' })
  expect((await story.other.as('lena').does(contract.supplements.list, { query: {} })).items).toEqual([])
  expect(
    await story.other.as('lena').isRefused(contract.patients.identifyPayer, {
      params: { id: coverageId },
      body: { payerId: '99999', filingCode: 'CI' },
    }),
  ).toMatchObject({ code: 'not_found' })
  await bill(first, coverageId)
  const written = await story.auditOf('supplement.billed')
  expect(written.filter(({ outcome }) => outcome === 'done')).toMatchObject([{ patient_id: patientId }])
})
