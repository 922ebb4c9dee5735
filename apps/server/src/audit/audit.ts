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
  await tx.db
    .insertInto('audit_events')
    .values({
      tenant_id: tx.tenantId,
      ...row,
      detail: json(row.detail),
      leaf_sha256: auditLeaf(row),
    })
    .execute()
}

export function auditLeaf(row: Record<string, unknown>): string {
  return sha256(`\u0000${canonicalJson(row)}`)
}
