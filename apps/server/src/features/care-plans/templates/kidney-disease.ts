import { bloodPressureGoal, bloodPressureLog, kidneyLabs, medicationReview, noNsaid, refillCheck, saltStep, smokingGoal, swelling, vaccines, wellnessVisit } from './shared.ts'
import type { Template } from './template.ts'

export const kidneyDisease: Template = {
  id: 'ckd', title: 'Chronic kidney disease', version: '2026.1', groups: ['chronic_kidney_disease'],
  cites: ['Guideline for evaluation and management of chronic kidney disease, KDIGO, 2024'],
  outlook: {
    expectedOutcome: 'Kidney function that stays where it is; no sudden injury from medicine or dehydration.',
    prognosis: 'Usually slow. Blood pressure, sugar and the right medicine delay dialysis for years; many never need it.',
  },
  goals: [
    { key: 'egfr_stable', title: 'Keep kidney function stable', measure: 'eGFR, loss in a year', loinc: '98979-8', baseline: 'egfr', target: 'less than 5', unit: 'mL/min lost in a year', dueInDays: 180, nextStep: 'Blood and urine test before the next visit.' },
    { key: 'albumin', title: 'Less protein in the urine', measure: 'Urine albumin to creatinine', loinc: '9318-7', target: '30% lower', unit: 'than at the start', dueInDays: 180, nextStep: 'Bring a morning urine sample.' },
    bloodPressureGoal, smokingGoal,
  ],
  interventions: [
    noNsaid, bloodPressureLog, saltStep, kidneyLabs, medicationReview, refillCheck,
    { key: 'sick_day', what: 'Sick-day rule: with vomiting or diarrhea call before taking water pills, metformin or blood pressure pills', who: 'patient', when: 'When sick' },
    { key: 'dose_check', what: 'Check every dose against kidney function', who: 'pharmacist', when: 'Every six months and with each new medicine' },
    { key: 'contrast', what: 'Tell every hospital and imaging center about the kidneys before contrast', who: 'patient', when: 'Before a scan' },
  ],
  symptoms: [
    swelling,
    { key: 'less_urine', symptom: 'Much less urine, or vomiting and cannot drink', selfCare: 'Small sips; do not take water pills before calling.', callUs: 'Half a day with little urine: the same day.', emergency: 'Confused, very weak or heartbeat uneven: call 911.' },
    { key: 'itch_tired', symptom: 'Itching, no appetite, very tired', selfCare: 'Cool showers, moisturizer, small meals.', callUs: 'New or worse: within two days.', emergency: 'With shortness of breath: call 911.' },
  ],
  preventive: [...vaccines, { key: 'hepatitis_b', service: 'Hepatitis B vaccine, if not given before' }, wellnessVisit],
  parties: [{ key: 'nephrology', role: 'Kidney specialist', purpose: 'Function falling, or eGFR below 30' }, { key: 'dietitian', role: 'Dietitian', purpose: 'Protein, potassium and salt' }],
  community: [],
  reviewInDays: 90,
}
