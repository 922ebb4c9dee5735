import type { MonthClose } from '@keepwell/contract'
import { bookHash } from '@keepwell/rules'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import type { Assessed, CloseCounts, CloseRow } from './months.ts'

/**
 * Whether a clinic's month is frozen: a close has begun. The answer holds until the transaction ends, because a close
 * waits for everybody who asked: what is written after "no" lies wholly before the close, after "yes" wholly after it.
 */
export async function isMonthFrozen(tx: Tx, clinicId: string, month: string): Promise<boolean> {
  await sql`select ${monthLock(tx, clinicId, month)}`.execute(tx.db)
  const { rows } =
    await sql`select id from month_closes where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month}`.execute(
      tx.db,
    )
  return rows.length > 0
}

/** The lock of `isMonthFrozen` as a part of a larger query; what it waited for, only the next statement sees. */
export function monthLock(tx: Tx, clinicId: string, month: string) {
  return sql`pg_advisory_xact_lock_shared(hashtextextended(${lockName(tx, clinicId, month)}, 0))`
}

/** Waits for everybody who asked `isMonthFrozen` and keeps others out until the transaction ends. */
export async function lockMonthForClose(tx: Tx, clinicId: string, month: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${lockName(tx, clinicId, month)}, 0))`.execute(tx.db)
}

const lockName = (tx: Tx, clinicId: string, month: string) => `months ${tx.tenantId} ${clinicId} ${month}`

export interface KnownVerdict {
  patientId: string
  factsSha256: string
  book: string
}

/** What was assessed before of some patients, to tell what changed. */
export async function listKnownVerdicts(
  tx: Tx,
  month: string,
  patientIds: readonly string[],
): Promise<Map<string, KnownVerdict>> {
  const { rows } = await sql<KnownVerdict>`
    select patient_id as "patientId", facts_sha256 as "factsSha256", book from month_verdicts
    where tenant_id = ${tx.tenantId} and month = ${month} and patient_id = any (${[...patientIds]}::uuid[]) limit ${Math.max(1, patientIds.length)}`.execute(
    tx.db,
  )
  return new Map(rows.map((row) => [row.patientId, row]))
}

/** Writes verdicts in one statement, in the order of the patients; a cause that stays keeps the day it was first seen. */
export async function saveVerdicts(
  tx: Tx,
  clinicId: string,
  month: string,
  assessed: readonly Assessed[],
  now: Date,
): Promise<void> {
  if (assessed.length === 0) return
  await sql`
    insert into month_verdicts (tenant_id, clinic_id, patient_id, month, lane, outcome, family, lines, owner_role, cause_id, cause, since, allowed_cents,
      counted_seconds, practitioner_id, care_manager_id, record, facts_sha256, book, assessed_at)
    select ${tx.tenantId}::uuid, ${clinicId}::uuid, r.patient_id, ${month}, r.lane, r.outcome, r.family, r.lines, r.owner_role, r.cause_id, r.cause, ${now}::timestamptz,
      r.allowed_cents, r.counted_seconds, r.practitioner_id, r.care_manager_id, decode(r.record, 'base64'), r.facts_sha256, ${bookHash}, ${now}::timestamptz
    from ${recordsOf(assessed)}
    order by r.patient_id
    on conflict (tenant_id, month, patient_id) do update set clinic_id = excluded.clinic_id, lane = excluded.lane, outcome = excluded.outcome, family = excluded.family,
      lines = excluded.lines, owner_role = excluded.owner_role, cause = excluded.cause,
      since = case when month_verdicts.cause_id is not distinct from excluded.cause_id and month_verdicts.lane = excluded.lane then month_verdicts.since else excluded.since end,
      cause_id = excluded.cause_id, allowed_cents = excluded.allowed_cents, counted_seconds = excluded.counted_seconds, practitioner_id = excluded.practitioner_id,
      care_manager_id = excluded.care_manager_id, record = excluded.record, facts_sha256 = excluded.facts_sha256, book = excluded.book,
      assessed_at = excluded.assessed_at`.execute(tx.db)
}

/** Assessed months as a recordset `r`. */
function recordsOf(assessed: readonly Assessed[]) {
  const rows = assessed.map((one) => ({
    patient_id: one.patientId,
    lane: one.lane,
    outcome: one.outcome,
    family: one.family,
    lines: one.lines,
    owner_role: one.ownerRole,
    cause_id: one.causeId,
    cause: one.cause,
    allowed_cents: one.allowedCents,
    counted_seconds: one.countedSeconds,
    practitioner_id: one.practitionerId,
    care_manager_id: one.careManagerId,
    qmb: one.qmb,
    primary_decision_id: one.primaryDecisionId,
    record: one.record.bytes.toString('base64'),
    facts_sha256: one.factsSha256,
    snapshot_sha256: one.record.sha256,
  }))
  return sql`json_to_recordset(${json(rows)}::json) as r (patient_id uuid, lane text, outcome text, family text, lines jsonb, owner_role text, cause_id text, cause text,
    allowed_cents integer, counted_seconds integer, practitioner_id uuid, care_manager_id uuid, qmb boolean, primary_decision_id uuid, record text, facts_sha256 text, snapshot_sha256 text)`
}

/** Takes out the verdicts of patients who no longer belong to the month; null keeps nobody. */
export async function deleteVerdicts(
  tx: Tx,
  clinicId: string,
  month: string,
  keep: readonly string[] | null,
): Promise<void> {
  await sql`delete from month_verdicts where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month}
    and not (patient_id = any (${[...(keep ?? [])]}::uuid[]))`.execute(tx.db)
}

/** Takes out what a clinic has judged of some patients' month; what another clinic has of them stays. */
export async function deleteVerdictsOf(
  tx: Tx,
  clinicId: string,
  month: string,
  patientIds: readonly string[],
): Promise<void> {
  if (patientIds.length === 0) return
  await sql`delete from month_verdicts where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} and patient_id = any (${[...patientIds]}::uuid[])`.execute(
    tx.db,
  )
}

const closeColumns = sql<CloseRow>`c.id, c.month, c.phase, c.counts, c.book, c.started_by as "startedById", s.name as "startedByName", c.started_at as "startedAt",
  c.worker, c.lease_until as "leaseUntil", c.finished_at as "finishedAt"`

export async function readClose(tx: Tx, clinicId: string, month: string): Promise<CloseRow | null> {
  const { rows } =
    await sql<CloseRow>`select ${closeColumns} from month_closes c left join staff s on s.tenant_id = c.tenant_id and s.id = c.started_by
    where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.month = ${month}`.execute(tx.db)
  return rows[0] ?? null
}

/** The oldest close that nobody works on any more; null when there is none. */
export async function readStalledClose(tx: Tx, now: Date): Promise<{ clinicId: string; month: string } | null> {
  const { rows } = await sql<{ clinicId: string; month: string }>`
    select clinic_id as "clinicId", month from month_closes where tenant_id = ${tx.tenantId} and phase <> 'done' and (lease_until is null or lease_until <= ${now})
    order by started_at limit 1`.execute(tx.db)
  return rows[0] ?? null
}

export interface Lease {
  worker: string
  until: Date
}

export async function insertClose(
  tx: Tx,
  close: { clinicId: string; month: string; counts: CloseCounts; by: string | null; now: Date; lease: Lease },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('month_closes')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: close.clinicId,
      month: close.month,
      phase: 'freeze',
      book: bookHash,
      counts: json(close.counts),
      started_by: close.by,
      started_at: close.now,
      worker: close.lease.worker,
      lease_until: close.lease.until,
    })
    .execute()
  return id
}

/** Takes a close over from a worker that is gone. False where somebody else was faster. */
export async function takeClose(tx: Tx, id: string, now: Date, lease: Lease): Promise<boolean> {
  const { rows } = await sql`update month_closes set worker = ${lease.worker}, lease_until = ${lease.until}
    where tenant_id = ${tx.tenantId} and id = ${id} and phase <> 'done' and (lease_until is null or lease_until <= ${now}) returning id`.execute(
    tx.db,
  )
  return rows.length > 0
}

/**
 * Writes how far a close has come, in the transaction of the work itself, and renews the lease. False where the
 * lease is another's by now: then the caller's work must not be committed.
 */
export async function saveProgress(
  tx: Tx,
  id: string,
  progress: { phase: MonthClose['phase']; counts: CloseCounts; lease: Lease; finishedAt: Date | null },
): Promise<boolean> {
  const { rows } = await sql`
    update month_closes set phase = ${progress.phase}, counts = ${json(progress.counts)}::jsonb, finished_at = ${progress.finishedAt},
      lease_until = ${progress.finishedAt === null ? progress.lease.until : null}
    where tenant_id = ${tx.tenantId} and id = ${id} and worker = ${progress.lease.worker} and phase <> 'done' returning id`.execute(
    tx.db,
  )
  return rows.length > 0
}

export async function releaseClose(tx: Tx, id: string, worker: string): Promise<void> {
  await sql`update month_closes set lease_until = null where tenant_id = ${tx.tenantId} and id = ${id} and worker = ${worker}`.execute(
    tx.db,
  )
}

/**
 * Freezes assessed months, in the order of the patients. They are written once, into the rows in which they stay: a worker
 * that lost its lease finds them there, and its lost lease is what stops it.
 */
export async function insertFrozen(
  tx: Tx,
  close: { id: string; clinicId: string; month: string; at: Date },
  assessed: readonly Assessed[],
): Promise<void> {
  if (assessed.length === 0) return
  await sql`
    insert into closed_months (tenant_id, month, patient_id, clinic_id, close_id, lane, outcome, family, lines, owner_role, cause_id, cause, allowed_cents, counted_seconds,
      practitioner_id, care_manager_id, qmb, primary_decision_id, record, snapshot_sha256, book, frozen_at)
    select ${tx.tenantId}::uuid, ${close.month}, r.patient_id, ${close.clinicId}::uuid, ${close.id}::uuid, r.lane, r.outcome, r.family, r.lines, r.owner_role, r.cause_id, r.cause,
      r.allowed_cents, r.counted_seconds, r.practitioner_id, r.care_manager_id, r.qmb, r.primary_decision_id, decode(r.record, 'base64'), r.snapshot_sha256, ${bookHash}, ${close.at}::timestamptz
    from ${recordsOf(assessed)}
    order by r.patient_id
    on conflict (tenant_id, month, patient_id) do nothing`.execute(tx.db)
}

/** The next frozen months of a clinic, in the order of the patients: how many, and the last of them. */
export async function countFrozen(
  tx: Tx,
  close: { clinicId: string; month: string; cursor: string | null; limit: number },
): Promise<{ frozen: number; cursor: string | null }> {
  const { rows } = await sql<{ id: string }>`
    select patient_id as id from closed_months where tenant_id = ${tx.tenantId} and clinic_id = ${close.clinicId} and month = ${close.month}
      and patient_id > ${close.cursor ?? '00000000-0000-0000-0000-000000000000'} order by patient_id limit ${close.limit}`.execute(
    tx.db,
  )
  return { frozen: rows.length, cursor: rows.at(-1)?.id ?? close.cursor }
}

/** The ready patients of a closed month after `cursor`, for the claims. */
export async function listReadyPatients(
  tx: Tx,
  clinicId: string,
  month: string,
  cursor: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select patient_id as id from closed_months where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} and lane = 'ready'
      and patient_id > ${cursor ?? '00000000-0000-0000-0000-000000000000'} order by patient_id limit ${limit}`.execute(
    tx.db,
  )
  return rows.map(({ id }) => id)
}

