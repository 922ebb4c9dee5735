import { z } from 'zod'
import { roles } from './access.ts'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ByPatient, Id, Instant, LocalDate, Month, Person, Sentence, Sha256, Text } from './models.ts'

/** An ICD-10-CM code, with or without its dot. Whether the code is one that may be billed is the coder's to check. */
export const Icd10 = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z][0-9][0-9AB](\.?[0-9A-Z]{1,4})?$/, 'Write an ICD-10-CM code such as E11.22.')

/** One condition of the chart that speaks for a disease group. */
export const ConditionEvidence = z.object({
  conditionId: Id,
  /** As the chart names it, with its own code. */
  display: z.string(),
  code: z.string(),
  system: z.string(),
  /** The code that would go on the claim. */
  icd10: z.string(),
  onsetOn: LocalDate.nullable(),
})
/** A disease group of the patient, proposed for attestation. `weak` carries little risk alone, `active_only` counts while active. */
export const ConditionCandidate = z.object({
  group: z.string(),
  label: z.string(),
  use: z.enum(['yes', 'weak', 'active_only', 'no']),
  icd10: z.string(),
  evidence: z.array(ConditionEvidence),
})
export type ConditionCandidate = z.infer<typeof ConditionCandidate>

export const AttestationEvidence = z.object({
  asOf: LocalDate,
  candidates: z.array(ConditionCandidate),
  /** Findings that only point to a disease: for the provider to judge, never counted by themselves. */
  suspected: z.array(z.object({ conditionId: Id, display: z.string(), code: z.string(), why: z.string() })),
  risk: z.object({
    level: z.enum(['low', 'moderate', 'high', 'very_high']),
    score: z.number(),
    points: z.array(z.object({ id: z.string(), label: z.string(), points: z.number(), evidence: z.array(z.string()) })),
  }),
  conditionsNeeded: z.int(),
  /** What the provider puts their name to. */
  statement: z.string(),
  /** Of the facts above: sent back with the attestation, so that nobody attests what changed meanwhile. */
  factsSha256: Sha256,
})
export type AttestationEvidence = z.infer<typeof AttestationEvidence>

export const AttestedCondition = z.object({
  code: z.string(),
  label: z.string(),
  groups: z.array(z.string()),
  conditionIds: z.array(Id),
})
export const Attestation = z.object({
  id: Id,
  patientId: Id,
  practitioner: Person,
  attestedOn: LocalDate,
  attestedAt: Instant,
  lasts12Months: z.boolean(),
  significantRisk: z.boolean(),
  conditions: z.array(AttestedCondition),
  factsSha256: Sha256,
  statement: z.string(),
})
export type Attestation = z.infer<typeof Attestation>

/** A visit of the chart, and whether it may start care. `ask` means that the EHR gave no billing code: a person has to state it. */
export const VisitFound = z.object({
  encounterId: Id,
  on: LocalDate,
  kind: z.string(),
  code: z.string().nullable(),
  display: z.string(),
  /** The chart has it as a visit by video or phone. */
  byVideo: z.boolean(),
  fits: z.enum(['yes', 'ask', 'no']),
  why: z.string(),
})
export type VisitFound = z.infer<typeof VisitFound>
export const RecordedVisit = z.object({
  id: Id,
  on: LocalDate,
  code: z.string(),
  ccmDiscussed: z.boolean(),
  /** Null where nobody was asked; then it counts as held in person. */
  byVideo: z.boolean().nullable(),
  /** The practitioner in person assessed and planned far beyond the usual (G0506); null where nobody was asked. */
  extensivePlanning: z.boolean().nullable(),
  note: z.string().nullable(),
  practitioner: Person,
  recordedBy: Person,
  recordedAt: Instant,
  encounterId: Id.nullable(),
})
export type RecordedVisit = z.infer<typeof RecordedVisit>
export const InitiatingVisits = z.object({
  /** Needed where the patient is new or was not seen within the year before care begins. */
  needed: z.boolean(),
  why: z.string(),
  lastSeenOn: LocalDate.nullable(),
  found: z.array(VisitFound),
  recorded: z.array(RecordedVisit),
  /** The recorded visit that starts care, or null. */
  startingVisitId: Id.nullable(),
  /** Codes that may start care in the present month. */
  codes: z.array(z.string()),
  askedFor: z.object({ taskId: Id, on: LocalDate, by: Person }).nullable(),
})
export type InitiatingVisits = z.infer<typeof InitiatingVisits>

export const EndReason = z.enum(['death', 'moved', 'hospice', 'clinical_reason', 'enrolled_elsewhere', 'withdrew'])
export type EndReason = z.infer<typeof EndReason>
export const endReasonWords: Record<EndReason, string> = {
  death: 'The patient died',
  moved: 'The patient moved away',
  hospice: 'Hospice care began',
  clinical_reason: 'A clinical reason',
  enrolled_elsewhere: 'Enrolled with another practice',
  withdrew: 'The patient withdrew',
}

