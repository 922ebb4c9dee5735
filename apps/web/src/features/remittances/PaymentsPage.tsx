import { contract, type RemittanceRow } from '@keepwell/contract'
import { IconCash } from '@tabler/icons-react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  countText,
  DataTable,
  EmptyState,
  LocalDate,
  Money,
  moneyText,
  Page,
  Stat,
  StatRow,
  StatusChip,
  useUrlState,
} from '../../ui/index.ts'
import { TakeInButton } from '../claims/index.ts'
import { statusFaces } from './faces.ts'

const columns: readonly Column<RemittanceRow>[] = [
  {
    id: 'paid-on',
    header: 'Paid on',
    cell: (row) => <LocalDate day={row.paidOn} />,
    sort: (row) => row.paidOn,
  },
  { id: 'payer', header: 'Payer', cell: (row) => row.payerName, sort: (row) => row.payerName },
  { id: 'trace', header: 'Payment number', cell: (row) => row.trace, hideBelow: 768 },
  {
    id: 'status',
    header: 'Status',
    cell: (row) => (
      <StatusChip
        plain
        {...statusFaces[row.status]}
        {...(row.status === 'held' && row.holdReason ? { why: row.holdReason } : {})}
      />
    ),
    sort: (row) => row.status,
  },
  {
    id: 'bank',
    header: 'At the bank',
    cell: (row) =>
      row.amountCents === 0 || row.status === 'discarded' ? (
        ''
      ) : row.deposit === null ? (
        <StatusChip plain state="neutral" word="Not seen yet" />
      ) : row.deposit.differenceCents === 0 ? (
        <StatusChip plain state="good" word="Ties" />
      ) : (
        <StatusChip
          plain
          state="stop"
          word={`${moneyText(Math.abs(row.deposit.differenceCents))} ${row.deposit.differenceCents < 0 ? 'less' : 'more'}`}
        />
      ),
    hideBelow: 768,
  },
  {
    id: 'unmatched',
    header: 'Not ours',
    numeric: true,
    cell: (row) => (row.unmatchedCount === 0 ? '' : row.unmatchedCount),
    sort: (row) => row.unmatchedCount,
  },
  {
    id: 'claims',
    header: 'Claims',
    numeric: true,
    cell: (row) => row.claimsCount,
    sort: (row) => row.claimsCount,
  },
  {
    id: 'plb',
    header: 'Adjusted',
    numeric: true,
    cell: (row) => (row.providerAdjustmentCents === 0 ? '' : <Money cents={row.providerAdjustmentCents} />),
    hideBelow: 1024,
  },
  {
    id: 'amount',
    header: 'Amount',
    numeric: true,
    cell: (row) => <Money cents={row.amountCents} />,
    sort: (row) => row.amountCents,
  },
]

/** What the payers paid against what was expected, and what nobody could attribute. */
export default function PaymentsPage() {
  const can = useCan()
  const [status] = useUrlState('status')
  const [unmatched] = useUrlState('unmatched')
  const [bank] = useUrlState('bank')
  const deposit = bank === 'missing' || bank === 'different' ? bank : null
  const [cursor, setCursor] = useUrlState('after')
  const held = status === 'held'
  const view = useView(
    contract.remittances.list,
    {
      query: {
        limit: unmatched === null ? 100 : 500,
        ...(held ? { status: 'held' } : {}),
        ...(deposit === null ? {} : { deposit }),
        ...(cursor ? { cursor } : {}),
      },
    },
    { keepPrevious: true },
  )
  const totals = view.data?.totals
  const rows = view.data?.items.filter((row) => unmatched === null || row.unmatchedCount > 0)
  const filtered = held || unmatched !== null || deposit !== null
  const caption = held
    ? 'Held payments'
    : unmatched !== null
      ? 'Payments with lines not attributed'
      : deposit === 'missing'
        ? 'Payments not seen at the bank'
        : deposit === 'different'
          ? 'Payments for which the bank says otherwise'
          : 'Payments'
  const money = (cents: number | undefined) => (cents === undefined ? '…' : <Money cents={cents} />)
  return (
    <Page
      title="Payments"
      subtitle="Each payment is checked to the cent before it is posted. What does not balance is held."
      asOf={view.dataUpdatedAt}
      actions={
        <>
          <Button
            to={paths.paperRemittance()}
            disabledReason={can('remittance:post') ? null : 'Your seat does not post payments.'}
          >
            Enter a paper notice
          </Button>
          <TakeInButton />
        </>
      }
    >
      <StatRow label="Payments in figures">
        <Stat
          label="Expected"
          value={money(totals?.expectedCents)}
          definition="What Medicare should pay for all live claims, by the fee schedule and the patient's share."
          to={paths.claims()}
        />
        <Stat
          label="Paid"
          value={money(totals?.paidCents)}
          definition="What was posted to these claims, less what was taken back."
          to={paths.claims({ status: 'paid' })}
        />
        <Stat
          label="Open"
          value={money(totals?.openCents)}
          definition="What is still owed for claims that have left."
          to={paths.claims({ status: 'accepted' })}
        />
        <Stat
          label="Held"
          value={totals === undefined ? '…' : countText(totals.heldCount)}
          {...(totals !== undefined && totals.heldCount > 0 ? { state: 'attention' } : {})}
          definition="Payments that do not balance: nothing of them is posted."
          to={paths.payments({ status: 'held' })}
        />
        <Stat
          label="Not attributed"
          value={totals === undefined ? '…' : countText(totals.unmatchedCount)}
          {...(totals !== undefined && totals.unmatchedCount > 0 ? { state: 'attention' } : {})}
          definition="Lines of payments that name no claim of ours; say which one is meant."
          to={paths.payments({ unmatched: 1 })}
        />
        <Stat
          label="Not at the bank"
          value={money(totals?.undepositedCents)}
          {...(totals === undefined || totals.undepositedCount === 0
            ? {}
            : { change: `${totals.undepositedCount} ${totals.undepositedCount === 1 ? 'payment' : 'payments'}` })}
          definition="Posted payments that nobody has tied to the bank statement."
          to={paths.payments({ bank: 'missing' })}
        />
        {totals !== undefined && totals.depositDifferenceCount > 0 && (
          <Stat
            label="Bank says otherwise"
            value={countText(totals.depositDifferenceCount)}
            state="stop"
            definition="Payments for which the bank received another amount than the payer says it paid."
            to={paths.payments({ bank: 'different' })}
          />
        )}
      </StatRow>
      <DataTable
        caption={caption}
        captionShown={filtered}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        rowTo={(row) => paths.remittance(row.id)}
        error={view.error}
        onRetry={view.refetch}
        empty={<NoPayments filtered={filtered} />}
        footer={
          filtered || view.data?.nextCursor ? (
            <>
              {filtered && (
                <Button kind="quiet" to={paths.payments()}>
                  Show all payments
                </Button>
              )}
              {view.data?.nextCursor && (
                <Button kind="quiet" onClick={() => setCursor(view.data?.nextCursor ?? null, { push: true })}>
                  Older payments
                </Button>
              )}
            </>
          ) : undefined
        }
      />
    </Page>
  )
}

function NoPayments({ filtered }: { filtered: boolean }) {
  const can = useCan()
  if (filtered) {
    return (
      <EmptyState icon={IconCash} title="Nothing waits here">
        Every payment balances, every line is attributed, and the bank agrees.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconCash} title="No payments yet">
      A payment comes as an 835 some time after the claims were taken; the batch says when.{' '}
      {can('remittance:post') ? 'Take the file in above; posting is done for you.' : 'The biller takes it in.'}
    </EmptyState>
  )
}
