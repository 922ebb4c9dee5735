import { contract } from '@keepwell/contract'
import { check837P } from '@keepwell/x12'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  billed,
  closeOctober,
  collect,
  instantPayer,
  ledgerSums,
  sendAll,
  violations,
} from '../../../test/support/claims.ts'
import { behindEmployer, enterNotice, firstInsurerOf, harbor, noticeOf } from '../../../test/support/first-insurer.ts'
import { insertWork } from '../../../test/support/month.ts'
import { openStory, type Story } from '../../../test/support/story.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const lena = () => story.as('lena')
const at = (patientId: string) => ({ params: { month: billed, patientId } })
const verdictOf = (patientId: string) => lena().does(contract.months.verdict, at(patientId))
const laneOf = async (patientId: string) => {
  const { lanes } = await lena().does(contract.months.board, { params: { month: billed }, query: {} })
  return lanes.find(({ rows }) => rows.some(({ patient }) => patient.id === patientId))?.lane
}
const half = { '99490': { allowedCents: 9000, patientCents: 4000 } }

describe('a month behind another insurer', () => {
  test('waits until Lena enters what the first insurer decided, and is then billed to Medicare second', async () => {
    const patientId = await behindEmployer(story, '73', { patient: { mbi: '1EG4TE5MK73' } })
    expect(await laneOf(patientId)).toBe('hold')
    const asked = await firstInsurerOf(story, patientId)
    expect(asked).toMatchObject({
      lines: [{ code: '99490', units: 1, serviceOn: '2026-10-31' }],
      whyNot: null,
      insurers: [{ name: 'Medicare', payerId: null }],
      self: { family: 'Diaz', given: 'Elena' },
      standing: null,
      history: [],
    })
    const body = noticeOf(asked, half)
    const entered = await lena().does(contract.primaryDecisions.record, { ...at(patientId), body }, { key: 'n' })
    expect(await lena().does(contract.primaryDecisions.record, { ...at(patientId), body }, { key: 'n' })).toEqual(
      entered,
    )
    expect(entered).toMatchObject({
      standing: { by: { name: 'Lena Weiss' }, reason: null, decision: { insurer: harbor, decidedOn: '2026-11-02' } },
      history: [{ decision: { claimNumber: 'HEP-2026-1' } }],
    })
    expect(await laneOf(patientId)).toBe('ready')
    const { lines } = await verdictOf(patientId)
    // Of 90.00 that must be accepted, 50.00 was paid; Medicare pays the 40.00 that are left, less 2 %.
    expect(lines).toMatchObject([{ code: '99490', medicareCents: 4000 - 80, patientCents: null }])
    const claims = await closeOctober(story)
    const claim = await lena().does(contract.claims.get, { params: { id: claims.get(patientId) ?? '' } })
    expect(claim).toMatchObject({
      payerSequence: 'S',
      followsClaimId: null,
      payer: null,
      chargeCents: asked.lines[0]?.chargeCents,
      expectedMedicareCents: 3920,
      otherPayer: { name: 'Harbor Employee Plan', mspType: '12', lines: [{ code: '99490', paidCents: 5000 }] },
    })
    expect(await lena().does(contract.claims.preview, { body: { month: billed } })).toMatchObject({
      claimsCount: 1,
      faulty: [],
    })
    await story.setPolicy('claim.channel', 'download')
    const batch = await lena().does(contract.claims.batch, { body: {} })
    const { raw } = await lena().call(contract.claims.fileContent, { params: { id: batch.fileId } })
    expect(check837P(raw.payload, { today: '2026-11-03' })).toEqual([])
    expect(
      raw.payload
        .split('~')
        .filter((segment) => /^\s*(SBR|CN1|SVD|AMT)\*/.test(segment))
        .map((one) => one.trim()),
    ).toEqual(['SBR*S*18***12****MB', 'SBR*P*01*GRP-88******CI', 'AMT*D*50', 'CN1*09*90', 'SVD*60054*50*HC:99490**1'])
    expect(
      (await story.auditOf('primary_decision.recorded')).map(({ outcome, patient_id }) => [outcome, patient_id]),
    ).toEqual([['done', patientId]])
    // The claim is in a batch: what it says is not changed behind its back.
    expect(await lena().isRefused(contract.primaryDecisions.record, { ...at(patientId), body })).toMatchObject({
      code: 'claim_already_sent',
      detail: expect.stringContaining('Take the batch back first.'),
    })
  })

  test('is told every fault of a notice at once, and nothing is kept', async () => {
    const patientId = await behindEmployer(story, '10')
    const good = noticeOf(await firstInsurerOf(story, patientId), half)
    const [line] = good.lines
    if (line === undefined) throw new Error('the month bills a line')
    const { faults } = await lena().isRefused(contract.primaryDecisions.record, {
      ...at(patientId),
      body: {
        ...good,
        decidedOn: '2026-11-04',
        lines: [
          {
            ...line,
            allowedCents: 4999,
            paidCents: 5001,
            adjustments: [...line.adjustments, { group: 'OA', code: 'ZZ9', amountCents: 1 }],
          },
        ],
      },
    })
    expect(faults?.map(({ path, message }) => [path, message])).toEqual([
      ['body.decidedOn', 'This day is still to come.'],
      ['body.lines.0.adjustments.2.code', 'ZZ9 is no adjustment reason code.'],
      ['body.lines.0.allowedCents', '99490: it cannot have paid more than it allows.'],
      ['body.lines.0.paidCents', expect.stringContaining('$0.02 too much is paid or adjusted.')],
    ])
    const refused = async (change: Partial<typeof good>) =>
      lena().isRefused(contract.primaryDecisions.record, { ...at(patientId), body: { ...good, ...change } })
    expect(await refused({ lines: [{ ...line, code: '99487' }] })).toMatchObject({ code: 'conflict' })
    expect(await refused({ lines: [{ ...line, units: 2 }] })).toMatchObject({ code: 'conflict' })
    expect((await refused({ decidedOn: '2026-10-30' })).faults).toMatchObject([{ path: 'body.decidedOn' }])
    expect((await refused({ insurer: { ...harbor, payerId: '' } })).faults).toMatchObject([
      { path: 'body.insurer.payerId' },
    ])
    expect((await firstInsurerOf(story, patientId)).history).toEqual([])
    expect(await laneOf(patientId)).toBe('hold')
  })

  test('keeps every correction with its reason, and what is taken back counts no more', async () => {
    const patientId = await behindEmployer(story, '10')
    await enterNotice(story, patientId, half)
    const body = noticeOf(await firstInsurerOf(story, patientId), {
      '99490': { allowedCents: 9000, patientCents: 1000 },
    })
    expect(await lena().isRefused(contract.primaryDecisions.record, { ...at(patientId), body })).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('Say why it is corrected.'),
    })
    story.clock.advanceSeconds(60)
    await lena().does(contract.primaryDecisions.record, {
      ...at(patientId),
      body: { ...body, reason: 'The copay was misread.' },
    })
    expect((await verdictOf(patientId)).lines).toMatchObject([{ medicareCents: 980 }])
    story.clock.advanceSeconds(60)
    const back = await lena().does(contract.primaryDecisions.takeBack, {
      ...at(patientId),
      body: { reason: 'Another patient.' },
    })
    expect(back).toMatchObject({
      standing: null,
      history: [{ decision: null, reason: 'Another patient.' }, { reason: 'The copay was misread.' }, { reason: null }],
    })
    expect(await laneOf(patientId)).toBe('hold')
    expect(
      await lena().isRefused(contract.primaryDecisions.takeBack, { ...at(patientId), body: { reason: 'Again.' } }),
    ).toMatchObject({ code: 'conflict' })
    expect(await story.other.as('lena').isRefused(contract.primaryDecisions.get, at(patientId))).toMatchObject({
      code: 'not_found',
    })
  })

  test('is held again when its minutes reach other codes than the first insurer decided on', async () => {
    const patientId = await behindEmployer(story, '10')
    await enterNotice(story, patientId, half)
    await story.look((tx) =>
      insertWork(
        tx,
        patientId,
        billed,
        { seconds: 1200, startedAt: '2026-10-29T15:00:00Z' },
        (person) => story.as(person).id,
      ),
    )
    expect(await verdictOf(patientId)).toMatchObject({
      lane: 'hold',
      cause: 'The first insurer decided on 99490 ×1; 99490 ×1 and 99439 ×1 would be billed now.',
      fixes: [{ step: 'bill_primary_first', role: 'biller' }],
    })
    expect((await firstInsurerOf(story, patientId)).lines).toHaveLength(2)
  })
})

