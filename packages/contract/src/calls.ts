import { z } from 'zod'
import { can } from './can.ts'
import { PriorityLevel, RiskLevel } from './eligibility.ts'
import { endpoint } from './endpoint.ts'
import { Credited, MonthMinutes } from './minutes.ts'
import { ById, ByPatient, Id, Instant, LocalDate, Month, Person, Seconds, Sentence, Sha256, Text } from './models.ts'

/** Six steps of a month with a patient; each is reset on the first and told in words. */
export const MonthStep = z.enum(['reach', 'review', 'meds', 'goals', 'coordinate', 'sign'])
export type MonthStep = z.infer<typeof MonthStep>
export const monthStepNames: Record<MonthStep, string> = {
  reach: 'Reach',
  review: 'Review',
  meds: 'Meds',
  goals: 'Goals',
  coordinate: 'Coordinate',
  sign: 'Sign',
}

const QuestionId = z.string().max(120)
export const CallQuestion = z.object({
  id: QuestionId,
  /** As it is said. */
  text: z.string(),
  kind: z.enum(['choice', 'number', 'text']),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  unit: z.string().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** Asked only after one of these answers to another question. */
  askWhen: z.object({ questionId: QuestionId, values: z.array(z.string()) }).nullable(),
  /** For the one who asks, not to be read aloud. */
  help: z.string().nullable(),
})
export type CallQuestion = z.infer<typeof CallQuestion>
export const CallSection = z.object({ id: z.string(), title: z.string(), questions: z.array(CallQuestion) })
export type CallSection = z.infer<typeof CallSection>

export const CallAnswer = z.object({
  value: z.string().max(500).nullable(),
  detail: z.string().max(500).nullable(),
})
export type CallAnswer = z.infer<typeof CallAnswer>
const Answers = z.record(z.string(), CallAnswer)

export const RedFlag = z.object({
  questionId: QuestionId,
  /** What was heard. */
  words: z.string(),
  urgency: z.enum(['emergency', 'same_day']),
  /** What to say and do now, in the clinic's words. */
  say: z.string(),
  acknowledged: z.object({ by: Person, at: Instant, whatWasDone: z.string(), taskId: Id }).nullable(),
})
export type RedFlag = z.infer<typeof RedFlag>

export const CallOutcome = z.enum([
  'completed',
  'voicemail',
  'no_answer',
  'wrong_number',
  'call_back',
  'declined_today',
])
export type CallOutcome = z.infer<typeof CallOutcome>
export const callOutcomeNames: Record<CallOutcome, string> = {
  completed: 'Talked',
  voicemail: 'Voicemail left',
  no_answer: 'No answer',
  wrong_number: 'Wrong number',
  call_back: 'Call back later',
  declined_today: 'Did not want to talk today',
}

export const Call = z.object({
  id: Id,
  patient: Person,
  by: Person,
  month: Month,
  script: z.object({
    id: z.string(),
    version: z.string(),
    parts: z.array(z.string()),
    sections: z.array(CallSection),
  }),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  outcome: CallOutcome.nullable(),
  callBackAt: Instant.nullable(),
  nextContactOn: LocalDate.nullable(),
  answers: Answers,
  /** Composed from the answers, or as it was edited. */
  note: z.string(),
  noteEdited: z.boolean(),
  /** What the answers alone give; differs from the note where it was edited. */
  composedNote: z.string(),
  /** How alike the note is to the last signed one of the patient, 0 to 1; null where there is none. */
  similarity: z.number().nullable(),
  redFlags: z.array(RedFlag),
  signed: z.object({ by: Person, at: Instant, sha256: Sha256 }).nullable(),
})
export type Call = z.infer<typeof Call>

/** Above this share of equal word sequences a note looks copied. */
export const cloneWarningFrom = 0.85

export const CallLine = z.object({
  id: Id,
  by: Person,
  startedAt: Instant,
  outcome: CallOutcome.nullable(),
  callBackAt: Instant.nullable(),
  nextContactOn: LocalDate.nullable(),
  note: z.string().nullable(),
  signedAt: Instant.nullable(),
  redFlags: z.int(),
  seconds: Seconds,
})
export type CallLine = z.infer<typeof CallLine>

export const NextPatient = z.object({ patientId: Id, name: z.string(), why: z.string() })
export type NextPatient = z.infer<typeof NextPatient>

export const Steps = z.object({
  reach: z.boolean(),
  review: z.boolean(),
  meds: z.boolean(),
  goals: z.boolean(),
  coordinate: z.boolean(),
  sign: z.boolean(),
})

