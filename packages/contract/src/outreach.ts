import { z } from 'zod'
import { CcmChip, EligibilityCheck, PriorityMark, RiskLevel } from './eligibility.ts'
import { endpoint } from './endpoint.ts'
import { ByPatient, Id, Instant, Language, LocalDate, PageQuery, Person, pageOf } from './models.ts'
import { Task } from './tasks.ts'

export const IntroductionKind = z.enum(['mentioned', 'brochure_given', 'heard_before', 'response', 'question', 'nudge'])
export type IntroductionKind = z.infer<typeof IntroductionKind>
export const OutreachChannel = z.enum(['in_person', 'phone', 'e_mail', 'text', 'mail'])
export type OutreachChannel = z.infer<typeof OutreachChannel>
export const PatientResponse = z.enum(['interested', 'thinking', 'agreed', 'declined'])
export type PatientResponse = z.infer<typeof PatientResponse>

/** What speaks against it, in the patient's view: codes, so that they can be counted. */
export const Objection = z.enum([
  'cost',
  'no_need',
  'no_calls',
  'privacy',
  'own_doctor_enough',
  'family_helps',
  'not_understood',
  'language',
  'too_much_now',
  'enrolled_elsewhere',
  'other',
])
export type Objection = z.infer<typeof Objection>
export const objectionWords: Record<Objection, string> = {
  cost: 'Worried about the cost',
  no_need: 'Feels no need',
  no_calls: 'Does not want calls',
  privacy: 'Worried about privacy',
  own_doctor_enough: 'Sees the doctor often enough',
  family_helps: 'Family helps already',
  not_understood: 'Not clear what it is',
  language: 'Wants it in another language',
  too_much_now: 'Too much going on now',
  enrolled_elsewhere: 'Has it with another practice',
  other: 'Another reason',
}

export const Introduction = z.object({
  id: Id,
  patient: Person,
  kind: IntroductionKind,
  channel: OutreachChannel,
  response: PatientResponse.nullable(),
  heardBefore: z.enum(['yes', 'no', 'unsure']).nullable(),
  objection: Objection.nullable(),
  scriptVersion: z.string().nullable(),
  brochureVersion: z.string().nullable(),
  brochureLanguage: Language.nullable(),
  by: Person,
  at: Instant,
})
export type Introduction = z.infer<typeof Introduction>

export const Decline = z.object({
  id: Id,
  patient: Person,
  reason: Objection,
  doNotAskAgain: z.boolean(),
  followUp: z.object({ by: Person, on: LocalDate }).nullable(),
  declinedOn: LocalDate,
  by: Person,
  at: Instant,
  /** What became of it: a later word of the patient, or null. */
  later: PatientResponse.nullable(),
})
export type Decline = z.infer<typeof Decline>

/** How the patient is reached; `verifiedOn` says when somebody last asked. */
export const ContactGlance = z.object({
  phone: z.string().nullable(),
  phoneType: z.string().nullable(),
  textable: z.boolean().nullable(),
  bestFrom: z.string().nullable(),
  bestTo: z.string().nullable(),
  language: z.string().nullable(),
  hearingNote: z.string().nullable(),
  caregiver: z.string().nullable(),
  verifiedOn: LocalDate.nullable(),
})

/** One row of the desk's day. It carries no diagnosis, no note and no minutes. */
export const DeskRow = z.object({
  appointment: z
    .object({
      id: Id,
      startsAt: Instant,
      endsAt: Instant.nullable(),
      status: z.string(),
      with: z.string().nullable(),
    })
    .nullable(),
  patient: z.object({ id: Id, name: z.string(), bornOn: LocalDate.nullable(), deceased: z.boolean() }),
  chip: CcmChip,
  /** One sentence to say, or null where nothing should be said. */
  prompt: z.string().nullable(),
  /** Why the patient is not to be spoken to about it, or null. */
  whyNotAsk: z.string().nullable(),
  contact: ContactGlance,
  mentionedAt: Instant.nullable(),
  brochureGivenAt: Instant.nullable(),
  brochureVersion: z.string().nullable(),
  heardBefore: z.enum(['yes', 'no', 'unsure']).nullable(),
  response: z.object({ response: PatientResponse, objection: Objection.nullable(), at: Instant }).nullable(),
  decline: z
    .object({
      reason: Objection,
      on: LocalDate,
      doNotAskAgain: z.boolean(),
      followUp: z.object({ by: Person, on: LocalDate }).nullable(),
    })
    .nullable(),
  /** On the provider's list for today. */
  flagged: z.boolean(),
  /** Somebody was called to the desk and has not come yet. */
  pagedAt: Instant.nullable(),
  /** A word about the program was said today. */
  introducedToday: z.boolean(),
  consentMissing: z.boolean(),
  lastCheck: EligibilityCheck.nullable(),
})
export type DeskRow = z.infer<typeof DeskRow>

