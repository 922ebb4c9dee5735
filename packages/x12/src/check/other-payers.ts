import { isAdjustmentReason, isProcedureCode } from '../identifiers.ts'
import { dollars } from '../money.ts'
import { centsOf, elementName, periodOf, quantityOf } from '../read/reading.ts'
import {
  referenceOf,
  type ScannedClaim,
  type ScannedDecision,
  type ScannedLine,
  type ScannedOther,
} from '../read/scan-837p.ts'
import { component, element, type Segment } from '../segments.ts'
import { checkAmount } from './amounts.ts'
import type { CheckingDates } from './claims.ts'
import type { Reporter } from './reporting.ts'

/** Group, and six times reason, amount and quantity. */
const LAST_IN_CAS = 19
/** The guide has room for so many; more are said to be too many, and not summed up one against all lines. */
const MOST_PAYERS = 10

/** Coordination of benefits: what the other payers decided must add up to what was charged (x12.md 4.3). */
export function checkOtherPayers(claim: ScannedClaim, dates: CheckingDates, report: Reporter): void {
  // Most claims have one payer.
  if (claim.others.length === 0 && !hasDecision(claim)) return
  const ids = new Set(claim.others.map(payerId))
  const decisions = decisionsByPayer(claim)
  const own = claim.subscriber?.insurance ? element(claim.subscriber.insurance, 1) : ''
  for (const line of claim.lines) {
    for (const one of line.decisions) {
      const id = element(one.decision, 1)
      // A payer without its name is missed already, and the decision may be its own.
      if (!ids.has(id) && !ids.has('')) {
        report.error(
          4,
          'decision_payer_unknown',
          `SVD01 is "${id.slice(0, 40)}", which is the id of no other payer of the claim.`,
          one.decision,
          'SVD01',
          '2430',
        )
      }
      checkDecision(one, line, dates, report)
      checkGroups(one.adjustments, '2430', report)
    }
  }
  for (const other of claim.others.slice(0, MOST_PAYERS)) {
    checkGroups(other.adjustments, '2320', report)
    checkDecidedOn(other.payer?.dates ?? [], dates, '2330B', report)
    const paid = referenceOf(other.amounts, 'D')
    const decides = other.insurance.is(1, 'P') && own !== 'P'
    if (!paid) {
      if (decides) {
        report.error(
          4,
          'other_payer_paid_missing',
          'AMT*D is missing: the claim goes to a later payer, so it must say what the primary paid, be it zero.',
          other.insurance,
          'AMT',
          '2320',
        )
      }
      continue
    }
    const decided = decisions.get(payerId(other)) ?? []
    // Decisions that name nobody may be of this payer, whose own sums would then all be off.
    if (decided.length === 0 && [...decisions.keys()].some((id) => !ids.has(id))) continue
    checkBalance(claim, other, decided, paid, report)
    checkDecisionDate(other, decided, report)
  }
}

function hasDecision({ lines }: ScannedClaim): boolean {
  for (const line of lines) if (line.decisions.length > 0) return true
  return false
}

function payerId(other: ScannedOther): string {
  return other.payer ? element(other.payer.name, 9) : ''
}

/** What the other payer says of one line: a code in its form, no negative units, a date that has come. */
function checkDecision(
  { decision, dates: dated }: ScannedDecision,
  line: ScannedLine,
  dates: CheckingDates,
  report: Reporter,
): void {
  checkAmount(decision, 2, '2430', report)
  const code = component(decision, 3, 2)
  if (component(decision, 3, 1) === 'HC' && code !== '' && !isProcedureCode(code)) {
    const message = `SVD03-2 is "${code.slice(0, 20)}", which has not the form of a CPT or HCPCS code.`
    report.error(5, 'procedure_invalid', message, decision, 'SVD03-2', '2430')
  }
  const units = quantityOf(decision, 5)
  if (units !== null && units < 0) {
    report.error(4, 'units_negative', 'SVD05 is negative; paid units never are.', decision, 'SVD05', '2430')
  }
  checkDecidedOn(dated, dates, '2430', report)
  const decided = referenceOf(dated, '573')
  const service = referenceOf(line.dates, '472')
  // As they are written, days compare like numbers; only what seems to be too early is read.
  if (!decided || !service || element(decided, 3) >= element(service, 3)) return
  const day = dayIn(decided)
  const given = dayIn(service)
  if (day === null || given === null || day >= given) return
  const message = `DTP03 is ${day}, before the service of ${given}: the other payer cannot have decided yet.`
  report.error(4, 'decision_before_service', message, decided, 'DTP03', '2430')
}

/** The day of a DTP, or the first of its days; null when it is none. */
function dayIn(dated: Segment): string | null {
  return periodOf(dated, 2, 3)?.from ?? null
}

