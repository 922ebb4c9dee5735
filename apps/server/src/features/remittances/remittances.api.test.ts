import { contract } from '@keepwell/contract'
import { read835, write999 } from '@keepwell/x12'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  billable,
  billed,
  closeOctober,
  collect,
  instantPayer,
  ledgerSums,
  sendAll,
  violations,
} from '../../../test/support/claims.ts'
import { payerEnvelope, paymentFile } from '../../../test/support/payment.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'
import { simulatorDeductibles } from '../../outside/clearinghouse/simulator-store.ts'
import { deductibleLeftOf } from '../../outside/eligibility/eligibility-simulator.ts'

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
const refusedUpload = (name: string, text: string) =>
  lena().isRefused(contract.claims.takeIn, { query: { name }, file: Buffer.from(text) })
const remittances = async () => lena().does(contract.remittances.list, { query: {} })
const denials = async (state: 'open' | 'resolved' = 'open') => lena().does(contract.denials.list, { query: { state } })

/** Claims of patients with these endings, sent; answers their ids in the same order. */
async function sent(endings: string[], change: Parameters<typeof billable>[2][] = []): Promise<string[]> {
  const patients: string[] = []
  for (const [index, ending] of endings.entries()) patients.push(await billable(story, ending, change[index]))
  const claims = await closeOctober(story)
  return patients.map((patient) => claims.get(patient) ?? '')
}

/** What the payer would leave in the mailbox, taken out by hand, oldest first. */
async function answers(): Promise<{ name: string; content: string }[]> {
  return story.look((tx) =>
    tx.db
      .selectFrom('simulator_files')
      .select(['name', 'content'])
      .where('tenant_id', '=', tx.tenantId)
      .where('direction', '=', 'from_payer')
      .orderBy('id')
      .execute(),
  )
}
const named = async (start: string, end = '.x12') => {
  const found = (await answers()).find(
    ({ name }) => name.startsWith(start) && name.endsWith(end) && (end !== '.x12' || !name.includes('-B')),
  )
  if (found === undefined) throw new Error(`the payer answered with ${start}`)
  return found.content
}

/** A payment of one claim of one line. */
function remittance(
  claim: {
    control: string
    chargeCents: number
    paidCents: number
    patient?: { family: string; given: string; memberId: string }
  },
  trace = 'HAND1',
): string {
  const off = claim.chargeCents - claim.paidCents
  return paymentFile({
    trace,
    claims: [
      {
        claimControl: claim.control,
        status: '1',
        chargeCents: claim.chargeCents,
        paidCents: claim.paidCents,
        filingCode: 'MB',
        payerClaimNumber: 'H1',
        patient: claim.patient ?? { family: 'DIAZ', given: 'ELENA', memberId: 'NOBODY' },
        lines: [
          {
            code: '99490',
            chargeCents: claim.chargeCents,
            paidCents: claim.paidCents,
            unitsPaid: 1,
            serviceOn: '2026-10-31',
            adjustments: off === 0 ? [] : [{ group: 'CO', code: '45', amountCents: off }],
          },
        ],
      },
    ],
  })
}

