import * as deeds from './edits.actions.ts'

export { holdingClaims } from './edits.actions.ts'

export const handlers = {
  'edits.list': deeds.list,
  'edits.choices': deeds.choices,
  'edits.propose': deeds.propose,
  'edits.test': deeds.test,
  'edits.switchOn': deeds.switchOn,
  'edits.switchOff': deeds.switchOff,
  'edits.letPass': deeds.letPass,
}
