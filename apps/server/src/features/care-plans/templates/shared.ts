import type { Template } from './template.ts'

type Goal = Template['goals'][number]
type Step = Template['interventions'][number]
type Symptom = Template['symptoms'][number]

/** Parts that several conditions share: one key, so that a plan holds them once. */
export const bloodPressureGoal: Goal = {
  key: 'bp_control',
  title: 'Keep blood pressure in range',
  measure: 'Home blood pressure',
  loinc: '85354-9',
  baseline: 'blood_pressure',
  target: 'below 130/80',
  unit: 'mmHg',
  dueInDays: 90,
  nextStep: 'Measure twice a day for the next week and write it down.',
}
export const smokingGoal: Goal = {
  key: 'tobacco_free',
  title: 'Be free of tobacco',
  measure: 'Cigarettes',
  target: '0',
  unit: 'a day',
  dueInDays: 90,
  nextStep:
    'Choose a quit day; ask about nicotine replacement or medicine. Take this goal out if the patient does not smoke.',
}
export const activityGoal: Goal = {
  key: 'activity',
  title: 'Be active on most days',
  measure: 'Walking or similar',
  target: '150',
  unit: 'minutes a week',
  dueInDays: 120,
  nextStep: 'Start with ten minutes a day and add five each week, as far as it is comfortable.',
}
export const ldlGoal: Goal = {
  key: 'ldl',
  title: 'Lower LDL cholesterol',
  measure: 'LDL cholesterol',
  loinc: '13457-7',
  baseline: 'ldl',
  target: 'below 70',
  unit: 'mg/dL',
  dueInDays: 120,
  nextStep: 'Take the statin every evening; repeat the blood test.',
}

export const bloodPressureLog: Step = {
  key: 'bp_log',
  what: 'Measure blood pressure at home, sitting, after five minutes of rest, and write it down',
  who: 'patient',
  when: 'Every morning and evening for a week before each call',
}
export const medicationReview: Step = {
  key: 'med_review',
  what: 'Go through every medicine: taken how, side effects, refills, cost',
  who: 'care_manager',
  when: 'Every month, in the call',
}
export const refillCheck: Step = {
  key: 'refills',
  what: 'Check that refills are in time and at one pharmacy',
  who: 'care_manager',
  when: 'Every month',
}
export const weightLog: Step = {
  key: 'weight_log',
  what: 'Weigh in the morning after the toilet, before breakfast, and write it down',
  who: 'patient',
  when: 'Every day',
}
export const saltStep: Step = {
  key: 'salt',
  what: 'Eat less salt: no salt shaker, read labels, choose fresh over canned',
  who: 'patient',
  when: 'Every day',
}
export const inhalerStep: Step = {
  key: 'inhaler',
  what: 'Show how the inhaler is used and correct it',
  who: 'care_manager',
  when: 'At the start and every three months',
}
export const fallCheck: Step = {
  key: 'falls',
  what: 'Ask about falls, look at shoes, lights, rugs and bathroom grips',
  who: 'care_manager',
  when: 'Every three months',
}
export const moodCheck: Step = {
  key: 'mood_check',
  what: 'Ask the two mood questions; the full PHQ-9 when either is yes',
  who: 'care_manager',
  when: 'Every three months',
}
export const kidneyLabs: Step = {
  key: 'kidney_labs',
  what: 'Blood test for kidney function and potassium, urine albumin',
  who: 'provider',
  when: 'Every six months, sooner after a change of medicine',
}
export const noNsaid: Step = {
  key: 'no_nsaid',
  what: 'Avoid ibuprofen, naproxen and similar pain pills; ask before any new over-the-counter medicine',
  who: 'patient',
  when: 'Always',
}

export const chestPain: Symptom = {
  key: 'chest_pain',
  symptom: 'Chest pain or pressure',
  selfCare: 'Stop and sit down. Take nitroglycerin if it is prescribed.',
  callUs: 'Any new chest discomfort that went away by itself: the same day.',
  emergency: 'Lasts more than five minutes, or comes with sweating, faintness or shortness of breath: call 911.',
}
export const breathless: Symptom = {
  key: 'breathless',
  symptom: 'Shortness of breath',
  selfCare: 'Sit upright, breathe out slowly through pursed lips, rest.',
  callUs: 'More than usual, or at night, or needing more pillows: the same day.',
  emergency: 'Cannot speak in sentences, lips turn blue, or it comes on suddenly: call 911.',
}
export const swelling: Symptom = {
  key: 'swelling',
  symptom: 'Swelling of legs or belly, quick weight gain',
  selfCare: 'Put the legs up; look at salt and fluids.',
  callUs: 'Three pounds in a day or five pounds in a week: the same day.',
  emergency: 'With severe shortness of breath: call 911.',
}
export const dizziness: Symptom = {
  key: 'dizzy',
  symptom: 'Dizziness when standing up',
  selfCare: 'Sit on the edge of the bed first, stand up slowly, drink enough.',
  callUs: 'Comes again, or after a new medicine: within a day.',
  emergency: 'Fainting, or a fall with a blow to the head: call 911.',
}
export const strokeSigns: Symptom = {
  key: 'stroke_signs',
  symptom: 'Face drooping, arm weak, speech unclear',
  selfCare: 'Do not wait and do not drive.',
  callUs: 'Signs that passed by themselves: call 911 all the same, then tell us.',
  emergency: 'Any of them: call 911 at once and note the time.',
}

export const vaccines: Template['preventive'] = [
  { key: 'influenza', service: 'Influenza vaccine, each season' },
  { key: 'pneumococcal', service: 'Pneumococcal vaccine' },
  { key: 'covid', service: 'COVID-19 vaccine, as advised for age' },
]
export const wellnessVisit: Template['preventive'][number] = {
  key: 'wellness',
  service: 'Annual wellness visit',
}
