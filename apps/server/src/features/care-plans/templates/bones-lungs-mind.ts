import {
  activityGoal,
  breathless,
  fallCheck,
  inhalerStep,
  medicationReview,
  moodCheck,
  refillCheck,
  smokingGoal,
  vaccines,
  wellnessVisit,
} from './shared.ts'
import type { Template } from './template.ts'

export const arthritis: Template = {
  id: 'arthritis',
  title: 'Arthritis',
  version: '2026.1',
  groups: ['arthritis'],
  cites: [
    'Guideline for the management of osteoarthritis of the hand, hip and knee, American College of Rheumatology and Arthritis Foundation, 2019',
  ],
  outlook: {
    expectedOutcome: 'Less pain, stronger joints, able to do what matters.',
    prognosis: 'Lifelong with better and worse times; movement and weight loss help as much as pills.',
  },
  goals: [
    {
      key: 'pain',
      title: 'Have less pain',
      measure: 'Pain on most days, 0 to 10',
      loinc: '72514-3',
      target: 'at most 4',
      unit: 'points',
      dueInDays: 90,
      nextStep: 'Note pain and what was done on three days this week.',
    },
    {
      ...activityGoal,
      target: '90',
      nextStep: 'Ten minutes of gentle movement twice a day; water or chair exercise is fine.',
    },
  ],
  interventions: [
    {
      key: 'pt',
      what: 'Refer to physical therapy for strength and gait',
      who: 'provider',
      when: 'When pain limits walking or stairs',
    },
    {
      key: 'pain_pills',
      what: 'Use acetaminophen or gel first; count pills, stay below the daily limit',
      who: 'patient',
      when: 'When needed',
    },
    {
      key: 'aids',
      what: 'Look at cane, shoes, grips and jar openers',
      who: 'care_manager',
      when: 'Once, then each year',
    },
    fallCheck,
    medicationReview,
  ],
  symptoms: [
    {
      key: 'joint_flare',
      symptom: 'Joint more painful or swollen',
      selfCare: 'Rest the joint for a day, heat or cold for 20 minutes.',
      callUs: 'Not better in three days: within two days.',
      emergency: 'Hot, red joint with fever: go to the emergency room.',
    },
  ],
  preventive: [{ key: 'bone_density', service: 'Bone density test, as advised for age' }, wellnessVisit],
  parties: [{ key: 'therapy', role: 'Therapy practice', purpose: 'Strength, speech, daily tasks' }],
  community: [{ key: 'exercise', service: 'Exercise class for arthritis', need: 'Safe movement in company' }],
  reviewInDays: 120,
}

export const osteoporosis: Template = {
  id: 'osteoporosis',
  title: 'Osteoporosis',
  version: '2026.1',
  groups: ['osteoporosis'],
  cites: [
    'Clinician’s guide to prevention and treatment of osteoporosis, Bone Health and Osteoporosis Foundation, 2022',
  ],
  outlook: {
    expectedOutcome: 'No fracture; steady on the feet.',
    prognosis: 'Lifelong; medicine and strength training halve the danger of a spine fracture.',
  },
  goals: [
    {
      key: 'no_fall',
      title: 'Have no falls',
      measure: 'Falls',
      target: '0',
      unit: 'in three months',
      dueInDays: 90,
      nextStep: 'Clear rugs and cords; put a light on the way to the bathroom.',
    },
    {
      key: 'strength',
      title: 'Train balance and strength',
      measure: 'Exercises',
      target: '3',
      unit: 'days a week',
      dueInDays: 90,
      nextStep: 'Stand on one leg at the sink, ten seconds each side, daily.',
    },
  ],
  interventions: [
    { key: 'calcium', what: 'Calcium from food, vitamin D as prescribed', who: 'patient', when: 'Every day' },
    {
      key: 'bone_pill',
      what: 'Go over how the bone medicine is taken: empty stomach, water, upright for half an hour',
      who: 'care_manager',
      when: 'Now and every three months',
    },
    { key: 'bone_test', what: 'Repeat bone density', who: 'provider', when: 'Every two years' },
    fallCheck,
    medicationReview,
    refillCheck,
  ],
  symptoms: [
    {
      key: 'back_pain',
      symptom: 'Sudden back pain',
      selfCare: 'Lie down, do not lift.',
      callUs: 'New pain after bending or a bump: the same day.',
      emergency: 'Legs weak or numb, cannot hold urine: call 911.',
    },
    {
      key: 'fall',
      symptom: 'A fall',
      selfCare: 'Stay down a moment, look for injury.',
      callUs: 'Any fall, even without injury: within a day.',
      emergency: 'Cannot stand up, or hit the head: call 911.',
    },
  ],
  preventive: [
    { key: 'bone_density', service: 'Bone density test, as advised for age' },
    { key: 'dental', service: 'Dental check before bone medicine' },
    wellnessVisit,
  ],
  parties: [],
  community: [{ key: 'balance', service: 'Balance class (such as tai chi)', need: 'Steadiness' }],
  reviewInDays: 180,
}

