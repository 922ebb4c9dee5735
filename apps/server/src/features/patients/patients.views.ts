import type { Coverage, PatientContact, PatientHit, PatientOverview, PatientStripFacts } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import type { ContactRow } from './contact.store.ts'
import type { CoverageRow } from './coverage.store.ts'
import { shownNumber } from './coverage.ts'
import { mbiOfPatient } from './patients.store.ts'
import type { PatientQuestion } from './search.ts'

/** The phone number to dial: as confirmed here, otherwise the EHR's preferred, mobile or first one. */
const phoneOfPatient = sql<string | null>`coalesce(c.phone, (select x ->> 'number' from jsonb_array_elements(p.phones) x
  where coalesce(x ->> 'use', '') <> 'old' order by (x ->> 'rank')::numeric nulls last, case x ->> 'use' when 'mobile' then 0 else 1 end limit 1))`

const newestContact = sql`left join lateral (select * from patient_contacts c where c.tenant_id = p.tenant_id and c.patient_id = p.id
  order by c.recorded_at desc, c.id desc limit 1) c on true`
const newestEnrollment = sql`left join lateral (select e.id, e.practitioner_id, e.enrolled_on, x.ended_on from enrollments e
  left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
  where e.tenant_id = p.tenant_id and e.patient_id = p.id order by e.enrolled_at desc limit 1) e on true`
const careManager = sql`left join lateral (select a.care_manager_id from care_manager_assignments a where a.tenant_id = p.tenant_id
  and a.patient_id = p.id order by a.from_on desc, a.assigned_at desc limit 1) a on true
  left join staff m on m.tenant_id = p.tenant_id and m.id = a.care_manager_id`
const name = sql<string>`trim(p.given || ' ' || p.family)`

function enrollmentState(today: string) {
  return sql<
    PatientHit['enrollment']
  >`case when e.id is null then 'none' when e.ended_on is not null and e.ended_on < ${today} then 'ended' else 'enrolled' end`
}

export interface SearchFilter {
  question: PatientQuestion
  enrollment: PatientHit['enrollment'] | undefined
  deceased: boolean | undefined
  after: { family: string; given: string; id: string } | null
  limit: number
  today: string
}

/** Patients by family and given name. Answers at most `limit` with the key of the last one. */
export async function searchPatients(
  tx: Tx,
  filter: SearchFilter,
): Promise<(PatientHit & { family: string; given: string })[]> {
  const { after } = filter
  const { rows } = await sql<PatientHit & { family: string; given: string }>`
    select p.id, ${name} as name, p.family, p.given, p.born_on as "bornOn", p.sex, p.deceased, ${phoneOfPatient} as phone,
      right(${mbiOfPatient}, 4) as "mbiLast4", ${enrollmentState(filter.today)} as enrollment, m.name as "careManager"
    from patients p ${newestContact} ${newestEnrollment} ${careManager}
    where p.tenant_id = ${tx.tenantId} and ${matches(filter.question)}
      and ${filter.deceased === undefined ? sql`true` : sql`p.deceased = ${filter.deceased}`}
      and ${filter.enrollment === undefined ? sql`true` : sql`${enrollmentState(filter.today)} = ${filter.enrollment}`}
      and ${after === null ? sql`true` : sql`(p.family, p.given, p.id) > (${after.family}, ${after.given}, ${after.id}::uuid)`}
    order by p.family, p.given, p.id limit ${filter.limit}`.execute(tx.db)
  return rows
}

function matches(question: PatientQuestion) {
  switch (question.kind) {
    case 'all':
      return sql`true`
    case 'born':
      return sql`p.born_on = ${question.on}::date`
    case 'phone':
      return phoneEndsIn(question.digits)
    case 'ending':
      return sql`(right(${mbiOfPatient}, 4) = ${question.text} or ${/^\d{4}$/.test(question.text) ? phoneEndsIn(question.text) : sql`false`})`
    case 'name':
      // Each word begins one of the names; what the person typed is never a pattern.
      return sql.join(
        question.words.map((word) => sql`' ' || p.search_text like ${`% ${word.replace(/[\\%_]/g, '\\$&')}%`}`),
        sql` and `,
      )
  }
}

function phoneEndsIn(digits: string) {
  return sql`(regexp_replace(coalesce(c.phone, ''), '\\D', '', 'g') like ${`%${digits}`}
    or regexp_replace(coalesce(c.caregiver_phone, ''), '\\D', '', 'g') like ${`%${digits}`}
    or exists (select from jsonb_array_elements(p.phones) x where regexp_replace(x ->> 'number', '\\D', '', 'g') like ${`%${digits}`}))`
}

interface StripRow {
  id: string
  name: string
  bornOn: string | null
  sex: string
  deceased: boolean
  diedOn: string | null
  language: string | null
  pronouns: string | null
  phone: string | null
  bestFrom: string | null
  bestTo: string | null
  hearingNote: string | null
  mrn: string | null
  mbiLast4: string | null
  consentGivenOn: string | null
  consentUntilOn: string | null
  enrollment: PatientHit['enrollment']
  enrolledOn: string | null
  endedOn: string | null
  careManagerId: string | null
  careManagerName: string | null
  practitionerId: string | null
  practitionerName: string | null
  priority: PatientStripFacts['priority']
}

