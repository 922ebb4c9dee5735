import { contract } from '@keepwell/contract'
import { read837P } from '@keepwell/x12'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  billable,
  billed,
  closeOctober,
  collect,
  instantPayer,
  sendAll,
  violations,
} from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'
import { type ClaimDrop, UnclearDelivery } from '../../outside/clearinghouse/claim-drop.ts'
import { sendDueBatch } from './index.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const lena = () => story.as('lena')
const claimOf = async (id: string) => lena().does(contract.claims.get, { params: { id } })
const idOf = (claims: Map<string, string>, patientId: string): string => {
  const id = claims.get(patientId)
  if (id === undefined) throw new Error('the patient has a claim')
  return id
}
const later = (seconds: number) => story.clock.advanceSeconds(seconds)
const send = (drop: ClaimDrop) =>
  sendDueBatch(story.look, { drops: { sftp: null, simulator: drop } }, story.clock.now())

/** A mailbox in memory, as a test wants it to behave. */
function mailbox(change: Partial<ClaimDrop> = {}): ClaimDrop & { files: Map<string, string>; puts: number } {
  const files = new Map<string, string>()
  const box = {
    name: 'test mailbox',
    pauseSeconds: 0,
    files,
    puts: 0,
    async put(name: string, content: string) {
      box.puts++
      const alreadyThere = files.get(name) === content
      files.set(name, content)
      return { alreadyThere }
    },
    find: async (name: string) => (files.has(name) ? ('there' as const) : ('unknown' as const)),
    collect: async () => [],
    taken: async () => {},
    ...change,
  }
  return box
}

