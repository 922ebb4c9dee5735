import type { CcmStatus, EligibilityCheck, EligiblePatient, PriorityLevel, RiskLevel } from '@keepwell/contract'
import type { z } from 'zod'
import type { State } from '../../ui/index.ts'

/** What each status means for the eye: the word beside it comes from the contract. */
export const statusStates: Record<CcmStatus, State> = {
  eligible: 'info',
  introduced: 'info',
  thinking: 'attention',
  consented: 'good',
  declined: 'neutral',
  enrolled: 'good',
  enrolled_elsewhere: 'neutral',
  not_eligible: 'neutral',
  deceased: 'neutral',
  unknown: 'unknown',
}

export const riskWords: Record<RiskLevel, string> = {
  low: 'Low',
  moderate: 'Moderate',
  high: 'High',
  very_high: 'Very high',
}
export const riskStates: Record<RiskLevel, State> = {
  low: 'neutral',
  moderate: 'info',
  high: 'attention',
  very_high: 'stop',
}

type Priority = z.infer<typeof PriorityLevel>
export const priorityWords: Record<Priority, string> = {
  first: 'Ask first',
  soon: 'Ask soon',
  normal: 'No hurry',
  later: 'Ask later',
}

export const coverageWords: Record<EligiblePatient['coverage'], { word: string; state: State }> = {
  part_b: { word: 'Part B active', state: 'good' },
  medicare_advantage: { word: 'Medicare Advantage', state: 'attention' },
  to_be_checked: { word: 'To be checked', state: 'unknown' },
  none: { word: 'No Part B', state: 'stop' },
}

/** The verdict of a check in a word; a check that failed is unsure and says so. */
export function checkStanding(check: Pick<EligibilityCheck, 'verdict' | 'failure'>): {
  word: string
  state: State
} {
  if (check.failure !== null) return { word: 'Check failed', state: 'unknown' }
  if (check.verdict === 'yes') return { word: 'Medicare: yes', state: 'good' }
  return check.verdict === 'no'
    ? { word: 'Medicare: no', state: 'stop' }
    : { word: 'Medicare: unsure', state: 'unknown' }
}

const systemNames: Record<string, string> = { snomed: 'SNOMED CT', icd10cm: 'ICD-10-CM', icd9cm: 'ICD-9-CM' }
export function systemText(system: string): string {
  return systemNames[system] ?? 'other code'
}
