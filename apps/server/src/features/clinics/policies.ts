import { ConsentMode } from '@keepwell/contract'
import { type SwitchId, type SwitchRow, switches } from '@keepwell/rules'
import { z } from 'zod'

interface PolicyRow {
  schema: z.ZodType
  default: unknown
  title: string
  says: string
  /** Told to whoever changes it. */
  risk: string | null
}

const ownPolicies = {
  'consent.mode': {
    schema: ConsentMode,
    default: 'written',
    title: 'How consent is given',
    says: 'In writing at a visit in person, in writing, or as Medicare asks at the least: by word of mouth and documented.',
    risk: 'Medicare Advantage plans and states may ask for more than Medicare does.',
  },
  'claim.date_of_service': {
    schema: z.enum(['month_end', 'threshold_date']),
    default: 'month_end',
    title: 'Date of service on the claim',
    says: 'The last day of the month, or the day on which the minutes were reached.',
    risk: null,
  },
  'claim.channel': {
    schema: z.enum(['download', 'sftp', 'simulator']),
    default: 'download',
    title: 'How claim files leave',
    says: 'Downloaded by the biller, dropped by SFTP, or sent to the payer simulator (demo).',
    risk: null,
  },
  'claim.undo_seconds': {
    schema: z.int().min(0).max(3600),
    default: 900,
    title: 'Undo window of a batch',
    says: 'Seconds in which a batch can be taken back before it leaves.',
    risk: null,
  },
  'claim.charge_percent': {
    schema: z.int().min(100).max(500),
    default: 150,
    title: 'Charge over the fee schedule',
    says: 'The charge on the claim as a percentage of the allowed amount; never below it.',
    risk: null,
  },
  'claim.parties': {
    schema: z.object({
      submitterId: z.string().min(2).max(15),
      submitterContact: z.string().min(1).max(60),
      submitterPhone: z.string().regex(/^\d{10}$/),
      receiverId: z.string().min(2).max(15),
      receiverName: z.string().min(1).max(60),
      payerId: z.string().min(2).max(15),
      payerName: z.string().min(1).max(60),
      usage: z.enum(['T', 'P']),
    }),
    default: null,
    title: 'Submitter, receiver and payer',
    says: 'The identifiers that the Medicare contractor or clearinghouse gave the clinic.',
    risk: null,
  },
  'claim.filing_code': {
    schema: z.enum(['MB', '16', 'CI', 'HM', 'BL', 'MC']),
    default: 'MB',
    title: 'What kind of payer it is (SBR09)',
    says: 'MB for Medicare Part B; 16, CI or HM as a Medicare Advantage plan wants it; BL Blue Cross; MC Medicaid.',
    risk: 'A wrong kind makes the payer refuse the claim at its front door.',
  },
  'claim.stale_days': {
    schema: z.int().min(7).max(180),
    default: 30,
    title: 'When a claim has waited too long',
    says: 'Days without a decision after which a claim stands out and its status is asked for.',
    risk: 'Medicare takes a claim within one year of the service: what was lost is found only by asking.',
  },
  'remittance.variance_cents': {
    schema: z.int().min(0).max(10_000),
    default: 1,
    title: 'Difference that is let pass',
    says: 'Cents by which a payment may differ from what was expected before it goes on the list.',
    risk: null,
  },
  'remittance.variance_by_payer': {
    schema: z
      .array(z.object({ payerId: z.string().trim().min(2).max(15), cents: z.int().min(0).max(10_000) }))
      .max(50)
      .refine((rows) => new Set(rows.map(({ payerId }) => payerId)).size === rows.length, 'Name each payer once.'),
    default: [],
    title: 'Difference that is let pass, by payer',
    says: 'For the payers named here instead of the difference above: the number under which the payer is billed, and the cents.',
    risk: null,
  },
  'minutes.manual_days_back': {
    schema: z.int().min(0).max(60),
    default: 7,
    title: 'How far back time may be written by hand',
    says: 'Days before today.',
    risk: 'Old entries are what auditors ask about first.',
  },
  'minutes.approval_over_seconds': {
    schema: z.int().min(0).max(86_400),
    default: 1200,
    title: 'Hand-written time that a second person approves',
    says: 'Entries by hand longer than this many seconds count only once the CCM manager approved them.',
    risk: null,
  },
  'minutes.gap_seconds': {
    schema: z.int().min(20).max(600),
    default: 45,
    title: 'Silence after which a timer asks',
    says: 'Seconds without a heartbeat after which time is not credited by itself.',
    risk: null,
  },
  'coverage.sweep_days': {
    schema: z.int().min(0).max(28),
    default: 7,
    title: 'When Medicare is asked about everybody',
    says: 'Days before the end of a month from which every enrolled patient is asked about once; 0 leaves it to the biller.',
    risk: 'Each question may cost what your clearinghouse takes for it. A change that nobody saw costs the month.',
  },
  'consent.days_back': {
    schema: z.int().min(0).max(365),
    default: 30,
    title: 'How far back a consent may be dated',
    says: 'Days before today that a paper form may carry; a reason is always asked.',
    risk: 'Minutes before the consent never count, whatever its paper says.',
  },
} as const satisfies Record<string, PolicyRow>

type Snake<S extends string> = S extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : S
/** A question of the rule book that the clinic answers, by the name of the book's own value: `policy.telehealth_visit`. */
type RulePolicyKey = `policy.${Snake<Exclude<SwitchId, 'dateOfService'>>}`

/** The day of service is a choice of the claims already. */
export const ruleSwitches = switches.filter(({ id }) => id !== 'dateOfService')

/**
 * A clinic's own choices. They can be stricter than the law, never looser; each has a default, and says in
 * plain words what it does. What the rule book leaves open is among them, in the book's own words.
 */
export const policies: typeof ownPolicies & Record<RulePolicyKey, RulePolicy> = {
  ...ownPolicies,
  ...(Object.fromEntries(ruleSwitches.map((row) => [row.byDefault.key, rulePolicyOf(row)])) as Record<
    RulePolicyKey,
    RulePolicy
  >),
}

interface RulePolicy extends PolicyRow {
  schema: z.ZodType<string>
  default: string
}

function rulePolicyOf({ options, asks, why, tag }: SwitchRow): RulePolicy {
  const [first, ...others] = options
  return {
    schema: z.enum([first, ...others]),
    default: first,
    title: asks,
    says: why,
    risk: tag.startsWith('K')
      ? 'No text of Medicare that settles it was read: the default is the custom of the field.'
      : null,
  }
}

export type PolicyKey = keyof typeof policies
export type PolicyValue<K extends PolicyKey> = z.infer<(typeof policies)[K]['schema']>
export const policyKeys = Object.keys(policies) as PolicyKey[]
