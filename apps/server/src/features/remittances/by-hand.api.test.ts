import { contract, type PaperRemittance } from '@keepwell/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { billable, closeOctober, instantPayer, ledgerSums, sendAll, violations } from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'

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
const upload = (name: string, text: string) =>
  lena().does(contract.claims.takeIn, { query: { name }, file: Buffer.from(text) })
const list = (query: { status?: 'held' | 'discarded'; deposit?: 'missing' | 'different' } = {}) =>
  lena().does(contract.remittances.list, { query })

/** One sent claim of October, and the 835 that pays it. */
async function paidClaim(): Promise<{ id: string; text: string }> {
  const patient = await billable(story, '10')
  const id = (await closeOctober(story)).get(patient) ?? ''
  await sendAll(story, instantPayer(story))
  const { content } = await story.look((tx) =>
    tx.db
      .selectFrom('simulator_files')
      .select('content')
      .where('tenant_id', '=', tx.tenantId)
      .where('name', 'like', '835-%')
      .executeTakeFirstOrThrow(),
  )
  return { id, text: content }
}

/** The same payment with two cents more than its claims come to. */
const twoCentsOver = (text: string) => text.replace(/BPR\*I\*[\d.]+/, 'BPR*I*58.49')

describe('a held payment', () => {
  test('whose claims balance is posted by Lena with her reason: the unexplained cents are an adjustment of the whole, and the cash is what the payer paid', async () => {
    const { id, text } = await paidClaim()
    const held = (await upload('off.835', twoCentsOver(text))).remittanceIds[0] ?? ''
    const before = await lena().does(contract.remittances.get, { params: { id: held } })
    expect(before).toMatchObject({
      status: 'held',
      holds: [{ kind: 'payment_balance', sentence: expect.stringContaining('$0.02') }],
      deeds: [],
    })
    const body = { reason: 'The contractor confirmed the amount by telephone.' }
    const params = { id: held }
    expect(await story.as('june').isRefused(contract.remittances.release, { params, body })).toMatchObject({
      code: 'forbidden',
    })
    expect(await story.other.as('lena').isRefused(contract.remittances.release, { params, body })).toMatchObject({
      code: 'not_found',
    })
    const posted = await lena().does(contract.remittances.release, { params, body }, { key: 'r' })
    expect(await lena().does(contract.remittances.release, { params, body }, { key: 'r' })).toEqual(posted)
    expect(posted).toMatchObject({
      status: 'posted',
      holds: [],
      balance: { ok: true },
      providerAdjustments: [{ code: 'HAND', amountCents: -2 }],
      claims: [{ claim: { id }, matchedBy: 'control_number', paidCents: 5847 }],
      deeds: [{ kind: 'released', reason: body.reason, by: { name: 'Lena Weiss' } }],
    })
    expect(await claimOf(id)).toMatchObject({ status: 'paid', paidCents: 5847 })
    expect(await ledgerSums(story)).toMatchObject({ cash: 5849, provider_adjustment: -2 })
    expect(await lena().isRefused(contract.remittances.release, { params, body })).toMatchObject({
      code: 'remittance_held',
      detail: expect.stringContaining('not held'),
    })
    expect((await story.auditOf('remittance.released')).filter(({ outcome }) => outcome === 'done')).toMatchObject([
      { detail: { holds: ['payment_balance'], claimsChanged: 1 } },
    ])
    // The whole file of the same payment comes after all: nothing is posted twice.
    expect(await upload('whole.835', text)).toMatchObject({ claimsChanged: 0, file: { outcome: 'held' } })
    expect(await claimOf(id)).toMatchObject({ paidCents: 5847 })
  })

  test('that is cut off, or whose claim does not balance, cannot be posted by anybody; it is discarded, and that is taken back', async () => {
    const { id, text } = await paidClaim()
    const cut = (await upload('cut.835', text.slice(0, Math.floor(text.length * 0.6)))).remittanceIds[0] ?? ''
    const crooked = (
      await upload(
        'crooked.835',
        text
          .replace(/BPR\*I\*[\d.]+/, 'BPR*I*60')
          .replace(/(CLP\*\w+\*1\*[\d.]+\*)[\d.]+/, '$160')
          .replace(/TRN\*1\*\w+/, 'TRN*1*CROOKED'),
      )
    ).remittanceIds[0]
    const body = { reason: 'It is needed.' }
    for (const [held, kind] of [
      [cut, 'cut_off'],
      [crooked ?? '', 'claim_balance'],
    ] as const) {
      const one = await lena().does(contract.remittances.get, { params: { id: held } })
      expect(one.holds.map((hold) => hold.kind)).toContain(kind)
      expect(await lena().isRefused(contract.remittances.release, { params: { id: held }, body })).toMatchObject({
        code: 'remittance_held',
        detail: expect.stringContaining('Nothing was posted.'),
      })
    }
    expect(await ledgerSums(story)).not.toHaveProperty('cash')
    const params = { id: cut }
    const discarded = await lena().does(contract.remittances.discard, { params, body })
    expect(discarded).toMatchObject({ status: 'discarded', deeds: [{ kind: 'discarded', reason: 'It is needed.' }] })
    expect((await list()).totals.heldCount).toBe(1)
    expect((await list({ status: 'discarded' })).items).toHaveLength(1)
    expect(await lena().isRefused(contract.remittances.discard, { params, body })).toMatchObject({ code: 'conflict' })
    expect(
      await lena().isRefused(contract.remittances.deposit, {
        params,
        body: { bankCents: 1, receivedOn: '2026-11-03', reference: null },
      }),
    ).toMatchObject({ code: 'conflict' })
    expect(await story.as('june').isRefused(contract.remittances.restore, { params })).toMatchObject({
      code: 'forbidden',
    })
    expect(await lena().does(contract.remittances.restore, { params })).toMatchObject({
      status: 'held',
      deeds: [{ kind: 'discarded' }, { kind: 'restored' }],
    })
    expect(await lena().isRefused(contract.remittances.restore, { params })).toMatchObject({ code: 'conflict' })
    expect((await story.auditOf('remittance.restored')).map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      'refused',
      'refused',
    ])
    expect(await upload('whole.835', text)).toMatchObject({ claimsChanged: 1 })
    expect(await claimOf(id)).toMatchObject({ status: 'paid' })
    // Posted: nobody discards it any more.
    const posted = (await list()).items.find(({ status }) => status === 'posted')
    expect(
      await lena().isRefused(contract.remittances.discard, { params: { id: posted?.id ?? '' }, body }),
    ).toMatchObject({ code: 'conflict' })
  })

  test('under a number that the payer used before is posted when Lena has asked; the same payment with other content never is', async () => {
    const { text } = await paidClaim()
    await upload('first.835', text)
    const other = text
      .replace(/CLP\*\w+/, 'CLP*STRANGER')
      .replace(/(DTM\*405\*|BPR\*.*\*)20261103/g, '$120261109')
      .replace(/20261103~TRN/, '20261109~TRN')
    const held = (await upload('other-day.835', other)).remittanceIds[0] ?? ''
    const one = await lena().does(contract.remittances.get, { params: { id: held } })
    expect(one.holds.map(({ kind }) => kind)).toEqual(['number_used'])
    await lena().does(contract.remittances.release, {
      params: { id: held },
      body: { reason: 'Two payments, one number; the payer confirmed both.' },
    })
    expect(await ledgerSums(story)).toMatchObject({ cash: 2 * 5847, unapplied: -5847 })
    const changed = (
      await upload('changed.835', text.replace('SIMULATOR WAY', 'OTHER WAY').replace('DIAZ*ELENA', 'DIAS*ELENA'))
    ).remittanceIds[0]
    expect(
      await lena().isRefused(contract.remittances.release, {
        params: { id: changed ?? '' },
        body: { reason: 'Looks right.' },
      }),
    ).toMatchObject({ code: 'remittance_held', detail: expect.stringContaining('count the money twice') })
  })
})

