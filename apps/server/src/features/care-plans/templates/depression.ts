import { activityGoal, medicationReview, refillCheck, wellnessVisit } from './shared.ts'
import type { Template } from './template.ts'

export const depression: Template = {
  id: 'depression',
  title: 'Depression',
  version: '2026.1',
  groups: ['depression_bipolar'],
  cites: [
    'Clinical practice guideline for the treatment of depression, American Psychological Association, 2019',
    'Screening for depression in adults, US Preventive Services Task Force, 2023',
  ],
  outlook: {
    expectedOutcome: 'Better mood and sleep, back to what gave pleasure, no thoughts of self-harm.',
    prognosis: 'Most people get better within months; it can come back, so treatment goes on after feeling well.',
  },
  goals: [
    {
      key: 'phq9',
      title: 'Lift the mood',
      measure: 'PHQ-9 score',
      loinc: '44261-6',
      baseline: 'phq9',
      target: 'below 5',
      unit: 'points',
      dueInDays: 120,
      nextStep: 'Repeat the PHQ-9 in the next call.',
    },
    {
      key: 'pleasant',
      title: 'Do something good each day',
      measure: 'One pleasant activity',
      target: '5',
      unit: 'days a week',
      dueInDays: 30,
      nextStep: 'Name three small things for this week.',
    },
    { ...activityGoal, target: '90' },
  ],
  interventions: [
    {
      key: 'phq9_monthly',
      what: 'Ask the PHQ-9 and look at question nine first',
      who: 'care_manager',
      when: 'Every month until below 5, then every three months',
    },
    {
      key: 'safety_plan',
      what: 'Write a safety plan: warning signs, people to call, safe surroundings',
      who: 'care_manager',
      when: 'Now; at once when question nine is not zero',
    },
    {
      key: 'therapy',
      what: 'Refer to counseling',
      who: 'provider',
      when: 'When PHQ-9 is 10 or more, or on wish',
    },
    {
      key: 'antidepressant',
      what: 'Look at dose and effect of the antidepressant; do not stop it suddenly',
      who: 'provider',
      when: 'Four and eight weeks after each change',
    },
    {
      key: 'sleep',
      what: 'Same bedtime, no screen in bed, up at the same hour',
      who: 'patient',
      when: 'Every day',
    },
    medicationReview,
    refillCheck,
  ],
  symptoms: [
    {
      key: 'self_harm',
      symptom: 'Thoughts of death or self-harm',
      selfCare: 'Do not stay alone. Use the safety plan.',
      callUs: 'Any such thought: at once, day or night.',
      emergency: 'A plan or means at hand: call or text 988, or 911.',
    },
    {
      key: 'mood_worse',
      symptom: 'Sadder, sleepless, no appetite, not leaving home',
      selfCare: 'One small task, daylight, call a friend.',
      callUs: 'Most days for a week: within two days.',
      emergency: 'Not eating or drinking: go to the emergency room.',
    },
  ],
  preventive: [{ key: 'alcohol_screen', service: 'Alcohol use questions, each year' }, wellnessVisit],
  parties: [{ key: 'counselor', role: 'Counselor or psychiatrist', purpose: 'Talking therapy, medicine' }],
  community: [
    { key: 'senior_center', service: 'Senior center or peer group', need: 'Company and activity' },
    { key: 'line_988', service: '988 Suicide & Crisis Lifeline', need: 'Help at any hour' },
  ],
  reviewInDays: 60,
}
