import { contract } from '@keepwell/contract'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { billableMonth, insertWork } from '../../../test/support/month.ts'
import { onPostgres } from '../../../test/support/store.ts'
import { openStory, type Story } from '../../../test/support/story.ts'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assert, Problem } from '../../kernel/problem.ts'
import {
  checkMonths,
  closeMonthFromCli,
  insertCorrectionCase,
  isMonthFrozen,
  monthNumbers,
  resumeNextClose,
} from './index.ts'
import { closeMonth, type Step } from './month-close.actions.ts'
import { type MonthRecord, packRecord, readRecord } from './month-record.ts'
import { leaseSeconds } from './months.ts'

const month = '2026-10'
let story: Story
beforeEach(async () => {
  story = await openStory()
})
afterEach(() => story.close())

const close = (person: 'lena' | 'june' = 'lena', of = month) =>
  story.as(person).does(contract.months.close, { params: { month: of } })
const claimsOf = () =>
  story.look((tx) =>
    tx.db
      .selectFrom('claims')
      .selectAll()
      .where('tenant_id', '=', tx.tenantId)
      .where('month', '=', month)
      .orderBy('control_number')
      .execute(),
  )
/** The frozen month as it lies in the table, byte by byte. */
const frozen = () =>
  story.look(async (tx) => {
    const { rows } =
      await sql`select to_jsonb(c) - 'close_id' as row from closed_months c where tenant_id = ${tx.tenantId} order by patient_id`.execute(
        tx.db,
      )
    expect(rows.length).toBeGreaterThan(0)
    return JSON.stringify(rows)
  })
const findings = (of = story.tenantId) =>
  story.database.withTenant(of, async (tx) => {
    const found = []
    for await (const violation of checkMonths(tx)) found.push(violation)
    return found
  })

/** Three ready patients, one whose copy is missing, one on hold, one with nothing left to do. */
async function sixPatients(): Promise<{ ready: string[] }> {
  const ready = [
    await billableMonth(story),
    await billableMonth(story, { work: [{ seconds: 2400 }], check: { leftCents: 5000 } }),
    await billableMonth(story, { work: [{ seconds: 3600 }], check: { qmb: 'yes' } }),
  ]
  await billableMonth(story, { plan: { copyOn: null } })
  await billableMonth(story, { check: null })
  await billableMonth(story, { work: [{ seconds: 1199 }] })
  return { ready }
}

