import { valueOn } from '../book/dated.ts'
import { pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { complexFirstBlock } from '../values/ccm/time.ts'
import type { MonthView } from './month-view.ts'

export const complexDecisionMaking = rule<MonthView>({
  id: 'ccm.complex.decision_making',
  asks: 'Was the practitioner’s decision making moderate or high this month?',
  values: [complexFirstBlock],
  reads: ({ facts }) => ({ decisionMaking: facts.decisionMaking }),
  base: {
    id: 'documented_in_month',
    from: '2017-01',
    law: [sources.mln909188, sources.pfs2020],
    decide: ({ facts, tally, complexDecisions, chosen }, month) => {
      const first = valueOn(complexFirstBlock, month)
      if (tally.pooledMinutes < first) return pass(`Below ${first} minutes complex care does not come into question.`)
      if (complexDecisions === true) return pass('Moderate or high decision making is documented in this month.')
      if (complexDecisions === false) return pass('Moderate or high decision making is not documented in this month.')
      if (facts.choice && facts.choice.family !== 'complex' && chosen?.family === facts.choice.family)
        return pass('A person chose another family than complex care.')
      return unknown('With 60 minutes or more it must be known whether decision making was moderate or high.', {
        step: 'find_out',
        role: 'provider',
        late: true,
        sentence: 'Say which level of decision making the month took, and when it was documented.',
      })
    },
  },
})