export const CallWorkspace = z.object({
  patient: z.object({
    id: Id,
    name: z.string(),
    bornOn: LocalDate.nullable(),
    language: z.string().nullable(),
    pronouns: z.string().nullable(),
    phone: z.string().nullable(),
    bestFrom: z.string().nullable(),
    bestTo: z.string().nullable(),
    voicemailAllowed: z.boolean().nullable(),
    hearingNote: z.string().nullable(),
    caregiver: z
      .object({ name: z.string(), phone: z.string().nullable(), relationship: z.string().nullable() })
      .nullable(),
  }),
  /** Why a call cannot be opened, and where to mend it; null when it can. */
  blocked: z.object({ sentence: z.string(), step: z.enum(['consent', 'enrollment']) }).nullable(),
  careManager: Person.nullable(),
  month: MonthMinutes,
  stepsSeconds: z.array(Seconds),
  steps: Steps,
  call: Call.nullable(),
  last: z.object({ id: Id, by: Person, signedAt: Instant, note: z.string(), answers: Answers }).nullable(),
  attempts: z.array(z.object({ id: Id, at: Instant, outcome: CallOutcome, by: Person })),
  openLoops: z.array(
    z.object({ id: Id, title: z.string(), kind: z.string(), dueOn: LocalDate.nullable(), openDays: z.int() }),
  ),
  voicemail: z.object({ version: z.string(), en: z.string(), es: z.string() }),
  emergencyWords: z.string(),
  next: NextPatient.nullable(),
})
export type CallWorkspace = z.infer<typeof CallWorkspace>

/** What a call became when it was signed: its frozen note, its seconds, and who is next. */
const Finished = z.object({ call: Call, credited: Credited.nullable(), next: NextPatient.nullable() })

/** A care manager's month with one patient. There is no money in it, nor in its order. */
export const WorklistRow = z.object({
  patient: Person,
  bornOn: LocalDate.nullable(),
  need: z.object({
    level: RiskLevel,
    score: z.int(),
    mark: PriorityLevel.nullable(),
    because: z.array(z.string()),
  }),
  whyNow: z.string(),
  countedSeconds: Seconds,
  leftOutSeconds: Seconds,
  steps: Steps,
  lastContactAt: Instant.nullable(),
  attempts: z.int(),
  callBackAt: Instant.nullable(),
  nextContactOn: LocalDate.nullable(),
  window: z.object({ from: z.string(), to: z.string().nullable(), openNow: z.boolean() }).nullable(),
  plan: z.object({
    state: z.enum(['none', 'draft', 'signed']),
    signedOn: LocalDate.nullable(),
    ageDays: z.int().nullable(),
    due: z.boolean(),
  }),
  openTasks: z.int(),
  dischargedOn: LocalDate.nullable(),
  owner: Person.nullable(),
})
export type WorklistRow = z.infer<typeof WorklistRow>

export const WorklistView = z.enum([
  'all',
  'call_backs',
  'high_not_reached',
  'nearly_there',
  'plan_due',
  'discharged',
  'no_contact',
])
export type WorklistView = z.infer<typeof WorklistView>
export const worklistViewNames: Record<WorklistView, string> = {
  all: 'Everybody',
  call_backs: 'Call-backs today',
  high_not_reached: 'High need, not reached',
  nearly_there: '15 to 19 minutes',
  plan_due: 'Plan due',
  discharged: 'Discharged',
  no_contact: 'No contact in 2 months',
}

export const callCan = {
  answer: can<Pick<Call, 'signed'>>((call) =>
    call.signed === null ? null : `Signed by ${call.signed.by.name}; a signed call does not change.`,
  ),
  sign: can<Pick<Call, 'signed' | 'redFlags' | 'note'>>((call) => {
    if (call.signed !== null) return `Signed by ${call.signed.by.name} already.`
    const open = call.redFlags.find((flag) => flag.acknowledged === null)
    if (open !== undefined) return `Red flag: ${open.words} Say what you did about it first.`
    return call.note.trim() === '' ? 'The note is empty. Answer a question or write a line.' : null
  }),
}

const deed = { phi: true, idempotent: true } as const
const ByQuestion = z.object({ id: Id, questionId: QuestionId })

