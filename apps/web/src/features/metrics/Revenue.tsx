import { contract, type OutputOf } from '@keepwell/contract'
import { useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  BarList,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Link,
  Money,
  moneyText,
  monthShortText,
  monthText,
  Section,
} from '../../ui/index.ts'
import css from './metrics.module.css'

type Month = OutputOf<typeof contract.metrics.revenue>['items'][number]

/** What was expected, billed and paid by month, and what was lost to what. */
export function Revenue() {
  const month = useToday().slice(0, 7)
  const view = useView(contract.metrics.revenue, { query: { months: 12 } })
  const most = Math.max(1, ...(view.data?.items ?? []).map((one) => Math.max(one.expectedMedicareCents, one.paidCents)))
  const leakage = view.data?.leakage ?? []
  // What leaked is said of the newest month that was assessed.
  const leaking = view.data?.items[0]?.month ?? month
  return (
    <>
      <Section
        title="Revenue"
        subtitle="By service month. Expected is what Medicare should pay of the fee schedule; the charge is what the claims ask."
        actions={
          <span className={css.legend} aria-hidden>
            <span className={css.legendItem}>
              <i className={`${css.legendMark} ${css.expected}`} /> expected
            </span>
            <span className={css.legendItem}>
              <i className={`${css.legendMark} ${css.paid}`} /> paid
            </span>
          </span>
        }
      >
        <DataTable
          caption="Revenue by month"
          keyboard={false}
          sortName="sort-revenue"
          columns={columnsOf(most)}
          rows={view.data?.items}
          rowId={(one) => one.month}
          error={view.error}
          onRetry={view.refetch}
          empty={
            <EmptyState title="No money yet" action={<Button to={paths.month(month)}>Open the month board</Button>}>
              Close a month, and its expected, billed and paid amounts stand here.
            </EmptyState>
          }
        />
      </Section>
      {leakage.length > 0 && (
        <Section
          framed
          title={`What cannot be billed in ${monthText(leaking)}, by cause`}
          subtitle="What the fee schedule would allow for the minutes that are there."
          actions={<Link to={paths.month(leaking)}>Month board</Link>}
        >
          <BarList
            captionHidden
            caption="What was not billed, by cause"
            labelHeader="Cause"
            countHeader="Amount"
            write={moneyText}
            bars={leakage.map(({ cause, patients, allowedCents }) => ({
              id: cause,
              label: cause,
              count: allowedCents,
              note: `${patients} ${patients === 1 ? 'patient' : 'patients'}`,
              to: paths.month(leaking),
            }))}
          />
        </Section>
      )}
    </>
  )
}

function columnsOf(most: number): readonly Column<Month>[] {
  const money = (
    id: string,
    header: string,
    of: (one: Month) => number,
    to?: (one: Month) => string,
  ): Column<Month> => ({
    id,
    header,
    numeric: true,
    cell: (one) =>
      of(one) === 0 ? (
        ''
      ) : to === undefined ? (
        <Money cents={of(one)} />
      ) : (
        <Link to={to(one)}>
          <Money cents={of(one)} />
        </Link>
      ),
    sort: of,
  })
  return [
    {
      id: 'month',
      header: 'Month',
      cell: (one) => (
        <span className={css.nowrap}>
          <Link to={paths.month(one.month)}>{monthShortText(one.month)}</Link>
          {!one.closed && <span className={css.quiet}> open</span>}
        </span>
      ),
      sort: (one) => one.month,
    },
    {
      id: 'patients',
      header: 'Billable',
      numeric: true,
      cell: (one) => (
        <span className={css.nowrap}>
          {one.billablePatients} <span className={css.quiet}>of {one.patients}</span>
        </span>
      ),
      sort: (one) => one.billablePatients,
    },
    {
      id: 'bars',
      header: 'Expected and paid',
      headerHidden: true,
      cell: (one) => (
        <span className={css.moneyBars} aria-hidden>
          <span
            className={`${css.money} ${css.expected}`}
            style={{ width: `${(one.expectedMedicareCents / most) * 100}%` }}
          />
          <span className={`${css.money} ${css.paid}`} style={{ width: `${(one.paidCents / most) * 100}%` }} />
        </span>
      ),
      hideBelow: 1024,
    },
    money(
      'allowed',
      'Fee schedule',
      (one) => one.expectedAllowedCents,
      (one) => paths.month(one.month),
    ),
    money(
      'expected',
      'Expected',
      (one) => one.expectedMedicareCents,
      (one) => paths.claims({ month: one.month }),
    ),
    money(
      'billed',
      'Charged',
      (one) => one.billedCents,
      (one) => paths.claims({ month: one.month }),
    ),
    money(
      'paid',
      'Paid',
      (one) => one.paidCents,
      (one) => paths.claims({ month: one.month, status: 'paid' }),
    ),
    money(
      'open',
      'Open',
      (one) => one.openCents,
      (one) => paths.claims({ month: one.month, status: 'accepted' }),
    ),
    money(
      'denied',
      'Denied',
      (one) => one.deniedCents,
      (one) => paths.claims({ month: one.month, status: 'denied' }),
    ),
    money('share', "Patients' share", (one) => one.patientShareCents),
  ]
}
