import type { PrimaryDecision } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import {
  type AttestationRow,
  type CareManagerRow,
  type CheckRow,
  type ChoiceRow,
  type ConsentRow,
  type CoverageRow,
  type DecisionRow,
  type EnrollmentRow,
  type EntryRow,
  type Frame,
  gatheredOf,
  type OfPatient,
  type PatientRow,
  type PlanRow,
  type PractitionerRow,
  type PrimaryDecisionRow,
  type ServiceRow,
  type StayRow,
  type VisitRow,
} from './month-facts.ts'
import type { Gathered } from './months.ts'

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

  return patientIds.flatMap((id): Gathered[] => {
    const patient = patients.get(id)
    if (patient === undefined) return []
    const practitionerId = practitionerOf(id)
    return [
      gatheredOf(frame, {
        patient,
        enrollment: enrollments.get(id),
        choice: choices.get(id),
        coverages: coverages.get(id) ?? [],
        check: checks.get(id),
        firstInsurer: firstInsurers.get(id),
        attestation: attestations.get(id),
        visit: visits.get(id),
        consent: consents.get(id),
        plan: plans.get(id),
        careManager: managers.get(id),
        decision: decisions.get(id),
        practitionerId,
        practitioner: practitionerId === null ? undefined : practitioners.get(practitionerId),
        time: entries.get(id) ?? [],
        stays: stays.get(id) ?? [],
        services: services.get(id) ?? [],
      }),
    ]
  })
}

async function readPatients(tx: Tx, ids: Ids): Promise<PatientRow[]> {
  const { rows } = await sql<PatientRow>`
    select id as "patientId", born_on as "bornOn", deceased, died_on as "diedOn" from patients
    where tenant_id = ${tx.tenantId} and id = any (${[...ids]}::uuid[]) limit ${ids.length}`.execute(tx.db)
  return rows
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

/** Hints (the payers of old claims) are no coverage and are not read. */
async function readCoverages(tx: Tx, ids: Ids): Promise<CoverageRow[]> {
  const { rows } = await sql<CoverageRow>`
    select patient_id as "patientId", kind, payer_name as "payerName", from_on as "fromOn", to_on as "toOn", payer_order as "payerOrder", recorded_at as "recordedAt"
    from coverages where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and not hint
    order by patient_id, kind, from_on nulls first, source, source_id limit ${ids.length * 50}`.execute(tx.db)
  return rows
}

/** The newest 271 of each patient that was answered. */
async function readChecks(tx: Tx, ids: Ids): Promise<CheckRow[]> {
  const { rows } = await sql<CheckRow>`
    select distinct on (patient_id) patient_id as "patientId", service_on as "serviceOn", facts from eligibility_checks
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and failure is null and jsonb_typeof(facts) = 'object'
    order by patient_id, requested_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows
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

/** The newest attestation by the end of the month, or the earliest later one, so that the verdict can say when it came. */
async function readAttestations(tx: Tx, frame: Frame, ids: Ids): Promise<AttestationRow[]> {
  const { rows } = await sql<AttestationRow>`
    select distinct on (patient_id) patient_id as "patientId", id, attested_on as "attestedOn", lasts_12_months as "lasts12Months", significant_risk as "significantRisk", conditions
    from attestations where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[])
    order by patient_id, (attested_on <= ${frame.lastDay}) desc, case when attested_on <= ${frame.lastDay} then attested_on end desc, attested_on, attested_at desc, id desc
    limit ${ids.length}`.execute(tx.db)
  return rows
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

async function readCareManagers(tx: Tx, frame: Frame, ids: Ids): Promise<CareManagerRow[]> {
  const { rows } = await sql<CareManagerRow>`
    select distinct on (patient_id) patient_id as "patientId", care_manager_id as "careManagerId" from care_manager_assignments
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and from_on <= ${frame.lastDay}
    order by patient_id, from_on desc, assigned_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows
}

async function readDecisions(tx: Tx, frame: Frame, ids: Ids): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select distinct on (patient_id) patient_id as "patientId", id, level, documented_on as "documentedOn" from decision_records
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and month = ${frame.month}
    order by patient_id, recorded_at desc, id desc limit ${ids.length}`.execute(tx.db)
  return rows
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

async function readStays(tx: Tx, frame: Frame, ids: Ids): Promise<StayRow[]> {
  const { rows } = await sql<StayRow>`
    select patient_id as "patientId", kind, from_on as "from", to_on as "to" from stays
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and from_on <= ${frame.lastDay} and (to_on is null or to_on >= ${frame.firstDay})
    order by patient_id, from_on, kind, id limit ${ids.length * 40}`.execute(tx.db)
  return rows
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

/** The billing practitioners with the credential of the month's last day. */
async function readPractitioners(tx: Tx, frame: Frame, ids: Ids): Promise<Map<string, PractitionerRow>> {
  const { rows } = await sql<PractitionerRow>`
    select distinct on (s.id) s.id, s.npi, s.qualifying_apm as "qualifyingApm", c.credential
    from staff s left join staff_credentials c on c.tenant_id = s.tenant_id and c.staff_id = s.id
      and c.valid_from <= ${frame.lastDay} and (c.valid_to is null or c.valid_to >= ${frame.lastDay})
    where s.tenant_id = ${tx.tenantId} and s.id = any (${[...ids]}::uuid[])
    order by s.id, c.recorded_at desc nulls last, c.id limit ${Math.max(1, ids.length)}`.execute(tx.db)
  return new Map(rows.map((row) => [row.id, row]))
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
