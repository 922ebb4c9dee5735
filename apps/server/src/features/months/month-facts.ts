import type { CheckFacts, PrimaryDecision } from '@keepwell/contract'
import {
  acceptedInFull,
  type ConsentFacts,
  type ConsentStatementId,
  type CoverageFacts,
  type CoverageKind,
  credentialRow,
  type Facts,
  type HospiceCare,
  type InitiatingVisitFacts,
  lastDayOf,
  localDateOf,
  type OtherProgram,
  type PolicyFacts,
  type PractitionerKind,
  type PrimaryPaymentFacts,
  type TimeFacts,
} from '@keepwell/rules'
import type { Evidence, Gathered } from './months.ts'

/** What is the same for every patient of a clinic in a month. */
export interface Frame {
  clinicId: string
  month: string
  firstDay: string
  lastDay: string
  timeZone: string
  locality: string | null
  placeOfService: string
  access24x7AttestedOn: string | null
  /** The clinic's answers to what the rule book leaves to it. */
  policy: PolicyFacts
  /** The clinic's day on which the question is asked; of a close, the day on which it began. */
  asOf: string
  /** A close sees the time log as it stood at this instant; null = as it stands now. */
  frozenAt: Date | null
}

/** The first and the last day of a month, for a frame. */
export function daysOf(month: string): { firstDay: string; lastDay: string } {
  return { firstDay: `${month}-01`, lastDay: lastDayOf(month) }
}

export interface OfPatient {
  patientId: string
}

export interface PatientRow extends OfPatient {
  bornOn: string | null
  deceased: boolean
  diedOn: string | null
}

export interface EnrollmentRow extends OfPatient {
  id: string
  practitionerId: string
  newOrNotSeenWithinYear: boolean
}

export interface ChoiceRow extends OfPatient {
  id: string
  family: 'non_complex' | 'complex' | 'personal' | null
  program: OtherProgram | null
  hospiceCare: HospiceCare | null
  practitionerId: string | null
  reason: string
  byName: string
}

export interface CoverageRow extends OfPatient {
  kind: string
  payerName: string | null
  fromOn: string | null
  toOn: string | null
  payerOrder: number | null
  recordedAt: Date
}

export interface CheckRow extends OfPatient {
  serviceOn: string
  facts: CheckFacts
}

export interface PrimaryDecisionRow extends OfPatient {
  id: string
  decision: PrimaryDecision
}

export interface AttestationRow extends OfPatient {
  id: string
  attestedOn: string
  lasts12Months: boolean
  significantRisk: boolean
  conditions: { code: string }[]
}

export interface VisitRow extends OfPatient {
  id: string
  on: string
  code: string
  ccmDiscussed: boolean
  byVideo: boolean | null
  extensivePlanning: boolean | null
}

export interface ConsentRow extends OfPatient {
  id: string
  form: 'written' | 'scanned' | 'verbal'
  givenOn: string
  givenAt: Date
  faceToFace: boolean
  told: string[]
  requestedOn: string | null
}

export interface PlanRow extends OfPatient {
  id: string
  approvedOn: string | null
  copyGivenOn: string | null
}

export interface CareManagerRow extends OfPatient {
  careManagerId: string
}

export interface DecisionRow extends OfPatient {
  id: string
  level: 'straightforward' | 'low' | 'moderate' | 'high'
  documentedOn: string
}

export interface EntryRow extends OfPatient {
  id: string
  staffId: string
  kind: 'staff' | 'practitioner'
  credential: string
  program: string
  personalCcm: boolean
  activity: string
  startedAt: Date
  endedAt: Date
  seconds: number
  waiting: boolean
}

export interface StayRow extends OfPatient {
  kind: 'inpatient' | 'snf_part_a'
  from: string
  to: string | null
}

export interface ServiceRow extends OfPatient {
  code: string
  on: string
  practitioner: 'same' | 'same_group' | 'other'
}

export interface PractitionerRow {
  id: string
  npi: string | null
  qualifyingApm: boolean
  credential: string | null
}

/** What is on file of one patient for a month. A record that is not there is undefined. */
export interface MonthRows {
  patient: PatientRow
  enrollment: EnrollmentRow | undefined
  choice: ChoiceRow | undefined
  coverages: readonly CoverageRow[]
  /** The newest 271 that was answered. */
  check: CheckRow | undefined
  firstInsurer: PrimaryDecisionRow | undefined
  attestation: AttestationRow | undefined
  visit: VisitRow | undefined
  consent: ConsentRow | undefined
  plan: PlanRow | undefined
  careManager: CareManagerRow | undefined
  decision: DecisionRow | undefined
  /** Who bills the month, null where nobody is named. */
  practitionerId: string | null
  practitioner: PractitionerRow | undefined
  time: readonly EntryRow[]
  stays: readonly StayRow[]
  services: readonly ServiceRow[]
}

/** Puts what is on file as the facts that the rule book asks about, and says which records are behind them. Pure. */
export function gatheredOf(frame: Frame, rows: MonthRows): Gathered {
  return { patientId: rows.patient.patientId, facts: factsOf(frame, rows), evidence: evidenceOf(rows) }
}

