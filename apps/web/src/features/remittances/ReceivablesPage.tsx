import { contract, type Receivables, roleNames } from '@keepwell/contract'
import { IconReportMoney } from '@tabler/icons-react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  BarList,
  type Column,
  countText,
  DataTable,
  EmptyState,
  Link,
  Money,
  moneyText,
  monthShortText,
  monthText,
  Page,
  percentText,
  Section,
  Stat,
  StatRow,
  StatusChip,
  Viewed,
} from '../../ui/index.ts'
import { ageWords, filingWords } from '../claims/index.ts'
import css from './remittances.module.css'
import { Waterfall } from './Waterfall.tsx'
import { timeTakenText } from './waterfall.ts'

/** What is owed and how long, how often the first try was paid, why not, and what has to leave soon. */
export default function ReceivablesPage() {
  const view = useView(contract.remittances.receivables, {})
  return (
    <Page
      title="Receivables"
      subtitle="What is owed and for how long, and what has to leave before it is too late."
      asOf={view.dataUpdatedAt}
    >
      <Viewed view={view} what="the figures" lines={12}>
        {(data) => <Body data={data} />}
      </Viewed>
    </Page>
  )
}

function Body({ data }: { data: Receivables }) {
  const soon = data.filing.filter(({ bucket }) => bucket !== 'later')
  const soonClaims = soon.reduce((sum, { claims }) => sum + claims, 0)
  return (
    <>
      <StatRow label="Receivables in figures">
        <Stat
          label="Owed by payers"
          value={<Money cents={data.payerCents} />}
          definition="Charges of claims that have left, less what was paid, taken off or left to the patient."
          to={paths.claims({ status: 'accepted' })}
        />
        <Stat
          label="Days in A/R"
          value={data.daysInReceivables === null ? 'none' : data.daysInReceivables.toFixed(1)}
          definition="What payers owe over the charges of an average day of the last ninety days."
        />
        <Stat
          label="First pass"
          value={data.firstPass.rate === null ? 'none' : percentText(data.firstPass.rate)}
          change={`${data.firstPass.paid} of ${data.firstPass.decided} decided`}
          definition="Decided claims of the last twelve months that were neither refused, nor corrected, nor denied."
          to={paths.claims({ status: 'paid' })}
        />
        <Stat
          label="Patients' share"
          value={<Money cents={data.patientCents} />}
          definition="Deductible and coinsurance by the payers' decisions. Never of a Qualified Medicare Beneficiary."
        />
        <Stat
          label={`No decision in ${data.staleDays} days`}
          value={countText(data.stale.claims)}
          {...(data.stale.claims > 0 ? { state: 'attention' as const } : {})}
          definition="Claims that the payer has had for longer than that without a decision: ask for their status."
          to={paths.claims({ tab: 'waiting', stale: 1 })}
        />
      </StatRow>
      <Section framed>
        <BarList
          caption="Owed by payers, by age"
          labelHeader="Age since the claim left"
          countHeader="Amount"
          write={moneyText}
          bars={data.ageing.map((one) => ({
            id: one.bucket,
            label: ageWords[one.bucket],
            count: one.payerCents,
            note: `${one.claims} ${one.claims === 1 ? 'claim' : 'claims'}, patients ${moneyText(one.patientCents)}`,
            to: paths.claims({ age: one.bucket }),
          }))}
        />
      </Section>
      <Section framed>
        <BarList
          caption="Denied or paid differently in the last year, by cause"
          labelHeader="Cause"
          countHeader="Amount"
          write={moneyText}
          bars={data.causes.map((one) => ({
            id: one.cause,
            label: one.cause,
            count: one.amountCents,
            note: `${one.count} ${one.count === 1 ? 'line' : 'lines'}, ${one.open} open`,
            to: paths.denials({ cause: one.cause, state: one.open === 0 ? 'resolved' : null }),
          }))}
        />
        {data.causes.length === 0 && <p className={css.note}>Nothing was denied or paid differently.</p>}
      </Section>
      <Section
        framed
        title="Time to file"
        subtitle="Medicare takes a claim within one year of the service. These have not been taken yet."
      >
        <ul className={css.filing}>
          {data.filing.map((one) => (
            <li key={one.bucket}>
              <StatusChip
                plain
                state={
                  one.claims === 0
                    ? 'neutral'
                    : one.bucket === 'late' || one.bucket === 'days_30'
                      ? 'stop'
                      : one.bucket === 'later'
                        ? 'info'
                        : 'attention'
                }
                word={filingWords[one.bucket]}
              />
              <Link to={paths.claims({ filing: one.bucket })}>
                {one.claims} {one.claims === 1 ? 'claim' : 'claims'}
              </Link>
              <Money cents={one.chargeCents} />
            </li>
          ))}
        </ul>
        {soonClaims === 0 && <p className={css.note}>Nothing has less than ninety days.</p>}
      </Section>
      <Waterfall months={data.months} />
      <Section title="By service month" subtitle="From the charge to the money, the newest month first.">
        <DataTable
          caption="From the charge to the money, by service month"
          columns={monthColumns}
          rows={data.months}
          rowId={(row) => row.month}
          rowTo={(row) => paths.claims({ month: row.month })}
          sortName="sort-month"
          empty={
            <EmptyState icon={IconReportMoney} title="No claims yet">
              When a month is closed its claims stand here, from the charge to the money.
            </EmptyState>
          }
        />
      </Section>
      <Unbilled of={data.unbilled} />
      <Loops of={data.sentBack} />
    </>
  )
}

