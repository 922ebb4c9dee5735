import { block, type Cure, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { coverageOn } from './coverage-on.ts'
import type { MonthView } from './month-view.ts'

const check: Cure = {
  step: 'check_coverage',
  role: 'front_desk',
  late: true,
  sentence: 'Check Medicare coverage with a 270 for the month.',
}

export const partBActive = rule<MonthView>({
  id: 'ccm.coverage.part_b',
  asks: 'Is Medicare Part B in force on the date of service?',
  reads: ({ facts, dateOfService }) => ({ coverage: facts.coverage, dateOfService }),
  base: {
    id: 'on_date_of_service',
    from: '2015-01',
    law: [sources.mln909188],
    decide: ({ facts, dateOfService, firstDay }) => {
      const coverage = facts.coverage
      if (coverage === undefined) return unknown('Nobody has checked Medicare coverage for this month.', check)
      if (coverage === null || coverage.length === 0) return block('No Medicare coverage is on file.', check)
      if (coverageOn(coverage, 'part_b', dateOfService)) return pass(`Part B is in force on ${dateOfService}.`)
      const earlier = coverage.find(
        (one) => one.kind === 'part_b' && one.to !== null && one.to >= firstDay && one.to < dateOfService,
      )
      if (earlier && facts.policy?.dateOfService !== 'threshold_date') {
        return block(`Part B ended on ${earlier.to}, before the date of service ${dateOfService}.`, {
          step: 'set_date_of_service',
          role: 'biller',
          late: true,
          sentence: `Date the claim on the day the minutes were reached, if that is no later than ${earlier.to}.`,
        })
      }
      return block(`Part B is not in force on ${dateOfService}.`, check)
    },
  },
})