/** What nobody knows stays a missing key. */
function factsOf(frame: Frame, rows: MonthRows): Facts {
  const { patient, enrollment, practitionerId, choice, check, firstInsurer } = rows
  const { attestation, visit, consent, plan, decision } = rows
  return {
    month: frame.month,
    timeZone: frame.timeZone,
    asOf: frame.asOf,
    placeOfService: frame.placeOfService,
    ...(frame.locality === null ? {} : { locality: frame.locality }),
    ...(practitionerId === null ? {} : { practitioner: practitionerOf(practitionerId, rows.practitioner) }),
    patient: {
      ...(patient.bornOn === null ? {} : { bornOn: patient.bornOn }),
      ...diedOf(patient, check?.facts ?? null),
      ...(enrollment === undefined ? {} : { newOrNotSeenWithinYear: enrollment.newOrNotSeenWithinYear }),
    },
    ...coverageOf(rows.coverages, check, frame),
    ...(firstInsurer === undefined ? {} : { primaryPayment: primaryPaymentOf(firstInsurer.decision) }),
    conditions: (attestation?.conditions ?? []).map(({ code }) => ({
      code,
      attestedOn: attestation?.attestedOn,
      lasts12Months: attestation?.lasts12Months,
      significantRisk: attestation?.significantRisk,
    })),
    ...(visit !== undefined
      ? { initiatingVisit: visitOf(visit) }
      : enrollment === undefined
        ? {}
        : { initiatingVisit: null }),
    consent: consent === undefined ? null : consentOf(consent, frame.timeZone),
    policy: frame.policy,
    carePlan: plan === undefined ? null : { approvedOn: plan.approvedOn, copyGivenOn: plan.copyGivenOn },
    ...(frame.access24x7AttestedOn !== null && frame.access24x7AttestedOn <= frame.lastDay ? { access24x7: true } : {}),
    designatedCareManager: rows.careManager !== undefined,
    decisionMaking: decision === undefined ? null : { level: decision.level, documentedOn: decision.documentedOn },
    time: rows.time.map(timeOf),
    stays: rows.stays.map(({ kind, from, to }) => ({ kind, from, to })),
    otherServices: rows.services.map(({ code, on, practitioner }) => ({ code, on, practitioner })),
    ...(choice?.family ? { choice: { family: choice.family, by: choice.byName, reason: choice.reason } } : {}),
    ...(choice?.hospiceCare ? { hospiceCare: choice.hospiceCare } : {}),
    ...(choice?.program ? { otherProgram: { program: choice.program, by: choice.byName, reason: choice.reason } } : {}),
  }
}

function evidenceOf(rows: MonthRows): Evidence {
  return {
    enrollmentId: rows.enrollment?.id ?? null,
    consentId: rows.consent?.id ?? null,
    attestationId: rows.attestation?.id ?? null,
    visitId: rows.visit?.id ?? null,
    planId: rows.plan?.id ?? null,
    decisionId: rows.decision?.id ?? null,
    choiceId: rows.choice?.id ?? null,
    primaryDecisionId: rows.firstInsurer?.id ?? null,
    practitionerId: rows.practitionerId,
    careManagerId: rows.careManager?.careManagerId ?? null,
    waitingSeconds: rows.time.reduce((sum, entry) => sum + (entry.waiting ? entry.seconds : 0), 0),
  }
}

const practitionerKinds: Record<string, PractitionerKind> = {
  MD: 'physician',
  DO: 'physician',
  NP: 'np',
  PA: 'pa',
  CNS: 'cns',
  CNM: 'cnm',
}

/** Without a credential on the month's last day the profession is not known. */
function practitionerOf(id: string, row: PractitionerRow | undefined): NonNullable<Facts['practitioner']> {
  if (row === undefined) return { id }
  const credential = row.credential === null ? undefined : credentialRow(row.credential)
  const kind = credential === undefined ? undefined : (practitionerKinds[credential.id] ?? 'other')
  return {
    id,
    ...(row.npi === null ? {} : { npi: row.npi }),
    ...(kind === undefined ? {} : { kind }),
    qualifyingApm: row.qualifyingApm,
  }
}

/** Alive is known where the chart does not say otherwise; a death without its day leaves the day unknown. */
function diedOf(patient: PatientRow, told: CheckFacts | null): { diedOn?: string | null } {
  const day = patient.diedOn ?? told?.diedOn ?? null
  if (day !== null) return { diedOn: day }
  return patient.deceased ? {} : { diedOn: null }
}

const plainKinds: Record<string, CoverageKind> = {
  medicare_part_a: 'part_a',
  medicare_part_b: 'part_b',
  medicare_advantage: 'medicare_advantage',
  other_primary: 'other_primary',
  hospice: 'hospice',
  home_health: 'home_health',
  esrd: 'esrd',
  medicaid: 'medicaid',
  medigap: 'medigap',
}

/**
 * Coverage, deductible, QMB and second insurer, each only where it is known. 'medicare' alone does not say Part B; without
 * a row that tells Part B or Medicare Advantage, or an answered 271, nobody knows the coverage.
 */
