import { z } from 'zod'
import { can } from './can.ts'
import { HoldingEdit } from './edits.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf, Sentence } from './models.ts'

export const claimStatuses = [
  'ready',
  'batched',
  'sent',
  'accepted',
  'rejected',
  'paid',
  'denied',
  'underpaid',
  'reversed',
  'withdrawn',
  'replaced',
] as const
export const ClaimStatus = z.enum(claimStatuses)
export type ClaimStatus = z.infer<typeof ClaimStatus>

export const claimStatusWords: Record<ClaimStatus, string> = {
  ready: 'Ready to send',
  batched: 'In a batch',
  sent: 'Sent',
  accepted: 'Taken by the payer',
  rejected: 'Rejected',
  paid: 'Paid',
  denied: 'Denied',
  underpaid: 'Paid too little',
  reversed: 'Taken back',
  withdrawn: 'Withdrawn',
  replaced: 'Billed anew',
}

/** A fault of a claim before it leaves, from the same checks that read other people's files. */
export const ClaimFinding = z.object({
  level: z.int(),
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  message: z.string(),
  segment: z.int().nullable(),
  element: z.string().nullable(),
  loop: z.string().nullable(),
})

/** P: the payer pays first; S: behind another one. */
export const PayerSequence = z.enum(['P', 'S'])
export type PayerSequence = z.infer<typeof PayerSequence>

const PayerAdjustment = z.object({
  group: z.enum(['CO', 'PR', 'OA', 'PI', 'CR']),
  /** A claim adjustment reason code. */
  code: z.string().min(1).max(5),
  amountCents: Cents,
})

/** What a payer decided that comes before the payer of a claim (loops 2320, 2330 and 2430 of an 837P). */
export const OtherPayer = z.object({
  name: z.string(),
  /** NM109 of the payer. */
  payerId: z.string(),
  /** SBR09 */
  filingCode: z.string(),
  sequence: PayerSequence,
  /** SBR05 of the claim: why Medicare pays second; null where the claim does not go to Medicare. */
  mspType: z.enum(['12', '13', '14', '15', '16', '41', '42', '43', '47']).nullable(),
  groupNumber: z.string().nullable(),
  /** Only where there is no number. */
  groupName: z.string().nullable(),
  /** SBR02: 18 the patient, 01 the spouse, G8 another one. */
  relationship: z.string(),
  insured: z.object({ family: z.string(), given: z.string(), memberId: z.string() }),
  decidedOn: LocalDate,
  /** The payer's own number of its claim. */
  claimNumber: z.string().nullable(),
  /** What it adjusted on the claim as a whole, said of no line. */
  adjustments: z.array(PayerAdjustment),
  /** By the code of the claim's line; charge = paid + adjusted on each. */
  lines: z.array(
    z.object({ code: z.string(), paidCents: Cents, units: z.int().min(0), adjustments: z.array(PayerAdjustment) }),
  ),
})
export type OtherPayer = z.infer<typeof OtherPayer>

/** The payer to whom a bill goes that follows a decided claim. */
export const FollowingPayer = z.object({
  name: z.string(),
  payerId: z.string(),
  filingCode: z.string(),
  memberId: z.string(),
  groupNumber: z.string().nullable(),
  /** The coverage that told it. */
  coverageId: Id,
  /** The payer's decision on the claim before, on which the bill rests. */
  decisionId: Id,
})
export type FollowingPayer = z.infer<typeof FollowingPayer>

export const ClaimRow = z.object({
  id: Id,
  controlNumber: z.string(),
  payerSequence: PayerSequence,
  /** The decided claim that this one follows to a supplement; null for the claim that bills the month. */
  followsClaimId: Id.nullable(),
  patient: Person,
  month: Month,
  practitioner: Person,
  status: ClaimStatus,
  serviceOn: LocalDate,
  codes: z.array(z.object({ code: z.string(), units: z.int() })),
  chargeCents: Cents,
  expectedMedicareCents: Cents.nullable(),
  paidCents: Cents,
  openCents: Cents,
  qmb: z.boolean(),
  payerClaimNumber: z.string().nullable(),
  batchId: Id.nullable(),
  /** Denied, underpaid or overpaid lines of it that nobody has resolved. */
  openDenials: z.int(),
  /** The newest event in one sentence. */
  last: z.object({ sentence: z.string(), at: Instant }).nullable(),
})
export type ClaimRow = z.infer<typeof ClaimRow>

/** Where the cause of a refusal is mended. */
export const fixPlaces = ['coverage', 'patient', 'staff', 'clinic', 'month', 'payer'] as const
export const FixPlace = z.enum(fixPlaces)
export type FixPlace = z.infer<typeof FixPlace>