describe('a batch of claims', () => {
  test('Lena sees what it would hold, makes it, and its 837P reads back to the same claims', async () => {
    const diaz = await billable(story, '10')
    await billable(story, '11', { patient: { family: 'O’Neil', given: 'José' }, work: [{ seconds: 3600 }] })
    const claims = await closeOctober(story)
    const preview = await lena().does(contract.claims.preview, { body: { month: billed } })
    expect(preview).toMatchObject({ claimsCount: 2, faulty: [], channel: 'download', undoSeconds: 900 })
    expect(preview.expectedMedicareCents).toBeGreaterThan(0)
    const batch = await lena().does(contract.claims.batch, { body: {} })
    expect(batch).toMatchObject({
      number: 'B000001',
      status: 'waiting',
      claimsCount: 2,
      chargeCents: preview.chargeCents,
      interchangeControl: '000000001',
      fileName: '837P-KEEPWELL1-000000001.x12',
      createdBy: { name: 'Lena Weiss' },
    })
    const file = await story.as('lena').call(contract.claims.fileContent, { params: { id: batch.fileId } })
    const [read] = read837P(file.raw.payload).batches
    expect(read?.billing[0]?.provider).toMatchObject({
      organization: 'RIVERSIDE FAMILY MEDICINE',
      npi: '1972534865',
      taxId: '123456789',
    })
    expect(
      read?.billing[0]?.claims.map(({ subscriber, rendering }) => [
        subscriber.family,
        subscriber.given,
        rendering?.family,
        rendering?.given,
        rendering?.npi,
      ]),
    ).toEqual([
      ['DIAZ', 'ELENA', 'OKAFOR', 'ADA', '1234567893'],
      ["O'NEIL", 'JOSE', 'OKAFOR', 'ADA', '1234567893'],
    ])
    expect(read?.totals.chargeCents).toBe(batch.chargeCents)
    expect(await claimOf(idOf(claims, diaz))).toMatchObject({
      status: 'batched',
      batchId: batch.id,
      last: { sentence: 'Put into batch B000001.' },
      balance: { openCents: expect.any(Number) },
    })
    expect((await story.auditOf('batch.made')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: { number: 'B000001', claims: 2, leftOut: 0 },
    })
    const list = await lena().does(contract.claims.list, { query: { status: 'batched', limit: 1 } })
    expect(list.items).toHaveLength(1)
    expect(list.counts).toEqual([{ status: 'batched', count: 2, chargeCents: batch.chargeCents }])
    const next = await lena().does(contract.claims.list, {
      query: { status: 'batched', limit: 1, cursor: list.nextCursor ?? '' },
    })
    expect([next.items.length, next.nextCursor, next.items[0]?.id === list.items[0]?.id]).toEqual([1, null, false])
  })

  test('one key makes one batch, and a second batch finds nothing ready', async () => {
    await billable(story, '10')
    await closeOctober(story)
    const first = await lena().does(contract.claims.batch, { body: {} }, { key: 'one' })
    expect(await lena().does(contract.claims.batch, { body: {} }, { key: 'one' })).toEqual(first)
    expect(await lena().isRefused(contract.claims.batch, { body: {} })).toMatchObject({
      code: 'claim_not_ready',
      detail: 'No claim is ready to be sent.',
    })
    expect(await lena().does(contract.claims.preview, { body: {} })).toMatchObject({
      claims: [],
      claimsCount: 0,
      chargeCents: 0,
      faulty: [],
    })
    expect((await story.auditOf('batch.previewed')).at(-1)).toMatchObject({ detail: { claims: 0, faulty: 0 } })
    expect((await lena().does(contract.claims.batches, { query: {} })).items).toHaveLength(1)
  })

  test('can be taken back inside its window, and its claims go into another one under fresh control numbers', async () => {
    const diaz = await billable(story, '10')
    const claims = await closeOctober(story)
    const batch = await lena().does(contract.claims.batch, { body: {} })
    later(899)
    expect(await lena().does(contract.claims.undo, { params: { id: batch.id } })).toMatchObject({ status: 'undone' })
    expect(await claimOf(idOf(claims, diaz))).toMatchObject({ status: 'ready', batchId: null, ledger: [] })
    expect(await lena().isRefused(contract.claims.undo, { params: { id: batch.id } })).toMatchObject({
      code: 'undo_window_over',
    })
    expect(await lena().isRefused(contract.claims.download, { params: { id: batch.id } })).toMatchObject({
      code: 'undo_window_over',
    })
    expect(await lena().isRefused(contract.claims.sendNow, { params: { id: batch.id } })).toMatchObject({
      code: 'undo_window_over',
    })
    const again = await lena().does(contract.claims.batch, { body: { claimIds: [idOf(claims, diaz)] } })
    expect(again).toMatchObject({ number: 'B000002', interchangeControl: '000000002' })
    later(900)
    expect(await lena().isRefused(contract.claims.undo, { params: { id: again.id } })).toMatchObject({
      code: 'undo_window_over',
      detail: expect.stringContaining('undo window'),
    })
  })

  test('counts as sent when Lena downloads it: the charge is booked once, and a second download changes nothing', async () => {
    const diaz = await billable(story, '10')
    const claims = await closeOctober(story)
    const batch = await lena().does(contract.claims.batch, { body: {} })
    const first = await lena().call(contract.claims.download, { params: { id: batch.id } })
    expect(first.raw.payload.startsWith('ISA*')).toBe(true)
    const sent = await lena().does(contract.claims.getBatch, { params: { id: batch.id } })
    expect(sent).toMatchObject({ status: 'sent', receipt: 'Downloaded', claims: [{ status: 'sent' }], answers: [] })
    const second = await lena().call(contract.claims.download, { params: { id: batch.id } })
    expect(second.raw.payload).toBe(first.raw.payload)
    const claim = await claimOf(idOf(claims, diaz))
    expect(claim.ledger.map(({ kind }) => kind)).toEqual(['charge'])
    expect(claim.balance).toEqual({
      chargeCents: claim.chargeCents,
      paidCents: 0,
      adjustedCents: 0,
      patientCents: 0,
      movedCents: 0,
      openCents: claim.chargeCents,
    })
    expect(await lena().isRefused(contract.claims.sendNow, { params: { id: batch.id } })).toMatchObject({
      code: 'undo_window_over',
    })
    expect(
      await lena().isRefused(contract.claims.withdraw, { params: { id: claim.id }, body: { reason: 'Too late' } }),
    ).toMatchObject({ code: 'claim_already_sent' })
    expect(await lena().isRefused(contract.claims.batch, { body: { claimIds: [claim.id] } })).toMatchObject({
      code: 'claim_already_sent',
      faults: [{ path: claim.controlNumber }],
    })
  })

  test('the rule book speaks before a claim leaves: a death that became known, a charge below the schedule', async () => {
    const dead = await billable(story, '10')
    const cheap = await billable(story, '11')
    const claims = await closeOctober(story)
    await story.look(async (tx) => {
      await sql`update patients set deceased = true, died_on = '2026-10-20' where tenant_id = ${tx.tenantId} and id = ${dead}`.execute(
        tx.db,
      )
      await sql`update claim_lines set expected_allowed_cents = charge_cents + 1 where tenant_id = ${tx.tenantId} and claim_id = ${idOf(claims, cheap)}`.execute(
        tx.db,
      )
    })
    const preview = await lena().does(contract.claims.preview, { body: {} })
    expect(preview.claimsCount).toBe(1)
    expect(
      preview.faulty.map(({ claim, findings }) => [
        claim.id,
        findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
      ]),
    ).toEqual([[idOf(claims, dead), ['date_after_death']]])
    expect(await lena().isRefused(contract.claims.batch, { body: { claimIds: [idOf(claims, dead)] } })).toMatchObject({
      code: 'claim_faulty',
      faults: [{ message: expect.stringContaining('lies after the death on 2026-10-20') }],
    })
  })

  test('a month under a hospice election leaves with its modifier, and the payer pays it', async () => {
    const patientId = await billable(story, '92', {
      coverages: [
        { kind: 'medicare_part_b', from: '2015-01-01', to: null },
        { kind: 'hospice', from: '2026-10-01', to: null },
      ],
    })
    await lena().does(contract.months.choose, {
      params: { month: billed, patientId },
      body: { hospiceCare: 'unrelated', reason: 'Dr Okafor: heart failure only.' },
    })
    const [id = ''] = (await closeOctober(story)).values()
    const drop = instantPayer(story)
    await sendAll(story, drop)
    expect((await claimOf(id)).lines).toMatchObject([{ code: '99490', modifiers: ['GW'] }])
    await collect(story, drop)
    expect(await claimOf(id)).toMatchObject({ status: 'paid', balance: { openCents: 0 } })
  })

  test('one diagnosis holds a claim, unless the clinic lets one pass', async () => {
    await billable(story, '10', { attestation: { codes: ['I12.9'] } })
    await story.setPolicy('policy.second_diagnosis', 'warn')
    const [id] = (await closeOctober(story)).values()
    expect((await lena().does(contract.claims.preview, { body: {} })).claimsCount).toBe(1)
    await story.setPolicy('policy.second_diagnosis', 'block')
    const { faulty } = await lena().does(contract.claims.preview, { body: {} })
    expect(faulty.map((one) => [one.claim.id, one.findings.map(({ code }) => code)])).toEqual([
      [id, expect.arrayContaining(['two_diagnoses'])],
    ])
  })

  test('names each fault of each claim: a patient without a Medicare number, the same service twice', async () => {
    await billable(story, '10')
    const without = await billable(story, '11', { patient: { mbi: null, family: 'Ames' } })
    const twin = { patient: { mbi: '1S00A00AA11' } }
    await billable(story, '11', twin)
    await billable(story, '11', twin)
    const claims = await closeOctober(story)
    const preview = await lena().does(contract.claims.preview, { body: {} })
    expect(preview.claimsCount).toBe(2)
    expect(
      preview.faulty.map(({ claim, findings }) => [
        claim.patient.name,
        findings.filter(({ severity }) => severity === 'error')[0]?.loop,
      ]),
    ).toEqual(expect.arrayContaining([['Elena Ames', '2010BA']]))
    expect(preview.faulty).toHaveLength(2)
    const refused = await lena().isRefused(contract.claims.batch, { body: { claimIds: [idOf(claims, without)] } })
    expect(refused.code).toBe('claim_faulty')
    expect(refused.faults?.[0]?.path).toMatch(/^KW\w+ 2010BA NM109/)
    const batch = await lena().does(contract.claims.batch, { body: {} })
    expect(batch.claimsCount).toBe(2)
    expect(await lena().isRefused(contract.claims.batch, { body: {} })).toMatchObject({ code: 'claim_faulty' })
    await lena().call(contract.claims.download, { params: { id: batch.id } })
    const left = await lena()
      .does(contract.claims.preview, { body: {} })
      .catch(() => null)
    expect(left?.faulty.flatMap(({ findings }) => findings.map(({ code }) => code))).toContain('service_sent_before')
  })

  test('is not made while the clinic lacks identifiers, a practitioner an NPI, or a made-up number would go to a real payer', async () => {
    await billable(story, '10')
    await closeOctober(story)
    const parties = {
      submitterId: 'KEEPWELL1',
      submitterContact: 'Lena Weiss',
      submitterPhone: '2125550100',
      receiverId: '13202',
      receiverName: 'NGS MEDICARE',
      payerId: '13202',
      payerName: 'NGS MEDICARE PART B',
    }
    later(60)
    await story.setPolicy('claim.parties', { ...parties, usage: 'P' })
    expect(await lena().isRefused(contract.claims.batch, { body: {} })).toMatchObject({
      code: 'claim_faulty',
      faults: [{ path: expect.stringContaining('NM109') }],
    })
    later(60)
    await story.setPolicy('claim.parties', { ...parties, usage: 'T' })
    await story.look((tx) =>
      tx.db
        .updateTable('staff')
        .set({ npi: null })
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', story.as('okafor').id)
        .execute(),
    )
    expect(await lena().isRefused(contract.claims.batch, { body: {} })).toMatchObject({
      code: 'claim_faulty',
      faults: [{ path: expect.stringContaining('2310B') }],
    })
    await story.look((tx) =>
      tx.db.updateTable('clinics').set({ npi: null, tax_id: null }).where('tenant_id', '=', tx.tenantId).execute(),
    )
    const refused = await lena().isRefused(contract.claims.preview, { body: {} })
    expect([refused.code, refused.faults?.map(({ path }) => path)]).toEqual([
      'claim_not_ready',
      ['clinic.npi', 'clinic.taxId'],
    ])
  })
})

