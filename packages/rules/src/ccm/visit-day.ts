import { info, pass, rule } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { dayWindow, instantMs } from '../time.ts'
import { chosenOf } from '../values/switches.ts'
import { visitDaysOf } from './minutes.ts'
import type { MonthView } from './month-view.ts'

export const visitDayMinutes = rule<MonthView>({
  id: 'ccm.time.visit_day',
  asks: 'Was there staff time on the day of a visit?',
  reads: ({ facts }) => ({ visitDays: visitDaysOf(facts), visitDayMinutes: chosenOf(facts.policy, 'visitDayMinutes') }),
  base: {
    id: 'distinct_work_only',
    from: '2015-01',
    law: [sources.fieldKnowledge],
    decide: ({ facts }) => {
      const days = visitDaysOf(facts)
      if (days.length === 0 || !facts.time) return pass('No visit of the month shares a day with staff time.')
      const shared = days.filter((day) => {
        const window = dayWindow(day, facts.timeZone)
        return facts.time?.some(
          (entry) =>
            entry.kind === 'staff' &&
            entry.program === 'ccm' &&
            instantMs(entry.start) < window.endMs &&
            instantMs(entry.end) > window.startMs,
        )
      })
      if (shared.length === 0) return pass('No visit of the month shares a day with staff time.')
      return info(
        chosenOf(facts.policy, 'visitDayMinutes') === 'leave_out'
          ? `Staff minutes on ${shared.join(', ')}, the day of a visit, are left out as this clinic chose.`
          : `There are staff minutes on ${shared.join(', ')}, the day of a visit: they count only where they are not part of it.`,
      )
    },
  },
})
