import type { NumberId } from '@keepwell/contract'
import { firstDayOf, lastDayOf } from '@keepwell/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { type EligibleList, eligiblePatients } from './eligible.views.ts'

/** What a number is asked for: the month, the day, and a person for a caseload. */
export interface Asked {
  clinicId: string
  month: string
  today: string
  careManagerId: string | null
}

type PatientSet = RawBuilder<{ patientId: string; detail: string }>

/** Who was enrolled on some day of the month, or in the running month until today. */
export const enrolledIn = (tx: Tx, { clinicId, month, today }: Asked) => sql`
  select e.patient_id, max(e.enrolled_on) as enrolled_on from enrollments e
  left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
  where e.tenant_id = ${tx.tenantId} and e.clinic_id = ${clinicId} and e.enrolled_on <= ${lastDayAsked(month, today)}::date
    and (x.ended_on is null or x.ended_on >= ${firstDayOf(month)}::date) group by e.patient_id`
const lastDayAsked = (month: string, today: string) => (lastDayOf(month) < today ? lastDayOf(month) : today)

const counted = (tx: Tx, asked: Asked) => sql`
  select n.patient_id, coalesce(m.staff_seconds + m.practitioner_seconds, 0) as seconds
  from (${enrolledIn(tx, asked)}) n
  left join patient_months m on m.tenant_id = ${tx.tenantId} and m.month = ${asked.month} and m.patient_id = n.patient_id`

const latestResponse = (tx: Tx, { clinicId }: Asked) => sql`
  select distinct on (patient_id) patient_id, response, recorded_at from introductions
  where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and response is not null order by patient_id, recorded_at desc`

const lastContact = (tx: Tx) => sql`
  select patient_id, max(started_at) as at from calls where tenant_id = ${tx.tenantId} and outcome = 'completed' group by 1`

/** Patients whose whole minutes of the month lie from `from` on and below `to`. */
const band =
  (from: number, to: number | null) =>
  (tx: Tx, asked: Asked): PatientSet =>
    sql`
  select patient_id as "patientId", (seconds / 60)::text || ' min' as detail from (${counted(tx, asked)}) c
  where seconds >= ${from * 60} and (${to}::int is null or seconds < ${(to ?? 0) * 60})`

const caseloadOf = (tx: Tx, asked: Asked) => sql`
  select n.patient_id, n.enrolled_on from (${enrolledIn(tx, asked)}) n
  join lateral (select care_manager_id from care_manager_assignments a where a.tenant_id = ${tx.tenantId} and a.patient_id = n.patient_id
    order by from_on desc, assigned_at desc limit 1) a on true
  where ${asked.careManagerId}::uuid is null or a.care_manager_id = ${asked.careManagerId}`

