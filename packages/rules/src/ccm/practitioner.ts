import { block, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

const BILLING_KINDS = new Set(['physician', 'np', 'pa', 'cns', 'cnm'])

export const practitionerMayBill = rule<MonthView>({
  id: 'ccm.practitioner',
  asks: 'May this practitioner bill chronic care management?',
  reads: ({ facts }) => ({ practitioner: facts.practitioner }),
  base: {
    id: 'five_kinds',
    from: '2015-01',
    law: [sources.mbAndC, sources.mln909188],
    decide: ({ facts }) => {
      const kind = facts.practitioner?.kind
      if (facts.practitioner === null || kind === null) {
        return block('No billing practitioner is named.', {
          step: 'choose_billing_practitioner',
          role: 'manager',
          late: true,
          sentence: 'Name the practitioner who supervises and bills this patient.',
        })
      }
      if (kind === undefined) {
        return unknown('Nobody has said who bills this month.', {
          step: 'find_out',
          role: 'manager',
          late: true,
          sentence: 'Name the practitioner who supervises and bills this patient, with his or her profession.',
        })
      }
      if (BILLING_KINDS.has(kind)) return pass('The practitioner may bill chronic care management.')
      return block(
        'Only physicians, nurse practitioners, physician assistants, clinical nurse specialists and nurse midwives may bill it.',
        {
          step: 'choose_billing_practitioner',
          role: 'manager',
          late: true,
          sentence: 'Bill under the practitioner who supervised the care and may bill it.',
        },
      )
    },
  },
})
