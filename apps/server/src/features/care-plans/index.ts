import * as deeds from './care-plans.actions.ts'

export { readPlanForCall, type SignedPlan, signedPlanOn } from './care-plans.actions.ts'
export { planLines } from './plan-lines.ts'

export const handlers = {
  'carePlans.templates': deeds.templates,
  'carePlans.draft': deeds.draft,
  'carePlans.get': deeds.get,
  'carePlans.open': deeds.open,
  'carePlans.save': deeds.save,
  'carePlans.keep': deeds.keep,
  'carePlans.discard': deeds.discard,
  'carePlans.merge': deeds.merge,
  'carePlans.submit': deeds.submit,
  'carePlans.return': deeds.sendBack,
  'carePlans.sign': deeds.sign,
  'carePlans.toSign': deeds.toSign,
  'carePlans.diff': deeds.diff,
  'carePlans.versions': deeds.versions,
  'carePlans.giveCopy': deeds.giveCopy,
  'carePlans.pdf': deeds.pdf,
}
