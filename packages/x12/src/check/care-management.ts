import { parseQuantity } from '../money.ts'
import { diagnosesOf } from '../read/read-837p.ts'
import type { Located, ScannedClaim, ScannedLine } from '../read/scan-837p.ts'
import { component, components, element } from '../segments.ts'
import { serviceDay } from './claims.ts'
import type { Reporter } from './reporting.ts'

/**
 * What a claim form alone can show of the chronic care management rules: the base of each add-on and the most units
 * that fit in one month. Minutes, consent and the same-month matrix belong to the rule book.
 */
const CODES: Readonly<
  Record<string, { readonly family: string; readonly base: string | null; readonly mostUnits: number | null }>
> = {
  '99490': { family: 'staff', base: null, mostUnits: 1 },
  '99439': { family: 'staff', base: '99490', mostUnits: 2 },
  '99487': { family: 'complex', base: null, mostUnits: 1 },
  '99489': { family: 'complex', base: '99487', mostUnits: null },
  '99491': { family: 'practitioner', base: null, mostUnits: 1 },
  '99437': { family: 'practitioner', base: '99491', mostUnits: null },
}

interface ServiceInHand {
  readonly line: ScannedLine
  readonly service: Located
  readonly code: string
  readonly rule: (typeof CODES)[string]
}

/** The rules for care management lines inside one claim. */
export function checkCareManagement(claim: ScannedClaim, report: Reporter): void {
  const services = careManagementOf(claim)
  const first = services[0]
  if (!first) return
  const codes = new Set(services.map((one) => one.code))
  for (const { service, code, rule } of services) {
    if (rule.base !== null && !codes.has(rule.base)) {
      report.error(
        7,
        'add_on_without_base',
        `SV101-2 is ${code}, an add-on, but its base ${rule.base} is not on the claim.`,
        service,
        'SV101-2',
        '2400',
      )
    }
    const units = parseQuantity(element(service.segment, 4))
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
    if (components(service.segment, 7).filter((pointer) => pointer !== '').length === 1) {
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
  const families = new Map<string, ServiceInHand>()
  for (const one of services) if (!families.has(one.rule.family)) families.set(one.rule.family, one)
  const second = [...families.values()][1]
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
  const diagnoses = diagnosesOf(claim.diagnoses)
  const place = diagnoses[0]?.located ?? claim.claim
  if (diagnoses.length < 2) {
    report.error(
      7,
      'two_diagnoses',
      'Chronic care management needs at least two chronic conditions on the claim.',
      place,
      'HI02',
      '2300',
    )
  } else if (new Set(diagnoses.map((one) => one.code.slice(0, 3))).size === 1) {
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

/**
 * The same code twice for one patient in one month, within a claim or across the claims of the batch. `seen` is
 * carried from claim to claim.
 */
export function checkMonthlyDuplicates(claim: ScannedClaim, seen: Map<string, string>, report: Reporter): void {
  const person = claim.subscriber?.person
  const member = person ? element(person.name.segment, 9) : ''
  for (const { line, service, code } of careManagementOf(claim)) {
    const day = serviceDay(line)
    if (day === null) continue
    const key = `${member} ${code} ${day.slice(0, 7)}`
    const earlier = seen.get(key)
    if (earlier !== undefined) {
      report.error(
        7,
        'duplicate_in_month',
        `${code} stands twice for this patient in ${day.slice(0, 7)} (claim ${earlier}); it is paid once a month.`,
        service,
        'SV101-2',
        '2400',
      )
    } else seen.set(key, element(claim.claim.segment, 1))
  }
}

function careManagementOf(claim: ScannedClaim): ServiceInHand[] {
  return claim.lines.flatMap((line) => {
    const { service } = line
    if (!service) return []
    const code = component(service.segment, 1, 2)
    const rule = Object.hasOwn(CODES, code) ? CODES[code] : undefined
    return rule ? [{ line, service, code, rule }] : []
  })
}
