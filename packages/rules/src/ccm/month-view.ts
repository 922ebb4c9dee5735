import type { Facts, Family } from '../facts.ts'
import type { LocalDate } from '../time.ts'
import type { ConditionsView } from './conditions.ts'
import type { MinutesTally } from './minutes.ts'

/** A family that the counted minutes and the decision making support, before prices. */
export interface Candidate {
  readonly family: Family
  readonly minutes: number
  readonly addOns: number
  readonly dateOfService: LocalDate
}

/** One patient-month as the rules see it: the facts and what follows from them. */
export interface MonthView extends ConditionsView {
  readonly facts: Facts
  readonly firstDay: LocalDate
  readonly lastDay: LocalDate
  readonly tally: MinutesTally
  /** undefined = not known whether decision making was moderate or high this month. */
  readonly complexDecisions: boolean | undefined
  /** In the order non-complex, complex, personal. */
  readonly candidates: readonly Candidate[]
  readonly chosen: Candidate | undefined
  /** The date the claim would carry; where no family is reached, the last day it could carry. */
  readonly dateOfService: LocalDate
}
