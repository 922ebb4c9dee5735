import * as deeds from './calls.actions.ts'

export type { SignedCall } from './calls.ts'
export { checkWorklist } from './worklist.checks.ts'

export const handlers = {
  'calls.workspace': deeds.workspace,
  'calls.list': deeds.list,
  'calls.get': deeds.get,
  'calls.open': deeds.open,
  'calls.answer': deeds.answer,
  'calls.escalate': deeds.escalate,
  'calls.writeNote': deeds.writeNote,
  'calls.attempt': deeds.attempt,
  'calls.sign': deeds.sign,
  'calls.scripts': deeds.scripts,
  'calls.worklist': deeds.worklist,
  'calls.preview': deeds.preview,
}