export const calls = {
  workspace: endpoint({
    method: 'GET',
    path: '/patients/:patientId/call',
    summary: "All that one needs beside the phone: script, last month's answers, minutes, open loops",
    permission: 'call:make',
    audit: 'call.workspace_opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: CallWorkspace,
  }),
  list: endpoint({
    method: 'GET',
    path: '/patients/:patientId/calls',
    summary: 'Calls and attempts of a patient, the newest first',
    permission: 'call:read',
    audit: 'call.listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(50) }),
    output: z.object({ items: z.array(CallLine) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/calls/:id',
    summary: 'One call with its script, answers and note',
    permission: 'call:read',
    audit: 'call.opened',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: Call,
  }),
  open: endpoint({
    method: 'POST',
    path: '/patients/:patientId/calls',
    summary: 'Open a call, or go on with the one that is open; the timer starts where it is wanted',
    permission: 'call:make',
    audit: 'call.started',
    ...deed,
    errors: ['not_found', 'patient_deceased', 'not_enrolled', 'timer_running', 'staff_expired'],
    params: ByPatient,
    body: z.object({ timer: z.boolean().default(true), switch: z.boolean().default(false) }),
    output: Call,
  }),
  answer: endpoint({
    method: 'PUT',
    path: '/calls/:id/answers/:questionId',
    summary: 'Keep one answer; null takes it back',
    permission: 'call:make',
    audit: 'call.answered',
    phi: true,
    errors: ['not_found', 'forbidden', 'invalid_input', 'call_signed'],
    params: ByQuestion,
    body: CallAnswer,
    output: Call,
  }),
  escalate: endpoint({
    method: 'POST',
    path: '/calls/:id/escalations/:questionId',
    summary: "Acknowledge a red flag: what was done at once, and the provider's task",
    permission: 'call:make',
    audit: 'call.red_flag_acknowledged',
    ...deed,
    errors: ['not_found', 'forbidden', 'conflict', 'call_signed'],
    params: ByQuestion,
    body: z.object({ whatWasDone: Sentence }),
    output: Call,
  }),
  writeNote: endpoint({
    method: 'PUT',
    path: '/calls/:id/note',
    summary: 'Keep the note as edited; null goes back to what the answers give',
    permission: 'call:make',
    audit: 'call.note_edited',
    phi: true,
    errors: ['not_found', 'forbidden', 'call_signed'],
    params: ById,
    body: z.object({ note: Text.nullable() }),
    output: Call,
  }),
  attempt: endpoint({
    method: 'POST',
    path: '/calls/:id/attempt',
    summary: 'Not reached, or later: the attempt is signed and the next patient named',
    permission: 'call:make',
    audit: 'call.attempted',
    ...deed,
    errors: ['not_found', 'forbidden', 'call_signed', 'red_flag_open', 'invalid_input'],
    params: ById,
    body: z.object({
      outcome: CallOutcome.exclude(['completed']),
      callBackAt: Instant.optional(),
      remark: Sentence.optional(),
    }),
    output: Finished,
  }),
  sign: endpoint({
    method: 'POST',
    path: '/calls/:id/signature',
    summary: 'Sign: the timer stops, the note is frozen with its hash, the next contact is set',
    permission: 'call:make',
    audit: 'call.signed',
    ...deed,
    errors: ['not_found', 'forbidden', 'call_signed', 'red_flag_open', 'invalid_input'],
    params: ById,
    body: z.object({ note: Text.optional(), nextContactOn: LocalDate.optional() }),
    output: Finished,
  }),
  scripts: endpoint({
    method: 'GET',
    path: '/call-scripts',
    summary: 'The scripts with their versions, as FHIR Questionnaires',
    permission: 'call:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          version: z.string(),
          title: z.string(),
          groups: z.array(z.string()),
          questionnaire: z.unknown(),
        }),
      ),
    }),
  }),
  worklist: endpoint({
    method: 'GET',
    path: '/my-month',
    summary: 'The month of every enrolled patient, by clinical need',
    permission: 'month:progress',
    audit: 'call.worklist_opened',
    phi: true,
    errors: ['bad_request'],
    query: z.object({
      /** `mine`, `all`, or a care manager's id. */
      who: z.union([z.enum(['mine', 'all']), Id]).default('mine'),
      view: WorklistView.default('all'),
      search: z.string().trim().max(60).optional(),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    output: z.object({
      month: Month,
      items: z.array(WorklistRow),
      nextCursor: z.string().nullable(),
      total: z.int(),
      views: z.record(WorklistView, z.int()),
      stepsSeconds: z.array(Seconds),
      daysLeft: z.int(),
      workdaysLeft: z.int(),
      reached: z.int(),
      patients: z.int(),
      /** What is left of the person's weekly hours until the month ends; null where the list is not one person's. */
      hoursLeft: z.number().nullable(),
      owners: z.array(Person.extend({ patients: z.int() })),
    }),
  }),
  preview: endpoint({
    method: 'GET',
    path: '/my-month/:patientId',
    summary: 'One patient beside the list: last note, open loops, who to ring',
    permission: 'call:read',
    audit: 'call.previewed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: CallWorkspace.pick({
      patient: true,
      blocked: true,
      careManager: true,
      month: true,
      stepsSeconds: true,
      steps: true,
      last: true,
      attempts: true,
      openLoops: true,
    }),
  }),
}
