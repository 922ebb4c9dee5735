import { z } from 'zod'
import { can } from './can.ts'
import { CarePlanContent as Content, PlanSectionId } from './care-plan-content.ts'
import { endpoint } from './endpoint.ts'
import { PlanState } from './enrollments.ts'
import { ById, ByPatient, Id, Instant, Language, LocalDate, Name, Person, Sentence, Sha256, Text } from './models.ts'

export * from './care-plan-content.ts'

/** An element that Medicare's scope of service or good practice asks of a plan, and whether this plan has it. */
export const PlanElement = z.object({
  key: z.string(),
  label: z.string(),
  required: z.boolean(),
  law: z.array(z.string()),
  /** What is missing, in words; null when it is there. */
  gap: z.string().nullable(),
  section: PlanSectionId,
})
export type PlanElement = z.infer<typeof PlanElement>
export const Completeness = z.object({
  elements: z.array(PlanElement),
  present: z.int(),
  total: z.int(),
  /** Gaps of required elements: they stand against submission and signature. */
  blocking: z.array(z.string()),
})
export type Completeness = z.infer<typeof Completeness>

/** A section of a plan as people read it: each line with the key by which two versions are compared. */
export const PlanLines = z.object({
  section: PlanSectionId,
  title: z.string(),
  lines: z.array(z.object({ key: z.string(), text: z.string() })),
})
export type PlanLines = z.infer<typeof PlanLines>

export const PlanChange = z.object({
  key: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type PlanChange = z.infer<typeof PlanChange>
export const PlanSectionDiff = z.object({
  section: PlanSectionId,
  title: z.string(),
  changes: z.array(PlanChange),
})
/** What is different between two versions, by section: the unit of sign-off. */
export const PlanDiff = z.object({
  fromNumber: z.int().nullable(),
  toNumber: z.int(),
  sections: z.array(PlanSectionDiff),
  added: z.int(),
  removed: z.int(),
  changed: z.int(),
  /** What the change costs people from now on: new steps with who does them. */
  cost: z.array(z.string()),
})
export type PlanDiff = z.infer<typeof PlanDiff>

export const PlanVersion = z.object({
  number: z.int(),
  state: PlanState,
  writtenBy: Person,
  writtenAt: Instant,
  changeNote: z.string().nullable(),
  submission: z.object({ by: Person, at: Instant, note: z.string().nullable() }).nullable(),
  returned: z.object({ by: Person, at: Instant, reason: z.string() }).nullable(),
  signature: z
    .object({
      by: Person,
      on: LocalDate,
      at: Instant,
      meaning: z.string(),
      sha256: Sha256,
      /** The exact bytes that were signed, and the paper made of them. */
      documentId: Id,
      paperDocumentId: Id,
      ehr: z.object({ status: z.enum(['queued', 'sent', 'failed', 'none']), receipt: z.string().nullable() }),
    })
    .nullable(),
  copies: z.array(
    z.object({
      recipient: z.enum(['patient', 'caregiver']),
      recipientName: z.string(),
      channel: z.string(),
      proof: z.string().nullable(),
      givenOn: LocalDate,
      by: Person,
    }),
  ),
})
export type PlanVersion = z.infer<typeof PlanVersion>

export const CarePlan = z.object({
  id: Id,
  patient: z.object({ id: Id, name: z.string(), bornOn: LocalDate.nullable(), deceased: z.boolean() }),
  state: PlanState,
  /** The newest version, whatever its state. */
  newest: PlanVersion,
  content: Content,
  /** The words of the newest version as they would be signed, and their hash. */
  text: z.string(),
  textSha256: Sha256,
  lines: z.array(PlanLines),
  completeness: Completeness,
  /** The newest signed version, which is the plan in force. */
  signed: PlanVersion.nullable(),
  /** What this person typed and did not save as a version. */
  workingCopy: z.object({ basedOn: z.int(), content: Content, keptAt: Instant }).nullable(),
})
export type CarePlan = z.infer<typeof CarePlan>

export const PlanTemplate = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  groups: z.array(z.string()),
  cites: z.array(z.string()),
  counts: z.object({ goals: z.int(), interventions: z.int(), symptoms: z.int() }),
})
export type PlanTemplate = z.infer<typeof PlanTemplate>
export const PlanDraft = z.object({
  content: Content,
  /** Templates that went into it, and those that would fit the chart. */
  used: z.array(z.string()),
  fitting: z.array(z.object({ templateId: z.string(), because: z.string() })),
  completeness: Completeness,
})
export type PlanDraft = z.infer<typeof PlanDraft>

