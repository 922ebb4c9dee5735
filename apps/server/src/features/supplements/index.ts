import * as deeds from './supplements.actions.ts'

export const handlers = {
  'supplements.get': deeds.get,
  'supplements.list': deeds.list,
  'supplements.bill': deeds.bill,
}
