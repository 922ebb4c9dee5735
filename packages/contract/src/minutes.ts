import type { Program as RulesProgram } from '@keepwell/rules'
import { z } from 'zod'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import {
  ById,
  ByPatient,
  Id,
  Instant,
  LocalDate,
  Month,
  PageQuery,
  Person,
  pageOf,
  Seconds,
  Sentence,
  Text,
} from './models.ts'

const programs = [
  'ccm',
  'pcm',
  'apcm',
  'tcm',
  'bhi',
  'cocm',
  'rpm',
  'rtm',
  'chi',
  'pin',
  'cpo',
  'visit',
  'none',
] as const satisfies readonly RulesProgram[]
/** The program whose minute it is; the same minute of the same person is never in two. */
export const Program = z.enum(programs)
export type Program = z.infer<typeof Program>

/** How the person was reached; null where nobody was spoken with. */
export const Contact = z.enum(['patient', 'caregiver', 'provider', 'pharmacy', 'agency', 'family', 'other'])
export type Contact = z.infer<typeof Contact>
const ActivityId = z.string().max(60)

/** A kind of work, whether its minutes may count, and why; the list is the rule book's. */
export const Activity = z.object({
  id: ActivityId,
  label: z.string(),
  countable: z.boolean(),
  why: z.string(),
  law: z.array(z.string()),
})

export const Timer = z.object({
  id: Id,
  patient: Person,
  activity: ActivityId,
  activityLabel: z.string(),
  program: Program,
  personalCcm: z.boolean(),
  callId: Id.nullable(),
  startedAt: Instant,
  /** What would be credited if it stopped at `asOf`: up to then, or up to the last heartbeat where it fell silent. */
  secondsElapsed: Seconds,
  asOf: Instant,
  /** The last heartbeat, where the silence since is longer than the clinic lets pass; otherwise null. */
  silentSince: Instant.nullable(),
  gapSeconds: Seconds,
})
export type Timer = z.infer<typeof Timer>

export const LeftOutLine = z.object({ reason: z.string(), words: z.string(), seconds: Seconds })
export type LeftOutLine = z.infer<typeof LeftOutLine>

export const TimeEntry = z.object({
  id: Id,
  patient: Person,
  person: Person,
  kind: z.enum(['staff', 'practitioner']),
  credential: z.string(),
  program: Program,
  /** The practitioner's own work, kept apart for the codes that pay it. */
  personalCcm: z.boolean(),
  activity: ActivityId,
  activityLabel: z.string(),
  contact: Contact.nullable(),
  whatWasDone: z.string(),
  startedAt: Instant,
  endedAt: Instant,
  seconds: Seconds,
  month: Month,
  serviceOn: LocalDate,
  source: z.enum(['timer', 'manual']),
  callId: Id.nullable(),
  /** Why it was written by hand or corrected. */
  reason: z.string().nullable(),
  attested: z.boolean(),
  approval: z.enum(['not_needed', 'waiting', 'approved']),
  approvedBy: Person.nullable(),
  approvedAt: Instant.nullable(),
  supersedesId: Id.nullable(),
  /** Another version took its place, or it was withdrawn: it stays visible and no longer counts. */
  superseded: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
  recordedBy: Person,
  recordedAt: Instant,
  countedSeconds: Seconds,
  leftOut: z.array(LeftOutLine),
  /** The month was closed before: it is kept, and a correction case was opened. */
  late: z.boolean(),
})
export type TimeEntry = z.infer<typeof TimeEntry>

export const MonthMinutes = z.object({
  month: Month,
  countedSeconds: Seconds,
  staffSeconds: Seconds,
  practitionerSeconds: Seconds,
  /** Within the practitioner's: what was given in person for the codes that pay it. */
  personalSeconds: Seconds,
  recordedSeconds: Seconds,
  leftOutSeconds: Seconds,
  leftOut: z.array(LeftOutLine),
  waitingSeconds: Seconds,
})
export type MonthMinutes = z.infer<typeof MonthMinutes>