export const Claim = ClaimRow.extend({
  diagnoses: z.array(z.string()),
  expectedAllowedCents: Cents.nullable(),
  expectedPatientCents: Cents.nullable(),
  snapshotSha256: z.string(),
  live: z.boolean(),
  replacesClaimId: Id.nullable(),
  /** The claim that was made in place of this one. */
  replacedByClaimId: Id.nullable(),
  /** The payer to whom the decision was passed on: it has the claim already, so it is never billed by us. */
  forwardedTo: z.string().nullable(),
  /** Why the payer refused the claim, with what to mend and where; null while it is not refused. */
  rejection: z
    .object({
      sentence: z.string(),
      at: Instant,
      fixes: z.array(z.object({ code: z.string(), meaning: z.string(), action: z.string(), place: FixPlace })),
    })
    .nullable(),
  /** CLM05-3: 1 an original claim, 7 a replacement. */
  frequency: z.enum(['1', '7']),
  /** To whom a bill goes that follows a decided claim; null for the clinic's own payer. */
  payer: FollowingPayer.nullable(),
  otherPayer: OtherPayer.nullable(),
  /** True where the decision before was taken back or another one stands since: the bill no longer says what was decided. */
  outdated: z.boolean(),
  lines: z.array(
    z.object({
      id: Id,
      number: z.int(),
      code: z.string(),
      modifiers: z.array(z.string()),
      units: z.int(),
      chargeCents: Cents,
      expectedAllowedCents: Cents.nullable(),
      expectedMedicareCents: Cents.nullable(),
      expectedPatientCents: Cents.nullable(),
      paidCents: Cents,
      adjustments: z.array(z.object({ group: z.string(), code: z.string(), amountCents: Cents })),
      pointers: z.array(z.int()),
      lineControl: z.string(),
    }),
  ),
  events: z.array(
    z.object({
      id: Id,
      kind: z.string(),
      sentence: z.string(),
      codes: z.array(z.string()),
      at: Instant,
      by: Person.nullable(),
      fileId: Id.nullable(),
    }),
  ),
  /** The ledger of this claim: each entry's postings add up to zero. */
  ledger: z.array(
    z.object({
      id: Id,
      kind: z.string(),
      memo: z.string(),
      bookedOn: LocalDate,
      postings: z.array(
        z.object({
          account: z.string(),
          amountCents: Cents,
          group: z.string().nullable(),
          code: z.string().nullable(),
        }),
      ),
    }),
  ),
  balance: z.object({
    /** Less what an insurer before Medicare took on; of a bill that follows a claim, the patient's share that it asks for. */
    chargeCents: Cents,
    paidCents: Cents,
    adjustedCents: Cents,
    patientCents: Cents,
    /** The patient's share that a supplement is asked for instead, by a claim of its own. */
    movedCents: Cents,
    openCents: Cents,
  }),
})
export type Claim = z.infer<typeof Claim>

export const Batch = z.object({
  id: Id,
  number: z.string(),
  status: z.enum(['waiting', 'sending', 'sent', 'undone', 'failed', 'accepted', 'rejected']),
  channel: z.enum(['download', 'sftp', 'simulator']),
  claimsCount: z.int(),
  chargeCents: Cents,
  expectedMedicareCents: Cents.nullable(),
  createdAt: Instant,
  /** Null where the command line made it. */
  createdBy: Person.nullable(),
  leavesAt: Instant,
  sentAt: Instant.nullable(),
  receipt: z.string().nullable(),
  lastError: z.string().nullable(),
  interchangeControl: z.string(),
  fileName: z.string(),
  fileId: Id,
  fileSha256: z.string(),
})
export type Batch = z.infer<typeof Batch>

/** A batch goes to one payer. */
const BatchPayer = z.object({ payerId: z.string().nullable(), name: z.string() })

/** What a batch would hold, before anything is made. */
export const BatchPreview = z.object({
  /** To whom all of it goes; the id is null for the clinic's own payer. */
  payer: BatchPayer,
  /** Ready claims that go to other payers, each of them by a batch of its own. */
  otherPayers: z.array(BatchPayer.extend({ claims: z.int() })),
  claims: z.array(ClaimRow),
  claimsCount: z.int(),
  chargeCents: Cents,
  expectedMedicareCents: Cents.nullable(),
  expectedPatientCents: Cents.nullable(),
  /** Claims that cannot leave, with each fault. */
  faulty: z.array(z.object({ claim: ClaimRow, findings: z.array(ClaimFinding) })),
  /** Claims without a fault that an edit of the clinic holds. */
  held: z.array(z.object({ claim: ClaimRow, edits: z.array(HoldingEdit) })),
  channel: z.enum(['download', 'sftp', 'simulator']),
  undoSeconds: z.int(),
})
export type BatchPreview = z.infer<typeof BatchPreview>