/** What stands on top of every page about a patient, as of a day. @throws Problem not_found. */
export async function patientStrip(tx: Tx, patientId: string, today: string): Promise<PatientStripFacts> {
  const { rows } = await sql<StripRow>`
    select p.id, ${name} as name, p.born_on as "bornOn", p.sex, p.deceased, p.died_on as "diedOn", coalesce(c.language, p.language) as language,
      c.pronouns, ${phoneOfPatient} as phone, c.best_from as "bestFrom", c.best_to as "bestTo", c.hearing_note as "hearingNote", p.mrn,
      right(${mbiOfPatient}, 4) as "mbiLast4", k.given_on as "consentGivenOn", k.effective_on as "consentUntilOn",
      ${enrollmentState(today)} as enrollment, e.enrolled_on as "enrolledOn", e.ended_on as "endedOn", m.id as "careManagerId", m.name as "careManagerName",
      d.id as "practitionerId", d.name as "practitionerName", y.level as priority
    from patients p ${newestContact} ${newestEnrollment} ${careManager}
    left join staff d on d.tenant_id = p.tenant_id and d.id = e.practitioner_id
    left join lateral (select k.given_on, r.effective_on from consents k left join consent_revocations r on r.tenant_id = k.tenant_id and r.consent_id = k.id
      where k.tenant_id = p.tenant_id and k.patient_id = p.id order by k.given_at desc limit 1) k on true
    left join lateral (select level from priority_marks y where y.tenant_id = p.tenant_id and y.patient_id = p.id order by y.marked_at desc limit 1) y on true
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  const row = found(rows[0], 'There is no such patient here.')
  return {
    ...row,
    consent: { state: consentState(row, today), givenOn: row.consentGivenOn, untilOn: row.consentUntilOn },
    enrollment: { state: row.enrollment, enrolledOn: row.enrolledOn, endedOn: row.endedOn },
    careManager: row.careManagerId === null ? null : { id: row.careManagerId, name: row.careManagerName ?? '' },
    practitioner: row.practitionerId === null ? null : { id: row.practitionerId, name: row.practitionerName ?? '' },
  }
}

function consentState(row: StripRow, today: string): PatientStripFacts['consent']['state'] {
  if (row.consentGivenOn === null) return 'none'
  if (row.consentUntilOn === null) return 'in_force'
  return row.consentUntilOn >= today ? 'ending' : 'stopped'
}

/** The strip with what the overview adds: nothing clinical, so that every seat that knows the patient may see it. */
export async function patientOverview(tx: Tx, patientId: string, now: Date, today: string): Promise<PatientOverview> {
  const strip = await patientStrip(tx, patientId, today)
  const { rows } = await sql<{
    address: PatientOverview['address']
    lastVisitOn: string | null
    openTasks: number
  }>`
    select p.address, (select max(started_at)::date::text from encounters n where n.tenant_id = p.tenant_id and n.patient_id = p.id
        and n.started_at <= ${now} and coalesce(n.status, '') not in ('cancelled', 'entered-in-error', 'planned')) as "lastVisitOn",
      (select count(*)::int from tasks t where t.tenant_id = p.tenant_id and t.patient_id = p.id and t.done_at is null) as "openTasks"
    from patients p where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  const appointments = await sql<{ id: string; startsAt: Date; status: string; description: string | null }>`
    select id, starts_at as "startsAt", status, description from appointments where tenant_id = ${tx.tenantId} and patient_id = ${patientId}
      and starts_at >= ${now} and status not in ('cancelled', 'noshow', 'entered-in-error') order by starts_at limit 5`.execute(
    tx.db,
  )
  const related = await sql<{ name: string; relationship: string | null; phone: string | null }>`
    select name, relationship, phone from related_people where tenant_id = ${tx.tenantId} and patient_id = ${patientId} order by name limit 20`.execute(
    tx.db,
  )
  const facts = found(rows[0], 'There is no such patient here.')
  return {
    ...strip,
    ...facts,
    appointments: appointments.rows.map((row) => ({ ...row, startsAt: row.startsAt.toISOString() })),
    relatedPeople: related.rows,
  }
}

export function presentContact({ recordedById, recordedByName, recordedAt, ...row }: ContactRow): PatientContact {
  return {
    ...row,
    recordedBy: { id: recordedById, name: recordedByName },
    recordedAt: recordedAt.toISOString(),
  }
}

/** `whole` for those who bill; everyone else sees the end of the number. */
export function presentCoverage({ patientId: _, ...row }: CoverageRow, whole: boolean): Coverage {
  return { ...row, memberId: shownNumber(row.memberId, whole), recordedAt: row.recordedAt.toISOString() }
}
