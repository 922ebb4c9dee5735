import { dated } from '../../book/dated.ts'
import { sources } from '../../sources.ts'

const OPEN = { checkedThrough: '2026-12', nextExpected: '2027-01' } as const

/** Dollars for one relative value unit, in units of 0.0001 dollar. */
export const conversionFactor = dated({
  key: 'pfs.conversion_factor',
  unit: '0.0001 dollar',
  ...OPEN,
  values: [
    { from: '2024-01-01', published: '2023-11-16', source: sources.rvu24c, value: 327_442 },
    { from: '2024-03-09', published: '2024-03-09', source: sources.rvu24c, value: 332_875 },
    { from: '2025-01-01', published: '2024-12-09', source: sources.amounts2025, value: 323_465 },
    {
      from: '2026-01-01',
      until: '2027-01-01',
      published: 'unknown',
      source: sources.pfs2026,
      value: 334_009,
    },
  ],
})

/** The factor of practitioners who are qualifying participants of an advanced payment model. */
export const conversionFactorQualifyingApm = dated({
  key: 'pfs.conversion_factor.qualifying_apm',
  unit: '0.0001 dollar',
  ...OPEN,
  values: [
    {
      from: '2026-01-01',
      until: '2027-01-01',
      published: 'unknown',
      source: sources.pfs2026,
      value: 335_675,
    },
  ],
})

/** Proposed, not law: shown to a manager who plans, never used for a price. */
export const proposed2027 = {
  conversionFactor: 328_409,
  conversionFactorQualifyingApm: 331_693,
  source: sources.pfs2027Proposed,
} as const

/** Places where the facility practice expense applies. */
export const facilityPlaces = dated<readonly string[]>({
  key: 'pfs.facility_places',
  unit: 'place of service',
  ...OPEN,
  values: [
    {
      from: '2024-01',
      published: 'unknown',
      source: sources.claimsManual,
      value: ['02', '19', '21', '22', '23', '24', '26', '31', '34', '51', '52', '53', '56', '61'],
    },
  ],
})

/** Share of the schedule that nurse practitioners, physician assistants and clinical nurse specialists are paid. */
export const nonPhysicianShare = dated({
  key: 'pfs.non_physician_share',
  unit: 'percent',
  ...OPEN,
  values: [{ from: '1998-01', published: 'unknown', source: sources.cfr41456, value: 85 }],
})

/**
 * National amounts of 2025 outside a facility, in cents: the year is known to the book only so far.
 * G0558, 99457 and 99458 rest on common knowledge.
 */
export const nationalAmounts2025 = dated<Readonly<Record<string, number>>>({
  key: 'pfs.national_amounts_2025',
  unit: 'cent',
  checkedThrough: '2025-12',
  nextExpected: '2025-12',
  values: [
    {
      from: '2025-01-01',
      until: '2026-01-01',
      published: 'unknown',
      source: sources.amounts2025,
      value: {
        99490: 6049,
        99439: 4593,
        99487: 13165,
        99489: 7052,
        99491: 8216,
        99437: 5758,
        G0556: 1520,
        G0557: 4884,
        G0558: 10707,
        99495: 20120,
        99496: 27268,
        99484: 5305,
        99492: 14524,
        99493: 13359,
        99494: 5596,
        99453: 1973,
        99454: 4303,
        99457: 4787,
        99458: 3849,
        G0019: 7796,
        G0022: 4852,
        G3002: 8022,
        G3003: 2944,
        G0402: 16076,
        G0438: 16044,
        G0439: 12647,
      },
    },
  ],
})

export const partBDeductible = dated({
  key: 'part_b.deductible',
  unit: 'cent a year',
  ...OPEN,
  values: [
    { from: '2024-01', published: 'unknown', source: sources.deductibles, value: 24_000 },
    { from: '2025-01', published: 'unknown', source: sources.deductibles, value: 25_700 },
    { from: '2026-01', until: '2027-01', published: 'unknown', source: sources.cms8091n, value: 28_300 },
  ],
})

export const coinsurance = dated({
  key: 'part_b.coinsurance',
  unit: 'percent',
  ...OPEN,
  values: [{ from: '2015-01', published: 'unknown', source: sources.noridianQa2017, value: 20 }],
})

export const sequestration = dated({
  key: 'part_b.sequestration',
  unit: 'percent of the Medicare share',
  ...OPEN,
  values: [{ from: '2022-07', published: 'unknown', source: sources.sequestration, value: 2 }],
})