describe('the money at the bank', () => {
  test('ties to the payment to the cent, or stands on the list with the difference; the newest word holds', async () => {
    const { text } = await paidClaim()
    const id = (await upload('payment.835', text)).remittanceIds[0] ?? ''
    expect((await list({ deposit: 'missing' })).items.map((one) => one.id)).toEqual([id])
    expect((await list()).totals).toMatchObject({
      undepositedCount: 1,
      undepositedCents: 5847,
      depositDifferenceCount: 0,
    })
    const say = (bankCents: number) =>
      lena().does(contract.remittances.deposit, {
        params: { id },
        body: { bankCents, receivedOn: '2026-11-03', reference: 'STMT 44' },
      })
    expect((await say(5800)).deposit).toMatchObject({
      bankCents: 5800,
      differenceCents: -47,
      by: { name: 'Lena Weiss' },
    })
    expect((await list({ deposit: 'different' })).items).toHaveLength(1)
    expect((await list()).totals).toMatchObject({ undepositedCount: 0, depositDifferenceCount: 1 })
    story.clock.advanceSeconds(60)
    expect((await say(5847)).deposit).toMatchObject({ differenceCents: 0, reference: 'STMT 44' })
    expect((await list({ deposit: 'different' })).items).toEqual([])
    expect((await list({ deposit: 'missing' })).items).toEqual([])
    expect(
      await story.as('june').isRefused(contract.remittances.deposit, {
        params: { id },
        body: { bankCents: 1, receivedOn: '2026-11-03', reference: null },
      }),
    ).toMatchObject({ code: 'forbidden' })
    expect(
      await story.other.as('lena').isRefused(contract.remittances.deposit, {
        params: { id },
        body: { bankCents: 1, receivedOn: '2026-11-03', reference: null },
      }),
    ).toMatchObject({ code: 'not_found' })
    expect(
      (await story.auditOf('remittance.deposit_recorded')).flatMap(({ outcome, detail }) =>
        outcome === 'done' ? [detail] : [],
      ),
    ).toEqual([{ ties: false }, { ties: true }])
  })
})

