import type { Contact, Program } from '@keepwell/contract'
import type { Interval, TimeFacts } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { policyAt } from '../clinics/index.ts'
import { credentialAt } from '../staffing/index.ts'
import { type Approvable, type EntryFacts, summaryOf, type Taken, type TimerRow, timeFactsOf } from './minutes.ts'

const timerColumns = sql<TimerRow>`t.id, t.staff_id as "staffId", t.patient_id as "patientId", p.given || ' ' || p.family as "patientName", t.program, t.activity,
  t.personal_ccm as "personalCcm", t.call_id as "callId", t.started_at as "startedAt", t.heartbeat_at as "heartbeatAt", t.gap_seconds as "gapSeconds",
  t.switched_from_id as "switchedFromId", t.stopped_at as "stoppedAt", t.stop_reason as "stopReason"`
const timerTables = sql`from timers t join patients p on p.tenant_id = t.tenant_id and p.id = t.patient_id`

/** The person's running timer with its row locked, or null. */
export async function lockRunning(tx: Tx, staffId: string): Promise<TimerRow | null> {
  const { rows } = await sql<TimerRow>`select ${timerColumns} ${timerTables}
    where t.tenant_id = ${tx.tenantId} and t.staff_id = ${staffId} and t.stopped_at is null for update of t`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

/** A person's own timer, locked. @throws Problem not_found for one of nobody or of somebody else. */
export async function lockTimer(tx: Tx, id: string, staffId: string): Promise<TimerRow> {
  const { rows } = await sql<TimerRow>`select ${timerColumns} ${timerTables}
    where t.tenant_id = ${tx.tenantId} and t.id = ${id} and t.staff_id = ${staffId} for update of t`.execute(tx.db)
  return found(rows[0], 'There is no such timer of yours.')
}

/** The person's newest timer, running or not, with the seconds that it was credited. */
export async function readNewestTimer(
  tx: Tx,
  staffId: string,
): Promise<
  (TimerRow & { creditedSeconds: number; fromPatientId: string | null; fromPatientName: string | null }) | null
> {
  const { rows } = await sql<
    TimerRow & { creditedSeconds: number; fromPatientId: string | null; fromPatientName: string | null }
  >`
    select ${timerColumns}, f.patient_id as "fromPatientId", fp.given || ' ' || fp.family as "fromPatientName",
      (select coalesce(sum(e.seconds), 0)::int from time_entries e where e.tenant_id = t.tenant_id and e.patient_id = t.patient_id
        and e.timer_id = t.id and e.superseded_at is null) as "creditedSeconds"
    from (select * from timers where tenant_id = ${tx.tenantId} and staff_id = ${staffId}
      order by (stopped_at is null) desc, started_at desc, id desc limit 1) t
    join patients p on p.tenant_id = t.tenant_id and p.id = t.patient_id
    left join timers f on f.tenant_id = t.tenant_id and f.id = t.switched_from_id
    left join patients fp on fp.tenant_id = f.tenant_id and fp.id = f.patient_id`.execute(tx.db)
  return rows[0] ?? null
}

export async function insertTimer(
  tx: Tx,
  timer: Omit<TimerRow, 'id' | 'patientName' | 'heartbeatAt' | 'stoppedAt' | 'stopReason'>,
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('timers')
    .values({
      tenant_id: tx.tenantId,
      id,
      staff_id: timer.staffId,
      patient_id: timer.patientId,
      program: timer.program,
      activity: timer.activity,
      personal_ccm: timer.personalCcm,
      call_id: timer.callId,
      started_at: timer.startedAt,
      heartbeat_at: timer.startedAt,
      gap_seconds: timer.gapSeconds,
      switched_from_id: timer.switchedFromId,
    })
    .execute()
  return id
}

/**
 * Moves a running timer's heartbeat to now, in one statement; never backwards, and never over a silence longer than the
 * timer's gap. Undefined where nothing was moved.
 */
export async function moveHeartbeat(
  tx: Tx,
  id: string,
  staffId: string,
  now: Date,
): Promise<{ startedAt: Date; heartbeatAt: Date } | undefined> {
  const { rows } = await sql<{ startedAt: Date; heartbeatAt: Date }>`
    update timers set heartbeat_at = greatest(heartbeat_at, ${now}::timestamptz)
    where tenant_id = ${tx.tenantId} and id = ${id} and staff_id = ${staffId} and stopped_at is null
      and heartbeat_at >= ${now}::timestamptz - make_interval(secs => gap_seconds)
    returning started_at as "startedAt", heartbeat_at as "heartbeatAt"`.execute(tx.db)
  return rows[0]
}

export async function closeTimer(
  tx: Tx,
  id: string,
  reason: string,
  now: Date,
  note: string | null = null,
): Promise<void> {
  await tx.db
    .updateTable('timers')
    .set({ stopped_at: now, stop_reason: reason, stop_note: note })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

export async function reopenTimer(tx: Tx, id: string, heartbeatAt: Date): Promise<void> {
  await tx.db
    .updateTable('timers')
    .set({ stopped_at: null, stop_reason: null, heartbeat_at: heartbeatAt })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

export async function attachCall(tx: Tx, timerId: string, callId: string): Promise<void> {
  await tx.db
    .updateTable('timers')
    .set({ call_id: callId })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', timerId)
    .execute()
}

/**
 * A person's standing time that shares a moment with an interval, as a subselect: the earliest first, at most 51; `except`
 * leaves one entry out. Nobody's standing entries overlap, so of those that began before the interval only the last can
 * reach into it: both halves are a few rows of an index, however long the person has worked here.
 */
function overlapping(tx: Tx, staffId: string, { startMs, endMs }: Interval, except: string | null) {
  const from = sql`${new Date(startMs)}::timestamptz`
  const standing = sql`select patient_id, started_at, ended_at, activity from time_entries
    where tenant_id = ${tx.tenantId} and staff_id = ${staffId} and superseded_at is null and id is distinct from ${except}::uuid`
  return sql<Taken[]>`(
    select coalesce(json_agg(json_build_object('startMs', extract(epoch from e.started_at) * 1000, 'endMs', extract(epoch from e.ended_at) * 1000,
      'patientName', p.given || ' ' || p.family, 'activity', e.activity) order by e.started_at), '[]')
    from ((${standing} and started_at >= ${from} and started_at < ${new Date(endMs)}::timestamptz order by started_at limit 50)
      union all select * from (${standing} and started_at < ${from} order by started_at desc limit 1) last where ended_at > ${from}) e
    join patients p on p.tenant_id = ${tx.tenantId} and p.id = e.patient_id)`
}

/** A person's standing time that shares a moment with an interval, the earliest first. */
export async function listOverlapping(tx: Tx, staffId: string, interval: Interval): Promise<Taken[]> {
  const { rows } = await sql<{
    taken: Taken[]
  }>`select ${overlapping(tx, staffId, interval, null)} as taken`.execute(tx.db)
  return rows[0]?.taken ?? []
}

/** All that decides whether time may be written by hand. */
export interface ManualGround {
  patientId: string
  clinicId: string
  daysBack: number | null
  approvalOverSeconds: number | null
  credential: string | null
  overlapping: Taken[]
  running: (Pick<TimerRow, 'startedAt' | 'heartbeatAt' | 'gapSeconds'> & Pick<Taken, 'patientName' | 'activity'>) | null
}

export interface ManualQuestion {
  patientId: string
  staffId: string
  /** The clinic whose choices hold, on the day of the deed; the credential is the one of the day of work. */
  clinicId: string
  today: string
  serviceOn: string
  interval: Interval
  except: string | null
}

/**
 * The same in one statement, with the person's running timer locked. A choice that the clinic never made is null.
 * @throws Problem not_found for an id of nobody, or of another organization's patient.
 */
export async function readManualGround(tx: Tx, question: ManualQuestion): Promise<ManualGround> {
  const { patientId, staffId, clinicId, today, serviceOn, interval, except } = question
  const { rows } = await sql<
    Omit<ManualGround, 'running'> & {
      startedAt: Date | null
      heartbeatAt: Date
      gapSeconds: number
      patientName: string
      activity: string
    }
  >`
    select p.id as "patientId", p.clinic_id as "clinicId", ${policyAt(tx, clinicId, 'minutes.manual_days_back', today)} as "daysBack",
      ${policyAt(tx, clinicId, 'minutes.approval_over_seconds', today)} as "approvalOverSeconds", ${credentialAt(tx, staffId, serviceOn)} as credential,
      ${overlapping(tx, staffId, interval, except)} as overlapping, t.started_at as "startedAt", t.heartbeat_at as "heartbeatAt", t.gap_seconds as "gapSeconds",
      t.activity, t.patient_name as "patientName"
    from patients p
    left join lateral (select r.started_at, r.heartbeat_at, r.gap_seconds, r.activity, o.given || ' ' || o.family as patient_name
      from timers r join patients o on o.tenant_id = r.tenant_id and o.id = r.patient_id
      where r.tenant_id = ${tx.tenantId} and r.staff_id = ${staffId} and r.stopped_at is null for update of r) t on true
    where p.tenant_id = ${tx.tenantId} and p.id = ${patientId}`.execute(tx.db)
  const { startedAt, heartbeatAt, gapSeconds, patientName, activity, ...ground } = found(
    rows[0],
    'There is no such patient here.',
  )
  return {
    ...ground,
    running: startedAt === null ? null : { startedAt, heartbeatAt, gapSeconds, patientName, activity },
  }
}

export interface NewEntry {
  id: string
  patientId: string
  staffId: string
  kind: 'staff' | 'practitioner'
  credential: string
  program: Program
  personalCcm: boolean
  activity: string
  contact: Contact | null
  whatWasDone: string
  startMs: number
  endMs: number
  seconds: number
  month: string
  serviceOn: string
  source: 'timer' | 'manual'
  timerId: string | null
  callId: string | null
  reason: string | null
  attested: boolean
  needsApproval: boolean
  supersedesId: string | null
  by: string
  now: Date
}

const entryColumns =
  sql.raw(`tenant_id, id, patient_id, staff_id, kind, credential, program, personal_ccm, activity, contact, what_was_done, started_at, ended_at, seconds,
  month, service_on, source, timer_id, call_id, reason, attested, needs_approval, supersedes_id, recorded_by, recorded_at`)

function entryValues(tx: Tx, entry: NewEntry) {
  return sql`${tx.tenantId}::uuid, ${entry.id}::uuid, ${entry.patientId}::uuid, ${entry.staffId}::uuid, ${entry.kind}::text, ${entry.credential}::text, ${entry.program}::text,
    ${entry.personalCcm}::boolean, ${entry.activity}::text, ${entry.contact}::text, ${entry.whatWasDone}::text, ${new Date(entry.startMs)}::timestamptz,
    ${new Date(entry.endMs)}::timestamptz, ${entry.seconds}::integer, ${entry.month}::text, ${entry.serviceOn}::date, ${entry.source}::text, ${entry.timerId}::uuid,
    ${entry.callId}::uuid, ${entry.reason}::text, ${entry.attested}::boolean, ${entry.needsApproval}::boolean, ${entry.supersedesId}::uuid, ${entry.by}::uuid,
    ${entry.now}::timestamptz`
}

/** Writes an entry without adding it up: its month is closed, or is added up anew afterwards. */
export async function insertEntry(tx: Tx, entry: NewEntry): Promise<void> {
  await sql`insert into time_entries (${entryColumns}) select ${entryValues(tx, entry)}`.execute(tx.db)
}

export interface MonthSums {
  staffSeconds: number
  practitionerSeconds: number
  leftOutSeconds: number
}

/**
 * Writes an entry and adds it to its month, in one statement. False, and nothing written, where the month's time changed
 * since `revision` was read or a close of it began.
 */
export async function insertCounted(
  tx: Tx,
  entry: NewEntry,
  clinicId: string,
  added: MonthSums,
  revision: number,
): Promise<boolean> {
  const { rows } = await sql<{ written: boolean }>`
    with m as (
      insert into patient_months as k (tenant_id, patient_id, month, staff_seconds, practitioner_seconds, left_out_seconds, revision, updated_at)
      select ${tx.tenantId}::uuid, ${entry.patientId}::uuid, ${entry.month}::text, ${added.staffSeconds}::integer, ${added.practitionerSeconds}::integer,
        ${added.leftOutSeconds}::integer, 1, ${entry.now}::timestamptz
      where not exists (select from month_closes where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${entry.month})
      on conflict (tenant_id, month, patient_id) do update set staff_seconds = k.staff_seconds + excluded.staff_seconds,
        practitioner_seconds = k.practitioner_seconds + excluded.practitioner_seconds, left_out_seconds = k.left_out_seconds + excluded.left_out_seconds,
        revision = k.revision + 1, updated_at = excluded.updated_at
      where k.revision = ${revision}
      returning revision),
    e as (insert into time_entries (${entryColumns}) select ${entryValues(tx, entry)} from m returning id)
    select exists (select from e) as written`.execute(tx.db)
  return rows[0]?.written === true
}

export interface StandingEntry extends Approvable, EntryFacts {
  patientId: string
  clinicId: string
  month: string
  source: 'timer' | 'manual'
  timerId: string | null
  callId: string | null
  personName: string
}

/** An entry with its row locked. @throws Problem not_found */
export async function lockEntry(tx: Tx, id: string): Promise<StandingEntry> {
  const { rows } = await sql<StandingEntry>`
    select e.id, e.patient_id as "patientId", p.clinic_id as "clinicId", e.staff_id as "staffId", s.name as "personName", e.kind, e.credential, e.program,
      e.personal_ccm as "personalCcm", e.activity, e.started_at as "startedAt", e.ended_at as "endedAt", e.month, e.source, e.timer_id as "timerId",
      e.call_id as "callId", e.needs_approval as "needsApproval", e.approved_at as "approvedAt", e.superseded_at as "supersededAt", e.recorded_by as "recordedById"
    from time_entries e join patients p on p.tenant_id = e.tenant_id and p.id = e.patient_id join staff s on s.tenant_id = e.tenant_id and s.id = e.staff_id
    where e.tenant_id = ${tx.tenantId} and e.id = ${id} for update of e`.execute(tx.db)
  return found(rows[0], 'There is no such time entry.')
}

export async function supersede(tx: Tx, id: string, reason: string, by: string, now: Date): Promise<void> {
  await tx.db
    .updateTable('time_entries')
    .set({ superseded_at: now, superseded_by: by, superseded_reason: reason })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .where('superseded_at', 'is', null)
    .execute()
}

export async function insertApproval(tx: Tx, id: string, by: string, now: Date): Promise<void> {
  await tx.db
    .updateTable('time_entries')
    .set({ approved_by: by, approved_at: now })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

/** The standing entries that a timer became, oldest first. */
export async function listEntriesOfTimer(
  tx: Tx,
  timerId: string,
  patientId: string,
): Promise<{ id: string; month: string }[]> {
  return tx.db
    .selectFrom('time_entries')
    .select(['id', 'month'])
    .where('tenant_id', '=', tx.tenantId)
    .where('patient_id', '=', patientId)
    .where('timer_id', '=', timerId)
    .where('superseded_at', 'is', null)
    .orderBy('started_at')
    .limit(20)
    .execute()
}

/** Takes the lock of a patient's month: two people who write at once are added up one after the other. */
export async function lockMonth(tx: Tx, patientId: string, month: string, now: Date): Promise<void> {
  await tx.db
    .insertInto('patient_months')
    .values({ tenant_id: tx.tenantId, patient_id: patientId, month, updated_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'month', 'patient_id']).doUpdateSet({ updated_at: now }))
    .execute()
}

type SummaryEntry = EntryFacts & { waiting: boolean; seconds: number; patientId: string }

async function listStanding(
  tx: Tx,
  patientIds: readonly string[],
  month: string,
  recordedBefore: Date | null,
): Promise<SummaryEntry[]> {
  const { rows } = await sql<SummaryEntry>`
    select id, patient_id as "patientId", staff_id as "staffId", kind, credential, started_at as "startedAt", ended_at as "endedAt", activity, program,
      personal_ccm as "personalCcm", seconds, (needs_approval and approved_at is null) as waiting
    from time_entries
    where tenant_id = ${tx.tenantId} and month = ${month} and patient_id = any (${[...patientIds]}::uuid[]) and superseded_at is null
      and (${recordedBefore}::timestamptz is null or recorded_at <= ${recordedBefore}::timestamptz)
    order by patient_id, started_at, id limit 200000`.execute(tx.db)
  return rows
}

/** Adds a patient's month up anew from its entries. Call `lockMonth` first. */
export async function saveSummary(
  tx: Tx,
  patientId: string,
  month: string,
  timeZone: string,
  now: Date,
): Promise<void> {
  const sums = summaryOf(await listStanding(tx, [patientId], month, null), month, timeZone)
  await tx.db
    .updateTable('patient_months')
    .set({
      staff_seconds: sums.staffSeconds,
      practitioner_seconds: sums.practitionerSeconds,
      left_out_seconds: sums.leftOutSeconds,
      revision: sql`revision + 1`,
      updated_at: now,
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('month', '=', month)
    .where('patient_id', '=', patientId)
    .execute()
}

/**
 * The time of a month that may count, as the rule book reads it, for many patients at once: superseded entries and those
 * that wait for an approval are not among it. `recordedBefore` leaves out what came after a close had begun.
 */
export async function listTimeFacts(
  tx: Tx,
  patientIds: readonly string[],
  month: string,
  recordedBefore: Date | null = null,
): Promise<Map<string, TimeFacts[]>> {
  const byPatient = new Map<string, TimeFacts[]>(patientIds.map((id) => [id, []]))
  for (const entry of await listStanding(tx, patientIds, month, recordedBefore)) {
    if (!entry.waiting) byPatient.get(entry.patientId)?.push(timeFactsOf(entry))
  }
  return byPatient
}

export interface MonthSummary {
  patientId: string
  staffSeconds: number
  practitionerSeconds: number
  countedSeconds: number
  leftOutSeconds: number
  lastContactAt: Date | null
}

/** The kept summaries of a month, one row a patient; patients without any time are not among them. */
export async function listMonthSummaries(
  tx: Tx,
  patientIds: readonly string[],
  month: string,
): Promise<Map<string, MonthSummary>> {
  const { rows } = await sql<MonthSummary>`
    select patient_id as "patientId", staff_seconds as "staffSeconds", practitioner_seconds as "practitionerSeconds",
      staff_seconds + practitioner_seconds as "countedSeconds", left_out_seconds as "leftOutSeconds", last_contact_at as "lastContactAt"
    from patient_months where tenant_id = ${tx.tenantId} and month = ${month} and patient_id = any (${[...patientIds]}::uuid[]) limit 100000`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.patientId, row]))
}

/** That the patient was spoken with: kept beside the month's seconds for the worklists. */
export async function saveContact(tx: Tx, patientId: string, month: string, at: Date): Promise<void> {
  await sql`insert into patient_months (tenant_id, patient_id, month, last_contact_at, updated_at)
    values (${tx.tenantId}, ${patientId}, ${month}, ${at}, ${at})
    on conflict (tenant_id, month, patient_id) do update set last_contact_at = greatest(patient_months.last_contact_at, excluded.last_contact_at)`.execute(
    tx.db,
  )
}
