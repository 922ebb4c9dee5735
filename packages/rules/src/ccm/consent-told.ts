import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { consentModeRow, DEFAULT_CONSENT_MODE } from '../values/consent.ts'
import type { MonthView } from './month-view.ts'

const words: Record<string, string> = {
  availability_and_cost: 'that CCM exists and may cost a share',
  one_practitioner: 'that only one practitioner may bill it in a month',
  right_to_stop: 'that the patient may stop at any time',
  information_sharing: 'that information may be shared',
}

export const consentTold = rule<MonthView>({
  id: 'ccm.consent.told',
  asks: 'Was the patient told what Medicare wants said before consent?',
  reads: ({ facts }) => ({ told: facts.consent?.told }),
  base: {
    id: 'three_statements',
    from: '2015-01',
    law: [sources.noridianTpe, sources.mln909188],
    decide: ({ facts }) => {
      const { consent } = facts
      if (consent === undefined || consent === null) return pass('What was told is asked once there is a consent.')
      if (consent.told === undefined) {
        return unknown('Nobody has said what the patient was told.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence: 'Look up in the consent record what the patient was told.',
        })
      }
      const required = consentModeRow(facts.policy?.consentMode ?? DEFAULT_CONSENT_MODE).required
      const missing = required.filter((id) => !consent.told?.includes(id))
      if (missing.length === 0) return pass('The patient was told all that Medicare asks.')
      return block(
        `The record does not show that the patient was told ${missing.map((id) => words[id]).join(', and ')}.`,
        {
          step: 'correct_consent_record',
          role: 'care_manager',
          sentence: 'Tell the patient what is missing and record the consent anew.',
        },
      )
    },
  },
})
