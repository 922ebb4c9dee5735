import { z } from 'zod'
import { can } from './can.ts'
import { endpoint } from './endpoint.ts'
import { ById, Cents, Id, Instant, LocalDate, Month, Person, Sentence } from './models.ts'

const Code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z0-9]{5}$/, 'A code has five letters or digits.')
export const PayerId = z.string().trim().min(2).max(15)
const ByPayer = z.object({ payerId: PayerId })
const Amount = Cents.min(0).max(10_000_000)

/** What a clinic knows of a payer. Null is not known, which is never no. */
export const PayerTerms = z.object({
  /** Whether it pays chronic care management. */
  pays: z.boolean().nullable(),
  /** What the patient owes: cents a claim, or percent of the allowed amount. */
  share: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('copay'), cents: Amount }),
      z.object({ kind: z.literal('coinsurance'), percent: z.int().min(0).max(100) }),
    ])
    .nullable(),
  /** The codes that it authorizes before; an empty list is none. */
  authorizationFor: z.array(Code).max(20).nullable(),
  /** Days after the service in which a claim has to arrive. */
  filingDays: z.int().min(1).max(1100).nullable(),
  /** Whether it takes a claim of frequency 7 that names the one it replaces. */
  acceptsReplacement: z.boolean().nullable(),
})
export type PayerTerms = z.infer<typeof PayerTerms>

export const noTerms: PayerTerms = {
  pays: null,
  share: null,
  authorizationFor: null,
  filingDays: null,
  acceptsReplacement: null,
}

/** What a rule says of a claim: it stops it, lets it go, or too little is known to say either. */
export const PayerAnswer = z.enum(['stop', 'go', 'unknown'])
export type PayerAnswer = z.infer<typeof PayerAnswer>

/** Why a rule stops a claim, and the way out. */
export const PayerReason = z.object({
  code: z.enum(['payer_does_not_pay', 'authorization_missing', 'payer_filing_over']),
  sentence: z.string(),
  wayOut: z.string(),
})
export type PayerReason = z.infer<typeof PayerReason>

/** What the payer did with a claim. */
export const PayerDeed = z.enum(['paid', 'denied', 'undecided'])
export type PayerDeed = z.infer<typeof PayerDeed>

/** What a rule would have said of the claims that left in the last year, against what the payer did. */
export const TrialResult = z.object({
  lookedAt: z.int(),
  /** One for each pair that occurs; `chargeCents` and `paidCents` are sums of its claims. */
  cells: z.array(
    z.object({ said: PayerAnswer, did: PayerDeed, claims: z.int(), chargeCents: Cents, paidCents: Cents }),
  ),
  /** Decided claims of which the rule said something, and how many of them it said right: stopped and denied, let go and paid. */
  compared: z.int(),
  agreed: z.int(),
  /** Paid claims of which both the rule and the payer told the patient's share, and how many to the cent of each line. */
  sharesCompared: z.int(),
  sharesAgreed: z.int(),
})
export type TrialResult = z.infer<typeof TrialResult>

export const TrialCase = z.object({
  claimId: Id,
  patient: Person,
  month: Month,
  codes: z.array(z.string()),
  chargeCents: Cents,
  paidCents: Cents,
  said: PayerAnswer,
  reasons: z.array(z.string()),
  did: PayerDeed,
  /** Null where nothing is compared. */
  agrees: z.boolean().nullable(),
  shareSaidCents: Cents.nullable(),
  shareDidCents: Cents.nullable(),
})
export type TrialCase = z.infer<typeof TrialCase>

export const PayerTrial = z.object({
  id: Id,
  payerId: z.string(),
  terms: PayerTerms,
  result: TrialResult,
  /** At most 200, those that disagree first. */
  cases: z.array(TrialCase),
})
export type PayerTrial = z.infer<typeof PayerTrial>

export const PayerRule = z.object({
  id: Id,
  terms: PayerTerms,
  /** What is known, one sentence each. */
  words: z.array(z.string()),
  fromOn: LocalDate,
  /** Where the clinic has it from. */
  source: z.string(),
  /** Null where it was carried over from a setting that nobody of the clinic made. */
  by: Person.nullable(),
  at: Instant,
  /** Null where it was carried over from the settings. */
  result: TrialResult.nullable(),
})
export type PayerRule = z.infer<typeof PayerRule>

