import { type SameMonthCell, sameMonthMatrix } from '../ccm/same-month.ts'
import type { PractitionerRelation } from '../facts.ts'
import { type Source, sources } from '../sources.ts'
import type { Month } from '../time.ts'
import { type ProgramId, programs } from './programs.ts'

/** What may stand together for one patient in one month, by whose services they are. */
export interface Pair {
  readonly one: ProgramId
  readonly other: ProgramId
  readonly same: SameMonthCell
  readonly sameGroup: SameMonthCell
  /** By a practitioner of another practice. */
  readonly elsewhere: SameMonthCell
  readonly why: string
  readonly tag: 'S' | 'S2' | 'K' | 'K?'
  readonly law: readonly Source[]
}

type Cells = readonly [SameMonthCell, SameMonthCell, SameMonthCell]
type Told = readonly [
  one: ProgramId,
  other: ProgramId,
  cells: Cells,
  why: string,
  tag: Pair['tag'],
  law: readonly Source[],
]

const field = [sources.fieldKnowledge]
const once: Cells = ['no', 'no', 'no']

/** What a source or the field says of a pair. CCM's own pairs stand in the matrix of the same month. */
const told: readonly Told[] = [
  [
    'pcm',
    'pcm',
    ['no', 'warn', 'yes'],
    'one practitioner has it once a month; another may for another disease',
    'S2',
    [sources.mln909188],
  ],
  ['pcm', 'apcm', ['no', 'no', 'hold'], 'principal care is inside that bundle', 'S', [sources.aafpApcm]],
  [
    'pcm',
    'apcm_add_on',
    ['no', 'no', 'hold'],
    'the add-on exists only on top of a bundle that contains it',
    'S',
    [sources.pfs2026],
  ],
  ['pcm', 'rhc_bundle', ['no', 'no', 'yes'], 'principal care is inside that bundle', 'K', [sources.narhc2025]],
  [
    'apcm',
    'apcm',
    once,
    'one practitioner is the focal point of a month, with one of the three levels',
    'S',
    [sources.aafpApcm],
  ],
  [
    'apcm',
    'apcm_add_on',
    ['yes', 'no', 'no'],
    'the add-on needs the bundle of the same practitioner in the month',
    'S',
    [sources.pfs2026],
  ],
  ['apcm', 'tcm', ['no', 'no', 'hold'], 'transitional care is inside that bundle', 'S', [sources.aafpApcm]],
  [
    'apcm',
    'rhc_bundle',
    ['no', 'no', 'hold'],
    'a clinic bills the bundle or the single codes',
    'S',
    [sources.narhc2025],
  ],
  ['apcm_add_on', 'apcm_add_on', once, 'one of the three a month', 'S', [sources.pfs2026]],
  ['apcm_add_on', 'bhi', ['no', 'warn', 'yes'], 'it pays for the same work on top of the bundle', 'K', field],
  ['apcm_add_on', 'cocm', ['no', 'warn', 'yes'], 'it pays for the same work on top of the bundle', 'K', field],
  [
    'apcm_add_on',
    'tcm',
    ['no', 'no', 'hold'],
    'it exists only on top of a bundle that contains it',
    'S',
    [sources.pfs2026],
  ],
  ['rhc_bundle', 'tcm', ['minutes_once', 'minutes_once', 'yes'], 'allowed together since 2022', 'S', [sources.calTrc]],
  ['rhc_bundle', 'bhi', ['no', 'no', 'yes'], 'behavioral integration is inside that bundle', 'K', field],
  [
    'rhc_bundle',
    'rhc_bundle',
    ['hold', 'hold', 'hold'],
    'in 2024 it could stand several times for different services',
    'S',
    [sources.narhc2025],
  ],
  ['tcm', 'tcm', once, 'one practitioner is paid for the thirty days after a discharge', 'K', field],
  ['bhi', 'bhi', once, 'one practitioner has it once a month', 'K', field],
  [
    'bhi',
    'cocm',
    ['no', 'warn', 'yes'],
    'the two exclude each other for one practitioner and month',
    'S',
    [sources.cms1654f],
  ],
  ['cocm', 'cocm', once, 'one practitioner has it once a month', 'K', field],
  ['rpm', 'rpm', once, 'one practitioner bills monitoring in thirty days', 'K', field],
  [
    'rpm',
    'rtm',
    ['hold', 'hold', 'hold'],
    'no text was read that lets both kinds of monitoring stand in one period',
    'K?',
    field,
  ],
  ['rtm', 'rtm', once, 'one practitioner bills monitoring in thirty days', 'K', field],
  ['chi', 'chi', once, 'one practitioner bills it in a month', 'S', [sources.noridianChi]],
  ['chi', 'pin', ['hold', 'warn', 'yes'], 'no text was read that lets one practitioner bill both', 'K?', field],
  [
    'chi',
    'home_health_oversight',
    ['hold', 'hold', 'hold'],
    'it is not for a patient under a home-health plan of care',
    'K',
    [sources.noridianChi, sources.fieldKnowledge],
  ],
  ['pin', 'pin', once, 'one practitioner has it once a month', 'K', field],
  ['chronic_pain', 'chronic_pain', once, 'one practitioner has it once a month', 'K?', field],
  ['home_health_oversight', 'home_health_oversight', once, 'one practitioner signs the plan of care', 'K', field],
  [
    'home_health_oversight',
    'hospice_oversight',
    ['hold', 'hold', 'yes'],
    'a patient is under one of the two as a rule',
    'K?',
    field,
  ],
  ['hospice_oversight', 'hospice_oversight', once, 'one practitioner signs the plan of care', 'K', field],
  ['esrd', 'esrd', once, 'one practitioner is paid for the month of dialysis', 'K', field],
  ['esrd', 'pcm', ['no', 'warn', 'yes'], 'its monthly payment already covers care management', 'K', [sources.oig2019]],
  ['esrd', 'apcm', ['no', 'warn', 'yes'], 'its monthly payment already covers care management', 'K', [sources.oig2019]],
  ['planning_add_on', 'planning_add_on', once, 'it is paid once, when care begins', 'K', field],
  ['planning_add_on', 'apcm', ['hold', 'hold', 'yes'], 'it plans for CCM, which is inside that bundle', 'K?', field],
]