export const asthma: Template = {
  id: 'asthma',
  title: 'Asthma',
  version: '2026.1',
  groups: ['asthma'],
  cites: ['Global strategy for asthma management and prevention, GINA, 2025'],
  outlook: {
    expectedOutcome: 'No symptoms at night, rescue inhaler rarely needed.',
    prognosis: 'Lifelong with good control in most people.',
  },
  goals: [
    {
      key: 'act',
      title: 'Have asthma under control',
      measure: 'Asthma Control Test',
      loinc: '82670-1',
      target: 'at least 20',
      unit: 'points',
      dueInDays: 60,
      nextStep: 'Fill in the test in the next call.',
    },
    {
      key: 'rescue',
      title: 'Need the rescue inhaler less',
      measure: 'Rescue inhaler',
      target: 'at most 2',
      unit: 'days a week',
      dueInDays: 60,
      nextStep: 'Count for one week.',
    },
    smokingGoal,
  ],
  interventions: [
    inhalerStep,
    {
      key: 'action_plan',
      what: 'Write an asthma action plan with green, yellow and red',
      who: 'provider',
      when: 'Now, renewed each year',
    },
    {
      key: 'triggers',
      what: 'Look for triggers: smoke, dust, pets, cold air, pills',
      who: 'care_manager',
      when: 'Next call',
    },
    { key: 'rescue_count', what: 'Count puffs of the rescue inhaler', who: 'patient', when: 'Every day' },
    medicationReview,
    refillCheck,
  ],
  symptoms: [
    {
      key: 'asthma_attack',
      symptom: 'Wheeze, tight chest, cough at night',
      selfCare: 'Rescue inhaler as in the plan; away from the trigger.',
      callUs: 'More than two days a week or any night: the same day.',
      emergency: 'Rescue inhaler does not help within 20 minutes: call 911.',
    },
    breathless,
  ],
  preventive: [...vaccines, wellnessVisit],
  parties: [{ key: 'pulmonology', role: 'Lung specialist', purpose: 'Inhalers, oxygen, lung function' }],
  community: [{ key: 'quitline', service: 'Quit line 1-800-QUIT-NOW', need: 'Stop smoking' }],
  reviewInDays: 90,
}

