import type {
  CareFamily,
  HospiceCare,
  Lane,
  MonthClose,
  MonthState,
  OtherProgram,
  ProofGroup,
  Role,
} from '@keepwell/contract'
import {
  allRules,
  allValues,
  assess,
  entryOn,
  type Facts,
  type Finding,
  type Fix,
  type LeftOutReason,
  type Line,
  lastDayOf,
  OutOfForce,
  priceOf,
  type Role as RuleRole,
  sources,
  type Verdict,
  valueOn,
} from '@keepwell/rules'
import { sha256 } from '../../kernel/ids.ts'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { type PackedRecord, packRecord } from './month-record.ts'

/** The ids of the records behind the facts, so that every reason leads to its record, and what only waits. */
export interface Evidence {
  enrollmentId: string | null
  consentId: string | null
  attestationId: string | null
  visitId: string | null
  planId: string | null
  decisionId: string | null
  choiceId: string | null
  primaryDecisionId: string | null
  practitionerId: string | null
  careManagerId: string | null
  /** Hand-written time that nobody has approved yet; it does not count. */
  waitingSeconds: number
}

export interface Gathered {
  patientId: string
  facts: Facts
  evidence: Evidence
}

/**
 * A finding as it is kept: its law and the values behind it by name. The facts it used stand beside the verdict, and the
 * book's hash says which book gave the values; written out in full they were two thirds of every frozen month.
 */
export type KeptFinding = Omit<Finding, 'facts' | 'law' | 'month' | 'values'> & {
  law: readonly string[]
  values: readonly string[]
}
export type KeptVerdict = Omit<Verdict, 'findings'> & { readonly findings: readonly KeptFinding[] }

/** A verdict with every finding, in the form in which it is kept and hashed. */
export function keptOf(verdict: Verdict): KeptVerdict {
  return {
    ...verdict,
    findings: verdict.findings.map(({ facts: _, month: __, law, values, ...finding }) => ({
      ...finding,
      law: law.map(({ id }) => id),
      values: values.map(({ key }) => key),
    })),
  }
}

/** A verdict with what the board, the claims and the snapshot need of it. */
export interface Assessed {
  patientId: string
  lane: Lane
  outcome: Verdict['outcome']
  family: CareFamily | null
  /** What is billed, or what would be once everything is mended. */
  lines: readonly Line[]
  ownerRole: Role | null
  causeId: string | null
  cause: string | null
  allowedCents: number | null
  countedSeconds: number
  practitionerId: string | null
  careManagerId: string | null
  /** Whether the patient was a qualified Medicare beneficiary; null where nobody knows. */
  qmb: boolean | null
  /** The first insurer's decision behind which the month is billed; null where Medicare pays first. */
  primaryDecisionId: string | null
  factsSha256: string
  record: PackedRecord
}

const lanes: Record<Verdict['outcome'], Lane> = {
  billable: 'ready',
  not_yet: 'fix',
  held: 'hold',
  not_billable: 'not_billable',
}

export function seatOf(role: RuleRole): Role {
  return role === 'manager' ? 'ccm_manager' : role
}

/** Judges one patient-month by the rule book, with the full proof. Pure. @throws OutOfForce where the book has no law */
export function verdictOn(facts: Facts): KeptVerdict {
  return keptOf(assess(facts, { proof: 'full' }))
}

/** Judges one patient-month and packs it for the board or the close. Pure. @throws OutOfForce where the book has no law */
export function assessOne({ patientId, facts, evidence }: Gathered): Assessed {
  const verdict = verdictOn(facts)
  const cause = causeOf(verdict)
  const fix = cause === null ? undefined : (fixesOf(verdict, cause)[0] ?? verdict.fixes[0])
  return {
    patientId,
    lane: lanes[verdict.outcome],
    outcome: verdict.outcome,
    family: verdict.family,
    lines: verdict.linesIfCleared,
    ownerRole: fix === undefined || verdict.outcome === 'not_billable' ? null : seatOf(fix.role),
    causeId: cause?.rule ?? null,
    cause: cause?.sentence ?? null,
    allowedCents: totalOf(verdict.linesIfCleared),
    countedSeconds: verdict.minutes.countedSeconds,
    practitionerId: evidence.practitionerId,
    careManagerId: evidence.careManagerId,
    qmb: facts.qmb ?? null,
    primaryDecisionId: isBilledSecond(verdict) ? evidence.primaryDecisionId : null,
    factsSha256: fingerprintOf(facts, evidence),
    record: packRecord({ evidence, facts, verdict }),
  }
}

