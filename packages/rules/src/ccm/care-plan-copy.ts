import { block, type Cure, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

const give: Cure = {
  step: 'give_plan_copy',
  role: 'care_manager',
  late: true,
  sentence: 'Give the patient or caregiver a copy of the care plan and record the day.',
}

export const carePlanCopyGiven = rule<MonthView>({
  id: 'ccm.care_plan.copy',
  asks: 'Has the patient or caregiver a copy of the care plan?',
  reads: ({ facts }) => ({ carePlan: facts.carePlan, asOf: facts.asOf }),
  base: {
    id: 'copy_before_the_claim',
    from: '2015-01',
    law: [sources.noridianMrFaq],
    decide: ({ facts }) => {
      const given = facts.carePlan === null ? null : facts.carePlan?.copyGivenOn
      if (given === undefined) return unknown('Nobody has said whether the patient has a copy of the plan.', give)
      if (given === null) return block('The patient has no copy of the care plan.', give)
      if (facts.asOf && given > facts.asOf) return block(`The copy is to be given only on ${given}.`, give)
      return pass(`A copy of the plan was given on ${given}.`)
    },
  },
})