/** Of a pair that no text names: distinct services stand together, and a minute counts for one of them. */
const DISTINCT = {
  cells: ['minutes_once', 'minutes_once', 'yes'] as const,
  why: 'no text that forbids it was read; a minute counts for one of them',
  tag: 'K' as const,
  law: field,
}
const BESIDE_VISIT = {
  cells: ['yes', 'yes', 'yes'] as const,
  why: 'it belongs to the visit that starts care',
  tag: 'K' as const,
  law: field,
}

const matrixRow: Readonly<Partial<Record<ProgramId, string>>> = {
  ccm: 'ccm',
  planning_add_on: 'visits',
  pcm: 'pcm',
  apcm: 'apcm',
  apcm_add_on: 'apcm_add_on',
  rhc_bundle: 'rhc_bundle',
  tcm: 'tcm',
  bhi: 'behavioral_health',
  cocm: 'behavioral_health',
  rpm: 'remote_monitoring',
  rtm: 'remote_therapeutic_monitoring',
  chi: 'community_health',
  pin: 'community_health',
  chronic_pain: 'chronic_pain',
  home_health_oversight: 'home_health_oversight',
  hospice_oversight: 'hospice_oversight',
  esrd: 'esrd',
}

function besideCcm(other: ProgramId): Pair {
  const found = sameMonthMatrix.find((one) => one.id === matrixRow[other])
  if (!found) throw new RangeError(`the matrix does not name ${other}`)
  const { same, sameGroup, other: elsewhere, why, tag, law } = found
  return { one: 'ccm', other, same, sameGroup, elsewhere, why, tag, law }
}

function pairFor(one: ProgramId, other: ProgramId): Pair {
  if (one === 'ccm') return besideCcm(other)
  if (other === 'ccm') return { ...besideCcm(one), one, other }
  const found = told.find(([a, b]) => (a === one && b === other) || (a === other && b === one))
  const rest = one === 'planning_add_on' || other === 'planning_add_on' ? BESIDE_VISIT : DISTINCT
  const [, , cells, why, tag, law] = found ?? [one, other, rest.cells, rest.why, rest.tag, rest.law]
  const [same, sameGroup, elsewhere] = cells
  return { one, other, same, sameGroup, elsewhere, why, tag, law }
}

const table: ReadonlyMap<string, Pair> = new Map(
  programs.flatMap(({ id: one }) => programs.map(({ id: other }) => [`${one} ${other}`, pairFor(one, other)] as const)),
)

/** Every pair of programs, both ways round, also of a program with itself. */
export const programPairs: readonly Pair[] = [...table.values()]

/** One cell of the table: may these two stand together for a patient in a month? */
export function pairCell(one: ProgramId, other: ProgramId, relation: PractitionerRelation): SameMonthCell {
  const pair = table.get(`${one} ${other}`)
  if (!pair) throw new RangeError(`no pair of ${one} and ${other}`)
  return relation === 'same' ? pair.same : relation === 'same_group' ? pair.sameGroup : pair.elsewhere
}

/** The programs whose codes are paid in a month. */
export function programsIn(month: Month): readonly ProgramId[] {
  if (lastMonth.month !== month) lastMonth = { month, paid: paidIn(month) }
  return lastMonth.paid
}

/** A month close asks for one month thousands of times, so the last answer is kept. */
let lastMonth: { readonly month: Month; readonly paid: readonly ProgramId[] } = { month: '', paid: [] }

function paidIn(month: Month): readonly ProgramId[] {
  return programs.filter((one) => one.from <= month && (one.until === null || month < one.until)).map((one) => one.id)
}
