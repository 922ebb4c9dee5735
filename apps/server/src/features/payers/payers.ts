import type {
  PayerAnswer,
  PayerDeed,
  PayerReason,
  PayerRule,
  PayerTerms,
  TrialCase,
  TrialResult,
} from '@keepwell/contract'
import { addDays } from '@keepwell/rules'
import { dollars } from '@keepwell/x12'
import { dayWords } from '../../print/words.ts'

export interface ClaimToAsk {
  codes: readonly string[]
  serviceOn: string
  /** The day on which it left, or would leave. */
  sentOn: string
  /** Codes for which an authorization is noted that covers the day of service. */
  authorized: readonly string[]
}

/** Why the terms stop a claim. What is not known stops nothing. */
export function reasonsOf(terms: PayerTerms, claim: ClaimToAsk, name: string): PayerReason[] {
  const missing = (terms.authorizationFor ?? []).filter(
    (code) => claim.codes.includes(code) && !claim.authorized.includes(code),
  )
  const lastDay = lastDayOf(terms, claim.serviceOn)
  return [
    ...(terms.pays === false
      ? [
          {
            code: 'payer_does_not_pay' as const,
            sentence: `${name} does not pay chronic care management.`,
            wayOut: 'Withdraw the claim, or correct what is known of the payer.',
          },
        ]
      : []),
    ...(missing.length > 0
      ? [
          {
            code: 'authorization_missing' as const,
            sentence: `${name} authorizes ${missing.join(' and ')} before, and no authorization is noted.`,
            wayOut: 'Ask the payer, and note the authorization on the page of the claim.',
          },
        ]
      : []),
    ...(lastDay !== null && lastDay < claim.sentOn
      ? [
          {
            code: 'payer_filing_over' as const,
            sentence: `The last day to file with ${name} was ${dayWords(lastDay)}.`,
            wayOut: 'Withdraw the claim, or correct the filing limit of the payer.',
          },
        ]
      : []),
  ]
}

/** The last day on which a claim may arrive; null where the limit is not known. */
export const lastDayOf = (terms: PayerTerms, serviceOn: string): string | null =>
  terms.filingDays === null ? null : addDays(serviceOn, terms.filingDays)

/** To let a claim go it has to be known that the payer pays, and what it authorizes before. */
export function answerOf(terms: PayerTerms, reasons: readonly PayerReason[]): PayerAnswer {
  if (reasons.length > 0) return 'stop'
  return terms.pays === null || terms.authorizationFor === null ? 'unknown' : 'go'
}

/** What the patient owes in cents, a percentage rounded half up; null where it is not known. */
export function shareOf({ share }: PayerTerms, allowedCents: number | null): number | null {
  if (share === null) return null
  if (share.kind === 'copay') return share.cents
  return allowedCents === null ? null : Math.floor((allowedCents * share.percent + 50) / 100)
}

/** What the terms say of a made-up case beside stopping it: the last day to file, and the patient's share against what the payer left. */
export function caseWords(
  terms: PayerTerms,
  given: { serviceOn: string; allowedCents: number | null; patientCents: number | null },
): string[] {
  const lastDay = lastDayOf(terms, given.serviceOn)
  const share = shareOf(terms, given.allowedCents)
  return [
    lastDay === null ? 'Its filing limit is not known.' : `It has to arrive by ${dayWords(lastDay)}.`,
    share !== null
      ? `The patient owes ${dollars(share)}.`
      : terms.share === null
        ? "The patient's share is not known."
        : "The patient's share is a percentage of what is allowed: enter the allowed amount.",
    ...(share === null || given.patientCents === null
      ? []
      : share === given.patientCents
        ? ['That is what the payer left to the patient.']
        : [`The payer left ${dollars(given.patientCents)} to the patient, which differs.`]),
  ]
}

const yesOrNo = (known: boolean | null, yes: string, no: string, unknown: string) =>
  known === null ? unknown : known ? yes : no