describe('closing a month', () => {
  test('Lena closes October: every patient is frozen in a lane, each ready one has a claim, and the board says so', async () => {
    const { ready } = await sixPatients()
    const board = await story.as('lena').does(contract.months.board, { params: { month }, query: {} })
    const closed = await close()
    expect(closed).toMatchObject({
      month,
      phase: 'done',
      state: 'done',
      startedBy: { name: 'Lena Weiss' },
      counts: {
        patients: 6,
        assessed: 6,
        frozen: 6,
        ready: 3,
        fix: 1,
        hold: 1,
        notBillable: 1,
        claims: 3,
        readyCents: board.lanes[0]?.totalCents,
      },
    })
    const claims = await claimsOf()
    expect(new Set(claims.map(({ patient_id }) => patient_id))).toEqual(new Set(ready))
    for (const claim of claims) {
      expect(claim).toMatchObject({
        status: 'ready',
        live: true,
        payer_id: '13202',
        service_on: '2026-10-31',
        diagnoses: ['E11.22', 'I10'],
        practitioner_id: story.as('okafor').id,
      })
      expect(claim.control_number).toMatch(/^KW[0-9A-Z]{7}$/)
      expect(claim.subscriber).toMatchObject({
        family: 'Diaz',
        given: 'Elena',
        bornOn: '1952-03-14',
        sex: 'female',
        mbi: '1EG4TE5MK73',
      })
      const lines = await story.look((tx) =>
        tx.db
          .selectFrom('claim_lines')
          .selectAll()
          .where('tenant_id', '=', tx.tenantId)
          .where('claim_id', '=', claim.id)
          .orderBy('number')
          .execute(),
      )
      expect(lines.reduce((sum, line) => sum + line.charge_cents, 0)).toBe(claim.charge_cents)
      for (const line of lines) {
        expect(line.charge_cents).toBe(Math.ceil(((line.expected_allowed_cents ?? 0) * 150) / 100))
        expect(line.pointers).toEqual([1, 2])
      }
      const row = await story.look((tx) =>
        tx.db
          .selectFrom('closed_months')
          .select(['snapshot_sha256', 'allowed_cents'])
          .where('tenant_id', '=', tx.tenantId)
          .where('patient_id', '=', claim.patient_id)
          .executeTakeFirstOrThrow(),
      )
      expect(claim.snapshot_sha256).toBe(row.snapshot_sha256)
      expect(claim.expected_allowed_cents).toBe(row.allowed_cents)
    }
    expect(claims.map(({ qmb }) => qmb).sort()).toEqual([false, false, true])
    const after = await story.as('june').does(contract.months.board, { params: { month }, query: {} })
    expect(after.state).toBe('closed')
    const light = (lanes: typeof board.lanes) =>
      lanes.map(({ lane, count, totalCents, causes, rows }) => ({
        lane,
        count,
        totalCents,
        causes,
        rows: rows.map((row) => ({ ...row, since: null })).sort((a, b) => (a.patient.id < b.patient.id ? -1 : 1)),
      }))
    expect(light(after.lanes)).toEqual(light(board.lanes))
    const verdict = await story
      .as('lena')
      .does(contract.months.verdict, { params: { month, patientId: ready[0] ?? '' } })
    expect(verdict).toMatchObject({
      state: 'closed',
      lane: 'ready',
      frozen: { sha256: claims.find(({ patient_id }) => patient_id === ready[0])?.snapshot_sha256 },
    })
    expect((await story.auditOf('month.closed')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('lena').id,
      detail: { month, ready: 3, claims: 3 },
    })
    expect(await findings()).toEqual([])
  })

  test('a second close changes nothing and answers the same', async () => {
    await sixPatients()
    const first = await close()
    const before = [await frozen(), JSON.stringify(await claimsOf())]
    story.clock.advanceSeconds(3600)
    expect(await close('june')).toEqual(first)
    expect([await frozen(), JSON.stringify(await claimsOf())]).toEqual(before)
  })

  test('a month that runs is not closed; its last second belongs to it, in the clinic’s zone', async () => {
    story.clock.set('2026-11-01T03:59:59Z')
    const refusal = await story.as('lena').isRefused(contract.months.close, { params: { month } })
    expect(refusal).toMatchObject({ code: 'month_not_over', detail: expect.stringContaining('2026-10-31') })
    expect((await story.auditOf('month.closed')).at(-1)).toMatchObject({
      outcome: 'refused',
      detail: { code: 'month_not_over' },
    })
    story.clock.set('2026-11-01T04:00:00Z')
    expect(await close()).toMatchObject({ phase: 'done', counts: { patients: 0 } })
  })

  test('on Guam the month is over fourteen hours earlier, and the minutes of its last evening fall into the next one', async () => {
    await story.look((tx) =>
      tx.db.updateTable('clinics').set({ time_zone: 'Pacific/Guam' }).where('tenant_id', '=', tx.tenantId).execute(),
    )
    const patientId = await billableMonth(story, {
      work: [{ seconds: 1200, startedAt: '2026-10-31T13:50:00Z' }],
    })
    story.clock.set('2026-10-31T13:59:59Z')
    expect((await story.as('lena').isRefused(contract.months.close, { params: { month } })).code).toBe('month_not_over')
    const running = await story.as('lena').does(contract.months.verdict, { params: { month, patientId } })
    expect(running.minutes).toMatchObject({
      countedSeconds: 600,
      leftOut: [{ reason: 'other_month', seconds: 600 }],
    })
    story.clock.set('2026-10-31T14:00:00Z')
    expect(await close()).toMatchObject({ phase: 'done', counts: { patients: 1, ready: 0 } })
  })

  test('a month without known law is not closed', async () => {
    story.clock.set('2027-02-03T15:00:00Z')
    for (const unknown of ['2023-12', '2027-01'])
      expect((await story.as('lena').isRefused(contract.months.close, { params: { month: unknown } })).code).toBe(
        'law_unknown',
      )
  })

  test('only Lena and June close; Hillside’s close is its own', async () => {
    await sixPatients()
    for (const person of ['sam', 'rosa', 'okafor', 'nia', 'alex', 'theo'] as const) {
      expect((await story.as(person).isRefused(contract.months.close, { params: { month } })).code).toBe('forbidden')
    }
    await story.other.as('lena').does(contract.months.close, { params: { month } })
    expect((await story.as('lena').does(contract.months.closing, { params: { month } })).close).toBeNull()
    expect(await claimsOf()).toEqual([])
  })

  test('a closed month takes no choice, no request and no new assessment', async () => {
    const patientId = await billableMonth(story, { plan: { copyOn: null } })
    const fixId =
      (await story.as('lena').does(contract.months.verdict, { params: { month, patientId } })).fixes[0]?.id ?? ''
    await close()
    const params = { month, patientId }
    expect(
      (
        await story
          .as('lena')
          .isRefused(contract.months.choose, { params, body: { family: 'non_complex', reason: 'A try.' } })
      ).code,
    ).toBe('month_closed')
    expect(
      (await story.as('lena').isRefused(contract.months.sendBack, { params, body: { fixId, dueOn: '2026-11-09' } }))
        .code,
    ).toBe('month_closed')
    expect((await story.as('lena').isRefused(contract.months.assess, { params: { month } })).code).toBe('month_closed')
  })

  test('from the command line it is the same deed, without a person’s name', async () => {
    await sixPatients()
    const summary = await closeMonthFromCli(story.app, await story.app.systemActor(story.tenantId), month)
    expect(summary).toMatchObject({
      clinic: 'Riverside Family Medicine',
      month,
      close: { phase: 'done', startedBy: null, counts: { claims: 3 } },
    })
    expect(summary.lanes.map(({ lane, count }) => [lane, count]).sort()).toEqual([
      ['fix', 1],
      ['hold', 1],
      ['not_billable', 1],
      ['ready', 3],
    ])
    await expect(closeMonthFromCli(story.app, await story.app.systemActor(story.tenantId), '2026-11')).rejects.toThrow(
      Problem,
    )
  })
})

