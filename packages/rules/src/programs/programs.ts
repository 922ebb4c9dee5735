import { type Dated, dated } from '../book/dated.ts'
import { type Source, sources } from '../sources.ts'
import type { Month } from '../time.ts'

/** The programs of care management that can meet in one month. */
export type ProgramId =
  | 'ccm'
  | 'planning_add_on'
  | 'pcm'
  | 'apcm'
  | 'apcm_add_on'
  | 'rhc_bundle'
  | 'tcm'
  | 'bhi'
  | 'cocm'
  | 'rpm'
  | 'rtm'
  | 'chi'
  | 'pin'
  | 'chronic_pain'
  | 'home_health_oversight'
  | 'hospice_oversight'
  | 'esrd'

export interface ProgramRow {
  readonly id: ProgramId
  readonly label: string
  readonly codes: readonly string[]
  /** First and last service month in which its codes are paid. */
  readonly from: Month
  readonly until: Month | null
  readonly tag: 'S' | 'S2' | 'K' | 'K?'
  readonly law: readonly Source[]
}

const row = (
  id: ProgramId,
  label: string,
  codes: readonly string[],
  [from, until]: readonly [Month, Month | null],
  tag: ProgramRow['tag'],
  law: readonly Source[],
): ProgramRow => ({ id, label, codes, from, until, tag, law })

const always = ['2015-01', null] as const

/** In the order of the pages. */
export const programs: readonly ProgramRow[] = [
  row(
    'ccm',
    'Chronic care management',
    ['99490', '99439', '99487', '99489', '99491', '99437'],
    ['2022-01', null],
    'S',
    [sources.mln909188],
  ),
  row('planning_add_on', 'Planning add-on to the starting visit', ['G0506'], ['2017-01', null], 'S2', [
    sources.pfs2017,
  ]),
  row('pcm', 'Principal care management', ['99424', '99425', '99426', '99427'], ['2022-01', null], 'K', [
    sources.fieldKnowledge,
  ]),
  row('apcm', 'Advanced primary care management', ['G0556', 'G0557', 'G0558'], ['2025-01', null], 'S', [
    sources.aafpApcm,
    sources.pfs2025,
  ]),
  row(
    'apcm_add_on',
    'Behavioral add-on to advanced primary care',
    ['G0568', 'G0569', 'G0570'],
    ['2026-01', null],
    'S',
    [sources.pfs2026],
  ),
  row(
    'rhc_bundle',
    'Care management bundle of rural clinics and health centers',
    ['G0511'],
    ['2018-01', '2025-10'],
    'S',
    [sources.narhc2025],
  ),
  row('tcm', 'Transitional care management', ['99495', '99496'], always, 'S', [sources.pfs2020]),
  row('bhi', 'General behavioral health integration', ['99484', 'G0323'], ['2018-01', null], 'K', [
    sources.fieldKnowledge,
  ]),
  row('cocm', 'Psychiatric collaborative care', ['99492', '99493', '99494', 'G2214'], ['2018-01', null], 'K', [
    sources.fieldKnowledge,
  ]),
  row(
    'rpm',
    'Remote physiologic monitoring',
    ['99453', '99454', '99445', '99470', '99457', '99458', '99091'],
    ['2019-01', null],
    'S',
    [sources.rvu26c],
  ),
  row(
    'rtm',
    'Remote therapeutic monitoring',
    ['98975', '98976', '98977', '98978', '98984', '98985', '98986', '98979', '98980', '98981'],
    ['2022-01', null],
    'S',
    [sources.rvu26c],
  ),
  row('chi', 'Community health integration', ['G0019', 'G0022'], ['2024-01', null], 'S', [sources.noridianChi]),
  row('pin', 'Principal illness navigation', ['G0023', 'G0024', 'G0140', 'G0146'], ['2024-01', null], 'K', [
    sources.fieldKnowledge,
  ]),
  row('chronic_pain', 'Chronic pain management', ['G3002', 'G3003'], ['2023-01', null], 'K?', [sources.fieldKnowledge]),
  row('home_health_oversight', 'Supervision of a home-health patient', ['G0181'], always, 'S', [
    sources.txMedicalAssociation,
  ]),
  row('hospice_oversight', 'Supervision of a hospice patient', ['G0182'], always, 'S', [sources.txMedicalAssociation]),
  row(
    'esrd',
    'Monthly dialysis care',
    Array.from({ length: 20 }, (_, step) => String(90951 + step)),
    always,
    'S',
    [sources.txMedicalAssociation, sources.oig2019],
  ),
]

