import { type BoardRow, contract, type Lane, laneNames, type MonthBoard, monthCan } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { localDateAt, useCall, useCan, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  type Column,
  DataTable,
  dayText,
  EmptyState,
  ErrorState,
  Instant,
  Link,
  Minutes,
  Money,
  monthText,
  Page,
  StateIcon,
  useDialog,
  useGo,
  useKeys,
  useUrlState,
} from '../../ui/index.ts'
import { CloseMonthDialog } from './CloseMonthDialog.tsx'
import { CorrectionCases } from './CorrectionCases.tsx'
import {
  causeText,
  codesText,
  daysBetween,
  daysText,
  laneFaces,
  lanes,
  monthAfter,
  ownerText,
  plain,
  standingText,
} from './month-words.ts'
import css from './months.module.css'
import { VerdictDrawer } from './VerdictDrawer.tsx'

/** Every enrolled patient's month in one lane, with cause, owner and amount; and the close. */
export default function MonthBoardPage({ params: { month } }: PageProps<typeof patterns.month>) {
  const can = useCan()
  const go = useGo()
  const view = useView(contract.months.board, { params: { month }, query: {} }, { keepPrevious: true })
  const board = view.data?.month === month ? view.data : undefined
  const closing = useDialog('close')
  useKeys([
    {
      keys: '[',
      label: 'The month before',
      group: 'Month board',
      run: () => go(paths.month(monthAfter(month, -1))),
    },
    {
      keys: ']',
      label: 'The next month',
      group: 'Month board',
      run: () => go(paths.month(monthAfter(month, 1))),
    },
  ])

  return (
    <Page
      title={monthText(month)}
      subtitle={board === undefined ? ' ' : standingText(board)}
      asOf={view.dataUpdatedAt}
      actions={
        <>
          <MonthSwitcher month={month} />
          {can('month:close') && board !== undefined && board.state !== 'closed' && (
            <Button kind="primary" onClick={closing.open} disabledReason={monthCan.close.whyNot(board)}>
              {board.state === 'closing' ? 'See the close' : `Close ${monthText(month)}`}
            </Button>
          )}
        </>
      }
    >
      {board !== undefined && <Notices board={board} />}
      <Lanes month={month} board={board} error={view.error} onRetry={view.refetch} />
      {board !== undefined && (board.state === 'closed' || board.openCorrections > 0) && (
        <CorrectionCases month={month} />
      )}
      {board !== undefined && (
        <CloseMonthDialog board={board} opened={closing.opened} onClose={closing.close} onChanged={view.refetch} />
      )}
    </Page>
  )
}

function MonthSwitcher({ month }: { month: string }) {
  return (
    <>
      <Button
        kind="quiet"
        to={paths.month(monthAfter(month, -1))}
        aria-label={`The month before, ${monthText(monthAfter(month, -1))}`}
      >
        <IconChevronLeft size={16} aria-hidden /> {monthText(monthAfter(month, -1)).split(' ')[0]}
      </Button>
      <Button
        kind="quiet"
        to={paths.month(monthAfter(month, 1))}
        aria-label={`The next month, ${monthText(monthAfter(month, 1))}`}
      >
        {monthText(monthAfter(month, 1)).split(' ')[0]} <IconChevronRight size={16} aria-hidden />
      </Button>
    </>
  )
}

