import {
  addDays,
  addYears,
  type DenialCause,
  denialCauseOf,
  overpaymentReturnDays,
  recordsDueDays,
  redeterminationDueOn,
  reopeningDueOn,
  timelyFilingYears,
  valueOn,
} from '@keepwell/rules'
import { reasonOf, remarkOf } from '@keepwell/x12'

/** The last day on which a new claim for a service may arrive. */
export function filingDueOn(serviceOn: string): string {
  return addYears(serviceOn, valueOn(timelyFilingYears, serviceOn))
}

/** The day from which the times of a decision run. No payer decides before the service: an earlier day is a slip of its file. */
export const noticeOn = ({ paidOn, serviceOn }: { paidOn: string; serviceOn: string }): string =>
  paidOn < serviceOn ? serviceOn : paidOn

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
  /** Decided by a supplement behind Medicare: it owes no more than the patient's share, and Medicare's rights do not run against it. */
  bySupplement: boolean
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
  /** Null where no term of Medicare runs. */
  deadlineOn: string | null
  ownerRole: 'biller' | 'front_desk' | 'care_manager' | 'provider' | 'ccm_manager'
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
  return claim.bySupplement ? found.map(ofSupplement) : found
}

/** A supplement's own terms for an appeal are in its notice, and nobody knows them here. */
function ofSupplement(denial: NewDenial): NewDenial {
  const common = {
    ...denial,
    amountCents: Math.min(denial.amountCents, denial.expectedCents ?? denial.amountCents),
    appealable: false,
    deadlineOn: null,
  }
  switch (denial.kind) {
    case 'denied':
      return common
    case 'underpaid':
      return {
        ...common,
        cause: "The supplement paid less than the patient's share that it was asked for.",
        nextStep: 'Read in its notice why. What its policy does not cover, the notice has to leave to the patient.',
      }
    case 'overpaid':
      return {
        ...common,
        amountCents: denial.amountCents,
        cause: "The supplement paid more than the patient's share that it was asked for.",
        nextStep: 'Check the amount and pay back what was too much, or wait for the supplement to take it back.',
      }
  }
}

function denied(line: DecidedLine, claim: DecidedClaim, judgeByPayment: boolean): NewDenial | undefined {
  const adjustments = line.adjustments.filter(({ amountCents }) => amountCents > 0)
  let causes = adjustments.filter(({ code }) => isDenial(code))
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
  const { cause, nextStep, appealable, deadlineOn, ownerRole } = workOf(main.code, line.remarks, claim)
  return {
    kind: 'denied',
    lineId: line.lineId,
    group: main.group,
    code: main.code,
    remarks: [...line.remarks],
    amountCents: causes.reduce((sum, { amountCents }) => sum + amountCents, 0),
    expectedCents: line.expectedCents,
    cause,
    nextStep,
    appealable,
    deadlineOn,
    ownerRole,
  }
}

/** A denial rather than the price of a service, by the book, else by what is known of the code. */
function isDenial(code: string): boolean {
  const cause = denialCauseOf(code)
  return cause === undefined ? reasonOf(code).kind === 'denial' : cause.step !== 'post'
}

type Work = Pick<NewDenial, 'cause' | 'nextStep' | 'appealable' | 'deadlineOn' | 'ownerRole'>

/** Why, what to do, by when and whose desk: from the book where it knows the cause, else from what is known of the code. */
function workOf(code: string, remarks: readonly string[], claim: Pick<DecidedClaim, 'paidOn' | 'serviceOn'>): Work {
  const known = denialCauseOf(code, remarks)
  if (known !== undefined && known.step !== 'post')
    return {
      cause: known.meaning,
      nextStep: known.sentence,
      appealable: known.appealable,
      deadlineOn: dueOn(known, claim),
      ownerRole: seatOf(known.role),
    }
  const reason = reasonOf(code)
  const unprocessable = remarks.includes('MA130')
  const remark = remarks.map(remarkOf).find((one) => !one.meaning.startsWith('Remark '))
  const appealable = reason.appealable && !unprocessable
  return {
    cause: reason.cause,
    nextStep:
      reason.kind === 'denial' && !unprocessable ? reason.firstAction : (remark?.firstAction ?? reason.firstAction),
    appealable,
    deadlineOn: appealable ? redeterminationDueOn(noticeOn(claim)) : filingDueOn(claim.serviceOn),
    ownerRole: 'biller',
  }
}

/** The first of the rights that lapses. Where none runs, the last day on which anything may still be billed. */
function dueOn(cause: DenialCause, claim: Pick<DecidedClaim, 'paidOn' | 'serviceOn'>): string {
  const notice = noticeOn(claim)
  const own = {
    reopening: () => reopeningDueOn(notice),
    redetermination: () => redeterminationDueOn(notice),
    records: () => addDays(notice, valueOn(recordsDueDays, notice)),
    filing: () => filingDueOn(claim.serviceOn),
    none: () => filingDueOn(claim.serviceOn),
  }[cause.deadline]()
  const appealBy = redeterminationDueOn(notice)
  return cause.appealable && appealBy < own ? appealBy : own
}

const seatOf = (role: DenialCause['role']): NewDenial['ownerRole'] => (role === 'manager' ? 'ccm_manager' : role)

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
      deadlineOn: addDays(noticeOn(claim), valueOn(overpaymentReturnDays, noticeOn(claim))),
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
    deadlineOn: reopeningDueOn(noticeOn(claim)),
  }
}
