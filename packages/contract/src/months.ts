import { z } from 'zod'
import { roles } from './access.ts'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, Person, Seconds, Sentence, Sha256 } from './models.ts'

/** ready = may be billed now; fix = somebody can still mend it; hold = a fact or a decision is missing; not_billable = nothing is left to do. */
export const Lane = z.enum(['ready', 'fix', 'hold', 'not_billable'])
export type Lane = z.infer<typeof Lane>
export const laneNames: Record<Lane, string> = {
  ready: 'Ready',
  fix: 'Fix',
  hold: 'Hold',
  not_billable: 'Not billable',
}

export const CareFamily = z.enum(['non_complex', 'complex', 'personal'])
export type CareFamily = z.infer<typeof CareFamily>
export const familyNames: Record<CareFamily, string> = {
  non_complex: 'CCM by staff',
  complex: 'Complex CCM',
  personal: 'CCM by the practitioner',
}

const OwnerRole = z.enum(roles)

/** One code of a claim to be. Amounts are integer cents for all units together; null = not known. */
export const MonthLine = z.object({
  code: z.string(),
  units: z.int(),
  dateOfService: LocalDate,
  diagnoses: z.array(z.string()),
  /** GV or GW under a hospice election; otherwise none. */
  modifiers: z.array(z.string()),
  allowedCents: Cents.nullable(),
  medicareCents: Cents.nullable(),
  patientCents: Cents.nullable(),
})
export type MonthLine = z.infer<typeof MonthLine>

/** Work that was handed to somebody so that the month can be billed. */
export const SentBack = z.object({
  taskId: Id,
  ownerRole: OwnerRole,
  owner: Person.nullable(),
  title: z.string(),
  dueOn: LocalDate.nullable(),
  sentAt: Instant,
  doneAt: Instant.nullable(),
})
export type SentBack = z.infer<typeof SentBack>

export const BoardRow = z.object({
  patient: Person,
  bornOn: LocalDate.nullable(),
  lane: Lane,
  family: CareFamily.nullable(),
  /** What is billed, or what would be once everything is mended. */
  lines: z.array(z.object({ code: z.string(), units: z.int() })),
  /** The fee schedule's amount for these lines; null where it is not known or this seat does not see money. */
  allowedCents: Cents.nullable(),
  /** The rule that speaks first against it, and its sentence; null where all is met. */
  causeId: z.string().nullable(),
  cause: z.string().nullable(),
  owner: z.object({ role: OwnerRole, person: Person.nullable() }).nullable(),
  /** When this cause was first seen; null in a closed month. */
  since: Instant.nullable(),
  countedSeconds: Seconds,
  practitioner: Person.nullable(),
  careManager: Person.nullable(),
  sentBack: SentBack.nullable(),
})
export type BoardRow = z.infer<typeof BoardRow>

export const BoardLane = z.object({
  lane: Lane,
  count: z.int(),
  /** Ready: to be billed. Fix and hold: at stake. Null where this seat does not see money. */
  totalCents: Cents.nullable(),
  /** How many amounts of the lane are not known, and so are not in the total. */
  unpriced: z.int(),
  /** At most the limit that was asked for; the oldest cause first. */
  rows: z.array(BoardRow),
  /** The same cause taken together, the most frequent first. */
  causes: z.array(z.object({ causeId: z.string(), cause: z.string(), count: z.int(), role: OwnerRole.nullable() })),
})
export type BoardLane = z.infer<typeof BoardLane>

export const ClosePhase = z.enum(['freeze', 'compute', 'snapshot', 'claims', 'done'])
export type ClosePhase = z.infer<typeof ClosePhase>

/** How far the close of a month has come. `stalled` means that nobody works on it: closing again takes it up where it stopped. */
export const MonthClose = z.object({
  id: Id,
  month: Month,
  phase: ClosePhase,
  state: z.enum(['running', 'stalled', 'done']),
  startedAt: Instant,
  startedBy: Person.nullable(),
  finishedAt: Instant.nullable(),
  book: z.string(),
  counts: z.object({
    patients: z.int(),
    assessed: z.int(),
    frozen: z.int(),
    ready: z.int(),
    fix: z.int(),
    hold: z.int(),
    notBillable: z.int(),
    readyCents: Cents,
    claims: z.int(),
  }),
})
export type MonthClose = z.infer<typeof MonthClose>

