import { type Branch, block, type Cure, type Decision, hold, info, pass, rule, unknown } from '../book/rule.ts'
import type { OtherServiceFacts, PolicyFacts, PractitionerRelation } from '../facts.ts'
import { type Source, sources } from '../sources.ts'
import { chosenOf } from '../values/switches.ts'

/**
 * no = may not stand beside CCM in the month; yes = may; minutes_once = may, but no minute for both;
 * warn = may, but Medicare often treats the group as one practitioner; hold = a person must settle it first.
 */
export type SameMonthCell = 'no' | 'yes' | 'minutes_once' | 'warn' | 'hold'

export interface SameMonthRow {
  readonly id: string
  readonly label: string
  /** Codes, or ranges such as '90951-90970'. */
  readonly codes: readonly string[]
  readonly same: SameMonthCell
  readonly sameGroup: SameMonthCell
  readonly other: SameMonthCell
  readonly why: string
  readonly tag: 'S' | 'S2' | 'K' | 'K?'
  readonly law: readonly Source[]
  readonly from?: string
  readonly until?: string
}

type Cells = readonly [same: SameMonthCell, sameGroup: SameMonthCell, other: SameMonthCell]

function row(
  id: string,
  codes: readonly string[],
  cells: Cells,
  label: string,
  why: string,
  tag: SameMonthRow['tag'],
  law: readonly Source[],
  dates: Pick<SameMonthRow, 'from' | 'until'> = {},
): SameMonthRow {
  return { id, label, codes, same: cells[0], sameGroup: cells[1], other: cells[2], why, tag, law, ...dates }
}

