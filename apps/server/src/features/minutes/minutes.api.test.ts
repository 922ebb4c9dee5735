import { contract } from '@keepwell/contract'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { addEnrolledPatient } from '../../../test/support/enrolled.ts'
import { quietOutside } from '../../../test/support/outside.ts'
import { openStory, type Story, storyNow } from '../../../test/support/story.ts'
import { App } from '../../app.ts'
import { newId } from '../../kernel/ids.ts'

let story: Story
let diaz: string
let lee: string
beforeAll(async () => {
  story = await openStory()
  diaz = await addEnrolledPatient(story)
  lee = await addEnrolledPatient(story, { given: 'Tom', family: 'Lee' })
})
afterAll(() => story.close())
afterEach(async () => {
  // Each test leaves the clock and the clinic's timers as it found them.
  await story.look((tx) =>
    tx.db
      .updateTable('timers')
      .set({ stopped_at: story.clock.now(), stop_reason: 'discarded' })
      .where('tenant_id', '=', tx.tenantId)
      .where('stopped_at', 'is', null)
      .execute(),
  )
})

/** Another day for each test, so that no test's time overlaps another's. */
let day = 0
function nextMorning(): void {
  day += 1
  story.clock.set(new Date(Date.parse(storyNow) + day * 86_400_000))
}

async function start(patientId: string, who: 'rosa' | 'okafor' | 'tomas' = 'rosa', more: object = {}) {
  const { running } = await story.as(who).does(contract.minutes.start, { params: { patientId }, body: { ...more } })
  if (running === null) throw new Error('the timer should run')
  return running
}

/** Works for so long as the page does: a heartbeat every 15 seconds. */
async function work(timerId: string, seconds: number, who: 'rosa' | 'okafor' | 'tomas' = 'rosa') {
  let left = seconds
  while (left > 0) {
    const step = Math.min(15, left)
    story.clock.advanceSeconds(step)
    left -= step
    await story.as(who).does(contract.minutes.heartbeat, { params: { id: timerId } })
  }
}

async function stop(timerId: string, more: object = {}) {
  return story.as('rosa').does(contract.minutes.stop, { params: { id: timerId }, body: { ...more } })
}

async function month(patientId: string, which?: string) {
  return story.as('rosa').does(contract.minutes.list, {
    params: { patientId },
    query: which === undefined ? {} : { month: which },
  })
}

async function fresh(more: Parameters<typeof addEnrolledPatient>[1] = {}) {
  nextMorning()
  return addEnrolledPatient(story, more)
}

function summary(patientId: string, which = '2026-11') {
  return story.look((tx) =>
    tx.db
      .selectFrom('patient_months')
      .select(['staff_seconds', 'practitioner_seconds', 'left_out_seconds'])
      .where('tenant_id', '=', tx.tenantId)
      .where('patient_id', '=', patientId)
      .where('month', '=', which)
      .executeTakeFirst(),
  )
}

