/** What of the chart gives a goal its starting point. */
export type ChartMeasure =
  | 'a1c'
  | 'blood_pressure'
  | 'weight'
  | 'egfr'
  | 'ldl'
  | 'phq9'
  | 'oxygen'
  | 'bmi'
  | 'tsh'
  | 'heart_rate'

/** Who does a step; the draft writes names where it knows them. */
export type Doer = 'patient' | 'caregiver' | 'care_manager' | 'provider' | 'pharmacist' | 'front_desk'

/**
 * A condition's part of a care plan, in our own words at a nurse's level. Parts of two templates with the same key
 * mean the same thing and come into a plan once. A template is never changed in place: its version moves on.
 */
export interface Template {
  id: string
  title: string
  version: string
  /** Disease groups of the rule book that it is for. */
  groups: readonly string[]
  /** Published guidance that it rests on: title, publisher, year. */
  cites: readonly string[]
  outlook: { expectedOutcome: string; prognosis: string }
  goals: readonly {
    key: string
    title: string
    measure: string
    target: string
    unit: string
    dueInDays: number
    nextStep: string
    loinc?: string
    baseline?: ChartMeasure
  }[]
  interventions: readonly { key: string; what: string; who: Doer; when: string }[]
  symptoms: readonly { key: string; symptom: string; selfCare: string; callUs: string; emergency: string }[]
  preventive: readonly { key: string; service: string }[]
  parties: readonly { key: string; role: string; purpose: string }[]
  community: readonly { key: string; service: string; need: string }[]
  reviewInDays: number
}
