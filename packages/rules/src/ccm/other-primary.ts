import { hold, info, pass, rule } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { coverageOn } from './coverage-on.ts'
import type { MonthView } from './month-view.ts'

export const medicareIsPrimary = rule<MonthView>({
  id: 'ccm.coverage.other_primary',
  asks: 'Does another insurer pay before Medicare?',
  reads: ({ facts, dateOfService }) => ({
    coverage: facts.coverage,
    primaryPayment: facts.primaryPayment,
    dateOfService,
  }),
  base: {
    id: 'secondary_payer',
    from: '2015-01',
    law: [sources.claimsManual, sources.cfr41133],
    decide: ({ facts, dateOfService }) => {
      if (!facts.coverage || !coverageOn(facts.coverage, 'other_primary', dateOfService)) {
        return pass('No insurer that pays before Medicare is on file.')
      }
      const answer = facts.primaryPayment
      if (answer && (!facts.asOf || answer.decidedOn <= facts.asOf)) {
        return info(`The first insurer decided on ${answer.decidedOn}: bill Medicare second, with its adjustments.`)
      }
      return hold('Another insurer pays before Medicare.', {
        step: 'bill_primary_first',
        role: 'biller',
        late: true,
        sentence: 'Bill the first insurer, then Medicare with what it paid.',
      })
    },
  },
})
