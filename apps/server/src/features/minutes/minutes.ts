import type { LogTime, Program } from '@keepwell/contract'
import {
  type ActivityRow,
  activities,
  activityRow,
  addDays,
  allValues,
  credentialRow,
  type Facts,
  type Interval,
  localDateOf,
  type MinutesTally,
  type Month,
  splitAtMonths,
  subtract,
  type TimeFacts,
  tallyMinutes,
  valueOn,
} from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'

/** A switch can be taken back for so long; the page shows ten seconds, the rest is the way of the request. */
export const undoSeconds = 10
const undoGraceSeconds = 5
/** Nobody works on one patient longer than this at a stretch: a longer entry is a slip of the hand. */
export const longestManualSeconds = 8 * 3600
/** The credential of an entry whose person held none on that day: it is kept and never counts. */
export const noCredential = 'NONE'

export interface TimerRow {
  id: string
  staffId: string
  patientId: string
  patientName: string
  program: Program
  activity: string
  personalCcm: boolean
  callId: string | null
  startedAt: Date
  heartbeatAt: Date
  gapSeconds: number
  switchedFromId: string | null
  stoppedAt: Date | null
  stopReason: string | null
}

export interface Credit extends Interval {
  /** The silence that is not credited, in epoch milliseconds; null where the timer was heard all along. */
  gap: Interval | null
}

/**
 * What a timer has earned at an instant: everything up to now while its heartbeats came, otherwise everything up to
 * the last one. A silence longer than the clinic's gap is never credited by itself (it may be written by hand).
 */
export function creditOf(timer: Pick<TimerRow, 'startedAt' | 'heartbeatAt' | 'gapSeconds'>, now: Date): Credit {
  const startMs = timer.startedAt.getTime()
  const heardMs = timer.heartbeatAt.getTime()
  const nowMs = now.getTime()
  if (nowMs - heardMs <= timer.gapSeconds * 1000) return { startMs, endMs: Math.max(nowMs, heardMs), gap: null }
  return { startMs, endMs: heardMs, gap: { startMs: heardMs, endMs: nowMs } }
}

/** Whole seconds inside an interval: it begins at the next full second and ends at the last, so nothing is rounded up. */
export function wholeSeconds({ startMs, endMs }: Interval): Interval {
  return { startMs: Math.ceil(startMs / 1000) * 1000, endMs: Math.floor(endMs / 1000) * 1000 }
}

export interface Piece extends Interval {
  month: string
  serviceOn: string
  seconds: number
}

/**
 * The entries that an interval becomes: without the time that the person has on record already, in whole seconds, and
 * cut exactly at the clinic's local midnight where a month ends. An empty interval becomes none.
 */
export function piecesOf(interval: Interval, recorded: readonly Interval[], timeZone: string): Piece[] {
  return subtract([interval], recorded)
    .map(wholeSeconds)
    .flatMap((free) => splitAtMonths(free, timeZone))
    .map((part) => ({
      ...part,
      serviceOn: localDateOf(part.startMs, timeZone),
      seconds: (part.endMs - part.startMs) / 1000,
    }))
    .filter((piece) => piece.seconds > 0)
}

/** The kind of work by its id. */
export function decideActivity(id: string): Decision<ActivityRow> {
  const row = activityRow(id)
  if (row !== undefined) return accept(row)
  return refuse('invalid_input', 'Choose the kind of work from the list.', [
    { path: 'body.activity', message: 'This kind of work is not known.' },
  ])
}

/** Whether somebody with this credential (null: none in force that day) may log this kind of work. */
export function decideCredential(credential: string | null, activity: ActivityRow, on: string): Decision<string> {
  if (credential !== null) return accept(credential)
  if (!activity.countable) return accept(noCredential)
  return refuse(
    'staff_expired',
    `No credential of yours was in force on ${on}, so clinical time cannot run. Ask the CCM manager to record the renewed one.`,
  )
}

/** Whether the time is the practitioner's own or the staff's; follows from the credential alone. */
export function kindOf(credential: string): 'staff' | 'practitioner' {
  return credentialRow(credential)?.mayBill === true ? 'practitioner' : 'staff'
}

export interface Taken extends Interval {
  patientName: string
  activity: string
}

export interface ManualSituation {
  nowMs: number
  today: string
  timeZone: string
  daysBack: number
  approvalOverSeconds: number
  /** The person's own time that shares any moment with it. */
  overlapping: readonly Taken[]
  /** The person's running timer, with what it has earned so far. */
  running: Taken | null
  /** The entry that a correction replaces: time inside it was on record before, so the limit of days does not hold. */
  before: (Interval & { source: 'timer' | 'manual' }) | null
}

export interface ManualTime {
  interval: Interval
  source: 'timer' | 'manual'
  needsApproval: boolean
}

