import { valueOn } from '../book/dated.ts'
import { compare } from '../compare.ts'
import type { Facts, InitiatingVisitFacts, TimeFacts } from '../facts.ts'
import {
  addDays,
  addYears,
  dayWindow,
  firstDayOf,
  type Interval,
  instantMs,
  type LocalDate,
  lastDayOf,
  localDateOf,
  monthOfDate,
  monthWindow,
  nextMonth,
  overlapOf,
  secondsFloor,
  subtract,
  totalMs,
  unionOf,
} from '../time.ts'
import { activityRow } from '../values/activities.ts'
import { consentModeRow, DEFAULT_CONSENT_MODE, stopTakesEffect } from '../values/consent.ts'
import { credentialRow } from '../values/credentials.ts'
import { chosenOf } from '../values/switches.ts'
import { initiatingVisitYears } from '../values/visits.ts'
import type { LeftOut, LeftOutReason, Minutes } from '../verdict.ts'
import { visitStarts } from './initiating-visit-fits.ts'

/** The countable time of one patient-month. Lists are disjoint, sorted and inside the month. */
export interface MinutesTally extends Minutes {
  /** What staff codes may use. */
  readonly pool: readonly Interval[]
  readonly pooledSeconds: number
  readonly practitionerPool: readonly Interval[]
  /** Seconds the practitioner logged as care given in person for 99491. */
  readonly personalSeconds: number
  /** What is not known about single entries, in words. */
  readonly unknowns: readonly string[]
}

interface Piece extends Interval {
  readonly entryId: string
  readonly practitioner: boolean
  readonly personal: boolean
}

interface Hole extends Interval {
  readonly reason: LeftOutReason
}

const FAR_PAST = -8.64e15
const FAR_FUTURE = 8.64e15
const EXCLUDING_STAYS = new Set(['inpatient', 'snf_part_a'])

/** True where it is known that the patient was not told what a consent needs: it is none yet. */
function isUntold({ consent, policy }: Facts): boolean {
  const told = consent?.told
  if (told === undefined) return false
  if (told === null) return true
  for (const id of consentModeRow(policy?.consentMode ?? DEFAULT_CONSENT_MODE).required) {
    if (!told.includes(id)) return true
  }
  return false
}

/** False where it is known that the visit does not start care. */
function mayStart(visit: InitiatingVisitFacts, facts: Facts): boolean {
  if (!visitStarts(visit.code, facts.month) || visit.ccmDiscussed === false || visit.ccmDiscussed === null) return false
  if (visit.telehealth === true && chosenOf(facts.policy, 'telehealthVisit') === 'refuse') return false
  return !isTooOld(visit, facts)
}

/** True where the visit lies longer before consent than a visit that starts care may. */
export function isTooOld(visit: InitiatingVisitFacts, facts: Facts): boolean {
  const start = careStartsOn(facts)
  return start !== undefined && visit.on < addYears(start, -valueOn(initiatingVisitYears, facts.month))
}

/** The day of consent, or the day on which it could be given anew where there is none; undefined where not known. */
export function careStartsOn(facts: Facts): LocalDate | undefined {
  return needsNewConsent(facts) ? stepDayOf(facts) : (facts.consent?.givenOn ?? undefined)
}

/** True where the consent on file is none, or ended before the month: care can only start with a new one. */
function needsNewConsent(facts: Facts): boolean {
  const { consent, month } = facts
  if (consent === undefined) return false
  if (consent === null || consent.form === null || consent.givenOn === null || isUntold(facts)) return true
  return typeof consent.withdrawnOn === 'string' && stopTakesEffect(consent.withdrawnOn) < firstDayOf(month)
}

/**
 * The day on which a step is done: the day of asking, within the month. Where that is not known, the day after the
 * last work of the month, because a step is never dated back before what was done.
 */
export function stepDayOf({ asOf, month, time, timeZone }: Facts): LocalDate {
  const first = firstDayOf(month)
  const last = lastDayOf(month)
  if (asOf) return [first, asOf, last].sort()[1] ?? first
  const worked = (time ?? []).map((entry) => addDays(localDateOf(instantMs(entry.start), timeZone), 1))
  return worked.reduce((day, one) => (one > day && one <= last ? one : day), first)
}

