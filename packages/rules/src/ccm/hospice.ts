import { block, hold, info, pass, rule } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { coverageOn } from './coverage-on.ts'
import type { MonthView } from './month-view.ts'

export const hospiceSettled = rule<MonthView>({
  id: 'ccm.coverage.hospice',
  asks: 'Has the patient chosen hospice?',
  reads: ({ facts, dateOfService }) => ({ coverage: facts.coverage, hospiceCare: facts.hospiceCare, dateOfService }),
  base: {
    id: 'unrelated_care_only',
    from: '2015-01',
    law: [sources.claimsManual],
    decide: ({ facts, dateOfService }) => {
      if (!facts.coverage || !coverageOn(facts.coverage, 'hospice', dateOfService)) {
        return pass('No hospice election is on file.')
      }
      if (facts.hospiceCare === 'attending') {
        return info('Given as attending physician whom the hospice does not employ: modifier GV on each line.')
      }
      if (facts.hospiceCare === 'unrelated') {
        return info('The care was unrelated to the terminal illness: modifier GW on each line.')
      }
      if (facts.hospiceCare === 'related') {
        return block('The care belongs to the terminal illness: the hospice is paid for it.')
      }
      return hold('The patient is in hospice: Part B pays only for what the hospice does not cover.', {
        step: 'settle_hospice',
        role: 'provider',
        late: true,
        sentence:
          'Say whether the care was unrelated to the terminal illness (GW) or given as attending physician (GV).',
      })
    },
  },
})
