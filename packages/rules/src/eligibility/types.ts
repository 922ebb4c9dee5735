import type { CoverageKind } from '../facts.ts'
import type { Source } from '../sources.ts'
import type { LocalDate } from '../time.ts'

/** yes = a sane chronic care condition; weak = little risk alone; active_only = while active; no = acute or no ground for care. */
export type CcmUse = 'yes' | 'weak' | 'active_only' | 'no'

export interface ChronicGroup {
  readonly id: string
  readonly label: string
  readonly use: CcmUse
  /** ICD-10-CM prefixes without dots. */
  readonly prefixes: readonly string[]
  /** True for the 30 common conditions of the CCW; false for the wider set. */
  readonly common: boolean
  readonly note?: string
  readonly source: Source
}

export type CodeSystem = 'http://hl7.org/fhir/sid/icd-10-cm' | 'http://snomed.info/sct'

export interface PatientCondition {
  readonly id: string
  /** A FHIR code system; others are kept but cannot be grouped. */
  readonly system: CodeSystem | (string & {})
  readonly code: string
  readonly display?: string | null | undefined
  readonly status: 'active' | 'recurrence' | 'relapse' | 'inactive' | 'remission' | 'resolved' | 'unknown'
  readonly onsetOn?: LocalDate | null | undefined
  readonly abatedOn?: LocalDate | null | undefined
  readonly category?: 'problem-list-item' | 'encounter-diagnosis' | 'health-concern' | null | undefined
}

export interface PatientCoverage {
  readonly kind: CoverageKind
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly source?: string | null | undefined
}

export interface PatientVisit {
  readonly id: string
  readonly on: LocalDate
  readonly code?: string | null | undefined
  readonly kind: 'office' | 'home' | 'wellness' | 'emergency' | 'inpatient' | 'telehealth' | 'other'
}

export interface EligibilityInput {
  readonly asOf: LocalDate
  readonly bornOn: LocalDate | undefined
  /** null = alive; undefined = not known. */
  readonly diedOn: LocalDate | null | undefined
  readonly conditions: readonly PatientCondition[]
  /** undefined = never asked. */
  readonly coverages: readonly PatientCoverage[] | undefined
  readonly visits: readonly PatientVisit[]
  readonly enrolledElsewhere?: boolean | undefined
}

export type EligibilityStatus = 'eligible' | 'unsure' | 'not_eligible' | 'deceased' | 'enrolled_elsewhere'

export interface GroupHit {
  readonly group: string
  readonly label: string
  readonly use: CcmUse
  /** The code that would go on the claim. */
  readonly icd10: string
  readonly evidence: ReadonlyArray<{
    readonly conditionId: string
    readonly code: string
    readonly system: string
    readonly display: string
    readonly icd10: string
    readonly onsetOn: LocalDate | null
  }>
}

export interface SuspectedCondition {
  readonly conditionId: string
  readonly code: string
  readonly system: string
  readonly display: string
  readonly why: string
}

export interface Eligibility {
  readonly status: EligibilityStatus
  /** True where the patient goes on the list of people to ask. */
  readonly proposed: boolean
  readonly age: number | undefined
  readonly coverage: 'part_b' | 'medicare_advantage' | 'to_be_checked' | 'none'
  readonly reasons: readonly string[]
  readonly groups: readonly GroupHit[]
  /** For the provider to judge; never counted. */
  readonly suspected: readonly SuspectedCondition[]
  /** A visit within a year that may start care; null = one is needed or must be found. */
  readonly initiatingVisit: {
    readonly id: string
    readonly on: LocalDate
    readonly code: string | null
  } | null
  readonly seenWithinYear: boolean
}

export type RiskLevel = 'low' | 'moderate' | 'high' | 'very_high'

export interface RiskInput {
  readonly asOf: LocalDate
  readonly bornOn: LocalDate | undefined
  readonly groups: readonly GroupHit[]
  readonly visits: readonly PatientVisit[]
  readonly medications: ReadonlyArray<{ readonly id: string; readonly display: string }>
  readonly values?: ReadonlyArray<{
    readonly id: string
    readonly kind: 'systolic' | 'hba1c' | 'egfr' | 'phq9'
    readonly value: number
    readonly on: LocalDate
  }>
}

export interface RiskPoint {
  readonly id: string
  readonly label: string
  readonly points: number
  /** Ids or plain facts that the points rest on. */
  readonly evidence: readonly string[]
}

export interface Risk {
  readonly level: RiskLevel
  readonly score: number
  readonly points: readonly RiskPoint[]
}
