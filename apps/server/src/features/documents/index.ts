import * as deeds from './documents.actions.ts'

export { deliverNextEhrItem } from './documents.actions.ts'
export { insertDocument, queueForEhr, readContent, readDocument, sha1Base64 } from './documents.store.ts'

export const handlers = {
  'documents.list': deeds.list,
  'documents.upload': deeds.upload,
  'documents.content': deeds.content,
  'ehr.outbox': deeds.outbox,
  'ehr.retry': deeds.retry,
}
