import * as deeds from './remittances.actions.ts'

export { collectAnswers, takeInFor } from './collect-answers.ts'
export { type IntakeContext, type IntakeResult, takeIn } from './intake.ts'
export { checkMoney } from './remittances.checks.ts'

// Taking in a file stands here: what it says can be money as well as an acknowledgment.
export const handlers = {
  'claims.takeIn': deeds.takeIn,
  'remittances.receivables': deeds.receivablesNow,
  'remittances.list': deeds.list,
  'remittances.get': deeds.get,
  'remittances.match': deeds.match,
  'remittances.release': deeds.release,
  'remittances.discard': deeds.discard,
  'remittances.restore': deeds.restore,
  'remittances.deposit': deeds.deposit,
  'remittances.enter': deeds.enter,
}
