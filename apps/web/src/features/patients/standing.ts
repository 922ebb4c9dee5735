import type { PatientHit, PatientStripFacts } from '@keepwell/contract'
import { dayText, type State } from '../../ui/index.ts'

/** A standing in words, with its state and why. */
export interface Standing {
  state: State
  word: string
  why?: string
}

export function enrollmentStanding(enrollment: PatientHit['enrollment']): Standing {
  switch (enrollment) {
    case 'enrolled':
      return { state: 'good', word: 'Enrolled' }
    case 'ended':
      return { state: 'neutral', word: 'Ended' }
    case 'none':
      return { state: 'neutral', word: 'Not enrolled' }
  }
}

export function consentWords({ state, givenOn, untilOn }: PatientStripFacts['consent']): Standing {
  switch (state) {
    case 'in_force':
      return { state: 'good', word: 'In force', why: `Given on ${dayText(givenOn ?? '')}.` }
    case 'ending':
      return {
        state: 'attention',
        word: 'Ends soon',
        why: `The patient asked to stop; it holds until ${dayText(untilOn ?? '')}.`,
      }
    case 'stopped':
      return { state: 'stop', word: 'Stopped', why: `It ended on ${dayText(untilOn ?? '')}.` }
    case 'none':
      return { state: 'neutral', word: 'Not given' }
  }
}

const kinds: Record<string, string> = {
  medicare_part_b: 'Medicare Part B',
  medicare: 'Medicare',
  medicare_advantage: 'Medicare Advantage',
  medicaid: 'Medicaid',
  medigap: 'Medigap',
  commercial: 'Commercial plan',
  other_primary: 'Insurer that pays before Medicare',
  self_pay: 'Self-pay',
  unknown: 'Kind not known',
}

/** The kind of coverage as people at the desk say it. */
export function coverageWord(kind: string): string {
  return kinds[kind] ?? kind.replaceAll('_', ' ')
}

export const visitWords: Record<string, string> = {
  office: 'Office visit',
  wellness: 'Wellness visit',
  emergency: 'Emergency',
  inpatient: 'Hospital stay',
  urgent: 'Urgent care',
  home: 'Home visit',
  virtual: 'Video or phone',
  other: 'Other visit',
}

/** `female` as `Woman`; what the record does not say stays unsaid. */
export function sexWord(sex: string): string {
  return { female: 'Female', male: 'Male', other: 'Other' }[sex] ?? 'Not known'
}
