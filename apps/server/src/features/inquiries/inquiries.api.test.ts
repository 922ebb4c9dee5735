import { contract } from '@keepwell/contract'
import { checkFile, read276, write277, writeTA1 } from '@keepwell/x12'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { billable, closeOctober, collect, instantPayer, sendAll, violations } from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { newId } from '../../kernel/ids.ts'
import type { ClaimDrop } from '../../outside/clearinghouse/claim-drop.ts'
import { takeInFor } from '../remittances/index.ts'
import { sendDueInquiry } from './index.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(async () => {
  expect(await violations(story)).toEqual([])
  await story.close()
})

const lena = () => story.as('lena')
const days = (count: number) => story.clock.advanceSeconds(count * 86_400)
const standing = (id: string) => lena().does(contract.inquiries.standing, { params: { id } })
const late = { late: 45 * 86_400 }

/** Claims of October with these ends of their numbers, sent to the payer; its first answers are taken in. */
async function sent(endings: readonly string[], payer: ClaimDrop): Promise<string[]> {
  const patients: string[] = []
  for (const ending of endings) patients.push(await billable(story, ending))
  const claims = await closeOctober(story)
  await sendAll(story, payer)
  await collect(story, payer)
  return patients.map((id) => claims.get(id) ?? '')
}
const leave = (payer: ClaimDrop | null) =>
  sendDueInquiry(story.look, { drops: { sftp: null, simulator: payer } }, story.clock.now())
const takeIn = (name: string, text: string) =>
  lena().call(contract.claims.takeIn, { query: { name }, file: Buffer.from(text) })
async function answerOf(payer: ClaimDrop): Promise<string> {
  const file = (await payer.collect()).find(({ name }) => name.startsWith('277-'))
  if (file === undefined) throw new Error('the payer answers')
  return file.content
}