/** What must be known besides the lanes: the close, an older month that is still open, verdicts that may be old. */
function Notices({ board }: { board: MonthBoard }) {
  const before = monthAfter(board.month, -1)
  const earlier = useView(
    contract.months.closing,
    { params: { month: before } },
    { enabled: board.state === 'running' },
  )
  const waits = board.state === 'running' && earlier.data !== undefined && earlier.data.close?.state !== 'done'
  return (
    <>
      {waits && (
        <Callout
          state="attention"
          title={`${monthText(before)} is over and not closed yet`}
          action={
            <Button to={paths.month(before)} kind="secondary">
              Open {monthText(before).split(' ')[0]}
            </Button>
          }
        >
          <p>Claims of {monthText(before)} go out once it is closed.</p>
        </Callout>
      )}
      {board.close?.state === 'stalled' && (
        <Callout state="attention" title="The close was interrupted">
          <p>
            It stopped after {board.close.counts.frozen} of {board.close.counts.patients} patients and lost nothing.
            Close the month again: it goes on where it stopped.
          </p>
        </Callout>
      )}
      {board.state === 'closed' && board.close !== null && (
        <Callout
          state="good"
          title={`${monthText(board.month)} is closed`}
          action={
            <Link to={paths.claims({ month: board.month })}>
              {board.close.counts.claims} {board.close.counts.claims === 1 ? 'claim' : 'claims'}
            </Link>
          }
        >
          <p>
            <Instant at={board.close.startedAt} /> by {board.close.startedBy?.name ?? 'the system'}, rule book{' '}
            {board.book}.
          </p>
        </Callout>
      )}
      {!board.fresh && <RefreshNotice month={board.month} assessedAt={board.assessedAt} />}
    </>
  )
}

function RefreshNotice(props: { month: string; assessedAt: string | null }) {
  const assess = useCall(contract.months.assess, { invalidates: [contract.months.board] })
  return (
    <Callout
      state="info"
      title="Assessed earlier"
      action={
        <Button loading={assess.isPending} onClick={() => assess.mutate({ params: { month: props.month } })}>
          Judge all anew
        </Button>
      }
    >
      <p>
        Something changed that concerns everybody, and this clinic has too many patients to judge them all while you
        wait. What is shown stands as of <Instant at={props.assessedAt} otherwise="no day yet" />.
      </p>
      {assess.error !== null && <ErrorState error={assess.error} />}
    </Callout>
  )
}

function startLane(board: MonthBoard): Lane {
  const waits = board.lanes.find(({ lane, count }) => lane !== 'not_billable' && lane !== 'ready' && count > 0)
  return board.state === 'closed' ? 'ready' : (waits?.lane ?? 'ready')
}

