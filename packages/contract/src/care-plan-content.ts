import { z } from 'zod'
import { LocalDate } from './models.ts'

/**
 * What a comprehensive care plan holds. Every element of the rule book's list has its place here; `carePlanGaps`
 * says which are missing. Free text is text: its language is the patient's or the clinic's, as people wrote it.
 */
const Line = z.string().trim().max(300).default('')
const Words = z.string().trim().max(2000).default('')
const Key = z.string().min(1).max(80)
/** Which template proposed it, as `diabetes@2026.1`; null for what a person wrote. */
const From = z.string().max(60).nullable().default(null)

export const PlanProblem = z.object({
  id: Key,
  name: Line,
  icd10: z.string().trim().max(8).nullable().default(null),
  since: LocalDate.nullable().default(null),
  status: z.enum(['stable', 'not_at_goal', 'worse', 'unknown']).default('unknown'),
  note: Words,
})
export const PlanOutlook = z.object({
  id: Key,
  problem: Line,
  expectedOutcome: Words,
  prognosis: Words,
  from: From,
})
export const PlanGoal = z.object({
  id: Key,
  title: Line,
  problem: Line,
  /** What is measured, and its LOINC code where there is one. */
  measure: Line,
  loinc: z.string().max(20).nullable().default(null),
  baseline: Line,
  target: Line,
  unit: z.string().trim().max(30).default(''),
  dueOn: LocalDate.nullable().default(null),
  /** How sure the patient is of reaching it, 0 to 10; null when not asked. */
  confidence: z.int().min(0).max(10).nullable().default(null),
  expressedBy: z.enum(['patient', 'caregiver', 'care_team']).default('care_team'),
  nextStep: Line,
  from: From,
})
export const PlanSymptom = z.object({
  id: Key,
  symptom: Line,
  selfCare: Words,
  callUs: Words,
  emergency: Words,
  from: From,
})
export const PlanIntervention = z.object({
  id: Key,
  what: Line,
  who: Line,
  when: Line,
  problem: Line,
  from: From,
})
export const PlanMedication = z.object({ id: Key, name: Line, dose: Line, reason: Line, note: Line })
export const PlanAllergy = z.object({ id: Key, substance: Line, reaction: Line })
export const PlanParty = z.object({
  id: Key,
  name: Line,
  role: Line,
  phone: z.string().trim().max(40).default(''),
  purpose: Line,
  from: From,
})
export const PlanPrevention = z.object({
  id: Key,
  service: Line,
  status: z.enum(['due', 'done', 'declined', 'not_applicable']).default('due'),
  on: LocalDate.nullable().default(null),
  from: From,
})
export const PlanCommunity = z.object({
  id: Key,
  service: Line,
  need: Line,
  status: z.enum(['to_ask', 'ordered', 'in_place', 'declined']).default('to_ask'),
  from: From,
})

const list = <T extends z.ZodType>(item: T, atMost = 60) => z.array(item).max(atMost).default([])

export const CarePlanContent = z.object({
  problems: list(PlanProblem),
  outlook: list(PlanOutlook),
  goals: list(PlanGoal),
  function: z
    .object({
      cognition: Words,
      dailyLiving: Words,
      mobility: Words,
      mood: Words,
      assessedOn: LocalDate.nullable().default(null),
    })
    .prefault({}),
  symptoms: list(PlanSymptom),
  interventions: list(PlanIntervention, 120),
  medications: z
    .object({
      items: list(PlanMedication, 80),
      allergies: list(PlanAllergy),
      noMedications: z.boolean().default(false),
      noKnownAllergies: z.boolean().default(false),
      reconciledOn: LocalDate.nullable().default(null),
      reconciledBy: Line,
      adherence: Words,
    })
    .prefault({}),
  environment: z.object({ home: Words, safety: Words, transport: Words, food: Words }).prefault({}),
  caregiver: z
    .object({
      none: z.boolean().default(false),
      name: Line,
      relationship: Line,
      phone: z.string().trim().max(40).default(''),
      helpsWith: Words,
      strain: Words,
    })
    .prefault({}),
  coordination: z.object({ none: z.boolean().default(false), parties: list(PlanParty) }).prefault({}),
  review: z.object({ nextOn: LocalDate.nullable().default(null), how: Words }).prefault({}),
  preventive: list(PlanPrevention),
  community: z.object({ none: z.boolean().default(false), services: list(PlanCommunity) }).prefault({}),
  values: z.object({ matters: Words, preferences: Words, advanceDirective: Words }).prefault({}),
  /** Why this version was written. */
  revision: z.object({ note: Words }).prefault({}),
})
export type CarePlanContent = z.infer<typeof CarePlanContent>

