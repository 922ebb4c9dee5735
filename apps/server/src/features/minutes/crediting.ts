import type { Contact, CurrentTimer, Program, TimeEntry } from '@keepwell/contract'
import { activityRow, type Interval, tallyMinutes } from '@keepwell/rules'
import type { Ctx } from '../../action/action.ts'
import { newId } from '../../kernel/ids.ts'
import { assert, orThrow, Problem } from '../../kernel/problem.ts'
import { policyOn, readClinic } from '../clinics/index.ts'
import { insertCorrectionCase, isMonthFrozen } from '../months/index.ts'
import { requirePatient } from '../patients/index.ts'
import { credentialOn } from '../staffing/index.ts'
import {
  attachCall,
  closeTimer,
  insertCounted,
  insertEntry,
  insertTimer,
  listOverlapping,
  lockMonth,
  lockRunning,
  type NewEntry,
  saveSummary,
} from './minutes.store.ts'
import {
  addedBy,
  creditOf,
  decideActivity,
  decideCredential,
  decideStart,
  kindOf,
  noCredential,
  type Piece,
  piecesOf,
  type TimerRow,
  timeFactsOf,
} from './minutes.ts'
import { type EntryRow, presentEntry, viewTimer } from './minutes.views.ts'
import { type MonthGround, readMonthGround } from './month-ground.ts'

/** What the shell of this feature does in more than one deed: starting, crediting, and keeping the month's sum. */

export interface Work {
  staffId: string
  activity: string
  program: Program
  personalCcm: boolean
  contact: Contact | null
  whatWasDone: string
  source: 'timer' | 'manual'
  timerId: string | null
  callId: string | null
  reason: string | null
  attested: boolean
  needsApproval: boolean
  supersedesId: string | null
}

/** The zone in which the patient's months and days are told. */
export async function timeZoneOf(ctx: Pick<Ctx, 'tx' | 'clinicId' | 'timeZone'>, clinicId: string): Promise<string> {
  return clinicId === ctx.clinicId ? ctx.timeZone : (await readClinic(ctx.tx, clinicId)).timeZone
}

/**
 * Writes an interval of somebody's work as entries, one a month, and adds each to its month. Time that the person has on
 * record already is not written twice. Answers the entries as the page shows them.
 */
export async function creditInterval(
  ctx: Ctx,
  work: Work,
  patient: { id: string; clinicId: string },
  interval: Interval,
): Promise<TimeEntry[]> {
  const timeZone = await timeZoneOf(ctx, patient.clinicId)
  const recorded = work.source === 'timer' ? await listOverlapping(ctx.tx, work.staffId, interval) : []
  const entries: TimeEntry[] = []
  for (const piece of piecesOf(interval, recorded, timeZone))
    entries.push(await creditPiece(ctx, { work, patient, timeZone }, piece))
  return entries
}

interface Credited {
  work: Work
  patient: { id: string; clinicId: string }
  timeZone: string
}

/**
 * Writes one entry and adds it to its month, unless the close of the month has begun: then the month stays as it is, and
 * the entry becomes a correction case (REL-02).
 */
async function creditPiece(ctx: Ctx, { work, patient, timeZone }: Credited, piece: Piece): Promise<TimeEntry> {
  const place = { ...piece, patientId: patient.id, clinicId: patient.clinicId, staffId: work.staffId, timeZone }
  for (let attempt = 1; ; attempt++) {
    const ground = await readMonthGround(ctx.tx, { ...place, interval: piece })
    const credential = ground.credential ?? noCredential
    const kind = kindOf(credential)
    const entry: NewEntry = {
      ...work,
      ...piece,
      id: newId(),
      patientId: patient.id,
      kind,
      credential,
      personalCcm: work.personalCcm && kind === 'practitioner',
      by: ctx.by,
      now: ctx.now,
    }
    const shown = rowOf(entry, ground, ctx.actor.name)
    if (ground.closed) {
      await insertEntry(ctx.tx, entry)
      await insertCorrectionCase(ctx.tx, {
        patientId: patient.id,
        month: piece.month,
        cause: work.supersedesId === null ? 'late_entry' : 'late_correction',
        detail: `${piece.seconds} seconds of ${activityRow(work.activity)?.label ?? work.activity} on ${piece.serviceOn} were written after the month was closed.`,
        timeEntryId: entry.id,
        by: ctx.by,
        now: ctx.now,
      })
    } else {
      const added = addedBy({ ...shown, waiting: entry.needsApproval }, ground.beside, piece.month, timeZone)
      if (!(await insertCounted(ctx.tx, entry, patient.clinicId, added, ground.revision))) {
        assert(attempt === 1, 'a month that is locked is as it was read')
        if (!(await isMonthFrozen(ctx.tx, patient.clinicId, piece.month)))
          await lockMonth(ctx.tx, patient.id, piece.month, ctx.now)
        continue
      }
    }
    const counting = entry.needsApproval ? [] : [...ground.beside, shown].map(timeFactsOf)
    const { leftOut } = tallyMinutes({ ...ground.gates, month: piece.month, timeZone, time: counting })
    return presentEntry(shown, leftOut)
  }
}

/** An entry as it would be read again now. */
function rowOf(entry: NewEntry, ground: MonthGround, recordedByName: string): EntryRow {
  return {
    ...entry,
    patientName: ground.patientName,
    personName: ground.personName,
    startedAt: new Date(entry.startMs),
    endedAt: new Date(entry.endMs),
    approvedById: null,
    approvedByName: null,
    approvedAt: null,
    supersededAt: null,
    supersededByName: null,
    supersededReason: null,
    recordedById: entry.by,
    recordedByName,
    recordedAt: entry.now,
    late: ground.closed,
  }
}