describe('the timer', () => {
  test('nineteen minutes and fifty-nine seconds are 1,199 seconds and nothing more; one more second makes twenty minutes', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 1199)
    const ended = await stop(timer.id, { whatWasDone: 'Talked through the month.' })
    expect(ended).toMatchObject({
      seconds: 1199,
      gap: null,
      entries: [
        {
          seconds: 1199,
          countedSeconds: 1199,
          source: 'timer',
          kind: 'staff',
          credential: 'RN',
          whatWasDone: 'Talked through the month.',
        },
      ],
    })
    expect((await month(patientId)).totals.countedSeconds).toBe(1199)
    const again = await start(patientId)
    await work(again.id, 1)
    await stop(again.id)
    expect((await month(patientId)).totals.countedSeconds).toBe(1200)
    expect(await summary(patientId)).toEqual({
      staff_seconds: 1200,
      practitioner_seconds: 0,
      left_out_seconds: 0,
    })
  })

  test('start and stop are on record with who and whom, heartbeats are not', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 30)
    await stop(timer.id)
    expect((await story.auditOf('timer.started')).at(-1)).toMatchObject({
      outcome: 'done',
      actor_id: story.as('rosa').id,
      patient_id: patientId,
      detail: { activity: 'patient_call' },
    })
    expect((await story.auditOf('timer.stopped')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { seconds: 30, gapSeconds: 0 },
    })
    const beats = await story.look((tx) =>
      tx.db
        .selectFrom('audit_events')
        .select('id')
        .where('tenant_id', '=', tx.tenantId)
        .where('endpoint', '=', 'minutes.heartbeat')
        .execute(),
    )
    expect(beats).toEqual([])
  })

  test('a stop in the same second makes no entry', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    expect(await stop(timer.id)).toMatchObject({ seconds: 0, entries: [] })
  })

  test('a heartbeat from a stopped timer gets a clear sentence and changes nothing', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 60)
    await stop(timer.id)
    story.clock.advanceSeconds(15)
    const refusal = await story.as('rosa').isRefused(contract.minutes.heartbeat, { params: { id: timer.id } })
    expect(refusal.code).toBe('timer_stopped')
    expect(refusal.detail).toBe(
      'This timer was stopped at 09:13; what it had earned until then is on record. Start a new one to go on.',
    )
    expect((await story.as('rosa').isRefused(contract.minutes.stop, { params: { id: timer.id }, body: {} })).code).toBe(
      'timer_stopped',
    )
    expect((await month(patientId)).totals.countedSeconds).toBe(60)
  })

  test('the same stop sent twice is one stop', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 20)
    const first = await story
      .as('rosa')
      .call(contract.minutes.stop, { params: { id: timer.id }, body: {} }, { key: 'stop-1' })
    const again = await story
      .as('rosa')
      .call(contract.minutes.stop, { params: { id: timer.id }, body: {} }, { key: 'stop-1' })
    expect(again.body).toEqual(first.body)
    expect((await month(patientId)).entries).toHaveLength(1)
  })

  test('25 silent minutes behind a locked screen are 25:00, and the heartbeat tells no name', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await story.database.beforeTenant((db) =>
      db
        .updateTable('auth.sessions')
        .set({ locked_at: story.clock.now() })
        .where('user_id', '=', story.as('rosa').id)
        .execute(),
    )
    for (let beat = 0; beat < 100; beat++) {
      story.clock.advanceSeconds(15)
      const answer = await story.as('rosa').call(contract.minutes.heartbeat, { params: { id: timer.id } })
      expect(answer.status).toBe(200)
      expect(JSON.stringify(answer.body)).not.toMatch(/Diaz|Elena/)
    }
    expect((await story.as('rosa').isRefused(contract.minutes.list, { params: { patientId }, query: {} })).code).toBe(
      'session_locked',
    )
    await story.database.beforeTenant((db) =>
      db
        .updateTable('auth.sessions')
        .set({ locked_at: null, active_at: '2100-01-01T00:00:00Z' })
        .where('user_id', '=', story.as('rosa').id)
        .execute(),
    )
    story.clock.advanceSeconds(3)
    expect((await stop(timer.id)).seconds).toBe(1503)
  })

  test('pausing credits what was worked; going on is a new stretch', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 100)
    await stop(timer.id, { pause: true })
    story.clock.advanceSeconds(600)
    expect(await story.as('rosa').does(contract.minutes.timer, {})).toMatchObject({
      running: null,
      paused: { patient: { id: patientId }, seconds: 100 },
    })
    const next = await start(patientId)
    await work(next.id, 50)
    await stop(next.id)
    expect((await month(patientId)).totals.countedSeconds).toBe(150)
    expect((await story.as('rosa').does(contract.minutes.timer, {})).paused).toBeNull()
  })

  test('one a person: on a second device the start is refused with whose timer runs', async () => {
    const patientId = await fresh()
    await start(patientId)
    const refusal = await story.as('rosa').isRefused(contract.minutes.start, { params: { patientId: lee }, body: {} })
    expect(refusal).toMatchObject({
      code: 'timer_running',
      detail: expect.stringContaining('Elena Diaz has been running since 09:12'),
    })
    expect(
      (await story.as('tomas').does(contract.minutes.start, { params: { patientId: lee }, body: {} })).running,
    ).not.toBeNull()
  })

  test('two devices beat the same timer: its time is counted once', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    for (let beat = 0; beat < 4; beat++) {
      story.clock.advanceSeconds(15)
      await story.as('rosa').does(contract.minutes.heartbeat, { params: { id: timer.id } })
      await story.as('rosa').does(contract.minutes.heartbeat, { params: { id: timer.id } })
    }
    expect((await stop(timer.id)).seconds).toBe(60)
  })

  test('the database itself refuses a second running timer', async () => {
    const patientId = await fresh()
    await start(patientId)
    const second = story.look((tx) =>
      tx.db
        .insertInto('timers')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          staff_id: story.as('rosa').id,
          patient_id: lee,
          program: 'ccm',
          activity: 'patient_call',
          started_at: story.clock.now(),
          heartbeat_at: story.clock.now(),
          gap_seconds: 45,
        })
        .execute(),
    )
    await expect(second).rejects.toMatchObject({ constraint: 'timers_one_running' })
  })

  test("another person's timer, and another organization's, do not exist for Rosa", async () => {
    const patientId = await fresh()
    const timer = await start(patientId, 'tomas')
    expect((await story.as('rosa').isRefused(contract.minutes.heartbeat, { params: { id: timer.id } })).code).toBe(
      'not_found',
    )
    expect((await story.as('rosa').isRefused(contract.minutes.stop, { params: { id: timer.id }, body: {} })).code).toBe(
      'not_found',
    )
    expect(
      (
        await story.other
          .as('tomas')
          .isRefused(contract.minutes.discard, { params: { id: timer.id }, body: { reason: 'Mine?' } })
      ).code,
    ).toBe('not_found')
    expect(
      (await story.other.as('rosa').isRefused(contract.minutes.start, { params: { patientId }, body: {} })).code,
    ).toBe('not_found')
    expect((await story.as('sam').isRefused(contract.minutes.start, { params: { patientId }, body: {} })).code).toBe(
      'forbidden',
    )
  })

  test('nobody works for the dead', async () => {
    nextMorning()
    const patientId = await story.addPatient({ deceased: true, diedOn: '2026-10-01' })
    expect((await story.as('rosa').isRefused(contract.minutes.start, { params: { patientId }, body: {} })).code).toBe(
      'patient_deceased',
    )
  })

  test('an unknown kind of work is refused with its field', async () => {
    const patientId = await fresh()
    const refusal = await story
      .as('rosa')
      .isRefused(contract.minutes.start, { params: { patientId }, body: { activity: 'napping' } })
    expect(refusal).toMatchObject({ code: 'invalid_input', faults: [{ path: 'body.activity' }] })
  })
})