/** The sections in the order in which a plan is read; two people's work is merged by them. */
export const planSections = [
  'values',
  'problems',
  'outlook',
  'goals',
  'interventions',
  'symptoms',
  'medications',
  'function',
  'environment',
  'caregiver',
  'coordination',
  'community',
  'preventive',
  'review',
  'revision',
] as const
export const PlanSectionId = z.enum(planSections)
export type PlanSectionId = z.infer<typeof PlanSectionId>

export const planSectionTitles: Record<PlanSectionId, string> = {
  values: 'What matters to me',
  problems: 'Problems',
  outlook: 'Expected outcome',
  goals: 'Goals',
  interventions: 'Planned steps',
  symptoms: 'Symptoms',
  medications: 'Medications, allergies',
  function: 'Thinking and function',
  environment: 'Home and surroundings',
  caregiver: 'Caregiver',
  coordination: 'Other providers',
  community: 'Community services',
  preventive: 'Preventive services',
  review: 'Next review',
  revision: 'What changed',
}

/** A plan with nothing in it yet. */
export const emptyCarePlan: CarePlanContent = CarePlanContent.parse({})

const blank = (text: string) => text.trim() === ''
const none = 'Nothing is written here yet.'

/**
 * What each element of a plan lacks, by the rule book's key; null where it is there. The same answer moves the meter
 * while somebody types and makes the server refuse a submission.
 */
export function carePlanGaps(plan: CarePlanContent): Record<string, { section: PlanSectionId; gap: string | null }> {
  const unmeasured = plan.goals.find((goal) => blank(goal.target) || goal.dueOn === null)
  const nobody = plan.interventions.find((step) => blank(step.who))
  const { cognition, dailyLiving } = plan.function
  const at = (section: PlanSectionId, gap: string | null) => ({ section, gap })
  return {
    problem_list: at('problems', plan.problems.some((one) => !blank(one.name)) ? null : 'No problem is listed.'),
    expected_outcome: at(
      'outlook',
      plan.outlook.some((one) => !blank(one.expectedOutcome) && !blank(one.prognosis))
        ? null
        : 'Say what can be expected, and the outlook.',
    ),
    measurable_goals: at(
      'goals',
      plan.goals.length === 0
        ? 'No goal is set.'
        : unmeasured === undefined
          ? null
          : `The goal “${unmeasured.title || 'without a name'}” needs a target and a day.`,
    ),
    cognitive_functional: at(
      'function',
      blank(cognition) || blank(dailyLiving) ? 'Describe thinking and memory, and daily living.' : null,
    ),
    symptom_management: at(
      'symptoms',
      plan.symptoms.some((one) => !blank(one.symptom) && !(blank(one.selfCare) && blank(one.callUs)))
        ? null
        : 'Name a symptom and what to do.',
    ),
    planned_interventions: at(
      'interventions',
      plan.interventions.some((one) => !blank(one.what)) ? null : 'No step is planned.',
    ),
    medication_management: at(
      'medications',
      plan.medications.items.length === 0 && !plan.medications.noMedications
        ? 'List the medications, or say that there are none.'
        : plan.medications.reconciledOn === null
          ? 'Say when the medications were gone through with the patient.'
          : null,
    ),
    environment: at('environment', blank(plan.environment.home) ? 'Describe the home.' : null),
    caregiver: at(
      'caregiver',
      plan.caregiver.none || !blank(plan.caregiver.name) ? null : 'Name the caregiver, or say that there is none.',
    ),
    coordination: at(
      'coordination',
      plan.coordination.none || plan.coordination.parties.some((one) => !blank(one.name))
        ? null
        : 'Name the other providers, or say that there are none.',
    ),
    periodic_review: at('review', plan.review.nextOn === null ? 'Set the day of the next review.' : null),
    revision: at('revision', blank(plan.revision.note) ? 'Say in a few words what is new in this version.' : null),
    responsible_person: at(
      'interventions',
      plan.interventions.length === 0 ? none : nobody === undefined ? null : `Nobody is named for “${nobody.what}”.`,
    ),
    community_services: at(
      'community',
      plan.community.none || plan.community.services.length > 0 ? null : 'Name a service, or say that none is needed.',
    ),
    preventive_services: at('preventive', plan.preventive.length > 0 ? null : none),
    values_and_choices: at(
      'values',
      blank(plan.values.matters) ? 'Write down what matters to the patient, in their words.' : null,
    ),
  }
}