describe('sending by itself', () => {
  test('leaves when the window is over, once, with a receipt and an audit event', async () => {
    await billable(story, '10')
    await closeOctober(story)
    await story.setPolicy('claim.channel', 'simulator')
    const batch = await lena().does(contract.claims.batch, { body: {} })
    const box = mailbox()
    later(899)
    expect(await send(box)).toBe(false)
    later(1)
    expect([await send(box), await send(box), box.puts]).toEqual([true, false, 1])
    expect(await lena().does(contract.claims.getBatch, { params: { id: batch.id } })).toMatchObject({
      status: 'sent',
      receipt: `test mailbox: ${batch.fileName}`,
      claims: [{ status: 'sent', openCents: batch.chargeCents }],
    })
    expect((await story.auditOf('batch.sent')).at(-1)).toMatchObject({ outcome: 'done', actor_id: null })
  })

  test('goes at once when Lena says so', async () => {
    await billable(story, '10')
    await closeOctober(story)
    await story.setPolicy('claim.channel', 'simulator')
    const batch = await lena().does(contract.claims.batch, { body: {} })
    await lena().does(contract.claims.sendNow, { params: { id: batch.id } })
    expect(await send(mailbox())).toBe(true)
  })

  test('a mailbox that fails is tried again with growing pauses, and after five times a person has to look', async () => {
    await billable(story, '10')
    await closeOctober(story)
    await story.setPolicy('claim.channel', 'simulator')
    const batch = await lena().does(contract.claims.batch, { body: {} })
    const broken = mailbox({
      put: async () => {
        throw new Error('The mailbox is full.')
      },
    })
    later(900)
    for (const pause of [60, 120, 240, 480]) {
      expect(await send(broken)).toBe(true)
      later(pause - 1)
      expect(await send(broken)).toBe(false)
      later(1)
    }
    expect(await send(broken)).toBe(true)
    expect(await lena().does(contract.claims.getBatch, { params: { id: batch.id } })).toMatchObject({
      status: 'failed',
      lastError: 'The mailbox is full.',
      claims: [{ status: 'batched' }],
    })
    later(86_400)
    expect(await send(broken)).toBe(false)
    await lena().does(contract.claims.sendNow, { params: { id: batch.id } })
    const box = mailbox()
    await send(box)
    expect([box.puts, (await lena().does(contract.claims.getBatch, { params: { id: batch.id } })).status]).toEqual([
      1,
      'sent',
    ])
  })

  test('a crash after the upload and before the record sends nothing twice', async () => {
    await billable(story, '10')
    const claims = await closeOctober(story)
    await story.setPolicy('claim.channel', 'simulator')
    await lena().does(contract.claims.batch, { body: {} })
    const payer = instantPayer(story)
    later(900)
    let steps = 0
    const dying = <T>(work: Parameters<typeof story.look<T>>[0]): Promise<T> =>
      ++steps > 1 ? Promise.reject(new Error('killed')) : story.look(work)
    await expect(sendDueBatch(dying, { drops: { sftp: null, simulator: payer } }, story.clock.now())).rejects.toThrow(
      'killed',
    )
    expect(await send(payer)).toBe(false)
    later(180)
    expect(await send(payer)).toBe(true)
    const [id] = [...claims.values()]
    const claim = await claimOf(id ?? '')
    expect([claim.status, claim.ledger.length]).toEqual(['sent', 1])
    const kept = await story.look((tx) =>
      tx.db.selectFrom('simulator_files').select('direction').where('tenant_id', '=', tx.tenantId).execute(),
    )
    expect(kept.filter(({ direction }) => direction === 'to_payer')).toHaveLength(1)
    expect(kept.filter(({ direction }) => direction === 'from_payer')).toHaveLength(3)
  })

  test('where a crash leaves it unclear whether the file arrived, it is not sent again by itself', async () => {
    await billable(story, '10')
    await closeOctober(story)
    await story.setPolicy('claim.channel', 'simulator')
    const batch = await lena().does(contract.claims.batch, { body: {} })
    const box = mailbox()
    later(900)
    let steps = 0
    const dying = <T>(work: Parameters<typeof story.look<T>>[0]): Promise<T> =>
      ++steps > 1 ? Promise.reject(new Error('killed')) : story.look(work)
    await expect(sendDueBatch(dying, { drops: { sftp: null, simulator: box } }, story.clock.now())).rejects.toThrow(
      'killed',
    )
    box.files.clear() // The clearinghouse fetched it meanwhile.
    later(180)
    expect(await send(box)).toBe(true)
    expect(box.puts).toBe(1)
    expect(await lena().does(contract.claims.getBatch, { params: { id: batch.id } })).toMatchObject({
      status: 'failed',
      lastError: expect.stringContaining('not known whether'),
    })
    const unclear = mailbox({
      put: async () => {
        throw new UnclearDelivery('The connection broke.')
      },
    })
    await lena().does(contract.claims.sendNow, { params: { id: batch.id } })
    await send(unclear)
    expect(await lena().does(contract.claims.getBatch, { params: { id: batch.id } })).toMatchObject({
      status: 'failed',
      lastError: expect.stringContaining('Look in the mailbox'),
    })
  })
})

