import { type CorrectTime, type Credited, contract, type LogTime, type TimeEntry } from '@keepwell/contract'
import { activityRow, type Interval, localDateOf, monthOf } from '@keepwell/rules'
import { action, type Ctx } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { assert, orThrow, Problem } from '../../kernel/problem.ts'
import { policyDefault, policyOn } from '../clinics/index.ts'
import { requirePatient } from '../patients/index.ts'
import { changeMonth, creditInterval, type Ended, endTimer, startTimer, timeZoneOf } from './crediting.ts'
import {
  closeTimer,
  insertApproval,
  listEntriesOfTimer,
  lockEntry,
  lockTimer,
  moveHeartbeat,
  readManualGround,
  reopenTimer,
  type StandingEntry,
  supersede,
} from './minutes.store.ts'
import {
  activityList,
  creditOf,
  decideActivity,
  decideApproval,
  decideCredential,
  decideManual,
  decideRunning,
  decideUndo,
  type ManualTime,
  stepsOf,
  wholeSeconds,
} from './minutes.ts'
import { listWaiting, viewMonth, viewTimer } from './minutes.views.ts'

export const activities = action(contract.minutes.activities, async () => ({ items: activityList }))

export const timer = action(contract.minutes.timer, async ({ tx, by, now }) => viewTimer(tx, by, now))

export const start = action(contract.minutes.start, async (ctx, { params, body }) => {
  const started = await startTimer(ctx, { ...body, patientId: params.patientId, switches: body.switch })
  assert(started.running !== null, 'the timer runs')
  ctx.touch({
    subjectId: started.running.id,
    detail: { activity: body.activity, program: body.program, switch: body.switch },
  })
  return started
})

export const heartbeat = action(contract.minutes.heartbeat, async ({ tx, by, now, timeZone }, { params }) => {
  const moved = await moveHeartbeat(tx, params.id, by, now)
  if (moved === undefined) {
    const { gap } = creditOf(orThrow(decideRunning(await lockTimer(tx, params.id, by), timeZone)), now)
    assert(gap !== null, 'a running timer that takes no heartbeat has fallen silent')
    throw new Problem(
      'timer_silent',
      `Nothing was heard from this timer for ${(gap.endMs - gap.startMs) / 1000} seconds. Everything before that is safe; say whether to go on, and write the time between by hand if you were at work.`,
    )
  }
  const { startMs, endMs } = wholeSeconds({
    startMs: moved.startedAt.getTime(),
    endMs: moved.heartbeatAt.getTime(),
  })
  return { id: params.id, secondsElapsed: Math.max(0, (endMs - startMs) / 1000), asOf: now.toISOString() }
})

export const stop = action(contract.minutes.stop, async (ctx, { params, body }) => {
  const running = orThrow(decideRunning(await lockTimer(ctx.tx, params.id, ctx.by), ctx.timeZone))
  const ended = await endTimer(ctx, running, { ...body, reason: body.pause ? 'paused' : 'stopped' })
  return presentStopped(ctx, running, ended)
})

export const undoSwitch = action(contract.minutes.undoSwitch, async (ctx, { params }) => {
  const running = orThrow(decideRunning(await lockTimer(ctx.tx, params.id, ctx.by), ctx.timeZone))
  const before = await lockTimer(ctx.tx, orThrow(decideUndo(running, ctx.now)), ctx.by)
  const patient = await requirePatient(ctx.tx, before.patientId)
  for (const entry of await listEntriesOfTimer(ctx.tx, before.id, before.patientId)) {
    await changeMonth(
      ctx,
      {
        patientId: patient.id,
        clinicId: patient.clinicId,
        month: entry.month,
        timeZone: await timeZoneOf(ctx, patient.clinicId),
      },
      async () => {
        await supersede(ctx.tx, entry.id, 'The switch to another patient was taken back.', ctx.by, ctx.now)
        return {
          entryId: null,
          cause: 'late_correction',
          detail: 'A switch of the timer was taken back after the month was closed.',
        }
      },
    )
  }
  await closeTimer(ctx.tx, running.id, 'undone', ctx.now)
  // A timer that had been silent before the switch stays silent; otherwise the person was with that patient all along.
  const heard = before.stoppedAt !== null && creditOf(before, before.stoppedAt).gap === null
  await reopenTimer(ctx.tx, before.id, heard ? ctx.now : before.heartbeatAt)
  ctx.touch({ patientId: patient.id, subjectId: before.id })
  return viewTimer(ctx.tx, ctx.by, ctx.now)
})

export const recover = action(contract.minutes.recover, async (ctx, { params, body }) => {
  const silent = orThrow(decideRunning(await lockTimer(ctx.tx, params.id, ctx.by), ctx.timeZone))
  const ended = await endTimer(ctx, silent, { ...body, reason: 'recovered' })
  if (body.goOn) await startTimer(ctx, { ...silent, switches: false })
  return { ...presentStopped(ctx, silent, ended), timer: await viewTimer(ctx.tx, ctx.by, ctx.now) }
})

