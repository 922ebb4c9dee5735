import type { EndReason } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import type { AttestedCondition } from './enrollments.ts'

export interface Enrollment {
  id: string
  patientId: string
  clinicId: string
  practitionerId: string
  practitionerName: string
  consentId: string
  attestationId: string
  initiatingVisitId: string | null
  newOrNotSeenWithinYear: boolean
  enrolledOn: string
  enrolledById: string
  enrolledByName: string
  endedOn: string | null
  endReason: EndReason | null
  endNote: string | null
  endedById: string | null
  endedByName: string | null
  careManagerId: string | null
  careManagerName: string | null
}

const columns = sql<Enrollment>`e.id, e.patient_id as "patientId", e.clinic_id as "clinicId", e.practitioner_id as "practitionerId", p.name as "practitionerName",
  e.consent_id as "consentId", e.attestation_id as "attestationId", e.initiating_visit_id as "initiatingVisitId",
  e.new_or_not_seen_within_year as "newOrNotSeenWithinYear", e.enrolled_on as "enrolledOn", e.enrolled_by as "enrolledById", b.name as "enrolledByName",
  x.ended_on as "endedOn", x.reason as "endReason", x.note as "endNote", x.recorded_by as "endedById", xs.name as "endedByName",
  a.care_manager_id as "careManagerId", s.name as "careManagerName"`
const joins = sql`from enrollments e
  join staff p on p.tenant_id = e.tenant_id and p.id = e.practitioner_id
  join staff b on b.tenant_id = e.tenant_id and b.id = e.enrolled_by
  left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
  left join staff xs on xs.tenant_id = e.tenant_id and xs.id = x.recorded_by
  left join lateral (select care_manager_id from care_manager_assignments a where a.tenant_id = e.tenant_id and a.patient_id = e.patient_id
    order by from_on desc, assigned_at desc, a.id desc limit 1) a on true
  left join staff s on s.tenant_id = e.tenant_id and s.id = a.care_manager_id`

/** The patient's newest enrollment, ended or not, with the designated care manager of today; null when there never was one. */
export async function readEnrollment(tx: Tx, patientId: string): Promise<Enrollment | null> {
  const { rows } = await sql<Enrollment>`select ${columns} ${joins}
    where e.tenant_id = ${tx.tenantId} and e.patient_id = ${patientId} order by e.enrolled_at desc, e.id desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

/** The enrollment that held on some day of a period, newest first, or null. */
export async function readEnrollmentBetween(
  tx: Tx,
  patientId: string,
  firstDay: string,
  lastDay: string,
): Promise<Enrollment | null> {
  const { rows } = await sql<Enrollment>`select ${columns} ${joins}
    where e.tenant_id = ${tx.tenantId} and e.patient_id = ${patientId} and e.enrolled_on <= ${lastDay}
      and (x.ended_on is null or x.ended_on >= ${firstDay}) order by e.enrolled_at desc, e.id desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

export async function insertEnrollment(
  tx: Tx,
  enrollment: Pick<
    Enrollment,
    | 'patientId'
    | 'clinicId'
    | 'practitionerId'
    | 'consentId'
    | 'attestationId'
    | 'initiatingVisitId'
    | 'newOrNotSeenWithinYear'
    | 'enrolledOn'
  > & { by: string; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('enrollments')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: enrollment.patientId,
      clinic_id: enrollment.clinicId,
      practitioner_id: enrollment.practitionerId,
      consent_id: enrollment.consentId,
      attestation_id: enrollment.attestationId,
      initiating_visit_id: enrollment.initiatingVisitId,
      new_or_not_seen_within_year: enrollment.newOrNotSeenWithinYear,
      enrolled_on: enrollment.enrolledOn,
      enrolled_by: enrollment.by,
      enrolled_at: enrollment.now,
    })
    .execute()
  return id
}

export async function insertEnd(
  tx: Tx,
  end: {
    enrollmentId: string
    reason: EndReason
    note: string | null
    endedOn: string
    by: string
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('enrollment_ends')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      enrollment_id: end.enrollmentId,
      reason: end.reason,
      note: end.note,
      ended_on: end.endedOn,
      recorded_by: end.by,
      recorded_at: end.now,
    })
    .execute()
}

export async function insertAssignment(
  tx: Tx,
  assignment: {
    patientId: string
    careManagerId: string
    fromOn: string
    reason: string
    by: string
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('care_manager_assignments')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      patient_id: assignment.patientId,
      care_manager_id: assignment.careManagerId,
      from_on: assignment.fromOn,
      reason: assignment.reason,
      assigned_by: assignment.by,
      assigned_at: assignment.now,
    })
    .execute()
}

export interface AssignmentRow {
  careManagerId: string
  careManagerName: string
  fromOn: string
  reason: string
  byId: string
  byName: string
}

/** Who was the designated care manager since when, the newest first, at most 100. */
export async function listAssignments(tx: Tx, patientId: string): Promise<AssignmentRow[]> {
  const { rows } = await sql<AssignmentRow>`
    select a.care_manager_id as "careManagerId", s.name as "careManagerName", a.from_on as "fromOn", a.reason, a.assigned_by as "byId", b.name as "byName"
    from care_manager_assignments a join staff s on s.tenant_id = a.tenant_id and s.id = a.care_manager_id join staff b on b.tenant_id = a.tenant_id and b.id = a.assigned_by
    where a.tenant_id = ${tx.tenantId} and a.patient_id = ${patientId} order by a.from_on desc, a.assigned_at desc, a.id desc limit 100`.execute(
    tx.db,
  )
  return rows
}