/** What a timer became: its entries (one a month), and the silence that was not credited. */
export const Credited = z.object({
  entries: z.array(TimeEntry),
  seconds: Seconds,
  gap: z.object({ from: Instant, to: Instant, seconds: Seconds }).nullable(),
})
export type Credited = z.infer<typeof Credited>

const CurrentTimer = z.object({
  running: Timer.nullable(),
  /** Stopped by "Pause": going on starts a new timer for the same work. */
  paused: z
    .object({
      patient: Person,
      activity: ActivityId,
      activityLabel: z.string(),
      program: Program,
      callId: Id.nullable(),
      pausedAt: Instant,
      seconds: Seconds,
    })
    .nullable(),
  /** The switch that can still be taken back, and until when. */
  undo: z.object({ timerId: Id, until: Instant, fromPatient: Person }).nullable(),
})
export type CurrentTimer = z.infer<typeof CurrentTimer>

const What = z.object({
  activity: ActivityId.default('patient_call'),
  program: Program.default('ccm'),
  personalCcm: z.boolean().optional(),
})
const Log = z.object({
  /** Start and end, never only a duration. */
  startedAt: Instant,
  endedAt: Instant,
  activity: ActivityId,
  program: Program.default('ccm'),
  personalCcm: z.boolean().optional(),
  contact: Contact.nullable().default(null),
  whatWasDone: Text.min(3, 'Say what was done.'),
  reason: Sentence,
  /** "This is what I did, and when." */
  attested: z.boolean(),
})
export type LogTime = z.infer<typeof Log>
const Correct = z.object({
  startedAt: Instant,
  endedAt: Instant,
  activity: ActivityId,
  program: Program,
  personalCcm: z.boolean().optional(),
  contact: Contact.nullable(),
  whatWasDone: Text.min(3, 'Say what was done.'),
  patientId: Id.optional(),
  reason: Sentence,
  attested: z.boolean(),
})
export type CorrectTime = z.infer<typeof Correct>
const Done = z.object({
  whatWasDone: Text.optional(),
  activity: ActivityId.optional(),
  contact: Contact.nullable().optional(),
})

export const timeEntryCan = {
  correct: can<Pick<TimeEntry, 'superseded'>>((entry) =>
    entry.superseded === null ? null : 'A newer version has taken its place.',
  ),
  approve: can<Pick<TimeEntry, 'approval' | 'superseded'>>((entry) =>
    entry.superseded !== null
      ? 'A newer version has taken its place.'
      : entry.approval === 'waiting'
        ? null
        : entry.approval === 'approved'
          ? 'It is approved already.'
          : 'It needs no approval.',
  ),
}

