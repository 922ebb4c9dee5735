import { dated } from '../book/dated.ts'
import { sources } from '../sources.ts'

/** Places of service of rural health clinics and federally qualified health centers. */
export const ruralPlaces: readonly string[] = ['50', '72']

/** The one code for all general care management of these clinics; payable to the end of September 2025. */
export const ruralBundle = dated<string>({
  key: 'rural.bundle.code',
  unit: 'code',
  checkedThrough: '2026-12',
  nextExpected: '2026-12',
  values: [{ from: '2018-01', until: '2025-10', published: 'unknown', source: sources.narhc2025, value: 'G0511' }],
})

/** From this month on these clinics bill the individual codes; to September 2025 beside or instead of the bundle. */
export const ruralIndividualCodes = dated<boolean>({
  key: 'rural.individual_codes',
  unit: 'yes or no',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [
    { from: '2018-01', published: 'unknown', source: sources.narhc2025, value: false },
    { from: '2025-01', published: 'unknown', source: sources.narhc2025, value: true },
  ],
})

/** What the bundle pays, in cents. The amount of 2025 is told as "about". */
export const ruralBundleAmount = dated<number>({
  key: 'rural.bundle.amount',
  unit: 'cent',
  checkedThrough: '2025-12',
  nextExpected: '2025-12',
  values: [
    { from: '2024-01', published: 'unknown', source: sources.narhc2025, value: 7290 },
    { from: '2025-01', until: '2025-10', published: 'unknown', source: sources.narhc2025, value: 5467 },
  ],
})

export function isRural(placeOfService: string | null | undefined): boolean {
  return ruralPlaces.some((place) => place === placeOfService)
}
