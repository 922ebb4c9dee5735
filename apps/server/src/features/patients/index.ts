import * as deeds from './patients.actions.ts'

export { patientChart } from './chart.views.ts'
export { type ContactRow, currentContact } from './contact.store.ts'
export { lockPatient, mbiOfPatient, type PatientIdentity, requirePatient } from './patients.store.ts'
export { patientStrip } from './patients.views.ts'
export { searchTextOf } from './search.ts'

export const handlers = {
  'patients.search': deeds.search,
  'patients.get': deeds.get,
  'patients.chart': deeds.chart,
  'patients.contact': deeds.contact,
  'patients.updateContact': deeds.updateContact,
  'patients.coverage': deeds.coverage,
  'patients.addCoverage': deeds.addCoverage,
  'patients.identifyPayer': deeds.identifyPayer,
  'patients.endCoverage': deeds.endCoverage,
}