describe('switching', () => {
  test("to Mr Lee stops Mrs Diaz's time and starts his at the same second; taken back, she had it all along", async () => {
    const patientId = await fresh()
    const other = await addEnrolledPatient(story, { given: 'Tom', family: 'Lee' })
    const timer = await start(patientId)
    await work(timer.id, 120)
    const switched = await story
      .as('rosa')
      .does(contract.minutes.start, { params: { patientId: other }, body: { switch: true } })
    expect(switched).toMatchObject({
      running: { patient: { id: other } },
      undo: { fromPatient: { id: patientId } },
    })
    expect((await month(patientId)).totals.countedSeconds).toBe(120)
    story.clock.advanceSeconds(8)
    const back = await story
      .as('rosa')
      .does(contract.minutes.undoSwitch, { params: { id: switched.undo?.timerId ?? '' } })
    expect(back).toMatchObject({ running: { id: timer.id, secondsElapsed: 128 }, undo: null })
    await work(timer.id, 12)
    expect((await stop(timer.id)).seconds).toBe(140)
    expect((await month(patientId)).totals).toMatchObject({ countedSeconds: 140, recordedSeconds: 140 })
    expect((await month(patientId)).entries.filter((entry) => entry.superseded !== null)).toHaveLength(1)
    expect((await month(other)).entries).toEqual([])
  })

  test('after the ten seconds the switch stands', async () => {
    const patientId = await fresh()
    await start(patientId)
    story.clock.advanceSeconds(30)
    const switched = await story
      .as('rosa')
      .does(contract.minutes.start, { params: { patientId: lee }, body: { switch: true } })
    story.clock.advanceSeconds(20)
    expect(
      (await story.as('rosa').isRefused(contract.minutes.undoSwitch, { params: { id: switched.running?.id ?? '' } }))
        .code,
    ).toBe('undo_window_over')
    await stop(switched.running?.id ?? '')
    expect(
      (await story.as('rosa').isRefused(contract.minutes.undoSwitch, { params: { id: switched.running?.id ?? '' } }))
        .code,
    ).toBe('timer_stopped')
    expect((await story.as('rosa').isRefused(contract.minutes.undoSwitch, { params: { id: newId() } })).code).toBe(
      'not_found',
    )
  })
})

describe('a killed browser', () => {
  test('is told on return since when there was silence; the time up to it is recovered, the gap is not', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 600)
    story.clock.advanceSeconds(1500)
    const current = await story.as('rosa').does(contract.minutes.timer, {})
    expect(current.running).toMatchObject({
      secondsElapsed: 600,
      silentSince: new Date(story.clock.now().getTime() - 1_500_000).toISOString(),
    })
    const beat = await story.as('rosa').isRefused(contract.minutes.heartbeat, { params: { id: timer.id } })
    expect(beat).toMatchObject({ code: 'timer_silent', detail: expect.stringContaining('1500 seconds') })
    const recovered = await story
      .as('rosa')
      .does(contract.minutes.recover, { params: { id: timer.id }, body: { goOn: true } })
    expect(recovered).toMatchObject({
      seconds: 600,
      gap: { seconds: 1500 },
      timer: { running: { patient: { id: patientId }, secondsElapsed: 0 } },
    })
    const next = recovered.timer.running?.id ?? ''
    await work(next, 60)
    await stop(next)
    expect((await month(patientId)).totals.countedSeconds).toBe(660)
    // The gap can be added by hand, with its reason, and only there where nothing is on record.
    const { gap } = recovered
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: {
        startedAt: gap?.from ?? '',
        endedAt: gap?.to ?? '',
        activity: 'patient_call',
        contact: 'patient',
        whatWasDone: 'The call went on while the computer was off.',
        reason: 'The battery was empty.',
        attested: true,
      },
    })
    expect((await month(patientId)).totals).toMatchObject({ countedSeconds: 660, waitingSeconds: 1500 })
  })

  test('a stop that comes after a silence credits up to the last heartbeat and says what it left out', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 90)
    story.clock.advanceSeconds(46)
    expect(await stop(timer.id)).toMatchObject({ seconds: 90, gap: { seconds: 46 } })
  })

  test('a stop within the gap that the clinic lets pass credits all of it', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 90)
    story.clock.advanceSeconds(45)
    expect(await stop(timer.id)).toMatchObject({ seconds: 135, gap: null })
  })

  test('recovering what ended already is refused; discarding credits nothing and keeps the reason', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 45)
    await story
      .as('rosa')
      .does(contract.minutes.discard, { params: { id: timer.id }, body: { reason: 'Started by mistake.' } })
    expect((await month(patientId)).entries).toEqual([])
    for (const endpoint of [contract.minutes.recover, contract.minutes.undoSwitch] as const) {
      expect((await story.as('rosa').isRefused(endpoint, { params: { id: timer.id }, body: {} } as never)).code).toBe(
        'timer_stopped',
      )
    }
    expect(
      (
        await story
          .as('rosa')
          .isRefused(contract.minutes.discard, { params: { id: timer.id }, body: { reason: 'Again.' } })
      ).code,
    ).toBe('timer_stopped')
    const notes = await story.look((tx) =>
      tx.db
        .selectFrom('timers')
        .select('stop_note')
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', timer.id)
        .execute(),
    )
    expect(notes).toEqual([{ stop_note: 'Started by mistake.' }])
  })

  test('a killed server: a new one on the same store goes on with the same timer', async () => {
    const patientId = await fresh()
    const timer = await start(patientId)
    await work(timer.id, 300)
    const second = new App({
      database: story.database,
      clock: story.clock,
      outside: quietOutside(),
      sealer: story.app.runner.sealer,
      publicRequestsPerMinute: 1000,
    })
    const rosa = await second.actorOf(story.tenantId, story.as('rosa').id)
    story.clock.advanceSeconds(20)
    expect((await second.act(contract.minutes.heartbeat, rosa, { params: { id: timer.id } })).secondsElapsed).toBe(320)
    story.clock.advanceSeconds(10)
    const ended = await second.act(contract.minutes.stop, rosa, {
      params: { id: timer.id },
      body: { pause: false },
    })
    expect(ended.seconds).toBe(330)
  })
})