export const MonthState = z.enum(['running', 'over', 'closing', 'closed'])
export type MonthState = z.infer<typeof MonthState>

export const MonthBoard = z.object({
  month: Month,
  timeZone: z.string(),
  state: MonthState,
  firstDay: LocalDate,
  lastDay: LocalDate,
  /** The clinic's day of now. */
  today: LocalDate,
  lanes: z.array(BoardLane),
  close: MonthClose.nullable(),
  openCorrections: z.int(),
  /** The oldest of the assessments shown; null where there are none. */
  assessedAt: Instant.nullable(),
  /** True where every row was assessed for this answer. */
  fresh: z.boolean(),
  book: z.string(),
})
export type MonthBoard = z.infer<typeof MonthBoard>

export const ProgressItem = z.object({
  patient: Person,
  lane: Lane,
  careManager: Person.nullable(),
  countedSeconds: Seconds,
  /** Seconds at which the first and the further codes of care by staff are full. */
  stepsSeconds: z.array(Seconds),
  cause: z.string().nullable(),
  owner: z.object({ role: OwnerRole, person: Person.nullable() }).nullable(),
  /** Every step that is still open, for whom, in plain words; nothing of money. */
  fixes: z.array(z.object({ id: z.string(), step: z.string(), role: OwnerRole, sentence: z.string() })),
})
export type ProgressItem = z.infer<typeof ProgressItem>

/** The record that a reason rests on. */
export const EvidenceLink = z.object({
  kind: z.enum([
    'consent',
    'visit',
    'attestation',
    'care_plan',
    'time',
    'decision',
    'coverage',
    'patient',
    'clinic',
    'staff',
    'other_service',
  ]),
  id: Id,
  label: z.string(),
})
export type EvidenceLink = z.infer<typeof EvidenceLink>

export const ProofLeaf = z.object({
  /** Unique within the verdict. */
  id: z.string(),
  rule: z.string(),
  /** The question of the rule book. */
  asks: z.string(),
  status: z.enum(['pass', 'info', 'block', 'hold', 'unknown']),
  sentence: z.string(),
  law: z.array(z.object({ id: z.string(), title: z.string(), tag: z.enum(['S', 'S2', 'K']) })),
  values: z.array(
    z.object({
      key: z.string(),
      value: z.unknown(),
      unit: z.string(),
      from: z.string(),
      checkedThrough: z.string(),
    }),
  ),
  /** True where a value behind it was not compared with the law for this month. */
  stale: z.boolean(),
  evidence: z.array(EvidenceLink),
})
export type ProofLeaf = z.infer<typeof ProofLeaf>

export const ProofGroup = z.object({
  id: z.enum(['consent', 'visit', 'conditions', 'plan', 'minutes', 'staff', 'conflicts', 'coverage']),
  title: z.string(),
  result: z.enum(['pass', 'block', 'hold', 'unknown']),
  leaves: z.array(ProofLeaf),
})
export type ProofGroup = z.infer<typeof ProofGroup>

/** How care under a hospice election stands to the hospice: as its attending physician (GV), unrelated to it (GW), or its own business. */
export const HospiceCare = z.enum(['attending', 'unrelated', 'related'])
export type HospiceCare = z.infer<typeof HospiceCare>

/** The programs that a person may choose for a month instead of chronic care management. */
export const OtherProgram = z.enum(['pcm', 'apcm', 'rhc_bundle'])
export type OtherProgram = z.infer<typeof OtherProgram>