/** Minutes and units of the codes around CCM, to the depth that alternatives and conflicts need. */
export interface CodeShape {
  readonly minutes: number | null
  readonly addOnTo: string | null
  /** Units a month; null = no cap was found. */
  readonly cap: number | null
}

const OPEN = { unit: 'minutes and units', checkedThrough: '2026-12', nextExpected: '2027-01' } as const
const shape = (
  code: string,
  from: Month,
  source: Source,
  minutes: number | null,
  addOnTo: string | null,
  cap: number | null,
): readonly [string, Dated<CodeShape>] => [
  code,
  dated<CodeShape>({
    key: `program.code.${code}`,
    ...OPEN,
    values: [{ from, published: 'unknown', source, value: { minutes, addOnTo, cap } }],
  }),
]

const { fieldKnowledge, pfs2025, pfs2026, noridianChi, pfs2020 } = sources

/** By code. The codes of CCM itself have values of their own. */
export const neighborCodes: ReadonlyMap<string, Dated<CodeShape>> = new Map([
  shape('99424', '2022-01', fieldKnowledge, 30, null, 1),
  shape('99425', '2022-01', fieldKnowledge, 30, '99424', null),
  shape('99426', '2022-01', fieldKnowledge, 30, null, 1),
  shape('99427', '2022-01', fieldKnowledge, 30, '99426', 2),
  shape('G0556', '2025-01', pfs2025, null, null, 1),
  shape('G0557', '2025-01', pfs2025, null, null, 1),
  shape('G0558', '2025-01', pfs2025, null, null, 1),
  shape('G0568', '2026-01', pfs2026, null, 'G0556', 1),
  shape('G0569', '2026-01', pfs2026, null, 'G0556', 1),
  shape('G0570', '2026-01', pfs2026, null, 'G0556', 1),
  shape('99495', '2013-01', pfs2020, null, null, 1),
  shape('99496', '2013-01', pfs2020, null, null, 1),
  shape('99484', '2018-01', fieldKnowledge, 20, null, 1),
  shape('G0323', '2023-01', fieldKnowledge, 20, null, 1),
  shape('99492', '2018-01', fieldKnowledge, 70, null, 1),
  shape('99493', '2018-01', fieldKnowledge, 60, null, 1),
  shape('99494', '2018-01', fieldKnowledge, 30, '99492', null),
  shape('G2214', '2021-01', fieldKnowledge, 30, null, 1),
  shape('99470', '2026-01', pfs2026, 10, null, 1),
  shape('99457', '2019-01', fieldKnowledge, 20, null, 1),
  shape('99458', '2020-01', fieldKnowledge, 20, '99457', null),
  shape('99091', '2018-01', fieldKnowledge, 30, null, 1),
  shape('98979', '2026-01', pfs2026, 10, null, 1),
  shape('98980', '2022-01', fieldKnowledge, 20, null, 1),
  shape('98981', '2022-01', fieldKnowledge, 20, '98980', null),
  shape('G0019', '2024-01', noridianChi, 60, null, 1),
  shape('G0022', '2024-01', noridianChi, 30, 'G0019', null),
  shape('G0023', '2024-01', fieldKnowledge, 60, null, 1),
  shape('G0024', '2024-01', fieldKnowledge, 30, 'G0023', null),
  shape('G0140', '2024-01', fieldKnowledge, 60, null, 1),
  shape('G0146', '2024-01', fieldKnowledge, 30, 'G0140', null),
  shape('G0181', '2015-01', sources.txMedicalAssociation, 30, null, 1),
  shape('G0182', '2015-01', sources.txMedicalAssociation, 30, null, 1),
])

const byCode = new Map(programs.flatMap((one) => one.codes.map((code) => [code, one] as const)))

const labels = new Map(programs.map(({ id, label }) => [id, label.charAt(0).toLowerCase() + label.slice(1)]))

/** A program's name within a sentence. */
export function programLabelOf(id: ProgramId): string {
  return labels.get(id) ?? id
}

/** The program of a code in a month; undefined where the code belongs to none or is not paid then. */
export function programOf(code: string, month: Month): ProgramRow | undefined {
  const found = byCode.get(code)
  return found && found.from <= month && (found.until === null || month < found.until) ? found : undefined
}