class Crash extends Error {}

/** Steps of which the one with number `at` fails, before or after its work; a process that died does nothing more. */
function crashing(at: number, when: 'before' | 'inside'): { step: Step; steps: () => number } {
  let steps = 0
  return {
    steps: () => steps,
    step: (work) => {
      steps++
      if (steps > at || (steps === at && when === 'before')) return Promise.reject(new Crash())
      return story.database.withTenant(story.tenantId, async (tx) => {
        const answer = await work(tx)
        if (steps === at) throw new Crash()
        return answer
      })
    },
  }
}

/** A close of two patients a batch, so that six of them take several. */
const order = (step: Step) => ({
  clinicId: story.clinicId,
  month,
  timeZone: 'America/New_York',
  by: story.as('lena').id,
  clock: story.clock,
  step,
  batch: 2,
})

describe('a crash', () => {
  // The role that serves may not delete what is frozen; only the owner of an embedded store can stage this again and again.
  test.skipIf(onPostgres)(
    'at every step of the close, before or inside it: taken up again, it ends byte for byte the same',
    async () => {
      await sixPatients()
      const startedAt = story.clock.now()
      const counted = crashing(1000, 'before')
      await closeMonth(order(counted.step))
      const wanted = {
        months: await frozen(),
        claims: (await claimsOf()).map(({ patient_id, charge_cents, snapshot_sha256 }) => ({
          patient_id,
          charge_cents,
          snapshot_sha256,
        })),
      }
      const steps = counted.steps()
      expect(steps).toBeGreaterThan(12)
      for (let at = 1; at <= steps; at++) {
        for (const when of ['before', 'inside'] as const) {
          await story.database.ownerPool.query(
            'delete from claim_events; delete from claim_lines; delete from claims; delete from closed_months; delete from month_closes',
          )
          story.clock.set(startedAt)
          await expect(closeMonth(order(crashing(at, when).step)), `step ${at}`).rejects.toThrow(Crash)
          story.clock.set(new Date(startedAt.getTime() + (leaseSeconds + 1) * 1000))
          // The close that had not begun begins now; otherwise everything carries the moment it was frozen.
          if (at === 1) story.clock.set(startedAt)
          const done = await closeMonth(order((work) => story.database.withTenant(story.tenantId, work)))
          expect(done.counts, `step ${at} ${when}`).toMatchObject({
            patients: 6,
            assessed: 6,
            frozen: 6,
            ready: 3,
            claims: 3,
          })
          expect(await frozen(), `step ${at} ${when}`).toBe(wanted.months)
          expect(
            (await claimsOf()).map(({ patient_id, charge_cents, snapshot_sha256 }) => ({
              patient_id,
              charge_cents,
              snapshot_sha256,
            })),
          ).toEqual(wanted.claims)
          expect(await findings()).toEqual([])
        }
      }
    },
    120_000,
  )

  test('nobody else goes on before the lease of the crashed one is over; then the worker’s round ends it', async () => {
    await sixPatients()
    await expect(closeMonth(order(crashing(4, 'inside').step))).rejects.toThrow(Crash)
    const refusal = await story.as('june').isRefused(contract.months.close, { params: { month } })
    expect(refusal).toMatchObject({
      code: 'close_running',
      detail: expect.stringContaining('Lena Weiss is closing 2026-10'),
    })
    expect((await story.as('june').does(contract.months.closing, { params: { month } })).close).toMatchObject({
      state: 'running',
    })
    expect((await story.as('june').does(contract.months.board, { params: { month }, query: {} })).state).toBe('closing')
    story.clock.advanceSeconds(leaseSeconds)
    expect((await story.as('june').does(contract.months.closing, { params: { month } })).close).toMatchObject({
      state: 'stalled',
    })
    const round = async () =>
      resumeNextClose({
        app: story.app,
        actor: await story.app.systemActor(story.tenantId),
        now: story.clock.now(),
        step: (work) => story.database.withTenant(story.tenantId, work),
      })
    expect(await round()).toBe(true)
    expect(await round()).toBe(false)
    expect(await close()).toMatchObject({
      phase: 'done',
      startedBy: { name: 'Lena Weiss' },
      counts: { claims: 3 },
    })
  })

  test('an error that leaves the server alive frees the close at once', async () => {
    await sixPatients()
    let fails = true
    const broken = {
      ...order((work) => story.database.withTenant(story.tenantId, work)),
      makeClaims: async () => {
        if (fails) throw new Error('disk full')
        return { made: 0 }
      },
    }
    await expect(closeMonth(broken)).rejects.toThrow('disk full')
    fails = false
    expect(await closeMonth(broken)).toMatchObject({ phase: 'done' })
  })
})