describe('the money of a claim behind another insurer', () => {
  const claimOf = (id: string) => lena().does(contract.claims.get, { params: { id } })

  test('Medicare pays second to the cent, and what the first insurer took on is nobody’s debt', async () => {
    const patientId = await behindEmployer(story, '95')
    await enterNotice(story, patientId, half)
    const id = (await closeOctober(story)).get(patientId) ?? ''
    const { chargeCents } = await claimOf(id)
    // The plan paid 50.00 and wrote off all above 90.00, so 40.00 of the charge is open.
    expect((await claimOf(id)).openCents).toBe(4000)
    const payer = instantPayer(story)
    await sendAll(story, payer)
    expect(await claimOf(id)).toMatchObject({
      chargeCents,
      openCents: 4000,
      balance: { chargeCents: 4000, openCents: 4000 },
    })
    expect(await ledgerSums(story)).toEqual({
      other_payer: 4000 - chargeCents,
      receivable_payer: chargeCents,
      revenue: -4000,
    })
    await collect(story, payer)
    expect(await claimOf(id)).toMatchObject({
      status: 'paid',
      paidCents: 3920,
      openCents: 0,
      balance: { chargeCents: 4000, paidCents: 3920, adjustedCents: 80, patientCents: 0, openCents: 0 },
    })
    expect(await ledgerSums(story)).toEqual({ cash: 3920, revenue: -4000, sequestration: 80 })
    const { months } = await lena().does(contract.remittances.receivables, {})
    expect(months).toMatchObject([{ claims: 1, chargeCents, expectedCents: 3920, paidCents: 3920, openCents: 0 }])
  })

  test('a claim that comes back and is withdrawn owes nothing, and takes back what the first insurer took on', async () => {
    const patientId = await behindEmployer(story, '85')
    await enterNotice(story, patientId, half)
    const id = (await closeOctober(story)).get(patientId) ?? ''
    const payer = instantPayer(story)
    await sendAll(story, payer)
    await collect(story, payer)
    expect(await claimOf(id)).toMatchObject({ status: 'rejected', openCents: 4000 })
    await lena().does(contract.claims.withdraw, { params: { id }, body: { reason: 'The plan pays all of it.' } })
    expect(await ledgerSums(story)).toEqual({})
  })

  test('where the plan is bound to nothing Medicare pays what it would alone, and a denial is the open part only', async () => {
    const [bound, denied] = [await behindEmployer(story, '10'), await behindEmployer(story, '86')]
    const asked = await firstInsurerOf(story, bound)
    const chargeCents = asked.lines[0]?.chargeCents ?? 0
    // A plan that refuses the service leaves all of it to the patient.
    const body = noticeOf(asked, {})
    const refusal = body.lines.map((line) => ({
      ...line,
      adjustments: [{ group: 'PR' as const, code: '96', amountCents: chargeCents }],
    }))
    await lena().does(contract.primaryDecisions.record, { ...at(bound), body: { ...body, lines: refusal } })
    await enterNotice(story, denied, half)
    const [line] = (await verdictOf(bound)).lines
    const claims = await closeOctober(story)
    const payer = instantPayer(story)
    await sendAll(story, payer)
    await collect(story, payer)
    const paid = await claimOf(claims.get(bound) ?? '')
    expect(paid).toMatchObject({ status: 'paid', paidCents: line?.medicareCents, openCents: 0 })
    expect(paid.balance.paidCents).toBe(5847)
    expect(await claimOf(claims.get(denied) ?? '')).toMatchObject({
      status: 'denied',
      openCents: 0,
      balance: { chargeCents: 4000, paidCents: 0, adjustedCents: 4000 },
    })
  })
})

