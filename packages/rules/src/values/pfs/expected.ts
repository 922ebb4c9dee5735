import { valueOn } from '../../book/dated.ts'
import type { SecondaryFacts } from '../../facts.ts'
import { coinsurance, sequestration } from './factors.ts'
import { divideHalfUp } from './price.ts'
import type { Expected } from './types.ts'

export interface ExpectedQuestion {
  readonly on: string
  readonly deductibleRemainingCents: number
  readonly qmb: boolean
  readonly secondary: Pick<SecondaryFacts, 'kind'> | null
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
  const sequestrationCents = divideHalfUp(share * valueOn(sequestration, question.on), 100)
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
    patientCents: question.qmb ? 0 : owed - secondaryCents,
    notCollectableCents: question.qmb ? owed : 0,
    deductibleRemainingCents: question.deductibleRemainingCents - deductibleCents,
  }
}
