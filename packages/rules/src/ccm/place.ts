import { valueOn } from '../book/dated.ts'
import { block, type Cure, info, pass, rule, unknown } from '../book/rule.ts'
import { sources } from '../sources.ts'
import { telehealthPlaces, unusualPlaces } from '../values/claims.ts'
import type { MonthView } from './month-view.ts'

const correct: Cure = {
  step: 'find_out',
  role: 'biller',
  late: true,
  sentence: 'Use the place where the practitioner sees the patient in person, normally 11.',
}

export const placeOfService = rule<MonthView>({
  id: 'ccm.place_of_service',
  asks: 'Is the place of service right?',
  values: [telehealthPlaces, unusualPlaces],
  reads: ({ facts }) => ({ placeOfService: facts.placeOfService }),
  base: {
    id: 'where_the_visits_are',
    from: '2015-01',
    law: [sources.aafp2016],
    decide: ({ facts: { placeOfService: place } }, month) => {
      if (place === undefined) return unknown('The place of service is not known.', correct)
      if (place === null) return block('No place of service is given.', correct)
      if (valueOn(telehealthPlaces, month).includes(place))
        return block(`Place ${place} is for telehealth visits, not for CCM.`, correct)
      if (valueOn(unusualPlaces, month).includes(place)) {
        return info(`Place ${place} is right only where the practitioner's visits happen there.`)
      }
      return pass(`Place of service ${place}.`)
    },
  },
})
