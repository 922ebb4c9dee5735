import * as deeds from './payers.actions.ts'

export { ownTerms, payerReasons } from './payers.actions.ts'
export { authorizationOf, filingDaysOf } from './payers.store.ts'

export const handlers = {
  'payers.list': deeds.list,
  'payers.get': deeds.get,
  'payers.tryTerms': deeds.tryTerms,
  'payers.tryCase': deeds.tryCase,
  'payers.switchOn': deeds.switchOn,
  'payers.ofClaim': deeds.ofClaim,
  'payers.authorize': deeds.authorize,
}