describe('two people at once', () => {
  test('one closes, the other is told or gets the same result; nothing is made twice', async () => {
    await sixPatients()
    const answers = await Promise.all([
      story.as('lena').call(contract.months.close, { params: { month } }),
      story.as('june').call(contract.months.close, { params: { month } }),
      story.as('lena').call(contract.months.close, { params: { month } }),
    ])
    const done = answers.filter(({ status }) => status === 200)
    expect(done.length).toBeGreaterThanOrEqual(1)
    for (const { problem } of answers.filter(({ status }) => status !== 200))
      expect(problem?.code).toBe('close_running')
    expect(new Set(done.map(({ body }) => body.id)).size).toBe(1)
    expect(await claimsOf()).toHaveLength(3)
    expect(await findings()).toEqual([])
  })

  test.runIf(onPostgres)(
    'an entry that Rosa writes in the very moment of the close is in it, because the close waits for her',
    async () => {
      const patientId = await billableMonth(story)
      const written = story.look(async (tx) => {
        expect(await isMonthFrozen(tx, story.clinicId, month)).toBe(false)
        await new Promise((resolve) => setTimeout(resolve, 400))
        await insertWork(
          tx,
          patientId,
          month,
          { seconds: 1200, startedAt: '2026-10-29T14:00:00Z' },
          (person) => story.as(person).id,
        )
      })
      await new Promise((resolve) => setTimeout(resolve, 100))
      const closed = close()
      await written
      expect(await closed).toMatchObject({ phase: 'done', counts: { ready: 1 } })
      const verdict = await story.as('lena').does(contract.months.verdict, { params: { month, patientId } })
      expect(verdict.minutes.countedSeconds).toBe(2400)
    },
  )

  test('a worker that was paused and lost its lease cannot write any more', async () => {
    await sixPatients()
    let paused = 0
    const slow: Step = async (work) => {
      paused++
      if (paused === 3) {
        story.clock.advanceSeconds(leaseSeconds + 1)
        await closeMonth(order((inner) => story.database.withTenant(story.tenantId, inner)))
      }
      return story.database.withTenant(story.tenantId, work)
    }
    await expect(closeMonth(order(slow))).rejects.toMatchObject({ code: 'close_running' })
    expect(await claimsOf()).toHaveLength(3)
    expect(await findings()).toEqual([])
  })
})

