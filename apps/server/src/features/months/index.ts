export { insertCorrectionCase, isMonthFrozen } from './months.store.ts'

export const handlers = {}