export const MonthVerdict = z.object({
  patient: Person,
  bornOn: LocalDate.nullable(),
  month: Month,
  state: MonthState,
  lane: Lane,
  cause: z.string().nullable(),
  family: CareFamily.nullable(),
  lines: z.array(MonthLine),
  linesIfCleared: z.array(MonthLine),
  totalCents: Cents.nullable(),
  minutes: z.object({
    countedSeconds: Seconds,
    staffSeconds: Seconds,
    practitionerSeconds: Seconds,
    /** Written by hand and waiting for a second person: counts once approved. */
    waitingSeconds: Seconds,
    stepsSeconds: z.array(Seconds),
    leftOut: z.array(z.object({ reason: z.string(), words: z.string(), seconds: Seconds })),
  }),
  groups: z.array(ProofGroup),
  fixes: z.array(
    z.object({
      id: z.string(),
      step: z.string(),
      role: OwnerRole,
      owner: Person.nullable(),
      sentence: z.string(),
    }),
  ),
  alternatives: z.array(
    z.object({
      family: CareFamily,
      lines: z.array(MonthLine),
      totalCents: Cents.nullable(),
      /** Against what stands now; negative pays less. */
      differenceCents: Cents.nullable(),
      why: z.string(),
    }),
  ),
  /** Programs that could stand instead of chronic care management; chosen here, with a reason, and billed elsewhere. */
  otherPrograms: z.array(
    z.object({
      program: OtherProgram,
      name: z.string(),
      lines: z.array(MonthLine),
      totalCents: Cents.nullable(),
      /** Against what stands now; negative pays less. */
      differenceCents: Cents.nullable(),
      why: z.string(),
      /** What the record must show as well, of which the facts do not speak. */
      needs: z.array(z.string()),
    }),
  ),
  choice: z
    .object({
      family: CareFamily.nullable(),
      /** Another program, billed instead; null where only the family or the practitioner was chosen. */
      program: z.object({ id: OtherProgram, name: z.string() }).nullable(),
      practitioner: Person.nullable(),
      hospiceCare: HospiceCare.nullable(),
      reason: z.string(),
      by: Person,
      at: Instant,
    })
    .nullable(),
  practitioner: Person.nullable(),
  careManager: Person.nullable(),
  /** Who may bill instead. */
  practitioners: z.array(Person),
  sentBack: z.array(SentBack),
  assessedAt: Instant,
  book: z.object({ version: z.string(), hash: z.string() }),
  /** Of a closed month: the hash over its facts and verdict, and since when it stands. */
  frozen: z.object({ at: Instant, sha256: Sha256 }).nullable(),
})
export type MonthVerdict = z.infer<typeof MonthVerdict>

export const Resolution = z.enum(['replace_claim', 'new_claim', 'pay_back', 'no_change'])
export type Resolution = z.infer<typeof Resolution>
export const resolutionNames: Record<Resolution, string> = {
  replace_claim: 'Replace the claim',
  new_claim: 'Send a claim for it',
  pay_back: 'Pay back',
  no_change: 'Leave it as billed',
}

const Side = z.object({
  lane: Lane,
  lines: z.array(z.object({ code: z.string(), units: z.int() })),
  countedSeconds: Seconds,
  cause: z.string().nullable(),
})
/** Something that came to light after a month was closed: what was billed, what would be billed with it, and the difference. */
export const CorrectionCase = z.object({
  id: Id,
  patient: Person,
  month: Month,
  cause: z.string(),
  detail: z.string(),
  timeEntryId: Id.nullable(),
  /** Null while the close has not reached this patient. */
  before: Side.nullable(),
  after: Side.nullable(),
  differenceCents: Cents.nullable(),
  openedBy: Person,
  openedAt: Instant,
  resolved: z.object({ resolution: Resolution, note: z.string(), by: Person, at: Instant }).nullable(),
})
export type CorrectionCase = z.infer<typeof CorrectionCase>

const dayWords = (day: string) =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

export const monthCan = {
  close: can<Pick<MonthBoard, 'state' | 'lastDay'>>(({ state, lastDay }) =>
    state === 'running'
      ? `The month runs until ${dayWords(lastDay)}; it can be closed from the day after.`
      : state === 'closed'
        ? 'The month is closed.'
        : null,
  ),
  change: can<{ state: MonthState }>(({ state }) =>
    state === 'closed' || state === 'closing'
      ? 'The month is closed. What comes up now becomes a correction case.'
      : null,
  ),
  correct: can<{ state: MonthState }>(({ state }) =>
    state === 'closed' ? null : 'The month is still open: mend it there.',
  ),
  resolve: can<Pick<CorrectionCase, 'resolved'>>(({ resolved }) =>
    resolved === null ? null : `${resolved.by.name} resolved it already.`,
  ),
}

const ByMonth = z.object({ month: Month })
const ByPatientMonth = z.object({ month: Month, patientId: Id })