export const hypothyroidism: Template = {
  id: 'hypothyroidism',
  title: 'Underactive thyroid',
  version: '2026.1',
  groups: ['hypothyroidism'],
  cites: ['Guidelines for the treatment of hypothyroidism, American Thyroid Association, 2014'],
  outlook: {
    expectedOutcome: 'Normal thyroid values and energy.',
    prognosis: 'Lifelong and easily treated when the pill is taken right.',
  },
  goals: [
    {
      key: 'tsh',
      title: 'Keep the thyroid value in range',
      measure: 'TSH',
      loinc: '3016-3',
      baseline: 'tsh',
      target: '0.5 to 4.5',
      unit: 'mIU/L',
      dueInDays: 90,
      nextStep: 'Take the pill alone with water, half an hour before breakfast.',
    },
  ],
  interventions: [
    { key: 'tsh_lab', what: 'Repeat TSH', who: 'provider', when: 'Six weeks after a change, then each year' },
    {
      key: 'pill_time',
      what: 'Ask when the pill is taken; keep iron, calcium and antacids four hours away',
      who: 'care_manager',
      when: 'Every three months',
    },
    medicationReview,
    refillCheck,
  ],
  symptoms: [
    {
      key: 'thyroid',
      symptom: 'Very tired, cold, weight gain; or racing heart, shaking',
      selfCare: 'Check that no pills were missed or doubled.',
      callUs: 'Lasts more than a week: within two days.',
      emergency: 'Chest pain or fainting: call 911.',
    },
  ],
  preventive: [wellnessVisit],
  parties: [],
  community: [],
  reviewInDays: 180,
}

export const dementia: Template = {
  id: 'dementia',
  title: 'Dementia',
  version: '2026.1',
  groups: ['dementia', 'alzheimers'],
  cites: [
    'Dementia care practice recommendations, Alzheimer’s Association, 2018',
    'Guiding an Improved Dementia Experience model, CMS, 2024',
  ],
  outlook: {
    expectedOutcome: 'Safe at home as long as can be, calm days, a caregiver who holds out.',
    prognosis: 'Slowly gets worse over years. Planning early keeps the patient’s own wishes in charge.',
  },
  goals: [
    {
      key: 'safe_home',
      title: 'Be safe at home',
      measure: 'Falls, wandering or kitchen accidents',
      target: '0',
      unit: 'in three months',
      dueInDays: 90,
      nextStep: 'Go through the home safety list with the caregiver.',
    },
    {
      key: 'caregiver_rest',
      title: 'Give the caregiver rest',
      measure: 'Rest for the caregiver',
      target: '4',
      unit: 'hours a week',
      dueInDays: 60,
      nextStep: 'Name one person or service that can step in.',
    },
  ],
  interventions: [
    {
      key: 'routine',
      what: 'Same hours for meals, walk and bed; clear labels and a day board',
      who: 'caregiver',
      when: 'Every day',
    },
    {
      key: 'pill_box',
      what: 'Fill the pill box and watch that pills are taken',
      who: 'caregiver',
      when: 'Every week, every day',
    },
    {
      key: 'caregiver_call',
      what: 'Ask the caregiver how they hold out',
      who: 'care_manager',
      when: 'Every month',
    },
    {
      key: 'driving',
      what: 'Talk about driving, stove and firearms',
      who: 'provider',
      when: 'Now and every six months',
    },
    {
      key: 'legal',
      what: 'Health care proxy and advance directive while the patient can decide',
      who: 'provider',
      when: 'Now',
    },
    fallCheck,
    medicationReview,
    moodCheck,
  ],
  symptoms: [
    {
      key: 'confusion',
      symptom: 'Suddenly more confused or restless',
      selfCare: 'Quiet room, light, glasses and hearing aids, something to drink.',
      callUs: 'A change within days: the same day; it may be an infection.',
      emergency: 'Cannot be woken, or a danger to self or others: call 911.',
    },
  ],
  preventive: [...vaccines, wellnessVisit, { key: 'advance_care', service: 'Talk about advance care planning' }],
  parties: [{ key: 'neurology', role: 'Neurologist', purpose: 'Diagnosis and medicine' }],
  community: [
    { key: 'day_care', service: 'Adult day care or respite', need: 'Rest for the caregiver' },
    {
      key: 'alz_line',
      service: 'Alzheimer’s Association helpline 1-800-272-3900',
      need: 'Advice at any hour',
    },
  ],
  reviewInDays: 90,
}