/** The steps of a patient's path through the program, in order. */
export const PathStepId = z.enum([
  'eligible',
  'introduced',
  'consented',
  'attested',
  'initiating_visit',
  'enrolled',
  'plan_signed',
  'copy_given',
])
export type PathStepId = z.infer<typeof PathStepId>
export const PathStep = z.object({
  id: PathStepId,
  label: z.string(),
  /** `not_needed` stands for a visit that the law does not ask for; `stopped` for what was undone (consent withdrawn). */
  state: z.enum(['done', 'open', 'not_needed', 'stopped']),
  on: LocalDate.nullable(),
  /** What is known, or what is missing. */
  sentence: z.string(),
  /** The seats that can do it. */
  who: z.array(z.enum(roles)),
})
export type PathStep = z.infer<typeof PathStep>

export const MissingPiece = z.object({
  code: z.enum([
    'patient_deceased',
    'already_enrolled',
    'consent_missing',
    'attestation_missing',
    'initiating_visit_missing',
  ]),
  sentence: z.string(),
  who: z.array(z.enum(roles)),
})

export const EnrollmentRecord = z.object({
  id: Id,
  enrolledOn: LocalDate,
  enrolledBy: Person,
  practitioner: Person,
  newOrNotSeenWithinYear: z.boolean(),
  end: z.object({ on: LocalDate, reason: EndReason, note: z.string().nullable(), by: Person }).nullable(),
})
export type EnrollmentRecord = z.infer<typeof EnrollmentRecord>

export const EnrollmentStatus = z.object({
  patientId: Id,
  steps: z.array(PathStep),
  /** The newest enrollment, ended or not. */
  enrollment: EnrollmentRecord.nullable(),
  /** Whether the patient is enrolled today. */
  enrolled: z.boolean(),
  careManager: Person.nullable(),
  assignments: z.array(z.object({ careManager: Person, fromOn: LocalDate, reason: z.string(), by: Person })),
  /** What stands between the patient and enrollment; empty when it can be done now. */
  missing: z.array(MissingPiece),
  attestation: Attestation.nullable(),
  careManagers: z.array(Person.extend({ patients: z.int() })),
})
export type EnrollmentStatus = z.infer<typeof EnrollmentStatus>

export const DecisionLevel = z.enum(['straightforward', 'low', 'moderate', 'high'])
export type DecisionLevel = z.infer<typeof DecisionLevel>
export const DecisionRecord = z.object({
  id: Id,
  patientId: Id,
  month: Month,
  level: DecisionLevel,
  rationale: z.string(),
  practitioner: Person,
  documentedOn: LocalDate,
  recordedAt: Instant,
})
export type DecisionRecord = z.infer<typeof DecisionRecord>

/** Where the care plan of a patient stands. */
export const PlanState = z.enum(['none', 'draft', 'submitted', 'returned', 'signed'])
export type PlanState = z.infer<typeof PlanState>

export const CaseloadItem = z.object({
  patientId: Id,
  patientName: z.string(),
  bornOn: LocalDate.nullable(),
  enrolledOn: LocalDate,
  careManager: Person.nullable(),
  practitioner: Person,
  planState: PlanState,
  planSignedOn: LocalDate.nullable(),
  copyGivenOn: LocalDate.nullable(),
})
export const AwaitingItem = z.object({
  patientId: Id,
  patientName: z.string(),
  bornOn: LocalDate.nullable(),
  consentedOn: LocalDate,
  practitioner: Person,
  attestedOn: LocalDate.nullable(),
  conditions: z.array(z.string()),
  missing: z.array(MissingPiece),
})
export type AwaitingItem = z.infer<typeof AwaitingItem>

export const enrollmentCan = {
  enroll: can<Pick<EnrollmentStatus, 'missing'>>(
    ({ missing }) => missing.map((piece) => piece.sentence).join(' ') || null,
  ),
  end: can<Pick<EnrollmentStatus, 'enrolled'>>(({ enrolled }) => (enrolled ? null : 'The patient is not enrolled.')),
}

