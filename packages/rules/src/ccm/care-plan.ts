import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

export const carePlanApproved = rule<MonthView>({
  id: 'ccm.care_plan.approved',
  asks: 'Had the practitioner approved the care plan by the end of the month?',
  reads: ({ facts }) => ({ carePlan: facts.carePlan }),
  base: {
    id: 'approved_plan_in_force',
    from: '2015-01',
    law: [sources.noridianQa2017, sources.noridianTpe],
    decide: ({ facts, lastDay }) => {
      const approved = facts.carePlan === null ? null : facts.carePlan?.approvedOn
      if (approved === undefined) {
        return unknown('Nobody has said whether the care plan is approved.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence: 'Look up whether the care plan is approved and since when.',
        })
      }
      if (approved === null || approved > lastDay) {
        return block(
          approved === null
            ? 'The care plan is not approved.'
            : `The care plan was approved on ${approved}, after this month.`,
          {
            step: 'approve_care_plan',
            role: 'provider',
            sentence: 'Review and approve the care plan before the month ends.',
          },
        )
      }
      return pass(`The care plan is approved since ${approved}.`)
    },
  },
})