describe('a notice on paper', () => {
  const paper = (
    claim: { id: string; lines: { id: string }[] },
    change: Partial<PaperRemittance> = {},
  ): PaperRemittance => ({
    payerName: 'NGS Medicare',
    trace: 'CHECK 1001',
    paidOn: '2026-11-03',
    method: 'CHK',
    amountCents: 5847,
    source: "Check stub in Tuesday's mail.",
    providerAdjustments: [],
    claims: [
      {
        claimId: claim.id,
        payerClaimNumber: '2226000001',
        lines: [
          {
            lineId: claim.lines[0]?.id ?? '',
            paidCents: 5847,
            adjustments: [
              { group: 'CO', code: '45', amountCents: 3729 },
              { group: 'CO', code: '253', amountCents: 119 },
              { group: 'PR', code: '2', amountCents: 1491 },
            ],
            remarks: [],
          },
        ],
      },
    ],
    ...change,
  })

  test('is posted like a file, with who entered it and from what; the file of the same payment then posts nothing', async () => {
    const { id, text } = await paidClaim()
    const body = paper(await claimOf(id))
    const posted = await lena().does(contract.remittances.enter, { body }, { key: 'p' })
    expect(await lena().does(contract.remittances.enter, { body }, { key: 'p' })).toEqual(posted)
    expect(posted).toMatchObject({
      status: 'posted',
      source: 'paper',
      fileId: null,
      trace: 'CHECK 1001',
      claims: [{ claim: { id }, matchedBy: 'control_number', differenceCents: 0, patientCents: 1491 }],
      deeds: [{ kind: 'entered', reason: "Check stub in Tuesday's mail.", by: { name: 'Lena Weiss' } }],
    })
    expect(await claimOf(id)).toMatchObject({
      status: 'paid',
      payerClaimNumber: '2226000001',
      balance: { paidCents: 5847, patientCents: 1491, openCents: 0 },
    })
    expect((await ledgerSums(story)).cash).toBe(5847)
    expect(await lena().isRefused(contract.remittances.enter, { body })).toMatchObject({ code: 'remittance_known' })
    const file = await upload('late.835', text.replace(/TRN\*1\*\w+/, 'TRN*1*CHECK 1001'))
    expect(file).toMatchObject({
      claimsChanged: 0,
      file: { outcome: 'held', sentences: [expect.stringContaining('entered by hand from paper')] },
    })
    expect((await ledgerSums(story)).cash).toBe(5847)
    expect((await story.auditOf('remittance.entered')).filter(({ outcome }) => outcome === 'done')).toMatchObject([
      { detail: { claims: 1, claimsChanged: 1 } },
    ])
  })

  test('that does not balance, names a stranger or comes from another seat posts nothing and says at which place by how much', async () => {
    const { id } = await paidClaim()
    const claim = await claimOf(id)
    const good = paper(claim)
    expect(await lena().isRefused(contract.remittances.enter, { body: { ...good, amountCents: 6000 } })).toMatchObject({
      code: 'invalid_input',
      faults: [{ path: 'amountCents', message: expect.stringContaining('$1.53') }],
    })
    const short = structuredClone(good)
    short.claims[0]?.lines[0]?.adjustments.pop()
    expect(await lena().isRefused(contract.remittances.enter, { body: short })).toMatchObject({
      faults: [{ path: 'claims.0.lines.0', message: expect.stringContaining('$14.91 is missing') }],
    })
    expect(
      await lena().isRefused(contract.remittances.enter, {
        body: { ...good, claims: good.claims.map((one) => ({ ...one, claimId: newId() })) },
      }),
    ).toMatchObject({ code: 'claim_unknown' })
    expect(await story.other.as('lena').isRefused(contract.remittances.enter, { body: good })).toMatchObject({
      code: 'claim_unknown',
    })
    expect(await story.as('june').isRefused(contract.remittances.enter, { body: good })).toMatchObject({
      code: 'forbidden',
    })
    expect(await ledgerSums(story)).not.toHaveProperty('cash')
    // What the payer took back for another claim lowers the check.
    const recouped = await lena().does(contract.remittances.enter, {
      body: {
        ...good,
        amountCents: 5000,
        providerAdjustments: [{ code: 'WO', reference: 'OLD CLAIM', amountCents: 847 }],
      },
    })
    expect(recouped.providerAdjustments).toMatchObject([{ code: 'WO', amountCents: 847 }])
    expect(await ledgerSums(story)).toMatchObject({ cash: 5000, provider_adjustment: 847 })
  })
})
