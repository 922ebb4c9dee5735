import type { ClaimStatus } from '@keepwell/contract'
import {
  type RemittanceClaim as ReadDecision,
  type Remittance as ReadRemittance,
  reasonOf,
  remarkOf,
} from '@keepwell/x12'
import type { Account, Entry, FoundLine, Posting } from '../claims/index.ts'

export interface Adjustment {
  group: string
  code: string
  amountCents: number
}

export interface DecisionLine {
  /** Our line that it decides; null where none fits. */
  lineId: string | null
  code: string
  /** The code that was billed, where the payer changed it. */
  originalCode: string | null
  lineControl: string | null
  serviceOn: string | null
  chargeCents: number
  paidCents: number
  adjustments: Adjustment[]
  remarks: string[]
}

/** One CLP as it is kept: everything that a posting, a later match and the screen need. */
export interface Decision {
  kind: 'payment' | 'reversal'
  position: number
  controlNumber: string
  payerClaimNumber: string | null
  earlierPayerClaimNumber: string | null
  statusCode: string
  patientName: string
  memberId: string | null
  correctedMemberId: string | null
  chargeCents: number
  paidCents: number
  patientCents: number
  interestCents: number | null
  crossover: string | null
  adjustments: Adjustment[]
  remarks: string[]
  lines: DecisionLine[]
}

export function decisionOf(claim: ReadDecision, position: number): Decision {
  const all = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
  return {
    kind: claim.status === '22' ? 'reversal' : 'payment',
    position,
    controlNumber: claim.claimControl,
    payerClaimNumber: claim.payerClaimNumber,
    earlierPayerClaimNumber: claim.earlierPayerClaimNumber,
    statusCode: claim.status,
    patientName: [claim.patient.given, claim.patient.family].filter((part) => part !== '').join(' '),
    memberId: claim.patient.memberId,
    correctedMemberId: claim.patient.correctedMemberId,
    chargeCents: claim.chargeCents,
    paidCents: claim.paidCents,
    patientCents: sumOf(all.filter(({ group }) => group === 'PR')),
    interestCents: claim.interestCents,
    crossover: forwardedTo(claim),
    adjustments: claim.adjustments.map(plain),
    remarks: [...claim.remarks],
    lines: claim.lines.map((line) => ({
      lineId: null,
      code: line.code,
      originalCode: line.originalCode,
      lineControl: line.lineControl,
      serviceOn: line.serviceOn,
      chargeCents: line.chargeCents,
      paidCents: line.paidCents,
      adjustments: line.adjustments.map(plain),
      remarks: [...line.remarks],
    })),
  }
}

/** CLP02 of a decision that the payer passed on by itself, and the remarks that say so. */
const forwardedStatuses: readonly string[] = ['19', '20', '21']
const forwardedRemarks: readonly string[] = ['MA18', 'N89']

/** To whom the payer passed the decision on: that insurer has the claim, and nobody sends it a second one. */
function forwardedTo(claim: ReadDecision): string | null {
  const remarks = [...claim.remarks, ...claim.lines.flatMap((line) => line.remarks)]
  if (claim.crossover !== null) return claim.crossover.name
  return forwardedStatuses.includes(claim.status) || remarks.some((remark) => forwardedRemarks.includes(remark))
    ? 'a supplemental insurer that the payer does not name'
    : null
}

const plain = ({ group, code, amountCents }: Adjustment): Adjustment => ({ group, code, amountCents })
export const sumOf = (adjustments: readonly { amountCents: number }[]) =>
  adjustments.reduce((sum, { amountCents }) => sum + amountCents, 0)

/**
 * Ties the lines of a decision to the lines of our claim: by our own line id, then by code and charge, then by code,
 * then by their order where both have equally many. No line of ours is taken twice.
 */
export function matchLines(decided: readonly DecisionLine[], ours: readonly FoundLine[]): DecisionLine[] {
  const free = new Set(ours)
  const taken = new Map<DecisionLine, FoundLine>()
  const take = (fits: (line: DecisionLine, own: FoundLine) => boolean) => {
    for (const line of decided) {
      if (taken.has(line)) continue
      const own = [...free].find((one) => fits(line, one))
      if (own === undefined) continue
      taken.set(line, own)
      free.delete(own)
    }
  }
  take((line, own) => line.lineControl !== null && line.lineControl.toUpperCase() === own.lineControl.toUpperCase())
  take((line, own) => (line.originalCode ?? line.code) === own.code && Math.abs(line.chargeCents) === own.chargeCents)
  take((line, own) => (line.originalCode ?? line.code) === own.code)
  if (decided.length === ours.length) take(() => true)
  return decided.map((line) => ({ ...line, lineId: taken.get(line)?.id ?? null }))
}

