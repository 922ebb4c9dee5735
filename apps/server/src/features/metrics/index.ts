import * as deeds from './metrics.actions.ts'

export const handlers = {
  'metrics.controlRoom': deeds.controlRoom,
  'metrics.list': deeds.list,
  'metrics.revenue': deeds.revenue,
}
