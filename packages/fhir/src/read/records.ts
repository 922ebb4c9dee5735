/**
 * What the importer stores: one flat record per fact, whatever the source's shape.
 * All ids are the source's logical ids (no `Type/` in front, no host).
 * `…On` is a calendar day 'YYYY-MM-DD' as the source wrote it; `…At` is an instant with offset, ISO 8601.
 * `null` means that the source does not say.
 */
export type ImportRecord =
  | PatientRecord
  | PractitionerRecord
  | PractitionerRoleRecord
  | OrganizationRecord
  | ConditionRecord
  | EncounterRecord
  | ObservationRecord
  | MedicationRecord
  | MedicationDefinitionRecord
  | AllergyRecord
  | ImmunizationRecord
  | ProcedureRecord
  | CoverageRecord
  | CoverageHintRecord
  | AppointmentRecord
  | CareTeamMemberRecord
  | RelatedPersonRecord
  | CarePlanRecord
  | GoalRecord
  | DocumentReferenceRecord
  | OtherRecord

export type ImportRecordKind = ImportRecord['kind']

/** Fields of every record. */
export interface RecordBase {
  /** The source's logical id; parts of a resource (a team member, a payer on a claim) get `id#part`. */
  readonly id: string
  /**
   * Names of the date fields below that the source gave less precisely than they look: a year or month
   * filled up to its first day, or a day without time, put at noon UTC so that it stays that day in every
   * US time zone.
   */
  readonly approximate: readonly string[]
}

/**
 * A code as stated. `system` is a short name where we know the system ('snomed', 'icd10cm', 'icd9cm', 'loinc',
 * 'rxnorm', 'cvx', 'cpt', 'hcpcs', 'ndc'), otherwise the source's own URI, null when it gave none.
 */
export interface Coding {
  readonly system: string | null
  readonly code: string
  readonly display: string | null
}

export interface Phone {
  readonly number: string
  /** 'home', 'work', 'mobile', 'temp', 'old', or null. */
  readonly use: string | null
  /** 1 is preferred; null when not ranked. */
  readonly rank: number | null
}

export interface Address {
  readonly lines: readonly string[]
  readonly city: string | null
  readonly state: string | null
  readonly zip: string | null
}

export interface PatientRecord extends RecordBase {
  readonly kind: 'patient'
  readonly family: string | null
  /** All given names, joined by a space. */
  readonly given: string | null
  readonly prefix: string | null
  readonly bornOn: string | null
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  /** True when the source states a death in any form; then `diedOn` null means that the day is not known. */
  readonly deceased: boolean
  readonly diedOn: string | null
  /** BCP 47, e.g. 'en-US', 'es'. */
  readonly language: string | null
  /** Medicare Beneficiary Identifier, 11 characters without dashes. */
  readonly mbi: string | null
  readonly mrn: string | null
  readonly address: Address | null
  readonly phones: readonly Phone[]
  readonly email: string | null
}

export interface PractitionerRecord extends RecordBase {
  readonly kind: 'practitioner'
  readonly family: string | null
  readonly given: string | null
  readonly npi: string | null
}

export interface PractitionerRoleRecord extends RecordBase {
  readonly kind: 'practitioner_role'
  /** See `EncounterRecord.practitionerId` for conditional references. */
  readonly practitionerId: string | null
  readonly organizationId: string | null
  readonly roles: readonly Coding[]
  readonly specialties: readonly Coding[]
  readonly phone: string | null
}

export interface OrganizationRecord extends RecordBase {
  readonly kind: 'organization'
  readonly name: string | null
  readonly npi: string | null
}

export type ConditionSystem = 'snomed' | 'icd10cm' | 'icd9cm' | 'other'

export interface ConditionRecord extends RecordBase {
  readonly kind: 'condition'
  readonly patientId: string
  /** The coding used first: ICD-10-CM, else SNOMED CT, else ICD-9-CM, else whatever was given. */
  readonly system: ConditionSystem
  /** ICD codes are upper case with their dot; null when the source gave text only. */
  readonly code: string | null
  readonly display: string | null
  readonly codings: readonly Coding[]
  readonly clinicalStatus: 'active' | 'recurrence' | 'relapse' | 'inactive' | 'remission' | 'resolved' | null
  readonly verificationStatus:
    | 'unconfirmed'
    | 'provisional'
    | 'differential'
    | 'confirmed'
    | 'refuted'
    | 'entered-in-error'
    | null
  readonly category: 'problem-list-item' | 'encounter-diagnosis' | 'health-concern' | null
  readonly onsetOn: string | null
  readonly abatedOn: string | null
  readonly recordedOn: string | null
  readonly encounterId: string | null
}

export type VisitKind = 'office' | 'wellness' | 'emergency' | 'inpatient' | 'urgent' | 'home' | 'virtual' | 'other'

export interface EncounterRecord extends RecordBase {
  readonly kind: 'encounter'
  readonly patientId: string
  readonly status: string
  /** The v3 ActCode as stated: 'AMB', 'EMER', 'IMP', 'HH', 'VR'… */
  readonly class: string | null
  readonly typeCodes: readonly Coding[]
  readonly startedAt: string | null
  readonly endedAt: string | null
  /**
   * Logical id, or, where the source names the practitioner only by identifier and nobody resolved it, the
   * conditional reference as stated ('Practitioner?identifier=system|value').
   */
  readonly practitionerId: string | null
  readonly reason: string | null
  /** What sort of visit it was; named so because `kind` tells the records apart. */
  readonly visitKind: VisitKind
  /** CPT or HCPCS code of the visit when the source states one. */
  readonly cptCode: string | null
}