export const DeskDay = z.object({
  on: LocalDate,
  rows: z.array(DeskRow),
  /** Of today's patients who may be asked, to how many somebody spoke today. */
  introduced: z.object({ count: z.int(), of: z.int() }),
  /** Said yes and no consent is on file yet: the form is not signed or not scanned. */
  formsMissing: z.array(z.object({ patient: Person, agreedAt: Instant })),
})
export type DeskDay = z.infer<typeof DeskDay>

export const ScriptCard = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  lines: z.array(z.string()),
})
export const Script = z.object({
  language: Language,
  /** The general card first; cards for a condition only where the seat reads the chart. */
  cards: z.array(ScriptCard),
  /** Approved answers to what patients ask. Anything else is a clinical question for the care team. */
  answers: z.array(z.object({ id: z.string(), question: z.string(), answer: z.string() })),
  brochureVersion: z.string(),
})
export type Script = z.infer<typeof Script>

/** What patients ask that only a clinician answers: topics, so that nobody types advice at the desk. */
export const ClinicalTopic = z.enum(['medicine', 'symptom', 'test_result', 'care_plan', 'other_doctor', 'other'])
export type ClinicalTopic = z.infer<typeof ClinicalTopic>
export const clinicalTopicWords: Record<ClinicalTopic, string> = {
  medicine: 'A medicine',
  symptom: 'How they feel',
  test_result: 'A test result',
  care_plan: 'What care would be given',
  other_doctor: 'Another doctor or hospital',
  other: 'Something else about their health',
}

const AppointmentId = Id.optional()
export const RecordIntroduction = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('mentioned'),
    channel: OutreachChannel.default('in_person'),
    appointmentId: AppointmentId,
    scriptId: z.string().max(60).optional(),
  }),
  z.object({
    kind: z.literal('brochure_given'),
    channel: OutreachChannel.default('in_person'),
    appointmentId: AppointmentId,
    language: Language.default('en'),
  }),
  /** `nudge` also puts the patient on the provider's list for today. */
  z.object({
    kind: z.literal('heard_before'),
    channel: OutreachChannel.default('in_person'),
    appointmentId: AppointmentId,
    heardBefore: z.enum(['yes', 'no', 'unsure']),
    nudge: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal('nudge'),
    channel: OutreachChannel.default('in_person'),
    appointmentId: AppointmentId,
  }),
  z.object({
    kind: z.literal('response'),
    channel: OutreachChannel.default('in_person'),
    appointmentId: AppointmentId,
    response: z.enum(['interested', 'thinking', 'agreed']),
    objection: Objection.nullable().default(null),
    scriptId: z.string().max(60).optional(),
  }),
])
export type RecordIntroduction = z.infer<typeof RecordIntroduction>

const LogQuery = z.object({
  from: LocalDate.optional(),
  to: LocalDate.optional(),
  kind: IntroductionKind.optional(),
  response: PatientResponse.optional(),
  byId: Id.optional(),
  patientId: Id.optional(),
})

/** Counts of one person, script or week; rates are the reader's to make, the counts are here. */
const Funnel = z.object({
  introduced: z.int(),
  brochures: z.int(),
  interested: z.int(),
  thinking: z.int(),
  agreed: z.int(),
  declined: z.int(),
  consented: z.int(),
})
export const Trends = z.object({
  from: LocalDate,
  to: LocalDate,
  /** Distinct patients in each step. */
  total: Funnel,
  byPerson: z.array(z.object({ person: Person, funnel: Funnel })),
  objections: z.array(z.object({ objection: Objection, patients: z.int() })),
  scripts: z.array(
    z.object({
      version: z.string(),
      title: z.string(),
      answered: z.int(),
      agreed: z.int(),
      /** 95 % interval of the share who agreed, in thousandths; null without answers. */
      lowPerMille: z.int().nullable(),
      highPerMille: z.int().nullable(),
    }),
  ),
  /** The script that did better beyond chance, or the sentence why none can be named. */
  winner: z.object({ version: z.string().nullable(), sentence: z.string() }),
  leastAnswers: z.int(),
})
export type Trends = z.infer<typeof Trends>

const speaking = ['not_found', 'patient_deceased', 'do_not_ask'] as const