export const Payer = z.object({
  payerId: z.string(),
  name: z.string(),
  /** The payer that the clinic's own claims go to. */
  own: z.boolean(),
  /** What kind of payer claims say it is (SBR09), as the settings or the patients' coverages hold it. */
  filingCode: z.string().nullable(),
  /** Claims of the last year. */
  claims: z.int(),
  /** In force today; null where nothing was written down. */
  rule: PayerRule.nullable(),
})
export type Payer = z.infer<typeof Payer>

export const Authorization = z.object({
  id: Id,
  codes: z.array(z.string()),
  number: z.string(),
  fromOn: LocalDate,
  toOn: LocalDate,
  by: Person,
  at: Instant,
})
export type Authorization = z.infer<typeof Authorization>

export const payerRuleCan = {
  /** `tried` holds the terms of the last trial, `terms` those that stand in the form. */
  switchOn: can<{ tried: PayerTerms | null; terms: PayerTerms }>(({ tried, terms }) =>
    tried === null
      ? 'Try it on past claims first.'
      : JSON.stringify(tried) === JSON.stringify(terms)
        ? null
        : 'It was changed since it was tried. Try it again.',
  ),
}

export const payers = {
  list: endpoint({
    method: 'GET',
    path: '/payers',
    summary: 'The payers that the clinic meets, with what is known of each',
    permission: 'claim:read',
    audit: null,
    phi: false,
    errors: [],
    output: z.object({ items: z.array(Payer) }),
  }),
  get: endpoint({
    method: 'GET',
    path: '/payers/:payerId',
    summary: 'One payer with every rule that was written of it, the newest first',
    permission: 'claim:read',
    audit: null,
    phi: false,
    errors: ['not_found'],
    params: ByPayer,
    output: Payer.extend({ rules: z.array(PayerRule) }),
  }),
  tryTerms: endpoint({
    method: 'POST',
    path: '/payers/:payerId/trials',
    summary: 'Try a rule on the claims of the last year before it is switched on',
    permission: 'claim:send',
    audit: 'payer.tried',
    phi: true,
    errors: ['not_found'],
    params: ByPayer,
    body: z.object({ terms: PayerTerms }),
    output: PayerTrial,
  }),
  tryCase: endpoint({
    method: 'POST',
    path: '/payers/:payerId/made-up-cases',
    summary: 'What a rule would say of one case that is made up',
    permission: 'claim:send',
    audit: 'payer.case_tried',
    phi: false,
    errors: ['not_found'],
    params: ByPayer,
    body: z.object({
      terms: PayerTerms,
      code: Code,
      serviceOn: LocalDate,
      authorized: z.boolean(),
      allowedCents: Amount.nullable(),
      /** What the payer left to the patient. */
      patientCents: Amount.nullable(),
    }),
    output: z.object({ said: PayerAnswer, reasons: z.array(PayerReason), words: z.array(z.string()) }),
  }),
  switchOn: endpoint({
    method: 'POST',
    path: '/payer-trials/:id/switching-on',
    summary: 'Let a rule that was tried hold from a day on',
    permission: 'claim:send',
    audit: 'payer.rule_switched_on',
    phi: false,
    idempotent: true,
    errors: ['not_found'],
    params: ById,
    body: z.object({ fromOn: LocalDate, source: Sentence }),
    output: PayerRule,
  }),
  ofClaim: endpoint({
    method: 'GET',
    path: '/claims/:id/payer-answer',
    summary: 'What the rule of its payer says of a claim today, and what was authorized',
    permission: 'claim:read',
    audit: 'payer.claim_looked_at',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: z.object({
      payerId: z.string(),
      reasons: z.array(PayerReason),
      /** Codes of the claim that the payer authorizes before. */
      authorizationFor: z.array(z.string()),
      serviceOn: LocalDate,
      authorizations: z.array(Authorization),
    }),
  }),
  authorize: endpoint({
    method: 'POST',
    path: '/claims/:id/authorizations',
    summary: 'Note the authorization that the payer of a claim gave',
    permission: 'claim:send',
    audit: 'payer.authorization_noted',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'invalid_input'],
    params: ById,
    body: z.object({
      codes: z.array(Code).min(1, 'Name at least one code.').max(20),
      number: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9-]{1,50}$/, 'Letters, digits and hyphens, fifty at most.'),
      fromOn: LocalDate,
      toOn: LocalDate,
    }),
    output: Authorization,
  }),
}
