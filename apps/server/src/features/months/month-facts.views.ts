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
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
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

/**
 * The patients whose month has to be judged: enrolled on any day of it, or with care time in it. In the order of
 * their ids, after `cursor`, at most `limit`; only those `among` some, where they are given.
 */
export async function listMonthPatients(
  tx: Tx,
  frame: Frame,
  cursor: string | null,
  limit: number,
  among?: readonly string[],
): Promise<string[]> {
  const after = cursor ?? '00000000-0000-0000-0000-000000000000'
  const only = (column: RawBuilder<unknown>) =>
    among === undefined ? sql`` : sql`and ${column} = any (${[...among]}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    select id from (
      select e.patient_id as id from enrollments e
      left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
      where e.tenant_id = ${tx.tenantId} and e.clinic_id = ${frame.clinicId} and e.enrolled_on <= ${frame.lastDay}
        and (x.ended_on is null or x.ended_on >= ${frame.firstDay}) and e.patient_id > ${after} ${only(sql`e.patient_id`)}
      union
      select t.patient_id from time_entries t
      join patients p on p.tenant_id = t.tenant_id and p.id = t.patient_id
      where t.tenant_id = ${tx.tenantId} and t.month = ${frame.month} and t.superseded_at is null and t.program = 'ccm'
        and p.clinic_id = ${frame.clinicId} and t.patient_id > ${after} ${only(sql`t.patient_id`)}
    ) u order by id limit ${limit}`.execute(tx.db)
  return rows.map(({ id }) => id)
}

type Ids = readonly string[]
interface OfPatient {
  patientId: string
}

/**
 * Gathers all that the rule book asks about some patients' month, in a fixed number of queries however many there are.
 * What nobody knows stays a missing key. The same records give the same facts, in the same order.
 */
export async function gatherFacts(tx: Tx, frame: Frame, patientIds: Ids): Promise<Gathered[]> {
  if (patientIds.length === 0) return []
  const patients = byPatient(await readPatients(tx, patientIds))
  const enrollments = byPatient(await readEnrollments(tx, frame, patientIds))
  const choices = byPatient(await readChoices(tx, frame, patientIds))
  const coverages = groupByPatient(await readCoverages(tx, patientIds))
  const checks = byPatient(await readChecks(tx, patientIds))
  const firstInsurers = byPatient(await readPrimaryDecisions(tx, frame, patientIds))
  const attestations = byPatient(await readAttestations(tx, frame, patientIds))
  const visits = byPatient(await readVisits(tx, frame, patientIds))
  const consents = byPatient(await readConsents(tx, frame, patientIds))
  const plans = byPatient(await readPlans(tx, frame, patientIds))
  const managers = byPatient(await readCareManagers(tx, frame, patientIds))
  const decisions = byPatient(await readDecisions(tx, frame, patientIds))
  const entries = groupByPatient(await readTime(tx, frame, patientIds))
  const stays = groupByPatient(await readStays(tx, frame, patientIds))
  const services = groupByPatient(await readServices(tx, frame, patientIds))
  const practitionerOf = (id: string) => choices.get(id)?.practitionerId ?? enrollments.get(id)?.practitionerId ?? null
  const practitioners = await readPractitioners(tx, frame, [
    ...new Set(patientIds.flatMap((id) => practitionerOf(id) ?? [])),
  ])

  return patientIds.flatMap((patientId): Gathered[] => {
    const patient = patients.get(patientId)
    if (patient === undefined) return []
    const enrollment = enrollments.get(patientId)
    const check = checks.get(patientId)
    const firstInsurer = firstInsurers.get(patientId)
    const visit = visits.get(patientId)
    const consent = consents.get(patientId)
    const plan = plans.get(patientId)
    const decision = decisions.get(patientId)
    const choice = choices.get(patientId)
    const attestation = attestations.get(patientId)
    const practitionerId = practitionerOf(patientId)
    const time = entries.get(patientId) ?? []
    const facts: Facts = {
      month: frame.month,
      timeZone: frame.timeZone,
      asOf: frame.asOf,
      placeOfService: frame.placeOfService,
      ...(frame.locality === null ? {} : { locality: frame.locality }),
      ...(practitionerId === null ? {} : { practitioner: practitioners.get(practitionerId) ?? { id: practitionerId } }),
      patient: {
        ...(patient.bornOn === null ? {} : { bornOn: patient.bornOn }),
        ...diedOf(patient, check?.facts ?? null),
        ...(enrollment === undefined ? {} : { newOrNotSeenWithinYear: enrollment.newOrNotSeenWithinYear }),
      },
      ...coverageOf(coverages.get(patientId) ?? [], check, frame),
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
      ...(frame.access24x7AttestedOn !== null && frame.access24x7AttestedOn <= frame.lastDay
        ? { access24x7: true }
        : {}),
      designatedCareManager: managers.has(patientId),
      decisionMaking: decision === undefined ? null : { level: decision.level, documentedOn: decision.documentedOn },
      time: time.map(timeOf),
      stays: (stays.get(patientId) ?? []).map(({ kind, from, to }) => ({ kind, from, to })),
      otherServices: (services.get(patientId) ?? []).map(({ code, on, practitioner }) => ({
        code,
        on,
        practitioner,
      })),
      ...(choice?.family ? { choice: { family: choice.family, by: choice.byName, reason: choice.reason } } : {}),
      ...(choice?.hospiceCare ? { hospiceCare: choice.hospiceCare } : {}),
      ...(choice?.program
        ? { otherProgram: { program: choice.program, by: choice.byName, reason: choice.reason } }
        : {}),
    }
    const evidence: Evidence = {
      enrollmentId: enrollment?.id ?? null,
      consentId: consent?.id ?? null,
      attestationId: attestation?.id ?? null,
      visitId: visit?.id ?? null,
      planId: plan?.id ?? null,
      decisionId: decision?.id ?? null,
      choiceId: choice?.id ?? null,
      primaryDecisionId: firstInsurer?.id ?? null,
      practitionerId,
      careManagerId: managers.get(patientId)?.careManagerId ?? null,
      waitingSeconds: time.reduce((sum, entry) => sum + (entry.waiting ? entry.seconds : 0), 0),
    }
    return [{ patientId, facts, evidence }]
  })
}