function Lanes(props: { month: string; board: MonthBoard | undefined; error: unknown; onRetry: () => unknown }) {
  const { month, board } = props
  const [laneParam] = useUrlState('lane')
  const [cause, setCause] = useUrlState('cause')
  const [manager, setManager] = useUrlState('manager')
  const [openId, setOpenId] = useUrlState('patient')
  const [search, setSearch] = useState('')
  const wanted = useDeferredValue(search.trim().toLowerCase())
  const lane = lanes.find((one) => one === laneParam) ?? (board === undefined ? 'ready' : startLane(board))
  const shown = board?.lanes.find((one) => one.lane === lane)
  const rows = useMemo(
    () =>
      shown?.rows.filter(
        (row) =>
          (cause === null || row.causeId === cause) &&
          (manager === null || row.careManager?.id === manager) &&
          (wanted === '' || row.patient.name.toLowerCase().includes(wanted)),
      ),
    [shown, cause, manager, wanted],
  )
  const managers = useMemo(() => managersOf(board), [board])
  const go = useGo()
  function choose(next: Lane) {
    // One step in the address: the lane, without the filter of the lane before.
    go(paths.month(month, { lane: next, manager }), { replace: true })
  }
  useKeys(
    lanes.map((one, index) => ({
      keys: String(index + 1),
      label: laneNames[one],
      group: 'Month board',
      run: () => choose(one),
    })),
  )
  const filtered = cause !== null || manager !== null || wanted !== ''
  const next = (step: 1 | -1) => {
    const at = rows?.findIndex((row) => row.patient.id === openId) ?? -1
    return at === -1 ? null : (rows?.[at + step]?.patient.id ?? null)
  }

  return (
    <>
      <div className={css.lanes} role="tablist" aria-label="Lanes of the month">
        {lanes.map((one) => (
          <LaneTab key={one} lane={one} board={board} selected={one === lane} onSelect={() => choose(one)} />
        ))}
      </div>
      <fieldset className={css.filters} aria-label={`Filter ${laneNames[lane]}`}>
        {shown?.causes.map((one) => (
          <button
            key={one.causeId}
            type="button"
            className={css.cause}
            aria-pressed={cause === one.causeId}
            onClick={() => setCause(cause === one.causeId ? null : one.causeId)}
          >
            {causeText(one.causeId)} <b>{one.count}</b>
          </button>
        ))}
        <div className={css.filterEnd}>
          {managers.length > 1 && (
            <Select
              aria-label="Care manager"
              placeholder="All care managers"
              data={managers}
              value={manager}
              onChange={(value) => setManager(value)}
              clearable
              allowDeselect
              w={190}
            />
          )}
          <TextInput
            aria-label="Find a patient in this lane"
            placeholder="Find a patient"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            leftSection={<IconSearch size={14} aria-hidden />}
            w={180}
          />
        </div>
      </fieldset>
      <div role="tabpanel" aria-label={laneNames[lane]}>
        <DataTable
          caption={`${laneNames[lane]}, ${monthText(month)}`}
          columns={columnsOf(lane, board)}
          rows={rows}
          rowId={(row) => row.patient.id}
          onOpen={(row) => setOpenId(row.patient.id, { push: true })}
          openId={openId}
          error={props.error ?? undefined}
          onRetry={props.onRetry}
          empty={
            filtered ? (
              <EmptyState title="Nobody fits this filter">Take the filter away to see the whole lane.</EmptyState>
            ) : (
              <EmptyState title={`Nobody is in this lane`}>{laneFaces[lane].empty}</EmptyState>
            )
          }
          footer={
            shown !== undefined &&
            rows !== undefined &&
            rows.length > 0 && <Footer lane={lane} rows={rows} count={shown.count} unpriced={shown.unpriced} />
          }
        />
      </div>
      <VerdictDrawer
        month={month}
        patientId={openId}
        onClose={() => setOpenId(null)}
        before={next(-1)}
        after={next(1)}
        onGo={(id) => setOpenId(id)}
        onChanged={props.onRetry}
      />
    </>
  )
}

function managersOf(board: MonthBoard | undefined): { value: string; label: string }[] {
  const names = new Map<string, string>()
  for (const { rows } of board?.lanes ?? [])
    for (const { careManager } of rows) if (careManager !== null) names.set(careManager.id, careManager.name)
  return [...names].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label, 'en'))
}

function LaneTab(props: { lane: Lane; board: MonthBoard | undefined; selected: boolean; onSelect: () => void }) {
  const face = laneFaces[props.lane]
  const lane = props.board?.lanes.find((one) => one.lane === props.lane)
  const [first] = lane?.causes ?? []
  return (
    <button
      type="button"
      role="tab"
      aria-selected={props.selected}
      className={css.lane}
      onClick={props.onSelect}
      title={face.says}
    >
      <span className={css.laneName}>
        <StateIcon state={face.state} /> {laneNames[props.lane]}
      </span>
      <span className={css.laneCount}>{lane?.count ?? '–'}</span>
      <span className={css.laneMoney}>
        {lane !== undefined && lane.totalCents !== null && lane.totalCents > 0 && (
          <>
            <Money cents={lane.totalCents} /> <span className={css.quiet}>{face.money}</span>
          </>
        )}
      </span>
      <span className={css.laneCause}>
        {first === undefined
          ? props.lane === 'ready'
            ? 'All is met'
            : ' '
          : `${causeText(first.causeId)} ${first.count}`}
      </span>
    </button>
  )
}