describe("the month's edge", () => {
  test('a call over midnight on 31 October in New York is cut exactly there: ten minutes each side, an hour before the clocks go back', async () => {
    const patientId = await addEnrolledPatient(story)
    story.clock.set('2026-11-01T03:50:00Z')
    const timer = await start(patientId)
    await work(timer.id, 1200)
    expect(
      (await stop(timer.id)).entries.map(({ month, serviceOn, seconds }) => ({ month, serviceOn, seconds })),
    ).toEqual([
      { month: '2026-10', serviceOn: '2026-10-31', seconds: 600 },
      { month: '2026-11', serviceOn: '2026-11-01', seconds: 600 },
    ])
    expect(await summary(patientId, '2026-10')).toMatchObject({ staff_seconds: 600 })
    expect(await summary(patientId, '2026-11')).toMatchObject({ staff_seconds: 600 })
  })

  test('the hour that comes twice: from 01:30 to 01:30 New York time are 60 minutes of work', async () => {
    const patientId = await addEnrolledPatient(story)
    story.clock.set('2026-11-01T05:30:00Z')
    const timer = await start(patientId)
    await work(timer.id, 3600)
    const ended = await stop(timer.id)
    expect(ended.entries).toMatchObject([{ seconds: 3600, month: '2026-11', serviceOn: '2026-11-01' }])
  })

  test('after the close has begun a late entry is kept, opens a correction case, and the month stays as it was', async () => {
    const patientId = await addEnrolledPatient(story)
    story.clock.set('2026-12-01T15:00:00Z')
    await story.setPolicy('minutes.manual_days_back', 60)
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2026-11-27T15:00:00Z', '2026-11-27T15:10:00Z'),
    })
    const before = await summary(patientId, '2026-11')
    await story.look((tx) =>
      tx.db
        .insertInto('month_closes')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          clinic_id: story.clinicId,
          month: '2026-11',
          phase: 'freeze',
          book: 'test',
          started_by: story.as('lena').id,
          started_at: story.clock.now(),
        })
        .execute(),
    )
    story.clock.advanceSeconds(60)
    const late = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2026-11-28T15:00:00Z', '2026-11-28T15:10:00Z'),
    })
    expect(late.entries).toMatchObject([{ seconds: 600, late: true, month: '2026-11' }])
    expect(await summary(patientId, '2026-11')).toEqual(before)
    const cases = await story.look((tx) =>
      tx.db
        .selectFrom('correction_cases')
        .select(['patient_id', 'month', 'cause', 'time_entry_id'])
        .where('tenant_id', '=', tx.tenantId)
        .execute(),
    )
    expect(cases).toEqual([
      { patient_id: patientId, month: '2026-11', cause: 'late_entry', time_entry_id: late.entries[0]?.id },
    ])
    // A correction and an approval of a closed month take the same way.
    await story.as('rosa').does(contract.minutes.withdraw, {
      params: { id: late.entries[0]?.id ?? '' },
      body: { reason: 'Was another patient.' },
    })
    expect(await summary(patientId, '2026-11')).toEqual(before)
    await story.setPolicy('minutes.manual_days_back', 7)
  })
})

function setRosasCredentialEnd(lastDay: string | null) {
  return story.look((tx) =>
    tx.db
      .updateTable('staff_credentials')
      .set({ valid_to: lastDay })
      .where('tenant_id', '=', tx.tenantId)
      .where('staff_id', '=', story.as('rosa').id)
      .execute(),
  )
}

function byHand(startedAt: string, endedAt: string, more: object = {}) {
  return {
    startedAt,
    endedAt,
    activity: 'care_plan_work',
    whatWasDone: 'Worked on the plan for her diabetes.',
    reason: 'The computer was in use.',
    attested: true,
    ...more,
  }
}

