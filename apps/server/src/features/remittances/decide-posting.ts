import type { ClaimStatus } from '@keepwell/contract'
import { dollars, type Remittance as ReadRemittance } from '@keepwell/x12'
import type { Account, Entry, FoundClaim, Posting } from '../claims/index.ts'
import type { DecidedClaim } from '../denials/index.ts'
import type { Hold, PostedPayment, ProviderAdjustmentDetail, StandingDecision } from './remittances.store.ts'
import {
  type Adjustment,
  type Decision,
  earlierOf,
  providerAdjustmentMeanings,
  statusOf,
  sumOf,
} from './remittances.ts'

/** What a payment is to us: new, posted before in the same words, or to be held, with each reason. */
export type Judged = { known: string } | { holds: Hold[] }

/** The payment in words, as the person reads it who took it in. */
export const paymentName = ({ trn02, bpr02Cents }: Pick<ReadRemittance, 'trn02' | 'bpr02Cents'>): string =>
  `Payment ${trn02 === '' ? '(without a number)' : trn02} of ${dollars(bpr02Cents)}`

/** What holds a payment whatever else was posted: its balances, its damage, a number or day that is missing. */
export function judgeAlone(remittance: ReadRemittance): Hold[] {
  const holds = holdsOf(remittance)
  if (remittance.paidOn === null) holds.push({ kind: 'no_date', sentence: 'The payment has no date (BPR16).' })
  if (remittance.handling === 'H' && remittance.bpr02Cents !== 0)
    holds.push({ kind: 'notice_only', sentence: 'It is a notice only (BPR01 H): no money comes with it.' })
  return holds
}

/** A payment without a fault of its own, beside those that are posted under its number. */
export function judgeBeside(remittance: ReadRemittance, setSha256: string, earlier: readonly PostedPayment[]): Judged {
  const held = (kind: Hold['kind'], sentence: string): Judged => ({ holds: [{ kind, sentence }] })
  const same = earlier.find((one) => one.paidOn === remittance.paidOn && one.amountCents === remittance.bpr02Cents)
  if (same !== undefined && same.setSha256 === setSha256) return { known: same.id }
  const onPaper = earlier.find((one) => one.source === 'paper')
  if (onPaper !== undefined)
    return held(
      'posted_otherwise',
      `A payment with this number was entered by hand from paper, ${dollars(onPaper.amountCents)} of ${onPaper.paidOn}.`,
    )
  if (same !== undefined)
    return held(
      'posted_otherwise',
      'A payment with the same number, day and amount was posted before with other content. Compare the two files.',
    )
  return earlier[0] === undefined
    ? { holds: [] }
    : held(
        'number_used',
        `The payer used the same payment number on ${earlier[0].paidOn} for ${dollars(earlier[0].amountCents)}. Ask the payer which is right.`,
      )
}

export type Attribution = { claim: FoundClaim; by: string; earlier: StandingDecision | undefined } | { why: string }

export interface Known {
  byControl: ReadonlyMap<string, FoundClaim>
  byNumber: ReadonlyMap<string, FoundClaim>
  /** The decisions that stand, the oldest first. */
  standing: readonly StandingDecision[]
  /** The statuses of a claim that has left us. */
  left: readonly ClaimStatus[]
}

/** Whose decision it is, when that is certain; otherwise why a person has to say. */
export function attribute(decision: Decision, known: Known): Attribution {
  const numbered = [decision.payerClaimNumber, decision.earlierPayerClaimNumber].flatMap((number) =>
    number === null ? [] : (known.byNumber.get(number) ?? []),
  )[0]
  const controlled = known.byControl.get(decision.controlNumber)
  const claim = controlled ?? numbered
  if (claim === undefined) return { why: `Claim ${decision.controlNumber} of the payment is none that we know.` }
  if (decision.statusCode === '25')
    return { why: `Claim ${decision.controlNumber} is an estimate made before the service, no decision.` }
  if (!known.left.includes(claim.status))
    return { why: `Claim ${claim.controlNumber} has not left us by our record, and the payment names it.` }
  const standing = known.standing.filter((one) => one.claimId === claim.id)
  const by = controlled === undefined ? 'payer_number' : 'control_number'
  if (decision.kind === 'reversal') {
    const earlier = earlierOf(decision, standing)
    return earlier === undefined
      ? { why: `The payer takes back a decision on claim ${claim.controlNumber} that we do not have.` }
      : { claim, by, earlier }
  }
  const again = standing.find(
    (one) => one.payerClaimNumber !== null && one.payerClaimNumber === decision.payerClaimNumber,
  )
  if (again !== undefined)
    return {
      why: `Claim ${claim.controlNumber} was decided before under the same number ${again.payerClaimNumber} (payment ${again.trace}), and that was not taken back.`,
    }
  return { claim, by, earlier: undefined }
}

