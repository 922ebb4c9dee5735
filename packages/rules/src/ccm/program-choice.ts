import { block, type Cure, hold, pass, rule } from '../book/rule.ts'
import { programChoices } from '../programs/alternatives.ts'
import { programLabelOf } from '../programs/programs.ts'
import { sources } from '../sources.ts'
import type { MonthView } from './month-view.ts'

const CCM = pass('Nobody chose another program for this month.')

const takeBack: Omit<Cure, 'sentence'> = { step: 'take_program_back', role: 'biller', late: true }

export const programChoice = rule<MonthView>({
  id: 'ccm.program.choice',
  asks: 'Did a person choose another program for this month?',
  reads: ({ facts }) => ({ otherProgram: facts.otherProgram }),
  base: {
    id: 'one_program_a_month',
    from: '2015-01',
    law: [sources.mln909188, sources.clinicPolicy],
    decide: (view) => {
      const { otherProgram } = view.facts
      if (!otherProgram) return CCM
      const { program, by, reason } = otherProgram
      const name = programLabelOf(program)
      if (!programChoices(view).some((one) => one.program === program)) {
        return hold(`${by} chose ${name}, but the record does not reach it: ${reason}`, {
          ...takeBack,
          sentence: 'Take the choice back, or choose what the record reaches.',
        })
      }
      return block(`${by} chose ${name} for this month: ${reason}`, {
        ...takeBack,
        forgoes: true,
        sentence: `Take the choice back; then ${name} is not billed for this month.`,
      })
    },
  },
})
