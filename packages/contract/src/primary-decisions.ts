import { z } from 'zod'
import { OtherPayer } from './claims.ts'
import { endpoint } from './endpoint.ts'
import { Cents, Id, Instant, LocalDate, Month, Name, Person, Sentence } from './models.ts'
import { filingCodes } from './patients.ts'

/** Why Medicare pays second (SBR05), in plain words. */
export const mspTypeWords = {
  '12': 'Working at 65 or older, or the spouse works',
  '13': 'Kidney failure, first 30 months of the employer plan',
  '14': 'No-fault or auto insurance',
  '15': "Workers' compensation",
  '16': 'Public Health Service or another federal agency',
  '41': 'Black lung',
  '42': 'Veterans Affairs',
  '43': 'Disabled, under 65, with a large employer plan',
  '47': 'Liability insurance',
} as const
export type MspType = keyof typeof mspTypeWords
export const mspTypes = Object.keys(mspTypeWords) as MspType[]

/** Whose insurance it is (SBR02), in plain words. */
export const relationshipWords = { '18': 'The patient', '01': 'The spouse', G8: 'Somebody else' } as const
export type InsuredRelationship = keyof typeof relationshipWords
export const relationships = Object.keys(relationshipWords) as InsuredRelationship[]

const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null)

/** An insurer that pays before Medicare, as a claim names it. */
export const FirstInsurer = z.object({
  name: Name,
  /** NM109 */
  payerId: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{2,20}$/, 'Letters and digits, as the clearinghouse lists the payer.'),
  /** SBR09 */
  filingCode: z.enum(filingCodes),
  /** SBR05 of the claim to Medicare. */
  mspType: z.enum(mspTypes),
  groupNumber: optionalText(50),
  /** SBR02 */
  relationship: z.enum(relationships),
  insured: z.object({ family: Name, given: Name, memberId: z.string().trim().min(2).max(80) }),
})
export type FirstInsurer = z.infer<typeof FirstInsurer>

const { group, code, amountCents } = OtherPayer.shape.adjustments.element.shape
const DecidedLine = z.object({
  code: z.string().min(1).max(5),
  units: z.int().min(1),
  /** What the insurer allows before its own deductible and coinsurance. */
  allowedCents: Cents.min(0),
  paidCents: Cents.min(0),
  adjustments: z.array(z.object({ group, code, amountCents: amountCents.min(1) })).max(12),
})

/** What the first insurer decided, as it stands on its notice. */
export const NewPrimaryDecision = z.object({
  insurer: FirstInsurer,
  decidedOn: LocalDate,
  /** The insurer's number of its claim. */
  claimNumber: optionalText(50),
  lines: z.array(DecidedLine).min(1).max(50),
})
export type NewPrimaryDecision = z.infer<typeof NewPrimaryDecision>

/** A decision as it is kept: each line with what it was charged, and charge = paid + adjusted. */
export const PrimaryDecision = NewPrimaryDecision.extend({
  lines: z.array(DecidedLine.extend({ chargeCents: Cents })),
})
export type PrimaryDecision = z.infer<typeof PrimaryDecision>

/** Of a line's charge, what is neither paid nor adjusted, in cents; 0 where the decision is whole. */
export function undecidedCents(
  line: Pick<PrimaryDecision['lines'][number], 'paidCents' | 'adjustments'>,
  chargeCents: number,
): number {
  return line.adjustments.reduce((left, { amountCents }) => left - amountCents, chargeCents - line.paidCents)
}

const Entered = z.object({
  id: Id,
  /** Null: what was entered before counts no more. */
  decision: PrimaryDecision.nullable(),
  /** Why it was corrected or taken back; null of the first one. */
  reason: z.string().nullable(),
  by: Person,
  at: Instant,
})

export const PrimaryDecisionView = z.object({
  patient: Person,
  month: Month,
  /** What the first insurer is asked for: what would be billed now, at the clinic's charges. */
  lines: z.array(z.object({ code: z.string(), units: z.int(), serviceOn: LocalDate, chargeCents: Cents })),
  /** Why nothing can be entered; null where it can. */
  whyNot: z.string().nullable(),
  /** Insurers that the patient's coverage names, as far as it tells them. */
  insurers: z.array(
    z.object({
      name: z.string().nullable(),
      payerId: z.string().nullable(),
      filingCode: z.string().nullable(),
      groupNumber: z.string().nullable(),
      memberId: z.string().nullable(),
    }),
  ),
  /** The patient's own name, for an insurance of the patient. */
  self: z.object({ family: z.string(), given: z.string() }),
  /** The one that counts; null where there is none. */
  standing: Entered.nullable(),
  /** Everything that was entered, the newest first. */
  history: z.array(Entered),
})
export type PrimaryDecisionView = z.infer<typeof PrimaryDecisionView>

const ByPatientMonth = z.object({ month: Month, patientId: Id })
const path = '/months/:month/patients/:patientId/primary-decision'

export const primaryDecisions = {
  get: endpoint({
    method: 'GET',
    path,
    summary: 'What the insurer that pays before Medicare decided of a patient-month, and what it is asked for',
    permission: 'month:read',
    audit: 'primary_decision.opened',
    phi: true,
    errors: ['not_found', 'law_unknown'],
    params: ByPatientMonth,
    output: PrimaryDecisionView,
  }),
  record: endpoint({
    method: 'POST',
    path,
    summary: 'Enter what the first insurer decided, or correct it; after the close it opens a correction case',
    permission: 'remittance:post',
    audit: 'primary_decision.recorded',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'invalid_input', 'claim_already_sent', 'close_running', 'law_unknown'],
    params: ByPatientMonth,
    body: NewPrimaryDecision.extend({
      /** Why it is corrected; only where one stands already. */
      reason: optionalText(500),
    }),
    output: PrimaryDecisionView,
  }),
  takeBack: endpoint({
    method: 'POST',
    path: `${path}/withdrawal`,
    summary: 'Say that the decision entered for the first insurer does not count',
    permission: 'remittance:post',
    audit: 'primary_decision.taken_back',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'claim_already_sent', 'close_running', 'law_unknown'],
    params: ByPatientMonth,
    body: z.object({ reason: Sentence }),
    output: PrimaryDecisionView,
  }),
}
