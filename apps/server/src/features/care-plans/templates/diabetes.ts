import { activityGoal, bloodPressureGoal, kidneyLabs, ldlGoal, medicationReview, refillCheck, smokingGoal, vaccines, wellnessVisit } from './shared.ts'
import type { Template } from './template.ts'

export const diabetes: Template = {
  id: 'diabetes', title: 'Diabetes', version: '2026.1', groups: ['diabetes'],
  cites: ['Standards of Care in Diabetes, American Diabetes Association, 2026', 'KDIGO guideline on diabetes management in chronic kidney disease, 2022'],
  outlook: {
    expectedOutcome: 'Steady sugar without lows, fewer complications of eyes, kidneys, nerves and heart.',
    prognosis: 'Lifelong. Good control slows complications; the targets are looser where lows are a danger or life is short.',
  },
  goals: [
    { key: 'a1c', title: 'Bring blood sugar into range', measure: 'Hemoglobin A1c', loinc: '4548-4', baseline: 'a1c', target: 'below 7.5', unit: '%', dueInDays: 90, nextStep: 'Check fasting sugar each morning this week and bring the log to the call.' },
    { key: 'no_lows', title: 'Have no severe lows', measure: 'Readings below 70 a month', target: '0', unit: 'a month', dueInDays: 90, nextStep: 'Carry glucose tablets; go over what to do at a low.' },
    bloodPressureGoal, ldlGoal, activityGoal, smokingGoal,
  ],
  interventions: [
    { key: 'sugar_log', what: 'Check blood sugar and write it down, with what was eaten when it is out of range', who: 'patient', when: 'Every morning before breakfast; more often on insulin' },
    { key: 'foot_check', what: 'Look at both feet, between the toes and under the sole; use a mirror', who: 'patient', when: 'Every evening' },
    { key: 'diabetes_school', what: 'Refer to diabetes self-management education', who: 'provider', when: 'Now, and again when something changes' },
    { key: 'a1c_lab', what: 'Repeat hemoglobin A1c', who: 'provider', when: 'Every three months until at goal, then every six' },
    { key: 'plate', what: 'Go over meals: half a plate of vegetables, a quarter of protein, a quarter of starch', who: 'care_manager', when: 'Next call, then every three months' },
    kidneyLabs, medicationReview, refillCheck,
  ],
  symptoms: [
    { key: 'low_sugar', symptom: 'Low sugar: shaky, sweating, confused, below 70', selfCare: 'Take 15 grams of sugar, wait 15 minutes, measure again, repeat if needed. Then eat.', callUs: 'Two lows in a week, or any low without warning signs: the same day.', emergency: 'Cannot swallow or cannot be woken: give glucagon and call 911.' },
    { key: 'high_sugar', symptom: 'High sugar: thirst, much urine, above 300', selfCare: 'Drink water, take medicine as prescribed, do not skip insulin.', callUs: 'Above 300 twice in a row, or sick and not eating: the same day.', emergency: 'Vomiting, deep fast breathing, or very drowsy: call 911.' },
    { key: 'foot_sore', symptom: 'Sore, blister or redness of a foot', selfCare: 'Keep it clean and dry, no weight on it, no home surgery.', callUs: 'Any break in the skin: the same day.', emergency: 'Spreading redness with fever: go to the emergency room.' },
  ],
  preventive: [
    { key: 'eye_exam', service: 'Dilated eye exam, each year' }, { key: 'foot_exam', service: 'Complete foot exam, each year' },
    { key: 'hepatitis_b', service: 'Hepatitis B vaccine, if not given before' }, ...vaccines, wellnessVisit,
  ],
  parties: [{ key: 'eye', role: 'Eye doctor', purpose: 'Yearly dilated exam' }, { key: 'podiatry', role: 'Podiatrist', purpose: 'Foot exam and nail care' }],
  community: [{ key: 'food', service: 'Meals or produce program', need: 'Healthy food within the budget' }],
  reviewInDays: 90,
}
