import { allValues, type Dated, isStale } from './book/dated.ts'
import type { Month } from './time.ts'

/** What the book knows of a program, for which months a person has verified it, and what it does not know. */
export interface CoverageEntry {
  readonly program: string
  readonly codes: readonly string[]
  /** full = verdict, conflicts and money; conflicts = only what stands beside CCM; none = not in the book. */
  readonly status: 'full' | 'conflicts' | 'none'
  readonly verifiedFrom: Month | null
  readonly verifiedThrough: Month | null
  readonly gaps: readonly string[]
}

const FROM = '2024-01'
const THROUGH = '2026-12'
const beside = (program: string, codes: readonly string[], gaps: readonly string[]): CoverageEntry => ({
  program,
  codes,
  status: 'conflicts',
  verifiedFrom: FROM,
  verifiedThrough: THROUGH,
  gaps,
})

/** The register: shown in the product as what this system knows. */
export const coverage: readonly CoverageEntry[] = [
  {
    program: 'Chronic care management by staff',
    codes: ['99490', '99439'],
    status: 'full',
    verifiedFrom: FROM,
    verifiedThrough: THROUGH,
    gaps: [
      'CY 2027 values wait for the final rule.',
      '2024 and 2025 amounts are national; 2025 amounts in a facility are not loaded.',
      'That the practitioner’s own minutes may be pooled rests on the 2017 answers of CMS.',
    ],
  },
  {
    program: 'Complex chronic care management',
    codes: ['99487', '99489'],
    status: 'full',
    verifiedFrom: FROM,
    verifiedThrough: THROUGH,
    gaps: [
      'The medically-unlikely-edit value of 99489 was not found: no cap is applied.',
      'Whether non-complex codes may be billed for a month that also meets complex care has no source either way.',
    ],
  },
  {
    program: 'Chronic care management by the practitioner in person',
    codes: ['99491', '99437'],
    status: 'full',
    verifiedFrom: FROM,
    verifiedThrough: THROUGH,
    gaps: ['The medically-unlikely-edit value of 99437 was not found: no cap is applied.'],
  },
  beside('Principal care management', ['99424', '99425', '99426', '99427'], ['Only as a conflict.']),
  beside(
    'Advanced primary care management',
    ['G0556', 'G0557', 'G0558', 'G0568', 'G0569', 'G0570'],
    [
      'Only as a conflict; not yet offered as an alternative.',
      'CCM by another practice in the same month is held for a person.',
    ],
  ),
  beside('Transitional care management', ['99495', '99496'], ['Only as a neighbour and as a starting visit.']),
  beside(
    'Behavioral health integration',
    ['99484', '99492', '99493', '99494', 'G2214', 'G0323'],
    ['Only as a neighbour.'],
  ),
  beside(
    'Remote monitoring',
    ['99453', '99454', '99445', '99470', '99457', '99458', '99091'],
    ['Only as a neighbour.'],
  ),
  beside(
    'Community health integration and navigation',
    ['G0019', 'G0022', 'G0023', 'G0024', 'G0140', 'G0146'],
    ['Only as a neighbour.'],
  ),
  beside('Supervision of home health and hospice', ['G0181', 'G0182'], ['Only as a conflict.']),
  beside('Dialysis by the month', ['90951-90970'], ['Only as a conflict.']),
  {
    program: 'Planning add-on to the starting visit',
    codes: ['G0506'],
    status: 'none',
    verifiedFrom: null,
    verifiedThrough: null,
    gaps: ['Not proposed by the book yet.'],
  },
  {
    program: 'Rural health clinics and health centers',
    codes: ['G0511', 'G0512'],
    status: 'none',
    verifiedFrom: null,
    verifiedThrough: null,
    gaps: ['Their own billing is not in the book; G0511 is known as a conflict until 2025-09.'],
  },
  {
    program: 'Global surgery and prepaid models',
    codes: [],
    status: 'none',
    verifiedFrom: null,
    verifiedThrough: null,
    gaps: ['A surgeon’s global period and models that prepay care management are not asked.'],
  },
  {
    program: 'Diagnosis codes',
    codes: [],
    status: 'none',
    verifiedFrom: null,
    verifiedThrough: null,
    gaps: ['Codes are checked for their shape, not yet against the table of the fiscal year.'],
  },
]

/** Values that nobody has compared for a month yet: "27 values wait for the CY 2027 rule". */
export function staleValues(month: Month): ReadonlyArray<Dated<unknown>> {
  return allValues().filter((value) => isStale(value, month))
}