describe('time by hand', () => {
  test('is written with start and end, reason and attestation, and is on record', async () => {
    const patientId = await fresh()
    story.clock.set('2027-01-05T16:00:00Z')
    const body = byHand('2027-01-05T15:00:00Z', '2027-01-05T15:12:30Z')
    const first = await story.as('rosa').call(contract.minutes.log, { params: { patientId }, body }, { key: 'hand-1' })
    expect(first.body.entries).toMatchObject([
      {
        seconds: 750,
        source: 'manual',
        approval: 'not_needed',
        countedSeconds: 750,
        reason: 'The computer was in use.',
        attested: true,
      },
    ])
    const again = await story.as('rosa').call(contract.minutes.log, { params: { patientId }, body }, { key: 'hand-1' })
    expect(again.body).toEqual(first.body)
    expect((await story.auditOf('minutes.logged')).at(-1)).toMatchObject({
      outcome: 'done',
      patient_id: patientId,
      detail: { seconds: 750, needsApproval: false },
    })
  })

  test('never overlaps what she has on record for anybody, in any program', async () => {
    const patientId = await fresh()
    story.clock.set('2027-01-06T16:00:00Z')
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId: lee },
      body: byHand('2027-01-06T15:00:00Z', '2027-01-06T15:10:00Z'),
    })
    for (const body of [
      byHand('2027-01-06T15:09:59Z', '2027-01-06T15:15:00Z'),
      byHand('2027-01-06T14:55:00Z', '2027-01-06T15:00:01Z', { program: 'rpm' }),
    ]) {
      const refusal = await story.as('rosa').isRefused(contract.minutes.log, { params: { patientId }, body })
      expect(refusal).toMatchObject({
        code: 'time_overlaps',
        detail: expect.stringContaining('10:00 to 10:10 on record for Tom Lee (Work on the care plan)'),
      })
    }
    // Touching is not overlapping.
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-06T15:10:00Z', '2027-01-06T15:15:00Z'),
    })
    // And the database refuses what slips past the question.
    const direct = story.look((tx) =>
      tx.db
        .insertInto('time_entries')
        .values({
          tenant_id: tx.tenantId,
          id: newId(),
          patient_id: patientId,
          staff_id: story.as('rosa').id,
          kind: 'staff',
          credential: 'RN',
          program: 'ccm',
          activity: 'patient_call',
          what_was_done: 'x',
          started_at: '2027-01-06T15:05:00Z',
          ended_at: '2027-01-06T15:06:00Z',
          seconds: 60,
          month: '2027-01',
          service_on: '2027-01-06',
          source: 'manual',
          recorded_by: story.as('rosa').id,
          recorded_at: story.clock.now(),
        })
        .execute(),
    )
    await expect(direct).rejects.toMatchObject({ constraint: 'time_entries_no_overlap' })
  })

  test("two people on one patient at the same moment are one person's minutes", async () => {
    const patientId = await fresh()
    story.clock.set('2027-01-07T16:00:00Z')
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-07T15:00:00Z', '2027-01-07T15:10:00Z'),
    })
    await story.as('tomas').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-07T15:05:00Z', '2027-01-07T15:15:00Z'),
    })
    const view = await month(patientId, '2027-01')
    expect(view.totals).toMatchObject({
      countedSeconds: 900,
      recordedSeconds: 1200,
      leftOutSeconds: 300,
      leftOut: [{ reason: 'counted_once', seconds: 300 }],
    })
    expect(await summary(patientId, '2027-01')).toEqual({
      staff_seconds: 900,
      practitioner_seconds: 0,
      left_out_seconds: 300,
    })
  })

  test("Dr Okafor's own time is kept apart from the staff's", async () => {
    const patientId = await fresh()
    story.clock.set('2027-01-08T16:00:00Z')
    await story.as('okafor').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-08T14:00:00Z', '2027-01-08T14:20:00Z'),
    })
    await story.as('okafor').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-08T14:20:00Z', '2027-01-08T14:25:00Z', { personalCcm: false }),
    })
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-08T15:00:00Z', '2027-01-08T15:10:00Z', { personalCcm: true }),
    })
    const view = await month(patientId, '2027-01')
    expect(view.totals).toMatchObject({ staffSeconds: 600, practitionerSeconds: 1500, personalSeconds: 1200 })
    expect(view.entries.map(({ kind, personalCcm }) => ({ kind, personalCcm }))).toEqual([
      { kind: 'practitioner', personalCcm: true },
      { kind: 'practitioner', personalCcm: false },
      { kind: 'staff', personalCcm: false },
    ])
  })

  test.each([
    ['from the future', byHand('2027-01-11T15:30:00Z', '2027-01-11T16:00:01Z'), 'time_not_allowed'],
    ['from eight days ago', byHand('2027-01-03T15:00:00Z', '2027-01-03T15:10:00Z'), 'time_not_allowed'],
    ['that ends before it starts', byHand('2027-01-11T15:30:00Z', '2027-01-11T15:20:00Z'), 'time_not_allowed'],
    [
      'not attested',
      byHand('2027-01-11T15:00:00Z', '2027-01-11T15:10:00Z', { attested: false }),
      'attestation_required',
    ],
    [
      'of an unknown kind',
      byHand('2027-01-11T15:00:00Z', '2027-01-11T15:10:00Z', { activity: 'napping' }),
      'invalid_input',
    ],
    ['without a reason', byHand('2027-01-11T15:00:00Z', '2027-01-11T15:10:00Z', { reason: ' ' }), 'invalid_input'],
  ])('time %s is refused', async (_what, body, code) => {
    const patientId = await fresh()
    story.clock.set('2027-01-11T16:00:00Z')
    expect((await story.as('rosa').isRefused(contract.minutes.log, { params: { patientId }, body })).code).toBe(code)
    expect((await month(patientId, '2027-01')).entries).toEqual([])
  })

  test('and the timer that runs is hers, too', async () => {
    const patientId = await fresh()
    story.clock.set('2027-01-12T16:00:00Z')
    const timer = await start(lee)
    await work(timer.id, 60)
    const refusal = await story.as('rosa').isRefused(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-12T15:59:00Z', '2027-01-12T16:00:30Z'),
    })
    expect(refusal).toMatchObject({
      code: 'time_overlaps',
      detail: expect.stringContaining('timer for Tom Lee'),
    })
    await stop(timer.id)
  })
})

