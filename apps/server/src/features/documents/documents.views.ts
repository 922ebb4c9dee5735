import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { StoredDocument } from './documents.store.ts'

export function presentDocument(document: StoredDocument) {
  return {
    id: document.id,
    patientId: document.patientId,
    kind: document.kind,
    name: document.name,
    mediaType: document.mediaType,
    sizeBytes: document.sizeBytes,
    sha256: document.sha256,
    storedAt: document.storedAt.toISOString(),
    storedBy: { id: document.storedById, name: document.storedByName },
    ehr: { status: document.ehrStatus ?? ('none' as const), receipt: document.ehrReceipt },
  }
}

export interface EhrItemRow {
  id: string
  patientId: string
  patientName: string
  documentId: string | null
  resourceType: string
  title: string
  body: unknown
  status: 'queued' | 'sent' | 'failed'
  attempts: number
  receipt: string | null
  lastError: string | null
  queuedAt: Date
  sentAt: Date | null
}

const columns = sql<EhrItemRow>`o.id, o.patient_id as "patientId", p.given || ' ' || p.family as "patientName", o.document_id as "documentId",
  o.resource_type as "resourceType", o.title, o.status, o.attempts, o.receipt, o.last_error as "lastError", o.queued_at as "queuedAt", o.sent_at as "sentAt"`

async function selectEhrItems(tx: Tx, status: string | undefined, id: string | undefined): Promise<EhrItemRow[]> {
  const { rows } =
    await sql<EhrItemRow>`select ${columns} from ehr_outbox o join patients p on p.tenant_id = o.tenant_id and p.id = o.patient_id
    where o.tenant_id = ${tx.tenantId} and (${status ?? null}::text is null or o.status = ${status ?? null}) and (${id ?? null}::uuid is null or o.id = ${id ?? null})
    order by o.queued_at desc limit 500`.execute(tx.db)
  return rows
}

export async function listEhrItems(tx: Tx, status?: string, id?: string) {
  return (await selectEhrItems(tx, status, id)).map(presentEhrItem)
}

export function presentEhrItem<
  T extends Omit<EhrItemRow, 'queuedAt' | 'sentAt' | 'body' | 'documentId'> & {
    queuedAt: Date | string
    sentAt: Date | string | null
  },
>(row: T) {
  return {
    id: row.id,
    patientId: row.patientId,
    patientName: row.patientName,
    resourceType: row.resourceType,
    title: row.title,
    status: row.status,
    attempts: row.attempts,
    receipt: row.receipt,
    lastError: row.lastError,
    queuedAt: new Date(row.queuedAt).toISOString(),
    sentAt: row.sentAt === null ? null : new Date(row.sentAt).toISOString(),
  }
}

/** The item that is due first; two workers never get the same one while its transaction lasts. */
export async function claimDueEhrItem(
  tx: Tx,
  now: Date,
): Promise<{ id: string; documentId: string | null; body: unknown; attempts: number } | undefined> {
  const { rows } = await sql<{ id: string; documentId: string | null; body: unknown; attempts: number }>`
    update ehr_outbox set next_try_at = ${new Date(now.getTime() + 60_000)}
    where tenant_id = ${tx.tenantId} and id = (
      select id from ehr_outbox where tenant_id = ${tx.tenantId} and status = 'queued' and next_try_at <= ${now}
      order by queued_at limit 1 for update skip locked)
    returning id, document_id as "documentId", body, attempts`.execute(tx.db)
  return rows[0]
}
