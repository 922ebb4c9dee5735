import { FingerprintSet } from '../fingerprints.ts'
import type { Located } from '../read/scan-837p.ts'
import { element } from '../segments.ts'
import type { ClaimInHand, LineInHand } from './claims.ts'
import type { Reporter } from './reporting.ts'

/**
 * What a claim form alone can show of the chronic care management rules: the base of each add-on and the most units
 * that fit in one month. Minutes, consent and the same-month matrix belong to the rule book.
 */
interface CareManagementRule {
  readonly family: string
  readonly base: string | null
  readonly mostUnits: number | null
  /** One bit for each code. */
  readonly bit: number
}

const CODES: ReadonlyMap<string, CareManagementRule> = new Map([
  ['99490', { family: 'staff', base: null, mostUnits: 1, bit: 1 }],
  ['99439', { family: 'staff', base: '99490', mostUnits: 2, bit: 2 }],
  ['99487', { family: 'complex', base: null, mostUnits: 1, bit: 4 }],
  ['99489', { family: 'complex', base: '99487', mostUnits: null, bit: 8 }],
  ['99491', { family: 'practitioner', base: null, mostUnits: 1, bit: 16 }],
  ['99437', { family: 'practitioner', base: '99491', mostUnits: null, bit: 32 }],
])

/** A line of a claim whose code is one of care management. */
export interface CareManagementService {
  readonly line: LineInHand
  readonly service: Located
  readonly code: string
  readonly rule: CareManagementRule
}

/** The rules for care management lines inside one claim. */
export function checkCareManagement(
  hand: ClaimInHand,
  services: readonly CareManagementService[],
  report: Reporter,
): void {
  const first = services[0]
  if (!first) return
  const bits = services.reduce((all, one) => all | one.rule.bit, 0)
  for (const { line, service, code, rule } of services) {
    const { units } = line
    if (rule.base !== null && (bits & (CODES.get(rule.base)?.bit ?? 0)) === 0) {
      report.error(
        7,
        'add_on_without_base',
        `SV101-2 is ${code}, an add-on, but its base ${rule.base} is not on the claim.`,
        service,
        'SV101-2',
        '2400',
      )
    }
    if (units !== null && !Number.isInteger(units)) {
      report.error(
        7,
        'units_not_whole',
        `SV104 is ${element(service.segment, 4)}: care management is billed in whole units.`,
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
    if (hasOnePointer(line)) {
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
  const second = services.find((one) => one.rule.family !== first.rule.family)
  if (second) {
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
  const place = diagnoses[0]?.located ?? hand.claim.claim
  if (diagnoses.length < 2) {
    report.error(
      7,
      'two_diagnoses',
      'Chronic care management needs at least two chronic conditions on the claim.',
      place,
      'HI02',
      '2300',
    )
  } else if (diagnoses.every((one) => one.code.slice(0, 3) === diagnoses[0]?.code.slice(0, 3))) {
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

/** The same code twice for one patient in one month, within a claim or across the claims of the file. */
export class MonthlyDuplicates {
  readonly #seen = new FingerprintSet()

  check(hand: ClaimInHand, services: readonly CareManagementService[], report: Reporter): void {
    const person = hand.claim.subscriber?.person
    const member = person ? element(person.name.segment, 9) : ''
    for (const { line, service, code, rule } of services) {
      const day = line.period?.from ?? null
      if (day === null) continue
      const month = day.slice(0, 7)
      if ((this.#seen.mark(`${member} ${month}`, rule.bit) & rule.bit) === 0) continue
      const message = `${code} stands twice for this patient in ${month}; it is paid once a month.`
      report.error(7, 'duplicate_in_month', message, service, 'SV101-2', '2400')
    }
  }
}

function hasOnePointer(line: LineInHand): boolean {
  let count = 0
  for (const pointer of line.pointers) if (pointer !== '') count++
  return count === 1
}

/** The care management lines of a claim. */
export function careManagementOf(hand: ClaimInHand): CareManagementService[] {
  const services: CareManagementService[] = []
  for (const line of hand.lines) {
    const { code, service } = line
    const rule = CODES.get(code)
    if (rule && service) services.push({ line, service, code, rule })
  }
  return services
}
