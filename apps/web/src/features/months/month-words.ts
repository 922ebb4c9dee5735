import {
  type EvidenceLink,
  type HospiceCare,
  type Lane,
  laneNames,
  type MonthBoard,
  type MonthVerdict,
  type Permission,
  type ProofGroup,
  type Role,
  roleNames,
} from '@keepwell/contract'
import { paths } from '../../paths.ts'
import { dayText, monthText, type Proof, type State } from '../../ui/index.ts'

/** How each lane looks and what its amount means. */
export const laneFaces: Record<Lane, { state: State; money: string; empty: string; says: string }> = {
  ready: {
    state: 'good',
    money: 'to be billed',
    says: 'Everything is met; a claim goes out when the month is closed.',
    empty: 'Patients whose month can be billed stand here.',
  },
  fix: {
    state: 'attention',
    money: 'at stake',
    says: 'Somebody can still do what is missing.',
    empty: 'Patients with a step that somebody can still do stand here, each with its owner.',
  },
  hold: {
    state: 'unknown',
    money: 'at stake',
    says: 'A fact is not known, or a person has to decide first.',
    empty: 'Patients of whom something is not known, or where somebody has to decide, stand here.',
  },
  not_billable: {
    state: 'neutral',
    money: 'not billed',
    says: 'No step is left that would make this month billable.',
    empty: 'Patients whose month cannot be billed any more stand here, with the reason.',
  },
}
export const lanes: readonly Lane[] = ['ready', 'fix', 'hold', 'not_billable']

/** A cause in two or three words, for the filter; the row tells it in full. */
const causeWords: Record<string, string> = {
  'ccm.patient.alive': 'Death',
  'ccm.coverage.part_b': 'Part B',
  'ccm.coverage.medicare_advantage': 'Medicare Advantage',
  'ccm.coverage.other_primary': 'Other insurer first',
  'ccm.coverage.hospice': 'Hospice',
  'ccm.practitioner': 'Practitioner',
  'ccm.conditions': 'Conditions',
  'ccm.claim.diagnoses': 'Diagnosis codes',
  'ccm.initiating_visit': 'Starting visit',
  'ccm.consent.form': 'Consent',
  'ccm.consent.told': 'Consent words',
  'ccm.consent.in_force': 'Consent dates',
  'ccm.care_plan.approved': 'Plan not signed',
  'ccm.care_plan.copy': 'Copy of the plan',
  'ccm.access': '24-hour access',
  'ccm.continuity': 'Care manager',
  'ccm.place_of_service': 'Place of service',
  'ccm.stays': 'Stays',
  'ccm.other_services': 'Other services',
  'ccm.same_month': 'Other service in the month',
  'ccm.time.known': 'Time log',
  'ccm.time.enough': 'Minutes missing',
  'ccm.complex.decision_making': 'Decision making',
  'ccm.family.choice': 'Choice of family',
  'money.price': 'Amount not known',
  'money.cost_sharing': 'Coverage to check',
}
export function causeText(causeId: string): string {
  return causeWords[causeId] ?? 'Another reason'
}

/** `99490 + 99439 ×2`. */
export function codesText(lines: readonly { code: string; units: number; modifiers?: readonly string[] }[]): string {
  return lines.map((line) => (line.units === 1 ? codeText(line) : `${codeText(line)} ×${line.units}`)).join(' + ')
}

/** A code with its modifiers: 99490-GW. */
export function codeText({ code, modifiers = [] }: { code: string; modifiers?: readonly string[] }): string {
  return [code, ...modifiers].join('-')
}

/** How care stands to the hospice, in words, with what follows from it. */
export const hospiceWords: Record<HospiceCare, { label: string; hint: string }> = {
  unrelated: {
    label: 'unrelated to the terminal illness',
    hint: 'Billed to Part B with modifier GW on each line.',
  },
  attending: {
    label: 'given as the attending physician, whom the hospice does not employ',
    hint: 'Billed to Part B with modifier GV on each line.',
  },
  related: {
    label: 'part of the care for the terminal illness',
    hint: 'The hospice is paid for it; nothing is billed.',
  },
}

/** Who does it: a name where there is one, otherwise the seat. */
export function ownerText(owner: { role: Role; person: { name: string } | null }): string {
  return owner.person?.name ?? roleNames[owner.role]
}

/** The same inside a sentence: "send to the front desk". */
export function ownerInSentence(owner: { role: Role; person: { name: string } | null }): string {
  return (
    owner.person?.name ?? `the ${roleNames[owner.role].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`
  )
}

