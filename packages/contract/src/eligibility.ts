import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ByPatient, Cents, Id, Instant, LocalDate, PageQuery, Person, pageOf, Sentence } from './models.ts'

/** Where a patient stands with chronic care management, computed from the facts of now. */
export const CcmStatus = z.enum([
  'eligible',
  'introduced',
  'thinking',
  'consented',
  'declined',
  'enrolled',
  'enrolled_elsewhere',
  'not_eligible',
  'deceased',
  'unknown',
])
export type CcmStatus = z.infer<typeof CcmStatus>

/** The chip with its reason in one sentence. The sentence names no diagnosis: every seat may read it. */
export const CcmChip = z.object({ status: CcmStatus, reason: z.string() })
export type CcmChip = z.infer<typeof CcmChip>

export const ccmStatusWords: Record<CcmStatus, string> = {
  eligible: 'Eligible',
  introduced: 'Introduced',
  thinking: 'Thinking',
  consented: 'Consented',
  declined: 'Declined',
  enrolled: 'Enrolled',
  enrolled_elsewhere: 'Enrolled elsewhere',
  not_eligible: 'Not eligible',
  deceased: 'Deceased',
  unknown: 'Unknown',
}

export const RiskLevel = z.enum(['low', 'moderate', 'high', 'very_high'])
export type RiskLevel = z.infer<typeof RiskLevel>
/** What the provider wants asked first; the rubric only proposes. */
export const PriorityLevel = z.enum(['first', 'soon', 'normal', 'later'])
export type PriorityLevel = z.infer<typeof PriorityLevel>

/** One condition on the record that shows a disease group: as the EHR coded it, and as it would go on a claim. */
export const EligibilityEvidence = z.object({
  conditionId: Id,
  display: z.string(),
  /** Every coding that the source gave, SNOMED CT and ICD-10-CM first. */
  codings: z.array(z.object({ system: z.string(), code: z.string() })),
  icd10: z.string(),
  onsetOn: LocalDate.nullable(),
})
export const GroupEvidence = z.object({
  group: z.string(),
  label: z.string(),
  weak: z.boolean(),
  icd10: z.string(),
  evidence: z.array(EligibilityEvidence),
})
export type GroupEvidence = z.infer<typeof GroupEvidence>

export const RiskPoint = z.object({
  id: z.string(),
  label: z.string(),
  points: z.int(),
  evidence: z.array(z.string()),
})
export const PriorityMark = z.object({ level: PriorityLevel, reason: z.string(), by: Person, at: Instant })

export const CoverageState = z.enum(['part_b', 'medicare_advantage', 'to_be_checked', 'none'])

export const EligiblePatient = z.object({
  patient: z.object({ id: Id, name: z.string(), bornOn: LocalDate.nullable() }),
  age: z.int().nullable(),
  chip: CcmChip,
  groups: z.array(GroupEvidence),
  coverage: CoverageState,
  /** An old claim named Medicare as payer: a sign, not proof. */
  medicareHint: z.boolean(),
  seenWithinYear: z.boolean(),
  lastVisitOn: LocalDate.nullable(),
  initiatingVisit: z.object({ id: Id, on: LocalDate, code: z.string().nullable() }).nullable(),
  risk: z.object({ level: RiskLevel, score: z.int(), points: z.array(RiskPoint) }),
  mark: PriorityMark.nullable(),
  lastCheck: z.object({ verdict: z.enum(['yes', 'no', 'unsure']), at: Instant, failed: z.boolean() }).nullable(),
})
export type EligiblePatient = z.infer<typeof EligiblePatient>

/** One patient with all that speaks for and against. */
export const EligibilityView = EligiblePatient.extend({
  proposed: z.boolean(),
  reasons: z.array(z.string()),
  /** Findings that point to a disease: for the provider to judge, never counted. */
  suspected: z.array(z.object({ conditionId: Id, display: z.string(), code: z.string(), why: z.string() })),
  visits: z.array(z.object({ id: Id, on: LocalDate, kind: z.string(), code: z.string().nullable() })),
  medicationCount: z.int(),
  marks: z.array(PriorityMark),
})
export type EligibilityView = z.infer<typeof EligibilityView>

const Told = z.enum(['yes', 'no', 'unknown'])
const Period = z.object({ from: LocalDate.nullable(), to: LocalDate.nullable() })
const OtherCoverage = Period.extend({
  meaning: z.string(),
  payerName: z.string().nullable(),
  reference: z.string().nullable(),
})

