/** What other features may use of this one. */
export { CcmChip } from './CcmChip.tsx'
export { EligibilityDetail } from './EligibilityDetail.tsx'
export { MedicareCheck } from './MedicareCheck.tsx'
export { priorityWords, riskStates, riskWords } from './standing.ts'