interface Change {
  /** An entry that did not exist before; null where one changed that the close has seen. */
  entryId: string | null
  cause: string
  detail: string
}

/**
 * Changes something in a patient's month. An open month is added up anew; a month whose close has begun stays as it is,
 * and what came late becomes a correction case (REL-02).
 */
export async function changeMonth(
  ctx: Ctx,
  month: { patientId: string; clinicId: string; month: string; timeZone: string },
  change: () => Promise<Change>,
): Promise<void> {
  if (await isMonthFrozen(ctx.tx, month.clinicId, month.month)) {
    const { entryId, cause, detail } = await change()
    await insertCorrectionCase(ctx.tx, {
      patientId: month.patientId,
      month: month.month,
      cause,
      detail,
      timeEntryId: entryId,
      by: ctx.by,
      now: ctx.now,
    })
    return
  }
  await lockMonth(ctx.tx, month.patientId, month.month, ctx.now)
  await change()
  await saveSummary(ctx.tx, month.patientId, month.month, month.timeZone, ctx.now)
}

export interface Start {
  patientId: string
  activity: string
  program: Program
  personalCcm?: boolean | undefined
  callId?: string | null
  switches: boolean
}

/** Starts the actor's timer; one that runs already is refused, or credited and stopped when it is a switch. */
export async function startTimer(ctx: Ctx, start: Start): Promise<CurrentTimer> {
  const patient = await requirePatient(ctx.tx, start.patientId)
  if (patient.deceased) throw new Problem('patient_deceased', 'The patient has died; no timer can run.')
  const activity = orThrow(decideActivity(start.activity))
  const before = orThrow(decideStart(await lockRunning(ctx.tx, ctx.by), patient.id, start.switches, ctx.timeZone))
  const credential = orThrow(decideCredential(await credentialOn(ctx.tx, ctx.by, ctx.today), activity, ctx.today))
  if (before !== null) await endTimer(ctx, before, { reason: 'switched' })
  const practitioner = kindOf(credential) === 'practitioner'
  await insertTimer(ctx.tx, {
    staffId: ctx.by,
    patientId: patient.id,
    program: start.program,
    activity: activity.id,
    // What a practitioner does in person is kept apart unless they say that it joins the staff's time.
    personalCcm: practitioner && start.program === 'ccm' && start.personalCcm !== false,
    callId: start.callId ?? null,
    startedAt: ctx.now,
    gapSeconds: await policyOn(ctx.tx, ctx.clinicId, 'minutes.gap_seconds', ctx.today),
    switchedFromId: before?.id ?? null,
  })
  return viewTimer(ctx.tx, ctx.by, ctx.now)
}

export interface End {
  reason: 'stopped' | 'paused' | 'switched' | 'recovered'
  activity?: string | undefined
  whatWasDone?: string | undefined
  contact?: Contact | null | undefined
}

export interface Ended {
  patientId: string
  entries: TimeEntry[]
  /** From the start to the end of the credit. */
  interval: Interval
  gap: Interval | null
}

/** Stops a running timer and credits it. */
export async function endTimer(ctx: Ctx, timer: TimerRow, end: End): Promise<Ended> {
  const credit = creditOf(timer, ctx.now)
  const activity = orThrow(decideActivity(end.activity ?? timer.activity))
  await closeTimer(ctx.tx, timer.id, end.reason, ctx.now)
  const entries = await creditInterval(
    ctx,
    {
      staffId: timer.staffId,
      activity: activity.id,
      program: timer.program,
      personalCcm: timer.personalCcm,
      contact:
        end.contact ??
        (activity.id === 'patient_call' ? 'patient' : activity.id === 'caregiver_call' ? 'caregiver' : null),
      whatWasDone: end.whatWasDone || activity.label,
      source: 'timer',
      timerId: timer.id,
      callId: timer.callId,
      reason: null,
      attested: false,
      needsApproval: false,
      supersedesId: null,
    },
    await requirePatient(ctx.tx, timer.patientId),
    credit,
  )
  return {
    patientId: timer.patientId,
    entries,
    interval: { startMs: credit.startMs, endMs: credit.endMs },
    gap: credit.gap,
  }
}

/** For a call: its timer starts, or the one that runs for this patient already becomes the call's. */
export async function startTimerForCall(
  ctx: Ctx,
  call: { id: string; patientId: string; switches: boolean },
): Promise<void> {
  const running = await lockRunning(ctx.tx, ctx.by)
  if (running !== null && running.patientId === call.patientId) return attachCall(ctx.tx, running.id, call.id)
  await startTimer(ctx, {
    patientId: call.patientId,
    activity: 'patient_call',
    program: 'ccm',
    callId: call.id,
    switches: call.switches,
  })
}

/** For a call that ends: stops its timer, where one runs. Answers the seconds' entries. */
export async function endTimerOfCall(
  ctx: Ctx,
  call: { id: string; patientId: string },
  end: Omit<End, 'reason'>,
): Promise<Ended | null> {
  const running = await lockRunning(ctx.tx, ctx.by)
  if (
    running === null ||
    running.patientId !== call.patientId ||
    (running.callId !== null && running.callId !== call.id)
  )
    return null
  if (running.callId === null) await attachCall(ctx.tx, running.id, call.id)
  return endTimer(ctx, { ...running, callId: call.id }, { ...end, reason: 'stopped' })
}
