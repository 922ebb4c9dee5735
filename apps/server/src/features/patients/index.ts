export { lockPatient, type PatientIdentity, requirePatient } from './patients.store.ts'

export const handlers = {}
