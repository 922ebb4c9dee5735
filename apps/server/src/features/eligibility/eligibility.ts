import type { CcmChip, CcmStatus, Objection, PatientResponse } from '@keepwell/contract'
import {
  assessEligibility,
  assessRisk,
  type CodeSystem,
  type CoverageKind,
  type Eligibility,
  type PatientCondition,
  type PatientCoverage,
  type PatientVisit,
  type Risk,
  type RiskInput,
  type SuspectedCondition,
} from '@keepwell/rules'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'

/** Conditions, coverage and identity: enough to say whether a patient is proposed. */
export interface CoreFacts {
  id: string
  sourceId: string
  name: string
  family: string
  given: string
  bornOn: string | null
  deceased: boolean
  diedOn: string | null
  conditions: readonly ConditionRow[]
  coverages: readonly CoverageRow[]
  /** The newest 271 that told something. */
  answer: { at: Date; partBActive: 'yes' | 'no' | 'unknown'; diedOn: string | null } | null
  enrolledElsewhere: boolean
}

/** What the risk rubric and the evidence need besides. */
export interface ChartFacts {
  visits: readonly PatientVisit[]
  medications: readonly { id: string; display: string }[]
  values: NonNullable<RiskInput['values']>
}

export interface ConditionRow {
  id: string
  system: string
  code: string
  display: string
  codings: readonly { system: string; code: string }[]
  clinicalStatus: string | null
  verificationStatus: string | null
  category: string | null
  onsetOn: string | null
  abatedOn: string | null
}

export interface CoverageRow {
  kind: string
  source: string
  hint: boolean
  from: string | null
  to: string | null
  recordedAt: Date
}

const systems: Readonly<Record<string, CodeSystem>> = {
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
}
const statuses: readonly PatientCondition['status'][] = [
  'active',
  'recurrence',
  'relapse',
  'inactive',
  'remission',
  'resolved',
]
const guesses: readonly string[] = ['unconfirmed', 'provisional', 'differential']
const wrong: readonly string[] = ['refuted', 'entered-in-error']

const coverageKinds: Readonly<Record<string, CoverageKind>> = {
  medicare_part_a: 'part_a',
  medicare_part_b: 'part_b',
  medicare_advantage: 'medicare_advantage',
  other_primary: 'other_primary',
  hospice: 'hospice',
  home_health: 'home_health',
  medicaid: 'medicaid',
  qmb: 'medicaid',
  medigap: 'medigap',
  esrd: 'esrd',
}

/** Kinds that say something of Medicare itself; without one of them nobody knows. */
const tellsMedicare: readonly string[] = ['medicare_part_b', 'medicare_advantage']

/** A coverage without a first day began before anybody wrote it down. */
const longAgo = '1900-01-01'

/**
 * Our coverage rows as the rule book's facts; undefined where nobody knows of Medicare. Payers of old claims are
 * hints and never count; what a newer 271 told replaces what was known before it.
 */
export function coverageFactsOf(rows: readonly CoverageRow[], answeredAt: Date | null): PatientCoverage[] | undefined {
  const known = rows.filter(
    (row) => !row.hint && (row.source === '271' || answeredAt === null || row.recordedAt > answeredAt),
  )
  if (answeredAt === null && !known.some((row) => tellsMedicare.includes(row.kind))) return undefined
  return known.flatMap((row) => {
    const kind = coverageKinds[row.kind]
    return kind === undefined ? [] : [{ kind, from: row.from ?? longAgo, to: row.to, source: row.source }]
  })
}

function conditionFactsOf(rows: readonly ConditionRow[]): PatientCondition[] {
  return rows
    .filter((row) => !wrong.includes(row.verificationStatus ?? '') && !guesses.includes(row.verificationStatus ?? ''))
    .map((row) => ({
      id: row.id,
      system: systems[row.system] ?? row.system,
      code: row.code,
      display: row.display,
      status: statuses.find((status) => status === row.clinicalStatus) ?? 'unknown',
      onsetOn: row.onsetOn,
      abatedOn: row.abatedOn,
    }))
}

/** A diagnosis that nobody has confirmed is for the provider to judge. */
function unconfirmed(rows: readonly ConditionRow[]): SuspectedCondition[] {
  return rows
    .filter((row) => guesses.includes(row.verificationStatus ?? '') && (row.clinicalStatus ?? 'active') === 'active')
    .map((row) => ({
      conditionId: row.id,
      code: row.code,
      system: row.system,
      display: row.display,
      why: 'Not confirmed yet; the provider decides.',
    }))
}

/** Whether a patient may be proposed, by the rule book over the clinic's facts. Pure. */
export function assessPatient(facts: CoreFacts, visits: readonly PatientVisit[], today: string): Eligibility {
  const told = facts.answer?.diedOn ?? null
  const input = {
    asOf: today,
    bornOn: facts.bornOn ?? undefined,
    // A death without its day is a death all the same.
    diedOn: facts.deceased ? (facts.diedOn !== null && facts.diedOn <= today ? facts.diedOn : today) : told,
    conditions: conditionFactsOf(facts.conditions),
    coverages: coverageFactsOf(
      facts.coverages,
      facts.answer === null || facts.answer.partBActive === 'unknown' ? null : facts.answer.at,
    ),
    visits,
    enrolledElsewhere: facts.enrolledElsewhere,
  }
  const assessed = assessEligibility(input)
  const suspected = [...assessed.suspected, ...unconfirmed(facts.conditions)]
  if (assessed.status === 'not_eligible' && input.coverages === undefined && namesMedicare(facts.coverages, today)) {
    // Under 65 only known Medicare is enough. The EHR names Medicare without its part: were it Part B, the patient would be proposed.
    const withPartB = assessEligibility({
      ...input,
      coverages: [{ kind: 'part_b', from: longAgo, to: null }],
    })
    if (withPartB.proposed) {
      return {
        ...withPartB,
        status: 'unsure',
        coverage: 'to_be_checked',
        suspected,
        reasons: [
          ...withPartB.reasons.slice(0, 1),
          'Medicare is on file without its part: coverage to be checked.',
          ...withPartB.reasons.slice(2),
        ],
      }
    }
  }
  return { ...assessed, suspected }
}

