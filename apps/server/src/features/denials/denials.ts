import { addDays, addYears } from '@keepwell/rules'
import { reasonOf, remarkOf } from '@keepwell/x12'

/** A redetermination is asked for within 120 days of the notice, which counts as received five days after its date (42 CFR 405.942). */
export const appealDays = 120 + 5
/** A clerical error may be reopened for any reason within one year of the decision (42 CFR 405.980). */
export const reopeningYears = 1
/** A new claim has to arrive within one calendar year of the service (42 CFR 424.44). */
export const filingYears = 1
/** An overpayment is reported and returned within 60 days of being identified (42 CFR 401.305). */
const returnDays = 60

export interface DeniedAdjustment {
  group: string
  code: string
  amountCents: number
}

export interface DecidedLine {
  lineId: string | null
  paidCents: number
  expectedCents: number | null
  adjustments: readonly DeniedAdjustment[]
  remarks: readonly string[]
}

export interface DecidedClaim {
  paidOn: string
  serviceOn: string
  paidCents: number
  expectedCents: number | null
  adjustments: readonly DeniedAdjustment[]
  remarks: readonly string[]
  lines: readonly DecidedLine[]
  toleranceCents: number
}

export interface NewDenial {
  kind: 'denied' | 'underpaid' | 'overpaid'
  lineId: string | null
  group: string | null
  code: string | null
  remarks: string[]
  amountCents: number
  expectedCents: number | null
  cause: string
  nextStep: string
  appealable: boolean
  deadlineOn: string
  ownerRole: 'biller' | 'front_desk' | 'ccm_manager'
}

/** What a payer's decision leaves to be worked on: each line that was denied, and the rest where it differs from what was expected. */
export function denialsOf(claim: DecidedClaim): NewDenial[] {
  const found: NewDenial[] = []
  const whole = denied({ ...claim, lineId: null }, claim, claim.lines.length === 0)
  if (whole !== undefined) found.push(whole)
  const rest: DecidedLine[] = []
  for (const line of claim.lines) {
    const one = denied({ ...line, remarks: [...line.remarks, ...claim.remarks] }, claim, true)
    if (one === undefined) rest.push(line)
    else found.push(one)
  }
  const difference = whole === undefined ? differing(claim, rest) : undefined
  if (difference !== undefined) found.push(difference)
  return found
}

function denied(line: DecidedLine, claim: DecidedClaim, judgeByPayment: boolean): NewDenial | undefined {
  const adjustments = line.adjustments.filter(({ amountCents }) => amountCents > 0)
  let causes = adjustments.filter(({ code }) => reasonOf(code).kind === 'denial')
  // Nothing paid, nothing left to the patient, and all of it taken off: a denial, whatever the code says.
  const borneByClinic = adjustments.filter(({ group }) => group === 'CO' || group === 'PI')
  if (
    causes.length === 0 &&
    judgeByPayment &&
    line.paidCents === 0 &&
    !adjustments.some(({ group }) => group === 'PR') &&
    line.expectedCents !== 0
  )
    causes = borneByClinic
  const main = causes.toSorted((one, other) => other.amountCents - one.amountCents)[0]
  if (main === undefined) return undefined
  const reason = reasonOf(main.code)
  const unprocessable = line.remarks.includes('MA130')
  const appealable = reason.appealable && !unprocessable
  const remark = line.remarks.map(remarkOf).find((one) => !one.meaning.startsWith('Remark '))
  return {
    kind: 'denied',
    lineId: line.lineId,
    group: main.group,
    code: main.code,
    remarks: [...line.remarks],
    amountCents: causes.reduce((sum, { amountCents }) => sum + amountCents, 0),
    expectedCents: line.expectedCents,
    cause: reason.cause,
    nextStep: unprocessable
      ? remarkOf('MA130').firstAction
      : reason.kind === 'denial'
        ? reason.firstAction
        : (remark?.firstAction ?? reason.firstAction),
    appealable,
    deadlineOn: appealable ? addDays(claim.paidOn, appealDays) : addYears(claim.serviceOn, filingYears),
    ownerRole: ownerOf(main.code),
  }
}

function differing(claim: DecidedClaim, rest: readonly DecidedLine[]): NewDenial | undefined {
  if (claim.lines.length > 0 && rest.length === 0) return undefined
  const known = claim.lines.length === 0 ? [{ paidCents: claim.paidCents, expectedCents: claim.expectedCents }] : rest
  const expectedCents = known.reduce<number | null>(
    (sum, line) => (sum === null || line.expectedCents === null ? null : sum + line.expectedCents),
    0,
  )
  if (expectedCents === null) return undefined
  const paidCents = known.reduce((sum, line) => sum + line.paidCents, 0)
  const lacking = expectedCents - paidCents
  if (Math.abs(lacking) <= claim.toleranceCents) return undefined
  const lineId = rest.length === 1 ? (rest[0]?.lineId ?? null) : null
  const common = {
    lineId,
    group: null,
    code: null,
    remarks: [...claim.remarks],
    amountCents: Math.abs(lacking),
    expectedCents,
    ownerRole: 'biller' as const,
  }
  if (lacking < 0) {
    return {
      kind: 'overpaid',
      ...common,
      cause: "The payer paid more than the fee schedule and the patient's share leave for it.",
      nextStep: 'Check the amount; report and return what was too much, or wait for the payer to take it back.',
      appealable: false,
      deadlineOn: addDays(claim.paidOn, returnDays),
    }
  }
  const deductible = [...claim.adjustments, ...rest.flatMap((line) => line.adjustments)]
    .filter(({ group, code }) => group === 'PR' && code === '1')
    .reduce((sum, { amountCents }) => sum + amountCents, 0)
  return {
    kind: 'underpaid',
    ...common,
    cause:
      deductible > 0
        ? 'The payer took deductible from it that was not expected.'
        : 'The payer allowed less than the fee schedule of the locality, or took something off.',
    nextStep:
      deductible > 0
        ? "Ask for the deductible by a 270; bill the patient's share if it is right."
        : 'Compare the allowed amount with the fee schedule; ask for a clerical reopening.',
    appealable: true,
    deadlineOn: addYears(claim.paidOn, reopeningYears),
  }
}

const coverageReasons: readonly string[] = ['22', '24', '26', '27', '31', '32', '109', '140', 'B9']
const recordReasons: readonly string[] = ['50', '150', '151', '163', '226', '251', '252', '272']

/** Whose desk it lies on: coverage at the front desk, records with the CCM manager, the rest with the biller. */
function ownerOf(code: string): NewDenial['ownerRole'] {
  return coverageReasons.includes(code) ? 'front_desk' : recordReasons.includes(code) ? 'ccm_manager' : 'biller'
}