function checkDecidedOn(dated: readonly Segment[], dates: CheckingDates, loop: string, report: Reporter): void {
  const decided = referenceOf(dated, '573')
  if (!decided || dates.today === null) return
  const day = dayIn(decided)
  if (day === null || day <= dates.today) return
  const message = `DTP03 is ${day}, after ${dates.today}: the other payer cannot have decided yet.`
  report.error(4, 'decision_in_future', message, decided, 'DTP03', loop)
}

/** All reasons of one group stand in one CAS, up to six. */
function checkGroups(adjustments: readonly Segment[], loop: string, report: Reporter): void {
  const seen = new Map<string, Segment>()
  for (const one of adjustments) {
    const group = element(one, 1)
    const earlier = seen.get(group)
    // A second CAS of a group is right only when the first is full.
    if (earlier?.isEmpty(17)) {
      report.error(
        2,
        'cas_group_repeated',
        `CAS01 "${group}" stands twice; all reasons of a group go into one CAS.`,
        one,
        'CAS01',
        loop,
      )
    }
    seen.set(group, one)
    for (let position = 2; position <= Math.min(17, one.count); position += 3) {
      const reason = element(one, position)
      if (reason === '' || isAdjustmentReason(reason)) continue
      const at = elementName(one, position)
      const message = `${at} is "${reason.slice(0, 10)}", which is no adjustment reason code.`
      report.warning(5, 'reason_unknown', message, one, at, loop)
    }
  }
}

/** The sum of a list of CAS in cents, or null when an amount is missing, cannot be read or stands past the sixth. */
function sumOf(adjustments: readonly Segment[]): number | null {
  let sum = 0
  for (const segment of adjustments) {
    if (segment.count > LAST_IN_CAS) return null
    for (let position = 3; position <= 18; position += 3) {
      if (segment.isEmpty(position) && segment.isEmpty(position - 1)) continue
      const cents = centsOf(segment, position)
      if (cents === null) return null
      sum += cents
    }
  }
  return sum
}

interface DecidedLine {
  readonly decision: ScannedDecision
  /** SV102 of the line. */
  readonly charge: number | null
}

/** What each other payer decided, by its id. */
function decisionsByPayer(claim: ScannedClaim): ReadonlyMap<string, readonly DecidedLine[]> {
  const decisions = new Map<string, DecidedLine[]>()
  for (const line of claim.lines) {
    if (line.decisions.length === 0) continue
    const charge = line.service ? centsOf(line.service, 2) : null
    for (const decision of line.decisions) {
      const id = element(decision.decision, 1)
      const own = decisions.get(id) ?? []
      own.push({ decision, charge })
      decisions.set(id, own)
    }
  }
  return decisions
}

function checkBalance(
  claim: ScannedClaim,
  other: ScannedOther,
  decisions: readonly DecidedLine[],
  paid: Segment,
  report: Reporter,
): void {
  const charge = centsOf(claim.claim, 2)
  const paidCents = centsOf(paid, 2)
  const claimCas = sumOf(other.adjustments)
  if (charge === null || paidCents === null || claimCas === null) return
  let linePaid = 0
  let lineCas = 0
  for (const { decision, charge: lineCharge } of decisions) {
    const svd = centsOf(decision.decision, 2)
    const cas = sumOf(decision.adjustments)
    if (svd === null || cas === null) return
    linePaid += svd
    lineCas += cas
    if (lineCharge !== null && lineCharge !== svd + cas) {
      report.error(
        3,
        'other_payer_line_balance',
        `The other payer paid ${dollars(svd)} and adjusted ${dollars(cas)}, which is not the ${dollars(lineCharge)} of the line.`,
        decision.decision,
        'SVD02',
        '2430',
      )
    }
  }
  if (charge !== paidCents + claimCas + lineCas) {
    report.error(
      3,
      'other_payer_claim_balance',
      `The other payer paid ${dollars(paidCents)} and adjusted ${dollars(claimCas + lineCas)}, which is not the ${dollars(charge)} of the claim.`,
      paid,
      'AMT02',
      '2320',
    )
  }
  if (decisions.length > 0 && paidCents !== linePaid - claimCas) {
    report.error(
      3,
      'other_payer_paid_balance',
      `AMT*D is ${dollars(paidCents)}, but the lines were paid ${dollars(linePaid)} less ${dollars(claimCas)} at the claim.`,
      paid,
      'AMT02',
      '2320',
    )
  }
}

function checkDecisionDate(other: ScannedOther, decisions: readonly DecidedLine[], report: Reporter): void {
  const onClaim = referenceOf(other.payer?.dates ?? [], '573')
  const onLines = decisions.some(({ decision }) => referenceOf(decision.dates, '573'))
  if (!onClaim && !onLines) {
    report.error(
      4,
      'decision_date_missing',
      'DTP*573 is missing: it must be said when the other payer decided.',
      other.insurance,
      'DTP',
      '2330B',
    )
  }
}
