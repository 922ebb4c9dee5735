import { z } from 'zod'
import { roles } from './access.ts'
import { can } from './can.ts'
import { AgeBucket, FilingLeft } from './claims.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, PageQuery, Person, pageOf, Sentence } from './models.ts'

/** Why a payment was not posted by itself. */
export const holdKinds = [
  'cut_off',
  'damaged',
  'claim_balance',
  'payment_balance',
  'no_number',
  'no_date',
  'notice_only',
  'number_used',
  'posted_otherwise',
] as const
export const HoldKind = z.enum(holdKinds)
export type HoldKind = z.infer<typeof HoldKind>

export const RemittanceStatus = z.enum(['posted', 'held', 'discarded'])
export type RemittanceStatus = z.infer<typeof RemittanceStatus>

/** What the bank statement says came for a payment. */
export const Deposit = z.object({
  bankCents: Cents,
  receivedOn: LocalDate,
  reference: z.string().nullable(),
  /** The bank's amount less the payment's: zero when they tie. */
  differenceCents: Cents,
  by: Person,
  at: Instant,
})

export const RemittanceRow = z.object({
  id: Id,
  payerName: z.string(),
  trace: z.string(),
  paidOn: LocalDate,
  method: z.string(),
  amountCents: Cents,
  claimsCents: Cents,
  providerAdjustmentCents: Cents,
  status: RemittanceStatus,
  holdReason: z.string().nullable(),
  /** A file of the payer, or a paper notice that a person entered. */
  source: z.enum(['file', 'paper']),
  /** Null until somebody has seen the money at the bank. */
  deposit: Deposit.nullable(),
  claimsCount: z.int(),
  unmatchedCount: z.int(),
  recordedAt: Instant,
  fileId: Id.nullable(),
})
export type RemittanceRow = z.infer<typeof RemittanceRow>

export const RemittanceClaim = z.object({
  id: Id,
  position: z.int(),
  controlNumber: z.string(),
  payerClaimNumber: z.string().nullable(),
  statusCode: z.string(),
  kind: z.enum(['payment', 'reversal']),
  patientName: z.string(),
  claim: z.object({ id: Id, patient: Person, month: Month }).nullable(),
  matchedBy: z.string().nullable(),
  chargeCents: Cents,
  paidCents: Cents,
  patientCents: Cents,
  expectedMedicareCents: Cents.nullable(),
  differenceCents: Cents.nullable(),
  lines: z.array(
    z.object({
      code: z.string(),
      chargeCents: Cents,
      paidCents: Cents,
      adjustments: z.array(z.object({ group: z.string(), code: z.string(), amountCents: Cents, meaning: z.string() })),
      remarks: z.array(z.string()),
    }),
  ),
  adjustments: z.array(z.object({ group: z.string(), code: z.string(), amountCents: Cents, meaning: z.string() })),
  /** For an unmatched claim: ours that might be meant, for a person to choose. */
  candidates: z.array(
    z.object({
      claimId: Id,
      patient: Person,
      month: Month,
      controlNumber: z.string(),
      chargeCents: Cents,
      why: z.string(),
    }),
  ),
})
export type RemittanceClaim = z.infer<typeof RemittanceClaim>

export const Remittance = RemittanceRow.extend({
  claims: z.array(RemittanceClaim),
  providerAdjustments: z.array(
    z.object({ code: z.string(), meaning: z.string(), reference: z.string().nullable(), amountCents: Cents }),
  ),
  balance: z.object({ ok: z.boolean(), differenceCents: Cents, sentences: z.array(z.string()) }),
  holds: z.array(z.object({ kind: HoldKind, sentence: z.string() })),
  /** What people did with it, the oldest first. */
  deeds: z.array(
    z.object({
      id: Id,
      kind: z.enum(['entered', 'released', 'discarded', 'restored']),
      reason: z.string(),
      by: Person,
      at: Instant,
    }),
  ),
})
export type Remittance = z.infer<typeof Remittance>

/** Holds that no person can judge away, each with the sentence that says what to do instead. */
const insuperable: Partial<Record<HoldKind, string>> = {
  cut_off: 'The file is cut off, so nobody knows what it leaves out. Ask the payer for the whole file and take it in.',
  damaged: 'The file is damaged. Ask the payer for a whole one and take it in.',
  claim_balance:
    'A claim in it does not balance, so nobody can say what to book on it. Ask for a corrected file, or enter the paper notice by hand and discard this one.',
  no_number:
    'Without a number it could be posted twice. Ask the payer for the number, enter the payment by hand and discard this one.',
  notice_only: 'No money came with it. The payment itself comes in another file.',
  posted_otherwise: 'This payment is posted already; posting it again would count the money twice. Discard this one.',
}