describe('one month, from the claims to the money', () => {
  test('is known to the cent: what is paid right, denied, underpaid, overpaid, taken back and corrected, and who owes what', async () => {
    const [right, qmb, denied, bundled, under, corrected, takenBack, over] = await sent([
      '10',
      '84',
      '81',
      '86',
      '82',
      '83',
      '80',
      '89',
    ])
    const payer = instantPayer(story, { corrected: 3600 })
    await sendAll(story, payer)
    await collect(story, payer)
    // 99490 at 13202-01 in 2026: allowed 74.57, patient 14.91, Medicare 59.66 less 2 % = 58.47; the charge is 150 %: 111.86.
    const expected = { allowed: 7457, patient: 1491, sequestration: 119, medicare: 5847, charge: 11_186 }
    const paid = await claimOf(right ?? '')
    expect(paid).toMatchObject({
      status: 'paid',
      chargeCents: expected.charge,
      expectedAllowedCents: expected.allowed,
      expectedMedicareCents: expected.medicare,
    })
    expect(paid.balance).toEqual({
      chargeCents: expected.charge,
      paidCents: expected.medicare,
      adjustedCents: expected.charge - expected.allowed + expected.sequestration,
      patientCents: expected.patient,
      movedCents: 0,
      openCents: 0,
    })
    expect(paid.lines[0]).toMatchObject({
      paidCents: expected.medicare,
      adjustments: [
        { group: 'CO', code: '253', amountCents: 119 },
        { group: 'CO', code: '45', amountCents: 3729 },
        { group: 'PR', code: '2', amountCents: 1491 },
      ],
    })
    expect(paid.ledger.map(({ kind }) => kind)).toEqual(['charge', 'payment', 'adjustment', 'patient_share'])
    expect((await claimOf(qmb ?? '')).balance).toMatchObject({
      paidCents: expected.medicare,
      patientCents: 0,
      openCents: 0,
    })
    expect(await claimOf(denied ?? '')).toMatchObject({
      status: 'denied',
      balance: { paidCents: 0, adjustedCents: expected.charge, openCents: 0 },
    })
    // 80 % allowed: 59.66, patient 11.93, 47.73 less .95 = 46.78.
    expect(await claimOf(under ?? '')).toMatchObject({ status: 'underpaid', paidCents: 4678 })
    expect(
      (await denials()).items
        .map(({ kind, claim, amountCents, adjustment, appealable, deadlineOn }) => [
          kind,
          claim.id,
          amountCents,
          adjustment?.code ?? null,
          appealable,
          deadlineOn,
        ])
        .sort(),
    ).toEqual(
      [
        ['denied', bundled, expected.charge, '97', true, '2027-03-08'],
        ['denied', denied, expected.charge, '119', true, '2027-03-08'],
        ['overpaid', over, 584, null, false, '2027-01-02'],
        ['underpaid', corrected, 1169, null, true, '2027-11-03'],
        ['underpaid', under, 1169, null, true, '2027-11-03'],
      ].sort(),
    )
    expect(await remittances()).toMatchObject({
      items: [{ status: 'posted', claimsCount: 8, unmatchedCount: 0, method: 'ACH' }],
      totals: {
        expectedCents: 8 * expected.medicare,
        paidCents: 3 * 5847 + 2 * 4678 + 6431,
        openCents: 0,
        heldCount: 0,
        unmatchedCount: 0,
      },
    })
    expect((await ledgerSums(story)).cash).toBe((await remittances()).items[0]?.amountCents)

    story.clock.advanceSeconds(3600)
    await collect(story, payer)
    expect(await claimOf(corrected ?? '')).toMatchObject({
      status: 'paid',
      paidCents: expected.medicare,
      balance: paid.balance,
    })
    expect(await claimOf(takenBack ?? '')).toMatchObject({
      status: 'reversed',
      balance: { paidCents: 0, adjustedCents: 0, patientCents: 0, openCents: expected.charge },
    })
    const [second] = (await remittances()).items
    // Corrected 58.47 - 46.78, taken back 58.47, 5.84 recouped: less than nothing, so the debt is carried on.
    expect(second).toMatchObject({
      amountCents: 0,
      method: 'NON',
      claimsCents: 5847 - 4678 - 5847,
      providerAdjustmentCents: 5847 - 4678 - 5847,
    })
    const detail = await lena().does(contract.remittances.get, { params: { id: second?.id ?? '' } })
    expect(detail.providerAdjustments.map(({ code, amountCents }) => [code, amountCents])).toEqual([
      ['WO', 584],
      ['FB', -5262],
    ])
    expect(
      detail.claims.map(({ kind, matchedBy, paidCents, differenceCents }) => [
        kind,
        matchedBy,
        paidCents,
        differenceCents,
      ]),
    ).toEqual([
      ['reversal', 'control_number', -4678, null],
      ['payment', 'control_number', 5847, 0],
      ['reversal', 'control_number', -5847, null],
    ])
    expect(await ledgerSums(story)).toMatchObject({
      revenue: -8 * expected.charge,
      cash: (await remittances()).items.reduce((sum, one) => sum + one.amountCents, 0),
      receivable_payer: expected.charge,
    })
    expect((await denials('resolved')).items).toMatchObject([
      { claim: { id: corrected }, resolution: { text: 'The payer took the decision back.', by: { name: 'Keepwell' } } },
    ])
  })

  test('reversal and correction leave exactly what the correction alone would, in whatever order the two payments come', async () => {
    const [id] = await sent(['83'])
    await sendAll(story, instantPayer(story))
    const [first, second] = [await named('835-'), await named('835-', '-B.x12')]
    const early = await upload('second.835', second)
    expect(early).toMatchObject({
      claimsChanged: 1,
      unknownClaims: [{ sentence: expect.stringContaining('takes back a decision') }],
    })
    expect(await violations(story)).toEqual([])
    expect((await ledgerSums(story)).unapplied).toBe(4678)
    await upload('first.835', first)
    const claim = await claimOf(id ?? '')
    expect(claim).toMatchObject({
      status: 'paid',
      paidCents: 5847,
      balance: { paidCents: 5847, adjustedCents: 3848, patientCents: 1491, openCents: 0 },
    })
    expect((await ledgerSums(story)).unapplied).toBeUndefined()
    expect((await denials()).items).toEqual([])
    expect((await remittances()).totals).toMatchObject({ paidCents: 5847, unmatchedCount: 0 })
  })
})

