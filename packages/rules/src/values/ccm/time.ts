import { type Dated, dated } from '../../book/dated.ts'
import { type Source, sources } from '../../sources.ts'

const minutes = (key: string, from: string, value: number, source: Source): Dated<number> =>
  dated({
    key,
    unit: 'minute',
    checkedThrough: '2026-12',
    nextExpected: '2027-01',
    values: [{ from, published: 'unknown', source, value }],
  })

const cap = (key: string, from: string, value: number | null, source: Source): Dated<number | null> =>
  dated({
    key,
    unit: 'unit a month',
    checkedThrough: '2026-12',
    nextExpected: '2027-01',
    values: [{ from, published: 'unknown', source, value }],
  })

export const nonComplexFirstBlock = minutes('ccm.non_complex.first_block', '2015-01', 20, sources.cmsFaq2017)
export const nonComplexFurtherBlock = minutes('ccm.non_complex.further_block', '2021-01', 20, sources.regence2021)
export const nonComplexAddOnCap = cap('ccm.non_complex.add_on_cap', '2021-01', 2, sources.regence2021)
export const complexFirstBlock = minutes('ccm.complex.first_block', '2017-01', 60, sources.mln909188)
export const complexFurtherBlock = minutes('ccm.complex.further_block', '2017-01', 30, sources.mln909188)
/** The code set sets no cap; the medically-unlikely-edit value was not found. */
export const complexAddOnCap = cap('ccm.complex.add_on_cap', '2017-01', null, sources.mln909188)
export const personalFirstBlock = minutes('ccm.personal.first_block', '2022-01', 30, sources.mbAndC)
export const personalFurtherBlock = minutes('ccm.personal.further_block', '2022-01', 30, sources.mbAndC)
/** The code set sets no cap; the medically-unlikely-edit value was not found. */
export const personalAddOnCap = cap('ccm.personal.add_on_cap', '2022-01', null, sources.mbAndC)

export const conditionsNeeded = dated({
  key: 'ccm.conditions.needed',
  unit: 'condition',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [{ from: '2015-01', published: 'unknown', source: sources.mln909188, value: 2 }],
})

export const diagnosesOnClaim = dated({
  key: 'ccm.claim.diagnoses',
  unit: 'code',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [{ from: '2015-01', published: 'unknown', source: sources.clinicPolicy, value: 2 }],
})
