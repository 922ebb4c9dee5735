import { type Decision, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

export const staysKnown = rule<MonthView>({
  id: 'ccm.stays',
  asks: 'Are the hospital and nursing stays of the month known?',
  reads: ({ facts }) => ({ stays: facts.stays }),
  base: {
    id: 'stays_do_not_count',
    from: '2015-01',
    law: [sources.cmsFaq2015],
    decide: ({ facts }) =>
      facts.stays === undefined
        ? unknown('Nobody has said whether the patient was in a hospital or nursing facility this month.', {
            step: 'find_out',
            role: 'care_manager',
            late: true,
            sentence: 'Find out about stays in the month: minutes on those days do not count.',
          })
        : pass('Stays of the month are known; minutes on those days are left out.'),
  },
})

export const otherServicesKnown = rule<MonthView>({
  id: 'ccm.other_services',
  asks: 'Are the other services of the month known?',
  reads: ({ facts }) => ({ otherServices: facts.otherServices }),
  base: {
    id: 'asked',
    from: '2015-01',
    law: [sources.mln909188],
    decide: ({ facts }) =>
      facts.otherServices === undefined
        ? unknown('Nobody has said which other services were billed for the patient this month.', {
            step: 'find_out',
            role: 'biller',
            late: true,
            sentence:
              'Look for other monthly services of the patient: another CCM, PCM or APCM, G0181, G0182, dialysis.',
          })
        : pass('The other services of the month are known.'),
  },
})

export const timeKnown = rule<MonthView>({
  id: 'ccm.time.known',
  asks: 'Is the time log known, and everything about its entries?',
  reads: ({ tally }) => ({ unknowns: tally.unknowns }),
  base: {
    id: 'every_entry',
    from: '2015-01',
    law: [sources.cfr41026],
    decide: ({ facts, tally }): Decision => {
      if (facts.time === undefined) {
        return unknown('The time log of the month is not known.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence: 'Enter the time of the month.',
        })
      }
      if (tally.unknowns.length === 0) return pass('Everything about the time entries is known.')
      return unknown(tally.unknowns.join(' '), {
        step: 'correct_time_entry',
        role: 'care_manager',
        late: true,
        sentence: 'Complete these time entries: who did what, with which credential, for which program.',
      })
    },
  },
})
