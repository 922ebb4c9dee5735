import type { contract, OutputOf, PayerAnswer, PayerDeed, TrialCase } from '@keepwell/contract'
import { paths } from '../../paths.ts'
import { type Column, DataTable, EmptyState, Money, monthText, StatusChip } from '../../ui/index.ts'
import css from './payers.module.css'

type Trial = OutputOf<typeof contract.payers.tryTerms>

const saidWords: Record<PayerAnswer, string> = { stop: 'Stopped', go: 'Let go', unknown: 'Nothing said' }
const didWords: Record<PayerDeed, string> = { paid: 'paid', denied: 'denied', undecided: 'not decided yet' }

const columns: readonly Column<TrialCase>[] = [
  { id: 'claim', header: 'Claim', cell: (one) => `${one.patient.name}, ${monthText(one.month)}` },
  {
    id: 'said',
    header: 'The rule',
    cell: ({ said, reasons }) => (
      <>
        {saidWords[said]}
        {reasons.length > 0 && <span className={css.quiet}> {reasons.join(' ')}</span>}
      </>
    ),
  },
  {
    id: 'did',
    header: 'The payer',
    cell: ({ did, agrees }) => (
      <StatusChip
        plain
        {...(agrees === false
          ? { state: 'attention', word: `But ${didWords[did]}` }
          : { state: 'neutral', word: `${didWords[did].charAt(0).toUpperCase()}${didWords[did].slice(1)}` })}
      />
    ),
  },
  { id: 'charge', header: 'Charge', numeric: true, cell: ({ chargeCents }) => <Money cents={chargeCents} /> },
  { id: 'paid', header: 'Paid', numeric: true, cell: ({ paidCents }) => <Money cents={paidCents} /> },
  {
    id: 'share',
    header: 'Share by rule, by payer',
    numeric: true,
    hideBelow: 768,
    cell: ({ shareSaidCents, shareDidCents }) =>
      shareSaidCents === null ? null : (
        <>
          <Money cents={shareSaidCents} />, <Money cents={shareDidCents} />
        </>
      ),
  },
]

/** What the rule would have said of the last year, against what the payer did: in numbers, and each claim with its link. */
export function TrialFigures({ trial: { result, cases } }: { trial: Trial }) {
  return (
    <section className={css.stack} aria-label="What it would have done">
      <p>
        {result.lookedAt === 0
          ? 'No claim to this payer left in the last twelve months, so nothing can be compared.'
          : `${result.lookedAt} ${result.lookedAt === 1 ? 'claim' : 'claims'} of the last twelve months. The rule is right in ${result.agreed} of ${result.compared} that it spoke of and the payer decided.`}
        {result.sharesCompared > 0 &&
          ` The patient's share is right in ${result.sharesAgreed} of ${result.sharesCompared}.`}
      </p>
      <dl className={css.sums} aria-label="The rule against the payer">
        {result.cells.map(({ said, did, claims, chargeCents, paidCents }) => (
          <div key={`${said} ${did}`}>
            <dt>
              {saidWords[said]}, {didWords[did]}
            </dt>
            <dd>
              {claims} <span className={css.quiet}>charged</span> <Money cents={chargeCents} />
              {did === 'paid' && (
                <>
                  {' '}
                  <span className={css.quiet}>paid</span> <Money cents={paidCents} />
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {result.lookedAt > 0 && (
        <DataTable
          caption="Claims that it was tried on"
          compact
          keyboard={false}
          sortName="sort-trial"
          maxHeight={360}
          columns={columns}
          rows={cases}
          rowId={({ claimId }) => claimId}
          rowTo={({ claimId }) => paths.claim(claimId)}
          empty={<EmptyState title="No claim" />}
        />
      )}
      {result.lookedAt > cases.length && (
        <p className={css.quiet}>
          The first {cases.length} of {result.lookedAt} are shown, those that disagree first.
        </p>
      )}
    </section>
  )
}
