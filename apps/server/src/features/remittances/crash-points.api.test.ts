import { contract } from '@keepwell/contract'
import type { KyselyPlugin } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { billable, closeOctober, instantPayer, ledgerSums, sendAll, violations } from '../../../test/support/claims.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import type { Tx } from '../../db/database.ts'
import type { ClaimDrop } from '../../outside/clearinghouse/claim-drop.ts'
import { sendDueBatch, systemOf } from '../claims/index.ts'
import { takeIn } from './intake.ts'

let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(() => story.close())

const lena = () => story.as('lena')
class Crash extends Error {}

/** Counts what the work does, and dies at the n-th thing: a statement, or a call to the other side. */
class Points {
  #seen = 0
  readonly #diesAt: number
  constructor(diesAt: number) {
    this.#diesAt = diesAt
  }
  get seen(): number {
    return this.#seen
  }
  pass(): void {
    this.#seen++
    if (this.#seen === this.#diesAt) throw new Crash()
  }
  within(tx: Tx): Tx {
    const plugin: KyselyPlugin = {
      transformQuery: ({ node }) => {
        this.pass()
        return node
      },
      transformResult: async ({ result }) => result,
    }
    return { ...tx, db: tx.db.withPlugin(plugin) }
  }
}

test('posting dies at each of its statements: nothing of the payment is there, and the next try posts it once', async () => {
  const patients = [await billable(story, '10'), await billable(story, '81'), await billable(story, '82')]
  const claims = await closeOctober(story)
  await sendAll(story, instantPayer(story, { corrected: 3600 }))
  const { content } = await story.look((tx) =>
    tx.db
      .selectFrom('simulator_files')
      .select('content')
      .where('tenant_id', '=', tx.tenantId)
      .where('name', 'like', '835-%')
      .executeTakeFirstOrThrow(),
  )
  const state = async () => ({
    ledger: await ledgerSums(story),
    files: (await lena().does(contract.claims.files, { query: { direction: 'in' } })).items.length,
    claims: (await lena().does(contract.claims.list, { query: {} })).counts,
    denials: (await lena().does(contract.denials.list, { query: {} })).items.length,
  })
  const before = await state()
  const post = (points: Points) =>
    story.look(async (tx) =>
      takeIn(
        {
          tx: points.within(tx),
          actor: await systemOf(tx, story.clinicId),
          now: story.clock.now(),
          today: '2026-11-04',
          clinicId: story.clinicId,
        },
        { name: 'payment.835', text: content },
      ),
    )
  let died = 0
  for (let at = 1; ; at++) {
    const end = await post(new Points(at)).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error
      return null
    })
    if (end !== null) {
      expect(end).toMatchObject({ alreadyKnown: false, claimsChanged: 3 })
      break
    }
    died++
    expect(await state()).toEqual(before)
  }
  expect(died).toBeGreaterThan(20)
  expect(await violations(story)).toEqual([])
  const statuses = await Promise.all(
    patients.map(
      async (id) => (await lena().does(contract.claims.get, { params: { id: claims.get(id) ?? '' } })).status,
    ),
  )
  expect(statuses).toEqual(['paid', 'denied', 'underpaid'])
  expect((await state()).ledger.cash).toBe(5847 + 4678)
  expect(await post(new Points(0))).toMatchObject({ alreadyKnown: true, claimsChanged: 0 })
}, 300_000)

test('sending dies at each of its statements and around the upload: the file arrives once, and its charge is booked once', async () => {
  const files = new Map<string, number>()
  const drop = (points: Points): ClaimDrop => ({
    name: 'test mailbox',
    pauseSeconds: 0,
    put: async (name) => {
      points.pass()
      const alreadyThere = files.has(name)
      files.set(name, (files.get(name) ?? 0) + (alreadyThere ? 0 : 1))
      points.pass()
      return { alreadyThere }
    },
    find: async (name) => {
      points.pass()
      return files.has(name) ? 'there' : 'not_there'
    },
    collect: async () => [],
    taken: async () => {},
  })
  const send = (points: Points) =>
    sendDueBatch(
      (work) => story.look((tx) => work(points.within(tx))),
      { drops: { sftp: null, simulator: drop(points) } },
      story.clock.now(),
    )
  await story.setPolicy('claim.channel', 'simulator')
  const most = 30
  for (let one = 0; one < most; one++) await billable(story, '10')
  const claims = [...(await closeOctober(story)).values()]
  const batchOf = async (claimId: string | undefined) => {
    const batch = await lena().does(contract.claims.batch, { body: { claimIds: [claimId ?? ''] } })
    story.clock.advanceSeconds(901)
    return batch
  }
  const whole = new Points(0)
  await batchOf(claims[0])
  await send(whole)
  expect(whole.seen).toBeGreaterThan(10)
  expect(whole.seen).toBeLessThan(most)
  for (let at = 1; at <= whole.seen; at++) {
    const claimId = claims[at] ?? ''
    const batch = await batchOf(claimId)
    await send(new Points(at)).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error
    })
    // Whoever takes over waits until the sender that died has lost its lease, and a failed try its pause.
    for (let round = 0; round < 3; round++) {
      story.clock.advanceSeconds(200)
      await send(new Points(0))
    }
    const after = await lena().does(contract.claims.getBatch, { params: { id: batch.id } })
    expect([at, after.status, files.get(after.fileName)]).toEqual([at, 'sent', 1])
    const claim = await lena().does(contract.claims.get, { params: { id: claimId } })
    expect(claim.ledger.map(({ kind }) => kind)).toEqual(['charge'])
  }
  expect(files.size).toBe(whole.seen + 1)
  expect(await violations(story)).toEqual([])
}, 300_000)
