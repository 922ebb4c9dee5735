import * as deeds from './on-call.actions.ts'

export const handlers = {
  'onCall.search': deeds.search,
  'onCall.open': deeds.open,
  'onCall.record': deeds.record,
  'onCall.note': deeds.note,
  'onCall.openings': deeds.openings,
  'onCall.review': deeds.review,
}