interface PatientRow extends OfPatient {
  bornOn: string | null
  deceased: boolean
  diedOn: string | null
}

async function readPatients(tx: Tx, ids: Ids): Promise<PatientRow[]> {
  const { rows } = await sql<PatientRow>`
    select id as "patientId", born_on as "bornOn", deceased, died_on as "diedOn" from patients
    where tenant_id = ${tx.tenantId} and id = any (${[...ids]}::uuid[]) limit ${ids.length}`.execute(tx.db)
  return rows
}

/** Alive is known where the chart does not say otherwise; a death without its day leaves the day unknown. */
function diedOf(patient: PatientRow, told: CheckFacts | null): { diedOn?: string | null } {
  const day = patient.diedOn ?? told?.diedOn ?? null
  if (day !== null) return { diedOn: day }
  return patient.deceased ? {} : { diedOn: null }
}

interface EnrollmentRow extends OfPatient {
  id: string
  practitionerId: string
  newOrNotSeenWithinYear: boolean
}

async function readEnrollments(tx: Tx, frame: Frame, ids: Ids): Promise<EnrollmentRow[]> {
  const { rows } = await sql<EnrollmentRow>`
    select distinct on (e.patient_id) e.patient_id as "patientId", e.id, e.practitioner_id as "practitionerId", e.new_or_not_seen_within_year as "newOrNotSeenWithinYear"
    from enrollments e left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
    where e.tenant_id = ${tx.tenantId} and e.patient_id = any (${[...ids]}::uuid[]) and e.clinic_id = ${frame.clinicId}
      and e.enrolled_on <= ${frame.lastDay} and (x.ended_on is null or x.ended_on >= ${frame.firstDay})
    order by e.patient_id, e.enrolled_at desc, e.id limit ${ids.length}`.execute(tx.db)
  return rows
}

interface ChoiceRow extends OfPatient {
  id: string
  family: 'non_complex' | 'complex' | 'personal' | null
  program: OtherProgram | null
  hospiceCare: HospiceCare | null
  practitionerId: string | null
  reason: string
  byName: string
}

