import * as deeds from './denials.actions.ts'

export { closeDenialsOf, insertDenials } from './denials.store.ts'
export { type DecidedClaim, denialsOf } from './denials.ts'

export const handlers = {
  'denials.list': deeds.list,
  'denials.get': deeds.get,
  'denials.assign': deeds.assign,
  'denials.record': deeds.record,
  'denials.packet': deeds.packet,
  'denials.billAnew': deeds.billAnew,
  'denials.resolve': deeds.resolve,
}
