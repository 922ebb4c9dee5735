import type { CarePlanContent, PlanSectionId } from '@keepwell/contract'
import {
  allergyList,
  goalList,
  type ListSpec,
  medicineList,
  outlookList,
  partyList,
  preventionList,
  problemList,
  serviceList,
  stepList,
  symptomList,
} from './fields.ts'

/** Something that a template or the chart proposes and the plan does not hold. */
export interface Suggestion {
  id: string
  title: string
  detail: string
  /** The plan with it. */
  accept: (plan: CarePlanContent) => CarePlanContent
}

function missing<T extends { id: string }>(
  spec: ListSpec<T>,
  held: readonly T[],
  proposed: readonly T[],
  put: (plan: CarePlanContent, item: T) => CarePlanContent,
): Suggestion[] {
  const known = new Set(held.map(({ id }) => id))
  const titles = new Set(held.map((item) => spec.line(item).title.toLowerCase()))
  return proposed
    .filter((item) => !known.has(item.id) && !titles.has(spec.line(item).title.toLowerCase()))
    .map((item) => ({ id: item.id, ...spec.line(item), accept: (plan) => put(plan, item) }))
}

/** What the proposal holds for a section and the plan does not. */
export function suggestionsFor(section: PlanSectionId, plan: CarePlanContent, proposal: CarePlanContent): Suggestion[] {
  switch (section) {
    case 'problems':
      return missing(problemList, plan.problems, proposal.problems, (now, item) => ({
        ...now,
        problems: [...now.problems, item],
      }))
    case 'outlook':
      return missing(outlookList, plan.outlook, proposal.outlook, (now, item) => ({
        ...now,
        outlook: [...now.outlook, item],
      }))
    case 'goals':
      return missing(goalList, plan.goals, proposal.goals, (now, item) => ({
        ...now,
        goals: [...now.goals, item],
      }))
    case 'interventions':
      return missing(stepList, plan.interventions, proposal.interventions, (now, item) => ({
        ...now,
        interventions: [...now.interventions, item],
      }))
    case 'symptoms':
      return missing(symptomList, plan.symptoms, proposal.symptoms, (now, item) => ({
        ...now,
        symptoms: [...now.symptoms, item],
      }))
    case 'preventive':
      return missing(preventionList, plan.preventive, proposal.preventive, (now, item) => ({
        ...now,
        preventive: [...now.preventive, item],
      }))
    case 'coordination':
      return missing(partyList, plan.coordination.parties, proposal.coordination.parties, (now, item) => ({
        ...now,
        coordination: { ...now.coordination, parties: [...now.coordination.parties, item] },
      }))
    case 'community':
      return missing(serviceList, plan.community.services, proposal.community.services, (now, item) => ({
        ...now,
        community: { ...now.community, services: [...now.community.services, item] },
      }))
    case 'medications':
      return [
        ...missing(medicineList, byName(plan.medications.items), byName(proposal.medications.items), (now, item) => ({
          ...now,
          medications: { ...now.medications, items: [...now.medications.items, item] },
        })),
        ...missing(
          allergyList,
          bySubstance(plan.medications.allergies),
          bySubstance(proposal.medications.allergies),
          (now, item) => ({
            ...now,
            medications: { ...now.medications, allergies: [...now.medications.allergies, item] },
          }),
        ),
      ]
    default:
      return []
  }
}

// The chart numbers its medicines anew each time: by their names they stay who they are.
const byName = <T extends { id: string; name: string }>(items: readonly T[]) =>
  items.map((item) => ({ ...item, id: `m:${item.name.toLowerCase()}`.slice(0, 80) }))
const bySubstance = <T extends { id: string; substance: string }>(items: readonly T[]) =>
  items.map((item) => ({ ...item, id: `a:${item.substance.toLowerCase()}`.slice(0, 80) }))
