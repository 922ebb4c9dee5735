import {
  activityGoal,
  breathless,
  inhalerStep,
  medicationReview,
  moodCheck,
  refillCheck,
  smokingGoal,
  vaccines,
  wellnessVisit,
} from './shared.ts'
import type { Template } from './template.ts'

export const copd: Template = {
  id: 'copd',
  title: 'COPD',
  version: '2026.1',
  groups: ['copd'],
  cites: ['Global strategy for prevention, diagnosis and management of COPD, GOLD, 2026'],
  outlook: {
    expectedOutcome: 'Fewer flare-ups, more breath for what matters, right use of inhalers.',
    prognosis:
      'Lifelong; the lung does not heal, but stopping tobacco, vaccines and inhalers slow it and prevent flare-ups.',
  },
  goals: [
    {
      key: 'no_flare',
      title: 'Have fewer flare-ups',
      measure: 'Flare-ups that needed steroids or antibiotics',
      target: 'at most 1',
      unit: 'in six months',
      dueInDays: 180,
      nextStep: 'Fill in the flare-up plan and keep it by the phone.',
    },
    {
      key: 'breath_score',
      title: 'Be less short of breath',
      measure: 'Breathlessness scale (mMRC)',
      target: 'at most 2',
      unit: 'points',
      dueInDays: 90,
      nextStep: 'Practice pursed-lip breathing twice a day.',
    },
    smokingGoal,
    activityGoal,
  ],
  interventions: [
    inhalerStep,
    { key: 'rescue_count', what: 'Count puffs of the rescue inhaler', who: 'patient', when: 'Every day' },
    {
      key: 'flare_plan',
      what: 'Write a flare-up plan: what to start, when to call',
      who: 'provider',
      when: 'Now, renewed each year',
    },
    {
      key: 'lung_rehab',
      what: 'Refer to pulmonary rehabilitation',
      who: 'provider',
      when: 'When breath limits the day, and after a hospital stay',
    },
    { key: 'oxygen_check', what: 'Check oxygen at rest and on walking', who: 'provider', when: 'Each visit' },
    medicationReview,
    refillCheck,
    moodCheck,
  ],
  symptoms: [
    {
      key: 'flare',
      symptom: 'More cough, more or colored phlegm, more breathless',
      selfCare: 'Start the flare-up plan, use the rescue inhaler as written, rest.',
      callUs: 'On the first day: the same day.',
      emergency: 'Rescue inhaler does not help, drowsy or confused: call 911.',
    },
    breathless,
  ],
  preventive: [
    ...vaccines,
    { key: 'rsv', service: 'RSV vaccine, as advised for age' },
    { key: 'lung_ct', service: 'Lung cancer screening CT, if age and smoking history fit' },
    wellnessVisit,
  ],
  parties: [
    { key: 'pulmonology', role: 'Lung specialist', purpose: 'Inhalers, oxygen, lung function' },
    { key: 'dme', role: 'Oxygen or equipment supplier', purpose: 'Oxygen and nebulizer' },
  ],
  community: [{ key: 'quitline', service: 'Quit line 1-800-QUIT-NOW', need: 'Stop smoking' }],
  reviewInDays: 90,
}