/** What may stand beside CCM for one patient in one month. */
export const sameMonthMatrix: readonly SameMonthRow[] = [
  row(
    'ccm',
    ['99490', '99439', '99487', '99489', '99491', '99437'],
    ['no', 'no', 'no'],
    'Chronic care management',
    'Medicare pays one practitioner for one family of it in a month',
    'S',
    [sources.oig2021, sources.mln909188],
  ),
  row(
    'pcm',
    ['99424-99427'],
    ['no', 'warn', 'yes'],
    'Principal care management',
    'one practitioner cannot bill both',
    'S2',
    [sources.mln909188],
  ),
  row(
    'apcm',
    ['G0556-G0558'],
    ['no', 'no', 'hold'],
    'Advanced primary care management',
    'CCM is inside that bundle',
    'S',
    [sources.aafpApcm],
    { from: '2025-01' },
  ),
  row(
    'apcm_add_on',
    ['G0568-G0570'],
    ['no', 'no', 'no'],
    'Behavioral add-on to advanced primary care',
    'it exists only on top of the bundle that contains CCM',
    'S',
    [sources.pfs2026],
    { from: '2026-01' },
  ),
  row(
    'rhc_bundle',
    ['G0511'],
    ['no', 'no', 'no'],
    'Care management bundle of rural clinics and health centers',
    'CCM is inside that bundle',
    'K',
    [sources.mln909188],
    { until: '2025-10' },
  ),
  row(
    'rhc_collaborative_care',
    ['G0512'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Collaborative care bundle of rural clinics and health centers',
    'a distinct service with its own minutes',
    'K',
    [sources.fieldKnowledge],
    { until: '2026-01' },
  ),
  row(
    'rhc_virtual_communication',
    ['G0071'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Virtual communication of rural clinics and health centers',
    'the same minutes never count twice',
    'K?',
    [sources.fieldKnowledge],
    { until: '2026-01' },
  ),
  row(
    'tcm',
    ['99495', '99496'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Transitional care management',
    'allowed together since 2020; a minute counts for one of them',
    'S',
    [sources.pfs2020],
  ),
  row(
    'home_health_oversight',
    ['G0181'],
    ['no', 'warn', 'minutes_once'],
    'Supervision of a home-health patient',
    'it pays for the same oversight',
    'S',
    [sources.txMedicalAssociation, sources.noridianQa2017],
  ),
  row(
    'hospice_oversight',
    ['G0182'],
    ['no', 'warn', 'yes'],
    'Supervision of a hospice patient',
    'it pays for the same oversight',
    'S',
    [sources.txMedicalAssociation],
  ),
  row(
    'esrd',
    ['90951-90970'],
    ['no', 'warn', 'yes'],
    'Monthly dialysis care',
    'its monthly payment already covers care management',
    'S',
    [sources.txMedicalAssociation, sources.oig2019],
  ),
  row(
    'behavioral_health',
    ['99484', '99492-99494', 'G2214', 'G0323'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Behavioral health integration',
    'a distinct service with its own consent and minutes',
    'K',
    [sources.mln909188],
  ),
  row(
    'remote_monitoring',
    ['99453', '99454', '99445', '99470', '99457', '99458', '99091'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Remote physiologic monitoring',
    'allowed together; a minute counts once',
    'S',
    [sources.mln909188],
  ),
  row(
    'remote_therapeutic_monitoring',
    ['98975-98981', '98984-98986'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Remote therapeutic monitoring',
    'allowed together; a minute counts once',
    'S',
    [sources.mln909188],
  ),
  row(
    'community_health',
    ['G0019', 'G0022', 'G0023', 'G0024', 'G0140', 'G0146'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Community health integration and navigation',
    'different work; a minute counts once',
    'K',
    [sources.mln909188],
  ),
  row(
    'chronic_pain',
    ['G3002', 'G3003'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Chronic pain management',
    'a minute counts once',
    'K?',
    [sources.mln909188],
  ),
  row(
    'messages',
    ['99421-99423', '98970-98972', '98966-98968', '98016', 'G2010', 'G2250-G2252', '99446-99452'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Portal, phone and consult codes',
    'the same minutes never count twice',
    'K?',
    [sources.claimsManual],
  ),
  row(
    'cognitive_assessment',
    ['99483'],
    ['minutes_once', 'minutes_once', 'yes'],
    'Assessment and plan for cognitive impairment',
    'no text was read either way; a minute counts once',
    'K?',
    [sources.fieldKnowledge],
  ),
  row(
    'prolonged_without_contact',
    ['99358', '99359'],
    ['yes', 'yes', 'yes'],
    'Prolonged service without contact',
    'Medicare does not pay it, so it takes nothing from CCM',
    'S',
    [sources.rvu24c, sources.rvu26c],
  ),
  row(
    'visits',
    [
      '99202-99205',
      '99211-99215',
      '99341-99350',
      '99497',
      '99498',
      'G0402',
      'G0438',
      'G0439',
      'G0506',
      'G0179',
      'G0180',
    ],
    ['yes', 'yes', 'yes'],
    'Visits and certifications',
    'they stand beside CCM; their minutes belong to them',
    'S',
    [sources.timedoc],
  ),
]

function expand(codes: readonly string[]): string[] {
  return codes.flatMap((code) => {
    const [first = '', last] = code.split('-')
    if (last === undefined) return [first]
    const letter = /^[A-Z]/.exec(first)?.[0] ?? ''
    const from = Number(first.slice(letter.length))
    const to = Number(last.slice(letter.length))
    const width = first.length - letter.length
    return Array.from({ length: to - from + 1 }, (_, step) => letter + String(from + step).padStart(width, '0'))
  })
}

const byCode = new Map<string, SameMonthRow>()
for (const one of sameMonthMatrix) for (const code of expand(one.codes)) byCode.set(code, one)

/** The row of a code in a month; undefined where the book sees no relation to CCM. */
export function sameMonthRow(code: string, month: string): SameMonthRow | undefined {
  const found = byCode.get(code.trim().toUpperCase())
  if (!found) return undefined
  if (found.from !== undefined && month < found.from) return undefined
  if (found.until !== undefined && month >= found.until) return undefined
  return found
}

export function cellOf(matrixRow: SameMonthRow, relation: PractitionerRelation): SameMonthCell {
  return relation === 'same' ? matrixRow.same : relation === 'same_group' ? matrixRow.sameGroup : matrixRow.other
}

export interface ServiceBeside {
  readonly service: OtherServiceFacts
  readonly row: SameMonthRow
  readonly policy?: PolicyFacts | null | undefined
}

/** The cell of the matrix after what the clinic has switched. */
export function cellFor(
  beside: SameMonthRow,
  relation: PractitionerRelation,
  policy?: PolicyFacts | null,
): SameMonthCell {
  const cell = cellOf(beside, relation)
  if (cell === 'warn') return chosenOf(policy, 'sameGroup') === 'hold' ? 'hold' : cell
  if (cell === 'hold' && beside.id === 'apcm') {
    const chosen = chosenOf(policy, 'apcmElsewhere')
    return chosen === 'refuse' ? 'no' : chosen === 'allow' ? 'warn' : cell
  }
  const uncertain = beside.tag === 'K' || beside.tag === 'K?'
  if (uncertain && cell === 'minutes_once' && chosenOf(policy, 'uncertainNeighbors') === 'hold') return 'hold'
  return cell
}

const relationWords: Record<PractitionerRelation, string> = {
  same: 'the same practitioner',
  same_group: 'a colleague of the same group',
  other: 'another practitioner',
}

function decideBeside({ service, row: beside, policy }: ServiceBeside): Decision {
  const relation = service.practitioner
  const what = `${beside.label} (${service.code}) on ${service.on}`
  if (relation === undefined || relation === null) {
    const cells = new Set(relations.map((one) => cellFor(beside, one, policy)))
    if (!cells.has('no') && !cells.has('hold')) return info(`${what}: ${beside.why}.`)
    if (cells.size === 1 && cells.has('no')) {
      return block(`${what} blocks CCM in this month, whoever gave it: ${beside.why}.`, giveUp(service.code))
    }
    return unknown(`Nobody knows who gave ${what}.`, {
      step: 'find_out',
      role: 'biller',
      late: true,
      sentence: `Find out which practitioner billed ${service.code} on ${service.on}.`,
    })
  }
  const by = `${what} by ${relationWords[relation]}`
  const cell = cellFor(beside, relation, policy)
  if (cell === 'yes') return pass(`${by} may stand beside CCM.`)
  if (cell === 'minutes_once') return info(`${by} may stand beside CCM: ${beside.why}.`)
  if (cell === 'warn') {
    return info(
      relation === 'other'
        ? `${by}: the clinic accepts it although ${beside.why}.`
        : `${by}: Medicare may treat the group as one practitioner, and ${beside.why}.`,
    )
  }
  if (cell === 'hold') {
    return hold(`${by}: ${beside.why}. A person must settle it before the claim goes out.`, {
      step: 'choose_between_services',
      role: 'biller',
      late: true,
      sentence: `Settle with the other side whether ${service.code} or CCM is billed for the month.`,
    })
  }
  if (relation === 'other') return block(`${by} blocks CCM in this month: ${beside.why}.`)
  return block(`${by} blocks CCM in this month: ${beside.why}.`, giveUp(service.code))
}

const relations: readonly PractitionerRelation[] = ['same', 'same_group', 'other']

const giveUp = (code: string): Cure => ({
  step: 'choose_between_services',
  role: 'biller',
  late: true,
  forgoes: true,
  sentence: `Only one may be billed: give up ${code}, if it has not gone out, or CCM.`,
})

const base: Branch<ServiceBeside> = {
  id: 'matrix',
  from: '2020-01',
  law: [sources.mln909188, sources.pfs2020],
  decide: decideBeside,
}

/** May this other service of the month stand beside CCM? */
export const besideCcm = rule<ServiceBeside>({
  id: 'ccm.same_month',
  asks: 'May this other service of the month stand beside chronic care management?',
  base,
  reads: ({ service, row: beside }) => ({ service, row: beside.id, tag: beside.tag }),
})