export const X12File = z.object({
  id: Id,
  direction: z.enum(['out', 'in']),
  kind: z.string(),
  name: z.string(),
  sha256: z.string(),
  recordedAt: Instant,
  outcome: z.enum(['posted', 'held', 'taken', 'refused', 'sent', 'made']),
  /** What the file did, one plain sentence each. */
  sentences: z.array(z.string()),
})
export type X12File = z.infer<typeof X12File>

/** The answer to a file that was taken in: what it was, what it changed, and what could not be attributed. */
export const Intake = z.object({
  file: X12File,
  /** True when this very file, or this payment, was taken in before: nothing changed. */
  alreadyKnown: z.boolean(),
  claimsChanged: z.int(),
  /** Claims of the file that are none of ours. */
  unknownClaims: z.array(z.object({ controlNumber: z.string(), sentence: z.string() })),
  remittanceIds: z.array(Id),
})
export type Intake = z.infer<typeof Intake>

export const batchCan = {
  undo: can<{ status: Batch['status']; leavesAt: string; now: string }>(({ status, leavesAt, now }) =>
    status !== 'waiting'
      ? 'The batch has left.'
      : leavesAt <= now
        ? 'The undo window is over; the batch is leaving.'
        : null,
  ),
  download: can<{ status: Batch['status'] }>(({ status }) =>
    status === 'undone' ? 'The batch was taken back.' : null,
  ),
}
export const claimCan = {
  withdraw: can<{ status: ClaimStatus }>(({ status }) =>
    status === 'ready' || status === 'rejected' ? null : 'Only a claim that the payer does not have can be withdrawn.',
  ),
  correct: can<{ status: ClaimStatus }>(({ status }) =>
    status === 'rejected' ? null : 'Only a rejected claim is corrected and sent anew.',
  ),
}

/** The claims of a batch: those that are named, or every ready one of a payer (and month). */
const BatchWanted = z.object({
  month: Month.optional(),
  claimIds: z.array(Id).max(5000).optional(),
  /** NM109 of a payer behind Medicare; the clinic's own payer where it is left out, and the next other one where that has none. */
  payerId: z.string().optional(),
})

/** How old a debt is, in days since the claim left. */
export const ageBuckets = ['0_30', '31_60', '61_90', '91_120', 'over_120'] as const
export const AgeBucket = z.enum(ageBuckets)
export type AgeBucket = z.infer<typeof AgeBucket>

/** How many days an unsent claim has left until its filing limit. */
export const filingBuckets = ['late', 'days_30', 'days_60', 'days_90', 'later'] as const
export const FilingBucket = z.enum(filingBuckets)
/** Claims that no payer has taken yet, with the days that they have left. */
export const FilingLeft = z.object({ bucket: FilingBucket, claims: z.int(), chargeCents: Cents })
export type FilingLeft = z.infer<typeof FilingLeft>
export type FilingBucket = z.infer<typeof FilingBucket>

/** A correction case whose resolution asks for a claim that is not made yet. */
export const ClaimCase = z.object({
  id: Id,
  patient: Person,
  month: Month,
  resolution: z.enum(['new_claim', 'replace_claim']),
  note: z.string(),
  /** What the month would bring more or less, in cents; null where it is not known. */
  differenceCents: Cents.nullable(),
  /** The claim that stands for the month now. */
  standing: z.object({ id: Id, controlNumber: z.string(), status: ClaimStatus }).nullable(),
  /** Null when the claim can be made, otherwise why not and what to do. */
  whyNot: z.string().nullable(),
})
export type ClaimCase = z.infer<typeof ClaimCase>

