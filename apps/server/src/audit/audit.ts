import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { json } from '../db/database.ts'
import type { Actor } from '../kernel/actor.ts'
import { canonicalJson, newId, sha256 } from '../kernel/ids.ts'

/** One deed as the audit trail keeps it. `detail` names fields and counts, never clinical text. */
export interface AuditEvent {
  deed: string
  endpoint: string
  actor: Actor
  patientId?: string | undefined
  subjectId?: string | undefined
  outcome: 'done' | 'refused'
  detail?: Record<string, unknown>
  source?: string | undefined
  at: Date
  /** The patients about whom the deed may have changed something: their rows of the worklist are judged anew. */
  changedPatientIds?: readonly string[]
}

/**
 * Appends an event in the transaction of its deed: if this fails, the deed does not happen. The leaf is
 * the SHA-256 of a zero byte and the event's canonical JSON (as in RFC 6962), for a sealer to chain.
 */
export async function appendAuditEvent(tx: Tx, event: AuditEvent): Promise<void> {
  const row = {
    id: newId(),
    happened_at: event.at.toISOString(),
    deed: event.deed,
    endpoint: event.endpoint,
    actor_id: event.actor.id,
    actor_name: event.actor.name,
    actor_roles: [...event.actor.roles],
    patient_id: event.patientId ?? null,
    subject_id: event.subjectId ?? null,
    outcome: event.outcome,
    detail: event.detail ?? {},
    source: event.source ?? null,
  }
  const changed = event.changedPatientIds ?? []
  const own = sql`tenant_id = ${tx.tenantId}`
  const ids = sql`any (${[...changed]}::uuid[])`
  const raised = sql`with raised as (
    insert into worklist_rows (tenant_id, clinic_id, patient_id, changes)
    select ${tx.tenantId}::uuid, clinic_id, id, 1 from (select clinic_id, id from patients where ${own} and id = ${ids}
      union select clinic_id, patient_id from enrollments where ${own} and patient_id = ${ids}) p order by id, clinic_id
    on conflict (tenant_id, clinic_id, patient_id) do update set changes = worklist_rows.changes + 1)`
  await sql`${changed.length === 0 ? sql`` : raised}
    insert into audit_events (tenant_id, id, happened_at, deed, endpoint, actor_id, actor_name, actor_roles, patient_id, subject_id, outcome, detail, source, leaf_sha256)
    values (${tx.tenantId}, ${row.id}, ${row.happened_at}, ${row.deed}, ${row.endpoint}, ${row.actor_id}, ${row.actor_name}, ${row.actor_roles}, ${row.patient_id},
      ${row.subject_id}, ${row.outcome}, ${json(row.detail)}, ${row.source}, ${auditLeaf(row)})`.execute(tx.db)
}

export function auditLeaf(row: Record<string, unknown>): string {
  return sha256(`\u0000${canonicalJson(row)}`)
}