/** The set of patients behind each number but the eligible ones, whom the rule book finds. A count is always this set's size. */
const sets: Record<Exclude<NumberId, 'eligible'>, (tx: Tx, asked: Asked) => PatientSet> = {
  introduced: (
    tx,
    { clinicId },
  ) => sql`select patient_id as "patientId", 'first on ' || min(recorded_at)::date as detail from introductions
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} group by 1`,
  thinking: (tx, asked) =>
    sql`select patient_id as "patientId", 'since ' || recorded_at::date as detail from (${latestResponse(tx, asked)}) r where response = 'thinking'`,
  declined: (tx, asked) =>
    sql`select patient_id as "patientId", 'on ' || recorded_at::date as detail from (${latestResponse(tx, asked)}) r where response = 'declined'`,
  consented: (
    tx,
    { clinicId, today },
  ) => sql`select distinct on (c.patient_id) c.patient_id as "patientId", 'since ' || c.given_on as detail from consents c
    left join consent_revocations r on r.tenant_id = c.tenant_id and r.consent_id = c.id
    where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.given_on <= ${today}::date and (r.id is null or r.effective_on >= ${today}::date) order by c.patient_id, c.given_at desc`,
  enrolled: (tx, asked) =>
    sql`select patient_id as "patientId", 'since ' || enrolled_on as detail from (${enrolledIn(tx, asked)}) n`,
  plan_signed: (
    tx,
    asked,
  ) => sql`select n.patient_id as "patientId", 'version ' || max(v.number) || ', ' || max(g.signed_on) as detail from (${enrolledIn(tx, asked)}) n
    join care_plans p on p.tenant_id = ${tx.tenantId} and p.patient_id = n.patient_id join care_plan_versions v on v.tenant_id = p.tenant_id and v.plan_id = p.id
    join care_plan_signatures g on g.tenant_id = v.tenant_id and g.version_id = v.id group by 1`,
  contacted: (
    tx,
    asked,
  ) => sql`select n.patient_id as "patientId", count(*) || ' calls' as detail from (${enrolledIn(tx, asked)}) n
    join calls c on c.tenant_id = ${tx.tenantId} and c.patient_id = n.patient_id and c.month = ${asked.month} and c.outcome = 'completed' group by 1`,
  reached_20: band(20, null),
  billed: (tx, { clinicId, month }) => sql`select patient_id as "patientId", control_number as detail from claims
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} and live and follows_claim_id is null and status not in ('ready', 'batched', 'withdrawn')`,
  paid: (tx, { clinicId, month }) => sql`select patient_id as "patientId", control_number as detail from claims
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} and live and follows_claim_id is null and status in ('paid', 'underpaid')`,
  not_contacted: (
    tx,
    asked,
  ) => sql`select n.patient_id as "patientId", 'enrolled ' || n.enrolled_on as detail from (${enrolledIn(tx, asked)}) n
    where not exists (select from calls c where c.tenant_id = ${tx.tenantId} and c.patient_id = n.patient_id and c.month = ${asked.month} and c.outcome = 'completed')`,
  no_contact_two_months: (
    tx,
    asked,
  ) => sql`select n.patient_id as "patientId", coalesce('last on ' || l.at::date, 'never') as detail from (${enrolledIn(tx, asked)}) n
    left join (${lastContact(tx)}) l on l.patient_id = n.patient_id
    where coalesce(l.at::date, n.enrolled_on) < ${asked.today}::date - 60`,
  left_90_days: (
    tx,
    { clinicId, today },
  ) => sql`select e.patient_id as "patientId", x.reason || ', ' || x.ended_on as detail from enrollment_ends x
    join enrollments e on e.tenant_id = x.tenant_id and e.id = x.enrollment_id
    where x.tenant_id = ${tx.tenantId} and e.clinic_id = ${clinicId} and x.ended_on > ${today}::date - 90`,
  minutes_0: band(0, 1),
  minutes_1_19: band(1, 20),
  minutes_20_39: band(20, 40),
  minutes_40_59: band(40, 60),
  minutes_60: band(60, null),
  caseload: (tx, asked) =>
    sql`select patient_id as "patientId", 'since ' || enrolled_on as detail from (${caseloadOf(tx, asked)}) n`,
  caseload_20: (
    tx,
    asked,
  ) => sql`select n.patient_id as "patientId", (seconds / 60)::text || ' min' as detail from (${caseloadOf(tx, asked)}) n
    join (${counted(tx, asked)}) c on c.patient_id = n.patient_id where seconds >= 1200`,
}

/** How many patients a number stands for. */
export async function countBehind(tx: Tx, number: NumberId, asked: Asked, eligible: EligibleList): Promise<number> {
  if (number === 'eligible') return eligible.length
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from (${sets[number](tx, asked)}) s`.execute(tx.db)
  return rows[0]?.count ?? 0
}

/** The patients of a number by name, after `cursor` (the offset of the page), at most `limit`. */
export async function listBehind(tx: Tx, number: NumberId, asked: Asked, page: { offset: number; limit: number }) {
  if (number === 'eligible')
    return (await eligiblePatients(tx, asked.today)).slice(page.offset, page.offset + page.limit)
  const { rows } = await sql<{ id: string; name: string; detail: string }>`
    select p.id, p.given || ' ' || p.family as name, s.detail from (${sets[number](tx, asked)}) s
    join patients p on p.tenant_id = ${tx.tenantId} and p.id = s."patientId" order by p.family, p.given, p.id limit ${page.limit} offset ${page.offset}`.execute(
    tx.db,
  )
  return rows
}

/** How many joined a step of the funnel within seven days; null where the step has no day of its own. */
export async function newInSevenDays(tx: Tx, number: NumberId, { clinicId, today }: Asked): Promise<number | null> {
  const since = sql`${today}::date - 7`
  const queries: Partial<Record<NumberId, RawBuilder<{ count: number }>>> = {
    introduced: sql`select count(*)::int as count from (select patient_id from introductions where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} group by 1 having min(recorded_at)::date > ${since}) n`,
    consented: sql`select count(distinct patient_id)::int as count from consents where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and given_on > ${since}`,
    enrolled: sql`select count(distinct patient_id)::int as count from enrollments where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and enrolled_on > ${since}`,
  }
  const query = queries[number]
  return query === undefined ? null : ((await query.execute(tx.db)).rows[0]?.count ?? 0)
}