/** The times of the month in which nothing counts, with the reason; the first that fits is the one told. */
function holesOf(facts: Facts, window: Interval): Hole[] {
  const { month, timeZone, consent, patient, stays, coverage } = facts
  const first = `${month}-01`
  const last = lastDayOf(month)
  const holes: Hole[] = []
  const until = (endMs: number, reason: LeftOutReason): void => {
    holes.push({ startMs: FAR_PAST, endMs, reason })
  }
  const after = (startMs: number, reason: LeftOutReason): void => {
    if (startMs < window.endMs) holes.push({ startMs, endMs: FAR_FUTURE, reason })
  }
  if (consent === null || consent?.givenOn === null || consent?.form === null || isUntold(facts)) {
    until(FAR_FUTURE, 'before_consent')
  } else if (consent?.givenOn && consent.givenOn >= first) {
    const moment = consent.givenAt ? Date.parse(consent.givenAt) : Number.NaN
    until(Number.isNaN(moment) ? dayWindow(consent.givenOn, timeZone).startMs : moment, 'before_consent')
  }
  if (consent?.withdrawnOn) {
    const next = nextMonth(monthOfDate(stopTakesEffect(consent.withdrawnOn)))
    after(monthWindow(next, timeZone).startMs, 'after_withdrawal')
  }
  if (patient?.newOrNotSeenWithinYear === true) {
    const visit = facts.initiatingVisit
    if (visit === null || (visit && !mayStart(visit, facts))) until(FAR_FUTURE, 'before_initiating_visit')
    else if (visit) until(dayWindow(visit.on, timeZone).startMs, 'before_initiating_visit')
  }
  if (stays) {
    for (const stay of stays) {
      if (!EXCLUDING_STAYS.has(stay.kind)) continue
      holes.push({
        startMs: dayWindow(stay.from, timeZone).startMs,
        endMs: stay.to === null ? FAR_FUTURE : dayWindow(stay.to, timeZone).endMs,
        reason: 'facility_stay',
      })
    }
  }
  if (patient?.diedOn) after(dayWindow(patient.diedOn, timeZone).endMs, 'after_death')
  if (coverage) {
    const inMonth = coverage.filter(
      (one) => one.kind === 'part_b' && one.from <= last && (one.to === null || one.to >= first),
    )
    // A month without any Part B is the coverage rule's business; here only the days of a part-month are left out.
    const whole = inMonth.some((one) => one.from <= first && (one.to === null || one.to >= last))
    if (inMonth.length > 0 && !whole) {
      const covered = inMonth.map((one) => ({
        startMs: dayWindow(one.from, timeZone).startMs,
        endMs: one.to === null ? FAR_FUTURE : dayWindow(one.to, timeZone).endMs,
      }))
      for (const gap of subtract([window], covered)) holes.push({ ...gap, reason: 'no_part_b' })
    }
  }
  return holes
}

/** Codes of visits in person whose own minutes belong to them. */
const isVisit = (code: string): boolean => /^(992(0[2-5]|1[1-5])|993(4[1-9]|50)|G0402|G0438|G0439)$/.test(code)

/** The days of the month on which this practice billed a visit. */
export function visitDaysOf(facts: Facts): readonly string[] {
  const days = (facts.otherServices ?? []).filter(
    (one) => one.practitioner !== 'other' && one.on.slice(0, 7) === facts.month && isVisit(one.code),
  )
  return [...new Set(days.map((one) => one.on))].sort()
}

interface Standing {
  readonly reason: LeftOutReason | null
  readonly practitioner: boolean
  readonly unknown: string | null
}

