import * as deeds from './tasks.actions.ts'

export { insertTask, type NewTask, openTaskOf } from './tasks.store.ts'
export { readTask } from './tasks.views.ts'

export const handlers = {
  'tasks.list': deeds.list,
  'tasks.count': deeds.count,
  'tasks.people': deeds.people,
  'tasks.create': deeds.create,
  'tasks.acknowledge': deeds.acknowledge,
  'tasks.finish': deeds.finish,
}
