import { block, info, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

export const patientAlive = rule<MonthView>({
  id: 'ccm.patient.alive',
  asks: 'Was the patient alive in this month?',
  reads: ({ facts }) => ({ diedOn: facts.patient?.diedOn }),
  base: {
    id: 'date_of_death',
    from: '2015-01',
    law: [sources.claimsManual],
    decide: ({ facts, firstDay, lastDay }) => {
      const died = facts.patient === null ? undefined : facts.patient?.diedOn
      if (died === undefined) {
        return unknown('Nobody has said whether the patient is alive.', {
          step: 'find_out',
          role: 'front_desk',
          late: true,
          sentence: 'Confirm that the patient is alive, or record the date of death.',
        })
      }
      if (died === null || died > lastDay) return pass('The patient was alive all month.')
      if (died < firstDay) return block(`The patient died on ${died}, before this month.`)
      return info(`The patient died on ${died}: the claim may not be dated later, and no minutes after it count.`)
    },
  },
})
