/** What claims offer to other features: how an adjustment is written, and the status of a claim as a chip. */
export { AdjustmentList, type ShownAdjustment } from './AdjustmentList.tsx'
export { ClaimChip } from './ClaimChip.tsx'
export { ageWords, filingWords } from './faces.ts'
export { TakeInButton } from './TakeInButton.tsx'
