import type { MonthStep, PriorityLevel, RiskLevel, WorklistRow, WorklistView } from '@keepwell/contract'
import { daysBetween, lastDayOf, type Month } from '@keepwell/rules'

/**
 * What the worklist knows of a patient's month. Money is not among it, on purpose: whom to ring first follows from need,
 * from what was promised and from when people can be reached, and from nothing else.
 */
export interface WorklistFacts {
  patientId: string
  name: string
  bornOn: string | null
  ownerId: string | null
  ownerName: string | null
  riskLevel: RiskLevel
  riskScore: number
  riskBecause: string[]
  mark: PriorityLevel | null
  countedSeconds: number
  leftOutSeconds: number
  /** Section ids answered in this month's signed talks, and the kinds of work on record this month. */
  sections: readonly string[]
  activities: readonly string[]
  talked: boolean
  lastContactAt: Date | null
  attempts: number
  callBackAt: Date | null
  nextContactOn: string | null
  /** Wall-clock times 'HH:MM' of the clinic. */
  bestFrom: string | null
  bestTo: string | null
  planState: 'none' | 'draft' | 'signed'
  planSignedOn: string | null
  planReviewOn: string | null
  openTasks: number
  dischargedOn: string | null
  enrolledOn: string
  /** Whether a consent is in force today: without it no call can be opened. */
  consented: boolean
}

export interface Moment {
  now: Date
  today: string
  /** 'HH:MM' in the clinic's zone. */
  clock: string
  month: Month
}

const needRank: Record<RiskLevel, number> = { very_high: 1, high: 2, moderate: 3, low: 4 }
/** A plan older than this is due for its yearly revision. */
const planDueDays = 365
const dischargeDays = 30
const quietDays = 60

const coordinating = ['coordination', 'community_services', 'referral', 'transition']

/** The six steps of the month: each is done by a deed on record, never by a tick. */
export function stepsDone(
  facts: Pick<WorklistFacts, 'talked' | 'sections' | 'activities' | 'openTasks'>,
): Record<MonthStep, boolean> {
  const worked = (...ids: string[]) => ids.some((id) => facts.activities.includes(id))
  const asked = (id: string) => facts.talked && facts.sections.includes(id)
  return {
    reach: facts.talked,
    review: asked('since') || worked('chart_review'),
    meds: asked('med') || worked('medication_reconciliation', 'medication_refill'),
    goals: asked('goal') || worked('care_plan_work'),
    coordinate: worked(...coordinating) || (facts.talked && facts.openTasks === 0),
    sign: facts.talked,
  }
}

/** The patient's need: the provider's mark first, then the risk level. Lower comes first. */
export function needOf(facts: WorklistFacts): number {
  if (facts.mark === 'first') return 0
  if (facts.mark === 'later') return 5
  const rank = needRank[facts.riskLevel]
  return facts.mark === 'soon' ? Math.min(rank, 2) : rank
}

function callBackDue(facts: WorklistFacts, moment: Moment, localDay: (at: Date) => string): boolean {
  return facts.callBackAt !== null && localDay(facts.callBackAt) <= moment.today
}

function windowOpen(facts: WorklistFacts, moment: Moment): boolean {
  return (
    facts.bestFrom !== null && facts.bestFrom <= moment.clock && (facts.bestTo === null || moment.clock <= facts.bestTo)
  )
}

function dischargedLately(facts: WorklistFacts, moment: Moment): boolean {
  return facts.dischargedOn !== null && daysBetween(facts.dischargedOn, moment.today) <= dischargeDays
}

/** Days since the patient was last spoken with, or since the enrollment where that never happened. */
function quietFor(facts: WorklistFacts, moment: Moment, localDay: (at: Date) => string): number {
  return daysBetween(facts.lastContactAt === null ? facts.enrolledOn : localDay(facts.lastContactAt), moment.today)
}

/**
 * The order of the list, as one text that sorts: who can be rung before who has to consent first, and both before what
 * is done this month; then clinical need;
 * then call-backs that were promised; then who can be reached now; then the time left (who has waited longest); then the
 * name, so that the order is total.
 */
export function sortKeyOf(facts: WorklistFacts, moment: Moment, localDay: (at: Date) => string): string {
  const due = callBackDue(facts, moment, localDay)
  const done =
    facts.talked &&
    !due &&
    !(
      dischargedLately(facts, moment) &&
      facts.lastContactAt !== null &&
      localDay(facts.lastContactAt) < (facts.dischargedOn ?? '')
    )
  const reachable = windowOpen(facts, moment) ? 0 : facts.bestFrom !== null && facts.bestFrom > moment.clock ? 1 : 2
  const waited = Math.max(0, Math.min(9999, quietFor(facts, moment, localDay)))
  return [
    done ? '2' : facts.consented ? '0' : '1',
    String(needOf(facts)),
    due ? '0' : '1',
    String(reachable),
    String(9999 - waited).padStart(4, '0'),
    facts.name.toLowerCase(),
    facts.patientId,
  ].join('\u0001')
}