async function readChoices(tx: Tx, frame: Frame, ids: Ids): Promise<ChoiceRow[]> {
  const { rows } = await sql<ChoiceRow>`
    select distinct on (c.patient_id) c.patient_id as "patientId", c.id, c.family, c.program, c.practitioner_id as "practitionerId", c.hospice_care as "hospiceCare", c.reason, s.name as "byName"
    from month_choices c join staff s on s.tenant_id = c.tenant_id and s.id = c.chosen_by
    where c.tenant_id = ${tx.tenantId} and c.month = ${frame.month} and c.patient_id = any (${[...ids]}::uuid[])
    order by c.patient_id, c.chosen_at desc, c.id desc limit ${ids.length}`.execute(tx.db)
  return rows.filter(
    ({ family, program, practitionerId, hospiceCare }) =>
      family !== null || program !== null || practitionerId !== null || hospiceCare !== null,
  )
}

interface CoverageRow extends OfPatient {
  kind: string
  payerName: string | null
  fromOn: string | null
  toOn: string | null
  payerOrder: number | null
  recordedAt: Date
}

/** Hints (the payers of old claims) are no coverage and are not read. */
async function readCoverages(tx: Tx, ids: Ids): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    select patient_id as "patientId", kind, payer_name as "payerName", from_on as "fromOn", to_on as "toOn", payer_order as "payerOrder", recorded_at as "recordedAt"
    from coverages where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and not hint
    order by patient_id, kind, from_on nulls first, source, source_id limit ${ids.length * 50}`.execute(tx.db)
  return rows
}

interface CheckRow extends OfPatient {
  serviceOn: string
  facts: CheckFacts
}

/** The newest 271 of each patient that was answered. */
async function readChecks(tx: Tx, ids: Ids): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    select distinct on (patient_id) patient_id as "patientId", service_on as "serviceOn", facts from eligibility_checks
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and failure is null and jsonb_typeof(facts) = 'object'
    order by patient_id, requested_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows
}

interface PrimaryDecisionRow extends OfPatient {
  id: string
  decision: PrimaryDecision
}

/** What the first insurer decided, as it was last entered; a close reads it as it stood when it froze the month. */
async function readPrimaryDecisions(tx: Tx, frame: Frame, ids: Ids): Promise<PrimaryDecisionRow[]> {
  const { rows } = await sql<OfPatient & { id: string; decision: PrimaryDecision | null }>`
    select distinct on (patient_id) patient_id as "patientId", id, decision from primary_decisions
    where tenant_id = ${tx.tenantId} and month = ${frame.month} and patient_id = any (${[...ids]}::uuid[])
      and (${frame.frozenAt}::timestamptz is null or recorded_at <= ${frame.frozenAt}::timestamptz)
    order by patient_id, recorded_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows.flatMap(({ decision, ...row }) => (decision === null ? [] : [{ ...row, decision }]))
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
export function coverageOf(
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

interface AttestationRow extends OfPatient {
  id: string
  attestedOn: string
  lasts12Months: boolean
  significantRisk: boolean
  conditions: { code: string }[]
}

/** The newest attestation by the end of the month, or the earliest later one, so that the verdict can say when it came. */
async function readAttestations(tx: Tx, frame: Frame, ids: Ids): Promise<AttestationRow[]> {
  const { rows } = await sql<AttestationRow>`
    select distinct on (patient_id) patient_id as "patientId", id, attested_on as "attestedOn", lasts_12_months as "lasts12Months", significant_risk as "significantRisk", conditions
    from attestations where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[])
    order by patient_id, (attested_on <= ${frame.lastDay}) desc, case when attested_on <= ${frame.lastDay} then attested_on end desc, attested_on, attested_at desc, id desc
    limit ${ids.length}`.execute(tx.db)
  return rows
}

interface VisitRow extends OfPatient {
  id: string
  on: string
  code: string
  ccmDiscussed: boolean
  byVideo: boolean | null
  extensivePlanning: boolean | null
}

/** The visit that the enrollment names, otherwise the newest recorded one by the end of the month. */
async function readVisits(tx: Tx, frame: Frame, ids: Ids): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select distinct on (v.patient_id) v.patient_id as "patientId", v.id, v.visit_on as "on", v.code, v.ccm_discussed as "ccmDiscussed", v.by_video as "byVideo",
      v.extensive_planning as "extensivePlanning"
    from initiating_visits v
    left join enrollments e on e.tenant_id = v.tenant_id and e.patient_id = v.patient_id and e.initiating_visit_id = v.id and e.enrolled_on <= ${frame.lastDay}
    where v.tenant_id = ${tx.tenantId} and v.patient_id = any (${[...ids]}::uuid[])
    order by v.patient_id, (e.id is not null) desc, (v.visit_on <= ${frame.lastDay}) desc, v.visit_on desc, v.recorded_at desc, v.id desc limit ${ids.length}`.execute(
    tx.db,
  )
  return rows
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

interface ConsentRow extends OfPatient {
  id: string
  form: 'written' | 'scanned' | 'verbal'
  givenOn: string
  givenAt: Date
  faceToFace: boolean
  told: string[]
  requestedOn: string | null
}

/** The newest consent given by the end of the month, or the earliest later one, so that the verdict can say when it came. */
async function readConsents(tx: Tx, frame: Frame, ids: Ids): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select distinct on (c.patient_id) c.patient_id as "patientId", c.id, c.form, c.given_on as "givenOn", c.given_at as "givenAt", c.face_to_face as "faceToFace", c.told,
      r.requested_on as "requestedOn"
    from consents c left join consent_revocations r on r.tenant_id = c.tenant_id and r.consent_id = c.id
    where c.tenant_id = ${tx.tenantId} and c.patient_id = any (${[...ids]}::uuid[])
    order by c.patient_id, (c.given_on <= ${frame.lastDay}) desc, case when c.given_on <= ${frame.lastDay} then c.given_on end desc, c.given_on, c.given_at desc, c.id desc
    limit ${ids.length}`.execute(tx.db)
  return rows
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

interface PlanRow extends OfPatient {
  id: string
  approvedOn: string | null
  copyGivenOn: string | null
}

/** The signature in force at the end of the month (or the first later one), and the newest copy of any signed version. */
async function readPlans(tx: Tx, frame: Frame, ids: Ids): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select p.patient_id as "patientId", p.id, coalesce(max(s.signed_on) filter (where s.signed_on <= ${frame.lastDay}), min(s.signed_on)) as "approvedOn",
      max(k.given_on) as "copyGivenOn"
    from care_plans p
    left join care_plan_versions v on v.tenant_id = p.tenant_id and v.plan_id = p.id
    left join care_plan_signatures s on s.tenant_id = v.tenant_id and s.version_id = v.id
    left join care_plan_copies k on k.tenant_id = s.tenant_id and k.version_id = s.version_id
    where p.tenant_id = ${tx.tenantId} and p.patient_id = any (${[...ids]}::uuid[])
    group by p.patient_id, p.id limit ${ids.length}`.execute(tx.db)
  return rows
}

interface CareManagerRow extends OfPatient {
  careManagerId: string
}

async function readCareManagers(tx: Tx, frame: Frame, ids: Ids): Promise<CareManagerRow[]> {
  const { rows } = await sql<CareManagerRow>`
    select distinct on (patient_id) patient_id as "patientId", care_manager_id as "careManagerId" from care_manager_assignments
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and from_on <= ${frame.lastDay}
    order by patient_id, from_on desc, assigned_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows
}

