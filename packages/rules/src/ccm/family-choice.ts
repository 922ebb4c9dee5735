import { hold, info, pass, rule } from '../book/rule.ts'
import type { Family } from '../facts.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

export const familyWords: Record<Family, string> = {
  non_complex: 'non-complex care by staff',
  complex: 'complex care by staff',
  personal: 'care by the practitioner in person',
}

export const familyChoice = rule<MonthView>({
  id: 'ccm.family.choice',
  asks: 'Is one family chosen, by the record or by a person with a reason?',
  reads: ({ facts, chosen }) => ({ choice: facts.choice, family: chosen?.family }),
  base: {
    id: 'record_first',
    from: '2021-01',
    law: [sources.mln909188, sources.clinicPolicy],
    decide: ({ facts, candidates, chosen }) => {
      const { choice } = facts
      if (!choice)
        return pass(chosen ? `The record supports ${familyWords[chosen.family]}.` : 'No family is reached yet.')
      if (candidates.some((one) => one.family === choice.family)) {
        return info(`${choice.by} chose ${familyWords[choice.family]}: ${choice.reason}`)
      }
      return hold(`${choice.by} chose ${familyWords[choice.family]}, but the record does not reach it.`, {
        step: 'choose_family_again',
        role: 'biller',
        late: true,
        sentence: 'Take the choice back, or choose a family that the record reaches.',
      })
    },
  },
})
