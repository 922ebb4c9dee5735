import type { NextPatient, PriorityLevel, RiskLevel, WorklistView } from '@keepwell/contract'
import { localDateOf } from '@keepwell/rules'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { riskOf } from '../eligibility/index.ts'
import { listMonthSummaries, stepsOf } from '../minutes/index.ts'
import { daysLeft, type Moment, presentRow, sortKeyOf, viewsOf, type WorklistFacts, whyNow } from './worklist.ts'

export interface Place {
  tx: Tx
  now: Date
  today: string
  timeZone: string
  clinicId: string
}

/** A clinic's list is read whole to be sorted; beyond this many enrolled patients it is one care manager's at a time. */
const patientsAtMost = 5000

interface CaseRow {
  patientId: string
  name: string
  bornOn: string | null
  enrolledOn: string
  consented: boolean
  ownerId: string | null
  ownerName: string | null
  bestFrom: string | null
  bestTo: string | null
  planState: 'none' | 'draft' | 'signed'
  planSignedOn: string | null
  planReviewOn: string | null
}

/** Who is enrolled today, with the care manager, the hours to ring at and the plan's standing. One query. */
async function readCases({ tx, today, clinicId }: Place, ownerId: string | null): Promise<CaseRow[]> {
  const { rows } = await sql<CaseRow>`
    with now as (
      select distinct on (e.patient_id) e.patient_id, e.enrolled_on from enrollments e
      left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
      where e.tenant_id = ${tx.tenantId} and e.clinic_id = ${clinicId} and e.enrolled_on <= ${today} and (x.ended_on is null or x.ended_on >= ${today})
      order by e.patient_id, e.enrolled_at desc
    )
    select p.id as "patientId", p.given || ' ' || p.family as name, p.born_on as "bornOn", now.enrolled_on as "enrolledOn",
      exists (select 1 from consents o left join consent_revocations r on r.tenant_id = o.tenant_id and r.consent_id = o.id
        where o.tenant_id = ${tx.tenantId} and o.patient_id = now.patient_id and o.given_on <= ${today} and (r.id is null or r.effective_on >= ${today})) as consented,
      a.care_manager_id as "ownerId", s.name as "ownerName",
      c.best_from as "bestFrom", c.best_to as "bestTo",
      case when g.signed_on is not null then 'signed' when k.id is not null then 'draft' else 'none' end as "planState", g.signed_on as "planSignedOn", g.review_on as "planReviewOn"
    from now
    join patients p on p.tenant_id = ${tx.tenantId} and p.id = now.patient_id and not p.deceased
    left join lateral (select a.care_manager_id from care_manager_assignments a where a.tenant_id = ${tx.tenantId} and a.patient_id = now.patient_id
      order by a.from_on desc, a.assigned_at desc, a.id desc limit 1) a on true
    left join staff s on s.tenant_id = ${tx.tenantId} and s.id = a.care_manager_id
    left join lateral (select c.best_from, c.best_to from patient_contacts c where c.tenant_id = ${tx.tenantId} and c.patient_id = now.patient_id
      order by c.recorded_at desc, c.id desc limit 1) c on true
    left join care_plans k on k.tenant_id = ${tx.tenantId} and k.patient_id = now.patient_id
    left join lateral (select g.signed_on, v.content -> 'review' ->> 'nextOn' as review_on from care_plan_versions v
      join care_plan_signatures g on g.tenant_id = v.tenant_id and g.version_id = v.id
      where v.tenant_id = ${tx.tenantId} and v.plan_id = k.id order by v.number desc limit 1) g on true
    where ${ownerId}::uuid is null or a.care_manager_id = ${ownerId}::uuid
    order by p.id limit ${patientsAtMost}`.execute(tx.db)
  return rows
}

interface MonthRow {
  patientId: string
  talked: boolean
  attempts: number
  sections: string[] | null
}

