import type { BreakGlass } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'

export interface OpeningRow {
  id: string
  patientId: string
  patientName: string
  staffId: string
  staffName: string
  reasonCode: BreakGlass['reasonCode']
  reason: string
  openedAt: Date
  expiresAt: Date
  reviewedById: string | null
  reviewedByName: string | null
  reviewedAt: Date | null
  reviewOutcome: 'justified' | 'questioned' | null
  reviewNote: string | null
}

const columns = sql<OpeningRow>`b.id, b.patient_id as "patientId", p.given || ' ' || p.family as "patientName", b.staff_id as "staffId", s.name as "staffName",
  b.reason_code as "reasonCode", b.reason, b.opened_at as "openedAt", b.expires_at as "expiresAt", b.reviewed_by as "reviewedById", r.name as "reviewedByName",
  b.reviewed_at as "reviewedAt", b.review_outcome as "reviewOutcome", b.review_note as "reviewNote"`
const joins = sql`from break_glass b
  join patients p on p.tenant_id = b.tenant_id and p.id = b.patient_id
  join staff s on s.tenant_id = b.tenant_id and s.id = b.staff_id
  left join staff r on r.tenant_id = b.tenant_id and r.id = b.reviewed_by`

export async function insertOpening(
  tx: Tx,
  opening: { patientId: string; staffId: string; reasonCode: string; reason: string; openedAt: Date; expiresAt: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('break_glass')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: opening.patientId,
      staff_id: opening.staffId,
      reason_code: opening.reasonCode,
      reason: opening.reason,
      opened_at: opening.openedAt,
      expires_at: opening.expiresAt,
    })
    .execute()
  return id
}

export async function readOpening(tx: Tx, id: string): Promise<OpeningRow> {
  const { rows } =
    await sql<OpeningRow>`select ${columns} ${joins} where b.tenant_id = ${tx.tenantId} and b.id = ${id}`.execute(tx.db)
  return found(rows[0], 'There is no such opening.')
}

/** The person's newest opening of this patient, whether it still lasts or not. */
export async function latestOpening(tx: Tx, staffId: string, patientId: string): Promise<OpeningRow | null> {
  const { rows } = await sql<OpeningRow>`select ${columns} ${joins}
    where b.tenant_id = ${tx.tenantId} and b.staff_id = ${staffId} and b.patient_id = ${patientId} order by b.opened_at desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

/** The newest 300, those without a review first; `reviewed` narrows to one sort. */
export async function listOpenings(tx: Tx, reviewed: boolean | undefined): Promise<OpeningRow[]> {
  const { rows } = await sql<OpeningRow>`select ${columns} ${joins}
    where b.tenant_id = ${tx.tenantId} and (${reviewed ?? null}::boolean is null or (b.reviewed_at is not null) = ${reviewed ?? null})
    order by (b.reviewed_at is not null), b.opened_at desc limit 300`.execute(tx.db)
  return rows
}

export async function updateReview(
  tx: Tx,
  id: string,
  review: { by: string; at: Date; outcome: string; note: string | null },
): Promise<void> {
  await tx.db
    .updateTable('break_glass')
    .set({ reviewed_by: review.by, reviewed_at: review.at, review_outcome: review.outcome, review_note: review.note })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .where('reviewed_at', 'is', null)
    .execute()
}

export async function insertNote(
  tx: Tx,
  note: {
    patientId: string
    openingId: string
    callerName: string
    callerPhone: string | null
    whatHappened: string
    advice: string
    taskId: string | null
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('on_call_notes')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: note.patientId,
      break_glass_id: note.openingId,
      caller_name: note.callerName,
      caller_phone: note.callerPhone,
      what_happened: note.whatHappened,
      advice: note.advice,
      hand_over_task_id: note.taskId,
      written_by: note.by,
      written_at: note.now,
    })
    .execute()
  return id
}
