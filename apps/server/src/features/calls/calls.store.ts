import type { CallAnswer, CallOutcome } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import type { ComposedScript } from './script.ts'

export interface CallRow {
  id: string
  patientId: string
  patientName: string
  clinicId: string
  staffId: string
  staffName: string
  month: string
  script: ComposedScript
  startedAt: Date
  endedAt: Date | null
  outcome: CallOutcome | null
  callBackAt: Date | null
  nextContactOn: string | null
  note: string | null
  noteEdited: boolean
  signedById: string | null
  signedByName: string | null
  signedAt: Date | null
  signedSha256: string | null
}

const columns = sql<CallRow>`c.id, c.patient_id as "patientId", p.given || ' ' || p.family as "patientName", p.clinic_id as "clinicId", c.staff_id as "staffId", s.name as "staffName", c.month,
  c.script, c.started_at as "startedAt", c.ended_at as "endedAt", c.outcome, c.call_back_at as "callBackAt", c.next_contact_on as "nextContactOn", c.note, c.note_edited as "noteEdited",
  c.signed_by as "signedById", g.name as "signedByName", c.signed_at as "signedAt", c.signed_sha256 as "signedSha256"`
const tables = sql`from calls c
  join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
  join staff s on s.tenant_id = c.tenant_id and s.id = c.staff_id
  left join staff g on g.tenant_id = c.tenant_id and g.id = c.signed_by`

/** @throws Problem not_found */
export async function readCall(tx: Tx, id: string): Promise<CallRow> {
  const { rows } =
    await sql<CallRow>`select ${columns} ${tables} where c.tenant_id = ${tx.tenantId} and c.id = ${id}`.execute(tx.db)
  return found(rows[0], 'There is no such call.')
}

/** The same with its row locked. */
export async function lockCall(tx: Tx, id: string): Promise<CallRow> {
  await sql`select id from calls where tenant_id = ${tx.tenantId} and id = ${id} for update`.execute(tx.db)
  return readCall(tx, id)
}

/** The call that a person has open with a patient, or null. */
export async function readOpenCall(tx: Tx, patientId: string, staffId: string): Promise<CallRow | null> {
  const { rows } = await sql<CallRow>`select ${columns} ${tables}
    where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} and c.staff_id = ${staffId} and c.signed_at is null order by c.started_at desc limit 1`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

/** A talk that was signed, without the script it went by: that is most of a call's weight. */
export interface LastTalk {
  id: string
  staffId: string
  staffName: string
  signedAt: Date
  note: string | null
}

/** The patient's last signed talk before an instant, or null. */
export async function readLastTalk(tx: Tx, patientId: string, before: Date): Promise<LastTalk | null> {
  const { rows } = await sql<LastTalk>`
    select c.id, c.staff_id as "staffId", s.name as "staffName", c.signed_at as "signedAt", c.note
    from calls c join staff s on s.tenant_id = c.tenant_id and s.id = c.staff_id
    where c.tenant_id = ${tx.tenantId} and c.patient_id = ${patientId} and c.outcome = 'completed' and c.signed_at is not null and c.started_at < ${before}
    order by c.started_at desc limit 1`.execute(tx.db)
  return rows[0] ?? null
}

export async function insertCall(
  tx: Tx,
  call: { patientId: string; staffId: string; month: string; script: ComposedScript; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('calls')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: call.patientId,
      staff_id: call.staffId,
      month: call.month,
      script_id: call.script.id,
      script_version: call.script.version,
      script: json(call.script),
      started_at: call.now,
    })
    .execute()
  return id
}

export async function readAnswers(tx: Tx, callId: string): Promise<Record<string, CallAnswer>> {
  const rows = await tx.db
    .selectFrom('call_answers')
    .select(['question_id', 'answer'])
    .where('tenant_id', '=', tx.tenantId)
    .where('call_id', '=', callId)
    .orderBy('question_id')
    .limit(500)
    .execute()
  return Object.fromEntries(
    rows
      .map((row) => [row.question_id, row.answer as unknown as CallAnswer])
      .filter(([, answer]) => (answer as CallAnswer).value !== null),
  )
}

export async function saveAnswer(
  tx: Tx,
  callId: string,
  questionId: string,
  answer: CallAnswer,
  now: Date,
): Promise<void> {
  await tx.db
    .insertInto('call_answers')
    .values({
      tenant_id: tx.tenantId,
      call_id: callId,
      question_id: questionId,
      answer: json(answer),
      answered_at: now,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'call_id', 'question_id']).doUpdateSet({ answer: json(answer), answered_at: now }),
    )
    .execute()
}

export async function saveNote(tx: Tx, callId: string, note: string | null): Promise<void> {
  await tx.db
    .updateTable('calls')
    .set({ note, note_edited: note !== null })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', callId)
    .execute()
}

export interface Escalation {
  questionId: string
  taskId: string
  whatWasDone: string
  byId: string
  byName: string
  at: Date
}

export async function listEscalations(tx: Tx, callId: string): Promise<Escalation[]> {
  const { rows } = await sql<Escalation>`
    select e.question_id as "questionId", e.task_id as "taskId", e.what_was_done as "whatWasDone", e.acknowledged_by as "byId", s.name as "byName", e.acknowledged_at as "at"
    from call_escalations e join staff s on s.tenant_id = e.tenant_id and s.id = e.acknowledged_by
    where e.tenant_id = ${tx.tenantId} and e.call_id = ${callId} order by e.acknowledged_at limit 100`.execute(tx.db)
  return rows
}

export async function insertEscalation(
  tx: Tx,
  callId: string,
  escalation: { questionId: string; taskId: string; whatWasDone: string; by: string; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('call_escalations')
    .values({
      tenant_id: tx.tenantId,
      call_id: callId,
      question_id: escalation.questionId,
      task_id: escalation.taskId,
      what_was_done: escalation.whatWasDone,
      acknowledged_by: escalation.by,
      acknowledged_at: escalation.now,
    })
    .execute()
}

export async function signCall(
  tx: Tx,
  callId: string,
  signed: {
    outcome: CallOutcome
    callBackAt: Date | null
    nextContactOn: string | null
    note: string
    sha256: string
    by: string
    now: Date
  },
): Promise<void> {
  await tx.db
    .updateTable('calls')
    .set({
      outcome: signed.outcome,
      call_back_at: signed.callBackAt,
      next_contact_on: signed.nextContactOn,
      note: signed.note,
      ended_at: signed.now,
      signed_by: signed.by,
      signed_at: signed.now,
      signed_sha256: signed.sha256,
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', callId)
    .execute()
}