/** Whether the book found that another insurer has decided first, so that Medicare is billed behind it. */
export function isBilledSecond(verdict: Pick<KeptVerdict, 'findings'>): boolean {
  return verdict.findings.some(({ rule, status }) => rule === 'ccm.coverage.other_primary' && status === 'info')
}

/** The sum of the allowed amounts in cents; null where one is not known. */
export function totalOf(lines: readonly { allowedCents: number | null }[]): number | null {
  return lines.reduce<number | null>(
    (sum, { allowedCents }) => (sum === null || allowedCents === null ? null : sum + allowedCents),
    0,
  )
}

/**
 * Equal where a new assessment would say the same. The day of asking is not in it, only whether the month is over:
 * otherwise every verdict would be written anew each day. Facts are gathered with their keys always in one order.
 */
export function fingerprintOf(facts: Facts, evidence: Evidence): string {
  const over = facts.asOf !== undefined && facts.asOf !== null && facts.asOf > lastDayOf(facts.month)
  return sha256(JSON.stringify({ ...facts, asOf: over, evidence }))
}

const fixesOf = (verdict: KeptVerdict, finding: KeptFinding): Fix[] =>
  verdict.fixes.filter(({ id }) => id.startsWith(`${finding.rule}.`))

/** The finding that a biller should read first: what ends it where nothing can be done, what is missing where it waits. */
function causeOf(verdict: KeptVerdict): KeptFinding | null {
  const of = (...statuses: Finding['status'][]) => verdict.findings.filter(({ status }) => statuses.includes(status))
  if (verdict.outcome === 'billable') return null
  if (verdict.outcome === 'held') return of('hold', 'unknown')[0] ?? null
  const blocks = of('block')
  const first =
    verdict.outcome === 'not_billable'
      ? (blocks.find((block) => block.rule === verdict.noLegalStep?.rule) ??
        blocks.find((block) => fixesOf(verdict, block).length === 0))
      : undefined
  return first ?? blocks[0] ?? null
}

/** Seconds at which the first code and each further one of care by staff are full, from the book. */
export function stepsSecondsOf(month: string, family: CareFamily | null): number[] {
  const value = (key: string): number | null => {
    const found = allValues().find((one) => one.key === key)
    const read: unknown = found === undefined ? null : valueOn(found, month)
    return typeof read === 'number' ? read : null
  }
  const kind = family ?? 'non_complex'
  const first = value(`ccm.${kind}.first_block`)
  const further = value(`ccm.${kind}.further_block`)
  if (first === null || further === null) return []
  const addOns = value(`ccm.${kind}.add_on_cap`) ?? 2
  return Array.from({ length: 1 + addOns }, (_, step) => (first + step * further) * 60)
}

/** Whether the book knows the law and the prices of a month. Closing a month without them would freeze a guess. */
export function decideLaw(month: string): Decision<true> {
  const year = month.slice(0, 4)
  try {
    assess({ month, timeZone: 'UTC' }, { proof: 'plain' })
  } catch (error) {
    if (!(error instanceof OutOfForce)) throw error
    return refuse(
      'law_unknown',
      `The rule book does not reach back to ${month}: its first month is in 2024. Nothing was changed.`,
    )
  }
  const price = priceOf('99490', {
    dateOfService: lastDayOf(month),
    locality: null,
    placeOfService: '11',
    qualifyingApm: false,
  })
  if (price.why === 'year_not_loaded')
    return refuse(
      'law_unknown',
      `The fee schedule of ${year} is not loaded yet, so the months of ${year} cannot be judged. Nothing was changed.`,
    )
  return accept(true)
}

/** Where a month stands on a day: it runs, is over, is being closed, or is closed. */
export function stateOf(month: string, today: string, close: { phase: string } | null): MonthState {
  if (close !== null) return close.phase === 'done' ? 'closed' : 'closing'
  return today > lastDayOf(month) ? 'over' : 'running'
}

export interface CloseRow {
  id: string
  month: string
  phase: MonthClose['phase']
  counts: CloseCounts
  book: string
  startedById: string | null
  startedByName: string | null
  startedAt: Date
  worker: string | null
  leaseUntil: Date | null
  finishedAt: Date | null
}

/** How far a close has come; `cursor` is the last patient done in the present phase. */
export type CloseCounts = MonthClose['counts'] & { cursor: string | null }

export const noCounts: CloseCounts = {
  patients: 0,
  assessed: 0,
  frozen: 0,
  ready: 0,
  fix: 0,
  hold: 0,
  notBillable: 0,
  readyCents: 0,
  claims: 0,
  cursor: null,
}

/** So long a silent worker keeps a close to itself. Each batch takes far less; a crashed one frees it by waiting. */
export const leaseSeconds = 60