export const claims = {
  cases: endpoint({
    method: 'GET',
    path: '/claim-cases',
    summary: 'Correction cases that ask for a claim which is not made yet',
    permission: 'claim:read',
    audit: 'claim.cases_listed',
    phi: true,
    errors: [],
    output: z.object({ items: z.array(ClaimCase) }),
  }),
  makeOfCase: endpoint({
    method: 'POST',
    path: '/claim-cases/:id/claim',
    summary: 'Make the claim that a correction case asks for, from the verdict as it is now',
    permission: 'claim:send',
    audit: 'claim.made_of_case',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'claim_not_ready'],
    params: ById,
    output: Claim,
  }),
  list: endpoint({
    method: 'GET',
    path: '/claims',
    summary: 'Claims by status and month',
    permission: 'claim:read',
    audit: 'claim.listed',
    phi: true,
    errors: [],
    query: PageQuery.extend({
      status: ClaimStatus.optional(),
      month: Month.optional(),
      patientId: Id.optional(),
      /** Only what is still owed, as old as this. */
      age: AgeBucket.optional(),
      /** Only what has not been taken yet and has so many days left to leave. */
      filing: FilingBucket.optional(),
    }),
    output: pageOf(ClaimRow).extend({
      /** Charges of the claims that bill a month; a bill that follows one charges nothing more. */
      counts: z.array(z.object({ status: ClaimStatus, count: z.int(), chargeCents: Cents })),
    }),
  }),
  filing: endpoint({
    method: 'GET',
    path: '/filing-clock',
    summary: 'How many claims have not been taken by their payer yet, by the days that are left to file them',
    permission: 'claim:read',
    audit: null,
    phi: false,
    background: true,
    errors: [],
    output: z.object({ items: z.array(FilingLeft) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/claims/:id',
    summary: 'One claim with its lines, history and ledger',
    permission: 'claim:read',
    audit: 'claim.viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: Claim,
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/claims/:id/withdrawal',
    summary: 'Take back a claim that the payer does not have',
    permission: 'claim:send',
    audit: 'claim.withdrawn',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'claim_already_sent'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: Claim,
  }),
  correct: endpoint({
    method: 'POST',
    path: '/claims/:id/correction',
    summary: "Make a rejected claim ready again with today's coverage and address",
    permission: 'claim:send',
    audit: 'claim.corrected',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'claim_not_ready'],
    params: ById,
    body: z.object({ note: Sentence }),
    output: Claim,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/claim-batches/preview',
    summary: 'What a batch of the ready claims would hold, checked',
    permission: 'claim:send',
    audit: 'batch.previewed',
    phi: true,
    errors: ['claim_not_ready', 'claim_faulty'],
    body: BatchWanted,
    output: BatchPreview,
  }),
  batch: endpoint({
    method: 'POST',
    path: '/claim-batches',
    summary: 'Make a batch: an 837P that leaves when its undo window is over',
    permission: 'claim:send',
    audit: 'batch.made',
    phi: true,
    idempotent: true,
    errors: ['claim_not_ready', 'claim_faulty', 'claim_already_sent'],
    body: BatchWanted,
    output: Batch,
  }),
  batches: endpoint({
    method: 'GET',
    path: '/claim-batches',
    summary: 'Batches, the newest first',
    permission: 'claim:read',
    audit: null,
    phi: false,
    errors: [],
    query: PageQuery,
    output: pageOf(Batch),
  }),
  getBatch: endpoint({
    method: 'GET',
    path: '/claim-batches/:id',
    summary: 'One batch with its claims and the answers to it',
    permission: 'claim:read',
    audit: 'batch.viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: Batch.extend({ claims: z.array(ClaimRow), answers: z.array(X12File) }),
  }),
  undo: endpoint({
    method: 'POST',
    path: '/claim-batches/:id/undoing',
    summary: 'Take a batch back before it leaves',
    permission: 'claim:send',
    audit: 'batch.undone',
    phi: false,
    errors: ['not_found', 'undo_window_over'],
    params: ById,
    output: Batch,
  }),
  sendNow: endpoint({
    method: 'POST',
    path: '/claim-batches/:id/sending',
    summary: 'Let a waiting batch leave at once, or try a failed one again',
    permission: 'claim:send',
    audit: 'batch.sent_now',
    phi: false,
    errors: ['not_found', 'undo_window_over'],
    params: ById,
    output: Batch,
  }),
  download: endpoint({
    method: 'GET',
    path: '/claim-batches/:id/file',
    summary: 'The 837P of a batch; downloading it counts as sending',
    permission: 'claim:send',
    audit: 'batch.downloaded',
    phi: true,
    errors: ['not_found', 'undo_window_over'],
    params: ById,
    output: 'file',
  }),
  takeIn: endpoint({
    method: 'POST',
    path: '/x12-files',
    summary: 'Take in a 999, TA1, 277CA, 277, 835 or 271; told apart by content',
    permission: 'remittance:post',
    audit: 'x12.taken_in',
    phi: true,
    errors: ['too_large', 'unreadable_file', 'file_type_mismatch'],
    query: z.object({ name: z.string().min(1).max(200) }),
    upload: { limitBytes: 50 * 1024 * 1024 },
    output: Intake,
  }),
  files: endpoint({
    method: 'GET',
    path: '/x12-files',
    summary: 'X12 files in and out, the newest first',
    permission: 'claim:read',
    audit: null,
    phi: false,
    errors: [],
    query: PageQuery.extend({ direction: z.enum(['out', 'in']).optional() }),
    output: pageOf(X12File),
  }),
  fileContent: endpoint({
    method: 'GET',
    path: '/x12-files/:id/content',
    summary: 'The exact text of an X12 file',
    permission: 'claim:read',
    audit: 'x12.opened',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: 'file',
  }),
}