const COUNTS: Standing = { reason: null, practitioner: false, unknown: null }
const COUNTS_AS_PRACTITIONER: Standing = { reason: null, practitioner: true, unknown: null }
const OTHER_PROGRAM: Standing = { reason: 'other_program', practitioner: false, unknown: null }
const NOT_COUNTABLE: Standing = { reason: 'activity_not_countable', practitioner: false, unknown: null }
const NOT_CLINICAL: Standing = { reason: 'not_clinical_staff', practitioner: false, unknown: null }
const notKnown = (what: string): Standing => ({ reason: 'unknown', practitioner: false, unknown: what })

/** Whether the entry as such counts: its program, its kind of work, and who did it. */
function standingOf(entry: TimeFacts, facts: Facts): Standing {
  if (entry.program !== undefined && entry.program !== 'ccm') return OTHER_PROGRAM
  if (entry.activity === null) return NOT_COUNTABLE
  const activity = entry.activity === undefined ? undefined : activityRow(entry.activity)
  if (activity && !activity.countable) return NOT_COUNTABLE
  if (entry.credential === null) return NOT_CLINICAL
  const credential = entry.credential === undefined ? undefined : credentialRow(entry.credential)
  if (credential && !credential.clinical) return NOT_CLINICAL
  if (entry.program === undefined) return notKnown(`The program of entry ${entry.id} is not known.`)
  if (!activity) {
    return notKnown(
      entry.activity === undefined
        ? `The activity of entry ${entry.id} is not known.`
        : `The book does not know the activity ${entry.activity} of entry ${entry.id}.`,
    )
  }
  if (!credential) {
    const practitioner = facts.practitioner
    const isBiller =
      entry.credential === undefined &&
      entry.kind === 'practitioner' &&
      practitioner?.id === entry.person &&
      practitioner.kind !== undefined &&
      practitioner.kind !== null
    if (isBiller) return practitioner.kind === 'other' ? COUNTS : COUNTS_AS_PRACTITIONER
    return notKnown(
      entry.credential === undefined
        ? `The credential of ${entry.person} for entry ${entry.id} is not known.`
        : `The book does not know the credential ${entry.credential} of entry ${entry.id}.`,
    )
  }
  return entry.kind === 'practitioner' && credential.mayBill ? COUNTS_AS_PRACTITIONER : COUNTS
}

/**
 * Adds up what counts: cuts every entry to the month of the clinic's zone, leaves out what may not count and says why,
 * and counts the same clock time once. Seconds are floored once from the exact sum. The order of entries does not matter.
 */