/** Whole days from one day to another, both 'YYYY-MM-DD'. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
export function daysText(days: number): string {
  return days <= 0 ? 'today' : days === 1 ? '1 day' : `${days} days`
}
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const total = year * 12 + (number - 1) + count
  return `${Math.floor(total / 12)}-${String((total % 12) + 1).padStart(2, '0')}`
}

/** The sentence under the title: where the month stands, and how long what can be done. */
export function standingText(board: Pick<MonthBoard, 'state' | 'today' | 'lastDay' | 'month'>): string {
  const left = daysBetween(board.today, board.lastDay)
  switch (board.state) {
    case 'running':
      return left === 0
        ? `Today is the last day of ${monthText(board.month)}: minutes and signatures count until midnight.`
        : `${daysText(left)} left. Minutes and signatures count until ${dayText(board.lastDay)}.`
    case 'over':
      return `Over for ${daysText(daysBetween(board.lastDay, board.today))}, not closed yet. Copies, coverage and decisions can still be supplied.`
    case 'closing':
      return 'The month is frozen and being closed. Nothing in it changes any more.'
    case 'closed':
      return 'Closed. What comes up now becomes a correction case.'
  }
}

const groupResults: Record<ProofGroup['result'], Proof['result']> = {
  pass: 'pass',
  block: 'block',
  hold: 'block',
  unknown: 'unknown',
}
const leafResults = { pass: 'pass', info: 'pass', block: 'block', hold: 'block', unknown: 'unknown' } as const
const tagWords = { S: '', S2: ' (one source)', K: ' (known in the field, text not compared)' } as const

/** The verdict's proof for the tree: only what this person may open is a link. */
export function proofsOf(verdict: MonthVerdict, can: (permission: Permission) => boolean): Proof[] {
  return verdict.groups.map((group) => ({
    id: group.id,
    title: group.title,
    result: groupResults[group.result],
    ...sentenceOf(group),
    because: group.leaves.map((leaf) => ({
      id: leaf.id,
      title: leaf.asks,
      result: leafResults[leaf.status],
      sentence: leaf.stale
        ? `${plain(leaf.sentence)} A value behind this was not compared with the law for this month yet.`
        : plain(leaf.sentence),
      ...(leaf.law.length === 0
        ? {}
        : { law: { cite: leaf.law.map((one) => one.title + tagWords[one.tag]).join('; ') } }),
      evidence: leaf.evidence.flatMap((one) => {
        const to = addressOf(one, verdict, can)
        return to === null ? [] : [{ label: one.label, to }]
      }),
    })),
  }))
}

/** The finding that speaks for its group where all is met. */
const leads = new Set([
  'ccm.consent.in_force',
  'ccm.time.enough',
  'ccm.other_services',
  'ccm.coverage.part_b',
  'ccm.care_plan.approved',
])

/** A closed branch says in one line what stands in it. */
function sentenceOf(group: ProofGroup): { sentence?: string } {
  const first = group.leaves.find(({ rule }) => leads.has(rule)) ?? group.leaves[0]
  return first === undefined || group.result !== 'pass' ? {} : { sentence: plain(first.sentence) }
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** The rule book's sentences as a person writes them: days in words, and no record's id; its link leads there. */
export function plain(sentence: string): string {
  return sentence
    .replace(new RegExp(`\\bentry ${uuid}`, 'g'), 'an entry')
    .replace(new RegExp(`\\b${uuid}`, 'g'), 'a person')
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => dayText(day))
}

function addressOf(link: EvidenceLink, verdict: MonthVerdict, can: (permission: Permission) => boolean): string | null {
  const { patient, month } = verdict
  switch (link.kind) {
    case 'consent':
      return can('consent:read') ? paths.patient(patient.id, 'consent') : null
    case 'care_plan':
      return can('care_plan:read') ? paths.carePlan(link.id) : null
    case 'time':
    case 'decision':
      return can('minutes:read') ? paths.patient(patient.id, 'minutes', { month }) : null
    case 'staff':
      return can('staffing:read') ? paths.staffing() : null
    case 'clinic':
      return can('clinic:configure') ? paths.settings() : null
    default:
      return can('patient:read') ? paths.patient(patient.id, 'overview') : null
  }
}

/** `7 of 8 met`. */
export function metText(groups: readonly ProofGroup[]): string {
  return `${groups.filter(({ result }) => result === 'pass').length} of ${groups.length} met`
}

/** Whether an insurer is on file that pays before Medicare. */
export function isBehindAnother({ groups }: Pick<MonthVerdict, 'groups'>): boolean {
  return groups.some(({ leaves }) =>
    leaves.some(({ rule, status }) => rule === 'ccm.coverage.other_primary' && status !== 'pass'),
  )
}

/** The headline of a verdict. */
export function headline(verdict: MonthVerdict): string {
  if (verdict.lane === 'ready') return `Ready: ${codesText(verdict.lines)}`
  return `${laneNames[verdict.lane]}: ${plain(verdict.cause ?? '')}`
}
