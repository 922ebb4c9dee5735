import { block, type Cure, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { consentModeRow, DEFAULT_CONSENT_MODE } from '../values/consent.ts'
import type { MonthView } from './month-view.ts'

const ask: Cure = {
  step: 'record_consent',
  role: 'care_manager',
  sentence: 'Tell the patient what CCM is and record the consent in the form the clinic asks for.',
}

/** The consent as a record: its form. When it was given and stopped are other rules. */
export const consentForm = rule<MonthView>({
  id: 'ccm.consent.form',
  asks: 'Is consent on file in the form that Medicare and the clinic ask for?',
  reads: ({ facts }) => ({
    consent: facts.consent,
    consentMode: facts.policy?.consentMode ?? DEFAULT_CONSENT_MODE,
  }),
  base: {
    id: 'documented',
    from: '2015-01',
    law: [sources.pfs2017, sources.noridianTpe, sources.clinicPolicy],
    decide: ({ facts }) => {
      const mode = consentModeRow(facts.policy?.consentMode ?? DEFAULT_CONSENT_MODE)
      const { consent } = facts
      if (consent === undefined)
        return unknown('Nobody has said whether the patient consented.', {
          ...ask,
          step: 'find_out',
          late: true,
        })
      if (consent === null || consent.form === null) return block('The patient has not consented.', ask)
      if (consent.form === undefined) {
        return unknown('Nobody has said in which form the patient consented.', {
          ...ask,
          step: 'find_out',
          late: true,
        })
      }
      if (mode.writtenRequired && consent.form !== 'written') {
        return block('Consent was given by word of mouth; this clinic asks for writing.', ask)
      }
      if (mode.faceToFaceRequired) {
        if (consent.faceToFace === undefined) {
          return unknown('Nobody has said whether consent was given in a visit in person.', {
            ...ask,
            step: 'find_out',
            late: true,
          })
        }
        if (consent.faceToFace !== true) {
          return block('Consent was not given in a visit in person, as this clinic asks.', ask)
        }
      }
      return pass(consent.form === 'written' ? 'Written consent is on file.' : 'Verbal consent is documented.')
    },
  },
  exceptions: [
    {
      id: 'written_in_visit_before_2017',
      from: '2015-01',
      until: '2017-01',
      law: [sources.pfs2015],
      decide: ({ facts: { consent } }) => {
        if (consent === undefined)
          return unknown('Nobody has said whether the patient consented.', {
            ...ask,
            step: 'find_out',
            late: true,
          })
        if (consent?.form === 'written') return pass('Written consent is on file.')
        return block('Until December 2016 Medicare asked for consent in writing.', ask)
      },
    },
  ],
})
