import { contract } from '@keepwell/contract'
import { action } from '../../action/action.ts'
import type { Tx } from '../../db/database.ts'
import { found, orThrow, Problem } from '../../kernel/problem.ts'
import type { EhrWriter } from '../../outside/ehr/ehr-writer.ts'
import { requirePatient } from '../patients/index.ts'
import { insertDocument, listDocuments, readContent, readDocument } from './documents.store.ts'
import { decideScan } from './documents.ts'
import { claimDueEhrItem, listEhrItems, presentDocument, presentEhrItem } from './documents.views.ts'

export const list = action(contract.documents.list, async ({ tx }, { params }) => {
  await requirePatient(tx, params.patientId)
  return { items: (await listDocuments(tx, params.patientId)).map(presentDocument) }
})

export const upload = action(contract.documents.upload, async ({ tx, by, now, touch }, { params, query, file }) => {
  await requirePatient(tx, params.patientId)
  const bytes = await collect(file)
  const scan = orThrow(decideScan(query.name, bytes))
  const { id } = await insertDocument(tx, { patientId: params.patientId, kind: query.kind, bytes, by, now, ...scan })
  touch({ subjectId: id, detail: { kind: query.kind, sizeBytes: bytes.length } })
  return presentDocument(await readDocument(tx, id))
})

export const content = action(contract.documents.content, async ({ tx, touch }, { params }) => {
  const document = await readDocument(tx, params.id)
  touch({ subjectId: document.id, ...(document.patientId === null ? {} : { patientId: document.patientId }) })
  return { name: document.name, mediaType: document.mediaType, bytes: await readContent(tx, document), inline: true }
})

export const outbox = action(contract.ehr.outbox, async ({ tx }, { query }) => ({
  items: await listEhrItems(tx, query.status),
}))

export const retry = action(contract.ehr.retry, async ({ tx, now, touch }, { params }) => {
  const item = found((await listEhrItems(tx, undefined, params.id))[0], 'There is no such item.')
  if (item.status === 'sent') throw new Problem('conflict', 'The EHR has taken it already.')
  await tx.db
    .updateTable('ehr_outbox')
    .set({ status: 'queued', next_try_at: now })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', params.id)
    .execute()
  touch({ subjectId: params.id, patientId: item.patientId })
  return presentEhrItem({ ...item, status: 'queued' })
})

const triesAtMost = 5

/**
 * Delivers the next item that is due, if there is one. The EHR is spoken to with no transaction open; its own
 * identifier lets it recognise what it has, so that a crash in between costs a second try and no second copy.
 */
export async function deliverNextEhrItem(
  step: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  writer: EhrWriter,
  now: Date,
): Promise<boolean> {
  const due = await step(async (tx) => {
    const item = await claimDueEhrItem(tx, now)
    if (item === undefined) return undefined
    const document = item.documentId === null ? null : await readDocument(tx, item.documentId)
    return { item, bytes: document === null ? null : await readContent(tx, document) }
  })
  if (due === undefined) return false
  const outcome = await writer.write(due.item.body as Record<string, unknown>, due.bytes).then(
    ({ receipt }) => ({ status: 'sent' as const, receipt, last_error: null, sent_at: now }),
    (error: Error) => ({
      status: due.item.attempts + 1 >= triesAtMost ? ('failed' as const) : ('queued' as const),
      last_error: error.message.slice(0, 300),
      next_try_at: new Date(now.getTime() + 60_000 * 2 ** due.item.attempts),
    }),
  )
  await step((tx) =>
    tx.db
      .updateTable('ehr_outbox')
      .set({ ...outcome, attempts: due.item.attempts + 1 })
      .where('tenant_id', '=', tx.tenantId)
      .where('id', '=', due.item.id)
      .execute(),
  )
  return true
}

async function collect(file: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks)
}