/** True where the patient may not be asked for a share: a Qualified Medicare Beneficiary by our record or by the payer's remark. */
export function isNotCollectable(decision: Decision, qmb: boolean): boolean {
  return (
    qmb ||
    [...decision.remarks, ...decision.lines.flatMap((line) => line.remarks)].some(
      (remark) => remarkOf(remark).patientMayNotBeBilled,
    )
  )
}

const contractual: readonly string[] = ['45', '42', '131', '237', 'A2']

/** Where an adjustment goes in the ledger. */
export function accountOf({ group, code }: Adjustment, notCollectable: boolean, behindAnother = false): Account {
  if (behindAnother && code === '23') return 'other_payer'
  if (group === 'PR') return notCollectable ? 'other_adjustment' : 'receivable_patient'
  if (code === '253') return 'sequestration'
  if (contractual.includes(code)) return 'contractual'
  return reasonOf(code).kind === 'denial' ? 'denied' : 'other_adjustment'
}

/**
 * What a decision books on its claim: the payment, the adjustments and the patient's share, each against what the payer
 * owes. Cash comes to CLP04 exactly, also where the payer adjusts the claim as a whole.
 */
export function entriesOf(
  decision: Decision,
  on: {
    claimId: string
    remittanceId: string
    decisionId: string
    trace: string
    notCollectable: boolean
    /** What others took on of the charge and this payer has not decided yet, in cents; null where nobody pays before it. */
    othersCents: number | null
  },
): Entry[] {
  const { claimId, remittanceId, decisionId, trace, notCollectable, othersCents } = on
  const common = { claimId, remittanceId, decisionId }
  const paidOnLines = decision.lines.reduce((sum, line) => sum + line.paidCents, 0)
  const payment: Posting[] = [
    ...decision.lines.map((line) => ({ lineId: line.lineId, cents: line.paidCents })),
    { lineId: null, cents: decision.paidCents - paidOnLines },
  ].flatMap(({ lineId, cents }): Posting[] => [
    { account: 'cash', amountCents: cents, lineId },
    { account: 'receivable_payer', amountCents: -cents, lineId },
  ])
  const adjusted = [
    ...decision.lines.flatMap((line) => line.adjustments.map((adjustment) => ({ ...adjustment, lineId: line.lineId }))),
    ...decision.adjustments.map((adjustment) => ({ ...adjustment, lineId: null })),
  ].map((adjustment) => ({ ...adjustment, account: accountOf(adjustment, notCollectable, othersCents !== null) }))
  const postings = (of: typeof adjusted) =>
    of.flatMap(({ account, amountCents, lineId, group, code }): Posting[] => [
      { account, amountCents, lineId, group, code },
      { account: 'receivable_payer', amountCents: -amountCents, lineId, group, code },
    ])
  const verb = decision.kind === 'reversal' ? 'Taken back' : 'Paid'
  return [
    {
      kind: decision.kind === 'reversal' ? 'reversal' : 'payment',
      ...common,
      memo: `${verb} in payment ${trace}`,
      postings: payment,
    },
    {
      kind: decision.kind === 'reversal' ? 'reversal' : 'adjustment',
      ...common,
      memo: `Adjusted in payment ${trace}`,
      postings: postings(adjusted.filter(({ account }) => account !== 'receivable_patient')),
    },
    {
      kind: decision.kind === 'reversal' ? 'reversal' : 'patient_share',
      ...common,
      memo: `Patient's share in payment ${trace}`,
      postings: postings(adjusted.filter(({ account }) => account === 'receivable_patient')),
    },
    ...(othersCents === null
      ? []
      : [
          {
            kind: 'adjustment' as const,
            ...common,
            memo: `What others had taken on, as it was decided in payment ${trace}`,
            postings: closedOthers(adjusted, othersCents),
          },
        ]),
  ]
}

/**
 * A decision ends what others had taken on of a charge. Where the payer names another amount for it (OA-23) than they told,
 * the difference is no adjustment of this claim, and comes off the largest one that was booked.
 */