export interface ObservationComponent {
  readonly code: Coding
  readonly valueNumber: number | null
  readonly valueText: string | null
  readonly unit: string | null
}

export interface ObservationRecord extends RecordBase {
  readonly kind: 'observation'
  readonly patientId: string
  readonly code: Coding
  /** 'vital-signs', 'laboratory', 'survey', 'social-history'… */
  readonly category: string | null
  readonly effectiveAt: string | null
  readonly valueNumber: number | null
  /** Words of a coded or textual answer; for a quantity only when it carries a comparator ('>60'). */
  readonly valueText: string | null
  /** UCUM code where stated, otherwise the printed unit. */
  readonly unit: string | null
  readonly components: readonly ObservationComponent[]
  readonly status: string
}

export interface MedicationRecord extends RecordBase {
  readonly kind: 'medication'
  readonly patientId: string
  readonly status: string
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
  /** Set when the request points at a Medication resource (see `medication_definition`). */
  readonly medicationId: string | null
  readonly authoredOn: string | null
  readonly dosageText: string | null
  readonly requesterId: string | null
  readonly reason: string | null
  readonly reasonConditionId: string | null
}

/** A Medication resource that requests point at; gives them their code and name. */
export interface MedicationDefinitionRecord extends RecordBase {
  readonly kind: 'medication_definition'
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
}

export interface AllergyRecord extends RecordBase {
  readonly kind: 'allergy'
  readonly patientId: string
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
  readonly clinicalStatus: 'active' | 'inactive' | 'resolved' | null
  readonly verificationStatus: 'unconfirmed' | 'presumed' | 'confirmed' | 'refuted' | 'entered-in-error' | null
  readonly criticality: 'low' | 'high' | 'unable-to-assess' | null
  readonly reactions: readonly string[]
  readonly recordedOn: string | null
}

export interface ImmunizationRecord extends RecordBase {
  readonly kind: 'immunization'
  readonly patientId: string
  readonly status: string
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
  readonly occurredOn: string | null
}

export interface ProcedureRecord extends RecordBase {
  readonly kind: 'procedure'
  readonly patientId: string
  /** 'not-done' is a status too: look before counting. */
  readonly status: string
  readonly system: string | null
  readonly code: string | null
  readonly display: string | null
  readonly performedOn: string | null
}

export type CoverageKind =
  | 'medicare_part_b'
  | 'medicare'
  | 'medicare_advantage'
  | 'medicaid'
  | 'medigap'
  | 'commercial'
  | 'self_pay'
  | 'unknown'

export interface CoverageRecord extends RecordBase {
  readonly kind: 'coverage'
  readonly patientId: string
  /** What sort of coverage it is; named so because `kind` tells the records apart. */
  readonly coverageKind: CoverageKind
  readonly status: string
  readonly payerName: string | null
  readonly memberId: string | null
  readonly from: string | null
  readonly to: string | null
  /** 1 = primary; null when not stated. */
  readonly order: number | null
  readonly source: 'fhir_coverage'
}

/** A payer named on an old claim: a weak, dated sign of coverage, never proof. */
export interface CoverageHintRecord extends RecordBase {
  readonly kind: 'coverage_hint'
  readonly patientId: string
  readonly coverageKind: CoverageKind
  readonly payerName: string | null
  readonly on: string | null
}

export interface AppointmentRecord extends RecordBase {
  readonly kind: 'appointment'
  readonly patientId: string
  readonly practitionerId: string | null
  readonly startAt: string | null
  readonly endAt: string | null
  readonly status: string
  readonly description: string | null
  readonly typeText: string | null
}

export interface CareTeamMemberRecord extends RecordBase {
  readonly kind: 'care_team_member'
  readonly patientId: string
  readonly careTeamId: string
  /** 'Practitioner/123' as the source's reference; null when it named the member by text only. */
  readonly memberReference: string | null
  readonly name: string | null
  readonly relationship: string | null
  readonly phone: string | null
}

export interface RelatedPersonRecord extends RecordBase {
  readonly kind: 'related_person'
  readonly patientId: string
  readonly name: string | null
  readonly relationship: string | null
  readonly phone: string | null
}

export interface CarePlanRecord extends RecordBase {
  readonly kind: 'care_plan'
  readonly patientId: string
  readonly title: string | null
  readonly status: string
}

export interface GoalRecord extends RecordBase {
  readonly kind: 'goal'
  readonly patientId: string
  readonly title: string | null
  readonly status: string
}

export interface DocumentReferenceRecord extends RecordBase {
  readonly kind: 'document_reference'
  readonly patientId: string
  readonly type: string | null
  readonly typeCode: string | null
  readonly title: string | null
  readonly at: string | null
  readonly status: string
}

/** Known to FHIR R4, not used by us: kept with its source only. */
export interface OtherRecord extends RecordBase {
  readonly kind: 'other'
  readonly type: string
  readonly patientId: string | null
}
