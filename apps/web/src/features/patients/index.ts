/** What other features may use of this one. */
export { languageText } from './language.ts'
export { PatientHeader } from './PatientHeader.tsx'
