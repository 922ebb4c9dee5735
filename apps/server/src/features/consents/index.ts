import * as deeds from './consents.actions.ts'

export { consentOn, stopConsent } from './consents.actions.ts'
export { type ConsentRow, listConsents } from './consents.store.ts'
export { isInForce } from './consents.ts'

export const handlers = {
  'consents.form': deeds.form,
  'consents.list': deeds.list,
  'consents.record': deeds.record,
  'consents.revoke': deeds.revoke,
  'consents.giveCopy': deeds.giveCopy,
  'consents.pdf': deeds.pdf,
}
