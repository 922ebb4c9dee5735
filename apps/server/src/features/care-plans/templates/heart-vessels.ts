import {
  activityGoal,
  bloodPressureGoal,
  chestPain,
  dizziness,
  fallCheck,
  ldlGoal,
  medicationReview,
  moodCheck,
  noNsaid,
  refillCheck,
  smokingGoal,
  strokeSigns,
  vaccines,
  wellnessVisit,
} from './shared.ts'
import type { Template } from './template.ts'

const bleeding: Template['symptoms'][number] = {
  key: 'bleeding',
  symptom: 'Bleeding or black stools',
  selfCare: 'Press on a small wound for ten minutes.',
  callUs: 'Nosebleed over ten minutes, many bruises, blood in urine: the same day.',
  emergency: 'Black or bloody stools, vomiting blood, or a blow to the head: call 911.',
}

export const hyperlipidemia: Template = {
  id: 'hyperlipidemia',
  title: 'High cholesterol',
  version: '2026.1',
  groups: ['hyperlipidemia'],
  cites: [
    'Guideline on the management of blood cholesterol, AHA and ACC, 2018',
    'Statin use for primary prevention, US Preventive Services Task Force, 2022',
  ],
  outlook: {
    expectedOutcome: 'Cholesterol in range and the statin taken without trouble.',
    prognosis: 'Lifelong and silent; treatment lowers the chance of heart attack and stroke.',
  },
  goals: [{ ...ldlGoal, target: 'below 100' }, activityGoal],
  interventions: [
    {
      key: 'lipid_lab',
      what: 'Repeat the cholesterol test',
      who: 'provider',
      when: 'Six to twelve weeks after a change, then each year',
    },
    {
      key: 'statin_talk',
      what: 'Ask about muscle pain and missed statin doses',
      who: 'care_manager',
      when: 'Every three months',
    },
    {
      key: 'fat',
      what: 'Choose fish, beans, nuts and olive oil; less butter, red meat and fried food',
      who: 'patient',
      when: 'Every day',
    },
    medicationReview,
    refillCheck,
  ],
  symptoms: [
    {
      key: 'muscle_pain',
      symptom: 'Muscle pain or weakness',
      selfCare: 'Note where and since when; do not stop the statin by yourself.',
      callUs: 'Lasts more than three days: within two days.',
      emergency: 'Severe pain with dark urine: go to the emergency room.',
    },
    chestPain,
  ],
  preventive: [{ key: 'cholesterol_test', service: 'Cholesterol blood test' }, wellnessVisit],
  parties: [{ key: 'dietitian', role: 'Dietitian', purpose: 'Eating for the heart' }],
  community: [],
  reviewInDays: 120,
}

export const ischemicHeartDisease: Template = {
  id: 'ischemic_heart_disease',
  title: 'Coronary heart disease',
  version: '2026.1',
  groups: ['ischemic_heart_disease'],
  cites: ['Guideline for the management of patients with chronic coronary disease, AHA and ACC, 2023'],
  outlook: {
    expectedOutcome: 'Free of chest pain in daily life; no heart attack, no new procedure.',
    prognosis: 'Lifelong; medicine, no tobacco and exercise lower the danger of another event by half or more.',
  },
  goals: [
    {
      key: 'angina',
      title: 'Be free of chest pain',
      measure: 'Days with chest pain',
      target: '0',
      unit: 'a month',
      dueInDays: 90,
      nextStep: 'Keep nitroglycerin at hand and note each use.',
    },
    ldlGoal,
    bloodPressureGoal,
    activityGoal,
    smokingGoal,
  ],
  interventions: [
    {
      key: 'nitro_log',
      what: 'Write down each chest pain and each nitroglycerin tablet; replace the bottle each year',
      who: 'patient',
      when: 'When it happens',
    },
    {
      key: 'antiplatelet',
      what: 'Take aspirin or the other platelet medicine as prescribed; do not stop it without asking',
      who: 'patient',
      when: 'Every day',
    },
    {
      key: 'rehab_refer',
      what: 'Refer to cardiac rehabilitation',
      who: 'provider',
      when: 'After an event or procedure, and when never done',
    },
    medicationReview,
    refillCheck,
    moodCheck,
  ],
  symptoms: [chestPain, bleeding, dizziness],
  preventive: [{ key: 'cholesterol_test', service: 'Cholesterol blood test' }, ...vaccines, wellnessVisit],
  parties: [{ key: 'cardiology', role: 'Cardiologist', purpose: 'Medicine and heart function' }],
  community: [{ key: 'rehab', service: 'Cardiac rehabilitation', need: 'Supervised exercise' }],
  reviewInDays: 90,
}

