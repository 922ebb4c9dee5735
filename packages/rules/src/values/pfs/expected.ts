import { valueOn } from '../../book/dated.ts'
import type { PrimaryLineFacts, SecondaryFacts } from '../../facts.ts'
import { coinsurance, sequestration } from './factors.ts'
import { divideHalfUp } from './price.ts'
import type { Expected } from './types.ts'

export interface ExpectedQuestion {
  readonly on: string
  readonly deductibleRemainingCents: number
  readonly qmb: boolean
  readonly secondary: Pick<SecondaryFacts, 'kind'> | null
}

function sequestrationOf(share: number, on: string): number {
  return divideHalfUp(share * valueOn(sequestration, on), 100)
}

/**
 * From the allowed amount to cash: the deductible first, then the patient's 20 %, then 2 % sequestration off the
 * Medicare share. The patient share is not reduced by sequestration. Each step is rounded half up to the cent;
 * a payer may differ by one cent.
 */
export function expected(allowed: number, question: ExpectedQuestion): Expected {
  const deductibleCents = Math.min(allowed, question.deductibleRemainingCents)
  const base = allowed - deductibleCents
  const coinsuranceCents = divideHalfUp(base * valueOn(coinsurance, question.on), 100)
  const share = base - coinsuranceCents
  const sequestrationCents = sequestrationOf(share, question.on)
  const owed = deductibleCents + coinsuranceCents
  const kind = question.secondary?.kind
  // A Medigap policy always covers the coinsurance but today's policies not the Part B deductible; Medicaid takes what it takes.
  const secondaryCents = question.qmb ? 0 : kind === 'medigap' ? coinsuranceCents : kind === 'medicaid' ? owed : 0
  return {
    allowedCents: allowed,
    deductibleCents,
    coinsuranceCents,
    sequestrationCents,
    medicareCents: share - sequestrationCents,
    secondaryCents,
    secondaryKnown: question.qmb || owed === 0 || (kind !== 'employer' && kind !== 'other'),
    patientCents: question.qmb ? 0 : owed - secondaryCents,
    notCollectableCents: question.qmb ? owed : 0,
    deductibleRemainingCents: question.deductibleRemainingCents - deductibleCents,
  }
}

/**
 * What a practice is bound to accept as payment in full from an insurer that decided a line: what it paid and what it left to
 * the patient, where it wrote something off by contract (group CO); null where it is bound to nothing. An insurer that
 * neither paid nor left anything to the patient has refused the service and binds nobody.
 */
export function acceptedInFull(decided: {
  readonly paidCents: number
  readonly adjustments: readonly { readonly group: string; readonly amountCents: number }[]
}): number | null {
  const sumOf = (group: string) =>
    decided.adjustments.reduce((sum, one) => sum + (one.group === group ? one.amountCents : 0), 0)
  const accepted = decided.paidCents + sumOf('PR')
  return sumOf('CO') > 0 && accepted > 0 ? accepted : null
}

/**
 * What Medicare pays where another insurer paid first: the lowest of what is left of the charge, or of what the practice
 * must accept as payment in full; what Medicare would pay alone; and what is left of the higher of the two allowed
 * amounts. 42 CFR 411.33(a). Sequestration is taken off at the end, as from every payment.
 * @returns null where nobody has said whether the practice is bound to accept less than its charge
 */
export function secondPayment(
  alone: Expected,
  first: PrimaryLineFacts,
  on: string,
): { readonly paidCents: number; readonly sequestrationCents: number } | null {
  if (first.acceptCents === undefined) return null
  const payable = Math.min(first.chargeCents, first.acceptCents ?? first.chargeCents)
  const lowest = Math.min(
    payable - first.paidCents,
    alone.medicareCents + alone.sequestrationCents,
    Math.max(alone.allowedCents, first.allowedCents) - first.paidCents,
  )
  const share = Math.max(0, lowest)
  const sequestrationCents = sequestrationOf(share, on)
  return { paidCents: share - sequestrationCents, sequestrationCents }
}
