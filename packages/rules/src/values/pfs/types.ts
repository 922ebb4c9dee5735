import type { LocalDate } from '../../time.ts'

export interface PriceQuestion {
  readonly dateOfService: LocalDate
  /** 'MAC-locality'; null or 'national' = without local factors. */
  readonly locality: string | null
  readonly placeOfService: string
  readonly qualifyingApm: boolean
  /** 'np', 'pa' and 'cns' are paid a share of the schedule. Default 'physician'. */
  readonly practitionerKind?: 'physician' | 'np' | 'pa' | 'cns' | 'cnm' | 'other'
}

export type UnknownPrice =
  | 'year_not_loaded'
  | 'code_not_priced'
  | 'locality_not_known'
  | 'amount_not_published'
  | 'not_payable_at_place'
  | 'code_not_valid'

/** One unit of a code. `amountCents` null = not known, with the reason. */
export interface Price {
  readonly amountCents: number | null
  readonly basis: 'local' | 'national' | 'unknown'
  readonly why: UnknownPrice | null
  readonly sentence: string
  readonly factorUsed: string | null
}

export interface Expected {
  readonly allowedCents: number
  readonly deductibleCents: number
  readonly coinsuranceCents: number
  readonly sequestrationCents: number
  /** What Medicare pays. */
  readonly medicareCents: number
  /** What a second payer is expected to take over. */
  readonly secondaryCents: number
  /** False where the second payer decides by a contract that the book does not know: it may take all, some or nothing. */
  readonly secondaryKnown: boolean
  /** What the patient may be asked for, once no second payer takes over more. */
  readonly patientCents: number
  /** Cost sharing that nobody may collect from the patient (QMB). */
  readonly notCollectableCents: number
  readonly deductibleRemainingCents: number
}