export const atrialFibrillation: Template = {
  id: 'atrial_fibrillation',
  title: 'Atrial fibrillation',
  version: '2026.1',
  groups: ['atrial_fibrillation'],
  cites: ['Guideline for the diagnosis and management of atrial fibrillation, ACC, AHA, ACCP and HRS, 2023'],
  outlook: {
    expectedOutcome: 'No stroke, no serious bleeding, a calm heart rate.',
    prognosis: 'Lifelong; the blood thinner prevents most strokes that it would cause.',
  },
  goals: [
    {
      key: 'heart_rate',
      title: 'Keep the heart rate calm',
      measure: 'Resting heart rate',
      loinc: '8867-4',
      baseline: 'heart_rate',
      target: 'below 100',
      unit: 'beats a minute',
      dueInDays: 60,
      nextStep: 'Take the pulse each morning for a week.',
    },
    {
      key: 'anticoagulant',
      title: 'Miss no dose of the blood thinner',
      measure: 'Missed doses',
      target: '0',
      unit: 'a month',
      dueInDays: 30,
      nextStep: 'Set a daily reminder; use a pill box.',
    },
    bloodPressureGoal,
  ],
  interventions: [
    {
      key: 'bleed_check',
      what: 'Ask about bleeding, bruises and falls',
      who: 'care_manager',
      when: 'Every month',
    },
    {
      key: 'inr',
      what: 'On warfarin: blood clotting test',
      who: 'provider',
      when: 'At least every four weeks',
    },
    noNsaid,
    fallCheck,
    medicationReview,
    refillCheck,
  ],
  symptoms: [
    strokeSigns,
    bleeding,
    {
      key: 'palpitations',
      symptom: 'Racing or fluttering heart',
      selfCare: 'Sit down, breathe slowly, take the pulse.',
      callUs: 'Above 120 at rest for more than an hour: the same day.',
      emergency: 'With chest pain, fainting or severe shortness of breath: call 911.',
    },
  ],
  preventive: [...vaccines, wellnessVisit],
  parties: [{ key: 'cardiology', role: 'Cardiologist', purpose: 'Medicine and heart function' }],
  community: [],
  reviewInDays: 90,
}

export const stroke: Template = {
  id: 'stroke',
  title: 'After a stroke',
  version: '2026.1',
  groups: ['stroke'],
  cites: [
    'Guideline for the prevention of stroke in patients with stroke and transient ischemic attack, AHA and ASA, 2021',
  ],
  outlook: {
    expectedOutcome: 'No second stroke, as much independence as can be won back.',
    prognosis: 'Most recovery comes in the first year; prevention is for life.',
  },
  goals: [
    bloodPressureGoal,
    ldlGoal,
    {
      key: 'walk_safe',
      title: 'Move safely at home',
      measure: 'Falls',
      target: '0',
      unit: 'in three months',
      dueInDays: 90,
      nextStep: 'Walk through the home together and clear the ways.',
    },
    smokingGoal,
  ],
  interventions: [
    {
      key: 'therapy_refer',
      what: 'Refer to physical, occupational or speech therapy',
      who: 'provider',
      when: 'Now, and again when function falls',
    },
    {
      key: 'swallow',
      what: 'Ask about coughing at meals and weight loss',
      who: 'care_manager',
      when: 'Every month',
    },
    fallCheck,
    medicationReview,
    refillCheck,
    moodCheck,
  ],
  symptoms: [strokeSigns, bleeding, dizziness],
  preventive: [...vaccines, wellnessVisit],
  parties: [
    { key: 'neurology', role: 'Neurologist', purpose: 'Prevention and recovery' },
    { key: 'therapy', role: 'Therapy practice', purpose: 'Strength, speech, daily tasks' },
  ],
  community: [{ key: 'stroke_group', service: 'Stroke support group', need: 'Company of people who know it' }],
  reviewInDays: 90,
}
