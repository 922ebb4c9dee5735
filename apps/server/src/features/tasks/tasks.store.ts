import type { Role } from '@keepwell/contract'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'

export interface NewTask {
  patientId: string | null
  /** What sort of work: clinical_question, decline_follow_up, escalation, plan_return, month_fix, call_back, … */
  kind: string
  title: string
  detail: string | null
  urgency: 'now' | 'today' | 'normal'
  ownerRole: Role
  ownerId: string | null
  dueOn: string | null
  /** The instant, where hours count. */
  dueAt?: Date | null
  /** The service month that waits for it, if one does. */
  month?: string | null
  /** The record it is about (a plan version, a claim, an introduction). */
  subjectId?: string | null
  by: string
  now: Date
}

/** Gives a person or a seat something to do; answers the task's id. */
export async function insertTask(tx: Tx, task: NewTask): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('tasks')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: task.patientId,
      kind: task.kind,
      title: task.title,
      detail: task.detail,
      urgency: task.urgency,
      owner_role: task.ownerRole,
      owner_id: task.ownerId,
      due_on: task.dueOn,
      due_at: task.dueAt ?? null,
      month: task.month ?? null,
      subject_id: task.subjectId ?? null,
      created_by: task.by,
      created_at: task.now,
    })
    .execute()
  return id
}

/** Locks a task, so that two people cannot take or close it at once. @throws Problem not_found */
export async function lockTask(tx: Tx, id: string): Promise<void> {
  const { rows } = await sql`select id from tasks where tenant_id = ${tx.tenantId} and id = ${id} for update`.execute(
    tx.db,
  )
  found(rows[0], 'There is no such task on your lists.')
}

/** Writes who took it; work that carried only a seat now carries the name. */
export async function saveAcknowledgment(tx: Tx, id: string, by: string, now: Date): Promise<void> {
  await sql`update tasks set acknowledged_by = ${by}, acknowledged_at = ${now}, owner_id = coalesce(owner_id, ${by}::uuid)
    where tenant_id = ${tx.tenantId} and id = ${id}`.execute(tx.db)
}

export async function saveCompletion(tx: Tx, id: string, answer: string | null, by: string, now: Date): Promise<void> {
  await sql`update tasks set done_by = ${by}, done_at = ${now}, answer = ${answer} where tenant_id = ${tx.tenantId} and id = ${id}`.execute(
    tx.db,
  )
}

/** The open task of a kind for a patient, or null: an alarm is not raised twice. */
export async function openTaskOf(
  tx: Tx,
  patientId: string,
  kind: string,
): Promise<{ id: string; createdAt: Date } | null> {
  const { rows } = await sql<{ id: string; createdAt: Date }>`
    select id, created_at as "createdAt" from tasks
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and kind = ${kind} and done_at is null order by created_at desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

/** The seats that a person holds, or null for nobody who works here. */
export async function rolesOf(tx: Tx, staffId: string): Promise<string[] | null> {
  const { rows } = await sql<{
    roles: string[]
  }>`select roles from staff where tenant_id = ${tx.tenantId} and id = ${staffId} and active`.execute(tx.db)
  return rows[0]?.roles ?? null
}