export async function insertChoice(
  tx: Tx,
  choice: {
    patientId: string
    month: string
    family: string | null
    program: string | null
    practitionerId: string | null
    hospiceCare: string | null
    reason: string
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('month_choices')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: choice.patientId,
      month: choice.month,
      family: choice.family,
      program: choice.program,
      practitioner_id: choice.practitionerId,
      hospice_care: choice.hospiceCare,
      reason: choice.reason,
      chosen_by: choice.by,
      chosen_at: choice.now,
    })
    .execute()
  return id
}

export interface CorrectionRow {
  id: string
  patientId: string
  patientName: string
  month: string
  cause: string
  detail: string
  timeEntryId: string | null
  before: unknown
  /** The frozen month's record. A case that was opened while the close ran has nothing before but this. */
  frozen: Uint8Array | null
  after: unknown
  differenceCents: number | null
  openedById: string
  openedByName: string
  openedAt: Date
  resolution: 'replace_claim' | 'new_claim' | 'pay_back' | 'no_change' | null
  resolutionNote: string | null
  resolvedById: string | null
  resolvedByName: string | null
  resolvedAt: Date | null
}

export async function insertCorrection(
  tx: Tx,
  correction: {
    patientId: string
    month: string
    cause: string
    detail: string
    timeEntryId: string | null
    by: string
    now: Date
    before: unknown
    after: unknown
    differenceCents: number | null
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('correction_cases')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: correction.patientId,
      month: correction.month,
      cause: correction.cause,
      detail: correction.detail,
      time_entry_id: correction.timeEntryId,
      before_verdict: correction.before === null ? null : json(correction.before),
      after_verdict: correction.after === null ? null : json(correction.after),
      difference_cents: correction.differenceCents,
      opened_by: correction.by,
      opened_at: correction.now,
    })
    .execute()
  return id
}