/** What is known of a payer and what is not, one sentence each. */
export function wordsOf({ pays, share, authorizationFor, filingDays, acceptsReplacement }: PayerTerms): string[] {
  return [
    yesOrNo(
      pays,
      'It pays chronic care management.',
      'It does not pay chronic care management.',
      'Whether it pays chronic care management is not known.',
    ),
    share === null
      ? "The patient's share is not known."
      : share.kind === 'copay'
        ? `The patient owes ${dollars(share.cents)} a claim.`
        : `The patient owes ${share.percent} percent of the allowed amount.`,
    authorizationFor === null
      ? 'Whether it authorizes codes before is not known.'
      : authorizationFor.length === 0
        ? 'It authorizes no code before.'
        : `It authorizes ${authorizationFor.join(', ')} before.`,
    filingDays === null
      ? 'Its filing limit is not known.'
      : `A claim has to arrive within ${filingDays} days of the service.`,
    yesOrNo(
      acceptsReplacement,
      'It takes replacement claims.',
      'It takes no replacement claims.',
      'Whether it takes replacement claims is not known.',
    ),
  ]
}

/** The rule in force on a day: the one with the latest day that has come, of those the one written last. `rules` come newest first. */
export function ruleOn<R extends Pick<PayerRule, 'fromOn'>>(rules: readonly R[], on: string): R | undefined {
  return rules.find(({ fromOn }) => fromOn <= on)
}

export interface PastClaim extends ClaimToAsk {
  id: string
  patient: { id: string; name: string }
  month: string
  chargeCents: number
  paidCents: number
  did: PayerDeed
  /** A Qualified Medicare Beneficiary owes no share, whatever the payer says. */
  qmb: boolean
  lines: number
  /** What the payer allowed, less the deductible. */
  allowedCents: number
  /** Copay and coinsurance that the payer left to the patient. */
  shareCents: number
}

const rightDeed: Record<PayerAnswer, PayerDeed | null> = { stop: 'denied', go: 'paid', unknown: null }

/** What the terms would have said of past claims against what the payer did, the claims that disagree first. */
export function tryOn(
  terms: PayerTerms,
  past: readonly PastClaim[],
  name: string,
): { result: TrialResult; cases: TrialCase[] } {
  const judged = past.map((claim) => {
    const reasons = reasonsOf(terms, claim, name)
    const said = answerOf(terms, reasons)
    const right = rightDeed[said]
    const agrees = right === null || claim.did === 'undecided' ? null : claim.did === right
    const shareSaidCents = claim.did === 'paid' && !claim.qmb ? shareOf(terms, claim.allowedCents) : null
    const shareAgrees =
      // Each line is rounded by itself.
      shareSaidCents === null
        ? null
        : Math.abs(shareSaidCents - claim.shareCents) <= (terms.share?.kind === 'copay' ? 0 : claim.lines)
    return { claim, reasons, said, agrees, shareSaidCents, shareAgrees }
  })
  const cells = [...Map.groupBy(judged, ({ said, claim }) => `${said} ${claim.did}`).values()].flatMap((of) => {
    const [first] = of
    if (first === undefined) return []
    const sum = (cents: (claim: PastClaim) => number) => of.reduce((all, { claim }) => all + cents(claim), 0)
    return [
      {
        said: first.said,
        did: first.claim.did,
        claims: of.length,
        chargeCents: sum(({ chargeCents }) => chargeCents),
        paidCents: sum(({ paidCents }) => paidCents),
      },
    ]
  })
  const wrongFirst = ({ agrees, shareAgrees }: (typeof judged)[number]) =>
    agrees === false ? 0 : shareAgrees === false ? 1 : agrees === null ? 3 : 2
  return {
    result: {
      lookedAt: past.length,
      cells,
      compared: judged.filter(({ agrees }) => agrees !== null).length,
      agreed: judged.filter(({ agrees }) => agrees === true).length,
      sharesCompared: judged.filter(({ shareAgrees }) => shareAgrees !== null).length,
      sharesAgreed: judged.filter(({ shareAgrees }) => shareAgrees === true).length,
    },
    cases: judged
      .toSorted((a, b) => wrongFirst(a) - wrongFirst(b))
      .slice(0, 200)
      .map(({ claim, reasons, said, agrees, shareSaidCents }) => ({
        claimId: claim.id,
        patient: claim.patient,
        month: claim.month,
        codes: [...claim.codes],
        chargeCents: claim.chargeCents,
        paidCents: claim.paidCents,
        said,
        reasons: reasons.map(({ sentence }) => sentence),
        did: claim.did,
        agrees,
        shareSaidCents,
        shareDidCents: shareSaidCents === null ? null : claim.shareCents,
      })),
  }
}