describe('never twice', () => {
  test('the same file, and the same payment in another file, change nothing and say so', async () => {
    const [id] = await sent(['10'])
    await sendAll(story, instantPayer(story))
    const text = await named('835-')
    const first = await upload('payment.835', text)
    expect(first).toMatchObject({ alreadyKnown: false, claimsChanged: 1, file: { kind: '835', outcome: 'posted' } })
    const before = await ledgerSums(story)
    expect(await upload('payment again.835', text)).toMatchObject({
      alreadyKnown: true,
      claimsChanged: 0,
      remittanceIds: first.remittanceIds,
    })
    const otherEnvelope = text.replaceAll('000000011', '000004711')
    const copy = await upload('copy.835', otherEnvelope)
    expect(copy).toMatchObject({
      alreadyKnown: true,
      claimsChanged: 0,
      remittanceIds: first.remittanceIds,
      file: { outcome: 'taken', sentences: [expect.stringContaining('was posted before')] },
    })
    // The same number, day and amount with another content is an alarm, not a payment.
    const changed = await upload(
      'changed.835',
      text.replace('SIMULATOR WAY', 'OTHER WAY').replace('DIAZ*ELENA', 'DIAS*ELENA'),
    )
    expect(changed).toMatchObject({
      alreadyKnown: false,
      claimsChanged: 0,
      file: { outcome: 'held', sentences: [expect.stringContaining('other content')] },
    })
    expect(await ledgerSums(story)).toEqual(before)
    expect((await claimOf(id ?? '')).ledger).toHaveLength(4)
    // The same decision in a payment of another number waits for a person, and the money still ties.
    const reissued = await upload('reissued.835', text.replace(/TRN\*1\*\w+/, 'TRN*1*REISSUED'))
    expect(reissued).toMatchObject({
      claimsChanged: 0,
      unknownClaims: [{ sentence: expect.stringContaining('was decided before') }],
    })
    expect((await story.auditOf('x12.taken_in')).length).toBe(5)
  })
})

