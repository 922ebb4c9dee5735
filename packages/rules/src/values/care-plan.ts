import { type Source, sources } from '../sources.ts'

export interface CarePlanElement {
  readonly key: string
  readonly label: string
  /** Required = on Medicare's list of typical contents; the others are good practice. */
  readonly required: boolean
  readonly law: readonly Source[]
}

const onTheList = (key: string, label: string): CarePlanElement => ({
  key,
  label,
  required: true,
  law: [sources.mln909188],
})
const goodPractice = (key: string, label: string): CarePlanElement => ({
  key,
  label,
  required: false,
  law: [sources.pfs2017],
})

/** What a comprehensive care plan holds. */
export const carePlanElements: readonly CarePlanElement[] = [
  onTheList('problem_list', 'Problems'),
  onTheList('expected_outcome', 'Expected outcome and outlook'),
  onTheList('measurable_goals', 'Goals that can be measured'),
  onTheList('cognitive_functional', 'Thinking and daily function'),
  onTheList('symptom_management', 'Symptoms and what to do'),
  onTheList('planned_interventions', 'Planned steps'),
  onTheList('medication_management', 'Medications'),
  onTheList('environment', 'Home and surroundings'),
  onTheList('caregiver', 'Caregiver'),
  onTheList('coordination', 'Other providers and outside help'),
  onTheList('periodic_review', 'When the plan is looked at again'),
  onTheList('revision', 'Changes to the plan'),
  goodPractice('responsible_person', 'Who does each step'),
  goodPractice('community_services', 'Community and social services ordered'),
  goodPractice('preventive_services', 'Preventive services'),
  goodPractice('values_and_choices', 'What matters to the patient'),
]