interface DecisionRow extends OfPatient {
  id: string
  level: 'straightforward' | 'low' | 'moderate' | 'high'
  documentedOn: string
}

async function readDecisions(tx: Tx, frame: Frame, ids: Ids): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select distinct on (patient_id) patient_id as "patientId", id, level, documented_on as "documentedOn" from decision_records
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and month = ${frame.month}
    order by patient_id, recorded_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows
}

interface EntryRow extends OfPatient {
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

/**
 * The standing entries of the month. A close reads them as they stood when it froze the month: what was written,
 * approved or replaced later became a correction case and is not among them.
 */
async function readTime(tx: Tx, frame: Frame, ids: Ids): Promise<EntryRow[]> {
  const frozen = frame.frozenAt
  const standing =
    frozen === null
      ? sql`e.superseded_at is null`
      : sql`e.recorded_at <= ${frozen} and (e.superseded_at is null or e.superseded_at > ${frozen})
        and not exists (select 1 from correction_cases c where c.tenant_id = e.tenant_id and c.month = e.month and c.time_entry_id = e.id)`
  const waiting =
    frozen === null
      ? sql`e.needs_approval and e.approved_at is null`
      : sql`e.needs_approval and (e.approved_at is null or e.approved_at > ${frozen})`
  const { rows } = await sql<EntryRow>`
    select e.patient_id as "patientId", e.id, e.staff_id as "staffId", e.kind, e.credential, e.program, e.personal_ccm as "personalCcm", e.activity,
      e.started_at as "startedAt", e.ended_at as "endedAt", e.seconds, (${waiting}) as waiting
    from time_entries e
    where e.tenant_id = ${tx.tenantId} and e.month = ${frame.month} and e.patient_id = any (${[...ids]}::uuid[]) and ${standing}
    order by e.patient_id, e.started_at, e.id limit ${ids.length * 400}`.execute(tx.db)
  return rows
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

interface StayRow extends OfPatient {
  kind: 'inpatient' | 'snf_part_a'
  from: string
  to: string | null
}

async function readStays(tx: Tx, frame: Frame, ids: Ids): Promise<StayRow[]> {
  const { rows } = await sql<StayRow>`
    select patient_id as "patientId", kind, from_on as "from", to_on as "to" from stays
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and from_on <= ${frame.lastDay} and (to_on is null or to_on >= ${frame.firstDay})
    order by patient_id, from_on, kind, id limit ${ids.length * 40}`.execute(tx.db)
  return rows
}

interface ServiceRow extends OfPatient {
  code: string
  on: string
  practitioner: 'same' | 'same_group' | 'other'
}

/** Services on file in the month, and what another clinic of the organization claims for the same month. */
async function readServices(tx: Tx, frame: Frame, ids: Ids): Promise<ServiceRow[]> {
  const { rows } = await sql<ServiceRow>`
    select patient_id as "patientId", code, service_on as "on", practitioner from other_services
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and service_on between ${frame.firstDay} and ${frame.lastDay}
    union all
    select l.patient_id, l.code, l.service_on, 'same_group' from claim_lines l
    join claims c on c.tenant_id = l.tenant_id and c.id = l.claim_id
    where l.tenant_id = ${tx.tenantId} and l.patient_id = any (${[...ids]}::uuid[]) and l.month = ${frame.month} and l.live and l.follows_claim_id is null and c.clinic_id <> ${frame.clinicId}
    order by 1, 3, 2, 4 limit ${ids.length * 60}`.execute(tx.db)
  return rows
}

const practitionerKinds: Record<string, PractitionerKind> = {
  MD: 'physician',
  DO: 'physician',
  NP: 'np',
  PA: 'pa',
  CNS: 'cns',
  CNM: 'cnm',
}

/** The billing practitioners with the credential of the month's last day; without one the profession is not known. */
async function readPractitioners(
  tx: Tx,
  frame: Frame,
  ids: Ids,
): Promise<Map<string, NonNullable<Facts['practitioner']>>> {
  const { rows } = await sql<{
    id: string
    npi: string | null
    qualifyingApm: boolean
    credential: string | null
  }>`
    select distinct on (s.id) s.id, s.npi, s.qualifying_apm as "qualifyingApm", c.credential
    from staff s left join staff_credentials c on c.tenant_id = s.tenant_id and c.staff_id = s.id
      and c.valid_from <= ${frame.lastDay} and (c.valid_to is null or c.valid_to >= ${frame.lastDay})
    where s.tenant_id = ${tx.tenantId} and s.id = any (${[...ids]}::uuid[])
    order by s.id, c.recorded_at desc nulls last, c.id limit ${Math.max(1, ids.length)}`.execute(tx.db)
  return new Map(
    rows.map((row) => {
      const credential = row.credential === null ? undefined : credentialRow(row.credential)
      const kind = credential === undefined ? undefined : (practitionerKinds[credential.id] ?? 'other')
      return [
        row.id,
        {
          id: row.id,
          ...(row.npi === null ? {} : { npi: row.npi }),
          ...(kind === undefined ? {} : { kind }),
          qualifyingApm: row.qualifyingApm,
        },
      ]
    }),
  )
}

function byPatient<T extends OfPatient>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.patientId, row]))
}

function groupByPatient<T extends OfPatient>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.patientId)
    if (group === undefined) groups.set(row.patientId, [row])
    else group.push(row)
  }
  return groups
}

/** The first and the last day of a month, for a frame. */
export function daysOf(month: string): { firstDay: string; lastDay: string } {
  return { firstDay: `${month}-01`, lastDay: lastDayOf(month) }
}
