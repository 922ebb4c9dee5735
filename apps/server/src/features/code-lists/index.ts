import * as deeds from './code-lists.actions.ts'

export { type CodeOnDay, codeTexts, diagnosesOnDays } from './code-lists.store.ts'

export const handlers = {
  'codeLists.list': deeds.list,
  'codeLists.bringIn': deeds.bringIn,
  'codeLists.compare': deeds.compare,
  'codeLists.takeIn': deeds.takeIn,
  'codeLists.takeBack': deeds.takeBack,
}