export const outreach = {
  today: endpoint({
    method: 'GET',
    path: '/desk-day',
    summary: 'Appointments of a day with what to say about the program',
    permission: 'outreach:read',
    audit: 'desk_day.opened',
    phi: true,
    background: true,
    errors: [],
    query: z.object({ on: LocalDate.optional() }),
    output: DeskDay,
  }),
  patient: endpoint({
    method: 'GET',
    path: '/patients/:patientId/outreach',
    summary: 'What was said with one patient so far',
    permission: 'outreach:read',
    audit: 'outreach.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({ row: DeskRow, events: z.array(Introduction) }),
  }),
  script: endpoint({
    method: 'GET',
    path: '/patients/:patientId/script',
    summary: "The provider's words for this patient, and approved answers",
    permission: 'outreach:read',
    audit: 'script.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    query: z.object({ language: Language.default('en') }),
    output: Script,
  }),
  record: endpoint({
    method: 'POST',
    path: '/patients/:patientId/introductions',
    summary: 'Log what was said and how the patient answered',
    permission: 'outreach:record',
    audit: 'introduction.recorded',
    phi: true,
    idempotent: true,
    errors: [...speaking],
    params: ByPatient,
    body: RecordIntroduction,
    output: DeskRow,
  }),
  decline: endpoint({
    method: 'POST',
    path: '/patients/:patientId/declines',
    summary: 'The patient says no: why, and who follows up',
    permission: 'outreach:record',
    audit: 'decline.recorded',
    phi: true,
    idempotent: true,
    errors: [...speaking, 'invalid_input'],
    params: ByPatient,
    body: z.object({
      reason: Objection,
      appointmentId: AppointmentId,
      channel: OutreachChannel.default('in_person'),
      doNotAskAgain: z.boolean().default(false),
      followUp: z.object({ byId: Id, on: LocalDate }).nullable().default(null),
      scriptId: z.string().max(60).optional(),
    }),
    output: DeskRow,
  }),
  ask: endpoint({
    method: 'POST',
    path: '/patients/:patientId/clinical-questions',
    summary: 'Route a clinical question to the care team, with a due time',
    permission: 'outreach:record',
    audit: 'clinical_question.routed',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased'],
    params: ByPatient,
    body: z.object({
      topic: ClinicalTopic,
      to: z.enum(['care_manager', 'provider']).default('care_manager'),
      waiting: z.boolean().default(false),
      appointmentId: AppointmentId,
    }),
    output: Task,
  }),
  page: endpoint({
    method: 'POST',
    path: '/patients/:patientId/hand-offs',
    summary: 'Call a care manager to the patient now',
    permission: 'outreach:record',
    audit: 'hand_off.paged',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased', 'conflict'],
    params: ByPatient,
    body: z.object({ appointmentId: AppointmentId }),
    output: Task,
  }),
  people: endpoint({
    method: 'GET',
    path: '/outreach/people',
    summary: 'Who can follow up after a no',
    permission: 'outreach:record',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(Person.extend({ title: z.string() })) }),
  }),
  brochure: endpoint({
    method: 'GET',
    path: '/outreach/brochure',
    summary: 'The brochure as a PDF',
    permission: 'outreach:read',
    audit: null,
    phi: false,
    errors: [],
    query: z.object({ language: Language.default('en'), large: z.enum(['yes', 'no']).default('no') }),
    output: 'file',
  }),
  log: endpoint({
    method: 'GET',
    path: '/introductions',
    summary: 'The introduction log, the newest first',
    permission: 'outreach:read',
    audit: 'introduction.listed',
    phi: true,
    errors: ['bad_request'],
    query: PageQuery.extend(LogQuery.shape),
    output: pageOf(Introduction),
  }),
  exportLog: endpoint({
    method: 'GET',
    path: '/introductions/export',
    summary: 'The introduction log as CSV',
    permission: 'outreach:read',
    audit: 'introduction.exported',
    phi: true,
    errors: [],
    query: LogQuery,
    output: 'file',
  }),
  declines: endpoint({
    method: 'GET',
    path: '/declines',
    summary: 'Patients who said no, with who follows up when',
    permission: 'outreach:read',
    audit: 'decline.listed',
    phi: true,
    errors: ['bad_request'],
    query: PageQuery.extend({ whose: z.enum(['mine', 'all']).default('all') }),
    output: pageOf(Decline),
  }),
  trends: endpoint({
    method: 'GET',
    path: '/introductions/trends',
    summary: 'Funnel by person, objections, and whether a script does better',
    permission: 'metrics:read',
    audit: 'introduction.trends_opened',
    phi: false,
    errors: ['invalid_input'],
    query: z.object({ from: LocalDate.optional(), to: LocalDate.optional() }),
    output: Trends,
  }),
  discussToday: endpoint({
    method: 'GET',
    path: '/discuss-today',
    summary: 'Eligible and flagged patients on my schedule today',
    permission: 'eligibility:prioritize',
    audit: 'discuss_today.opened',
    phi: true,
    background: true,
    errors: [],
    output: z.object({
      /** False where this person is not tied to a schedule: then the whole clinic's day is shown. */
      ownSchedule: z.boolean(),
      items: z.array(
        z.object({
          patient: z.object({ id: Id, name: z.string(), bornOn: LocalDate.nullable() }),
          appointmentAt: Instant.nullable(),
          flaggedAt: Instant.nullable(),
          flaggedBy: z.string().nullable(),
          chip: CcmChip,
          conditions: z.array(z.string()),
          risk: RiskLevel,
          score: z.int(),
          mark: PriorityMark.nullable(),
          heardBefore: z.enum(['yes', 'no', 'unsure']).nullable(),
          response: PatientResponse.nullable(),
        }),
      ),
    }),
  }),
}
