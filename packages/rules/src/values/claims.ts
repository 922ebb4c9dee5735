import { dated } from '../book/dated.ts'
import { sources } from '../sources.ts'

const OPEN = { checkedThrough: '2026-12', nextExpected: '2027-01' } as const

/** A claim must arrive within so many calendar years after the day of service. */
export const timelyFilingYears = dated({
  key: 'claim.timely_filing',
  unit: 'year',
  ...OPEN,
  values: [{ from: '2010-01', published: 'unknown', source: sources.cfr42444, value: 1 }],
})

/** Diagnosis codes a claim can hold, and the pointers of one line. */
export const diagnosesAtMost = dated({
  key: 'claim.diagnoses_at_most',
  unit: 'code',
  ...OPEN,
  values: [{ from: '2012-01', published: 'unknown', source: sources.claimsManual, value: 12 }],
})
export const pointersAtMost = dated({
  key: 'claim.pointers_at_most',
  unit: 'pointer a line',
  ...OPEN,
  values: [{ from: '2012-01', published: 'unknown', source: sources.claimsManual, value: 4 }],
})

/** Places in which a telehealth visit is billed; chronic care management is no telehealth visit. */
export const telehealthPlaces = dated<readonly string[]>({
  key: 'claim.telehealth_places',
  unit: 'place of service',
  ...OPEN,
  values: [{ from: '2022-01', published: 'unknown', source: sources.fieldKnowledge, value: ['02', '10'] }],
})

/** Places that are right only where the practitioner sees patients there. */
export const unusualPlaces = dated<readonly string[]>({
  key: 'claim.unusual_places',
  unit: 'place of service',
  ...OPEN,
  values: [{ from: '2015-01', published: 'unknown', source: sources.aafp2016, value: ['12', '13', '31', '32'] }],
})

/** What the place of service codes mean that care management meets. */
export const placesOfService: Readonly<Record<string, string>> = {
  '02': 'telehealth, not at home',
  '10': 'telehealth at home',
  '11': 'office',
  '12': 'home',
  '13': 'assisted living',
  '19': 'hospital outpatient department off campus',
  '21': 'inpatient hospital',
  '22': 'hospital outpatient department on campus',
  '23': 'emergency room',
  '31': 'skilled nursing facility',
  '32': 'nursing facility',
  '33': 'custodial care',
  '50': 'federally qualified health center',
  '72': 'rural health clinic',
}
