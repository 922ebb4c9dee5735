import {
  bloodPressureGoal,
  breathless,
  chestPain,
  dizziness,
  kidneyLabs,
  medicationReview,
  noNsaid,
  refillCheck,
  saltStep,
  smokingGoal,
  swelling,
  vaccines,
  weightLog,
  wellnessVisit,
} from './shared.ts'
import type { Template } from './template.ts'

export const heartFailure: Template = {
  id: 'heart_failure',
  title: 'Heart failure',
  version: '2026.1',
  groups: ['heart_failure'],
  cites: [
    'Guideline for the management of heart failure, AHA, ACC and HFSA, 2022',
    'Expert consensus pathway for heart failure with reduced ejection fraction, ACC, 2024',
  ],
  outlook: {
    expectedOutcome: 'Stable weight, less shortness of breath, no stay in hospital for heart failure.',
    prognosis:
      'Lifelong and serious. Medicine at full dose and acting early on weight gain keep people at home and alive longer.',
  },
  goals: [
    {
      key: 'dry_weight',
      title: 'Keep a steady weight',
      measure: 'Change of morning weight',
      loinc: '29463-7',
      baseline: 'weight',
      target: 'less than 5',
      unit: 'lb in a week',
      dueInDays: 30,
      nextStep: 'Weigh every morning and call at three pounds in a day or five in a week.',
    },
    {
      key: 'no_admission',
      title: 'Stay out of hospital',
      measure: 'Hospital stays for heart failure',
      target: '0',
      unit: 'in six months',
      dueInDays: 180,
      nextStep: 'Put the warning signs on the refrigerator.',
    },
    bloodPressureGoal,
    smokingGoal,
  ],
  interventions: [
    weightLog,
    saltStep,
    noNsaid,
    {
      key: 'fluids',
      what: 'Keep to the amount of fluid that the provider set',
      who: 'patient',
      when: 'Every day',
    },
    {
      key: 'diuretic_plan',
      what: 'Write down what to do with the water pill when weight rises',
      who: 'provider',
      when: 'Now, and after each change',
    },
    {
      key: 'titration',
      what: 'Look at whether each heart failure medicine is at its target dose',
      who: 'provider',
      when: 'Every two to four weeks until it is',
    },
    medicationReview,
    refillCheck,
    kidneyLabs,
  ],
  symptoms: [swelling, breathless, chestPain, dizziness],
  preventive: [
    ...vaccines,
    { key: 'rsv', service: 'RSV vaccine, as advised for age' },
    wellnessVisit,
    { key: 'advance_care', service: 'Talk about advance care planning' },
  ],
  parties: [
    { key: 'cardiology', role: 'Cardiologist', purpose: 'Medicine and heart function' },
    { key: 'home_health', role: 'Home health agency', purpose: 'Visits after a hospital stay' },
  ],
  community: [
    { key: 'rehab', service: 'Cardiac rehabilitation', need: 'Supervised exercise' },
    { key: 'scale', service: 'Help to get a scale', need: 'Daily weight' },
  ],
  reviewInDays: 60,
}
