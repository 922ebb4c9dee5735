import { valueOn } from '../book/dated.ts'
import { block, pass, rule } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { addYears } from '../time.ts'
import { timelyFilingYears } from '../values/claims.ts'
import type { MonthView } from './month-view.ts'

/** A month close asks for one date of service thousands of times, so the last answer is kept. */
let lastAnswer = { dateOfService: '', years: 0, day: '' }

function lastDayToFile(dateOfService: string, years: number): string {
  if (lastAnswer.dateOfService !== dateOfService || lastAnswer.years !== years) {
    lastAnswer = { dateOfService, years, day: addYears(dateOfService, years) }
  }
  return lastAnswer.day
}

export const timelyFiling = rule<MonthView>({
  id: 'ccm.claim.timely_filing',
  asks: 'Is there still time to file the claim?',
  values: [timelyFilingYears],
  reads: ({ facts, dateOfService }) => ({ asOf: facts.asOf, dateOfService }),
  base: {
    id: 'one_year',
    from: '2010-01',
    law: [sources.cfr42444],
    decide: ({ facts, dateOfService }, month) => {
      if (!facts.asOf) return pass('The time to file is asked once the day is known.')
      const last = lastDayToFile(dateOfService, valueOn(timelyFilingYears, month))
      if (facts.asOf <= last) return pass(`The claim may be filed until ${last}.`)
      return block(`The time to file ended on ${last}. Only Medicare’s own exceptions reach further.`)
    },
  },
})