function coverageOf(
  rows: readonly CoverageRow[],
  check: CheckRow | undefined,
  frame: Pick<Frame, 'firstDay' | 'lastDay' | 'timeZone' | 'month'>,
): Pick<Facts, 'coverage' | 'deductible' | 'qmb' | 'secondary'> {
  const medicareSecond = rows.some(
    ({ kind, payerOrder }) => kind.startsWith('medicare') && payerOrder !== null && payerOrder > 1,
  )
  const paysFirst = (row: CoverageRow) => row.kind === 'commercial' && row.payerOrder === 1 && medicareSecond
  const coverage: CoverageFacts[] = []
  for (const row of rows) {
    const kind = plainKinds[row.kind] ?? (paysFirst(row) ? 'other_primary' : undefined)
    if (kind === undefined) continue
    // Without a first day it is known from the day on which it was recorded: that month counts whole, months before are not known.
    if (
      row.fromOn === null &&
      localDateOf(row.recordedAt.getTime(), frame.timeZone) > frame.lastDay &&
      !coversMonth(check, frame)
    )
      continue
    coverage.push({ kind, from: row.fromOn ?? frame.firstDay, to: row.toOn })
  }
  const told = check?.facts
  const known =
    coverage.some(({ kind }) => kind === 'part_b' || kind === 'medicare_advantage') ||
    (told !== undefined && told.partB.active !== 'unknown')
  const left = told?.deductible.leftCents ?? null
  const year = told?.deductible.year ?? check?.serviceOn.slice(0, 4) ?? null
  const second = rows.find(
    (row) =>
      (row.kind === 'medigap' || row.kind === 'medicaid' || (row.kind === 'commercial' && !paysFirst(row))) &&
      (row.fromOn ?? frame.firstDay) <= frame.lastDay &&
      (row.toOn === null || row.toOn >= frame.firstDay),
  )
  const qmbRow = rows.some(
    ({ kind, fromOn, toOn }) =>
      kind === 'qmb' && (fromOn ?? frame.firstDay) <= frame.lastDay && (toOn === null || toOn >= frame.firstDay),
  )
  return {
    ...(known ? { coverage } : {}),
    ...(left !== null && year === frame.month.slice(0, 4) ? { deductible: { remainingCents: left } } : {}),
    ...(qmbRow || told?.qmb === 'yes' ? { qmb: true } : told?.qmb === 'no' ? { qmb: false } : {}),
    ...(second !== undefined
      ? {
          secondary: {
            kind:
              second.kind === 'medigap'
                ? ('medigap' as const)
                : second.kind === 'medicaid'
                  ? ('medicaid' as const)
                  : ('other' as const),
            name: second.payerName,
          },
        }
      : told !== undefined
        ? { secondary: null }
        : {}),
  }
}

function coversMonth(check: CheckRow | undefined, frame: { firstDay: string; lastDay: string }): boolean {
  return check !== undefined && check.serviceOn >= frame.firstDay && check.serviceOn <= frame.lastDay
}

function primaryPaymentOf({ decidedOn, lines }: PrimaryDecision): PrimaryPaymentFacts {
  return {
    decidedOn,
    paidCents: lines.reduce((sum, { paidCents }) => sum + paidCents, 0),
    lines: lines.map((line) => ({
      code: line.code,
      units: line.units,
      chargeCents: line.chargeCents,
      acceptCents: acceptedInFull(line),
      allowedCents: line.allowedCents,
      paidCents: line.paidCents,
    })),
  }
}

function visitOf({ on, code, ccmDiscussed, byVideo, extensivePlanning }: VisitRow): InitiatingVisitFacts {
  return {
    on,
    code,
    ccmDiscussed,
    ...(byVideo === null ? {} : { telehealth: byVideo }),
    ...(extensivePlanning === null ? {} : { extensivePlanning }),
  }
}

function consentOf(row: ConsentRow, timeZone: string): ConsentFacts {
  // A paper was signed before it was scanned, on a day that it carries itself: only what was given on the spot has a moment.
  const onTheSpot = row.form !== 'scanned' && localDateOf(row.givenAt.getTime(), timeZone) === row.givenOn
  return {
    form: row.form === 'verbal' ? 'verbal' : 'written',
    givenOn: row.givenOn,
    ...(onTheSpot ? { givenAt: row.givenAt.toISOString() } : {}),
    faceToFace: row.faceToFace,
    told: row.told as ConsentStatementId[],
    withdrawnOn: row.requestedOn,
  }
}

function timeOf(entry: EntryRow): TimeFacts {
  return {
    id: entry.id,
    person: entry.staffId,
    kind: entry.kind,
    credential: entry.credential,
    start: entry.startedAt.toISOString(),
    end: entry.endedAt.toISOString(),
    activity: entry.activity as NonNullable<TimeFacts['activity']>,
    program: entry.program as NonNullable<TimeFacts['program']>,
    personalCcm: entry.personalCcm,
    ...(entry.waiting ? { waitsForApproval: true } : {}),
  }
}
