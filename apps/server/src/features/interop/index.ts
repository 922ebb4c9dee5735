import * as deeds from './interop.actions.ts'

export { type ImportFilesOptions, importFhirFiles } from './interop.actions.ts'
export type { ImportOutcome } from './run-import.ts'

export const handlers = {
  'interop.importFile': deeds.importFile,
  'interop.list': deeds.list,
  'interop.get': deeds.get,
  'interop.progress': deeds.progress,
  'interop.resource': deeds.resource,
}