export const enrollments = {
  status: endpoint({
    method: 'GET',
    path: '/patients/:patientId/enrollment',
    summary: 'The whole path of a patient through the program, and what is missing',
    permission: 'enrollment:read',
    audit: 'enrollment.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: EnrollmentStatus,
  }),
  evidence: endpoint({
    method: 'GET',
    path: '/patients/:patientId/attestation-evidence',
    summary: 'Conditions and risk with the evidence for an attestation',
    permission: 'enrollment:read',
    audit: 'attestation.evidence_opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: AttestationEvidence,
  }),
  attest: endpoint({
    method: 'POST',
    path: '/patients/:patientId/attestations',
    summary: 'The provider attests two or more lasting conditions with significant risk',
    permission: 'enrollment:attest',
    audit: 'enrollment.attested',
    phi: true,
    idempotent: true,
    errors: [
      'not_found',
      'patient_deceased',
      'not_a_practitioner',
      'conditions_insufficient',
      'attestation_required',
      'conflict',
    ],
    params: ByPatient,
    body: z.object({
      conditions: z
        .array(z.object({ code: Icd10, label: z.string().trim().min(1).max(200).optional() }))
        .min(1)
        .max(20),
      lasts12Months: z.boolean(),
      significantRisk: z.boolean(),
      /** The hash of the evidence that was shown; left out where none was. */
      factsSha256: Sha256.optional(),
    }),
    output: Attestation,
  }),
  visits: endpoint({
    method: 'GET',
    path: '/patients/:patientId/initiating-visits',
    summary: 'Visits that may start care, and whether one is needed',
    permission: 'enrollment:read',
    audit: 'initiating_visit.listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: InitiatingVisits,
  }),
  recordVisit: endpoint({
    method: 'POST',
    path: '/patients/:patientId/initiating-visits',
    summary: 'Record the visit that starts care',
    permission: 'enrollment:prepare',
    audit: 'initiating_visit.recorded',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'visit_does_not_qualify', 'not_a_practitioner', 'conflict'],
    params: ByPatient,
    body: z.object({
      /** The visit of the chart; then the day is the chart's. */
      encounterId: Id.optional(),
      on: LocalDate.optional(),
      code: z.string().trim().toUpperCase().min(5).max(5),
      ccmDiscussed: z.boolean(),
      byVideo: z.boolean().default(false),
      extensivePlanning: z.boolean().default(false),
      practitionerId: Id.optional(),
      note: Text.optional(),
    }),
    output: InitiatingVisits,
  }),
  askForVisit: endpoint({
    method: 'POST',
    path: '/patients/:patientId/initiating-visit-request',
    summary: 'Ask the front desk to book a visit that may start care',
    permission: 'enrollment:prepare',
    audit: 'initiating_visit.asked_for',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased', 'conflict'],
    params: ByPatient,
    body: z.object({ dueOn: LocalDate.optional(), note: Sentence.optional() }),
    output: InitiatingVisits,
  }),
  enroll: endpoint({
    method: 'POST',
    path: '/patients/:patientId/enrollments',
    summary: 'Enroll the patient and name the care manager',
    permission: 'enrollment:enroll',
    audit: 'enrollment.enrolled',
    phi: true,
    idempotent: true,
    errors: [
      'not_found',
      'patient_deceased',
      'already_enrolled',
      'consent_missing',
      'attestation_missing',
      'initiating_visit_missing',
      'not_a_practitioner',
    ],
    params: ByPatient,
    body: z.object({ careManagerId: Id }),
    output: EnrollmentStatus,
  }),
  end: endpoint({
    method: 'POST',
    path: '/patients/:patientId/enrollment-end',
    summary: 'End the enrollment',
    permission: 'enrollment:end',
    audit: 'enrollment.ended',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'not_enrolled', 'invalid_input'],
    params: ByPatient,
    body: z.object({ reason: EndReason, endedOn: LocalDate, note: Text.optional() }),
    output: EnrollmentStatus,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/patients/:patientId/withdrawal',
    summary: 'The patient wants to stop: consent and enrollment end with the month of the wish',
    permission: 'enrollment:end',
    audit: 'enrollment.withdrawn',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'not_enrolled', 'consent_not_active', 'invalid_input'],
    params: ByPatient,
    body: z.object({ requestedOn: LocalDate, reason: Sentence }),
    output: EnrollmentStatus,
  }),
  assign: endpoint({
    method: 'POST',
    path: '/patients/:patientId/care-manager',
    summary: 'Give the patient another care manager',
    permission: 'enrollment:assign',
    audit: 'care_manager.assigned',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'not_enrolled', 'conflict'],
    params: ByPatient,
    body: z.object({ careManagerId: Id, reason: Sentence }),
    output: EnrollmentStatus,
  }),
  caseload: endpoint({
    method: 'GET',
    path: '/caseload',
    summary: 'Enrolled patients with care manager and state of the plan',
    permission: 'enrollment:read',
    audit: 'caseload.listed',
    phi: true,
    errors: [],
    query: z.object({
      careManagerId: Id.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: z.object({ items: z.array(CaseloadItem), total: z.int() }),
  }),
  awaiting: endpoint({
    method: 'GET',
    path: '/awaiting-enrollment',
    summary: 'Patients who consented and are not enrolled yet, with what is missing',
    permission: 'enrollment:read',
    audit: 'awaiting_enrollment.listed',
    phi: true,
    errors: [],
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
    output: z.object({ items: z.array(AwaitingItem), total: z.int() }),
  }),
  decisions: endpoint({
    method: 'GET',
    path: '/patients/:patientId/decisions',
    summary: 'Decision records of a patient, the newest first',
    permission: 'enrollment:read',
    audit: 'decision.listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ items: z.array(DecisionRecord) }),
  }),
  recordDecision: endpoint({
    method: 'POST',
    path: '/patients/:patientId/decisions',
    summary: 'The practitioner’s decision making of a month, for complex care',
    permission: 'decision:record',
    audit: 'decision.recorded',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'not_a_practitioner', 'not_enrolled', 'month_closed', 'invalid_input'],
    params: ByPatient,
    body: z.object({
      month: Month,
      level: DecisionLevel,
      rationale: z.string().trim().min(10, 'Say in a sentence what was decided and why.').max(2000),
    }),
    output: DecisionRecord,
  }),
}