function Unbilled({ of }: { of: Receivables['unbilled'] }) {
  if (of.length === 0) return null
  return (
    <Section framed>
      <BarList
        caption="Twenty minutes or more, and no claim"
        labelHeader="Month"
        countHeader="Patients"
        bars={of.map(({ month, patients }) => ({
          id: month,
          label: monthText(month),
          count: patients,
          note: patients === 1 ? 'patient' : 'patients',
          to: paths.month(month),
        }))}
      />
    </Section>
  )
}

type Loop = Receivables['sentBack'][number]
const loopColumns: readonly Column<Loop>[] = [
  { id: 'role', header: 'Sent back to', cell: ({ role }) => roleNames[role], sort: ({ role }) => roleNames[role] },
  { id: 'sent', header: 'Sent', numeric: true, cell: ({ sent }) => sent, sort: ({ sent }) => sent },
  { id: 'done', header: 'Mended', numeric: true, cell: ({ done }) => done, sort: ({ done }) => done },
  { id: 'open', header: 'Still open', numeric: true, cell: ({ open }) => open, sort: ({ open }) => open },
  { id: 'late', header: 'After its day', numeric: true, cell: ({ late }) => late, sort: ({ late }) => late },
  {
    id: 'time',
    header: 'Usual time',
    numeric: true,
    cell: ({ medianSeconds }) => (medianSeconds === null ? '' : timeTakenText(medianSeconds)),
    sort: ({ medianSeconds }) => medianSeconds,
  },
]

function Loops({ of }: { of: Receivables['sentBack'] }) {
  return (
    <Section
      title="Sent back to be mended"
      subtitle="From the day a month's fault was sent to its owner until it was mended; half of them took less than the usual time."
    >
      <DataTable
        caption="Sent back to be mended, by seat"
        keyboard={false}
        sortName="sort-loops"
        columns={loopColumns}
        rows={of}
        rowId={({ role }) => role}
        empty={
          <EmptyState title="Nothing was sent back in the last year">
            On the month board open a patient in "Fix" and send the fault to its owner; how long it takes is told here.
          </EmptyState>
        }
      />
    </Section>
  )
}

type MonthRow = Receivables['months'][number]
const cents = (id: string, header: string, of: (row: MonthRow) => number, more: Partial<Column<MonthRow>> = {}) => ({
  id,
  header,
  numeric: true,
  cell: (row: MonthRow) => <Money cents={of(row)} />,
  sort: of,
  ...more,
})
const monthColumns: readonly Column<MonthRow>[] = [
  { id: 'month', header: 'Month', cell: (row) => monthShortText(row.month), sort: (row) => row.month },
  { id: 'claims', header: 'Claims', numeric: true, cell: (row) => row.claims, sort: (row) => row.claims },
  {
    id: 'unsent',
    header: 'Not taken yet',
    numeric: true,
    cell: (row) => (row.unsent === 0 ? '' : row.unsent),
    sort: (row) => row.unsent,
  },
  cents('charge', 'Charged', (row) => row.chargeCents, { hideBelow: 1024 }),
  cents('expected', 'Expected', (row) => row.expectedCents),
  cents('paid', 'Paid', (row) => row.paidCents),
  cents('patient', "Patients' share", (row) => row.patientCents, { hideBelow: 1024 }),
  cents('denied', 'Denied', (row) => row.deniedCents),
  cents('open', 'Open', (row) => row.openCents),
  {
    id: 'first',
    header: 'First pass',
    numeric: true,
    cell: (row) => (row.decided === 0 ? '' : percentText(row.firstPass / row.decided)),
    sort: (row) => (row.decided === 0 ? null : row.firstPass / row.decided),
  },
]