/** What the 271 told; `unknown` is not told, never taken as no. */
export const CheckFacts = z.object({
  partA: Period.extend({ active: Told }),
  partB: Period.extend({ active: Told }),
  medicareAdvantage: z.array(OtherCoverage),
  /** Who pays before Medicare. */
  msp: z.array(OtherCoverage),
  qmb: Told,
  deductible: z.object({
    year: z.string().nullable(),
    yearCents: Cents.nullable(),
    leftCents: Cents.nullable(),
  }),
  hospice: z.array(Period),
  homeHealth: z.array(Period),
  skilledNursing: z.array(Period),
  esrd: z.array(Period),
  diedOn: LocalDate.nullable(),
})
export type CheckFacts = z.infer<typeof CheckFacts>

export const EligibilityCheck = z.object({
  id: Id,
  patientId: Id,
  serviceOn: LocalDate,
  verdict: z.enum(['yes', 'no', 'unsure']),
  reasons: z.array(z.string()),
  /** What could not be asked or answered; the page goes on and offers to ask again. */
  failure: z.string().nullable(),
  facts: CheckFacts.nullable(),
  /** Null where a sweep asked by itself. */
  by: Person.nullable(),
  at: Instant,
})
export type EligibilityCheck = z.infer<typeof EligibilityCheck>

/** One thing that an answer tells otherwise than the answer before it. */
export const CoverageChange = z.object({
  kind: z.enum([
    'part_b',
    'medicare_advantage',
    'other_primary',
    'qmb',
    'hospice',
    'home_health',
    'skilled_nursing',
    'esrd',
    'died',
  ]),
  sentence: z.string(),
})
export type CoverageChange = z.infer<typeof CoverageChange>

/** `open` is whoever may be asked now: eligible, introduced, thinking, or with coverage to be checked. */
export const EligibleState = z.enum(['open', 'all', ...CcmStatus.options])

export const eligibility = {
  list: endpoint({
    method: 'GET',
    path: '/eligible-patients',
    summary: 'Patients proposed for the program, with the evidence for each',
    permission: 'eligibility:read',
    audit: 'eligibility.listed',
    phi: true,
    errors: ['bad_request'],
    query: PageQuery.extend({
      state: EligibleState.default('open'),
      risk: RiskLevel.optional(),
      priority: PriorityLevel.optional(),
      group: z.string().max(60).optional(),
      coverage: CoverageState.optional(),
      sort: z.enum(['priority', 'risk', 'name']).default('priority'),
    }),
    output: pageOf(EligiblePatient).extend({
      /** Proposed patients in each state, whatever the filter. */
      counts: z.object({
        open: z.int(),
        total: z.int(),
        byStatus: z.record(z.string(), z.int()),
        byRisk: z.record(z.string(), z.int()),
      }),
      /** Every disease group found, for the filter. */
      groups: z.array(z.object({ group: z.string(), label: z.string(), patients: z.int() })),
    }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/patients/:patientId/eligibility',
    summary: 'Why a patient is proposed or not, with all evidence',
    permission: 'eligibility:read',
    audit: 'eligibility.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: EligibilityView,
  }),
  chip: endpoint({
    method: 'GET',
    path: '/patients/:patientId/ccm-status',
    summary: 'The computed status of one patient, with its reason and the last check',
    permission: 'coverage:read',
    audit: 'eligibility.status_opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ chip: CcmChip, lastCheck: EligibilityCheck.nullable() }),
  }),
  mark: endpoint({
    method: 'POST',
    path: '/patients/:patientId/priority-marks',
    summary: 'Say how soon this patient should be asked, and why',
    permission: 'eligibility:prioritize',
    audit: 'priority.marked',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased'],
    params: ByPatient,
    body: z.object({ level: PriorityLevel, reason: Sentence }),
    output: PriorityMark,
  }),
  check: endpoint({
    method: 'POST',
    path: '/patients/:patientId/eligibility-checks',
    summary: 'Ask Medicare about the coverage (270), read the answer (271)',
    permission: 'eligibility:check',
    audit: 'eligibility.checked',
    phi: true,
    errors: ['not_found', 'invalid_input'],
    params: ByPatient,
    body: z.object({ serviceOn: LocalDate.optional() }),
    output: EligibilityCheck,
  }),
  checks: endpoint({
    method: 'GET',
    path: '/patients/:patientId/eligibility-checks',
    summary: 'Checks made so far, the newest first',
    permission: 'coverage:read',
    audit: 'eligibility.checks_listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ items: z.array(EligibilityCheck) }),
  }),
}