export const minutes = {
  activities: endpoint({
    method: 'GET',
    path: '/time-activities',
    summary: 'Kinds of work, which of them count, and why',
    permission: 'clinic:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(Activity) }),
  }),
  timer: endpoint({
    method: 'GET',
    path: '/timer',
    summary: "The person's own running or paused timer",
    permission: 'minutes:log',
    audit: null,
    unaudited: 'Shows a person the timer that they started themselves; the start is on record.',
    phi: true,
    background: true,
    errors: [],
    output: CurrentTimer,
  }),
  start: endpoint({
    method: 'POST',
    path: '/patients/:patientId/timers',
    summary: 'Start the timer; with `switch` the running one stops first',
    permission: 'minutes:log',
    audit: 'timer.started',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased', 'timer_running', 'staff_expired', 'invalid_input'],
    params: ByPatient,
    body: What.extend({ switch: z.boolean().default(false) }),
    output: CurrentTimer,
  }),
  heartbeat: endpoint({
    method: 'POST',
    path: '/timers/:id/heartbeat',
    summary: "The person is still at it; by the server's clock alone",
    permission: 'minutes:log',
    audit: null,
    unaudited: 'Moves one instant of a small row; start, stop and trims are the deeds on record.',
    phi: false,
    worksLocked: true,
    background: true,
    errors: ['not_found', 'timer_stopped', 'timer_silent'],
    params: ById,
    output: z.object({ id: Id, secondsElapsed: Seconds, asOf: Instant }),
  }),
  stop: endpoint({
    method: 'POST',
    path: '/timers/:id/end',
    summary: 'Stop or pause the timer and credit its time',
    permission: 'minutes:log',
    audit: 'timer.stopped',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'timer_stopped', 'invalid_input'],
    params: ById,
    body: Done.extend({ pause: z.boolean().default(false) }),
    output: Credited,
  }),
  undoSwitch: endpoint({
    method: 'POST',
    path: '/timers/:id/undoing',
    summary: 'Take back a switch: the timer before it goes on as if it had not stopped',
    permission: 'minutes:log',
    audit: 'timer.switch_undone',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'timer_stopped', 'undo_window_over'],
    params: ById,
    output: CurrentTimer,
  }),
  recover: endpoint({
    method: 'POST',
    path: '/timers/:id/recovery',
    summary: 'After a silence: credit up to the last heartbeat; `goOn` starts anew from now',
    permission: 'minutes:log',
    audit: 'timer.recovered',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'timer_stopped', 'staff_expired', 'invalid_input'],
    params: ById,
    body: Done.extend({ goOn: z.boolean().default(false) }),
    output: Credited.extend({ timer: CurrentTimer }),
  }),
  discard: endpoint({
    method: 'POST',
    path: '/timers/:id/discard',
    summary: 'The timer ran by mistake: nothing is credited',
    permission: 'minutes:log',
    audit: 'timer.discarded',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'timer_stopped'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: CurrentTimer,
  }),
  list: endpoint({
    method: 'GET',
    path: '/patients/:patientId/time-entries',
    summary: "A patient's time of a month, what counts, what is left out and why",
    permission: 'minutes:read',
    audit: 'minutes.listed',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    query: z.object({ month: Month.optional() }),
    output: z.object({
      month: Month,
      entries: z.array(TimeEntry),
      totals: MonthMinutes,
      stepsSeconds: z.array(Seconds),
      daysBack: z.int(),
      approvalOverSeconds: Seconds,
    }),
  }),
  log: endpoint({
    method: 'POST',
    path: '/patients/:patientId/time-entries',
    summary: 'Write time by hand, with its reason',
    permission: 'minutes:log',
    audit: 'minutes.logged',
    phi: true,
    idempotent: true,
    errors: [
      'not_found',
      'time_not_allowed',
      'time_overlaps',
      'attestation_required',
      'staff_expired',
      'invalid_input',
    ],
    params: ByPatient,
    body: Log,
    output: z.object({ entries: z.array(TimeEntry) }),
  }),
  correct: endpoint({
    method: 'POST',
    path: '/time-entries/:id/correction',
    summary: "Put a corrected version in an entry's place; the old one stays visible",
    permission: 'minutes:log',
    audit: 'minutes.corrected',
    phi: true,
    idempotent: true,
    errors: [
      'not_found',
      'forbidden',
      'conflict',
      'time_not_allowed',
      'time_overlaps',
      'attestation_required',
      'staff_expired',
      'invalid_input',
    ],
    params: ById,
    body: Correct,
    output: z.object({ entries: z.array(TimeEntry) }),
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/time-entries/:id/withdrawal',
    summary: 'Take an own entry out of the count; it stays visible',
    permission: 'minutes:log',
    audit: 'minutes.withdrawn',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'forbidden', 'conflict'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: TimeEntry,
  }),
  approvals: endpoint({
    method: 'GET',
    path: '/time-approvals',
    summary: 'Hand-written time that waits for a second person',
    permission: 'minutes:approve',
    audit: 'minutes.approvals_listed',
    phi: true,
    errors: [],
    query: PageQuery,
    output: pageOf(TimeEntry),
  }),
  approve: endpoint({
    method: 'POST',
    path: '/time-entries/:id/approval',
    summary: 'A second person approves hand-written time; then it counts',
    permission: 'minutes:approve',
    audit: 'minutes.approved',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'same_person'],
    params: ById,
    output: TimeEntry,
  }),
  decline: endpoint({
    method: 'POST',
    path: '/time-entries/:id/refusal',
    summary: 'A second person does not approve hand-written time, with the reason',
    permission: 'minutes:approve',
    audit: 'minutes.declined',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'same_person'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: TimeEntry,
  }),
}
