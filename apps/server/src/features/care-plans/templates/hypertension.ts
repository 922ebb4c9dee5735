import {
  activityGoal,
  bloodPressureGoal,
  bloodPressureLog,
  chestPain,
  dizziness,
  kidneyLabs,
  medicationReview,
  refillCheck,
  saltStep,
  smokingGoal,
  strokeSigns,
  vaccines,
  wellnessVisit,
} from './shared.ts'
import type { Template } from './template.ts'

export const hypertension: Template = {
  id: 'hypertension',
  title: 'High blood pressure',
  version: '2026.1',
  groups: ['hypertension'],
  cites: [
    'Guideline for high blood pressure in adults, American Heart Association and American College of Cardiology, 2025',
  ],
  outlook: {
    expectedOutcome: 'Blood pressure in range at home and in the office, without dizziness.',
    prognosis:
      'Lifelong, and well treatable. Each step toward the target lowers the chance of stroke, heart attack and kidney failure.',
  },
  goals: [
    bloodPressureGoal,
    {
      key: 'salt_goal',
      title: 'Eat less salt',
      measure: 'Sodium',
      target: 'below 2,300',
      unit: 'mg a day',
      dueInDays: 60,
      nextStep: 'Leave the salt shaker off the table this week.',
    },
    activityGoal,
    smokingGoal,
  ],
  interventions: [
    bloodPressureLog,
    saltStep,
    {
      key: 'cuff',
      what: 'Check that the home cuff fits the arm and reads like the office’s',
      who: 'care_manager',
      when: 'Once, at the next visit',
    },
    { key: 'alcohol', what: 'Keep alcohol to one drink a day at most', who: 'patient', when: 'Every day' },
    medicationReview,
    refillCheck,
    kidneyLabs,
  ],
  symptoms: [
    {
      key: 'high_bp',
      symptom: 'Blood pressure above 180/120',
      selfCare: 'Sit quietly for five minutes and measure again.',
      callUs: 'Still above 180/120 and feeling well: at once.',
      emergency: 'With chest pain, shortness of breath, weakness or trouble seeing or speaking: call 911.',
    },
    dizziness,
    chestPain,
    strokeSigns,
  ],
  preventive: [{ key: 'cholesterol_test', service: 'Cholesterol blood test' }, ...vaccines, wellnessVisit],
  parties: [],
  community: [
    {
      key: 'cuff_help',
      service: 'Help to get a home blood pressure cuff',
      need: 'A validated cuff that fits',
    },
  ],
  reviewInDays: 90,
}