export function tallyMinutes(facts: Facts): MinutesTally {
  const window = monthWindow(facts.month, facts.timeZone)
  const entries = facts.time
  if (!entries || entries.length === 0) return EMPTY
  const holes = holesOf(facts, window)
  const leftOut: LeftOut[] = []
  const unknowns: string[] = []
  const leave = (entryId: string, ms: number, reason: LeftOutReason): void => {
    if (ms > 0) leftOut.push({ entryId, seconds: secondsFloor(ms), reason })
  }
  let pieces: Piece[] = []
  const elsewhere: Interval[] = []
  const unclear: (Interval & { readonly entryId: string; readonly sentence: string })[] = []
  const waiting: (Interval & { readonly entryId: string })[] = []
  for (const entry of entries) {
    const from = instantMs(entry.start)
    const to = instantMs(entry.end)
    if (Number.isNaN(from) || Number.isNaN(to)) {
      unknowns.push(`The times of entry ${entry.id} cannot be read.`)
      continue
    }
    const startMs = Math.max(from, window.startMs)
    const endMs = Math.min(to, window.endMs)
    const inside = endMs > startMs ? endMs - startMs : 0
    leave(entry.id, to - from - inside, 'other_month')
    if (inside === 0) continue
    const standing = standingOf(entry, facts)
    if (standing.unknown !== null) {
      unclear.push({ startMs, endMs, entryId: entry.id, sentence: standing.unknown })
      continue
    }
    if (standing.reason !== null) {
      leave(entry.id, inside, standing.reason)
      // Work without a program takes no other program's minute.
      if (standing.reason === 'other_program' && entry.program !== 'none' && entry.program !== null) {
        elsewhere.push({ startMs, endMs })
      }
      continue
    }
    if (entry.waitsForApproval === true) {
      waiting.push({ startMs, endMs, entryId: entry.id })
      continue
    }
    pieces.push({
      startMs,
      endMs,
      entryId: entry.id,
      practitioner: standing.practitioner,
      personal: standing.practitioner && entry.personalCcm === true,
    })
  }
  for (const hole of holes) pieces = cut(pieces, [hole], hole.reason, leave)
  if (facts.policy?.visitDayMinutes === 'leave_out') {
    const days = visitDaysOf(facts).map((day) => dayWindow(day, facts.timeZone))
    const byStaff = cut(
      pieces.filter((piece) => !piece.practitioner),
      days,
      'visit_day',
      leave,
    )
    pieces = [...byStaff, ...pieces.filter((piece) => piece.practitioner)]
  }
  if (elsewhere.length > 0) pieces = cut(pieces, elsewhere, 'minute_used_by_other_program', leave)
  // What could not count whatever it was needs no answer and no approval.
  const openOf = (one: Interval & { readonly entryId: string }): readonly Interval[] => {
    let rest: readonly Interval[] = [one]
    for (const { reason, ...hole } of [...holes, ...elsewhere.map(usedElsewhere)]) {
      const kept = subtract(rest, [hole])
      leave(one.entryId, totalMs(rest) - totalMs(kept), reason)
      rest = kept
    }
    return rest
  }
  for (const one of unclear) {
    const open = totalMs(openOf(one))
    leave(one.entryId, open, 'unknown')
    if (open > 0) unknowns.push(one.sentence)
  }
  const tally = addUp(pieces, leave, chosenOf(facts.policy, 'practitionerMinutes') === 'keep_apart')
  let told: readonly Interval[] | undefined
  for (const one of waiting) {
    told ??= unionOf([...tally.pool, ...tally.practitionerPool])
    const open = openOf(one)
    leave(one.entryId, totalMs(overlapOf(open, told)), 'counted_once')
    leave(one.entryId, totalMs(subtract(open, told)), 'waiting_for_approval')
    told = unionOf([...told, ...open])
  }
  leftOut.sort((a, b) => compare(a.entryId, b.entryId) || compare(a.reason, b.reason))
  unknowns.sort()
  return { ...tally, leftOut: joined(leftOut), unknowns }
}

const usedElsewhere = (one: Interval): Hole => ({ ...one, reason: 'minute_used_by_other_program' })

/** One line for each entry and reason. */
function joined(sorted: readonly LeftOut[]): readonly LeftOut[] {
  const lines: LeftOut[] = []
  for (const one of sorted) {
    const last = lines.at(-1)
    if (last && last.entryId === one.entryId && last.reason === one.reason) {
      lines[lines.length - 1] = { ...last, seconds: last.seconds + one.seconds }
    } else lines.push(one)
  }
  return lines
}

function cut(
  pieces: readonly Piece[],
  away: readonly Interval[],
  reason: LeftOutReason,
  leave: (entryId: string, ms: number, reason: LeftOutReason) => void,
): Piece[] {
  const rest: Piece[] = []
  for (const piece of pieces) {
    const kept = subtract([piece], away)
    leave(piece.entryId, piece.endMs - piece.startMs - totalMs(kept), reason)
    for (const part of kept) rest.push({ ...piece, ...part })
  }
  return rest
}

const EMPTY: MinutesTally = Object.freeze({
  staffSeconds: 0,
  practitionerSeconds: 0,
  countedSeconds: 0,
  pooledMinutes: 0,
  leftOut: [],
  pool: [],
  pooledSeconds: 0,
  practitionerPool: [],
  personalSeconds: 0,
  unknowns: [],
})

