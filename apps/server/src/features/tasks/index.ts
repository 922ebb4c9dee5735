export { insertTask, type NewTask } from './tasks.store.ts'

export const handlers = {}
