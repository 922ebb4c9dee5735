import { monthNumber } from '../dates.ts'
import { FingerprintSet } from '../fingerprints.ts'
import { isProcedureCode } from '../identifiers.ts'
import { element, type Segment } from '../segments.ts'
import type { ClaimInHand, LineInHand } from './claims.ts'
import type { Reporter } from './reporting.ts'

/**
 * What a claim form alone can show of the chronic care management rules: the base of each add-on and the most units
 * that fit in one month. Minutes, consent and the same-month matrix belong to the rule book.
 */
export interface CareManagementRule {
  /** The bits of all codes of its kind, of which one alone is paid in a month. */
  readonly family: number
  readonly base: string | null
  readonly mostUnits: number | null
  /** One bit for each code. */
  readonly bit: number
}

const STAFF = 1 | 2
const COMPLEX = 4 | 8
const PRACTITIONER = 16 | 32
const CODES: ReadonlyMap<string, CareManagementRule> = new Map([
  ['99490', { family: STAFF, base: null, mostUnits: 1, bit: 1 }],
  ['99439', { family: STAFF, base: '99490', mostUnits: 2, bit: 2 }],
  ['99487', { family: COMPLEX, base: null, mostUnits: 1, bit: 4 }],
  ['99489', { family: COMPLEX, base: '99487', mostUnits: null, bit: 8 }],
  ['99491', { family: PRACTITIONER, base: null, mostUnits: 1, bit: 16 }],
  ['99437', { family: PRACTITIONER, base: '99491', mostUnits: null, bit: 32 }],
])

/** What is known of the code of a line that is care management, or null. */
export function careManagementRule(code: string): CareManagementRule | null {
  return CODES.get(code) ?? null
}

/** The rules for care management lines inside one claim. */
export function checkCareManagement(hand: ClaimInHand, report: Reporter): void {
  let first: LineInHand | null = null
  let second: LineInHand | null = null
  let bits = 0
  for (const line of hand.lines) {
    if (line.rule === null) continue
    first ??= line
    if (line.rule.family !== first.rule?.family) second ??= line
    bits |= line.rule.bit
  }
  if (first === null) return
  for (const line of hand.lines) {
    const { rule, service } = line
    if (rule === null || service === null) continue
    if (rule.base !== null && (bits & (CODES.get(rule.base)?.bit ?? 0)) === 0 && hand.lines.every(hasCode)) {
      const message = `SV101-2 is ${line.code}, an add-on, but its base ${rule.base} is not on the claim.`
      report.error(7, 'add_on_without_base', message, service, 'SV101-2', '2400')
    }
    checkUnits(line, rule, service, hand.diagnoses.length, report)
  }
  if (second?.service) {
    report.error(
      7,
      'families_mixed',
      `SV101-2 is ${second.code} beside ${first.code}: only one kind of chronic care management is paid in a month.`,
      second.service,
      'SV101-2',
      '2400',
    )
  }
  const { diagnoses } = hand
  // A claim without HI is said by the guide.
  const place = diagnoses[0]?.segment
  if (place === undefined) return
  if (diagnoses.length < 2) {
    report.error(
      7,
      'two_diagnoses',
      'Chronic care management needs at least two chronic conditions on the claim.',
      place,
      'HI02',
      '2300',
    )
  } else if (diagnoses.every((one) => isSameCategory(one.code, diagnoses[0]?.code ?? ''))) {
    report.warning(
      7,
      'one_diagnosis_group',
      'All diagnoses are of one category; reviewers look for two different conditions.',
      place,
      'HI02-2',
      '2300',
    )
  }
}

/** A line by itself: the base of an add-on, whole units and not too many, two conditions. */
function checkUnits(
  line: LineInHand,
  rule: CareManagementRule,
  service: Segment,
  diagnosisCount: number,
  report: Reporter,
): void {
  const { units, code } = line
  if (units !== null && !Number.isInteger(units)) {
    report.error(
      7,
      'units_not_whole',
      `SV104 is ${element(service, 4)}: care management is billed in whole units.`,
      service,
      'SV104',
      '2400',
    )
  } else if (units !== null && rule.mostUnits !== null && units > rule.mostUnits) {
    report.error(
      7,
      'units_too_many',
      `SV104 is ${units}: ${code} may have at most ${rule.mostUnits} in a month.`,
      service,
      'SV104',
      '2400',
    )
  }
  if (service.is(3, 'MJ')) {
    const message = `SV103 is MJ (minutes), but ${code} is billed in units: UN.`
    report.error(7, 'unit_basis', message, service, 'SV103', '2400')
  }
  if (diagnosisCount > 1 && hasOnePointer(line)) {
    report.warning(
      7,
      'one_pointer',
      `${code} points to one diagnosis; chronic care management is for two or more conditions.`,
      service,
      'SV107',
      '2400',
    )
  }
}

/** A line whose code is missing or no code may be the base that an add-on lacks. */
function hasCode({ code }: LineInHand): boolean {
  return isProcedureCode(code)
}

/** Whether two diagnoses share their first three characters. */
function isSameCategory(left: string, right: string): boolean {
  for (let at = 0; at < 3; at++) if (left.charAt(at) !== right.charAt(at)) return false
  return true
}

/**
 * The same code twice for one patient in one month, within a claim or across the claims of the file, and another kind
 * of care management on another claim.
 */
export class MonthlyDuplicates {
  readonly #seen = new FingerprintSet()

  check(hand: ClaimInHand, report: Reporter): void {
    const person = hand.claim.subscriber?.person
    const member = person ? element(person.name, 9) : ''
    let own = 0
    for (const { rule, period, code, service } of hand.lines) {
      const day = period?.from ?? null
      if (rule === null || service === null || day === null) continue
      const before = this.#seen.mark(member, rule.bit, monthNumber(day))
      if ((before & ~own & ~rule.family) !== 0) {
        const message = `${code} is another kind of chronic care management than an earlier claim has for this patient in ${day.slice(0, 7)}; only one kind is paid in a month.`
        report.error(7, 'families_mixed', message, service, 'SV101-2', '2400')
      }
      own |= rule.bit
      if ((before & rule.bit) === 0) continue
      const message = `${code} stands twice for this patient in ${day.slice(0, 7)}; it is paid once a month.`
      report.error(7, 'duplicate_in_month', message, service, 'SV101-2', '2400')
    }
  }
}

function hasOnePointer(line: LineInHand): boolean {
  let count = 0
  for (const pointer of line.pointers) if (pointer !== '') count++
  return count === 1
}