function addUp(
  pieces: Piece[],
  leave: (entryId: string, ms: number, reason: LeftOutReason) => void,
  apart: boolean,
): Omit<MinutesTally, 'leftOut' | 'unknowns'> {
  pieces.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs || compare(a.entryId, b.entryId))
  let overlapping = false
  let reached = FAR_PAST
  let practitionerMs = 0
  let personalMs = 0
  let allMs = 0
  for (const piece of pieces) {
    if (piece.startMs < reached) overlapping = true
    if (piece.endMs > reached) reached = piece.endMs
    const length = piece.endMs - piece.startMs
    allMs += length
    if (piece.practitioner) practitionerMs += length
    if (piece.personal) personalMs += length
  }
  let pool: readonly Interval[] = pieces
  let practitionerPool: readonly Interval[] = practitionerMs === 0 ? [] : pieces.filter((piece) => piece.practitioner)
  if (overlapping) {
    practitionerPool = unionOf(practitionerPool)
    pool = unionOf(pieces)
    practitionerMs = totalMs(practitionerPool)
    personalMs = totalMs(unionOf(pieces.filter((piece) => piece.personal)))
    allMs = totalMs(pool)
    // The practitioner's own work is told as counted, staff work of the same clock time as counted once.
    let told: readonly Interval[] = []
    for (const piece of [...pieces.filter((one) => one.practitioner), ...pieces.filter((one) => !one.practitioner)]) {
      leave(piece.entryId, totalMs(overlapOf([piece], told)), 'counted_once')
      told = unionOf([...told, piece])
    }
  }
  const countedSeconds = secondsFloor(allMs)
  const practitionerSeconds = secondsFloor(practitionerMs)
  const staffPool = apart ? subtract(pool, practitionerPool) : pool
  const pooledSeconds = apart ? secondsFloor(totalMs(staffPool)) : countedSeconds
  return {
    countedSeconds,
    practitionerSeconds,
    staffSeconds: countedSeconds - practitionerSeconds,
    pooledSeconds,
    pooledMinutes: Math.floor(pooledSeconds / 60),
    personalSeconds: secondsFloor(personalMs),
    pool: staffPool,
    practitionerPool,
  }
}

/** Reasons that a new consent or a new visit takes away. */
const MENDABLE = new Set<LeftOutReason>(['before_consent', 'after_withdrawal', 'before_initiating_visit'])

/**
 * The free time that is left in the month: what of it could still be worked and would count. Where the day is not
 * known, the whole month is taken as still to come.
 */
export function timeStillOpen(facts: Facts): readonly Interval[] {
  const window = monthWindow(facts.month, facts.timeZone)
  const all = holesOf(facts, window)
  const holes = all.filter((hole) => !(MENDABLE.has(hole.reason) && hole.endMs >= window.endMs))
  const from = facts.asOf ?? (holes.length < all.length ? stepDayOf(facts) : firstDayOf(facts.month))
  const startMs = Math.max(dayWindow(from, facts.timeZone).startMs, window.startMs)
  const worked = (facts.time ?? []).map((entry) => ({ startMs: instantMs(entry.start), endMs: instantMs(entry.end) }))
  const visitDays =
    chosenOf(facts.policy, 'visitDayMinutes') === 'leave_out'
      ? visitDaysOf(facts).map((day) => dayWindow(day, facts.timeZone))
      : []
  return subtract([{ startMs, endMs: window.endMs }], [...holes, ...worked, ...visitDays])
}

/** False where nothing in the month can count whoever worked, as where care could only start after it. */
export function couldEverCount(facts: Facts, seconds: number): boolean {
  const window = monthWindow(facts.month, facts.timeZone)
  const lasting = holesOf(facts, window).some((hole) => MENDABLE.has(hole.reason) && hole.endMs >= window.endMs)
  const open = lasting ? timeStillOpen(facts) : subtract([window], holesOf(facts, window))
  return totalMs(open) >= seconds * 1000
}

/** The local date on which the pool reached so many minutes; undefined where it did not. */
export function dateReached(pool: readonly Interval[], minutes: number, timeZone: string): string | undefined {
  let left = minutes * 60_000
  for (const one of pool) {
    const length = one.endMs - one.startMs
    // The last millisecond worked: an entry that ends at midnight belongs to the day before.
    if (length >= left) return localDateOf(one.startMs + left - 1, timeZone)
    left -= length
  }
  return undefined
}
