import type { NextPatient, PriorityLevel, RiskLevel, WorklistView } from '@keepwell/contract'
import { bookHash, localDateOf } from '@keepwell/rules'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { riskOf } from '../eligibility/index.ts'
import { listMonthSummaries, stepsOf } from '../minutes/index.ts'
import {
  addCounts,
  bitsOf,
  type ClinicState,
  type CountsByOwner,
  countSearched,
  countsOf,
  type JudgedRow,
  type KnownRow,
  listKnownRows,
  listPage,
  lockClinicState,
  readClinicState,
  readFirstCallable,
  saveClinicState,
  saveRows,
} from './worklist.store.ts'
import {
  changesAt,
  daysLeft,
  isCallable,
  type Moment,
  needOf,
  presentRow,
  sortKeyOf,
  viewsOf,
  type WorklistFacts,
  whyNow,
} from './worklist.ts'

export interface Place {
  tx: Tx
  now: Date
  today: string
  timeZone: string
  clinicId: string
}

/** So many patients are judged at a time. */
const batchSize = 1000
export const firstId = '00000000-0000-0000-0000-000000000000'

interface CaseRow {
  patientId: string
  deceased: boolean
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

/** Either some patients, or a batch of all of the clinic in the order of their ids, after one of them. */
export type Batch = { ids: readonly string[] } | { after: string }

/** Who of a batch is enrolled today, with the care manager, the hours to ring at and the plan's standing. One query. */
async function readCases({ tx, today, clinicId }: Place, batch: Batch): Promise<CaseRow[]> {
  const which =
    'ids' in batch ? sql`e.patient_id = any (${[...batch.ids]}::uuid[])` : sql`e.patient_id > ${batch.after}`
  const { rows } = await sql<CaseRow>`
    with now as (
      select distinct on (e.patient_id) e.patient_id, e.enrolled_on from enrollments e
      left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
      where e.tenant_id = ${tx.tenantId} and e.clinic_id = ${clinicId} and e.enrolled_on <= ${today} and (x.ended_on is null or x.ended_on >= ${today}) and ${which}
      order by e.patient_id, e.enrolled_at desc limit ${'ids' in batch ? batch.ids.length : batchSize}
    )
    select p.id as "patientId", p.deceased, p.given || ' ' || p.family as name, p.born_on as "bornOn", now.enrolled_on as "enrolledOn",
      exists (select 1 from consents o left join consent_revocations r on r.tenant_id = o.tenant_id and r.consent_id = o.id
        where o.tenant_id = ${tx.tenantId} and o.patient_id = now.patient_id and o.given_on <= ${today} and (r.id is null or r.effective_on >= ${today})) as consented,
      a.care_manager_id as "ownerId", s.name as "ownerName",
      c.best_from as "bestFrom", c.best_to as "bestTo",
      case when g.signed_on is not null then 'signed' when k.id is not null then 'draft' else 'none' end as "planState", g.signed_on as "planSignedOn", g.review_on as "planReviewOn"
    from now
    join patients p on p.tenant_id = ${tx.tenantId} and p.id = now.patient_id
    left join lateral (select a.care_manager_id from care_manager_assignments a where a.tenant_id = ${tx.tenantId} and a.patient_id = now.patient_id
      order by a.from_on desc, a.assigned_at desc, a.id desc limit 1) a on true
    left join staff s on s.tenant_id = ${tx.tenantId} and s.id = a.care_manager_id
    left join lateral (select c.best_from, c.best_to from patient_contacts c where c.tenant_id = ${tx.tenantId} and c.patient_id = now.patient_id
      order by c.recorded_at desc, c.id desc limit 1) c on true
    left join care_plans k on k.tenant_id = ${tx.tenantId} and k.patient_id = now.patient_id
    left join lateral (select g.signed_on, v.content -> 'review' ->> 'nextOn' as review_on from care_plan_versions v
      join care_plan_signatures g on g.tenant_id = v.tenant_id and g.version_id = v.id
      where v.tenant_id = ${tx.tenantId} and v.plan_id = k.id order by v.number desc limit 1) g on true
    order by p.id limit ${batchSize}`.execute(tx.db)
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

async function assessNeeds(place: Place, ids: readonly string[]): Promise<Need[]> {
  return [...(await riskOf(place, ids))].map(([patientId, { risk }]) => ({
    patientId,
    level: risk.level,
    score: risk.score,
    because: risk.points.map((point) => point.label),
  }))
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
  const assessed = await assessNeeds(place, missing)
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

/** The moment of a look, with the formats of the clinic's zone made once. */
export interface Look extends Moment {
  steps: readonly number[]
  localDay: (at: Date) => string
  clockOf: (at: Date) => string
}

export function lookOf({ now, today, timeZone }: Place): Look {
  const clockOf = clockIn(timeZone)
  const month = today.slice(0, 7)
  return { now, today, month, clock: clockOf(now), steps: stepsOf(month), localDay: dayIn(timeZone), clockOf }
}

function clockIn(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone })
  return (at) => format.format(at)
}

function dayIn(timeZone: string): (at: Date) => string {
  return (at) => localDateOf(at.getTime(), timeZone)
}

/**
 * The facts of the enrolled patients of a batch: a fixed number of queries however many they are. With `keep`, risks are
 * taken as kept from earlier today, and what is assessed anew is kept; otherwise each is assessed and nothing written.
 * `last` is the last id of a full batch, after which more may come.
 */
export async function gatherWorklist(
  place: Place,
  batch: Batch,
  keep: boolean,
): Promise<{ facts: WorklistFacts[]; last: string | null }> {
  const enrolled = await readCases(place, batch)
  const last = enrolled.length < batchSize ? null : (enrolled.at(-1)?.patientId ?? null)
  const cases = enrolled.filter((row) => !row.deceased)
  if (cases.length === 0) return { facts: [], last }
  const ids = cases.map((row) => row.patientId)
  const month = place.today.slice(0, 7)
  const needs = keep
    ? await readNeeds(place, ids)
    : new Map((await assessNeeds(place, ids)).map((need) => [need.patientId, need]))
  const marks = await readMarks(place, ids)
  const sums = await listMonthSummaries(place.tx, ids, month)
  const { calls, work } = await readMonth(place, ids, month)
  const { contacts, promises, tasks, discharges } = await readStanding(place, ids)
  const facts = cases.map(({ deceased: _, ...row }) => {
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
  return { facts, last }
}

export function standingOf(facts: WorklistFacts, look: Look): NonNullable<JudgedRow['standing']> {
  return {
    ownerId: facts.ownerId,
    need: needOf(facts),
    sortKey: sortKeyOf(facts, look, look.localDay),
    views: viewsOf(facts, look, look.steps, look.localDay),
    reached: facts.talked,
    callable: isCallable(facts),
    changesAt: changesAt(facts, look),
    facts,
  }
}

/**
 * Brings the clinic's rows up to date and answers the counts: all of them where the day, the rule book or the charts are
 * others, and otherwise those alone about whom a deed was done or whose hours began or ended. Mostly none are.
 */
async function upToDate(place: Place, look: Look): Promise<CountsByOwner> {
  const { tx, clinicId, now } = place
  const isNew = (state: ClinicState) =>
    state.basis !== basisOf(place, state) || (state.judgedAt !== null && state.judgedAt > now)
  const before = await readClinicState(tx, clinicId, look.clock)
  if (!isNew(before) && !before.behind) return before.counts
  await lockClinicState(tx, clinicId, now)
  const state = await readClinicState(tx, clinicId, look.clock)
  if (!isNew(state) && !state.behind) return state.counts
  const counts = isNew(state) ? await judgeAll(place, look) : await judgeBehind(place, look, state.counts)
  await saveClinicState(tx, clinicId, { basis: basisOf(place, state), counts, now })
  return counts
}

export function basisOf(
  { today, timeZone }: Pick<Place, 'today' | 'timeZone'>,
  { lastImport }: Pick<ClinicState, 'lastImport'>,
): string {
  return [today, timeZone, bookHash, lastImport].join('|')
}

/** Judges every enrolled patient of the clinic, and takes off the list who is on it and not enrolled any more. */
async function judgeAll(place: Place, look: Look): Promise<CountsByOwner> {
  const { tx, clinicId } = place
  const known = new Map<string, KnownRow>()
  for (let after = firstId; ; ) {
    const rows = await listKnownRows(tx, clinicId, { clock: null, after, limit: batchSize })
    for (const row of rows) known.set(row.patientId, { ...row, facts: null })
    const last = rows.at(-1)
    if (last === undefined || rows.length < batchSize) break
    after = last.patientId
  }
  const counts: CountsByOwner = {}
  for (let after: string | null = firstId; after !== null; ) {
    const { facts, last }: { facts: WorklistFacts[]; last: string | null } = await gatherWorklist(
      place,
      { after },
      true,
    )
    const judged = facts.map((one) => ({
      patientId: one.patientId,
      judged: known.get(one.patientId)?.changes ?? 0,
      standing: standingOf(one, look),
    }))
    for (const { patientId } of judged) known.delete(patientId)
    addCounts(
      counts,
      judged.map(({ standing }) => counted(standing)),
    )
    await saveRows(tx, clinicId, judged)
    after = last
  }
  const left = [...known.values()].filter((row) => row.listed || row.behind)
  for (let from = 0; from < left.length; from += batchSize)
    await saveRows(
      tx,
      clinicId,
      left
        .slice(from, from + batchSize)
        .map(({ patientId, changes }) => ({ patientId, judged: changes, standing: null })),
    )
  return counts
}

/** Judges the rows anew that are behind a deed, and places those anew whose hours began or ended. */
async function judgeBehind(place: Place, look: Look, before: CountsByOwner): Promise<CountsByOwner> {
  const { tx, clinicId } = place
  const counts = structuredClone(before)
  for (;;) {
    const behind = await listKnownRows(tx, clinicId, { clock: look.clock, after: firstId, limit: batchSize })
    const ids = behind.filter((row) => row.behind).map((row) => row.patientId)
    const gathered = ids.length === 0 ? [] : (await gatherWorklist(place, { ids }, true)).facts
    const anew = new Map(gathered.map((facts) => [facts.patientId, facts]))
    const judged = behind.map((row) => {
      const facts = row.behind ? (anew.get(row.patientId) ?? null) : row.facts
      return {
        patientId: row.patientId,
        judged: row.changes,
        standing: facts === null ? null : standingOf(facts, look),
      }
    })
    addCounts(
      counts,
      behind.filter((row) => row.listed).map((row) => ({ ...row, patients: -1 })),
    )
    addCounts(
      counts,
      judged.flatMap(({ standing }) => (standing === null ? [] : [counted(standing)])),
    )
    if (judged.length > 0) await saveRows(tx, clinicId, judged)
    if (behind.length < batchSize) return counts
  }
}

function counted({ ownerId, views, reached }: NonNullable<JudgedRow['standing']>) {
  return { ownerId, views: bitsOf(views), reached, patients: 1 }
}

export interface WorklistQuery {
  ownerId: string | null
  view: WorklistView
  search: string | undefined
  cursor: string | undefined
  limit: number
}

/** One page of the list with the counts of every view. */
export async function viewWorklist(place: Place, { cursor, ...query }: WorklistQuery) {
  const { tx, clinicId, today } = place
  const look = lookOf(place)
  const kept = await upToDate(place, look)
  const wanted = { ...query, after: cursor, limit: query.limit + 1 }
  const rows = await listPage(tx, clinicId, wanted)
  const counts = query.search === undefined ? kept : await countSearched(tx, clinicId, wanted)
  const { reached, ...views } = countsOf(counts, query.ownerId)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  const left = daysLeft(today)
  const staff = await listOwners(tx, query.ownerId)
  return {
    month: look.month,
    items: page.map(({ facts }) => presentRow(facts, look, look.localDay, look.clockOf)),
    nextCursor:
      last !== undefined && rows.length > page.length ? Buffer.from(last.sortKey).toString('base64url') : null,
    total: views[query.view],
    views,
    stepsSeconds: [...look.steps],
    ...left,
    reached,
    patients: views.all,
    hoursLeft: hoursLeft(staff.find((one) => one.id === query.ownerId)?.weeklyMinutes ?? 0, left.workdaysLeft),
    owners: staff.filter((one) => one.owns).map(({ id, name }) => ({ id, name, patients: countsOf(kept, id).all })),
  }
}

/** Whom to ring next: the first of the person's list besides one patient who may be rung and has not been spoken with. */
export async function nextPatient(place: Place, ownerId: string, besides: string): Promise<NextPatient | null> {
  const look = lookOf(place)
  await upToDate(place, look)
  const facts = await readFirstCallable(place.tx, place.clinicId, ownerId, besides)
  return facts === null
    ? null
    : { patientId: facts.patientId, name: facts.name, why: whyNow(facts, look, look.localDay, look.clockOf) }
}

/** The care managers, for the choice of whose list is shown, and the person whose list it is, with their weekly minutes. */
async function listOwners(tx: Tx, ownerId: string | null) {
  const { rows } = await sql<{ id: string; name: string; weeklyMinutes: number; owns: boolean }>`
    select id, name, weekly_minutes as "weeklyMinutes", active and roles && array['care_manager']::text[] as owns from staff
    where tenant_id = ${tx.tenantId} and (id = ${ownerId}::uuid or (active and roles && array['care_manager']::text[])) order by name limit 200`.execute(
    tx.db,
  )
  return rows
}

/** What is left of a person's weekly hours over some workdays, less nothing: an orientation, not a promise. */
function hoursLeft(weeklyMinutes: number, workdays: number): number | null {
  return weeklyMinutes === 0 ? null : Math.round((weeklyMinutes / 5 / 60) * workdays * 10) / 10
}