/**
 * Whether a close may begin or go on: `start`, `take_up` where nobody works on it any more, or `done` where it is
 * closed already and the same answer is given again.
 */
export function decideClose(
  month: string,
  today: string,
  now: Date,
  close: CloseRow | null,
): Decision<'start' | 'take_up' | 'done'> {
  if (close?.phase === 'done') return accept('done')
  if (close !== null) {
    if (close.leaseUntil === null || close.leaseUntil <= now) return accept('take_up')
    const who = close.startedByName === null ? 'The system' : close.startedByName
    return refuse(
      'close_running',
      `${who} is closing ${month} at this moment (${close.counts.frozen} of ${close.counts.patients} patients frozen). Wait until it is done; nothing is done twice.`,
    )
  }
  if (today <= lastDayOf(month))
    return refuse(
      'month_not_over',
      `The month runs until ${lastDayOf(month)} in the clinic's time zone. It can be closed from the day after.`,
    )
  return accept('start')
}

export interface ChoiceSituation {
  state: MonthState
  /** The families that the record reaches. */
  families: readonly CareFamily[]
  /** The other programs that it reaches. */
  programs: readonly OtherProgram[]
  /** Whether a hospice election asks how the care stands to it. */
  inHospice: boolean
  practitionerIds: readonly string[]
}

/**
 * Whether a person may choose so: an open month, a family or program that the record reaches, a practitioner who may
 * bill, and of hospice care only what there is to settle.
 */
export function decideChoice(
  choice: {
    family: CareFamily | null
    program: OtherProgram | null
    practitionerId: string | null
    hospiceCare: HospiceCare | null
  },
  situation: ChoiceSituation,
): Decision<true> {
  if (situation.state === 'closed' || situation.state === 'closing')
    return refuse('month_closed', 'The month is closed. What comes up now becomes a correction case.')
  if (choice.practitionerId !== null && !situation.practitionerIds.includes(choice.practitionerId)) {
    return refuse('not_a_practitioner', 'Choose a practitioner who may bill chronic care management.')
  }
  if (choice.family !== null && !situation.families.includes(choice.family)) {
    return refuse('invalid_input', 'The record of this month does not reach that family, so it cannot be chosen.', [
      { path: 'body.family', message: 'Not reached.' },
    ])
  }
  if (choice.hospiceCare !== null && !situation.inHospice) {
    return refuse('invalid_input', 'No hospice election is on file for this month, so there is nothing to settle.', [
      { path: 'body.hospiceCare', message: 'No hospice election.' },
    ])
  }
  if (choice.program !== null && !situation.programs.includes(choice.program)) {
    return refuse('invalid_input', 'The record of this month does not reach that program, so it cannot be chosen.', [
      { path: 'body.program', message: 'Not reached.' },
    ])
  }
  return accept(true)
}

const leftOutWords: Record<LeftOutReason, string> = {
  other_month: 'in another month',
  other_program: 'belongs to another program',
  minute_used_by_other_program: 'the same minute is used by another program',
  activity_not_countable: 'this kind of work does not count',
  not_clinical_staff: 'not by clinical staff',
  before_consent: 'before the consent',
  after_withdrawal: 'after the consent ended',
  before_initiating_visit: 'before the visit that starts care',
  facility_stay: 'during a hospital or nursing stay',
  after_death: 'after death',
  no_part_b: 'without Part B on that day',
  counted_once: 'the same minute counts once',
  visit_day: 'on the day of a visit',
  waiting_for_approval: 'waits for approval',
  unknown: 'something about the entry is not known',
}

/** What does not count, taken together by reason, the longest first. */
export function leftOutOf(verdict: Pick<Verdict, 'minutes'>): { reason: string; words: string; seconds: number }[] {
  const sums = new Map<LeftOutReason, number>()
  for (const { reason, seconds } of verdict.minutes.leftOut) sums.set(reason, (sums.get(reason) ?? 0) + seconds)
  return [...sums]
    .map(([reason, seconds]) => ({ reason, words: leftOutWords[reason], seconds }))
    .sort((a, b) => b.seconds - a.seconds)
}

