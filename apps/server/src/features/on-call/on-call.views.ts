import type { BreakGlass, CarePlanContent, OnCallRecord } from '@keepwell/contract'
import { ageOn } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { PatientIdentity } from '../patients/index.ts'
import type { OpeningRow } from './on-call.store.ts'

const hitsAtMost = 12

/** The patients whom a phone number, a name or a birth date fits; living ones first. */
export async function searchCallers(tx: Tx, text: string) {
  const digits = text.replace(/\D/g, '')
  const phone = digits.length >= 4 ? `%${digits}%` : null
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word))
    .slice(0, 4)
  const bornOn = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : null
  if (phone === null && bornOn === null && words.length === 0) return []
  const { rows } = await sql<{
    id: string
    name: string
    bornOn: string | null
    phone: string | null
    enrolled: boolean
  }>`
    select p.id, p.given || ' ' || p.family as name, p.born_on as "bornOn", coalesce(c.phone, p.phones -> 0 ->> 'number') as phone,
      exists (select from enrollments e left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
        where e.tenant_id = p.tenant_id and e.patient_id = p.id and x.id is null) as enrolled
    from patients p
    left join lateral (select phone, caregiver_phone from patient_contacts c where c.tenant_id = p.tenant_id and c.patient_id = p.id order by recorded_at desc limit 1) c on true
    where p.tenant_id = ${tx.tenantId} and (
      (${phone}::text is not null and (regexp_replace(coalesce(c.phone, '') || ' ' || coalesce(c.caregiver_phone, '') || ' ' || p.phones::text, '[^0-9 ]', '', 'g') like ${phone}))
      or (${bornOn}::date is not null and p.born_on = ${bornOn}::date)
      or (${words.length > 0} and not exists (select from unnest(${words}::text[]) w where position(w in p.search_text) = 0)))
    order by p.deceased, enrolled desc, p.family, p.given limit ${hitsAtMost}`.execute(tx.db)
  return rows.map(({ phone: number, ...row }) => ({
    ...row,
    phoneLast4: number === null ? null : number.replace(/\D/g, '').slice(-4),
  }))
}

export function presentOpening(row: OpeningRow): BreakGlass {
  return {
    id: row.id,
    patient: { id: row.patientId, name: row.patientName },
    staff: { id: row.staffId, name: row.staffName },
    reasonCode: row.reasonCode,
    reason: row.reason,
    openedAt: row.openedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    review:
      row.reviewedById === null || row.reviewedAt === null || row.reviewOutcome === null
        ? null
        : {
            by: { id: row.reviewedById, name: row.reviewedByName ?? '' },
            at: row.reviewedAt.toISOString(),
            outcome: row.reviewOutcome,
            note: row.reviewNote,
          },
  }
}

/** One page for an urgent call: the newest signed plan (else the newest), medications, allergies, contacts, last notes. */
export async function presentRecord(
  tx: Tx,
  patient: PatientIdentity,
  opening: OpeningRow,
  today: string,
): Promise<OnCallRecord> {
  const [plan, conditions, medications, allergies, reach, team, notes] = [
    await newestPlan(tx, patient.id),
    await activeConditions(tx, patient.id),
    await activeMedications(tx, patient.id),
    await activeAllergies(tx, patient.id),
    await readReach(tx, patient.id),
    await readTeam(tx, patient.id),
    await lastNotes(tx, patient.id),
  ]
  return {
    patient: {
      id: patient.id,
      name: patient.name,
      bornOn: patient.bornOn,
      age: patient.bornOn === null ? null : ageOn(patient.bornOn, patient.diedOn ?? today),
      sex: patient.sex,
      language: reach.language,
      deceased: patient.deceased,
      phones: reach.phones,
      hearingNote: reach.hearingNote,
    },
    opening: presentOpening(opening),
    plan,
    conditions,
    medications,
    allergies,
    contacts: [...reach.caregivers, ...team],
    lastNotes: notes,
  }
}

