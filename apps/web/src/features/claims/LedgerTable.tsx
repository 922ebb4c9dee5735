import type { Claim } from '@keepwell/contract'
import { Callout, EmptyState, LocalDate, Money } from '../../ui/index.ts'
import css from './claims.module.css'
import { accountText, sumsOf } from './ledger.ts'

/** Every entry with its postings; both sides add up to the same at the foot. */
export function LedgerTable({ ledger }: { ledger: Claim['ledger'] }) {
  if (ledger.length === 0) {
    return (
      <EmptyState title="Nothing is booked yet">
        The charge is booked when the claim leaves; payments and adjustments follow.
      </EmptyState>
    )
  }
  const { debitCents, creditCents, crooked } = sumsOf(ledger)
  return (
    <>
      {crooked.length > 0 && (
        <Callout state="stop" title="An entry does not add up to zero" alert>
          <p>Tell your administrator; do not post to this claim until it is found.</p>
        </Callout>
      )}
      <div className={css.ledgerFrame}>
        <table className={css.ledger}>
          <caption>Ledger of this claim</caption>
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Reason</th>
              <th scope="col" data-figure>
                Debit
              </th>
              <th scope="col" data-figure>
                Credit
              </th>
            </tr>
          </thead>
          {ledger.map((entry) => (
            <tbody key={entry.id}>
              <tr>
                <th scope="rowgroup" colSpan={2} className={css.memo}>
                  {entry.memo}
                </th>
                <td colSpan={2} data-figure className={`${css.booked} ${css.quiet}`}>
                  <LocalDate day={entry.bookedOn} />
                </td>
              </tr>
              {entry.postings.map((posting, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: postings of an entry never move
                <tr key={at}>
                  <td className={css.account}>{accountText(posting.account)}</td>
                  <td className={css.quiet}>
                    {posting.group !== null && posting.code !== null && `${posting.group}-${posting.code}`}
                  </td>
                  <td data-figure>{posting.amountCents > 0 && <Money cents={posting.amountCents} />}</td>
                  <td data-figure>{posting.amountCents < 0 && <Money cents={-posting.amountCents} />}</td>
                </tr>
              ))}
            </tbody>
          ))}
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                Both sides
              </th>
              <td data-figure>
                <Money cents={debitCents} />
              </td>
              <td data-figure>
                <Money cents={creditCents} />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </>
  )
}