const correctionColumns = sql<CorrectionRow>`c.id, c.patient_id as "patientId", p.given || ' ' || p.family as "patientName", c.month, c.cause, c.detail,
  c.time_entry_id as "timeEntryId", c.before_verdict as before, case when c.before_verdict is null then f.record end as frozen, c.after_verdict as after, c.difference_cents as "differenceCents",
  c.opened_by as "openedById", o.name as "openedByName", c.opened_at as "openedAt", c.resolution, c.resolution_note as "resolutionNote",
  c.resolved_by as "resolvedById", r.name as "resolvedByName", c.resolved_at as "resolvedAt"`
const correctionJoins = sql`from correction_cases c
  join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
  join staff o on o.tenant_id = c.tenant_id and o.id = c.opened_by
  left join staff r on r.tenant_id = c.tenant_id and r.id = c.resolved_by
  left join closed_months f on f.tenant_id = c.tenant_id and f.month = c.month and f.patient_id = c.patient_id`

/** Ends the open cases of one cause of a patient's month, because a newer one says what they said and more. */
export async function supersedeCorrections(
  tx: Tx,
  of: { patientId: string; month: string; cause: string; note: string; by: string; now: Date },
): Promise<void> {
  await sql`update correction_cases set resolution = 'no_change', resolution_note = ${of.note}, resolved_by = ${of.by}::uuid, resolved_at = ${of.now}
    where tenant_id = ${tx.tenantId} and patient_id = ${of.patientId} and month = ${of.month} and cause = ${of.cause} and resolved_at is null`.execute(
    tx.db,
  )
}

