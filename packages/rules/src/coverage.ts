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

const TOLD = 'What the verdict needs of it: conflicts and, where the schedule has it, the amount.'

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
      '2024 and 2025 amounts are national, local factors of those years are not loaded; 2025 amounts in a facility are not loaded.',
      'That the practitioner’s own minutes may be pooled rests on the 2017 answers of CMS.',
      'What Medicare pays second to another insurer is worked out where that insurer’s charge, allowed and paid amounts are known by line (42 CFR 411.33); what the patient then owes is not, nor are rural clinics.',
      'That sequestration is taken off a second payment too rests on common knowledge.',
      'That a practice bound by contract must accept what the first insurer paid and left to the patient rests on the page of one contractor (Palmetto GBA).',
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
    gaps: ['The medically-unlikely-edit value of 99437 was not found: no cap is applied unless a clinic chooses two.'],
  },
  beside(
    'Principal care management',
    ['99424', '99425', '99426', '99427'],
    [
      'Offered as an alternative with its amount; whether the minutes are about one disease is not in the facts.',
      'The cap of 99427 and the minutes rest on common knowledge; 2025 amounts are not loaded.',
    ],
  ),
  {
    ...beside(
      'Advanced primary care management',
      ['G0556', 'G0557', 'G0558', 'G0568', 'G0569', 'G0570'],
      [
        'Offered as an alternative with its amount; its thirteen elements are not in the facts.',
        'CCM by another practice in the same month is held for a person unless the clinic decides otherwise.',
        'The behavioral add-ons are known as codes, conflicts and amounts only.',
      ],
    ),
    verifiedFrom: '2025-01',
  },
  beside(
    'Transitional care management',
    ['99495', '99496'],
    [TOLD, 'Its own thirty days and contacts are not judged.'],
  ),
  beside(
    'Behavioral health integration and collaborative care',
    ['99484', '99492', '99493', '99494', 'G2214', 'G0323'],
    [TOLD, 'Its own minutes are not judged.'],
  ),
  beside(
    'Remote physiologic monitoring',
    ['99453', '99454', '99445', '99470', '99457', '99458', '99091'],
    [TOLD, 'The least days of data of 99453 in 2026 are not confirmed.'],
  ),
  beside(
    'Remote therapeutic monitoring',
    ['98975', '98976', '98977', '98978', '98979', '98980', '98981', '98984', '98985', '98986'],
    [TOLD, '98978 and 98986 are priced by the contractor.'],
  ),
  beside(
    'Community health integration and navigation',
    ['G0019', 'G0022', 'G0023', 'G0024', 'G0140', 'G0146'],
    [TOLD, 'The wording of 2026 and its new starting visits are not in the book.'],
  ),
  beside('Chronic pain management', ['G3002', 'G3003'], [TOLD, 'That it may stand beside CCM rests on the field.']),
  beside('Supervision of home health and hospice', ['G0181', 'G0182'], [TOLD]),
  beside('Dialysis by the month', ['90951-90970'], [TOLD, '90952 and 90953 are priced by the contractor.']),
  beside(
    'Planning add-on to the starting visit',
    ['G0506'],
    [
      'Told with the visit that starts care; it belongs to the claim of the visit, and what was paid before is not known.',
    ],
  ),
  {
    ...beside(
      'Rural health clinics and health centers',
      ['G0511'],
      [
        'Their lines and amounts are known; their claim form, G0512 and G0071 are not.',
        'The amount of 2025 is told as "about".',
        'Facts tell such a clinic by place of service 50 or 72.',
      ],
    ),
    status: 'full',
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
