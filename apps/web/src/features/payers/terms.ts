import { filingCodeWords, type Payer, type PayerTerms } from '@keepwell/contract'

/** A rule while it is written. Numbers are what stands in the fields: dollars, percent, days; empty text is not known. */
export interface Draft {
  pays: Known
  share: 'unknown' | 'copay' | 'coinsurance'
  amount: number | string
  authorizes: Known
  codes: string
  filingDays: number | string
  replacements: Known
}
export type Known = 'yes' | 'no' | 'unknown'

const knownOf = (value: boolean | null): Known => (value === null ? 'unknown' : value ? 'yes' : 'no')
const valueOfKnown = (known: Known): boolean | null => (known === 'unknown' ? null : known === 'yes')

export function draftOf(terms: PayerTerms): Draft {
  const { share, authorizationFor } = terms
  return {
    pays: knownOf(terms.pays),
    share: share?.kind ?? 'unknown',
    amount: share === null ? '' : share.kind === 'copay' ? share.cents / 100 : share.percent,
    authorizes: authorizationFor === null ? 'unknown' : authorizationFor.length === 0 ? 'no' : 'yes',
    codes: (authorizationFor ?? []).join(' '),
    filingDays: terms.filingDays ?? '',
    replacements: knownOf(terms.acceptsReplacement),
  }
}

/** Dollars of a field in cents; null where none stand there. */
export const centsOf = (dollars: number | string): number | null =>
  typeof dollars === 'number' ? Math.round(dollars * 100) : null

const codesOf = (text: string) =>
  text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter((code) => code !== '')

/** The rule that was written, or why it is not one yet. */
export function termsOf(draft: Draft): { terms: PayerTerms } | { whyNot: string } {
  const { share, amount, authorizes, filingDays } = draft
  const codes = codesOf(draft.codes)
  if (share !== 'unknown' && typeof amount !== 'number') return { whyNot: "Enter the patient's share." }
  if (authorizes === 'yes' && codes.length === 0) return { whyNot: 'Name the codes that are authorized before.' }
  if (authorizes === 'yes' && codes.some((code) => !/^[A-Z0-9]{5}$/.test(code)))
    return { whyNot: 'A code has five letters or digits.' }
  const number = Number(amount)
  return {
    terms: {
      pays: valueOfKnown(draft.pays),
      share:
        share === 'unknown'
          ? null
          : share === 'copay'
            ? { kind: 'copay', cents: Math.round(number * 100) }
            : { kind: 'coinsurance', percent: number },
      authorizationFor: authorizes === 'unknown' ? null : authorizes === 'no' ? [] : codes,
      filingDays: typeof filingDays === 'number' ? filingDays : null,
      acceptsReplacement: valueOfKnown(draft.replacements),
    },
  }
}

const kinds: Readonly<Record<string, string>> = { ...filingCodeWords, MB: 'Medicare Part B' }
export const kindWords = ({ filingCode }: Pick<Payer, 'filingCode'>): string =>
  filingCode === null ? 'Not known' : (kinds[filingCode] ?? filingCode)