interface Judged {
  status: RemittanceStatus
  holds: readonly { kind: HoldKind }[]
}
export const remittanceCan = {
  release: can<Judged>(({ status, holds }) =>
    status !== 'held'
      ? 'It is not held.'
      : holds.length === 0
        ? 'Take its file in again: it was held before its reasons were kept one by one.'
        : (holds.map(({ kind }) => insuperable[kind]).find((reason) => reason !== undefined) ?? null),
  ),
  discard: can<Pick<Judged, 'status'>>(({ status }) =>
    status === 'held'
      ? null
      : status === 'posted'
        ? 'It is posted; only the payer takes a payment back.'
        : 'It is discarded.',
  ),
  restore: can<Pick<Judged, 'status'>>(({ status }) => (status === 'discarded' ? null : 'It is not discarded.')),
  deposit: can<{ status: RemittanceStatus; amountCents: number }>(({ status, amountCents }) =>
    status === 'discarded' ? 'It is discarded.' : amountCents === 0 ? 'No money moved with it.' : null,
  ),
}

/** A paper notice as a person types it; amounts in cents. */
export const PaperRemittance = z.object({
  payerName: z.string().trim().min(1, 'Write who paid.').max(60),
  trace: z.string().trim().min(1, 'Write the number of the check or transfer.').max(50),
  paidOn: LocalDate,
  method: z.enum(['CHK', 'ACH', 'NON']),
  amountCents: Cents.min(0),
  claims: z
    .array(
      z.object({
        claimId: Id,
        payerClaimNumber: z.string().trim().max(50).nullable(),
        lines: z
          .array(
            z.object({
              lineId: Id,
              paidCents: Cents.min(0),
              adjustments: z
                .array(
                  z.object({
                    group: z.enum(['CO', 'PR', 'OA', 'PI']),
                    code: z
                      .string()
                      .trim()
                      .toUpperCase()
                      .regex(/^[A-Z]?\d{1,3}$/, 'Write the reason code, such as 45.'),
                    amountCents: Cents.min(1),
                  }),
                )
                .max(18),
              remarks: z
                .array(
                  z
                    .string()
                    .trim()
                    .toUpperCase()
                    .regex(/^[A-Z]{1,2}\d{1,4}$/, 'Write the remark code, such as MA130.'),
                )
                .max(5),
            }),
          )
          .min(1)
          .max(50),
      }),
    )
    .min(1, 'Name at least one claim.')
    .max(100),
  providerAdjustments: z
    .array(
      z.object({
        code: z.string().trim().toUpperCase().min(1).max(3),
        reference: z.string().trim().max(50).nullable(),
        amountCents: Cents,
      }),
    )
    .max(20),
  /** Where it comes from: "Check stub in Tuesday's mail". */
  source: Sentence,
})
export type PaperRemittance = z.infer<typeof PaperRemittance>

/** The biller's figures: what is owed and how long, the first pass, causes, and the clock of timely filing. */
export const Receivables = z.object({
  asOf: LocalDate,
  ageing: z.array(z.object({ bucket: AgeBucket, claims: z.int(), payerCents: Cents, patientCents: Cents })),
  payerCents: Cents,
  patientCents: Cents,
  /** What payers owe over the charges of an average day of the last ninety; null without charges. */
  daysInReceivables: z.number().nullable(),
  /** Decided claims of the last months, and those of them that were neither refused, nor corrected, nor denied. */
  firstPass: z.object({ decided: z.int(), paid: z.int(), rate: z.number().nullable() }),
  filing: z.array(FilingLeft),
  /** After how many days without a decision a claim counts as stale. */
  staleDays: z.int(),
  stale: z.object({ claims: z.int(), chargeCents: Cents }),
  months: z.array(
    z.object({
      month: Month,
      claims: z.int(),
      chargeCents: Cents,
      expectedCents: Cents,
      paidCents: Cents,
      patientCents: Cents,
      deniedCents: Cents,
      openCents: Cents,
      /**
       * What else became of the charges: charge = first insurer + contractual + sequestration + denied + other + patient +
       * paid + open, to the cent.
       */
      firstInsurerCents: Cents,
      contractualCents: Cents,
      sequestrationCents: Cents,
      otherCents: Cents,
      unsent: z.int(),
      decided: z.int(),
      firstPass: z.int(),
    }),
  ),
  causes: z.array(z.object({ cause: z.string(), count: z.int(), amountCents: Cents, open: z.int() })),
  /** Months that are over, with the patients who have twenty counted minutes or more and no claim; the newest first. */
  unbilled: z.array(z.object({ month: Month, patients: z.int() })),
  /** What was sent back to be mended in the last year, by the seat that has it. */
  sentBack: z.array(
    z.object({
      role: z.enum(roles),
      sent: z.int(),
      done: z.int(),
      open: z.int(),
      /** Done or still open after its day. */
      late: z.int(),
      /** Half of what was done came back sooner; null while nothing was done. */
      medianSeconds: z.int().nullable(),
    }),
  ),
})
export type Receivables = z.infer<typeof Receivables>