describe('claims that wait for a decision', () => {
  test('stand by age with the next step; Lena asks about the stale ones, and the answer is tied to the claim', async () => {
    const payer = instantPayer(story, late)
    const [pending = '', paid = '', lost = ''] = await sent(['74', '10', '73'], payer)
    expect(await lena().does(contract.inquiries.waiting, { query: {} })).toMatchObject({
      staleDays: 30,
      waitingCount: 2,
      staleCount: 0,
      items: [
        { waitingDays: 0, stale: false, next: { step: 'wait' } },
        { waitingDays: 0, next: { step: 'wait' } },
      ],
    })
    expect(await standing(paid)).toMatchObject({ waitingDays: null, next: null })
    expect(await lena().isRefused(contract.inquiries.ask, { body: { olderThanDays: 30 } })).toMatchObject({
      code: 'conflict',
    })
    days(31)
    const stale = await lena().does(contract.inquiries.waiting, { query: { stale: true } })
    expect(stale).toMatchObject({ staleCount: 2, askableCount: 2, items: [{ stale: true, next: { step: 'ask' } }, {}] })
    expect(await lena().does(contract.remittances.receivables, {})).toMatchObject({
      staleDays: 30,
      stale: { claims: 2 },
    })

    const asked = await lena().does(contract.inquiries.ask, { body: { olderThanDays: 30 } })
    expect(asked).toMatchObject({
      status: 'waiting',
      claimsCount: 2,
      answeredCount: 0,
      createdBy: { name: 'Lena Weiss' },
    })
    expect((await story.auditOf('inquiry.made')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: { number: asked.number, claims: 2 },
    })
    const { raw } = await lena().call(contract.claims.fileContent, { params: { id: asked.fileId } })
    expect(checkFile('276.x12', raw.payload).findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(read276(raw.payload).inquiries.map(({ trace }) => trace)).toEqual([`${asked.number}-1`, `${asked.number}-2`])

    expect(await leave(payer)).toBe(true)
    expect(await leave(payer)).toBe(false)
    expect((await story.auditOf('inquiry.sent')).at(-1)).toMatchObject({ actor_id: null, outcome: 'done' })
    expect(await standing(pending)).toMatchObject({ asked: { answered: false }, next: { step: 'await_answer' } })
    expect(await lena().isRefused(contract.inquiries.ask, { body: { olderThanDays: 30 } })).toMatchObject({
      code: 'conflict',
    })
    story.clock.advanceSeconds(120)
    await collect(story, payer)
    expect(await standing(pending)).toMatchObject({
      claim: { status: 'accepted' },
      asked: { answered: true },
      told: { codes: ['P2:46:PR'], sentence: expect.stringContaining('The payer says: Pending: under review') },
      next: { step: 'wait' },
    })
    expect(await standing(lost)).toMatchObject({ told: { codes: ['A4:35:PR'] }, next: { step: 'make_ready' } })
    const claim = await lena().does(contract.claims.get, { params: { id: pending } })
    expect(claim.events.map(({ kind }) => kind).slice(-2)).toEqual(['status_asked', 'status_told'])
    expect((await lena().does(contract.inquiries.list, { query: {} })).items).toMatchObject([
      { number: asked.number, status: 'sent', answeredCount: 2 },
    ])
  })

  test('an answer in another envelope, and the same file again, change nothing; another answer is told', async () => {
    const payer = instantPayer(story, late)
    const [pending = ''] = await sent(['74'], payer)
    days(31)
    const asked = await lena().does(contract.inquiries.ask, { body: { claimIds: [pending] } })
    await leave(payer)
    story.clock.advanceSeconds(120)
    const answer = await answerOf(payer)
    const first = await takeIn('status.277', answer)
    expect(first.body).toMatchObject({ alreadyKnown: false, claimsChanged: 0, file: { kind: '277', outcome: 'taken' } })
    expect((await takeIn('status.277', answer)).body).toMatchObject({ alreadyKnown: true })
    // The same words under the next control number, as a clearinghouse repeats them, by the command line.
    const control = /\*(\d{9})\*0\*T\*/.exec(answer)?.[1] ?? ''
    const repeated = answer.replaceAll(control, String(Number(control) + 1).padStart(9, '0'))
    expect(repeated).not.toBe(answer)
    const actor = await story.app.systemActor(story.tenantId)
    const again = await takeInFor(actor, story.look, { name: 'again.277', text: repeated }, story.clock.now())
    expect(again).toMatchObject({
      alreadyKnown: true,
      file: { sentences: ['The payer told nothing new of 1 claim; nothing changed.'] },
    })
    const { events } = await lena().does(contract.claims.get, { params: { id: pending } })
    expect(events.filter(({ kind }) => kind === 'status_told')).toHaveLength(1)

    const [inquiry] = read276(
      (await lena().call(contract.claims.fileContent, { params: { id: asked.fileId } })).raw.payload,
    ).inquiries
    if (inquiry === undefined) throw new Error('the question asks about one claim')
    const other = write277({
      envelope: {
        senderQualifier: 'ZZ',
        sender: '13202',
        receiverQualifier: 'ZZ',
        receiver: 'KEEPWELL1',
        createdOn: '2026-12-06',
        createdAt: '09:00',
        interchangeControl: 777,
        groupControl: 777,
        usage: 'T',
      },
      setControl: 1,
      responseId: 'OTHER',
      answers: [
        {
          inquiry,
          statuses: [
            {
              codes: [{ category: 'F1', status: '65' }],
              effectiveOn: '2026-12-06',
              chargeCents: 11_186,
              paidCents: 5847,
              decidedOn: '2026-12-04',
              checkNumber: 'EFT9',
            },
          ],
        },
      ],
    })
    await takeIn('paid.277', other)
    expect(await standing(pending)).toMatchObject({
      claim: { status: 'accepted' },
      told: { decidedOn: '2026-12-04', paidCents: 5847, paymentTrace: 'EFT9' },
      next: { step: 'fetch_payment' },
    })
    const strange = await takeIn(
      'strange.277',
      other
        .replaceAll(inquiry.trace, 'NOBODY')
        .replaceAll(inquiry.patientAccount ?? '', 'KWNOBODY')
        .replaceAll('000000777', '000000778'),
    )
    expect(strange.body).toMatchObject({ file: { outcome: 'held' }, unknownClaims: [{ controlNumber: 'KWNOBODY' }] })
  })

  test('what the payer says it never had is made ready again and leaves as a claim that was never sent', async () => {
    const payer = instantPayer(story, late)
    const [lost = '', pending = ''] = await sent(['73', '74'], payer)
    expect(
      await lena().isRefused(contract.inquiries.makeReady, {
        params: { id: lost },
        body: { note: 'I think it is lost' },
      }),
    ).toMatchObject({ code: 'claim_not_ready' })
    days(31)
    await lena().does(contract.inquiries.ask, { body: { claimIds: [lost, pending] } })
    await leave(payer)
    story.clock.advanceSeconds(120)
    await collect(story, payer)
    expect(
      await lena().isRefused(contract.inquiries.makeReady, { params: { id: pending }, body: { note: 'Try' } }),
    ).toMatchObject({ code: 'claim_not_ready' })
    const after = await lena().does(contract.inquiries.makeReady, {
      params: { id: lost },
      body: { note: 'The payer has nothing of it.' },
    })
    expect(after).toMatchObject({ claim: { status: 'ready' }, waitingDays: null, next: null })
    expect((await story.auditOf('inquiry.made_ready')).at(-1)).toMatchObject({ outcome: 'done' })
    const { events, ledger } = await lena().does(contract.claims.get, { params: { id: lost } })
    expect(events.slice(-2)).toMatchObject([
      { kind: 'rejected', codes: ['A4:35:PR'], by: { name: 'Lena Weiss' } },
      { kind: 'corrected', sentence: 'Made ready again: The payer has nothing of it.' },
    ])
    await sendAll(story, payer)
    // The answer of before does not count for what left anew, and the charge is booked once.
    expect(await standing(lost)).toMatchObject({ claim: { status: 'sent' }, waitingDays: 0, asked: null, told: null })
    expect((await lena().does(contract.claims.get, { params: { id: lost } })).ledger).toHaveLength(ledger.length)
  })
})

describe('a question', () => {
  test('is downloaded where the clinic sends its files itself, and counts as asked by that', async () => {
    const payer = instantPayer(story, late)
    const [pending = ''] = await sent(['74'], payer)
    await story.setPolicy('claim.channel', 'download')
    const asked = await lena().does(contract.inquiries.ask, { body: { claimIds: [pending, pending] } }, { key: 'one' })
    expect(
      await lena().does(contract.inquiries.ask, { body: { claimIds: [pending, pending] } }, { key: 'one' }),
    ).toEqual(asked)
    expect(asked).toMatchObject({ channel: 'download', claimsCount: 1 })
    expect(await leave(payer)).toBe(false)
    const first = await lena().call(contract.inquiries.download, { params: { id: asked.id } })
    expect(first.raw.payload.startsWith('ISA*')).toBe(true)
    await lena().call(contract.inquiries.download, { params: { id: asked.id } })
    const { events } = await lena().does(contract.claims.get, { params: { id: pending } })
    expect(events.filter(({ kind }) => kind === 'status_asked')).toHaveLength(1)
  })

  test('that cannot be delivered is tried again, fails with its reason, and is sent again by hand', async () => {
    const payer = instantPayer(story, late)
    const [pending = ''] = await sent(['74'], payer)
    const asked = await lena().does(contract.inquiries.ask, { body: { claimIds: [pending] } })
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await leave(null)).toBe(true)
      story.clock.advanceSeconds(3600)
    }
    const [failed] = (await lena().does(contract.inquiries.list, { query: {} })).items
    expect(failed).toMatchObject({ status: 'failed', lastError: 'No simulator destination is connected here.' })
    // A question that never arrived counts as not asked.
    expect(await standing(pending)).toMatchObject({ asked: null })
    await lena().does(contract.inquiries.sendAgain, { params: { id: asked.id } })
    expect(await lena().isRefused(contract.inquiries.sendAgain, { params: { id: asked.id } })).toMatchObject({
      code: 'conflict',
    })
    expect(await leave(payer)).toBe(true)
  })

  test('that the payer refuses as a file says so and is none of the batches', async () => {
    const payer = instantPayer(story, late)
    const [pending = ''] = await sent(['74'], payer)
    const asked = await lena().does(contract.inquiries.ask, { body: { claimIds: [pending] } })
    await leave(payer)
    const control = asked.number.replace('Q', '').padStart(9, '0')
    const refused = await takeIn(
      'ta1.x12',
      writeTA1({
        envelope: {
          senderQualifier: 'ZZ',
          sender: '13202',
          receiverQualifier: 'ZZ',
          receiver: 'KEEPWELL1',
          createdOn: '2026-11-03',
          createdAt: '10:00',
          interchangeControl: 99,
          groupControl: 99,
          usage: 'T',
        },
        control,
        sentOn: '2026-11-03',
        sentAt: '09:30',
        code: 'R',
        note: '006',
      }),
    )
    expect(refused.body.file).toMatchObject({
      outcome: 'taken',
      sentences: [expect.stringContaining(`did not take the file of question ${asked.number}`)],
    })
    expect((await lena().does(contract.inquiries.list, { query: {} })).items[0]).toMatchObject({ status: 'failed' })
    expect(await lena().does(contract.claims.get, { params: { id: pending } })).toMatchObject({ status: 'accepted' })
  })

  test('is refused for a claim that is not with the payer, for strangers, and for a body that says both or nothing', async () => {
    const payer = instantPayer(story, late)
    const [paid = '', pending = ''] = await sent(['10', '74'], payer)
    expect(await lena().isRefused(contract.inquiries.ask, { body: { claimIds: [paid, pending] } })).toMatchObject({
      code: 'claim_not_ready',
      faults: [{ message: 'The payer has decided the claim already.' }],
    })
    expect((await story.auditOf('inquiry.made')).at(-1)).toMatchObject({ outcome: 'refused' })
    expect(await lena().isRefused(contract.inquiries.ask, { body: { claimIds: [newId()] } })).toMatchObject({
      code: 'not_found',
    })
    expect(
      await story.other.as('lena').isRefused(contract.inquiries.ask, { body: { claimIds: [pending] } }),
    ).toMatchObject({
      code: 'not_found',
    })
    expect(
      await story.other.as('lena').isRefused(contract.inquiries.standing, { params: { id: pending } }),
    ).toMatchObject({
      code: 'not_found',
    })
    for (const body of [{}, { claimIds: [] }, { claimIds: [pending], olderThanDays: 30 }, { olderThanDays: -1 }]) {
      expect((await lena().call(contract.inquiries.ask, { body: body as never })).status).toBe(422)
    }
  })
})
