import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

export const access24x7 = rule<MonthView>({
  id: 'ccm.access',
  asks: 'Can the patient reach someone for urgent needs at any hour who can see the plan?',
  reads: ({ facts }) => ({ access24x7: facts.access24x7 }),
  base: {
    id: 'any_hour',
    from: '2015-01',
    law: [sources.mln909188],
    decide: ({ facts }) => {
      if (facts.access24x7 === undefined) {
        return unknown('Nobody has said whether the practice can be reached at any hour.', {
          step: 'find_out',
          role: 'manager',
          late: true,
          sentence: 'Confirm that an on-call person who can see the plan was reachable at any hour.',
        })
      }
      if (facts.access24x7 === true) return pass('Someone who can see the plan is reachable at any hour.')
      return block('Nobody who can see the plan is reachable at any hour.', {
        step: 'establish_24x7_access',
        role: 'manager',
        sentence: 'Set up an on-call roster with access to the plans; an answering machine is not enough.',
      })
    },
  },
})
