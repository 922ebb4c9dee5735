import { type ClaimStatus, claimStatusWords, type OtherPayer, type SupplementBilling } from '@keepwell/contract'
import { dayWords } from '../../print/words.ts'

export interface DecidedLine {
  lineId: string
  code: string
  units: number
  chargeCents: number
  /** What the payer paid and took off; null where its decision does not name the line. */
  decided: { paidCents: number; adjustments: { group: string; code: string; amountCents: number }[] } | null
}

export interface KnownSupplement {
  coverageId: string
  kind: 'medigap' | 'commercial' | 'medicaid'
  payerName: string | null
  payerId: string | null
  filingCode: string | null
  groupNumber: string | null
  memberId: string | null
}

export interface BillFacts {
  status: ClaimStatus
  live: boolean
  /** Whether it goes to Medicare's fee-for-service first and to nobody before. */
  medicareFirst: boolean
  /** By our record, or by a remark of the payer. */
  qmb: boolean
  /** How many decisions of the payer stand. */
  decisions: number
  forwardedTo: string | null
  /** Adjustments of the claim as a whole, said of no line. */
  wholeAdjustments: number
  lines: readonly DecidedLine[]
  supplement: KnownSupplement | null
  bill: { controlNumber: string; payerName: string } | null
}

const decidedStatuses: readonly ClaimStatus[] = ['paid', 'denied', 'underpaid']

const ofPatient = ({ group }: { group: string }) => group === 'PR'
const sum = (amounts: readonly { amountCents: number }[]) => amounts.reduce((total, one) => total + one.amountCents, 0)

/** What the payer left to the patient on each line, in cents, by the id of the line. */
export function sharesOf(lines: readonly DecidedLine[]): Map<string, number> {
  return new Map(lines.map(({ lineId, decided }) => [lineId, sum((decided?.adjustments ?? []).filter(ofPatient))]))
}

const total = (shares: ReadonlyMap<string, number>) => [...shares.values()].reduce((all, cents) => all + cents, 0)

/** What Medicare left to the patient; null while no decision of it stands, or more than one. */
export function shareOf({ decisions, lines }: Pick<BillFacts, 'decisions' | 'lines'>): number | null {
  return decisions === 1 ? total(sharesOf(lines)) : null
}

/** What the coverage lacks for a claim to its insurer. */
export function lacksOf(supplement: KnownSupplement): SupplementBilling['lacks'] {
  if (supplement.payerName === null || supplement.memberId === null) return 'card'
  return supplement.payerId === null ? 'payer_id' : null
}

/** Why the bill to the supplement cannot be made, and what to do; null where it can. */
export function whyNotBilled(facts: BillFacts): string | null {
  const { status, live, bill, supplement, lines } = facts
  if (!facts.medicareFirst) return 'Only what Medicare decided as the first payer is asked of a supplement here.'
  if (!live) return `The claim is “${claimStatusWords[status]}” and no longer stands for its month.`
  if (bill !== null) return `Claim ${bill.controlNumber} asks ${bill.payerName} for it already.`
  if (facts.qmb)
    return 'The patient is a Qualified Medicare Beneficiary and owes nothing. Medicare passes the claim to Medicaid by itself.'
  if (!decidedStatuses.includes(status) || facts.decisions === 0) return 'Medicare has not decided the claim.'
  if (facts.forwardedTo !== null)
    return `Medicare has passed its decision on to ${facts.forwardedTo}. A second bill would be a duplicate.`
  if (facts.decisions > 1) return 'More than one decision stands on the claim. Settle first which one is right.'
  if (facts.wholeAdjustments > 0 || lines.some(isUnexplained))
    return 'The decision does not explain each line to the cent, and a supplement has to be told line by line.'
  if (total(sharesOf(lines)) <= 0) return 'Medicare left nothing to the patient.'
  if (supplement === null)
    return 'No Medigap, Medicaid or other second insurance of that day is known. Write down its card at the patient.'
  const name = supplement.payerName ?? 'the supplement'
  switch (lacksOf(supplement)) {
    case 'card':
      return `The name of the insurer or the member's number is not known. Write down the card of ${name} at the patient.`
    case 'payer_id':
      return `The payer id of ${name} is not known. Enter it, as the clearinghouse lists it.`
    default:
      return null
  }
}

/** A line of which charge, payment and adjustments do not come to the same cent. */
function isUnexplained({ chargeCents, decided }: DecidedLine): boolean {
  return decided === null || decided.paidCents + sum(decided.adjustments) !== chargeCents
}

const groups = ['CO', 'PR', 'OA', 'PI', 'CR'] as const
const groupOf = (group: string) => groups.find((one) => one === group) ?? 'OA'

/** Medicare's decision as a bill to the next payer tells it. */
export function medicareAs(
  payer: { name: string; payerId: string; filingCode: string },
  insured: OtherPayer['insured'],
  decision: { decidedOn: string; payerClaimNumber: string | null },
  lines: readonly DecidedLine[],
): OtherPayer {
  return {
    ...payer,
    sequence: 'P',
    mspType: null,
    groupNumber: null,
    groupName: null,
    relationship: '18',
    insured,
    decidedOn: decision.decidedOn,
    claimNumber: decision.payerClaimNumber,
    adjustments: [],
    lines: lines.map(({ code, units, decided }) => ({
      code,
      units,
      paidCents: decided?.paidCents ?? 0,
      adjustments: (decided?.adjustments ?? [])
        .filter(({ amountCents }) => amountCents !== 0)
        .map((one) => ({ ...one, group: groupOf(one.group) })),
    })),
  }
}

/** The kind of plan of a claim (SBR09) where the coverage tells no other. */
export const filingCodeOf = ({ filingCode, kind }: Pick<KnownSupplement, 'filingCode' | 'kind'>): string =>
  filingCode ?? (kind === 'medicaid' ? 'MC' : 'CI')

/** What a bill says that rests on a decision which Medicare has changed, with the next step. */
export function outdatedSentence(bill: { status: ClaimStatus; payerName: string }, decidedOn: string | null): string {
  const changed =
    decidedOn === null
      ? 'Medicare has taken back the decision on which the bill rests.'
      : `Medicare decided anew on ${dayWords(decidedOn)}, and the bill tells the decision before.`
  const next =
    bill.status === 'ready' || bill.status === 'rejected'
      ? 'Withdraw it, and bill the supplement once Medicare has decided.'
      : bill.status === 'batched'
        ? 'Take its batch back, then withdraw it.'
        : `${bill.payerName} has the old one: send it the new notice, and post what it changes.`
  return `${changed} ${next}`
}