export interface AttestationRow {
  id: string
  patientId: string
  practitionerId: string
  practitionerName: string
  attestedOn: string
  attestedAt: Date
  lasts12Months: boolean
  significantRisk: boolean
  conditions: AttestedCondition[]
  factsSha256: string
  statement: string
}

/** The patient's attestations, the newest first, at most 50. */
export async function listAttestations(tx: Tx, patientId: string): Promise<AttestationRow[]> {
  const { rows } = await sql<AttestationRow>`
    select a.id, a.patient_id as "patientId", a.practitioner_id as "practitionerId", s.name as "practitionerName", a.attested_on as "attestedOn",
      a.attested_at as "attestedAt", a.lasts_12_months as "lasts12Months", a.significant_risk as "significantRisk", a.conditions, a.facts_sha256 as "factsSha256", a.statement
    from attestations a join staff s on s.tenant_id = a.tenant_id and s.id = a.practitioner_id
    where a.tenant_id = ${tx.tenantId} and a.patient_id = ${patientId} order by a.attested_at desc, a.id desc limit 50`.execute(
    tx.db,
  )
  return rows
}

/** What the practitioner attested by a day, or null. */
export async function attestationOn(tx: Tx, patientId: string, on: string): Promise<AttestationRow | null> {
  return (await listAttestations(tx, patientId)).find((row) => row.attestedOn <= on) ?? null
}

export async function insertAttestation(
  tx: Tx,
  attestation: {
    patientId: string
    practitionerId: string
    attestedOn: string
    attestedAt: Date
    conditions: AttestedCondition[]
    facts: unknown
    factsSha256: string
    statement: string
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('attestations')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: attestation.patientId,
      practitioner_id: attestation.practitionerId,
      attested_on: attestation.attestedOn,
      attested_at: attestation.attestedAt,
      lasts_12_months: true,
      significant_risk: true,
      conditions: json(attestation.conditions),
      facts: json(attestation.facts),
      facts_sha256: attestation.factsSha256,
      statement: attestation.statement,
    })
    .execute()
  return id
}

export interface VisitRow {
  id: string
  encounterId: string | null
  on: string
  code: string
  ccmDiscussed: boolean
  byVideo: boolean | null
  extensivePlanning: boolean | null
  note: string | null
  practitionerId: string
  practitionerName: string
  recordedById: string
  recordedByName: string
  recordedAt: Date
}

/** Recorded starting visits, the newest first, at most 50. */
export async function listRecordedVisits(tx: Tx, patientId: string): Promise<VisitRow[]> {
  const { rows } = await sql<VisitRow>`
    select v.id, v.encounter_id as "encounterId", v.visit_on as "on", v.code, v.ccm_discussed as "ccmDiscussed", v.by_video as "byVideo",
      v.extensive_planning as "extensivePlanning", v.note, v.practitioner_id as "practitionerId",
      p.name as "practitionerName", v.recorded_by as "recordedById", r.name as "recordedByName", v.recorded_at as "recordedAt"
    from initiating_visits v join staff p on p.tenant_id = v.tenant_id and p.id = v.practitioner_id join staff r on r.tenant_id = v.tenant_id and r.id = v.recorded_by
    where v.tenant_id = ${tx.tenantId} and v.patient_id = ${patientId} order by v.visit_on desc, v.recorded_at desc limit 50`.execute(
    tx.db,
  )
  return rows
}

/** A starting visit by its id: what the enrollment of a month rests on. */
export async function readRecordedVisit(tx: Tx, patientId: string, id: string): Promise<VisitRow | null> {
  return (await listRecordedVisits(tx, patientId)).find((visit) => visit.id === id) ?? null
}

export async function insertVisit(
  tx: Tx,
  visit: {
    patientId: string
    encounterId: string | null
    practitionerId: string
    on: string
    code: string
    ccmDiscussed: boolean
    byVideo: boolean
    extensivePlanning: boolean
    note: string | null
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('initiating_visits')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: visit.patientId,
      practitioner_id: visit.practitionerId,
      encounter_id: visit.encounterId,
      visit_on: visit.on,
      code: visit.code,
      ccm_discussed: visit.ccmDiscussed,
      by_video: visit.byVideo,
      extensive_planning: visit.extensivePlanning,
      note: visit.note,
      recorded_by: visit.by,
      recorded_at: visit.now,
    })
    .execute()
  return id
}

export interface DecisionRow {
  id: string
  patientId: string
  month: string
  level: 'straightforward' | 'low' | 'moderate' | 'high'
  rationale: string
  practitionerId: string
  practitionerName: string
  documentedOn: string
  recordedAt: Date
}

/** Decision records, the newest first, at most 100; of one month where it is named. */
export async function listDecisions(tx: Tx, patientId: string, month: string | null = null): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select d.id, d.patient_id as "patientId", d.month, d.level, d.rationale, d.practitioner_id as "practitionerId", s.name as "practitionerName",
      d.documented_on as "documentedOn", d.recorded_at as "recordedAt"
    from decision_records d join staff s on s.tenant_id = d.tenant_id and s.id = d.practitioner_id
    where d.tenant_id = ${tx.tenantId} and d.patient_id = ${patientId} and (${month}::text is null or d.month = ${month}) order by d.recorded_at desc limit 100`.execute(
    tx.db,
  )
  return rows
}

export async function insertDecision(
  tx: Tx,
  decision: {
    patientId: string
    month: string
    level: DecisionRow['level']
    rationale: string
    practitionerId: string
    documentedOn: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('decision_records')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: decision.patientId,
      month: decision.month,
      practitioner_id: decision.practitionerId,
      level: decision.level,
      rationale: decision.rationale,
      documented_on: decision.documentedOn,
      recorded_at: decision.now,
    })
    .execute()
  return id
}
