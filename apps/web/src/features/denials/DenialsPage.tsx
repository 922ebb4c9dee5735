import { contract, type Denial, roleNames } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { IconFileCheck } from '@tabler/icons-react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  BarList,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Link,
  LocalDate,
  Money,
  moneyText,
  monthShortText,
  monthText,
  Page,
  Section,
  StatusChip,
  useUrlState,
} from '../../ui/index.ts'
import { deadlineFace } from './deadline.ts'
import css from './denials.module.css'
import { ResolveDialog } from './ResolveDialog.tsx'

const kinds = {
  denied: { state: 'stop', word: 'Denied' },
  underpaid: { state: 'attention', word: 'Paid too little' },
  overpaid: { state: 'attention', word: 'Paid too much' },
} as const
const isKind = (text: string | null): text is keyof typeof kinds => text !== null && text in kinds

/** A role's name where the text is one, otherwise the text as it is. */
function ownerText(role: string): string {
  const known: Partial<Record<string, string>> = roleNames
  return known[role] ?? role
}

/** Lines that were denied, underpaid or overpaid: why, what to do, by when, and who. */
export default function DenialsPage() {
  const can = useCan()
  const [kindText, setKind] = useUrlState('kind')
  const kind = isKind(kindText) ? kindText : null
  const [stateText, setState] = useUrlState('state')
  const state = stateText === 'resolved' ? 'resolved' : 'open'
  const [cause] = useUrlState('cause')
  const [cursor, setCursor] = useUrlState('after')
  const [openId, setOpen] = useUrlState('denial')
  const view = useView(
    contract.denials.list,
    {
      query: {
        state,
        limit: cause === null ? 100 : 500,
        ...(kind === null ? {} : { kind }),
        ...(cursor ? { cursor } : {}),
      },
    },
    { keepPrevious: true },
  )
  const rows = view.data?.items.filter((one) => cause === null || one.cause === cause)
  const open = view.data?.items.find(({ id }) => id === openId) ?? null
  const causes = view.data?.byCause ?? []
  const columns: readonly Column<Denial>[] = [
    {
      id: 'patient',
      header: 'Patient',
      cell: (one) => one.claim.patient.name,
      sort: (one) => one.claim.patient.name,
      width: 130,
    },
    {
      id: 'claim',
      header: 'Claim',
      cell: (one) => (
        <Link to={paths.claim(one.claim.id)} className={css.nowrap ?? ''}>
          {monthShortText(one.claim.month)}
          {one.code !== null && `, ${one.code}`}
        </Link>
      ),
      sort: (one) => one.claim.month,
    },
    {
      id: 'kind',
      header: 'What',
      cell: (one) => <StatusChip plain {...kinds[one.kind]} />,
      sort: (one) => one.kind,
    },
    {
      id: 'cause',
      header: state === 'open' ? 'Cause and what to do' : 'Cause and how it ended',
      cell: (one) => <Cause denial={one} />,
      width: 420,
      sort: (one) => one.cause,
    },
    {
      id: 'deadline',
      header: state === 'open' ? 'By and owner' : 'On and owner',
      cell: (one) => (
        <span className={css.by}>
          {one.resolution === null ? (
            <StatusChip
              plain
              {...deadlineFace(one)}
              {...(one.appealable ? { why: 'An appeal (redetermination) is possible until then.' } : {})}
            />
          ) : (
            <LocalDate day={one.resolution.at.slice(0, 10)} />
          )}
          <span className={css.quiet}>{one.owner?.name ?? ownerText(one.ownerRole)}</span>
          {one.resolution === null && one.lookAgainOn !== null && (
            <span className={css.quiet}>
              again <LocalDate day={one.lookAgainOn} />
            </span>
          )}
        </span>
      ),
      sort: (one) => one.daysLeft,
    },
    {
      id: 'amount',
      header: 'Amount',
      numeric: true,
      cell: (one) => <Money cents={one.amountCents} />,
      sort: (one) => one.amountCents,
    },
    {
      id: 'deed',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      cell: (one) =>
        one.resolution === null && (
          <Button
            kind="quiet"
            size="compact-sm"
            aria-label={`Resolve ${one.claim.patient.name}, ${monthText(one.claim.month)}`}
            disabledReason={can('remittance:post') ? null : 'Your seat does not work denials.'}
            onClick={() => setOpen(one.id, { push: true })}
          >
            Resolve
          </Button>
        ),
    },
  ]
  return (
    <Page
      title="Denials"
      subtitle="What was not paid, or not as expected. The nearest deadline comes first."
      asOf={view.dataUpdatedAt}
      actions={<Button to={paths.edits()}>Own edits</Button>}
    >
      {causes.length > 0 && (
        <Section framed>
          <BarList
            caption={state === 'open' ? 'Open, by cause' : 'Resolved, by cause'}
            labelHeader="Cause"
            countHeader="Amount"
            write={moneyText}
            bars={causes.map((one) => ({
              id: one.cause,
              label: one.cause,
              count: one.amountCents,
              note: `${one.count} ${one.count === 1 ? 'line' : 'lines'}`,
              to: paths.denials({ kind, state: stateText, cause: cause === one.cause ? null : one.cause }),
            }))}
          />
        </Section>
      )}
      <div className={css.filters}>
        <SegmentedControl
          aria-label="Open or resolved"
          value={state}
          onChange={(value) => setState(value === 'open' ? null : value)}
          data={[
            { value: 'open', label: 'Open' },
            { value: 'resolved', label: 'Resolved' },
          ]}
        />
        <SegmentedControl
          aria-label="What happened"
          value={kind ?? 'all'}
          onChange={(value) => setKind(value === 'all' ? null : value)}
          data={[
            { value: 'all', label: 'All' },
            ...Object.entries(kinds).map(([value, { word }]) => ({ value, label: word })),
          ]}
        />
        {cause !== null && (
          <Button kind="quiet" size="compact-sm" to={paths.denials({ kind, state: stateText })}>
            Every cause
          </Button>
        )}
      </div>
      <DataTable
        caption="Denials"
        columns={columns}
        rows={rows}
        rowId={(one) => one.id}
        rowTo={(one) => paths.denial(one.id)}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconFileCheck} title={state === 'open' ? 'Nothing is open' : 'Nothing resolved yet'}>
            {state === 'open'
              ? 'When a payment denies a line or pays another amount than expected, it stands here with its cause, what to do and the last day for it.'
              : 'What you resolve stays here with how it ended.'}
          </EmptyState>
        }
        footer={
          view.data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(view.data?.nextCursor ?? null, { push: true })}>
              Further lines
            </Button>
          ) : undefined
        }
      />
      <ResolveDialog denial={open} ownerText={ownerText} onClose={() => setOpen(null)} />
    </Page>
  )
}

function Cause({ denial }: { denial: Denial }) {
  const codes = [
    denial.adjustment === null ? null : `${denial.adjustment.group}-${denial.adjustment.code}`,
    ...denial.remarks.map(({ code }) => code),
  ].filter((code) => code !== null)
  return (
    <span className={css.cause}>
      <span>
        {denial.cause}
        {codes.length > 0 && <span className={`${css.quiet} ${css.nowrap}`}> {codes.join(', ')}</span>}
      </span>
      <span className={css.quiet}>{denial.resolution?.text ?? denial.nextStep}</span>
    </span>
  )
}