async function newestPlan(tx: Tx, patientId: string) {
  const { rows } = await sql<{
    version: number
    signedOn: string | null
    signedBy: string | null
    content: CarePlanContent
  }>`
    select v.number as version, g.signed_on as "signedOn", s.name as "signedBy", v.content
    from care_plans p join care_plan_versions v on v.tenant_id = p.tenant_id and v.plan_id = p.id
    left join care_plan_signatures g on g.tenant_id = v.tenant_id and g.version_id = v.id
    left join staff s on s.tenant_id = g.tenant_id and s.id = g.practitioner_id
    where p.tenant_id = ${tx.tenantId} and p.patient_id = ${patientId} order by (g.id is null), v.number desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

async function activeConditions(tx: Tx, patientId: string) {
  const { rows } = await sql<{ display: string; since: string | null }>`
    select display, min(onset_on)::text as since from conditions
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and abated_on is null and coalesce(clinical_status, 'active') in ('active', 'recurrence', 'relapse')
    group by display order by min(onset_on) limit 60`.execute(tx.db)
  return rows
}

async function activeMedications(tx: Tx, patientId: string) {
  const { rows } = await sql<{ display: string; dosage: string | null; since: string | null }>`
    select display, max(dosage_text) as dosage, min(authored_on)::text as since from medications
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and status = 'active' group by display order by display limit 100`.execute(
    tx.db,
  )
  return rows
}

async function activeAllergies(tx: Tx, patientId: string) {
  const { rows } = await sql<{ display: string; criticality: string | null; reactions: string[] }>`
    select display, criticality, reactions from allergies
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and coalesce(clinical_status, 'active') = 'active' order by (criticality = 'high') desc, display limit 60`.execute(
    tx.db,
  )
  return rows
}

async function readReach(tx: Tx, patientId: string) {
  const { rows } = await sql<{
    phones: { number: string; use: string | null }[]
    phone: string | null
    phoneType: string | null
    language: string | null
    hearingNote: string | null
    caregiverName: string | null
    caregiverPhone: string | null
    caregiverRelationship: string | null
  }>`
    select p.phones, c.phone, c.phone_type as "phoneType", coalesce(c.language, p.language) as language, c.hearing_note as "hearingNote",
      c.caregiver_name as "caregiverName", c.caregiver_phone as "caregiverPhone", c.caregiver_relationship as "caregiverRelationship"
    from patients p
    left join lateral (select * from patient_contacts c where c.tenant_id = p.tenant_id and c.patient_id = p.id order by recorded_at desc limit 1) c on true
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  const row = rows[0]
  const related = await sql<{ name: string; what: string; phone: string | null }>`
    select name, coalesce(relationship, 'related person') as what, phone from related_people where tenant_id = ${tx.tenantId} and patient_id = ${patientId} order by name limit 10`.execute(
    tx.db,
  )
  const confirmed = row?.phone ? [{ number: row.phone, use: row.phoneType }] : []
  return {
    language: row?.language ?? null,
    hearingNote: row?.hearingNote ?? null,
    phones: [
      ...confirmed,
      ...(row?.phones ?? []).filter(({ number }) => number !== row?.phone).map(({ number, use }) => ({ number, use })),
    ].slice(0, 5),
    caregivers: [
      ...(row?.caregiverName
        ? [{ name: row.caregiverName, what: row.caregiverRelationship ?? 'caregiver', phone: row.caregiverPhone }]
        : []),
      ...related.rows,
    ],
  }
}

async function readTeam(tx: Tx, patientId: string) {
  const { rows } = await sql<{ name: string; what: string; phone: string | null }>`
    select s.name, 'billing practitioner' as what, c.phone from enrollments e
      join staff s on s.tenant_id = e.tenant_id and s.id = e.practitioner_id join clinics c on c.tenant_id = e.tenant_id and c.id = e.clinic_id
      where e.tenant_id = ${tx.tenantId} and e.patient_id = ${patientId}
    union
    select s.name, 'care manager' as what, null from care_manager_assignments a join staff s on s.tenant_id = a.tenant_id and s.id = a.care_manager_id
      where a.tenant_id = ${tx.tenantId} and a.patient_id = ${patientId}
      and a.id = (select id from care_manager_assignments l where l.tenant_id = a.tenant_id and l.patient_id = a.patient_id order by from_on desc, assigned_at desc limit 1)
    limit 6`.execute(tx.db)
  return rows
}

async function lastNotes(tx: Tx, patientId: string) {
  const { rows } = await sql<{ at: Date; by: string; kind: 'call' | 'on_call'; text: string }>`
    select * from (
      select c.signed_at as at, s.name as by, 'call' as kind, c.note as text from calls c join staff s on s.tenant_id = c.tenant_id and s.id = c.staff_id
        where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} and c.signed_at is not null and c.note is not null
      union all
      select n.written_at, s.name, 'on_call', n.what_happened || ' Advice: ' || n.advice from on_call_notes n join staff s on s.tenant_id = n.tenant_id and s.id = n.written_by
        where n.tenant_id = ${tx.tenantId} and n.patient_id = ${patientId}
    ) notes order by at desc limit 5`.execute(tx.db)
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