/** What this month's calls and time entries say, by patient. */
async function readMonth({ tx }: Place, ids: readonly string[], month: string) {
  const list = [...ids]
  const { rows: calls } = await sql<MonthRow>`
    select c.patient_id as "patientId", bool_or(c.outcome = 'completed') as talked, count(*) filter (where c.outcome in ('voicemail', 'no_answer', 'wrong_number'))::int as attempts,
      (select array_agg(distinct split_part(w.question_id, '.', 1)) from calls d join call_answers w on w.tenant_id = d.tenant_id and w.call_id = d.id
        where d.tenant_id = ${tx.tenantId} and d.month = ${month} and d.patient_id = c.patient_id and d.signed_at is not null and w.answer ->> 'value' is not null) as sections
    from calls c where c.tenant_id = ${tx.tenantId} and c.month = ${month} and c.signed_at is not null and c.patient_id = any (${list}::uuid[])
    group by c.patient_id limit ${list.length + 1}`.execute(tx.db)
  const { rows: work } = await sql<{ patientId: string; activities: string[] }>`
    select patient_id as "patientId", array_agg(distinct activity) as activities from time_entries
    where tenant_id = ${tx.tenantId} and month = ${month} and superseded_at is null and patient_id = any (${list}::uuid[]) group by patient_id limit ${list.length + 1}`.execute(
    tx.db,
  )
  return {
    calls: new Map(calls.map((row) => [row.patientId, row])),
    work: new Map(work.map((row) => [row.patientId, row.activities])),
  }
}

/** The last talk, the newest promise, open tasks and the last discharge, by patient. */
async function readStanding({ tx, today, now, timeZone }: Place, ids: readonly string[]) {
  const list = [...ids]
  const { rows: contacts } = await sql<{ patientId: string; lastContactAt: Date }>`
    select patient_id as "patientId", max(last_contact_at) as "lastContactAt" from patient_months
    where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and last_contact_at is not null group by patient_id limit ${list.length + 1}`.execute(
    tx.db,
  )
  const { rows: newest } = await sql<{
    patientId: string
    callBackAt: Date | null
    nextContactOn: string | null
  }>`
    select distinct on (patient_id) patient_id as "patientId", call_back_at as "callBackAt", next_contact_on as "nextContactOn" from calls
    where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and signed_at is not null and (call_back_at is not null or next_contact_on is not null or outcome = 'completed')
    order by patient_id, started_at desc limit ${list.length + 1}`.execute(tx.db)
  const { rows: tasks } = await sql<{ patientId: string; open: number }>`
    select patient_id as "patientId", count(*)::int as open from tasks
    where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and done_at is null group by patient_id limit ${list.length + 1}`.execute(
    tx.db,
  )
  const { rows: discharges } = await sql<{ patientId: string; on: string }>`
    select patient_id as "patientId", max("on")::text as "on" from (
      select patient_id, to_on as "on" from stays where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and to_on <= ${today}
      union all
      select patient_id, (ended_at at time zone ${timeZone})::date from encounters where tenant_id = ${tx.tenantId} and patient_id = any (${list}::uuid[]) and kind in ('inpatient', 'emergency')
        and ended_at <= ${now} and ended_at > ${new Date(now.getTime() - 45 * 86_400_000)}
    ) d group by patient_id limit ${list.length + 1}`.execute(tx.db)
  return {
    contacts: new Map(contacts.map((row) => [row.patientId, row.lastContactAt])),
    promises: new Map(newest.map((row) => [row.patientId, row])),
    tasks: new Map(tasks.map((row) => [row.patientId, row.open])),
    discharges: new Map(discharges.map((row) => [row.patientId, row.on])),
  }
}

interface Need {
  patientId: string
  level: RiskLevel
  score: number
  because: string[]
}

/**
 * The risk of each patient: as kept from earlier today, and assessed anew where it is older or an import came since.
 * What is assessed anew is kept.
 */
