import { firstDayOf, lastDayOf } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { triesAtMost } from './coverage-sweeps.ts'

export interface SweepRow {
  id: string
  month: string
  startedAt: Date
  startedById: string | null
  startedByName: string | null
  endedAt: Date | null
  nextAt: Date
  silent: number
}

const columns = sql`w.id, w.month, w.started_at as "startedAt", w.started_by as "startedById", s.name as "startedByName", w.ended_at as "endedAt",
  w.next_at as "nextAt", w.silent`

/** The newest sweep of a month. */
export async function readSweep(tx: Tx, clinicId: string, month: string): Promise<SweepRow | undefined> {
  const { rows } = await sql<SweepRow>`
    select ${columns} from coverage_sweeps w left join staff s on s.tenant_id = w.tenant_id and s.id = w.started_by
    where w.tenant_id = ${tx.tenantId} and w.clinic_id = ${clinicId} and w.month = ${month} order by w.started_at desc, w.id desc limit 1`.execute(
    tx.db,
  )
  return rows[0]
}

/** Begins a sweep, unless one goes on; undefined then. */
export async function insertSweep(
  tx: Tx,
  sweep: { clinicId: string; month: string; by: string | null; now: Date },
): Promise<string | undefined> {
  const id = newId()
  const row = await tx.db
    .insertInto('coverage_sweeps')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: sweep.clinicId,
      month: sweep.month,
      started_by: sweep.by,
      started_at: sweep.now,
      next_at: sweep.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** The sweep of the month that is due, locked; a colleague that works on it keeps it. */
export async function lockDueSweep(
  tx: Tx,
  due: { clinicId: string; month: string; now: Date },
): Promise<{ id: string; startedAt: Date; silent: number } | undefined> {
  return tx.db
    .selectFrom('coverage_sweeps')
    .select(['id', 'started_at as startedAt', 'silent'])
    .where('tenant_id', '=', tx.tenantId)
    .where('clinic_id', '=', due.clinicId)
    .where('month', '=', due.month)
    .where('ended_at', 'is', null)
    .where('next_at', '<=', due.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

export async function setSweep(
  tx: Tx,
  id: string,
  change: { next_at?: Date; silent?: number; ended_at?: Date },
): Promise<void> {
  await tx.db
    .updateTable('coverage_sweeps')
    .set(change)
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

/** A month that is over is not asked about any more. */
export async function endOldSweeps(tx: Tx, clinicId: string, month: string, now: Date): Promise<void> {
  await tx.db
    .updateTable('coverage_sweeps')
    .set({ ended_at: now })
    .where('tenant_id', '=', tx.tenantId)
    .where('clinic_id', '=', clinicId)
    .where('month', '<', month)
    .where('ended_at', 'is', null)
    .execute()
}

/** Living patients enrolled on some day of the month. */
export const enrolledIn = (tx: Tx, clinicId: string, month: string) => sql`
  select p.id, p.given || ' ' || p.family as name, p.family, p.given from patients p where p.tenant_id = ${tx.tenantId} and not p.deceased and exists (
    select 1 from enrollments e left join enrollment_ends x on x.tenant_id = e.tenant_id and x.enrollment_id = e.id
    where e.tenant_id = p.tenant_id and e.patient_id = p.id and e.clinic_id = ${clinicId} and e.enrolled_on <= ${lastDayOf(month)}::date
      and (x.id is null or x.ended_on >= ${firstDayOf(month)}::date))`

/**
 * Who is asked about next: nobody who was answered, or refused for a reason, since the sweep began; those whom the service
 * gave no answer for come last, three times at most.
 */
export async function nextPatient(
  tx: Tx,
  sweep: { clinicId: string; month: string; startedAt: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select n.id from (${enrolledIn(tx, sweep.clinicId, sweep.month)}) n
    join lateral (select count(*) as asked, count(*) filter (where c.request_270 is not null and c.response_271 is null) as silent
      from eligibility_checks c where c.tenant_id = ${tx.tenantId} and c.patient_id = n.id and c.requested_at >= ${sweep.startedAt}) t on t.asked = t.silent
    where t.silent < ${triesAtMost} order by t.silent, n.id limit 1`.execute(tx.db)
  return rows[0]?.id
}

/** Writes what was done about a change; false where somebody has written it before. */
export async function insertLook(
  tx: Tx,
  look: { changeId: string; note: string; by: string; now: Date },
): Promise<boolean> {
  const row = await tx.db
    .insertInto('coverage_looks')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      change_id: look.changeId,
      note: look.note,
      looked_by: look.by,
      looked_at: look.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