describe('the payer answers', () => {
  test("999 and 277CA: the batch is read, each claim is taken under the payer's number or refused with its reason, and a refused one is corrected and sent anew", async () => {
    const [right, wrong] = [await billable(story, '10'), await billable(story, '85', { patient: { family: 'Wrong' } })]
    const claims = await closeOctober(story)
    const payer = instantPayer(story, { paid: 600, corrected: 900 })
    const batchId = await sendAll(story, payer)
    await collect(story, payer)
    const batch = await lena().does(contract.claims.getBatch, { params: { id: batchId } })
    expect(batch).toMatchObject({
      status: 'accepted',
      answers: [
        { kind: '999', outcome: 'taken' },
        { kind: '277CA', sentences: ['The payer took 1 claim and refused 1 claim.'] },
      ],
    })
    expect(await claimOf(idOf(claims, right))).toMatchObject({
      status: 'accepted',
      payerClaimNumber: expect.stringMatching(/^22\d+$/),
    })
    const refused = await claimOf(idOf(claims, wrong))
    expect(refused).toMatchObject({
      status: 'rejected',
      last: { sentence: expect.stringMatching(/member id.*A7:164:IL/) },
      rejection: {
        fixes: [{ code: 'A7:164:IL', place: 'coverage', action: 'Look up the MBI and send a new claim.' }],
      },
    })
    expect((await claimOf(idOf(claims, right))).rejection).toBeNull()
    expect(
      await lena().isRefused(contract.claims.correct, { params: { id: idOf(claims, right) }, body: { note: 'x' } }),
    ).toMatchObject({ code: 'claim_not_ready' })
    await story.look((tx) =>
      tx.db
        .updateTable('patients')
        .set({ mbi: '1S00A00AA12', family: 'Wright' })
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', wrong)
        .execute(),
    )
    const corrected = await lena().does(contract.claims.correct, {
      params: { id: refused.id },
      body: { note: 'Read the number from the card.' },
    })
    expect([corrected.status, corrected.events.map(({ kind }) => kind)]).toEqual([
      'ready',
      ['made', 'batched', 'sent', 'syntax_accepted', 'rejected', 'corrected'],
    ])
    await sendAll(story, payer)
    await collect(story, payer)
    expect(await claimOf(refused.id)).toMatchObject({ status: 'accepted' })
    expect((await claimOf(refused.id)).ledger).toHaveLength(1)
    expect((await story.auditOf('claim.corrected')).at(-1)).toMatchObject({ outcome: 'done', patient_id: wrong })
  })

  test('a TA1 that refuses the file refuses its claims, which were then never received', async () => {
    const one = await billable(story, '10', { patient: { family: 'Rejectfile' } })
    const claims = await closeOctober(story)
    const payer = instantPayer(story)
    const batchId = await sendAll(story, payer)
    await collect(story, payer)
    expect(await lena().does(contract.claims.getBatch, { params: { id: batchId } })).toMatchObject({
      status: 'rejected',
      answers: [{ kind: 'TA1' }],
    })
    expect(await claimOf(idOf(claims, one))).toMatchObject({
      status: 'rejected',
      rejection: { fixes: [{ code: 'TA1:006', place: 'payer' }] },
    })
  })

  test('what the payer tells of a claim by a 277 stands in its history and moves nothing', async () => {
    const one = await billable(story, '10')
    const claims = await closeOctober(story)
    const payer = instantPayer(story, { paid: 600, corrected: 900 })
    await sendAll(story, payer)
    await collect(story, payer)
    const claim = await claimOf(idOf(claims, one))
    const told = (control: string, status: string) =>
      [
        'ISA*00*          *00*          *ZZ*13202          *ZZ*KEEPWELL1      *261103*1500*^*00501*000000901*0*T*:',
        'GS*HN*13202*KEEPWELL1*20261103*1500*901*X*005010X212',
        'ST*277*0001*005010X212',
        'BHT*0010*08*S901*20261103*1500*DG',
        'HL*1**20*1',
        'NM1*PR*2*NGS MEDICARE PART B*****PI*13202',
        'HL*2*1*21*1',
        'NM1*41*2*RIVERSIDE*****46*KEEPWELL1',
        'HL*3*2*19*1',
        'NM1*1P*2*RIVERSIDE*****XX*1972534865',
        'HL*4*3*22*0',
        'NM1*IL*1*DIAZ*ELENA****MI*1S00A00AA10',
        `TRN*2*${control}`,
        `STC*${status}*20261103**111.86`,
        'REF*1K*22000077',
        'SE*14*0001',
        'GE*1*901',
        'IEA*1*000000901',
      ].join('~')
    const upload = (name: string, text: string) =>
      lena().does(contract.claims.takeIn, { query: { name }, file: Buffer.from(`${text}~`) })
    expect(await upload('status.277', told(claim.controlNumber, 'P1:20'))).toMatchObject({
      claimsChanged: 0,
      unknownClaims: [],
      file: { kind: '277', outcome: 'taken', sentences: ['The payer told the status of 1 claim.'] },
    })
    const after = await claimOf(claim.id)
    expect(after).toMatchObject({ status: 'accepted', payerClaimNumber: claim.payerClaimNumber })
    expect(after.events.at(-1)).toMatchObject({ kind: 'status_told', codes: ['P1:20'] })
    expect(after.last?.sentence).toContain('Pending: in process')
    expect(after.ledger).toEqual(claim.ledger)
    expect(await upload('stranger.277', told('NOBODY', 'F1:65'))).toMatchObject({
      file: { outcome: 'held' },
      unknownClaims: [{ controlNumber: 'NOBODY' }],
    })
  })

  test('a 999 that refuses the batch refuses its claims, with the place of the fault; one of them is withdrawn', async () => {
    const [one, other] = [
      await billable(story, '10', { patient: { family: 'Rejectbatch' } }),
      await billable(story, '11'),
    ]
    const claims = await closeOctober(story)
    const payer = instantPayer(story)
    const batchId = await sendAll(story, payer)
    await collect(story, payer)
    expect(await lena().does(contract.claims.getBatch, { params: { id: batchId } })).toMatchObject({
      status: 'rejected',
    })
    expect((await claimOf(idOf(claims, one))).last?.sentence).toMatch(
      /because of this claim: At segment NM1 \(number \d+\) in loop 2010.*NM109/,
    )
    expect((await claimOf(idOf(claims, other))).last?.sentence).toContain('none of its claims arrived')
    const withdrawn = await lena().does(contract.claims.withdraw, {
      params: { id: idOf(claims, other) },
      body: { reason: 'The patient had moved to a plan.' },
    })
    expect(withdrawn).toMatchObject({ status: 'withdrawn', live: false, balance: { chargeCents: 0, openCents: 0 } })
    expect(withdrawn.ledger.map(({ kind }) => kind)).toEqual(['charge', 'withdrawal'])
    expect(
      await lena().isRefused(contract.claims.withdraw, { params: { id: withdrawn.id }, body: { reason: 'again' } }),
    ).toMatchObject({ code: 'claim_already_sent' })
  })
})