/** The money of a decision that nobody recognised: it is cash that belongs to no claim yet. */
export const unrecognisedEntry = (remittanceId: string, decisionId: string, decision: Decision): Entry => ({
  kind: 'payment',
  claimId: null,
  remittanceId,
  decisionId,
  memo: `Not yet recognised: ${decision.controlNumber}`,
  postings: [
    { account: 'cash', amountCents: decision.paidCents },
    { account: 'unapplied', amountCents: -decision.paidCents },
  ],
})

/** The same money leaving `unapplied`, within its remittance, once its claim is known. */
export const recognisedEntry = (
  remittanceId: string,
  decisionId: string,
  decision: Decision,
  controlNumber: string,
): Entry => ({
  kind: 'reversal',
  claimId: null,
  remittanceId,
  decisionId,
  memo: `Recognised as claim ${controlNumber}`,
  postings: [
    { account: 'cash', amountCents: -decision.paidCents },
    { account: 'unapplied', amountCents: decision.paidCents },
  ],
})

/** An adjustment of the whole payment (PLB). A positive one takes money away. */
export const providerEntry = (remittanceId: string, one: ProviderAdjustmentDetail): Entry => ({
  kind: 'provider_adjustment',
  claimId: null,
  remittanceId,
  memo: `${one.code}${one.reference === null ? '' : ` ${one.reference}`}: ${providerAdjustmentMeanings[one.code] ?? 'a provider adjustment'}`,
  postings: [
    { account: 'cash', amountCents: -one.amountCents },
    { account: 'provider_adjustment', amountCents: one.amountCents, code: one.code },
  ],
})

/** A reversal books exactly the postings of what it takes back, with their signs changed. */
export const mirroredEntry = (
  of: { claimId: string; remittanceId: string; decisionId: string; trace: string },
  postings: readonly Posting[],
): Entry => ({
  kind: 'reversal',
  claimId: of.claimId,
  remittanceId: of.remittanceId,
  decisionId: of.decisionId,
  memo: `Taken back in payment ${of.trace}`,
  postings: postings.map((posting) => ({ ...posting, amountCents: -posting.amountCents })),
})

export interface Settled {
  to: ReturnType<typeof statusOf>
  /** A decision on a claim that was billed anew is booked and moves it no more. */
  kind: 'decided' | 'late_decision'
  sentence: string
}

/** Where a claim stands after a payment, and what its history says of it. */
export function settledAs(
  claim: Pick<FoundClaim, 'status' | 'expectedMedicareCents' | 'followsClaimId'>,
  sums: Readonly<Partial<Record<Account, number>>>,
  after: { decisions: number; trace: string; toleranceCents: number },
): Settled {
  const paidCents = sums.cash ?? 0
  const to = statusOf(
    {
      decisions: after.decisions,
      paidCents,
      deniedCents: sums.denied ?? 0,
      expectedCents: lessPatient(claim, claim.expectedMedicareCents, sums.receivable_patient ?? 0),
    },
    after.toleranceCents,
  )
  const open = (sums.receivable_payer ?? 0) + (sums.other_payer ?? 0)
  const words = {
    paid: `Paid ${dollars(paidCents)}`,
    denied: 'Denied',
    underpaid: `Paid ${dollars(paidCents)}, less than expected`,
    reversed: 'The payer took its decision back',
  }[to]
  return {
    to,
    kind: claim.status === 'replaced' ? 'late_decision' : 'decided',
    sentence: `${words} (payment ${after.trace})${open === 0 ? '' : `; ${dollars(open)} ${open > 0 ? 'still open' : 'too much'}`}.`,
  }
}

/** What is expected of a payer. A supplement is asked for the patient's share, and what its policy leaves of it is no shortfall. */
function lessPatient(
  { followsClaimId }: Pick<FoundClaim, 'followsClaimId'>,
  expectedCents: number | null,
  patientCents: number,
): number | null {
  return followsClaimId === null || expectedCents === null ? expectedCents : expectedCents - patientCents
}