export const discard = action(contract.minutes.discard, async (ctx, { params, body }) => {
  const running = orThrow(decideRunning(await lockTimer(ctx.tx, params.id, ctx.by), ctx.timeZone))
  await closeTimer(ctx.tx, running.id, 'discarded', ctx.now, body.reason)
  const credit = creditOf(running, ctx.now)
  ctx.touch({
    patientId: running.patientId,
    subjectId: running.id,
    detail: { secondsGivenUp: Math.floor((credit.endMs - credit.startMs) / 1000) },
  })
  return viewTimer(ctx.tx, ctx.by, ctx.now)
})

export const list = action(contract.minutes.list, async (ctx, { params, query }) => {
  const patient = await requirePatient(ctx.tx, params.patientId)
  const timeZone = await timeZoneOf(ctx, patient.clinicId)
  const month = query.month ?? monthOf(ctx.now.getTime(), timeZone)
  const view = await viewMonth(ctx.tx, patient.id, month, timeZone)
  const { daysBack, approvalOverSeconds } = await manualPolicies(ctx)
  return { month, ...view, stepsSeconds: stepsOf(month), daysBack, approvalOverSeconds }
})

export const log = action(contract.minutes.log, async (ctx, { params, body }) => {
  const { time, patient } = await allowedTime(ctx, params.patientId, body, null)
  const entries = await creditInterval(
    ctx,
    { ...workOf(body, time), staffId: ctx.by, timerId: null, callId: null, supersedesId: null },
    patient,
    time.interval,
  )
  ctx.touch({
    detail: {
      activity: body.activity,
      entries: entries.map(({ id }) => id),
      seconds: secondsOf(time.interval),
      needsApproval: time.needsApproval,
    },
  })
  return { entries }
})

export const correct = action(contract.minutes.correct, async (ctx, { params, body }) => {
  const entry = await lockOwnEntry(ctx, params.id)
  const { time, patient } = await allowedTime(ctx, body.patientId ?? entry.patientId, body, entry)
  await changeMonth(ctx, await monthOfEntry(ctx, entry), async () => {
    await supersede(ctx.tx, entry.id, body.reason, ctx.by, ctx.now)
    return {
      entryId: null,
      cause: 'late_correction',
      detail: `Entry ${entry.id} was replaced after the month was closed.`,
    }
  })
  const moved = patient.id !== entry.patientId
  const entries = await creditInterval(
    ctx,
    {
      ...workOf(body, time),
      staffId: entry.staffId,
      timerId: entry.timerId,
      callId: moved ? null : entry.callId,
      supersedesId: entry.id,
    },
    patient,
    time.interval,
  )
  ctx.touch({
    patientId: patient.id,
    ...(moved ? { otherPatientId: entry.patientId } : {}),
    subjectId: entry.id,
    detail: {
      replacedBy: entries.map(({ id }) => id),
      movedFromPatientId: moved ? entry.patientId : null,
      needsApproval: time.needsApproval,
    },
  })
  return { entries }
})

export const withdraw = action(contract.minutes.withdraw, async (ctx, { params, body }) => {
  const entry = await lockOwnEntry(ctx, params.id)
  return superseded(ctx, entry, body.reason)
})

export const approvals = action(contract.minutes.approvals, async ({ tx }, { query }) => listWaiting(tx, query))

export const approve = action(contract.minutes.approve, async (ctx, { params }) => {
  const entry = await lockEntry(ctx.tx, params.id)
  orThrow(decideApproval(entry, ctx.by))
  await changeMonth(ctx, await monthOfEntry(ctx, entry), async () => {
    await insertApproval(ctx.tx, entry.id, ctx.by, ctx.now)
    return {
      entryId: null,
      cause: 'late_entry',
      detail: `Hand-written time (entry ${entry.id}) was approved after the month was closed.`,
    }
  })
  ctx.touch({ patientId: entry.patientId, subjectId: entry.id })
  return presentOne(ctx, entry)
})

export const decline = action(contract.minutes.decline, async (ctx, { params, body }) => {
  const entry = await lockEntry(ctx.tx, params.id)
  orThrow(decideApproval(entry, ctx.by))
  return superseded(ctx, entry, `Not approved: ${body.reason}`)
})

async function superseded(ctx: Ctx, entry: StandingEntry, reason: string): Promise<TimeEntry> {
  await changeMonth(ctx, await monthOfEntry(ctx, entry), async () => {
    await supersede(ctx.tx, entry.id, reason, ctx.by, ctx.now)
    return {
      entryId: null,
      cause: 'late_correction',
      detail: `Entry ${entry.id} was taken out of the count after the month was closed.`,
    }
  })
  ctx.touch({ patientId: entry.patientId, subjectId: entry.id })
  return presentOne(ctx, entry)
}

