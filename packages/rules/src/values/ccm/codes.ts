import { type Dated, dated } from '../../book/dated.ts'
import type { Family } from '../../facts.ts'
import { type Source, sources } from '../../sources.ts'

/** A code of chronic care management in our own words. */
export interface CcmCodeRow {
  readonly code: string
  readonly family: Family
  readonly addOnTo: string | null
  readonly label: string
  readonly firstMonth: string
}

export const ccmCodes: readonly CcmCodeRow[] = [
  {
    code: '99490',
    family: 'non_complex',
    addOnTo: null,
    label: 'CCM by staff, first 20 minutes',
    firstMonth: '2015-01',
  },
  {
    code: '99439',
    family: 'non_complex',
    addOnTo: '99490',
    label: 'CCM by staff, each further 20 minutes',
    firstMonth: '2021-01',
  },
  {
    code: '99487',
    family: 'complex',
    addOnTo: null,
    label: 'Complex CCM, first 60 minutes',
    firstMonth: '2017-01',
  },
  {
    code: '99489',
    family: 'complex',
    addOnTo: '99487',
    label: 'Complex CCM, each further 30 minutes',
    firstMonth: '2017-01',
  },
  {
    code: '99491',
    family: 'personal',
    addOnTo: null,
    label: 'CCM by the practitioner in person, first 30 minutes',
    firstMonth: '2019-01',
  },
  {
    code: '99437',
    family: 'personal',
    addOnTo: '99491',
    label: 'CCM by the practitioner in person, each further 30 minutes',
    firstMonth: '2022-01',
  },
]

export interface FamilyShape {
  readonly base: string
  readonly addOn: string
}

export const familyShapes: Readonly<Record<Family, FamilyShape>> = {
  non_complex: { base: '99490', addOn: '99439' },
  complex: { base: '99487', addOn: '99489' },
  personal: { base: '99491', addOn: '99437' },
}

const codePayable = (code: string, from: string, source: Source): Dated<boolean> =>
  dated({
    key: `ccm.code.${code}.payable`,
    unit: 'yes or no',
    checkedThrough: '2026-12',
    nextExpected: '2027-01',
    values: [{ from, published: 'unknown', source, value: true }],
  })

/** Since when Medicare pays each code. */
export const payableSince: readonly Dated<boolean>[] = [
  codePayable('99490', '2015-01', sources.pfs2015),
  codePayable('99487', '2017-01', sources.pfs2017),
  codePayable('99489', '2017-01', sources.pfs2017),
  codePayable('99491', '2019-01', sources.pfs2019),
  codePayable('99439', '2021-01', sources.pfs2021),
  codePayable('99437', '2022-01', sources.pfs2022),
]
