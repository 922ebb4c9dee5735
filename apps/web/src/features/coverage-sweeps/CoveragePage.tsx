import {
  type ChangedCoverage,
  contract,
  type SweepStanding,
  sweepCan,
  type UnansweredPatient,
} from '@keepwell/contract'
import { Progress, SegmentedControl } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { faultsByField, useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  type Column,
  countText,
  DataTable,
  dayText,
  EmptyState,
  ErrorState,
  FormDialog,
  Instant,
  Link,
  monthText,
  Page,
  ReasonForm,
  StatusChip,
  say,
  useKeys,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import css from './coverage-sweeps.module.css'

/** Whether Medicare still covers everybody who is enrolled: asked once before the month ends, what changed first. */
export default function CoveragePage() {
  const [runs, setRuns] = useState(false)
  const view = useView(contract.coverageSweeps.standing, {}, runs ? { refetchSeconds: 2 } : {})
  const goesOn = view.data?.sweep != null && view.data.sweep.endedAt === null
  if (view.data !== undefined && goesOn !== runs) setRuns(goesOn)
  const asked = (view.data?.answeredCount ?? 0) + (view.data?.failedCount ?? 0)
  return (
    <Page
      title="Coverage"
      subtitle="Medicare is asked about every enrolled patient before the month ends. What it tells otherwise than before stands here."
      asOf={view.dataUpdatedAt}
      actions={<AskButton standing={view.data} />}
    >
      <Viewed view={view} what="how far Medicare was asked" lines={3}>
        {(standing) => <Standing standing={standing} asked={asked} />}
      </Viewed>
      <Changes asked={asked} />
    </Page>
  )
}

/** Reads a list anew when more patients were asked about: the worker outside of the page fills it. */
function useFresh(asked: number, refetch: () => unknown): void {
  const before = useRef(asked)
  useEffect(() => {
    if (before.current === asked) return
    before.current = asked
    refetch()
  }, [asked, refetch])
}

function AskButton({ standing }: { standing: SweepStanding | undefined }) {
  const can = useCan()
  const start = useCall(contract.coverageSweeps.start, {
    invalidates: [contract.coverageSweeps.standing],
    onDone: () => void say('Medicare is being asked, one patient after the other. You can go on with other work.'),
  })
  const whyNot = !can('coverage:write')
    ? 'Your seat does not ask about everybody.'
    : standing === undefined
      ? 'How far it is stands here in a moment.'
      : sweepCan.start.whyNot(standing)
  const run = () => {
    if (whyNot === null) start.mutate({ body: {} })
  }
  useKeys([{ keys: 'a', label: 'Ask about everybody', group: 'Coverage', run }])
  return (
    <>
      {start.error !== null && <ErrorState error={start.error} kept="Nobody was asked about." />}
      <Button
        {...(standing?.sweep == null ? { kind: 'primary' as const } : {})}
        loading={start.isPending}
        disabledReason={whyNot}
        onClick={run}
      >
        {standing?.sweep == null ? 'Ask about everybody' : 'Ask about everybody again'}
      </Button>
    </>
  )
}

function Standing({ standing, asked }: { standing: SweepStanding; asked: number }) {
  const { sweep, failedCount, enrolledCount, answeredCount, month } = standing
  if (sweep === null) return <NotYet standing={standing} />
  const by = sweep.startedBy === null ? 'by itself' : `by ${sweep.startedBy.name}`
  return (
    <>
      {sweep.endedAt === null ? (
        <Callout
          state={sweep.pausedUntil === null ? 'info' : 'attention'}
          title={
            sweep.pausedUntil === null
              ? `Medicare is being asked: ${countText(asked)} of ${countText(enrolledCount)}`
              : `The eligibility service gives no answer: ${countText(asked)} of ${countText(enrolledCount)} asked`
          }
        >
          <Progress
            value={enrolledCount === 0 ? 100 : (100 * asked) / enrolledCount}
            aria-label={`${asked} of ${enrolledCount} asked`}
          />
          <p>
            {sweep.pausedUntil === null ? (
              'It goes on while you work elsewhere.'
            ) : (
              <>
                It goes on by itself at <Instant at={sweep.pausedUntil} only="time" />. Nothing is lost.
              </>
            )}
          </p>
        </Callout>
      ) : (
        <Callout
          state={failedCount === 0 ? 'good' : 'attention'}
          title={`${monthText(month)}: ${countText(answeredCount)} of ${countText(enrolledCount)} enrolled patients answered`}
        >
          <p>
            Begun <Instant at={sweep.startedAt} /> {by}, done <Instant at={sweep.endedAt} />.
          </p>
        </Callout>
      )}
      {failedCount > 0 && <Unanswered asked={asked} />}
    </>
  )
}

function Unanswered({ asked }: { asked: number }) {
  const view = useView(contract.coverageSweeps.unanswered, {})
  useFresh(asked, view.refetch)
  return (
    <DataTable
      caption="No answer about these patients"
      captionShown
      keyboard={false}
      columns={unansweredColumns}
      rows={view.data?.items}
      rowId={({ patient }) => patient.id}
      rowTo={({ patient }) => paths.patient(patient.id)}
      sortName="sort-unanswered"
      maxHeight={320}
      error={view.error}
      onRetry={view.refetch}
      empty={<EmptyState title="Everybody was answered" />}
    />
  )
}

function NotYet({ standing: { month, beginsOn, connected, enrolledCount } }: { standing: SweepStanding }) {
  return (
    <Callout
      state={connected ? 'info' : 'attention'}
      title={connected ? `Medicare was not asked for ${monthText(month)} yet` : 'No eligibility service is connected'}
    >
      <p>
        {!connected
          ? 'Your administrator connects one; until then coverage is known only from cards and imports.'
          : beginsOn === null
            ? `${countText(enrolledCount)} patients are enrolled. Press "Ask about everybody". It begins by itself only where the settings name a day.`
            : `${countText(enrolledCount)} patients are enrolled. It begins by itself on ${dayText(beginsOn)}, or when you ask.`}
      </p>
    </Callout>
  )
}

const unansweredColumns: readonly Column<UnansweredPatient>[] = [
  {
    id: 'patient',
    header: 'Patient',
    cell: ({ patient }) => patient.name,
    sort: ({ patient }) => patient.name,
    width: 190,
  },
  { id: 'why', header: 'Why, and what to do', cell: ({ failure }) => failure, sort: ({ failure }) => failure },
  { id: 'at', header: 'Asked', cell: ({ at }) => <Instant at={at} />, width: 170, hideBelow: 768 },
]

const verdicts = {
  yes: { state: 'good', word: 'Medicare: yes' },
  no: { state: 'stop', word: 'Medicare: no' },
  unsure: { state: 'unknown', word: 'Medicare: unsure' },
} as const

function Changes({ asked }: { asked: number }) {
  const can = useCan()
  const [stateText, setState] = useUrlState('state')
  const state = stateText === 'looked_at' ? 'looked_at' : 'open'
  const [cursor, setCursor] = useUrlState('after')
  const [openId, setOpen] = useUrlState('change')
  const view = useView(
    contract.coverageSweeps.changes,
    { query: { state, limit: 100, ...(cursor ? { cursor } : {}) } },
    { keepPrevious: true },
  )
  useFresh(asked, view.refetch)
  const data = view.data
  const open = data?.items.find(({ id }) => id === openId) ?? null
  const columns: readonly Column<ChangedCoverage>[] = [
    {
      id: 'patient',
      header: 'Patient',
      cell: ({ patient }) => patient.name,
      sort: ({ patient }) => patient.name,
      width: 170,
    },
    {
      id: 'changes',
      header: state === 'open' ? 'What changed' : 'What changed, and what was done',
      cell: ({ changes, look }) => (
        <ul className={css.changes}>
          {changes.map(({ kind, sentence }) => (
            <li key={`${kind} ${sentence}`}>{sentence}</li>
          ))}
          {look !== null && (
            <li className={css.quiet}>
              {look.by.name}: {look.note}
            </li>
          )}
        </ul>
      ),
    },
    {
      id: 'verdict',
      header: 'Now',
      cell: ({ verdict }) => <StatusChip plain {...verdicts[verdict]} />,
      sort: ({ verdict }) => verdict,
      width: 170,
    },
    {
      id: 'at',
      header: 'Told',
      cell: ({ at }) => <Instant at={at} />,
      sort: ({ at }) => at,
      width: 170,
      hideBelow: 1024,
    },
    {
      id: 'deed',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      width: 120,
      cell: (one) =>
        one.look === null && (
          <Button
            kind="quiet"
            size="compact-sm"
            aria-label={`Looked at: ${one.patient.name}`}
            disabledReason={can('coverage:write') ? null : 'Your seat does not work changes of coverage.'}
            onClick={() => setOpen(one.id, { push: true })}
          >
            Looked at
          </Button>
        ),
    },
  ]
  return (
    <div className={css.stack}>
      <SegmentedControl
        aria-label="Which changes"
        className={css.which ?? ''}
        value={state}
        onChange={(value) => setState(value === 'open' ? null : value)}
        data={[
          { value: 'open', label: data === undefined ? 'To look at' : `To look at ${data.openCount}` },
          { value: 'looked_at', label: 'Looked at' },
        ]}
      />
      <DataTable
        caption="Changes of coverage"
        columns={columns}
        rows={data?.items}
        rowId={({ id }) => id}
        rowTo={({ patient }) => paths.patient(patient.id)}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState
            icon={IconShieldCheck}
            title={state === 'open' ? 'No change to look at' : 'Nothing was looked at yet'}
          >
            When an answer of Medicare tells otherwise than the one before, such as a Medicare Advantage plan, another
            insurer first, hospice care or the end of Part B, the enrolled patient stands here.
          </EmptyState>
        }
        footer={
          data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(data.nextCursor, { push: true })}>
              Further changes
            </Button>
          ) : undefined
        }
      />
      <FormDialog title="Looked at" opened={open !== null} onClose={() => setOpen(null)}>
        {() => open !== null && <LookForm change={open} onClose={() => setOpen(null)} />}
      </FormDialog>
    </div>
  )
}

function LookForm({ change, onClose }: { change: ChangedCoverage; onClose: () => void }) {
  const look = useCall(contract.coverageSweeps.look, {
    invalidates: [contract.coverageSweeps.changes],
    onDone: () => {
      onClose()
      void say(`Looked at: ${change.patient.name}.`)
    },
  })
  return (
    <ReasonForm
      label="Looked at"
      field="What you did about it"
      placeholder="Entered the plan's card; told Rosa."
      verb="Looked at"
      emptyReason="Write what you did in a few words."
      call={look}
      fault={faultsByField(look.error).note}
      kept="The change stays on the list."
      onClose={onClose}
      onSubmit={(note) => look.mutate({ params: { id: change.id }, body: { note } })}
    >
      <p>
        <Link to={paths.patient(change.patient.id)}>{change.patient.name}</Link>:{' '}
        {change.changes.map(({ sentence }) => sentence).join(' ')}
      </p>
    </ReasonForm>
  )
}