function namesMedicare(rows: readonly CoverageRow[], today: string): boolean {
  return rows.some(
    (row) =>
      row.kind === 'medicare' && !row.hint && (row.from ?? longAgo) <= today && (row.to === null || row.to >= today),
  )
}

/** True where an old claim named Medicare: a sign for the desk, never proof. */
export function hasMedicareHint(facts: CoreFacts): boolean {
  return facts.coverages.some((row) => row.hint && row.kind.startsWith('medicare'))
}

export function assessRiskOf(facts: CoreFacts, chart: ChartFacts, eligibility: Eligibility, today: string): Risk {
  return assessRisk({
    asOf: today,
    bornOn: facts.bornOn ?? undefined,
    groups: eligibility.groups,
    visits: chart.visits,
    medications: chart.medications,
    values: chart.values,
  })
}

/** The clinic's own deeds with a patient that the status rests on. */
export interface ProgramFacts {
  enrolledSince: string | null
  consentSince: string | null
  /** The newest word of the patient. */
  response: { response: PatientResponse; on: string } | null
  decline: { on: string; doNotAskAgain: boolean; reason: Objection } | null
  introducedOn: string | null
  /** The newest check when it failed: the time in the clinic's zone, such as 08:01. */
  checkFailed: { on: string; time: string } | null
}

export const nothingYet: ProgramFacts = {
  enrolledSince: null,
  consentSince: null,
  response: null,
  decline: null,
  introducedOn: null,
  checkFailed: null,
}

const needsTwo = 'lasting conditions'

/** What the chip says of the rule book's answer. */
export type ChipEligibility = Pick<Eligibility, 'status' | 'coverage' | 'proposed'> & { groups: readonly unknown[] }

/** Why somebody is or is not proposed, without naming a diagnosis: the front desk reads it. */
function plainReason(eligibility: ChipEligibility): string {
  if (eligibility.groups.length < 2) return `Fewer than two ${needsTwo} are on record.`
  const coverage = {
    part_b: 'Medicare Part B is active.',
    medicare_advantage:
      'The patient is in a Medicare Advantage plan, which pays by its own rules: ask the biller first.',
    none: 'Medicare Part B is not active.',
    to_be_checked: eligibility.proposed ? 'Medicare has not been checked yet.' : 'Under 65, and no Medicare is known.',
  }[eligibility.coverage]
  return eligibility.proposed ? `Two or more ${needsTwo} on record. ${coverage}` : coverage
}

/** The one status of a patient, the strongest fact first, with its reason in a sentence. */
export function ccmChip(eligibility: ChipEligibility, program: ProgramFacts, today: string): CcmChip {
  const say = (status: CcmStatus, reason: string): CcmChip => ({ status, reason })
  const doubt = eligibility.coverage === 'none' ? ' Medicare Part B is not active now.' : ''
  if (eligibility.status === 'deceased') return say('deceased', 'The patient has died.')
  if (program.enrolledSince !== null)
    return say('enrolled', `Enrolled since ${dayWords(program.enrolledSince)}.${doubt}`)
  if (program.consentSince !== null)
    return say('consented', `Consent given on ${dayWords(program.consentSince)}; not enrolled yet.${doubt}`)
  if (eligibility.status === 'enrolled_elsewhere')
    return say('enrolled_elsewhere', 'Another practice gives this service; only one may in a month.')
  if (program.decline !== null) {
    return say(
      'declined',
      `Said no on ${dayWords(program.decline.on)}${program.decline.doNotAskAgain ? ' and asked not to be asked again' : ''}.`,
    )
  }
  if (!eligibility.proposed)
    return say(eligibility.status === 'unsure' ? 'unknown' : 'not_eligible', plainReason(eligibility))
  if (program.response?.response === 'thinking')
    return say('thinking', `Thinking about it since ${dayWords(program.response.on)}.`)
  if (program.response !== null || program.introducedOn !== null) {
    const agreed =
      program.response?.response === 'agreed'
        ? 'Said yes'
        : program.response?.response === 'interested'
          ? 'Interested'
          : 'Introduced'
    return say(
      'introduced',
      `${agreed} on ${dayWords(program.response?.on ?? program.introducedOn ?? today)}. ${plainReason(eligibility)}`,
    )
  }
  if (eligibility.status === 'eligible') return say('eligible', plainReason(eligibility))
  if (program.checkFailed !== null) {
    const when =
      program.checkFailed.on === today ? `at ${program.checkFailed.time}` : `on ${dayWords(program.checkFailed.on)}`
    return say('unknown', `The Medicare check failed ${when}. Two or more ${needsTwo} on record.`)
  }
  return say('unknown', plainReason(eligibility))
}

/** Statuses of people who may be asked today. */
export const openStatuses: readonly CcmStatus[] = ['eligible', 'introduced', 'thinking', 'unknown']

export function decideMark(patient: { deceased: boolean }): Decision<true> {
  return patient.deceased ? refuse('patient_deceased', 'The patient has died; there is nobody to ask.') : accept(true)
}
