export { lockPatient, type PatientIdentity, requirePatient } from './patients.store.ts'
export { searchTextOf } from './search.ts'

export const handlers = {}
