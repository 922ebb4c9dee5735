import type { CheckFacts, CoverageChange, PriorityLevel } from '@keepwell/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import type { Told } from './coverage-changes.ts'
import { dayBefore, type Judgment, type ToldCoverage } from './medicare-check.ts'

export interface MarkRow {
  patientId: string
  level: z.infer<typeof PriorityLevel>
  reason: string
  byId: string
  byName: string
  at: Date
}

/** The newest priority marks of each patient, at most `each` of them, the newest first. */
export async function listMarks(tx: Tx, patientIds: readonly string[], each: number): Promise<MarkRow[]> {
  if (patientIds.length === 0) return []
  const { rows } = await sql<MarkRow>`
    select patient_id as "patientId", level, reason, marked_by as "byId", name as "byName", marked_at as "at" from (
      select m.*, s.name, row_number() over (partition by m.patient_id order by m.marked_at desc, m.id desc) as nth
      from priority_marks m join staff s on s.tenant_id = m.tenant_id and s.id = m.marked_by
      where m.tenant_id = ${tx.tenantId} and m.patient_id = any (${[...patientIds]}::uuid[])) m
    where nth <= ${each} order by patient_id, nth limit ${patientIds.length * each}`.execute(tx.db)
  return rows
}

export async function insertMark(
  tx: Tx,
  mark: { patientId: string; level: MarkRow['level']; reason: string; by: string; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('priority_marks')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: mark.patientId,
      level: mark.level,
      reason: mark.reason,
      marked_by: mark.by,
      marked_at: mark.now,
    })
    .execute()
  return id
}

export interface CheckRow {
  id: string
  patientId: string
  serviceOn: string
  verdict: Judgment['verdict']
  reasons: string[]
  facts: CheckFacts | null
  failure: string | null
  /** Null where a sweep asked by itself. */
  byId: string | null
  byName: string | null
  at: Date
}

/** The newest checks of each patient, at most `each` of them, the newest first. */
export async function listChecks(tx: Tx, patientIds: readonly string[], each: number): Promise<CheckRow[]> {
  if (patientIds.length === 0) return []
  const { rows } = await sql<CheckRow>`
    select id, patient_id as "patientId", service_on as "serviceOn", verdict, reasons, facts, failure, requested_by as "byId", name as "byName", requested_at as "at" from (
      select c.*, s.name, row_number() over (partition by c.patient_id order by c.requested_at desc, c.id desc) as nth
      from eligibility_checks c left join staff s on s.tenant_id = c.tenant_id and s.id = c.requested_by
      where c.tenant_id = ${tx.tenantId} and c.patient_id = any (${[...patientIds]}::uuid[])) c
    where nth <= ${each} order by patient_id, nth limit ${patientIds.length * each}`.execute(tx.db)
  return rows
}

export async function insertCheck(
  tx: Tx,
  check: {
    id: string
    patientId: string
    serviceOn: string
    judgment: Judgment
    request270: string | null
    response271: string | null
    by: string | null
    now: Date
  },
): Promise<void> {
  const { verdict, reasons, failure, facts } = check.judgment
  await tx.db
    .insertInto('eligibility_checks')
    .values({
      tenant_id: tx.tenantId,
      id: check.id,
      patient_id: check.patientId,
      service_on: check.serviceOn,
      verdict,
      reasons: json(reasons),
      facts: json(facts),
      failure,
      request_270: check.request270,
      response_271: check.response271,
      requested_by: check.by,
      requested_at: check.now,
    })
    .execute()
}

/** What the newest answer about the patient told; null while there was none. */
export async function lastTold(tx: Tx, patientId: string): Promise<Told | null> {
  const { rows } = await sql<Told>`
    select facts, service_on as "serviceOn" from eligibility_checks
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and failure is null and jsonb_typeof(facts) = 'object'
    order by requested_at desc, id desc limit 1`.execute(tx.db)
  return rows[0] ?? null
}

export async function insertChanges(
  tx: Tx,
  told: { patientId: string; checkId: string; changes: readonly CoverageChange[]; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('coverage_changes')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      patient_id: told.patientId,
      check_id: told.checkId,
      changes: json(told.changes),
      recorded_at: told.now,
    })
    .execute()
}

/**
 * Brings the patient's coverages from 271s to what the newest answer tells: told ones are written, those told
 * before and not any more end on the day before.
 */
export async function saveToldCoverages(
  tx: Tx,
  patientId: string,
  told: readonly ToldCoverage[],
  answer: { serviceOn: string; now: Date },
): Promise<void> {
  const sourceId = (one: ToldCoverage) => `${patientId}:${one.kind}:${one.number}`
  for (const one of told) {
    await tx.db
      .insertInto('coverages')
      .values({
        tenant_id: tx.tenantId,
        id: newId(),
        patient_id: patientId,
        source: '271',
        source_id: sourceId(one),
        kind: one.kind,
        payer_name: one.payerName,
        member_id: one.memberId,
        from_on: one.from,
        to_on: one.to,
        recorded_at: answer.now,
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'source', 'source_id']).doUpdateSet({
          payer_name: one.payerName,
          member_id: one.memberId,
          from_on: one.from,
          to_on: one.to,
          recorded_at: answer.now,
        }),
      )
      .execute()
  }
  const lastDay = dayBefore(answer.serviceOn)
  await sql`update coverages set to_on = greatest(${lastDay}::date, from_on), recorded_at = ${answer.now}
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and source = '271' and not (source_id = any (${told.map(sourceId)}::text[]))
      and (to_on is null or to_on > ${lastDay}::date)`.execute(tx.db)
}
