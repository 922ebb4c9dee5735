import type { Role } from '@keepwell/contract'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

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
      tenant_id: tx.tenantId, id, patient_id: task.patientId, kind: task.kind, title: task.title, detail: task.detail, urgency: task.urgency,
      owner_role: task.ownerRole, owner_id: task.ownerId, due_on: task.dueOn, month: task.month ?? null, subject_id: task.subjectId ?? null,
      created_by: task.by, created_at: task.now,
    })
    .execute()
  return id
}