async function readNeeds(place: Place, ids: readonly string[]): Promise<Map<string, Need>> {
  const { tx, today, now } = place
  const { rows } = await sql<Need>`
    select patient_id as "patientId", level, score, because from patient_needs
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) and assessed_on = ${today}
      and assessed_at > coalesce((select max(coalesce(finished_at, started_at)) from imports where tenant_id = ${tx.tenantId}), '-infinity')
    limit ${ids.length}`.execute(tx.db)
  const needs = new Map(rows.map((row) => [row.patientId, row]))
  const missing = ids.filter((id) => !needs.has(id))
  if (missing.length === 0) return needs
  const assessed = [...(await riskOf(place, missing))].map(([patientId, { risk }]) => ({
    patientId,
    level: risk.level,
    score: risk.score,
    because: risk.points.map((point) => point.label),
  }))
  for (const need of assessed) needs.set(need.patientId, need)
  // In the order of ids: two who look at once take the rows' locks in the same order.
  await sql`insert into patient_needs (tenant_id, patient_id, level, score, because, assessed_on, assessed_at)
    select ${tx.tenantId}, n."patientId", n.level, n.score, n.because, ${today}::date, ${now}::timestamptz
    from jsonb_to_recordset(${json(assessed)}::jsonb) as n("patientId" uuid, level text, score integer, because text[]) order by n."patientId"
    on conflict (tenant_id, patient_id) do update set level = excluded.level, score = excluded.score, because = excluded.because, assessed_on = excluded.assessed_on,
      assessed_at = excluded.assessed_at`.execute(tx.db)
  return needs
}

/** The provider's newest mark of each patient. */
async function readMarks({ tx }: Place, ids: readonly string[]): Promise<Map<string, PriorityLevel>> {
  const { rows } = await sql<{ patientId: string; level: PriorityLevel }>`
    select distinct on (patient_id) patient_id as "patientId", level from priority_marks
    where tenant_id = ${tx.tenantId} and patient_id = any (${[...ids]}::uuid[]) order by patient_id, marked_at desc, id desc limit ${ids.length}`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.patientId, row.level]))
}

function momentOf({ now, today, timeZone }: Place): Moment {
  return { now, today, month: today.slice(0, 7), clock: clockIn(timeZone)(now) }
}

function clockIn(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
  return (at) => format.format(at)
}

function dayIn(timeZone: string): (at: Date) => string {
  return (at) => localDateOf(at.getTime(), timeZone)
}

/** The facts of every enrolled patient, or of one care manager's: a fixed number of queries however many there are. */
export async function gatherWorklist(place: Place, ownerId: string | null): Promise<WorklistFacts[]> {
  const cases = await readCases(place, ownerId)
  if (cases.length === 0) return []
  const ids = cases.map((row) => row.patientId)
  const month = place.today.slice(0, 7)
  const needs = await readNeeds(place, ids)
  const marks = await readMarks(place, ids)
  const sums = await listMonthSummaries(place.tx, ids, month)
  const { calls, work } = await readMonth(place, ids, month)
  const { contacts, promises, tasks, discharges } = await readStanding(place, ids)
  return cases.map((row) => {
    const need = needs.get(row.patientId)
    const sum = sums.get(row.patientId)
    const own = calls.get(row.patientId)
    const promise = promises.get(row.patientId)
    return {
      ...row,
      riskLevel: need?.level ?? 'low',
      riskScore: need?.score ?? 0,
      riskBecause: need?.because ?? [],
      mark: marks.get(row.patientId) ?? null,
      countedSeconds: sum?.countedSeconds ?? 0,
      leftOutSeconds: sum?.leftOutSeconds ?? 0,
      sections: own?.sections ?? [],
      activities: work.get(row.patientId) ?? [],
      talked: own?.talked ?? false,
      attempts: own?.attempts ?? 0,
      lastContactAt: contacts.get(row.patientId) ?? null,
      callBackAt: promise?.callBackAt ?? null,
      nextContactOn: promise?.nextContactOn ?? null,
      openTasks: tasks.get(row.patientId) ?? 0,
      dischargedOn: discharges.get(row.patientId) ?? null,
    }
  })
}

export interface WorklistQuery {
  ownerId: string | null
  view: WorklistView
  search: string | undefined
  cursor: string | undefined
  limit: number
}