/** Whether time may be written by hand or corrected so, and whether a second person has to approve it. */
export function decideManual(
  command: Pick<LogTime, 'startedAt' | 'endedAt' | 'attested'>,
  situation: ManualSituation,
): Decision<ManualTime> {
  const interval = wholeSeconds({
    startMs: Date.parse(command.startedAt),
    endMs: Date.parse(command.endedAt),
  })
  const seconds = (interval.endMs - interval.startMs) / 1000
  const clock = (ms: number) => clockText(ms, situation.timeZone)
  if (seconds <= 0) return notAllowed('The end has to lie after the start.', 'endedAt')
  if (interval.endMs > situation.nowMs) return notAllowed('Time in the future cannot be written down.', 'endedAt')
  if (seconds > longestManualSeconds)
    return notAllowed(
      `One entry is at most ${longestManualSeconds / 3600} hours long. Check the start and the end.`,
      'endedAt',
    )
  const { before } = situation
  const within = before !== null && interval.startMs >= before.startMs && interval.endMs <= before.endMs
  if (!within) {
    const earliest = addDays(situation.today, -situation.daysBack)
    if (localDateOf(interval.startMs, situation.timeZone) < earliest) {
      return notAllowed(
        `This clinic lets time be written by hand for ${situation.daysBack} days back, so from ${earliest} on.`,
        'startedAt',
      )
    }
    if (!command.attested) {
      return refuse('attestation_required', 'Confirm that you did this work at these times yourself.', [
        { path: 'body.attested', message: 'Confirm it.' },
      ])
    }
  }
  const { running } = situation
  if (running !== null && running.startMs < interval.endMs && interval.startMs < running.endMs) {
    return refuse(
      'time_overlaps',
      `Your timer for ${running.patientName} has been running since ${clock(running.startMs)}. Stop it first, or end this entry before then.`,
    )
  }
  const [taken] = situation.overlapping
  if (taken !== undefined) {
    return refuse(
      'time_overlaps',
      `You have ${clock(taken.startMs)} to ${clock(taken.endMs)} on record for ${taken.patientName} (${taken.activity}). Change the times, or correct that entry first.`,
    )
  }
  const source = within ? before.source : 'manual'
  return accept({
    interval,
    source,
    needsApproval: source === 'manual' && seconds > situation.approvalOverSeconds,
  })
}

function notAllowed(sentence: string, field: string): Decision<never> {
  return refuse('time_not_allowed', sentence, [{ path: `body.${field}`, message: sentence }])
}

/** `14:05` in the clinic's zone, with the day in front where it is not obvious. */
export function clockText(ms: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(ms)
}

/** Whether the timer may run, given the one that runs already. */
export function decideStart(
  running: TimerRow | null,
  patientId: string,
  switches: boolean,
  timeZone: string,
): Decision<TimerRow | null> {
  if (running === null) return accept(null)
  if (switches) return accept(running)
  const since = clockText(running.startedAt.getTime(), timeZone)
  return refuse(
    'timer_running',
    running.patientId === patientId
      ? `Your timer for ${running.patientName} has been running since ${since}.`
      : `Your timer for ${running.patientName} has been running since ${since}. Stop it, or switch it to this patient.`,
  )
}

/** A timer that is still running, or the sentence that says when and how it ended. */
export function decideRunning(timer: TimerRow, timeZone: string): Decision<TimerRow> {
  if (timer.stoppedAt === null) return accept(timer)
  const when = clockText(timer.stoppedAt.getTime(), timeZone)
  const how: Record<string, string> = {
    stopped: 'was stopped',
    paused: 'was paused',
    switched: 'was stopped by a switch to another patient',
    recovered: 'was recovered',
    discarded: 'was discarded',
    undone: 'was taken back',
  }
  return refuse(
    'timer_stopped',
    `This timer ${how[timer.stopReason ?? 'stopped']} at ${when}; what it had earned until then is on record. Start a new one to go on.`,
  )
}

/** Whether the switch to this timer can still be taken back; answers the timer that ran before. */
export function decideUndo(timer: TimerRow, now: Date): Decision<string> {
  const ageSeconds = (now.getTime() - timer.startedAt.getTime()) / 1000
  if (timer.switchedFromId === null || ageSeconds > undoSeconds + undoGraceSeconds) {
    return refuse(
      'undo_window_over',
      `A switch can be taken back for ${undoSeconds} seconds. Correct the two entries instead.`,
    )
  }
  return accept(timer.switchedFromId)
}

export interface Approvable {
  staffId: string
  recordedById: string
  needsApproval: boolean
  approvedAt: Date | null
  supersededAt: Date | null
}