/** What becomes of two people's work on one plan: sections that only one of them touched are merged. */
export const PlanMerge = z.object({
  newestNumber: z.int(),
  writtenBy: Person,
  writtenAt: Instant,
  /** Both works together; a section of `conflicts` stands in it as the other person saved it. */
  content: Content,
  takenFromOther: z.array(PlanSectionId),
  keptMine: z.array(PlanSectionId),
  conflicts: z.array(
    z.object({
      section: PlanSectionId,
      title: z.string(),
      mine: z.array(z.string()),
      theirs: z.array(z.string()),
    }),
  ),
})
export type PlanMerge = z.infer<typeof PlanMerge>

export const ToSign = z.object({
  planId: Id,
  patient: z.object({ id: Id, name: z.string(), bornOn: LocalDate.nullable() }),
  number: z.int(),
  textSha256: Sha256,
  submittedBy: Person,
  submittedAt: Instant,
  /** Why the version was written, and what was said when it was submitted. */
  changeNote: z.string().nullable(),
  note: z.string().nullable(),
  lastSignedOn: LocalDate.nullable(),
  diff: PlanDiff,
})
export type ToSign = z.infer<typeof ToSign>

export const carePlanCan = {
  submit: can<{ state: z.infer<typeof PlanState>; blocking: readonly string[] }>(({ state, blocking }) => {
    if (state === 'submitted') return 'This version waits for the signature already.'
    if (state === 'signed') return 'This version is signed. Change something first.'
    return blocking.length === 0 ? null : `Missing: ${blocking.join('; ')}`
  }),
  sign: can<{ state: z.infer<typeof PlanState> }>(({ state }) => {
    if (state === 'submitted') return null
    if (state === 'signed') return 'This version is signed already.'
    return state === 'returned'
      ? 'This version was returned; it has to be submitted again.'
      : 'Nobody has submitted this version yet.'
  }),
  giveCopy: can<{ signed: unknown | null }>(({ signed }) => (signed === null ? 'No version is signed yet.' : null)),
}

/** What the signature says, in words that are kept with it. */
export const signatureMeaning = 'I reviewed this comprehensive care plan and approve it as the billing practitioner.'

export const copyChannels = ['printed', 'e_mail', 'portal', 'mailed', 'read_aloud'] as const
const Channel = z.enum(copyChannels)

