import { createHash } from 'node:crypto'
import type { DocumentKind } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId, sha256 } from '../../kernel/ids.ts'
import { assert, found } from '../../kernel/problem.ts'

export interface StoredDocument {
  id: string
  patientId: string | null
  kind: DocumentKind
  name: string
  mediaType: string
  sizeBytes: number
  sha256: string
  storedAt: Date
  storedById: string
  storedByName: string
  ehrStatus: 'queued' | 'sent' | 'failed' | null
  ehrReceipt: string | null
}

const columns = sql<StoredDocument>`d.id, d.patient_id as "patientId", d.kind, d.name, d.media_type as "mediaType", d.size_bytes as "sizeBytes",
  d.sha256, d.stored_at as "storedAt", d.stored_by as "storedById", s.name as "storedByName", o.status as "ehrStatus", o.receipt as "ehrReceipt"`
const joins = sql`from documents d
  join staff s on s.tenant_id = d.tenant_id and s.id = d.stored_by
  left join lateral (select status, receipt from ehr_outbox o where o.tenant_id = d.tenant_id and o.document_id = d.id order by queued_at desc limit 1) o on true`

/** Stores bytes with their hash; answers the id and the hash. */
export async function insertDocument(
  tx: Tx,
  document: {
    patientId: string | null
    kind: DocumentKind
    name: string
    mediaType: string
    bytes: Uint8Array
    by: string
    now: Date
  },
): Promise<{ id: string; sha256: string }> {
  const id = newId()
  const hash = sha256(document.bytes)
  await tx.db
    .insertInto('documents')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: document.patientId,
      kind: document.kind,
      name: document.name,
      media_type: document.mediaType,
      size_bytes: document.bytes.length,
      sha256: hash,
      stored_at: document.now,
      stored_by: document.by,
    })
    .execute()
  await tx.db
    .insertInto('document_contents')
    .values({ tenant_id: tx.tenantId, document_id: id, content: Buffer.from(document.bytes) })
    .execute()
  return { id, sha256: hash }
}

export async function readDocument(tx: Tx, id: string): Promise<StoredDocument> {
  const { rows } =
    await sql<StoredDocument>`select ${columns} ${joins} where d.tenant_id = ${tx.tenantId} and d.id = ${id}`.execute(
      tx.db,
    )
  return found(rows[0], 'There is no such document.')
}

export async function listDocuments(tx: Tx, patientId: string): Promise<StoredDocument[]> {
  const { rows } = await sql<StoredDocument>`select ${columns} ${joins}
    where d.tenant_id = ${tx.tenantId} and d.patient_id = ${patientId} order by d.stored_at desc limit 500`.execute(
    tx.db,
  )
  return rows
}

/** The bytes, proven against the hash that was kept with them. */
export async function readContent(tx: Tx, document: { id: string; sha256: string }): Promise<Buffer> {
  const row = await tx.db
    .selectFrom('document_contents')
    .select('content')
    .where('tenant_id', '=', tx.tenantId)
    .where('document_id', '=', document.id)
    .executeTakeFirst()
  const content = found(row, 'The content of this document is missing.').content
  assert(sha256(content) === document.sha256, `the content of document ${document.id} fits its hash`)
  return content
}

/** FHIR's Attachment.hash is the SHA-1 of the bytes in base64, by definition. */
export function sha1Base64(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('base64')
}

/** Puts a resource in line for the EHR. The row is the job; the worker delivers it. */
export async function queueForEhr(
  tx: Tx,
  item: { patientId: string; documentId: string | null; resource: { resourceType: string }; title: string; now: Date },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('ehr_outbox')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: item.patientId,
      document_id: item.documentId,
      resource_type: item.resource.resourceType,
      title: item.title,
      body: json(item.resource),
      status: 'queued',
      next_try_at: item.now,
      queued_at: item.now,
    })
    .execute()
  return id
}
