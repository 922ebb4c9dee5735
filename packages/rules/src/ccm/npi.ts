import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { hasNpiForm } from '../values/identifiers.ts'
import type { MonthView } from './month-view.ts'

export const practitionerNpi = rule<MonthView>({
  id: 'ccm.practitioner.npi',
  asks: 'Has the billing practitioner an NPI that can stand on the claim?',
  reads: ({ facts }) => ({ npi: facts.practitioner?.npi }),
  base: {
    id: 'check_digit',
    from: '2015-01',
    law: [sources.npiStandard],
    decide: ({ facts }) => {
      const { practitioner } = facts
      if (!practitioner?.kind) return pass('The NPI is asked once the practitioner is named.')
      const { npi } = practitioner
      if (npi === undefined) {
        return unknown('The NPI of the billing practitioner is not known.', {
          step: 'find_out',
          role: 'manager',
          late: true,
          sentence: 'Enter the NPI of the billing practitioner.',
        })
      }
      if (npi !== null && hasNpiForm(npi)) return pass('The NPI is well formed.')
      return block(
        npi === null ? 'The billing practitioner has no NPI.' : `${npi} is not an NPI: its check digit fails.`,
        {
          step: 'correct_npi',
          role: 'manager',
          late: true,
          sentence: 'Enter the practitioner’s NPI as the registry shows it.',
        },
      )
    },
  },
})