export const remittances = {
  receivables: endpoint({
    method: 'GET',
    path: '/receivables',
    summary: 'What is owed and how long, the first pass, causes of denials, and what has to leave soon',
    permission: 'remittance:read',
    audit: null,
    phi: false,
    errors: [],
    output: Receivables,
  }),
  list: endpoint({
    method: 'GET',
    path: '/remittances',
    summary: 'Payments by the payers, the newest first',
    permission: 'remittance:read',
    audit: 'remittance.listed',
    phi: false,
    errors: [],
    query: PageQuery.extend({
      status: RemittanceStatus.optional(),
      deposit: z.enum(['missing', 'different']).optional(),
    }),
    output: pageOf(RemittanceRow).extend({
      totals: z.object({
        expectedCents: Cents,
        paidCents: Cents,
        openCents: Cents,
        heldCount: z.int(),
        unmatchedCount: z.int(),
        /** Posted payments that nobody has seen at the bank, or whose bank amount is another. */
        undepositedCount: z.int(),
        undepositedCents: Cents,
        depositDifferenceCount: z.int(),
      }),
    }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/remittances/:id',
    summary: 'One payment, claim by claim',
    permission: 'remittance:read',
    audit: 'remittance.viewed',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: Remittance,
  }),
  match: endpoint({
    method: 'POST',
    path: '/remittance-claims/:id/match',
    summary: 'Say which claim of ours an unmatched line is about',
    permission: 'remittance:post',
    audit: 'remittance.matched',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'claim_unknown'],
    params: ById,
    body: z.object({ claimId: Id, reason: Sentence }),
    output: Remittance,
  }),
  release: endpoint({
    method: 'POST',
    path: '/remittances/:id/release',
    summary: 'Post a held payment after a person has judged why it was held',
    permission: 'remittance:post',
    audit: 'remittance.released',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'remittance_held', 'remittance_known'],
    params: ById,
    body: z.object({ reason: Sentence, paidOn: LocalDate.optional() }),
    output: Remittance,
  }),
  discard: endpoint({
    method: 'POST',
    path: '/remittances/:id/discard',
    summary: 'Put a held payment aside: nothing of it will be posted',
    permission: 'remittance:post',
    audit: 'remittance.discarded',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({ reason: Sentence }),
    output: Remittance,
  }),
  restore: endpoint({
    method: 'POST',
    path: '/remittances/:id/restoration',
    summary: 'Take a discarding back: the payment is held again',
    permission: 'remittance:post',
    audit: 'remittance.restored',
    phi: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    output: Remittance,
  }),
  deposit: endpoint({
    method: 'POST',
    path: '/remittances/:id/deposit',
    summary: 'Say what the bank received for a payment',
    permission: 'remittance:post',
    audit: 'remittance.deposit_recorded',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict'],
    params: ById,
    body: z.object({
      bankCents: Cents.min(0),
      receivedOn: LocalDate,
      reference: z.string().trim().max(80).nullable(),
    }),
    output: Remittance,
  }),
  enter: endpoint({
    method: 'POST',
    path: '/paper-remittances',
    summary: 'Post a payment whose notice came on paper',
    permission: 'remittance:post',
    audit: 'remittance.entered',
    phi: true,
    idempotent: true,
    errors: ['claim_unknown', 'invalid_input', 'remittance_known'],
    body: PaperRemittance,
    output: Remittance,
  }),
}
