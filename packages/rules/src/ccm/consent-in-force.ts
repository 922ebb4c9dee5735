import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { stopTakesEffect } from '../values/consent.ts'
import type { MonthView } from './month-view.ts'

export const consentInForce = rule<MonthView>({
  id: 'ccm.consent.in_force',
  asks: 'Was consent given before the care and not withdrawn?',
  reads: ({ facts }) => ({ givenOn: facts.consent?.givenOn, withdrawnOn: facts.consent?.withdrawnOn }),
  base: {
    id: 'before_care_until_month_end',
    from: '2015-01',
    law: [sources.noridianQa2017, sources.mln909188],
    decide: ({ facts, firstDay, lastDay }) => {
      const { consent } = facts
      if (consent === undefined || consent === null) return pass('The dates are asked once there is a consent.')
      if (consent.givenOn === undefined) {
        return unknown('Nobody has said when the patient consented.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence: 'Look up the date of consent.',
        })
      }
      if (consent.givenOn === null || consent.givenOn > lastDay) {
        return block('There was no consent in this month yet.', {
          step: 'record_consent',
          role: 'care_manager',
          sentence: 'Record the consent; minutes before it do not count.',
        })
      }
      if (consent.withdrawnOn === undefined) {
        return unknown('Nobody has said whether the patient has stopped.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence: 'Confirm that the patient has not asked to stop.',
        })
      }
      if (consent.withdrawnOn === null) return pass(`Consent is in force since ${consent.givenOn}.`)
      const last = stopTakesEffect(consent.withdrawnOn)
      if (last < firstDay) {
        return block(`The patient asked to stop on ${consent.withdrawnOn}; consent ended on ${last}.`, {
          step: 'record_consent',
          role: 'care_manager',
          sentence: 'If the patient wants CCM again, record a new consent; minutes before it do not count.',
        })
      }
      return pass(`The patient asked to stop on ${consent.withdrawnOn}; consent stays in force until ${last}.`)
    },
  },
})