describe('what is not whole or not ours', () => {
  test('a file that is cut off or out of balance posts nothing and is held with the reason; the whole one posts later', async () => {
    const [id] = await sent(['10'])
    await sendAll(story, instantPayer(story))
    const text = await named('835-')
    const cut = await upload('cut.835', text.slice(0, Math.floor(text.length * 0.6)))
    expect(cut).toMatchObject({
      claimsChanged: 0,
      file: {
        outcome: 'held',
        sentences: [expect.stringMatching(/held, nothing of it was posted\. The file is cut off/)],
      },
    })
    const off = await upload(
      'off.835',
      text.replace(/BPR\*I\*[\d.]+/, 'BPR*I*58.49').replace(/TRN\*1\*\w+/, 'TRN*1*OTHER'),
    )
    expect(off.file.sentences.join(' ')).toContain('$0.02 is unexplained')
    expect(await claimOf(id ?? '')).toMatchObject({ status: 'sent', ledger: [{ kind: 'charge' }] })
    const held = await lena().does(contract.remittances.list, { query: { status: 'held' } })
    expect(held.items).toHaveLength(2)
    expect(held.totals).toMatchObject({ heldCount: 2, paidCents: 0 })
    const detail = await lena().does(contract.remittances.get, { params: { id: off.remittanceIds[0] ?? '' } })
    expect(detail).toMatchObject({
      status: 'held',
      balance: { ok: false, differenceCents: 2 },
      claims: [{ claim: null, candidates: [] }],
    })
    expect(
      await lena().isRefused(contract.remittances.match, {
        params: { id: detail.claims[0]?.id ?? '' },
        body: { claimId: id ?? '', reason: 'x' },
      }),
    ).toMatchObject({ code: 'conflict' })
    const cut999 = await upload('cut.999', (await named('999-')).split('SE*')[0] ?? '')
    expect(cut999).toMatchObject({ file: { kind: '999', outcome: 'held' }, claimsChanged: 0 })
    expect(await upload('whole.835', text)).toMatchObject({ claimsChanged: 1, file: { outcome: 'posted' } })
    expect((await remittances()).totals).toMatchObject({ heldCount: 1, paidCents: 5847 })
  })

  test('a claim of nobody is reported and waits with its money, until Lena says which claim it is', async () => {
    const [id, other] = await sent(['10', '11'])
    await sendAll(story, instantPayer(story))
    const claim = await claimOf(id ?? '')
    const memberId = (
      await story.look((tx) =>
        tx.db
          .selectFrom('claims')
          .select('subscriber')
          .where('tenant_id', '=', tx.tenantId)
          .where('id', '=', claim.id)
          .executeTakeFirstOrThrow(),
      )
    ).subscriber as { mbi: string }
    const taken = await upload(
      'strange.835',
      remittance({
        control: 'NOTOURS',
        chargeCents: claim.chargeCents,
        paidCents: 5847,
        patient: { family: 'DIAZ', given: 'ELENA', memberId: memberId.mbi },
      }),
    )
    expect(taken).toMatchObject({
      claimsChanged: 0,
      unknownClaims: [{ controlNumber: 'NOTOURS', sentence: 'Claim NOTOURS of the payment is none that we know.' }],
    })
    expect(await ledgerSums(story)).toMatchObject({ cash: 5847, unapplied: -5847 })
    const remittanceId = taken.remittanceIds[0] ?? ''
    const [waiting] = (await lena().does(contract.remittances.get, { params: { id: remittanceId } })).claims
    expect(waiting?.candidates[0]).toMatchObject({
      claimId: id,
      why: expect.stringMatching(/Medicare number, name, day of service, code and charge/),
    })
    const match = { params: { id: waiting?.id ?? '' } }
    expect(
      await lena().isRefused(contract.remittances.match, { ...match, body: { claimId: newId(), reason: 'x' } }),
    ).toMatchObject({ code: 'claim_unknown' })
    expect(
      await lena().isRefused(contract.remittances.match, {
        params: { id: newId() },
        body: { claimId: other ?? '', reason: 'x' },
      }),
    ).toMatchObject({ code: 'not_found' })
    expect(
      await story.other
        .as('lena')
        .isRefused(contract.remittances.match, { ...match, body: { claimId: other ?? '', reason: 'x' } }),
    ).toMatchObject({ code: 'not_found' })
    expect(
      await story
        .as('june')
        .isRefused(contract.remittances.match, { ...match, body: { claimId: id ?? '', reason: 'x' } }),
    ).toMatchObject({ code: 'forbidden' })
    const body = { claimId: id ?? '', reason: 'The number and the day fit.' }
    const matched = await lena().does(contract.remittances.match, { ...match, body }, { key: 'm' })
    expect(await lena().does(contract.remittances.match, { ...match, body }, { key: 'm' })).toEqual(matched)
    expect(matched).toMatchObject({ unmatchedCount: 0, claims: [{ matchedBy: 'person', claim: { id } }] })
    expect(await claimOf(id ?? '')).toMatchObject({ status: 'paid', paidCents: 5847, payerClaimNumber: 'H1' })
    expect(await ledgerSums(story)).not.toHaveProperty('unapplied')
    expect(await lena().isRefused(contract.remittances.match, { ...match, body })).toMatchObject({ code: 'conflict' })
    expect((await story.auditOf('remittance.matched')).filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    // A payment for a claim that never left us is no payment for it.
    expect(
      await upload('second.835', remittance({ control: 'KW', chargeCents: 100, paidCents: 100 }, 'HAND2')),
    ).toMatchObject({ unknownClaims: [{ controlNumber: 'KW' }] })
  })

  test('what is no answer of a payer is refused with what it is, and nothing is kept', async () => {
    const [id] = await sent(['10'])
    const batch = await lena().does(contract.claims.batch, { body: {} })
    expect(await refusedUpload('letter.835', '%PDF-1.7 not a remittance')).toMatchObject({
      code: 'unreadable_file',
      detail: expect.stringContaining('a PDF document'),
    })
    expect(await refusedUpload('empty.835', '')).toMatchObject({ code: 'unreadable_file' })
    const own = await lena().call(contract.claims.fileContent, { params: { id: batch.fileId } })
    expect(await refusedUpload('claims.835', own.raw.payload)).toMatchObject({
      code: 'file_type_mismatch',
      detail: expect.stringContaining('837P'),
    })
    const stranger = write999({
      envelope: payerEnvelope,
      setControl: 1,
      functionalCode: 'HC',
      groupControl: '4711',
      version: '005010X222A1',
      sets: [{ type: '837', control: '0001', version: '005010X222A1', code: 'R' }],
    })
    expect(await upload('stranger.999', stranger)).toMatchObject({
      claimsChanged: 0,
      file: { kind: '999', outcome: 'held', sentences: ['The 999 answers group HC 4711, which is none of ours.'] },
    })
    expect(
      (await lena().does(contract.claims.files, { query: { direction: 'in' } })).items.map(({ outcome }) => outcome),
    ).toEqual(['held'])
    expect(await claimOf(id ?? '')).toMatchObject({ status: 'batched' })
    expect(
      await story.as('june').isRefused(contract.claims.takeIn, { query: { name: 'x' }, file: Buffer.from('x') }),
    ).toMatchObject({ code: 'forbidden' })
    // A payment names a claim that has not left.
    const claim = await claimOf(id ?? '')
    expect(
      await upload(
        'early.835',
        remittance({ control: claim.controlNumber.toLowerCase(), chargeCents: claim.chargeCents, paidCents: 5847 }),
      ),
    ).toMatchObject({ unknownClaims: [{ sentence: expect.stringContaining('has not left us') }] })
  })

  test("the payer's truncated file is held by the worker, and its whole copy posted", async () => {
    const [id] = await sent(['10'], [{ patient: { family: 'Truncated' } }])
    const payer = instantPayer(story)
    await sendAll(story, payer)
    await collect(story, payer)
    await collect(story, payer)
    expect((await remittances()).items.map(({ status }) => status).sort()).toEqual(['held', 'posted'])
    expect(await claimOf(id ?? '')).toMatchObject({ status: 'paid' })
    expect((await remittances()).totals.heldCount).toBe(0)
  })
})

test('Lena closes a denial with how it ended, once; others see only their own', async () => {
  await sent(['90', '10'])
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  const page = await denials()
  expect(page).toMatchObject({
    items: [
      {
        kind: 'denied',
        code: '99490',
        adjustment: { group: 'CO', code: '24' },
        appealable: false,
        deadlineOn: '2027-10-31',
        ownerRole: 'biller',
        claim: { month: billed },
      },
    ],
    byCause: [{ count: 1, amountCents: 11_186 }],
  })
  const params = { id: page.items[0]?.id ?? '' }
  expect(
    await story.other.as('lena').isRefused(contract.denials.resolve, { params, body: { resolution: 'x' } }),
  ).toMatchObject({ code: 'not_found' })
  expect(
    await story.as('june').isRefused(contract.denials.resolve, { params, body: { resolution: 'x' } }),
  ).toMatchObject({ code: 'forbidden' })
  const done = await lena().does(
    contract.denials.resolve,
    { params, body: { resolution: 'Sent to the plan.' } },
    { key: 'd' },
  )
  expect(
    await lena().does(contract.denials.resolve, { params, body: { resolution: 'Sent to the plan.' } }, { key: 'd' }),
  ).toEqual(done)
  expect(done.resolution).toMatchObject({ text: 'Sent to the plan.', by: { name: 'Lena Weiss' } })
  expect(await lena().isRefused(contract.denials.resolve, { params, body: { resolution: 'Again' } })).toMatchObject({
    code: 'conflict',
  })
  expect(
    await lena().isRefused(contract.denials.resolve, { params: { id: newId() }, body: { resolution: 'x' } }),
  ).toMatchObject({ code: 'not_found' })
  expect([(await denials()).items.length, (await denials('resolved')).items.length]).toEqual([0, 1])
  expect((await story.auditOf('denial.resolved')).filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
  expect(await lena().isRefused(contract.remittances.get, { params: { id: newId() } })).toMatchObject({
    code: 'not_found',
  })
})

test('what is owed stands by its age, the first pass is counted, and each figure has its list', async () => {
  const [right, denied] = await sent(['10', '81', '85', '82'])
  const payer = instantPayer(story)
  const before = await lena().does(contract.remittances.receivables, {})
  expect(before.filing.map(({ bucket, claims }) => [bucket, claims])).toEqual([
    ['late', 0],
    ['days_30', 0],
    ['days_60', 0],
    ['days_90', 0],
    ['later', 4],
  ])
  expect(before).toMatchObject({ daysInReceivables: null, firstPass: { rate: null } })
  await sendAll(story, payer)
  const open = await lena().does(contract.remittances.receivables, {})
  expect(open.ageing[0]).toEqual({ bucket: '0_30', claims: 4, payerCents: 4 * 11_186, patientCents: 0 })
  // Four charges in ninety days, all of them still open: ninety days of charges.
  expect(open.daysInReceivables).toBe(90)
  await collect(story, payer)
  const after = await lena().does(contract.remittances.receivables, {})
  // Paid and underpaid at the first try; denied and refused not.
  expect(after.firstPass).toEqual({ decided: 3, paid: 2, rate: 2 / 3 })
  expect(after.ageing[0]).toMatchObject({ claims: 1, payerCents: 11_186, patientCents: 1491 + 1193 })
  expect(after.months).toMatchObject([
    { month: billed, claims: 4, chargeCents: 4 * 11_186, paidCents: 5847 + 4678, deniedCents: 11_186, unsent: 1 },
  ])
  // Every cent of the charges stands in one place, before and after the payer has decided.
  for (const month of [...open.months, ...after.months]) {
    expect(
      month.firstInsurerCents +
        month.contractualCents +
        month.sequestrationCents +
        month.deniedCents +
        month.otherCents +
        month.patientCents +
        month.paidCents +
        month.openCents,
    ).toBe(month.chargeCents)
  }
  expect(after.causes.map(({ count, amountCents, open }) => [count, amountCents, open])).toEqual([
    [1, 11_186, 1],
    [1, 1169, 1],
  ])
  const listed = async (query: { age?: '0_30' | '31_60'; filing?: 'later' | 'days_30' }) =>
    (await lena().does(contract.claims.list, { query })).items
  expect(await listed({ age: '0_30' })).toMatchObject([{ status: 'rejected' }])
  expect(await listed({ filing: 'later' })).toMatchObject([{ status: 'rejected' }])
  expect(await listed({ filing: 'days_30' })).toEqual([])
  story.clock.set('2027-01-04T15:00:00Z')
  expect((await lena().does(contract.remittances.receivables, {})).ageing.map(({ claims }) => claims)).toEqual([
    0, 0, 1, 0, 0,
  ])
  story.clock.set('2027-10-15T15:00:00Z')
  expect(await listed({ filing: 'days_30' })).toHaveLength(1)
  const clock = await story.as('lena').does(contract.claims.filing, {})
  expect(clock.items.find(({ bucket }) => bucket === 'days_30')).toMatchObject({ claims: 1 })
  expect([right, denied].every((id) => id !== undefined)).toBe(true)
  expect(await story.as('june').does(contract.remittances.receivables, {})).toMatchObject({ asOf: '2027-10-15' })
  expect((await story.other.as('lena').does(contract.remittances.receivables, {})).payerCents).toBe(0)
})

test('a claim that the payer forwarded says so: the supplement has it, and no second bill is due', async () => {
  const [id] = await sent(['76'])
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  expect(await claimOf(id ?? '')).toMatchObject({ status: 'paid', forwardedTo: 'RIVERVIEW MEDIGAP', paidCents: 5847 })
})

test('the deductible that a payment took is gone for the next question about coverage', async () => {
  const mbi = '1S00A00AA12'
  const patient = await billable(story, '12', { patient: { mbi } })
  const claim = (await closeOctober(story)).get(patient) ?? ''
  const payer = instantPayer(story, {}, true)
  await sendAll(story, payer)
  await collect(story, payer)
  // A quarter of 283.00 was open in October: 70.75 of the 74.57 are the patient's, and 20 % of the rest.
  expect(await claimOf(claim)).toMatchObject({ status: 'underpaid', paidCents: 300, balance: { patientCents: 7151 } })
  expect((await denials()).items).toMatchObject([{ cause: expect.stringContaining('deductible') }])
  const book = simulatorDeductibles(story.database, async () => story.tenantId)
  const taken = await book.taken([{ memberId: mbi, year: '2026' }], story.clock.now())
  expect(taken.get(`${mbi} 2026`)).toBe(7075)
  expect(deductibleLeftOf(mbi, '2026-10-31')).toBe(7075)
  expect(deductibleLeftOf(mbi, '2026-10-31', 7075)).toBe(0)
})

test("the simulator's own files are sound: each 835 balances, whatever it says", async () => {
  await sent(['10', '80', '81', '82', '83', '84', '86', '88', '89', '92', '95', '96'])
  await sendAll(story, instantPayer(story))
  for (const { content } of (await answers()).filter(({ name }) => name.startsWith('835'))) {
    expect(read835(content).transactions.map(({ postable, holdReasons }) => [postable, holdReasons])).toEqual([
      [true, []],
    ])
  }
})

test("a difference within the payer's own threshold is paid and opens nothing; another payer's threshold is not its", async () => {
  await story.setPolicy('remittance.variance_by_payer', [
    { payerId: '60054', cents: 0 },
    { payerId: '13202', cents: 1169 },
  ])
  const [short] = await sent(['82'])
  const payer = instantPayer(story)
  await sendAll(story, payer)
  await collect(story, payer)
  expect(await claimOf(short ?? '')).toMatchObject({ status: 'paid', paidCents: 4678 })
  expect((await denials()).items).toEqual([])
})

test('each payer is named once among the thresholds', async () => {
  const set = (cents: number[]) =>
    story.as('june').call(contract.clinics.setPolicy, {
      params: { key: 'remittance.variance_by_payer' },
      body: {
        value: cents.map((one) => ({ payerId: '13202', cents: one })),
        fromOn: '2026-11-03',
        reason: 'The contractor rounds.',
      },
    })
  expect((await set([5, 6])).problem).toMatchObject({ code: 'invalid_input', detail: expect.stringContaining('once') })
  expect((await set([5])).problem).toBeNull()
})