/** A decision beside what was expected of the claim and of each line, for what it leaves to be worked on. */
export function decidedClaimOf(
  decision: Decision,
  claim: Pick<FoundClaim, 'serviceOn' | 'expectedMedicareCents' | 'lines' | 'followsClaimId' | 'behindAnother'>,
  paidOn: string,
  toleranceCents: number,
): DecidedClaim {
  // What others took on (OA-23) is no denial where they are known to come first.
  const own = (adjustments: readonly Adjustment[]) =>
    claim.behindAnother ? adjustments.filter(({ code }) => code !== '23') : adjustments
  return {
    paidOn,
    serviceOn: claim.serviceOn,
    paidCents: decision.paidCents,
    expectedCents: lessPatient(claim, claim.expectedMedicareCents, decision.patientCents),
    adjustments: own(decision.adjustments),
    remarks: decision.remarks,
    lines: decision.lines.map((line) => ({
      ...line,
      adjustments: own(line.adjustments),
      expectedCents: lessPatient(
        claim,
        claim.lines.find(({ id }) => id === line.lineId)?.expectedMedicareCents ?? null,
        sumOf(line.adjustments.filter(({ group }) => group === 'PR')),
      ),
    })),
    toleranceCents,
    bySupplement: claim.followsClaimId !== null,
  }
}

/** What a posted payment did, in sentences. */
export function postedSentences(
  name: string,
  counts: { decisions: number; unknown: number; providerAdjustmentCents: number },
): string[] {
  const claims = `${counts.decisions} claim${counts.decisions === 1 ? '' : 's'}`
  return [
    `${name} was posted: ${claims}${counts.unknown === 0 ? '' : `, ${counts.unknown} of them not recognised`}.`,
    ...(counts.providerAdjustmentCents === 0
      ? []
      : [`Provider adjustments of ${dollars(counts.providerAdjustmentCents)} were taken off the payment.`]),
  ]
}

/** Why a payment cannot be posted by itself, each reason with its kind. What the reader says beyond the balances is damage. */
function holdsOf(remittance: ReadRemittance): Hold[] {
  const { truncated, trn02, balance, claims } = remittance
  const known: Hold[] = [
    ...(truncated
      ? [{ kind: 'cut_off' as const, sentence: 'The file is cut off: its SE, GE or IEA is missing.' }]
      : []),
    ...(trn02 === '' ? [{ kind: 'no_number' as const, sentence: 'The payment has no number (TRN02).' }] : []),
    ...(balance.ok
      ? []
      : [
          {
            kind: 'payment_balance' as const,
            sentence: `The payment does not balance: ${dollars(balance.differenceCents)} is unexplained.`,
          },
        ]),
    ...claims.flatMap((claim): Hold[] => [
      ...(claim.balances.claim.ok
        ? []
        : [
            {
              kind: 'claim_balance' as const,
              sentence: `Claim ${claim.claimControl} does not balance: ${dollars(claim.balances.claim.differenceCents)} is unexplained.`,
            },
          ]),
      ...(claim.balances.lines.ok
        ? []
        : [
            {
              kind: 'claim_balance' as const,
              sentence: `The lines of claim ${claim.claimControl} do not balance: ${dollars(claim.balances.lines.differenceCents)} is unexplained.`,
            },
          ]),
    ]),
  ]
  const said = new Set(known.map(({ sentence }) => sentence))
  const damage = remittance.holdReasons.filter((reason) => !said.has(reason))
  return [...known, ...damage.map((sentence) => ({ kind: 'damaged' as const, sentence }))]
}

/** The three balances of a remittance in sentences, the broken ones only. */
export function balanceSentences(remittance: ReadRemittance): string[] {
  const { bpr02Cents, totals, balance, claims } = remittance
  return [
    ...(balance.ok
      ? []
      : [
          `BPR02 is ${dollars(bpr02Cents)}; the claims come to ${dollars(totals.claimsPaidCents)} less provider adjustments of ${dollars(totals.plbCents)}. The difference is ${dollars(balance.differenceCents)}.`,
        ]),
    ...claims.flatMap((claim) => [
      ...(claim.balances.claim.ok
        ? []
        : [`Claim ${claim.claimControl} is out of balance by ${dollars(claim.balances.claim.differenceCents)}.`]),
      ...(claim.balances.lines.ok
        ? []
        : [
            `The lines of claim ${claim.claimControl} are out of balance by ${dollars(claim.balances.lines.differenceCents)}.`,
          ]),
    ]),
  ]
}
