/** What other features may use of this one. */
export { IdentifyPayerForm } from './IdentifyPayerForm.tsx'
export { languageText } from './language.ts'
export { PatientHeader } from './PatientHeader.tsx'
