import { hold, pass, rule } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { coverageOn } from './coverage-on.ts'
import type { MonthView } from './month-view.ts'

export const notMedicareAdvantage = rule<MonthView>({
  id: 'ccm.coverage.medicare_advantage',
  asks: 'Is the patient in a Medicare Advantage plan?',
  reads: ({ facts, dateOfService }) => ({ coverage: facts.coverage, dateOfService }),
  base: {
    id: 'plan_pays_instead',
    from: '2015-01',
    law: [sources.claimsManual],
    decide: ({ facts, dateOfService }) => {
      if (!facts.coverage) return pass('No Medicare Advantage plan is known.')
      const plan = coverageOn(facts.coverage, 'medicare_advantage', dateOfService)
      if (!plan) return pass('The patient is in Original Medicare.')
      return hold('The patient is in a Medicare Advantage plan: the plan pays by its own rules, not Part B.', {
        step: 'bill_the_plan',
        role: 'biller',
        late: true,
        forgoes: true,
        sentence: 'Bill the plan instead of Part B.',
      })
    },
  },
})