function closedOthers(adjusted: readonly (Adjustment & { account: Account })[], othersCents: number): Posting[] {
  const named = sumOf(adjusted.filter(({ account }) => account === 'other_payer'))
  const sums = Map.groupBy(
    adjusted.filter(({ account }) => account !== 'other_payer' && account !== 'receivable_patient'),
    ({ account }) => account,
  )
  const [largest] = [...sums].toSorted(([, one], [, other]) => sumOf(other) - sumOf(one))
  return [
    { account: 'other_payer', amountCents: othersCents - named },
    { account: largest?.[0] ?? 'other_adjustment', amountCents: named - othersCents },
  ]
}

/** Whether a reversal takes back exactly this decision: the same claim number of the payer, and every amount mirrored. */
export function isMirror(
  reversal: Pick<Decision, 'chargeCents' | 'paidCents'>,
  earlier: Pick<Decision, 'chargeCents' | 'paidCents'>,
): boolean {
  return reversal.chargeCents + earlier.chargeCents === 0 && reversal.paidCents + earlier.paidCents === 0
}

export interface EarlierDecision {
  id: string
  payerClaimNumber: string | null
  chargeCents: number
  paidCents: number
}

/** The decision that a reversal takes back: by the payer's claim number first, then by the mirrored amounts alone. */
export function earlierOf<E extends EarlierDecision>(reversal: Decision, standing: readonly E[]): E | undefined {
  const mirrored = standing.filter((earlier) => isMirror(reversal, earlier))
  const numbers = [reversal.payerClaimNumber, reversal.earlierPayerClaimNumber].filter((number) => number !== null)
  const named = mirrored.filter(
    (earlier) => earlier.payerClaimNumber !== null && numbers.includes(earlier.payerClaimNumber),
  )
  return named.at(-1) ?? (mirrored.length === 1 ? mirrored[0] : undefined)
}

export interface Standing {
  /** How many decisions stand, that is, were not taken back. */
  decisions: number
  paidCents: number
  deniedCents: number
  expectedCents: number | null
}

/** The difference in cents that the clinic lets pass, and where it is another one by the payer's number. */
export interface Tolerance {
  generalCents: number
  byPayer: readonly { payerId: string; cents: number }[]
  /** The payer of claims that name none of their own; null where the clinic has not set it. */
  ownPayerId: string | null
}

/** What is let pass for a claim, in cents: by its payer where the clinic said so. */
export function toleranceOf(claim: { payer: { payerId: string } | null }, tolerance: Tolerance): number {
  const payerId = claim.payer?.payerId ?? tolerance.ownPayerId
  return tolerance.byPayer.find((one) => one.payerId === payerId)?.cents ?? tolerance.generalCents
}

/** Where a claim stands after what was posted; `toleranceCents` is the difference that the clinic lets pass. */
export function statusOf(
  { decisions, paidCents, deniedCents, expectedCents }: Standing,
  toleranceCents: number,
): Extract<ClaimStatus, 'paid' | 'denied' | 'underpaid' | 'reversed'> {
  if (decisions === 0) return 'reversed'
  if (paidCents <= 0 && deniedCents > 0) return 'denied'
  if (expectedCents !== null && paidCents < expectedCents - toleranceCents) return 'underpaid'
  return 'paid'
}

/** The part of a payment that its file leaves unexplained, which a person booked as an adjustment of the whole payment. */
export const unexplainedCode = 'HAND'

/** PLB reasons in our own words. */
export const providerAdjustmentMeanings: Readonly<Record<string, string>> = {
  [unexplainedCode]: 'not explained by the file, accepted by a person',
  WO: 'the payer takes back an earlier overpayment',
  FB: 'a balance carried to or from another payment',
  L6: 'interest',
  '72': 'a refund that was acknowledged',
  '50': 'a penalty for late filing',
  CS: 'an adjustment',
  IR: 'tax kept for the tax office',
  J1: 'not paid to the provider',
  LE: 'a levy',
  AP: 'an advance is repaid',
  AM: 'an amount owed by an earlier loan',
  B2: 'a rebate',
  CV: 'a capital payment',
  AH: 'an origination fee',
  '51': 'interest as a penalty',
  '90': 'an early payment allowance',
}

/** What makes two files tell of the same payment in the same words, whatever envelopes they came in. */
export function contentOf({
  set: _set,
  group: _group,
  interchange: _interchange,
  ...content
}: ReadRemittance): unknown {
  return content
}
