/**
 * The facts of one patient-month, as the facts file of the rule book states them.
 * `null` means known to be none; a missing key (or undefined) means that nobody knows yet.
 * Money is integer cents, instants are ISO 8601 with an offset, dates are local to the clinic.
 */

import type { LocalDate, Month } from './time.ts'
import type { ActivityId } from './values/activities.ts'
import type { ConsentMode, ConsentStatementId } from './values/consent.ts'
import type { Credential } from './values/credentials.ts'

/** The three code families of chronic care management; only one of them may stand in a month. */
export type Family = 'non_complex' | 'complex' | 'personal'

export type PractitionerKind = 'physician' | 'np' | 'pa' | 'cns' | 'cnm' | 'other'

export type CoverageKind =
  | 'part_a'
  | 'part_b'
  | 'medicare_advantage'
  | 'other_primary'
  | 'hospice'
  | 'home_health'
  | 'medicaid'
  | 'medigap'
  | 'esrd'

export type StayKind = 'inpatient' | 'snf_part_a' | 'observation' | 'emergency' | 'nursing_facility' | 'assisted_living'

/** Whose service it was, seen from the practitioner who would bill this month. */
export type PractitionerRelation = 'same' | 'same_group' | 'other'

export type Program =
  | 'ccm'
  | 'pcm'
  | 'apcm'
  | 'tcm'
  | 'bhi'
  | 'cocm'
  | 'rpm'
  | 'rtm'
  | 'chi'
  | 'pin'
  | 'cpo'
  | 'visit'
  | 'none'

export type DecisionMakingLevel = 'straightforward' | 'low' | 'moderate' | 'high'

export type DateOfServicePolicy = 'month_end' | 'threshold_date'

export interface PractitionerFacts {
  readonly id?: string | null | undefined
  readonly npi?: string | null | undefined
  readonly kind?: PractitionerKind | null | undefined
  readonly qualifyingApm?: boolean | null | undefined
}

export interface PatientFacts {
  readonly bornOn?: LocalDate | null | undefined
  readonly diedOn?: LocalDate | null | undefined
  readonly newOrNotSeenWithinYear?: boolean | null | undefined
}

export interface CoverageFacts {
  readonly kind: CoverageKind
  readonly from: LocalDate
  /** Last day in force; null = open. */
  readonly to: LocalDate | null
}

export interface ConditionFacts {
  /** ICD-10-CM, with or without the dot. */
  readonly code: string
  readonly attestedOn?: LocalDate | null | undefined
  readonly lasts12Months?: boolean | null | undefined
  readonly significantRisk?: boolean | null | undefined
}

export interface InitiatingVisitFacts {
  readonly on: LocalDate
  readonly code: string
  readonly ccmDiscussed?: boolean | null | undefined
  /** True = by video. Missing counts as in person, as the visit codes say. */
  readonly telehealth?: boolean | null | undefined
  /** True where the practitioner in person did unusually extensive assessment and planning in this visit (G0506). */
  readonly extensivePlanning?: boolean | null | undefined
}

export interface ConsentFacts {
  readonly form?: 'written' | 'verbal' | null | undefined
  readonly givenOn?: LocalDate | null | undefined
  /** Where the exact moment is known, minutes of the same day before it are left out too. */
  readonly givenAt?: string | null | undefined
  readonly faceToFace?: boolean | null | undefined
  readonly told?: readonly ConsentStatementId[] | null | undefined
  /** The day the patient asked to stop; null = did not. */
  readonly withdrawnOn?: LocalDate | null | undefined
}

/** What a clinic may settle for itself; see `switches` for what each one means and its default. */
export interface PolicyFacts {
  /** Default 'written'. */
  readonly consentMode?: ConsentMode | null | undefined
  /** Default 'month_end'. */
  readonly dateOfService?: DateOfServicePolicy | null | undefined
  /** Default 'accept'. */
  readonly telehealthVisit?: 'accept' | 'refuse' | null | undefined
  /** Default 'count'. */
  readonly visitDayMinutes?: 'count' | 'leave_out' | null | undefined
  /** Default 'pool'. */
  readonly practitionerMinutes?: 'pool' | 'keep_apart' | null | undefined
  /** Default 'none'. */
  readonly personalAddOnCap?: 'none' | 'two' | null | undefined
  /** Default 'warn'. */
  readonly sameGroup?: 'warn' | 'hold' | null | undefined
  /** Default 'hold'. */
  readonly apcmElsewhere?: 'hold' | 'refuse' | 'allow' | null | undefined
  /** Default 'allow'. */
  readonly uncertainNeighbors?: 'allow' | 'hold' | null | undefined
  /** Default 'block'. */
  readonly secondDiagnosis?: 'block' | 'warn' | null | undefined
}