/** One page of the list with the counts of every view. */
export async function viewWorklist(place: Place, query: WorklistQuery) {
  const moment = momentOf(place)
  const localDay = dayIn(place.timeZone)
  const clockOf = clockIn(place.timeZone)
  const steps = stepsOf(moment.month)
  const wanted = query.search?.toLowerCase()
  const everybody = (await gatherWorklist(place, query.ownerId)).filter(
    (facts) => wanted === undefined || facts.name.toLowerCase().includes(wanted),
  )
  const counts: Record<WorklistView, number> = {
    all: 0,
    call_backs: 0,
    high_not_reached: 0,
    nearly_there: 0,
    plan_due: 0,
    discharged: 0,
    no_contact: 0,
  }
  const shown: { key: string; facts: WorklistFacts }[] = []
  for (const facts of everybody) {
    const views = viewsOf(facts, moment, steps, localDay)
    for (const view of views) counts[view] += 1
    if (views.includes(query.view)) shown.push({ key: sortKeyOf(facts, moment, localDay), facts })
  }
  shown.sort((a, b) => (a.key < b.key ? -1 : 1))
  const after = query.cursor
  const from = after === undefined ? 0 : shown.findIndex((one) => one.key > after)
  const page = from === -1 ? [] : shown.slice(from, from + query.limit)
  const last = page.at(-1)
  return {
    month: moment.month,
    items: page.map(({ facts }) => presentRow(facts, moment, localDay, clockOf)),
    nextCursor:
      last !== undefined && from + page.length < shown.length ? Buffer.from(last.key).toString('base64url') : null,
    total: shown.length,
    views: counts,
    stepsSeconds: steps,
    ...daysLeft(place.today),
    reached: everybody.filter((facts) => facts.talked).length,
    patients: everybody.length,
  }
}

/** Whom to ring next: the first of the person's list besides one patient who may be rung and has not been spoken with. */
export async function nextPatient(place: Place, ownerId: string, besides: string): Promise<NextPatient | null> {
  const moment = momentOf(place)
  const localDay = dayIn(place.timeZone)
  let first: { key: string; facts: WorklistFacts } | null = null
  for (const facts of await gatherWorklist(place, ownerId)) {
    if (facts.patientId === besides || !facts.consented || (facts.talked && facts.callBackAt === null)) continue
    const key = sortKeyOf(facts, moment, localDay)
    if (first === null || key < first.key) first = { key, facts }
  }
  return first === null
    ? null
    : {
        patientId: first.facts.patientId,
        name: first.facts.name,
        why: whyNow(first.facts, moment, localDay, clockIn(place.timeZone)),
      }
}

/** How many patients each care manager has, for the choice of whose list is shown. */
export async function listOwners({ tx, today, clinicId }: Place) {
  const { rows } = await sql<{ id: string; name: string; patients: number }>`
    select s.id, s.name, count(n.patient_id)::int as patients from staff s
    left join lateral (
      select e.patient_id from enrollments e left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
      where e.tenant_id = s.tenant_id and e.clinic_id = ${clinicId} and e.enrolled_on <= ${today} and (x.ended_on is null or x.ended_on >= ${today})
        and (select a.care_manager_id from care_manager_assignments a where a.tenant_id = e.tenant_id and a.patient_id = e.patient_id
          order by a.from_on desc, a.assigned_at desc, a.id desc limit 1) = s.id
    ) n on true
    where s.tenant_id = ${tx.tenantId} and s.active and s.roles && array['care_manager']::text[] group by s.id, s.name order by s.name limit 200`.execute(
    tx.db,
  )
  return rows
}

/** What is left of a person's weekly hours over some workdays, less nothing: an orientation, not a promise. */
export async function hoursLeftOf(tx: Tx, staffId: string, workdays: number): Promise<number | null> {
  const row = await tx.db
    .selectFrom('staff')
    .select('weekly_minutes')
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', staffId)
    .executeTakeFirst()
  if (row === undefined || row.weekly_minutes === 0) return null
  return Math.round((row.weekly_minutes / 5 / 60) * workdays * 10) / 10
}