export const carePlans = {
  templates: endpoint({
    method: 'GET',
    path: '/care-plan-templates',
    summary: 'Templates by condition, with what they rest on',
    permission: 'care_plan:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(PlanTemplate) }),
  }),
  draft: endpoint({
    method: 'GET',
    path: '/patients/:patientId/care-plan-draft',
    summary: 'A proposal from templates and the chart; nothing is stored',
    permission: 'care_plan:write',
    audit: 'care_plan.draft_proposed',
    phi: true,
    errors: ['not_found', 'patient_deceased'],
    params: ByPatient,
    /** Template ids, comma-separated; those that fit the chart when left out. */
    query: z.object({ templates: z.string().max(400).optional() }),
    output: PlanDraft,
  }),
  get: endpoint({
    method: 'GET',
    path: '/patients/:patientId/care-plan',
    summary: 'The care plan of a patient; null where there is none yet',
    permission: 'care_plan:read',
    audit: 'care_plan.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ plan: CarePlan.nullable() }),
  }),
  open: endpoint({
    method: 'GET',
    path: '/care-plans/:id',
    summary: 'A care plan by its own id',
    permission: 'care_plan:read',
    audit: 'care_plan.opened',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: CarePlan,
  }),
  save: endpoint({
    method: 'POST',
    path: '/patients/:patientId/care-plan/versions',
    summary: 'Save a new version on top of the one that was opened',
    permission: 'care_plan:write',
    audit: 'care_plan.saved',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased', 'plan_changed'],
    params: ByPatient,
    /** `baseNumber` is the version that was opened, 0 for a first plan. */
    body: z.object({ baseNumber: z.int().min(0), content: Content }),
    output: CarePlan,
  }),
  keep: endpoint({
    method: 'PUT',
    path: '/care-plans/:id/working-copy',
    summary: 'Keep what was typed so far, without making a version',
    permission: 'care_plan:write',
    audit: 'care_plan.kept',
    phi: true,
    errors: ['not_found'],
    params: ById,
    body: z.object({ baseNumber: z.int().min(1), content: Content }),
    output: z.object({ keptAt: Instant, completeness: Completeness }),
  }),
  discard: endpoint({
    method: 'DELETE',
    path: '/care-plans/:id/working-copy',
    summary: 'Throw away what was typed and not saved',
    permission: 'care_plan:write',
    audit: 'care_plan.discarded',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: CarePlan,
  }),
  merge: endpoint({
    method: 'POST',
    path: '/care-plans/:id/merge',
    summary: 'Put my text and what somebody saved meanwhile together; nothing is stored',
    permission: 'care_plan:write',
    audit: 'care_plan.merge_proposed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    body: z.object({ baseNumber: z.int().min(1), content: Content }),
    output: PlanMerge,
  }),
  submit: endpoint({
    method: 'POST',
    path: '/care-plans/:id/submission',
    summary: 'Submit the newest version for signature',
    permission: 'care_plan:write',
    audit: 'care_plan.submitted',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'plan_changed', 'plan_incomplete', 'conflict'],
    params: ById,
    body: z.object({ number: z.int().min(1), note: Sentence.optional() }),
    output: CarePlan,
  }),
  return: endpoint({
    method: 'POST',
    path: '/care-plans/:id/return',
    summary: 'Return a submitted version with a reason',
    permission: 'care_plan:sign',
    audit: 'care_plan.returned',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'plan_changed', 'plan_not_submitted'],
    params: ById,
    body: z.object({ number: z.int().min(1), reason: Sentence }),
    output: CarePlan,
  }),
  sign: endpoint({
    method: 'POST',
    path: '/care-plans/:id/signature',
    summary: 'Sign the submitted version, exactly the words that were shown',
    permission: 'care_plan:sign',
    audit: 'care_plan.signed',
    phi: true,
    idempotent: true,
    errors: [
      'not_found',
      'not_a_practitioner',
      'plan_changed',
      'plan_not_submitted',
      'plan_incomplete',
      'patient_deceased',
    ],
    params: ById,
    body: z.object({ number: z.int().min(1), textSha256: Sha256 }),
    output: CarePlan,
  }),
  toSign: endpoint({
    method: 'GET',
    path: '/care-plans-to-sign',
    summary: 'Submitted plans with their difference since the last signature, the oldest first',
    permission: 'care_plan:sign',
    audit: 'care_plan.signing_listed',
    phi: true,
    errors: [],
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.object({ items: z.array(ToSign), total: z.int() }),
  }),
  diff: endpoint({
    method: 'GET',
    path: '/care-plans/:id/diff',
    summary: 'What changed between two versions; since the last signature when left out',
    permission: 'care_plan:read',
    audit: 'care_plan.compared',
    phi: true,
    errors: ['not_found'],
    params: ById,
    query: z.object({
      from: z.coerce.number().int().min(1).optional(),
      to: z.coerce.number().int().min(1).optional(),
    }),
    output: PlanDiff,
  }),
  versions: endpoint({
    method: 'GET',
    path: '/care-plans/:id/versions',
    summary: 'Every version, the newest first, with submissions, returns, signatures and copies',
    permission: 'care_plan:read',
    audit: 'care_plan.versions_listed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: z.object({ items: z.array(PlanVersion) }),
  }),
  giveCopy: endpoint({
    method: 'POST',
    path: '/care-plans/:id/copies',
    summary: 'Record that the patient or caregiver got a copy of the signed plan',
    permission: 'care_plan:give_copy',
    audit: 'care_plan.copy_given',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'plan_not_signed', 'invalid_input'],
    params: ById,
    body: z.object({
      recipient: z.enum(['patient', 'caregiver']),
      recipientName: Name,
      channel: Channel,
      /** Today when left out; never in the future, never before the signature. */
      givenOn: LocalDate.optional(),
      /** What shows that it arrived: who took it, a tracking number, the words said back. */
      proof: Text.optional(),
    }),
    output: CarePlan,
  }),
  pdf: endpoint({
    method: 'GET',
    path: '/care-plans/:id/pdf',
    summary: 'The plan on paper: the signed one as it was signed, a draft marked as draft',
    permission: 'care_plan:read',
    audit: 'care_plan.printed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    query: z.object({ number: z.coerce.number().int().min(1).optional(), language: Language.optional() }),
    output: 'file',
  }),
}