describe('after the close', () => {
  test('a decision that comes late opens a correction case, whose claim goes to Medicare second', async () => {
    const patientId = await behindEmployer(story, '10')
    expect((await closeOctober(story)).size).toBe(0)
    story.clock.advanceSeconds(60)
    await enterNotice(story, patientId, half)
    const { items } = await story.as('june').does(contract.months.corrections, { query: {} })
    expect(items).toMatchObject([
      {
        patient: { id: patientId },
        before: { lane: 'hold' },
        after: { lane: 'ready' },
        detail: 'Harbor Employee Plan decided on 2026-11-02.',
      },
    ])
    const params = { id: items[0]?.id ?? '' }
    await story
      .as('june')
      .does(contract.months.resolveCorrection, { params, body: { resolution: 'new_claim', note: 'Bill it.' } })
    expect(await lena().does(contract.claims.makeOfCase, { params })).toMatchObject({
      payerSequence: 'S',
      otherPayer: { payerId: '60054', decidedOn: '2026-11-02' },
      expectedMedicareCents: 3920,
    })
  })

  test('a correction before the claim left makes another case, and only the newest is open', async () => {
    const patientId = await behindEmployer(story, '10')
    await enterNotice(story, patientId, half)
    const claims = await closeOctober(story)
    const view = await firstInsurerOf(story, patientId)
    expect(view.whyNot).toBeNull()
    for (const patientCents of [2000, 1000]) {
      story.clock.advanceSeconds(60)
      const body = noticeOf(view, { '99490': { allowedCents: 9000, patientCents } })
      await lena().does(contract.primaryDecisions.record, { ...at(patientId), body: { ...body, reason: 'Misread.' } })
    }
    const { items, open } = await story.as('june').does(contract.months.corrections, { query: { state: 'all' } })
    expect([items.length, open]).toEqual([2, 1])
    const params = { id: items.find(({ resolved }) => resolved === null)?.id ?? '' }
    await story.as('june').does(contract.months.resolveCorrection, {
      params,
      body: { resolution: 'replace_claim', note: 'The copay was misread.' },
    })
    expect(await lena().does(contract.claims.makeOfCase, { params })).toMatchObject({
      replacesClaimId: claims.get(patientId),
      expectedMedicareCents: 980,
      otherPayer: { lines: [{ paidCents: 8000 }] },
    })
  })
})
