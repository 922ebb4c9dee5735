import type { Finding } from './book/rule.ts'
import type { Family, OtherProgram } from './facts.ts'
import type { LocalDate } from './time.ts'

/**
 * billable: the lines may go out. not_yet: steps or minutes are missing that someone can still supply.
 * held: a fact is unknown, or another payer or a person must act first. not_billable: no legal step is left.
 */
export type Outcome = 'billable' | 'not_yet' | 'held' | 'not_billable'

export type Role = 'front_desk' | 'care_manager' | 'provider' | 'manager' | 'biller'

export interface Line {
  readonly code: string
  readonly units: number
  readonly dateOfService: LocalDate
  /** ICD-10-CM codes with the dot, in pointer order, at most four. */
  readonly diagnoses: readonly string[]
  /** Only where one is needed: GV or GW under a hospice election. */
  readonly modifiers?: readonly string[]
  /** null = the amount of that year is not known to the book. */
  readonly allowedCents: number | null
  /** What the remittance should pay: share after deductible and coinsurance, less sequestration. */
  readonly medicareCents: number | null
  readonly patientCents: number | null
}

export interface Fix {
  /** The finding it clears, or the family it would open. */
  readonly id: string
  readonly step: FixStep
  readonly role: Role
  readonly sentence: string
}

export type FixStep =
  | 'record_consent'
  | 'correct_consent_record'
  | 'attest_conditions'
  | 'hold_initiating_visit'
  | 'document_ccm_discussion'
  | 'approve_care_plan'
  | 'give_plan_copy'
  | 'add_care_time'
  | 'approve_time'
  | 'establish_24x7_access'
  | 'name_care_manager'
  | 'check_coverage'
  | 'bill_the_plan'
  | 'bill_primary_first'
  | 'settle_hospice'
  | 'choose_between_services'
  | 'choose_billing_practitioner'
  | 'choose_family_again'
  | 'take_program_back'
  | 'correct_time_entry'
  | 'add_diagnosis'
  | 'set_date_of_service'
  | 'find_out'
  | 'load_year'
  | 'correct_npi'

/** The rule that ends it, and why. */
export interface NoLegalStep {
  readonly rule: string
  readonly sentence: string
}

/** Another family of CCM, or another program. */
export type Alternative = AlternativeLines &
  ({ readonly program: 'ccm'; readonly family: Family } | { readonly program: OtherProgram; readonly family: null })

interface AlternativeLines {
  readonly lines: readonly Line[]
  readonly totalAllowedCents: number | null
  /** Against the lines of the verdict; negative = pays less. */
  readonly differenceCents: number | null
  readonly why: string
  /** What the record must show as well, of which the facts do not speak; empty within CCM. */
  readonly needs: readonly string[]
}

export type LeftOutReason =
  | 'other_month'
  | 'other_program'
  | 'minute_used_by_other_program'
  | 'activity_not_countable'
  | 'not_clinical_staff'
  | 'before_consent'
  | 'after_withdrawal'
  | 'before_initiating_visit'
  | 'facility_stay'
  | 'after_death'
  | 'no_part_b'
  | 'counted_once'
  | 'visit_day'
  | 'waiting_for_approval'
  | 'unknown'

export interface LeftOut {
  readonly entryId: string
  readonly seconds: number
  readonly reason: LeftOutReason
}

export interface Minutes {
  /** Seconds in the pool that only staff worked. */
  readonly staffSeconds: number
  /** Seconds the practitioner worked in person. */
  readonly practitionerSeconds: number
  /** Seconds in the pool; the same clock time is in it once. */
  readonly countedSeconds: number
  /** The seconds that staff codes may use, floored once to minutes. */
  readonly pooledMinutes: number
  readonly leftOut: readonly LeftOut[]
}

export interface Verdict {
  readonly outcome: Outcome
  /** The family of the lines, or the one that the record points to; null where no family is reached. */
  readonly family: Family | null
  /** Empty unless billable. */
  readonly lines: readonly Line[]
  /** What the minutes would support once every finding is cleared; equals lines when billable. */
  readonly linesIfCleared: readonly Line[]
  readonly findings: readonly Finding[]
  /** The smallest set of legal steps that makes the month billable; empty where it is, or where none helps. */
  readonly fixes: readonly Fix[]
  /** Why no legal step is left; null where the month is billable or steps are. */
  readonly noLegalStep: NoLegalStep | null
  /** Empty in a plain verdict. */
  readonly alternatives: readonly Alternative[]
  readonly minutes: Minutes
  readonly book: { readonly version: string; readonly hash: string }
}
