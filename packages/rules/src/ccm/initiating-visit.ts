import { block, type Cure, info, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { chosenOf } from '../values/switches.ts'
import { initiatingVisitCodes, initiatingVisitYears } from '../values/visits.ts'
import { visitStarts } from './initiating-visit-fits.ts'
import { isTooOld } from './minutes.ts'
import type { MonthView } from './month-view.ts'

const book: Cure = {
  step: 'hold_initiating_visit',
  role: 'provider',
  sentence:
    'See the patient in a visit that may start care (office level 2 to 5, home, wellness or TCM) and speak of CCM in it.',
}

export const initiatingVisit = rule<MonthView>({
  id: 'ccm.initiating_visit',
  asks: 'Was the patient seen in a visit that may start care, where one is needed?',
  values: [initiatingVisitCodes, initiatingVisitYears],
  reads: ({ facts }) => ({
    initiatingVisit: facts.initiatingVisit,
    newOrNotSeenWithinYear: facts.patient?.newOrNotSeenWithinYear,
  }),
  base: {
    id: 'new_or_not_seen',
    from: '2017-01',
    law: [sources.pfs2017, sources.noridianQa2017],
    decide: ({ facts, lastDay }, month) => {
      const needed = facts.patient === null ? undefined : facts.patient?.newOrNotSeenWithinYear
      if (needed === false)
        return pass('The patient was seen within the year before care: no starting visit is needed.')
      const visit = facts.initiatingVisit
      const fits = visit && visitStarts(visit.code, month) && visit.on <= lastDay && !isTooOld(visit, facts)
      const refused = visit?.telehealth === true && chosenOf(facts.policy, 'telehealthVisit') === 'refuse'
      if (visit && fits && visit.ccmDiscussed === true && !refused) {
        if (visit.telehealth === true) {
          return info(`The visit ${visit.code} on ${visit.on} was by video: Medicare has not barred it, nor said yes.`)
        }
        return pass(`The visit ${visit.code} on ${visit.on} started care.`)
      }
      if (needed === undefined || needed === null) {
        return unknown('Nobody has said whether the patient was seen within the year before care began.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence:
            'Look up the last visit before consent; if there was none within a year, find the visit that started care.',
        })
      }
      if (visit === undefined) {
        return unknown('The patient needed a starting visit, and nobody has said whether there was one.', {
          step: 'find_out',
          role: 'care_manager',
          late: true,
          sentence: 'Find the visit that started care.',
        })
      }
      if (visit === null) return block('The patient needs a visit that starts care, and there was none.', book)
      if (!visitStarts(visit.code, month)) return block(`A visit coded ${visit.code} cannot start care.`, book)
      if (visit.on > lastDay) return block(`The starting visit on ${visit.on} was after this month.`, book)
      if (!fits) return block(`The visit on ${visit.on} was more than a year before consent.`, book)
      if (refused) return block(`The visit on ${visit.on} was by video, which this clinic does not accept.`, book)
      if (visit.ccmDiscussed === undefined) {
        return unknown(`Nobody has said whether CCM was discussed in the visit on ${visit.on}.`, {
          step: 'document_ccm_discussion',
          role: 'provider',
          late: true,
          sentence: `Say whether the note of ${visit.on} shows that CCM was discussed.`,
        })
      }
      return block(`CCM was not discussed in the visit on ${visit.on}, so it does not start care.`, book)
    },
  },
})
