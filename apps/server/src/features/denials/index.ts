import * as deeds from './denials.actions.ts'

export { closeDenialsOf, insertDenials } from './denials.store.ts'
export { type DecidedClaim, denialsOf } from './denials.ts'

export const handlers = {
  'denials.list': deeds.list,
  'denials.resolve': deeds.resolve,
}