test('other seats and other organizations see and do nothing of it', async () => {
  await billable(story, '10')
  const claims = await closeOctober(story)
  const id = [...claims.values()][0] ?? ''
  expect(await story.as('rosa').isRefused(contract.claims.get, { params: { id } })).toMatchObject({ code: 'forbidden' })
  expect(await story.as('june').isRefused(contract.claims.batch, { body: {} })).toMatchObject({ code: 'forbidden' })
  const stranger = story.other.as('lena')
  expect(await stranger.isRefused(contract.claims.get, { params: { id } })).toMatchObject({ code: 'not_found' })
  expect(await stranger.isRefused(contract.claims.withdraw, { params: { id }, body: { reason: 'x' } })).toMatchObject({
    code: 'not_found',
  })
  expect(await stranger.isRefused(contract.claims.batch, { body: { claimIds: [id] } })).toMatchObject({
    code: 'claim_not_ready',
  })
  const batch = await lena().does(contract.claims.batch, { body: {} })
  for (const endpoint of [
    contract.claims.getBatch,
    contract.claims.undo,
    contract.claims.sendNow,
    contract.claims.download,
  ] as const) {
    expect(await stranger.isRefused(endpoint, { params: { id: batch.id } })).toMatchObject({ code: 'not_found' })
  }
  expect(await stranger.isRefused(contract.claims.fileContent, { params: { id: batch.fileId } })).toMatchObject({
    code: 'not_found',
  })
  expect((await stranger.does(contract.claims.batches, { query: {} })).items).toEqual([])
  expect((await stranger.does(contract.claims.files, { query: {} })).items).toEqual([])
  expect(await lena().isRefused(contract.claims.get, { params: { id: newId() } })).toMatchObject({ code: 'not_found' })
})