export async function listCorrections(
  tx: Tx,
  filter: { clinicId: string; month: string | null; state: 'open' | 'resolved' | 'all'; limit: number },
): Promise<CorrectionRow[]> {
  const { rows } = await sql<CorrectionRow>`select ${correctionColumns} ${correctionJoins}
    where c.tenant_id = ${tx.tenantId} and p.clinic_id = ${filter.clinicId} and (${filter.month}::text is null or c.month = ${filter.month})
      and (${filter.state} = 'all' or (c.resolved_at is null) = (${filter.state} = 'open'))
    order by c.opened_at desc, c.id desc limit ${filter.limit}`.execute(tx.db)
  return rows
}

export async function countOpenCorrections(tx: Tx, clinicId: string, month: string | null): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from correction_cases c join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
    where c.tenant_id = ${tx.tenantId} and p.clinic_id = ${clinicId} and (${month}::text is null or c.month = ${month}) and c.resolved_at is null`.execute(
    tx.db,
  )
  return rows[0]?.count ?? 0
}

/** A correction case, its row locked for the resolution. */
export async function lockCorrection(tx: Tx, clinicId: string, id: string): Promise<CorrectionRow | null> {
  await sql`select id from correction_cases where tenant_id = ${tx.tenantId} and id = ${id} for update`.execute(tx.db)
  return readCorrection(tx, clinicId, id)
}

export async function readCorrection(tx: Tx, clinicId: string, id: string): Promise<CorrectionRow | null> {
  const { rows } = await sql<CorrectionRow>`select ${correctionColumns} ${correctionJoins}
    where c.tenant_id = ${tx.tenantId} and p.clinic_id = ${clinicId} and c.id = ${id}`.execute(tx.db)
  return rows[0] ?? null
}

export async function saveResolution(
  tx: Tx,
  id: string,
  resolution: { resolution: string; note: string; by: string; now: Date },
): Promise<void> {
  await sql`update correction_cases set resolution = ${resolution.resolution}, resolution_note = ${resolution.note}, resolved_by = ${resolution.by}, resolved_at = ${resolution.now}
    where tenant_id = ${tx.tenantId} and id = ${id} and resolved_at is null`.execute(tx.db)
}