describe('what comes late', () => {
  const rosaWrites = (tx: Tx, patientId: string, seconds: number) =>
    insertWork(tx, patientId, month, { seconds, startedAt: '2026-10-29T14:00:00Z' }, (person) => story.as(person).id)

  test('a late entry leaves the frozen month as it is and opens a case with the difference in cents; June resolves it', async () => {
    const patientId = await billableMonth(story)
    expect(await story.look((tx) => isMonthFrozen(tx, story.clinicId, month))).toBe(false)
    await close()
    expect(await story.look((tx) => isMonthFrozen(tx, story.clinicId, month))).toBe(true)
    const before = await frozen()
    const caseId = await story.look(async (tx) => {
      const timeEntryId = await rosaWrites(tx, patientId, 1200)
      return insertCorrectionCase(tx, {
        patientId,
        month,
        cause: 'late_entry',
        detail: 'Rosa wrote 20 minutes of 29 October.',
        timeEntryId,
        by: story.as('rosa').id,
        now: story.clock.now(),
      })
    })
    expect(await frozen()).toBe(before)
    const list = await story.as('lena').does(contract.months.corrections, { query: { month } })
    expect(list).toMatchObject({
      open: 1,
      items: [
        {
          id: caseId,
          patient: { id: patientId },
          resolved: null,
          openedBy: { name: 'Rosa Marin' },
          before: { lane: 'ready', lines: [{ code: '99490', units: 1 }], countedSeconds: 1200 },
          after: {
            lane: 'ready',
            lines: [
              { code: '99490', units: 1 },
              { code: '99439', units: 1 },
            ],
            countedSeconds: 2400,
          },
        },
      ],
    })
    const [claim] = await claimsOf()
    const difference = list.items[0]?.differenceCents ?? 0
    expect(difference).toBeGreaterThan(3000)
    expect(difference).toBeLessThan(claim?.expected_allowed_cents ?? 0)
    expect((await story.as('lena').does(contract.months.board, { params: { month }, query: {} })).openCorrections).toBe(
      1,
    )

    const body = { resolution: 'replace_claim', note: 'The claim is sent again with the add-on.' } as const
    expect(
      (await story.as('lena').isRefused(contract.months.resolveCorrection, { params: { id: caseId }, body })).code,
    ).toBe('forbidden')
    expect(
      (await story.other.as('june').isRefused(contract.months.resolveCorrection, { params: { id: caseId }, body }))
        .code,
    ).toBe('not_found')
    expect(
      (await story.as('june').isRefused(contract.months.resolveCorrection, { params: { id: newId() }, body })).code,
    ).toBe('not_found')
    const resolved = await story
      .as('june')
      .does(contract.months.resolveCorrection, { params: { id: caseId }, body }, { key: 'resolve-1' })
    expect(resolved.resolved).toMatchObject({ resolution: 'replace_claim', by: { name: 'June Park' } })
    expect(
      await story
        .as('june')
        .does(contract.months.resolveCorrection, { params: { id: caseId }, body }, { key: 'resolve-1' }),
    ).toEqual(resolved)
    expect(
      (await story.as('june').isRefused(contract.months.resolveCorrection, { params: { id: caseId }, body })).code,
    ).toBe('conflict')
    expect((await story.auditOf('correction.resolved')).filter(({ outcome }) => outcome === 'done')).toEqual([
      expect.objectContaining({ patient_id: patientId, detail: { resolution: 'replace_claim', month } }),
    ])
    expect((await story.as('lena').does(contract.months.corrections, { query: { month } })).items).toEqual([])
    expect(
      (await story.as('lena').does(contract.months.corrections, { query: { month, state: 'resolved' } })).items,
    ).toHaveLength(1)
    expect((await story.other.as('lena').does(contract.months.corrections, { query: {} })).items).toEqual([])
  })

  test('a copy of the plan given after the close is no entry of time: Lena opens the case by hand, and it says what the month would pay', async () => {
    const patientId = await billableMonth(story, { plan: { copyOn: null } })
    const params = { month, patientId }
    const body = { detail: 'Mrs Diaz had her copy on 14 January; it was not recorded.' }
    expect((await story.as('lena').isRefused(contract.months.openCorrection, { params, body })).code).toBe('conflict')
    await close()
    await story.look(async (tx) => {
      const version = await tx.db
        .selectFrom('care_plan_versions as v')
        .innerJoin('care_plans as p', 'p.id', 'v.plan_id')
        .select('v.id')
        .where('v.tenant_id', '=', tx.tenantId)
        .where('p.patient_id', '=', patientId)
        .executeTakeFirstOrThrow()
      await tx.db
        .insertInto('care_plan_copies')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          version_id: version.id,
          recipient: 'patient',
          recipient_name: 'Elena Diaz',
          channel: 'printed',
          given_on: '2026-11-03',
          given_by: story.as('rosa').id,
          recorded_at: story.clock.now(),
        })
        .execute()
    })
    const before = await frozen()
    const opened = await story.as('lena').does(contract.months.openCorrection, { params, body }, { key: 'open-1' })
    expect(opened).toMatchObject({
      before: { lane: 'fix', lines: [] },
      after: { lane: 'ready', lines: [{ code: '99490', units: 1 }] },
      openedBy: { name: 'Lena Weiss' },
    })
    expect(opened.differenceCents).toBeGreaterThan(5000)
    expect(await frozen()).toBe(before)
    expect(await story.as('lena').does(contract.months.openCorrection, { params, body }, { key: 'open-1' })).toEqual(
      opened,
    )
    expect((await story.as('lena').isRefused(contract.months.openCorrection, { params, body })).code).toBe('conflict')
    expect((await story.as('rosa').isRefused(contract.months.openCorrection, { params, body })).code).toBe('forbidden')
    expect((await story.other.as('lena').isRefused(contract.months.openCorrection, { params, body })).code).toBe(
      'not_found',
    )
    expect(
      (
        await story
          .as('lena')
          .isRefused(contract.months.openCorrection, { params: { month: '2023-12', patientId }, body })
      ).code,
    ).toBe('law_unknown')
    expect((await story.auditOf('correction.opened')).filter(({ outcome }) => outcome === 'done')).toEqual([
      expect.objectContaining({ patient_id: patientId, detail: { month } }),
    ])
  })

  test('an entry that comes while the close runs lies wholly after it', async () => {
    const patientId = await billableMonth(story)
    await expect(closeMonth(order(crashing(3, 'before').step))).rejects.toThrow(Crash)
    await story.look(async (tx) => {
      expect(await isMonthFrozen(tx, story.clinicId, month)).toBe(true)
      const timeEntryId = await rosaWrites(tx, patientId, 1200)
      await insertCorrectionCase(tx, {
        patientId,
        month,
        cause: 'late_entry',
        detail: 'Late.',
        timeEntryId,
        by: story.as('rosa').id,
        now: story.clock.now(),
      })
    })
    story.clock.advanceSeconds(leaseSeconds + 1)
    await close()
    const verdict = await story.as('lena').does(contract.months.verdict, { params: { month, patientId } })
    expect(verdict).toMatchObject({ lane: 'ready', minutes: { countedSeconds: 1200 } })
    const [late] = (await story.as('lena').does(contract.months.corrections, { query: { month } })).items
    expect(late).toMatchObject({ before: { countedSeconds: 1200 }, after: { countedSeconds: 2400 } })
    expect(late?.differenceCents).toBeGreaterThan(0)
  })
})