/** Whether this person may approve or decline the entry: a second person, once, and only what waits. */
export function decideApproval(entry: Approvable, by: string): Decision<true> {
  if (entry.supersededAt !== null) return refuse('conflict', "A newer version has taken this entry's place.")
  if (!entry.needsApproval) return refuse('conflict', 'This entry needs no approval.')
  if (entry.approvedAt !== null) return refuse('conflict', 'This entry is approved already.')
  if (by === entry.staffId || by === entry.recordedById)
    return refuse('same_person', 'This is your own time. A second person has to look at it.')
  return accept(true)
}

export interface EntryFacts {
  id: string
  staffId: string
  kind: 'staff' | 'practitioner'
  credential: string
  startedAt: Date
  endedAt: Date
  activity: string
  program: string
  personalCcm: boolean
}

/** An entry as the rule book reads it. */
export function timeFactsOf(entry: EntryFacts): TimeFacts {
  return {
    id: entry.id,
    person: entry.staffId,
    kind: entry.kind,
    credential: entry.credential,
    start: entry.startedAt.toISOString(),
    end: entry.endedAt.toISOString(),
    activity: entry.activity,
    program: entry.program as Program,
    personalCcm: entry.personalCcm,
  }
}

/**
 * What the entries of a month count by themselves: by kind of work, program, credential and clock time, before anything
 * that the month's other facts (consent, stays) say. This is what `patient_months` keeps.
 */
export function summaryOf(
  entries: readonly (EntryFacts & { waiting: boolean; seconds: number })[],
  month: string,
  timeZone: string,
) {
  const facts: Facts = { month, timeZone, time: entries.filter((entry) => !entry.waiting).map(timeFactsOf) }
  const tally = tallyMinutes(facts)
  const recordedSeconds = entries.reduce((sum, entry) => sum + entry.seconds, 0)
  return {
    staffSeconds: tally.staffSeconds,
    practitionerSeconds: tally.practitionerSeconds,
    leftOutSeconds: recordedSeconds - tally.countedSeconds,
  }
}

/**
 * What one more entry adds to what its month keeps. `beside` is the patient's counting time that shares a moment with it:
 * no other time can change what it adds, because each moment of a month is judged by itself.
 */
export function addedBy(
  entry: EntryFacts & { waiting: boolean; seconds: number },
  beside: readonly (EntryFacts & { seconds: number })[],
  month: string,
  timeZone: string,
) {
  const before = beside.map((one) => ({ ...one, waiting: false }))
  const without = summaryOf(before, month, timeZone)
  const including = summaryOf([...before, entry], month, timeZone)
  return {
    staffSeconds: including.staffSeconds - without.staffSeconds,
    practitionerSeconds: including.practitionerSeconds - without.practitionerSeconds,
    leftOutSeconds: including.leftOutSeconds - without.leftOutSeconds,
  }
}

const leftOutWords: Record<MinutesTally['leftOut'][number]['reason'] | 'superseded', string> = {
  other_month: 'In another month',
  other_program: 'Belongs to another program',
  minute_used_by_other_program: 'The same minute is used by another program',
  activity_not_countable: 'This kind of work does not count',
  not_clinical_staff: 'Not done by clinical staff',
  before_consent: 'Before consent was given',
  after_withdrawal: 'After the patient stopped',
  before_initiating_visit: 'Before the initiating visit',
  facility_stay: 'During a stay in a hospital or nursing facility',
  after_death: 'After the patient died',
  no_part_b: 'Part B was not in force that day',
  counted_once: 'The same minute was worked by two people and counts once',
  visit_day: 'On the day of a visit, which this clinic leaves out',
  unknown: 'Something about this entry is not known',
  waiting_for_approval: "Waits for a second person's approval",
  superseded: 'A newer version has taken its place',
}

/** One reason for time that does not count, in words; for a kind of work with the rule's own sentence. */
export function leftOutLine(
  reason: keyof typeof leftOutWords,
  seconds: number,
  activity?: string,
): { reason: string; words: string; seconds: number } {
  const row = reason === 'activity_not_countable' && activity !== undefined ? activityRow(activity) : undefined
  return { reason, words: row === undefined ? leftOutWords[reason] : `${row.label}: ${row.why}`, seconds }
}

/** The kinds of work as the forms offer them. */
export const activityList = activities.map((row) => ({
  id: row.id,
  label: row.label,
  countable: row.countable,
  why: row.why,
  law: row.law.map((source) => source.title),
}))

/** Where the code steps of the month lie, in seconds, from the rule book: the first block and its add-ons. */
export function stepsOf(month: Month): number[] {
  const minutes = (key: string) => {
    const value = allValues().find((one) => one.key === key)
    return value === undefined ? undefined : Number(valueOn(value, month))
  }
  const first = minutes('ccm.non_complex.first_block')
  const further = minutes('ccm.non_complex.further_block')
  const addOns = minutes('ccm.non_complex.add_on_cap')
  if (first === undefined) return []
  if (further === undefined || addOns === undefined) return [first * 60]
  return Array.from({ length: addOns + 1 }, (_, index) => (first + index * further) * 60)
}
