import * as deeds from './primary-decisions.actions.ts'

export const handlers = {
  'primaryDecisions.get': deeds.get,
  'primaryDecisions.record': deeds.record,
  'primaryDecisions.takeBack': deeds.takeBack,
}
