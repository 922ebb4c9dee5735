import type { ClaimStatus, DenialCase } from '@keepwell/contract'
import { appealLevels, noticePresumedDays, redeterminationDueOn, reopeningDueOn, valueOn } from '@keepwell/rules'
import { assert } from '../../kernel/problem.ts'
import { dayWords } from '../../print/words.ts'
import { filingDueOn, noticeOn } from './denials.ts'

export interface WaysOf {
  kind: 'denied' | 'underpaid' | 'overpaid'
  code: string | null
  remarks: readonly string[]
  appealable: boolean
  nextStep: string
  paidOn: string
  serviceOn: string
  today: string
  claimStatus: ClaimStatus
  payerClaimNumber: string | null
  /** Whether the payer takes claims of frequency 7 (the rule of the payer). */
  acceptsReplacement: boolean
  /** Decided by a supplement behind Medicare. */
  bySupplement: boolean
}

/** Returned without a decision: the claim counts as never received, so it is corrected and billed as a new one. */
export const isUnprocessable = ({ code, remarks }: Pick<WaysOf, 'code' | 'remarks'>) =>
  remarks.includes('MA130') || code === '16'

/** By which ways the money may still come, each with its last day, or why it is not the way here. */
export function waysOf(denial: WaysOf): DenialCase['ways'] {
  const { serviceOn, today, claimStatus } = denial
  const notice = noticeOn(denial)
  const unprocessable = isUnprocessable(denial)
  const over = claimStatus === 'replaced' ? 'The claim was billed anew already.' : null
  const late = (lastDay: string) => (lastDay < today ? `The last day was ${dayWords(lastDay)}.` : null)
  const reopeningBy = reopeningDueOn(notice)
  const appealBy = redeterminationDueOn(notice)
  const filingBy = filingDueOn(serviceOn)
  if (denial.bySupplement) return waysAgainstSupplement(denial, over)
  return [
    {
      way: 'reopening',
      whyNot:
        over ??
        (unprocessable
          ? 'The payer returned the claim without deciding it, so there is nothing to reopen.'
          : late(reopeningBy)),
      says: 'For a slip of ours in units, diagnosis, modifier, place or day: by the portal, telephone or letter of the contractor.',
      byOn: reopeningBy,
    },
    {
      way: 'redetermination',
      whyNot:
        over ??
        (denial.kind === 'overpaid'
          ? 'It was paid too much; nobody appeals that.'
          : unprocessable
            ? 'A claim returned as unprocessable carries no right of appeal.'
            : denial.appealable
              ? late(appealBy)
              : `An appeal does not help here. ${denial.nextStep}`),
      says: appealWords(notice),
      byOn: appealBy,
    },
    {
      way: 'new_claim',
      whyNot:
        over ??
        (!unprocessable
          ? 'The payer decided the claim; a second one would be denied as a duplicate.'
          : claimStatus !== 'denied'
            ? 'A part of the claim was paid; a new claim would bill that part twice. Ask for a reopening.'
            : late(filingBy)),
      says: 'The corrected claim under a new number, within one year of the service.',
      byOn: filingBy,
    },
    {
      way: 'replacement',
      whyNot:
        over ??
        (!denial.acceptsReplacement
          ? 'Medicare Part B takes only original claims. Where this payer takes replacements, switch it on in the settings.'
          : denial.payerClaimNumber === null
            ? "The payer's number of the claim is not known, and a replacement has to name it."
            : late(filingBy)),
      says: 'The corrected claim in place of the old one (frequency 7), which it names by its number.',
      byOn: filingBy,
    },
  ]
}

/** Medicare's rights do not reach a supplement; a corrected bill does, and its own appeal is in its notice. */
function waysAgainstSupplement({ claimStatus }: WaysOf, over: string | null): DenialCase['ways'] {
  const notMedicare = 'Medicare did not decide this bill. How to appeal is in the notice of the insurer.'
  return [
    { way: 'reopening', whyNot: over ?? notMedicare, says: 'A right against Medicare alone.', byOn: null },
    { way: 'redetermination', whyNot: over ?? notMedicare, says: 'A right against Medicare alone.', byOn: null },
    {
      way: 'new_claim',
      whyNot:
        over ?? (claimStatus === 'denied' ? null : 'A part of the bill was paid; a new one would ask for it twice.'),
      says: 'The corrected bill under a new number. Until when the insurer takes it is in its contract.',
      byOn: null,
    },
    {
      way: 'replacement',
      whyNot: over ?? 'Whether this insurer takes replacements is not known. Send the corrected bill as a new one.',
      says: 'The corrected bill in place of the old one (frequency 7).',
      byOn: null,
    },
  ]
}

/** What the first level of appeal asks, with the days of the book on the day of the notice. */
function appealWords(notice: string): string {
  const [first] = appealLevels
  assert(first !== undefined, 'the book has a first level of appeal')
  return `Where the payer judged wrongly: a letter with the evidence to ${first.decides}, within ${valueOn(first.fileWithinDays, notice)} days of the notice, which counts as received ${valueOn(noticePresumedDays, notice)} days after its date.`
}