/** The entry, if it is the actor's own and its newest version. */
async function lockOwnEntry(ctx: Ctx, id: string): Promise<StandingEntry> {
  const entry = await lockEntry(ctx.tx, id)
  if (entry.staffId !== ctx.by)
    throw new Problem('forbidden', `This is the time of ${entry.personName}. Only who worked it can change it.`)
  if (entry.supersededAt !== null)
    throw new Problem('conflict', "A newer version has taken this entry's place. Correct that one.")
  return entry
}

async function monthOfEntry(ctx: Ctx, entry: StandingEntry) {
  return {
    patientId: entry.patientId,
    clinicId: entry.clinicId,
    month: entry.month,
    timeZone: await timeZoneOf(ctx, entry.clinicId),
  }
}

async function manualPolicies({ tx, clinicId, today }: Ctx) {
  return {
    daysBack: await policyOn(tx, clinicId, 'minutes.manual_days_back', today),
    approvalOverSeconds: await policyOn(tx, clinicId, 'minutes.approval_over_seconds', today),
  }
}

/** Whether the actor may write this time by hand with this patient, or correct an entry so. */
async function allowedTime(
  ctx: Ctx,
  patientId: string,
  body: LogTime | CorrectTime,
  replaced: StandingEntry | null,
): Promise<{ time: ManualTime; patient: { id: string; clinicId: string } }> {
  const wanted = wholeSeconds({ startMs: Date.parse(body.startedAt), endMs: Date.parse(body.endedAt) })
  const serviceOn = localDateOf(wanted.startMs, ctx.timeZone)
  const ground = await readManualGround(ctx.tx, {
    patientId,
    staffId: ctx.by,
    clinicId: ctx.clinicId,
    today: ctx.today,
    serviceOn,
    interval: wanted,
    except: replaced?.id ?? null,
  })
  const kind = orThrow(decideActivity(body.activity))
  const { running } = ground
  const time = orThrow(
    decideManual(body, {
      nowMs: ctx.now.getTime(),
      today: ctx.today,
      timeZone: ctx.timeZone,
      daysBack: ground.daysBack ?? policyDefault('minutes.manual_days_back'),
      approvalOverSeconds: ground.approvalOverSeconds ?? policyDefault('minutes.approval_over_seconds'),
      overlapping: ground.overlapping.map((one) => ({
        ...one,
        activity: activityRow(one.activity)?.label ?? one.activity,
      })),
      running:
        running === null
          ? null
          : { ...creditOf(running, ctx.now), patientName: running.patientName, activity: running.activity },
      before:
        replaced === null
          ? null
          : {
              startMs: replaced.startedAt.getTime(),
              endMs: replaced.endedAt.getTime(),
              source: replaced.source,
            },
    }),
  )
  orThrow(decideCredential(ground.credential, kind, serviceOn))
  return { time, patient: { id: ground.patientId, clinicId: ground.clinicId } }
}

function workOf(body: LogTime | CorrectTime, time: ManualTime) {
  return {
    activity: body.activity,
    program: body.program,
    personalCcm: body.program === 'ccm' && body.personalCcm !== false,
    contact: body.contact,
    whatWasDone: body.whatWasDone,
    source: time.source,
    reason: body.reason,
    attested: body.attested,
    needsApproval: time.needsApproval,
  }
}

function secondsOf({ startMs, endMs }: Interval): number {
  return (endMs - startMs) / 1000
}

async function presentOne(ctx: Ctx, entry: StandingEntry): Promise<TimeEntry> {
  const view = await viewMonth(ctx.tx, entry.patientId, entry.month, await timeZoneOf(ctx, entry.clinicId))
  const shown = view.entries.find((one) => one.id === entry.id)
  assert(shown !== undefined, 'the entry is in its month')
  return shown
}

/** What a timer became, for the page, and on record. */
function presentStopped(ctx: Ctx, timer: { id: string; patientId: string }, ended: Ended) {
  const credited = presentEnded(ended)
  ctx.touch({
    patientId: timer.patientId,
    subjectId: timer.id,
    detail: { seconds: credited.seconds, gapSeconds: credited.gap?.seconds ?? 0 },
  })
  return credited
}

/** What a timer became: its entries with what counts of each, and the silence that was left out. */
export function presentEnded(ended: Ended): Credited {
  const { entries } = ended
  return {
    entries,
    seconds: entries.reduce((sum, entry) => sum + entry.seconds, 0),
    gap:
      ended.gap === null
        ? null
        : {
            from: new Date(ended.gap.startMs).toISOString(),
            to: new Date(ended.gap.endMs).toISOString(),
            seconds: Math.floor(secondsOf(ended.gap)),
          },
  }
}

/** The counted seconds of a patient's month with the month's gates (consent, stays, death) applied, for the other features. */
export async function monthMinutes(tx: Tx, patientId: string, month: string, timeZone: string) {
  return (await viewMonth(tx, patientId, month, timeZone)).totals
}