describe('an expired credential', () => {
  test('stops the clinical clock by name; clerical work is kept and never counts', async () => {
    const patientId = await fresh()
    story.clock.set('2027-02-02T16:00:00Z')
    await setRosasCredentialEnd('2027-01-31')
    const refusal = await story.as('rosa').isRefused(contract.minutes.start, { params: { patientId }, body: {} })
    expect(refusal).toMatchObject({ code: 'staff_expired', detail: expect.stringContaining('2027-02-02') })
    expect(
      (
        await story.as('rosa').isRefused(contract.minutes.log, {
          params: { patientId },
          body: byHand('2027-02-02T15:00:00Z', '2027-02-02T15:10:00Z'),
        })
      ).code,
    ).toBe('staff_expired')
    // What lies before the expiry may still be written.
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-01-31T15:00:00Z', '2027-01-31T15:10:00Z'),
    })
    const timer = await start(patientId, 'rosa', { activity: 'scheduling' })
    await work(timer.id, 60)
    const ended = await stop(timer.id)
    expect(ended.entries).toMatchObject([
      { credential: 'NONE', countedSeconds: 0, leftOut: [{ reason: 'activity_not_countable', seconds: 60 }] },
    ])
    await setRosasCredentialEnd(null)
  })
})

describe('what is left out, and why', () => {
  test('a voicemail, time before consent and time after death are named with their seconds', async () => {
    story.clock.set('2027-03-02T16:00:00Z')
    const patientId = await addEnrolledPatient(story, {
      consentAt: '2027-03-02T15:30:00Z',
      enrolledOn: '2027-03-02',
    })
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-03-02T15:25:00Z', '2027-03-02T15:35:00Z'),
    })
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-03-02T15:40:00Z', '2027-03-02T15:41:00Z', { activity: 'voicemail_only' }),
    })
    const view = await month(patientId, '2027-03')
    expect(view.totals).toMatchObject({
      countedSeconds: 300,
      recordedSeconds: 660,
      leftOutSeconds: 360,
      leftOut: [
        { reason: 'before_consent', seconds: 300 },
        {
          reason: 'activity_not_countable',
          words: 'Voicemail left: Leaving a message is not care.',
          seconds: 60,
        },
      ],
    })
    expect(view.entries.map((entry) => entry.countedSeconds)).toEqual([300, 0])
  })

  test('the list is for those who may read minutes, in their own organization', async () => {
    expect(
      (await story.as('sam').isRefused(contract.minutes.list, { params: { patientId: diaz }, query: {} })).code,
    ).toBe('forbidden')
    expect(
      (await story.other.as('rosa').isRefused(contract.minutes.list, { params: { patientId: diaz }, query: {} })).code,
    ).toBe('not_found')
    expect(
      (await story.as('lena').does(contract.minutes.activities, {})).items.find((one) => one.id === 'voicemail_only'),
    ).toMatchObject({ countable: false, law: [expect.any(String)] })
  })
})