/** Why this patient stands where they stand: the first reason that fits, in words. */
export function whyNow(
  facts: WorklistFacts,
  moment: Moment,
  localDay: (at: Date) => string,
  clockOf: (at: Date) => string,
): string {
  if (!facts.consented) return 'No consent in force: ask first'
  if (callBackDue(facts, moment, localDay) && facts.callBackAt !== null) {
    return localDay(facts.callBackAt) < moment.today
      ? 'A promised call-back is overdue'
      : `Call-back promised for ${clockOf(facts.callBackAt)}`
  }
  if (
    dischargedLately(facts, moment) &&
    (facts.lastContactAt === null || localDay(facts.lastContactAt) < (facts.dischargedOn ?? ''))
  )
    return 'Came home from hospital; not spoken with since'
  if (facts.mark === 'first' && !facts.talked) return 'Marked first by the provider'
  if (facts.mark === 'soon' && !facts.talked && needRank[facts.riskLevel] > 2) return 'Marked soon by the provider'
  if (!facts.talked && needOf(facts) <= 2)
    return facts.attempts > 0
      ? `High need, not reached in ${facts.attempts} ${facts.attempts === 1 ? 'try' : 'tries'}`
      : 'High need, not reached'
  if (!facts.talked && quietFor(facts, moment, localDay) > quietDays)
    return `Not spoken with for ${quietFor(facts, moment, localDay)} days`
  if (!facts.talked && windowOpen(facts, moment)) return 'Can be reached now'
  if (!facts.talked)
    return facts.attempts > 0
      ? `Not reached in ${facts.attempts} ${facts.attempts === 1 ? 'try' : 'tries'}`
      : 'Not reached yet'
  if (facts.openTasks > 0)
    return facts.openTasks === 1 ? 'Spoken with; one task is open' : `Spoken with; ${facts.openTasks} tasks are open`
  return 'Spoken with this month'
}

export function planDue(
  facts: Pick<WorklistFacts, 'planState' | 'planSignedOn' | 'planReviewOn'>,
  today: string,
): boolean {
  if (facts.planState === 'none' || facts.planSignedOn === null) return true
  return (
    daysBetween(facts.planSignedOn, today) >= planDueDays ||
    (facts.planReviewOn !== null && facts.planReviewOn <= today)
  )
}

/** Which of the saved views show the patient. */
export function viewsOf(
  facts: WorklistFacts,
  moment: Moment,
  steps: readonly number[],
  localDay: (at: Date) => string,
): WorklistView[] {
  const views: WorklistView[] = ['all']
  if (callBackDue(facts, moment, localDay)) views.push('call_backs')
  if (facts.consented && !facts.talked && needOf(facts) <= 2) views.push('high_not_reached')
  const first = steps[0]
  if (first !== undefined && facts.countedSeconds >= first - 300 && facts.countedSeconds < first)
    views.push('nearly_there')
  if (planDue(facts, moment.today)) views.push('plan_due')
  if (dischargedLately(facts, moment)) views.push('discharged')
  if (quietFor(facts, moment, localDay) > quietDays) views.push('no_contact')
  return views
}

/**
 * The clinic's clock time 'HH:MM' of today at which the patient stands elsewhere although nobody did anything, because
 * their hours begin or are over; null where that is not to come today.
 */
export function changesAt({ bestFrom, bestTo }: WorklistFacts, { clock }: Moment): string | null {
  if (bestFrom === null) return null
  if (clock < bestFrom) return bestFrom
  return bestTo !== null && bestTo < '23:59' && clock <= bestTo ? minuteAfter(bestTo) : null
}

function minuteAfter(clock: string): string {
  const minutes = Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5)) + 1
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Whether the patient can be rung next: a consent is in force, and there is something left to ring for. */
export function isCallable(facts: Pick<WorklistFacts, 'consented' | 'talked' | 'callBackAt'>): boolean {
  return facts.consented && !(facts.talked && facts.callBackAt === null)
}

/** Days of the month that are left, today among them, and the workdays within. */
export function daysLeft(today: string): { daysLeft: number; workdaysLeft: number } {
  const days = daysBetween(today, lastDayOf(today.slice(0, 7))) + 1
  let workdays = 0
  for (let index = 0; index < days; index++) {
    const weekday = new Date(Date.parse(`${today}T00:00:00Z`) + index * 86_400_000).getUTCDay()
    if (weekday !== 0 && weekday !== 6) workdays += 1
  }
  return { daysLeft: days, workdaysLeft: workdays }
}

export function presentRow(
  facts: WorklistFacts,
  moment: Moment,
  localDay: (at: Date) => string,
  clockOf: (at: Date) => string,
): WorklistRow {
  return {
    patient: { id: facts.patientId, name: facts.name },
    bornOn: facts.bornOn,
    need: { level: facts.riskLevel, score: facts.riskScore, mark: facts.mark, because: facts.riskBecause },
    whyNow: whyNow(facts, moment, localDay, clockOf),
    countedSeconds: facts.countedSeconds,
    leftOutSeconds: facts.leftOutSeconds,
    steps: stepsDone(facts),
    lastContactAt: facts.lastContactAt?.toISOString() ?? null,
    attempts: facts.attempts,
    callBackAt: facts.callBackAt?.toISOString() ?? null,
    nextContactOn: facts.nextContactOn,
    window:
      facts.bestFrom === null ? null : { from: facts.bestFrom, to: facts.bestTo, openNow: windowOpen(facts, moment) },
    plan: {
      state: facts.planState,
      signedOn: facts.planSignedOn,
      ageDays: facts.planSignedOn === null ? null : daysBetween(facts.planSignedOn, moment.today),
      due: planDue(facts, moment.today),
    },
    openTasks: facts.openTasks,
    dischargedOn: facts.dischargedOn,
    owner: facts.ownerId === null ? null : { id: facts.ownerId, name: facts.ownerName ?? '' },
  }
}