describe('the books', () => {
  // On a server the role of the tests may not touch these rows at all.
  test.skipIf(onPostgres)(
    'a frozen fact, verdict, lane or amount that was touched is found, with its row',
    async () => {
      const { ready } = await sixPatients()
      await close()
      expect(await findings()).toEqual([])
      const spoil = async (change: string) => {
        const row = await story.database.ownerPool.query('select * from closed_months where patient_id = $1', [
          ready[0],
        ])
        await story.database.ownerPool.query(`update closed_months set ${change} where patient_id = '${ready[0]}'`)
        const found = await findings()
        const { record, lines, qmb, outcome, allowed_cents, counted_seconds, snapshot_sha256 } = row.rows[0]
        await story.database.ownerPool.query(
          'update closed_months set record = $2, lines = $3, qmb = $4, outcome = $5, allowed_cents = $6, counted_seconds = $7, snapshot_sha256 = $8 where patient_id = $1',
          [ready[0], record, json(lines), qmb, outcome, allowed_cents, counted_seconds, snapshot_sha256],
        )
        return found
      }
      const [kept] = (
        await story.database.ownerPool.query('select record from closed_months where patient_id = $1', [ready[0]])
      ).rows
      const { facts, verdict, evidence } = readRecord(kept.record)
      const { consent: _, ...withoutConsent } = facts
      const [line] = verdict.lines
      assert(line !== undefined, 'a ready month has a line')
      const record = (changed: Partial<MonthRecord>) =>
        `record = '\\x${packRecord({ facts, verdict, evidence, ...changed }).bytes.toString('hex')}'`
      for (const change of [
        record({ facts: { ...facts, qmb: true } }),
        record({ facts: withoutConsent }),
        record({ verdict: { ...verdict, lines: [{ ...line, units: 2 }] } }),
        record({ evidence: { ...evidence, consentId: null } }),
        `record = '\\x00'`,
        `lines = jsonb_set(lines, '{0,units}', '2')`,
        'qmb = not coalesce(qmb, false)',
        `outcome = 'held'`,
        'allowed_cents = allowed_cents + 1',
        'counted_seconds = counted_seconds - 1',
        `snapshot_sha256 = repeat('0', 64)`,
      ]) {
        expect(await spoil(change), change).toEqual([
          expect.objectContaining({ invariant: 'I6', row: `closed_months ${month} ${ready[0]}` }),
        ])
      }
      expect(await findings()).toEqual([])
    },
  )

  test.skipIf(onPostgres)(
    'a sum that is not what the entries give, an entry without a sum, or false seconds are found',
    async () => {
      const patientId = await billableMonth(story)
      const query = (text: string) => story.database.ownerPool.query(text)
      await query(`update patient_months set staff_seconds = staff_seconds + 60 where patient_id = '${patientId}'`)
      expect(await findings()).toEqual([
        expect.objectContaining({ invariant: 'I1', row: `patient_months ${month} ${patientId}` }),
      ])
      await query(`update patient_months set staff_seconds = staff_seconds - 60 where patient_id = '${patientId}'`)
      await query(`update time_entries set seconds = seconds + 1 where patient_id = '${patientId}'`)
      expect((await findings()).map(({ invariant }) => invariant)).toEqual(['I1', 'I1'])
      await query(`update time_entries set seconds = seconds - 1 where patient_id = '${patientId}'`)
      await query(`delete from patient_months where patient_id = '${patientId}'`)
      expect(await findings()).toEqual([
        expect.objectContaining({ invariant: 'I1', message: 'Its month keeps no sum for the patient.' }),
      ])
    },
  )

  test('the figures for the control room are those of the board', async () => {
    await sixPatients()
    await story.as('lena').does(contract.months.board, { params: { month }, query: {} })
    const open = await story.look((tx) => monthNumbers(tx, story.clinicId, month, '2026-11-03'))
    await close()
    const closed = await story.look((tx) => monthNumbers(tx, story.clinicId, month, '2026-11-03'))
    expect(open.state).toBe('over')
    expect(closed.state).toBe('closed')
    const sorted = (numbers: typeof open) => [...numbers.lanes].sort((a, b) => (a.lane < b.lane ? -1 : 1))
    expect(sorted(closed)).toEqual(sorted(open))
  })
})
