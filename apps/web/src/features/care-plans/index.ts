/** What other features may use of this one. */
export { ChangeCounts } from './PlanDiffView.tsx'
export { PlanStateChip } from './PlanStateChip.tsx'