describe('corrections', () => {
  test("take the entry's place; the old version stays in sight and no longer counts", async () => {
    const patientId = await fresh()
    story.clock.set('2027-04-06T16:00:00Z')
    const { entries } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-04-06T15:00:00Z', '2027-04-06T15:20:00Z'),
    })
    const entry = entries[0]
    if (entry === undefined) throw new Error('one entry')
    const fix = {
      params: { id: entry.id },
      body: {
        startedAt: entry.startedAt,
        endedAt: '2027-04-06T15:15:00Z',
        activity: 'chart_review',
        program: 'ccm',
        contact: null,
        whatWasDone: 'Read her labs.',
        reason: 'I stopped earlier.',
        attested: true,
      },
    } as const
    const fixed = await story.as('rosa').does(contract.minutes.correct, fix)
    expect(fixed.entries).toMatchObject([{ seconds: 900, supersedesId: entry.id, activity: 'chart_review' }])
    const view = await month(patientId, '2027-04')
    expect(view.entries).toHaveLength(2)
    expect(view.entries.find((one) => one.id === entry.id)).toMatchObject({
      superseded: { by: 'Rosa Marin', reason: 'I stopped earlier.' },
      countedSeconds: 0,
    })
    expect(view.totals).toMatchObject({ countedSeconds: 900, recordedSeconds: 900 })
    expect((await story.as('rosa').isRefused(contract.minutes.correct, fix)).code).toBe('conflict')
    expect(
      (
        await story
          .as('tomas')
          .isRefused(contract.minutes.correct, { ...fix, params: { id: fixed.entries[0]?.id ?? '' } })
      ).code,
    ).toBe('forbidden')
    expect((await story.other.as('rosa').isRefused(contract.minutes.correct, fix)).code).toBe('not_found')
    expect(
      (await story.auditOf('minutes.corrected')).some(
        (event) => event.outcome === 'done' && event.patient_id === patientId,
      ),
    ).toBe(true)
  })

  test('can move time to the patient whose it was; both months are added up anew', async () => {
    const patientId = await fresh()
    const right = await addEnrolledPatient(story, { given: 'Ann', family: 'Kim' })
    story.clock.set('2027-04-07T16:00:00Z')
    const {
      entries: [entry],
    } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-04-07T15:00:00Z', '2027-04-07T15:10:00Z'),
    })
    await story.as('rosa').does(contract.minutes.correct, {
      params: { id: entry?.id ?? '' },
      body: {
        startedAt: '2027-04-07T15:00:00Z',
        endedAt: '2027-04-07T15:10:00Z',
        activity: 'care_plan_work',
        program: 'ccm',
        contact: null,
        whatWasDone: 'Plan work.',
        patientId: right,
        reason: 'Wrong chart was open.',
        attested: true,
      },
    })
    expect(await summary(patientId, '2027-04')).toMatchObject({ staff_seconds: 0 })
    expect(await summary(right, '2027-04')).toMatchObject({ staff_seconds: 600 })
  })

  test.each([
    ['into the future', '2027-04-19', { endedAt: 'T16:00:01Z' }, 'time_not_allowed'],
    ['over other time of hers', '2027-04-20', { startedAt: 'T14:50:00Z' }, 'time_overlaps'],
    [
      'with more time but no attestation',
      '2027-04-21',
      { startedAt: 'T14:58:00Z', attested: false },
      'attestation_required',
    ],
    ['to an unknown kind of work', '2027-04-22', { activity: 'napping' }, 'invalid_input'],
  ] as const)('a correction %s is refused and nothing changes', async (_what, on, change, code) => {
    const patientId = await fresh()
    story.clock.set(`${on}T16:00:00Z`)
    await story.as('rosa').does(contract.minutes.log, {
      params: { patientId: lee },
      body: byHand(`${on}T14:45:00Z`, `${on}T14:55:00Z`),
    })
    const {
      entries: [entry],
    } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand(`${on}T15:00:00Z`, `${on}T15:10:00Z`),
    })
    const wanted = {
      startedAt: 'T15:00:00Z',
      endedAt: 'T15:10:00Z',
      activity: 'care_plan_work',
      attested: true,
      ...change,
    }
    const refusal = await story.as('rosa').isRefused(contract.minutes.correct, {
      params: { id: entry?.id ?? '' },
      body: {
        ...wanted,
        startedAt: `${on}${wanted.startedAt}`,
        endedAt: `${on}${wanted.endedAt}`,
        program: 'ccm',
        contact: null,
        whatWasDone: 'Plan work.',
        reason: 'A try.',
      },
    })
    expect(refusal.code).toBe(code)
    expect((await month(patientId, '2027-04')).entries).toMatchObject([{ id: entry?.id, superseded: null }])
  })

  test('of clinical time needs a credential of that day', async () => {
    const patientId = await fresh()
    story.clock.set('2027-04-23T16:00:00Z')
    const {
      entries: [entry],
    } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-04-23T15:00:00Z', '2027-04-23T15:10:00Z'),
    })
    await setRosasCredentialEnd('2027-04-22')
    const refusal = await story.as('rosa').isRefused(contract.minutes.correct, {
      params: { id: entry?.id ?? '' },
      body: {
        startedAt: '2027-04-23T15:00:00Z',
        endedAt: '2027-04-23T15:05:00Z',
        activity: 'care_plan_work',
        program: 'ccm',
        contact: null,
        whatWasDone: 'Plan work.',
        reason: 'Shorter.',
        attested: true,
      },
    })
    await setRosasCredentialEnd(null)
    expect(refusal.code).toBe('staff_expired')
  })

  test('withdrawn time stays in sight; only its owner withdraws it', async () => {
    const patientId = await fresh()
    story.clock.set('2027-04-12T16:00:00Z')
    const {
      entries: [entry],
    } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-04-12T15:00:00Z', '2027-04-12T15:10:00Z'),
    })
    const id = entry?.id ?? ''
    expect(
      (await story.as('tomas').isRefused(contract.minutes.withdraw, { params: { id }, body: { reason: 'No.' } })).code,
    ).toBe('forbidden')
    expect(
      await story
        .as('rosa')
        .does(contract.minutes.withdraw, { params: { id }, body: { reason: 'It never happened.' } }),
    ).toMatchObject({ superseded: { reason: 'It never happened.' } })
    expect(
      (await story.as('rosa').isRefused(contract.minutes.withdraw, { params: { id }, body: { reason: 'Again.' } }))
        .code,
    ).toBe('conflict')
    expect(
      (
        await story
          .as('rosa')
          .isRefused(contract.minutes.withdraw, { params: { id: newId() }, body: { reason: 'What?' } })
      ).code,
    ).toBe('not_found')
    expect(await summary(patientId, '2027-04')).toMatchObject({ staff_seconds: 0, left_out_seconds: 0 })
  })
})