function Footer(props: { lane: Lane; rows: readonly BoardRow[]; count: number; unpriced: number }) {
  const known = props.rows.flatMap(({ allowedCents }) => allowedCents ?? [])
  return (
    <>
      <span>
        {props.rows.length} of {props.count} {props.count === 1 ? 'patient' : 'patients'}
        {props.unpriced > 0 && `, ${props.unpriced} with an amount that is not known`}
      </span>
      <span>
        Together <Money cents={known.reduce((sum, cents) => sum + cents, 0)} /> {laneFaces[props.lane].money}, before
        deductible and coinsurance
      </span>
    </>
  )
}

function columnsOf(lane: Lane, board: MonthBoard | undefined): Column<BoardRow>[] {
  const closed = board?.state === 'closed'
  const patient: Column<BoardRow> = {
    id: 'patient',
    header: 'Patient',
    cell: (row) => row.patient.name,
    sort: (row) => row.patient.name,
    width: 190,
  }
  const codes: Column<BoardRow> = {
    id: 'codes',
    header: lane === 'ready' ? 'Codes' : 'Would be',
    cell: (row) =>
      row.lines.length === 0 ? (
        <span className={css.quiet}>no code reached</span>
      ) : (
        <span className={css.codes}>{codesText(row.lines)}</span>
      ),
    sort: (row) => codesText(row.lines),
    width: 170,
    ...(lane === 'ready' ? {} : { hideBelow: 1024 as const }),
  }
  const minutes: Column<BoardRow> = {
    id: 'minutes',
    header: 'Minutes',
    numeric: true,
    cell: (row) => <Minutes seconds={row.countedSeconds} />,
    sort: (row) => row.countedSeconds,
    width: 90,
  }
  const amount: Column<BoardRow> = {
    id: 'amount',
    header: lane === 'ready' ? 'Allowed' : 'At stake',
    numeric: true,
    cell: (row) => (row.lines.length === 0 ? <span className={css.quiet}>–</span> : <Money cents={row.allowedCents} />),
    sort: (row) => row.allowedCents,
    width: 100,
  }
  const why: Column<BoardRow> = {
    id: 'why',
    header: 'Why',
    cell: (row) => <span className={css.why}>{plain(row.cause ?? '')}</span>,
    sort: (row) => row.causeId,
  }
  const owner: Column<BoardRow> = {
    id: 'owner',
    header: closed ? 'Was with' : 'With',
    cell: (row) => <Owner row={row} board={board} />,
    sort: (row) => (row.owner === null ? null : ownerText(row.owner)),
    width: 180,
  }
  const practitioner: Column<BoardRow> = {
    id: 'practitioner',
    header: 'Billed under',
    cell: (row) => row.practitioner?.name ?? '',
    sort: (row) => row.practitioner?.name ?? null,
    hideBelow: 1024,
  }
  if (lane === 'ready')
    return [
      patient,
      codes,
      minutes,
      practitioner,
      {
        ...owner,
        id: 'manager',
        header: 'Care manager',
        cell: (row) => row.careManager?.name ?? '',
        sort: (row) => row.careManager?.name ?? null,
      },
      amount,
    ]
  if (lane === 'not_billable') return [patient, why, minutes, codes, { ...amount, header: 'Amount' }]
  return [patient, why, owner, minutes, codes, amount]
}

function Owner({ row, board }: { row: BoardRow; board: MonthBoard | undefined }) {
  if (row.owner === null || board === undefined) return null
  const sent = row.sentBack !== null && row.sentBack.doneAt === null ? row.sentBack : null
  const age = row.since === null ? null : daysBetween(localDateAt(Date.parse(row.since), board.timeZone), board.today)
  return (
    <span className={css.owner}>
      {ownerText(row.owner)}
      <span className={css.small}>
        {sent !== null
          ? `sent, due ${sent.dueOn === null ? 'any day' : dayText(sent.dueOn)}`
          : age === null
            ? ''
            : age === 0
              ? 'since today'
              : `for ${daysText(age)}`}
      </span>
    </span>
  )
}