export const months = {
  board: endpoint({
    method: 'GET',
    path: '/months/:month',
    summary: 'Every patient-month of the clinic in its lane, with cause and owner',
    permission: 'month:read',
    audit: 'month.board_opened',
    phi: true,
    errors: ['law_unknown'],
    params: ByMonth,
    query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(500) }),
    output: MonthBoard,
  }),
  assess: endpoint({
    method: 'POST',
    path: '/months/:month/assessment',
    summary: 'Assess every patient-month anew, in batches; for clinics too large for one look',
    permission: 'month:read',
    audit: 'month.assessed',
    phi: false,
    errors: ['law_unknown', 'month_closed'],
    params: ByMonth,
    output: z.object({ patients: z.int(), changed: z.int() }),
  }),
  progress: endpoint({
    method: 'GET',
    path: '/months/:month/progress',
    summary: 'Where each patient stands in the month and what is still to do; no money',
    permission: 'month:progress',
    audit: 'month.progress_opened',
    phi: true,
    errors: ['not_found', 'law_unknown'],
    params: ByMonth,
    query: z.object({
      careManagerId: Id.optional(),
      patientId: Id.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: z.object({
      month: Month,
      state: MonthState,
      lastDay: LocalDate,
      items: z.array(ProgressItem),
      total: z.int(),
    }),
  }),
  verdict: endpoint({
    method: 'GET',
    path: '/months/:month/patients/:patientId',
    summary: 'Why one patient-month may be billed or not, with law and evidence',
    permission: 'month:read',
    audit: 'month.verdict_opened',
    phi: true,
    errors: ['not_found', 'law_unknown'],
    params: ByPatientMonth,
    output: MonthVerdict,
  }),
  choose: endpoint({
    method: 'POST',
    path: '/months/:month/patients/:patientId/choices',
    summary:
      'Choose another family, program or billing practitioner, or settle the hospice, with the reason; none of them takes the choice back',
    permission: 'month:close',
    audit: 'month.choice_made',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'month_closed', 'not_a_practitioner', 'invalid_input', 'law_unknown'],
    params: ByPatientMonth,
    body: z.object({
      family: CareFamily.nullable().default(null),
      program: OtherProgram.nullable().default(null),
      practitionerId: Id.nullable().default(null),
      hospiceCare: HospiceCare.nullable().default(null),
      reason: Sentence,
    }),
    output: MonthVerdict,
  }),
  sendBack: endpoint({
    method: 'POST',
    path: '/months/:month/patients/:patientId/requests',
    summary: 'Hand a missing step to the one who can do it, with a day by which',
    permission: 'month:close',
    audit: 'month.sent_back',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'invalid_input', 'law_unknown', 'month_closed'],
    params: ByPatientMonth,
    body: z.object({
      fixId: z.string().min(1).max(200),
      dueOn: LocalDate,
      note: z.string().trim().max(500).default(''),
    }),
    output: SentBack,
  }),
  close: endpoint({
    method: 'POST',
    path: '/months/:month/close',
    summary: 'Close the month: freeze, assess, snapshot, make the claims. Again is a no-op; after a crash it goes on',
    permission: 'month:close',
    audit: 'month.closed',
    phi: false,
    errors: ['month_not_over', 'close_running', 'law_unknown'],
    params: ByMonth,
    output: MonthClose,
  }),
  closing: endpoint({
    method: 'GET',
    path: '/months/:month/close',
    summary: 'How far the close has come',
    permission: 'month:read',
    audit: null,
    phi: false,
    background: true,
    errors: [],
    params: ByMonth,
    output: z.object({ close: MonthClose.nullable() }),
  }),
  corrections: endpoint({
    method: 'GET',
    path: '/correction-cases',
    summary: 'What came to light after a close, with the difference it makes',
    permission: 'month:read',
    audit: 'correction.listed',
    phi: true,
    errors: [],
    query: z.object({
      month: Month.optional(),
      state: z.enum(['open', 'resolved', 'all']).default('open'),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ items: z.array(CorrectionCase), open: z.int() }),
  }),
  openCorrection: endpoint({
    method: 'POST',
    path: '/months/:month/patients/:patientId/correction-cases',
    summary: 'Something other than time came to light after the close: compare the frozen month with the record of now',
    permission: 'month:close',
    audit: 'correction.opened',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'law_unknown'],
    params: ByPatientMonth,
    body: z.object({ detail: Sentence }),
    output: CorrectionCase,
  }),
  resolveCorrection: endpoint({
    method: 'POST',
    path: '/correction-cases/:id/resolution',
    summary: 'Say what follows from a correction case',
    permission: 'correction:resolve',
    audit: 'correction.resolved',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ resolution: Resolution, note: Sentence }),
    output: CorrectionCase,
  }),
}
