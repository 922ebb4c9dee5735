import { valueOn } from '../book/dated.ts'
import { info, pass, rule } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { planningAddOnCode } from '../values/visits.ts'
import { visitStarts } from './initiating-visit-fits.ts'
import type { MonthView } from './month-view.ts'

const NONE = pass('No planning add-on comes into question.')

/** G0506 belongs to the claim of the visit, never to that of the month: here it is only told. */
export const planningAddOn = rule<MonthView>({
  id: 'ccm.planning_add_on',
  asks: 'May the planning add-on be billed with the visit that starts care?',
  values: [planningAddOnCode],
  reads: ({ facts }) => ({ initiatingVisit: facts.initiatingVisit, otherServices: facts.otherServices }),
  base: {
    id: 'with_the_visit_once',
    from: '2017-01',
    law: [sources.pfs2017, sources.fieldKnowledge],
    decide: ({ facts }, month) => {
      if (!facts.otherServices?.length && facts.initiatingVisit?.extensivePlanning !== true) return NONE
      const code = valueOn(planningAddOnCode, month)
      const visit = facts.initiatingVisit
      const billed = (facts.otherServices ?? []).filter(
        (one) => one.code === code && one.on.slice(0, 7) === month && one.practitioner === 'same',
      )
      const starts = visit && visit.on.slice(0, 7) === month && visitStarts(visit.code, month)
      if (billed.length > 1) return info(`${code} is paid once, when care begins; it is billed ${billed.length} times.`)
      if (billed.length === 1) {
        return starts && billed[0]?.on === visit.on
          ? info(`${code} stands beside the visit ${visit.code} on ${visit.on}; its minutes never count for the month.`)
          : info(`${code} needs the visit that starts care on the same day; without it the add-on is denied (B15).`)
      }
      if (starts && visit.extensivePlanning === true) {
        return info(
          `The practitioner planned extensively in the visit on ${visit.on}: ${code} may be added to that visit's claim, once.`,
        )
      }
      return NONE
    },
  },
})
