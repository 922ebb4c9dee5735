import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

export interface Enrollment {
  id: string
  patientId: string
  clinicId: string
  practitionerId: string
  consentId: string
  attestationId: string
  initiatingVisitId: string | null
  newOrNotSeenWithinYear: boolean
  enrolledOn: string
  endedOn: string | null
  endReason: string | null
  careManagerId: string | null
  careManagerName: string | null
}

/** The patient's newest enrollment, ended or not, with the designated care manager of today; null when there never was one. */
export async function readEnrollment(tx: Tx, patientId: string): Promise<Enrollment | null> {
  const { rows } = await sql<Enrollment>`
    select e.id, e.patient_id as "patientId", e.clinic_id as "clinicId", e.practitioner_id as "practitionerId", e.consent_id as "consentId",
      e.attestation_id as "attestationId", e.initiating_visit_id as "initiatingVisitId", e.new_or_not_seen_within_year as "newOrNotSeenWithinYear",
      e.enrolled_on as "enrolledOn", x.ended_on as "endedOn", x.reason as "endReason", a.care_manager_id as "careManagerId", s.name as "careManagerName"
    from enrollments e
    left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
    left join lateral (select care_manager_id from care_manager_assignments a where a.tenant_id = e.tenant_id and a.patient_id = e.patient_id
      order by from_on desc, assigned_at desc limit 1) a on true
    left join staff s on s.tenant_id = e.tenant_id and s.id = a.care_manager_id
    where e.tenant_id = ${tx.tenantId} and e.patient_id = ${patientId} order by e.enrolled_at desc limit 1`.execute(tx.db)
  return rows[0] ?? null
}