describe('a second person', () => {
  test('approves what is longer than twenty minutes by hand; until then it does not count', async () => {
    const patientId = await fresh()
    story.clock.set('2027-05-04T16:00:00Z')
    const {
      entries: [entry],
    } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-05-04T15:00:00Z', '2027-05-04T15:30:00Z'),
    })
    const id = entry?.id ?? ''
    expect(entry).toMatchObject({
      approval: 'waiting',
      countedSeconds: 0,
      leftOut: [{ reason: 'waiting_for_approval', seconds: 1800 }],
    })
    expect((await month(patientId, '2027-05')).totals).toMatchObject({
      countedSeconds: 0,
      waitingSeconds: 1800,
    })
    expect(
      (await story.as('june').does(contract.minutes.approvals, { query: {} })).items.map((one) => one.id),
    ).toContain(id)
    expect((await story.as('rosa').isRefused(contract.minutes.approvals, { query: {} })).code).toBe('forbidden')
    expect((await story.as('rosa').isRefused(contract.minutes.approve, { params: { id } })).code).toBe('forbidden')
    expect((await story.other.as('june').isRefused(contract.minutes.approve, { params: { id } })).code).toBe(
      'not_found',
    )
    expect(await story.as('june').does(contract.minutes.approve, { params: { id } })).toMatchObject({
      approval: 'approved',
      approvedBy: { name: 'June Park' },
      countedSeconds: 1800,
    })
    expect(await summary(patientId, '2027-05')).toMatchObject({ staff_seconds: 1800 })
    expect((await story.as('june').isRefused(contract.minutes.approve, { params: { id } })).code).toBe('conflict')
    expect((await story.auditOf('minutes.approved')).filter((event) => event.outcome === 'done')).toMatchObject([
      { actor_id: story.as('june').id, patient_id: patientId },
    ])
  })

  test('is really a second person, whatever seats the first one holds', async () => {
    const patientId = await fresh()
    story.clock.set('2027-05-05T16:00:00Z')
    await story.look((tx) =>
      tx.db
        .updateTable('staff')
        .set({ roles: ['care_manager', 'ccm_manager'] })
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', story.as('rosa').id)
        .execute(),
    )
    const {
      entries: [entry],
    } = await story.as('rosa').does(contract.minutes.log, {
      params: { patientId },
      body: byHand('2027-05-05T15:00:00Z', '2027-05-05T15:30:00Z'),
    })
    const id = entry?.id ?? ''
    expect((await story.as('rosa').isRefused(contract.minutes.approve, { params: { id } })).code).toBe('same_person')
    expect(
      (await story.as('rosa').isRefused(contract.minutes.decline, { params: { id }, body: { reason: 'Mine.' } })).code,
    ).toBe('same_person')
    await story.look((tx) =>
      tx.db
        .updateTable('staff')
        .set({ roles: ['care_manager'] })
        .where('tenant_id', '=', tx.tenantId)
        .where('id', '=', story.as('rosa').id)
        .execute(),
    )
    expect(
      await story.as('june').does(contract.minutes.decline, {
        params: { id },
        body: { reason: 'No such call in the phone log.' },
      }),
    ).toMatchObject({
      superseded: { by: 'June Park', reason: 'Not approved: No such call in the phone log.' },
    })
    expect(
      (await story.as('june').isRefused(contract.minutes.decline, { params: { id }, body: { reason: 'Again.' } })).code,
    ).toBe('conflict')
    expect(
      (
        await story
          .as('june')
          .isRefused(contract.minutes.decline, { params: { id: newId() }, body: { reason: 'What?' } })
      ).code,
    ).toBe('not_found')
    expect((await month(patientId, '2027-05')).totals).toMatchObject({
      countedSeconds: 0,
      recordedSeconds: 0,
    })
  })
})

describe('two people at once', () => {
  test('who write the same ten minutes with one patient are both kept, and the minutes count once', async () => {
    for (let round = 0; round < 5; round++) {
      const patientId = await fresh({ given: 'Vic', family: `Both ${round}` })
      const startedAt = new Date(story.clock.now().getTime() - 3_600_000).toISOString()
      const endedAt = new Date(Date.parse(startedAt) + 600_000).toISOString()
      const body = {
        startedAt,
        endedAt,
        activity: 'chart_review' as const,
        whatWasDone: 'Went through the chart together.',
        reason: 'At the desk of the provider.',
        attested: true,
      }
      const both = await Promise.all(
        (['rosa', 'tomas'] as const).map((who) =>
          story.as(who).does(contract.minutes.log, { params: { patientId }, body }),
        ),
      )
      expect(both.map(({ entries }) => entries[0]?.seconds)).toEqual([600, 600])
      const { totals, entries } = await month(patientId, startedAt.slice(0, 7))
      expect(totals).toMatchObject({ recordedSeconds: 1200, countedSeconds: 600 })
      expect(entries).toHaveLength(2)
      expect(await summary(patientId, startedAt.slice(0, 7))).toMatchObject({
        staff_seconds: 600,
        left_out_seconds: 600,
      })
    }
  })
})
