import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

export const designatedCareManager = rule<MonthView>({
  id: 'ccm.continuity',
  asks: 'Has the patient one named member of the care team?',
  reads: ({ facts }) => ({ designatedCareManager: facts.designatedCareManager }),
  base: {
    id: 'named_member',
    from: '2015-01',
    law: [sources.mln909188],
    decide: ({ facts }) => {
      if (facts.designatedCareManager === undefined) {
        return unknown('Nobody has said who the care manager of the patient is.', {
          step: 'find_out',
          role: 'manager',
          late: true,
          sentence: 'Look up who the named care manager of the patient was in the month.',
        })
      }
      if (facts.designatedCareManager === true) return pass('The patient has a named care manager.')
      return block('The patient has no named care manager.', {
        step: 'name_care_manager',
        role: 'manager',
        sentence: 'Name a care manager for the patient.',
      })
    },
  },
})
