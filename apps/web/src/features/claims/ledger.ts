import type { Claim } from '@keepwell/contract'

const accountWords: Record<string, string> = {
  receivable_payer: 'Owed by the payer',
  receivable_patient: 'Owed by the patient',
  revenue: 'Charges',
  cash: 'Money received',
  contractual: 'Above the fee schedule',
  sequestration: 'Sequestration',
  denied: 'Denied',
  other_adjustment: 'Other adjustments',
  provider_adjustment: 'Adjustments of the whole payment',
  unapplied: 'Received, not matched yet',
  other_payer: 'Taken on by another insurer',
  moved_share: "Patient's share asked of a supplement",
}

/** The account of a posting in words. */
export function accountText(account: string): string {
  return accountWords[account] ?? account.replaceAll('_', ' ')
}

export interface LedgerSums {
  debitCents: number
  creditCents: number
  /** The entries whose postings do not add up to zero: there must be none. */
  crooked: string[]
}

/** Both sides of a ledger. A posting above zero is a debit, one below is a credit. */
export function sumsOf(ledger: Claim['ledger']): LedgerSums {
  const amounts = ledger.flatMap((entry) => entry.postings.map((posting) => posting.amountCents))
  return {
    debitCents: amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0),
    creditCents: amounts.reduce((sum, amount) => sum + Math.max(0, -amount), 0),
    crooked: ledger
      .filter((entry) => entry.postings.reduce((sum, { amountCents }) => sum + amountCents, 0) !== 0)
      .map((entry) => entry.id),
  }
}