type Group = ProofGroup['id']
const groupTitles: Record<Group, string> = {
  consent: 'Consent',
  visit: 'Visit that starts care',
  conditions: 'Conditions',
  plan: 'Care plan',
  minutes: 'Minutes',
  staff: 'Practitioner and team',
  conflicts: 'Stays and other services',
  coverage: 'Coverage and payment',
}
const groupOfRule: Record<string, Group> = {
  'ccm.consent.form': 'consent',
  'ccm.consent.told': 'consent',
  'ccm.consent.in_force': 'consent',
  'ccm.initiating_visit': 'visit',
  'ccm.conditions': 'conditions',
  'ccm.claim.diagnoses': 'conditions',
  'ccm.care_plan.approved': 'plan',
  'ccm.care_plan.copy': 'plan',
  'ccm.time.known': 'minutes',
  'ccm.time.enough': 'minutes',
  'ccm.complex.decision_making': 'minutes',
  'ccm.family.choice': 'minutes',
  'ccm.program.choice': 'minutes',
  'ccm.practitioner': 'staff',
  'ccm.continuity': 'staff',
  'ccm.access': 'staff',
  'ccm.other_services': 'conflicts',
  'ccm.same_month': 'conflicts',
  'ccm.stays': 'conflicts',
}
const questions = new Map(allRules().map(({ id, asks }) => [id, asks]))
const bibliography = new Map(Object.values(sources).map((source) => [source.id, source]))
const valuesByKey = new Map(allValues().map((value) => [value.key, value]))

function lawOf(id: string): ProofGroup['leaves'][number]['law'][number] {
  const { title, tag } = bibliography.get(id) ?? { title: id, tag: 'K' as const }
  return { id, title, tag }
}

/** A value of the book as it stands for the last day of a month. */
function bookValue(key: string, month: string): ProofGroup['leaves'][number]['values'] {
  const value = valuesByKey.get(key)
  const entry = value === undefined ? undefined : entryOn(value, lastDayOf(month))
  return value === undefined || entry === undefined
    ? []
    : [{ key, value: entry.value, unit: value.unit, from: entry.from, checkedThrough: value.checkedThrough }]
}

/** The proof as a tree: eight questions a biller asks, each with the findings of the book and the records they rest on. */
export function proofOf(verdict: KeptVerdict, evidence: Evidence, patientId: string, month: string): ProofGroup[] {
  const ids = Object.keys(groupTitles) as Group[]
  return ids.map((id) => {
    const findings = verdict.findings.filter(({ rule }) => (groupOfRule[rule] ?? 'coverage') === id)
    const has = (status: Finding['status']) => findings.some((finding) => finding.status === status)
    return {
      id,
      title: groupTitles[id],
      result: has('block') ? 'block' : has('hold') ? 'hold' : has('unknown') ? 'unknown' : 'pass',
      leaves: findings.map((finding, index) => ({
        id: `${finding.rule}#${index}`,
        rule: finding.rule,
        asks: questions.get(finding.rule) ?? finding.rule,
        status: finding.status,
        sentence: finding.sentence,
        law: finding.law.map(lawOf),
        values: finding.values.flatMap((key) => bookValue(key, month)),
        stale: finding.stale === true,
        evidence: linksOf(finding.rule, evidence, patientId),
      })),
    }
  })
}

function linksOf(rule: string, evidence: Evidence, patientId: string): ProofGroup['leaves'][number]['evidence'] {
  const link = (kind: ProofGroup['leaves'][number]['evidence'][number]['kind'], id: string | null, label: string) =>
    id === null ? [] : [{ kind, id, label }]
  if (rule.startsWith('ccm.consent.')) return link('consent', evidence.consentId, 'The consent')
  if (rule === 'ccm.initiating_visit')
    return [...link('visit', evidence.visitId, 'The visit'), ...link('consent', evidence.consentId, 'The consent')]
  if (rule === 'ccm.conditions' || rule === 'ccm.claim.diagnoses')
    return link('attestation', evidence.attestationId, 'The attestation')
  if (rule.startsWith('ccm.care_plan.')) return link('care_plan', evidence.planId, 'The care plan')
  if (rule.startsWith('ccm.time.')) return link('time', patientId, 'The time log')
  if (rule === 'ccm.complex.decision_making')
    return [...link('decision', evidence.decisionId, 'The decision record'), ...link('time', patientId, 'The time log')]
  if (rule === 'ccm.practitioner') return link('staff', evidence.practitionerId, 'The practitioner')
  if (rule === 'ccm.continuity') return link('staff', evidence.careManagerId, 'The care manager')
  if (rule === 'ccm.access' || rule === 'ccm.place_of_service' || rule === 'money.price')
    return link('clinic', patientId, 'The clinic’s settings')
  if (rule === 'ccm.patient.alive') return link('patient', patientId, 'The patient')
  if (groupOfRule[rule] === 'conflicts') return link('other_service', patientId, 'Stays and services on file')
  if (rule.startsWith('ccm.coverage.') || rule === 'money.cost_sharing')
    return link('coverage', patientId, 'The coverage')
  return []
}