export interface CarePlanFacts {
  readonly approvedOn?: LocalDate | null | undefined
  readonly copyGivenOn?: LocalDate | null | undefined
}

export interface DecisionMakingFacts {
  readonly level?: DecisionMakingLevel | null | undefined
  readonly documentedOn?: LocalDate | null | undefined
}

export interface TimeFacts {
  readonly id: string
  readonly person: string
  readonly kind: 'staff' | 'practitioner'
  readonly credential?: Credential | null | undefined
  /** ISO 8601 instant with offset. */
  readonly start: string
  readonly end: string
  readonly activity?: ActivityId | null | undefined
  readonly program?: Program | null | undefined
  /** True where the practitioner logged the work as personally done CCM (99491). */
  readonly personalCcm?: boolean | null | undefined
  /** True while a second person has still to approve the entry; until then it does not count. */
  readonly waitsForApproval?: boolean | null | undefined
}

export interface StayFacts {
  readonly kind: StayKind
  readonly from: LocalDate
  /** Last day of the stay; null = still there. */
  readonly to: LocalDate | null
}

export interface OtherServiceFacts {
  readonly code: string
  readonly on: LocalDate
  readonly practitioner?: PractitionerRelation | null | undefined
}

export interface SecondaryFacts {
  readonly kind: 'medigap' | 'medicaid' | 'employer' | 'other'
  readonly name?: string | null | undefined
}

/** How care given under a hospice election stands to the hospice: GV, GW, or the hospice's own business. */
export type HospiceCare = 'attending' | 'unrelated' | 'related'

/** What the insurer that pays before Medicare decided about one code of the month, for all its units. */
export interface PrimaryLineFacts {
  readonly code: string
  /** Missing: whether it decided on as many units as are billed is not asked. */
  readonly units?: number | null | undefined
  readonly chargeCents: number
  /** What the practice is bound to accept from that insurer as payment in full; null = it is bound to nothing. */
  readonly acceptCents?: number | null | undefined
  /** Before that insurer's own deductible and coinsurance. */
  readonly allowedCents: number
  readonly paidCents: number
}

/** What the insurer that pays before Medicare has decided for this month. */
export interface PrimaryPaymentFacts {
  readonly decidedOn: LocalDate
  readonly paidCents: number
  /** Line by line; without it Medicare's second share is not known. */
  readonly lines?: readonly PrimaryLineFacts[] | null | undefined
}

/** A person's choice of another family than the one the record supports first; the reason is kept. */
export interface ChoiceFacts {
  readonly family: Family
  readonly by: string
  readonly reason: string
}

/** The programs that a person may choose for a month instead of CCM. */
export type OtherProgram = 'pcm' | 'apcm' | 'rhc_bundle'

/** A person's choice of another program for the month; it is billed instead of CCM, and the reason is kept. */
export interface OtherProgramFacts {
  readonly program: OtherProgram
  readonly by: string
  readonly reason: string
}

export interface Facts {
  readonly month: Month
  readonly timeZone: string
  /** The clinic's date when the question is asked. Missing: the month is taken as still running. */
  readonly asOf?: LocalDate | null | undefined
  readonly placeOfService?: string | null | undefined
  /** 'MAC-locality' such as '13202-01'; null or 'national' prices without local factors. */
  readonly locality?: string | null | undefined
  readonly practitioner?: PractitionerFacts | null | undefined
  readonly patient?: PatientFacts | null | undefined
  readonly coverage?: readonly CoverageFacts[] | null | undefined
  readonly deductible?: { readonly remainingCents: number } | null | undefined
  readonly qmb?: boolean | null | undefined
  readonly secondary?: SecondaryFacts | null | undefined
  /** Asked only where another insurer pays first. */
  readonly primaryPayment?: PrimaryPaymentFacts | null | undefined
  /** Asked only where a hospice election is in force. */
  readonly hospiceCare?: HospiceCare | null | undefined
  readonly conditions?: readonly ConditionFacts[] | null | undefined
  readonly initiatingVisit?: InitiatingVisitFacts | null | undefined
  readonly consent?: ConsentFacts | null | undefined
  readonly policy?: PolicyFacts | null | undefined
  readonly carePlan?: CarePlanFacts | null | undefined
  readonly access24x7?: boolean | null | undefined
  readonly designatedCareManager?: boolean | null | undefined
  readonly decisionMaking?: DecisionMakingFacts | null | undefined
  readonly time?: readonly TimeFacts[] | null | undefined
  readonly stays?: readonly StayFacts[] | null | undefined
  readonly otherServices?: readonly OtherServiceFacts[] | null | undefined
  readonly choice?: ChoiceFacts | null | undefined
  /** Missing: nobody chose another program. */
  readonly otherProgram?: OtherProgramFacts | null | undefined
}
