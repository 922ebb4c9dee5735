import { contract, type WorklistRow, type WorklistView, worklistViewNames } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPhone, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import { useCan, useSession, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  countText,
  DataTable,
  EmptyState,
  Instant,
  KeyHint,
  Link,
  LocalDate,
  MinuteBar,
  Minutes,
  monthText,
  Page,
  StatusChip,
  StepMarks,
  useGo,
  useKeys,
  useNavigation,
  useUrlState,
  Viewed,
  yearsBetween,
} from '../../ui/index.ts'
import { leftOutText } from '../minutes/index.ts'
import css from './calls.module.css'
import { ageText, needFaces, stepMarks } from './words.ts'

const views = Object.keys(worklistViewNames) as WorklistView[]

/** The month of every patient of a care manager, by clinical need: whom to ring next, and why. */
export default function MyMonthPage() {
  const can = useCan()
  const go = useGo()
  const { person } = useSession()
  const today = useToday()
  const [who, setWho] = useUrlState('who')
  const [viewName, setView] = useUrlState('view')
  const [openId, setOpenId] = useUrlState('patient')
  const [words, setWords] = useState('')
  const search = useDeferredValue(words)
  const wide = useMediaQuery('(min-width: 1440px)', false, { getInitialValueInEffect: false })
  const middling = useMediaQuery('(min-width: 1240px)', true, { getInitialValueInEffect: false })
  const room = wide ? 'all' : middling ? 'most' : 'few'
  const chosen = views.find((one) => one === viewName) ?? 'all'
  const whose = who ?? (can('call:make') ? 'mine' : 'all')
  const view = useView(
    contract.calls.worklist,
    {
      query: {
        who: whose,
        view: chosen,
        limit: 500,
        ...(search.trim() === '' ? {} : { search: search.trim() }),
      },
    },
    { keepPrevious: true },
  )
  const { data } = view
  useKeys([
    ...views.map((one, index) => ({
      keys: String(index + 1),
      label: worklistViewNames[one],
      group: 'My month',
      run: () => setView(one === 'all' ? null : one),
    })),
    {
      keys: 'c',
      label: 'Call the patient beside the list',
      group: 'My month',
      run: () => openId !== null && can('call:make') && go(paths.call(openId)),
    },
  ])

  return (
    <Page
      title={whose === 'mine' ? 'My month' : 'The month of our patients'}
      subtitle={
        data === undefined
          ? ' '
          : `${monthText(data.month)}: ${data.daysLeft === 1 ? '1 day' : `${data.daysLeft} days`} left, ${data.workdaysLeft} to work${data.hoursLeft === null ? '' : `, about ${data.hoursLeft} hours of yours`}. ${data.reached} of ${data.patients} reached.`
      }
      asOf={view.dataUpdatedAt}
      actions={
        <>
          <TextInput
            aria-label="Search by name"
            placeholder="Search by name"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
            w={180}
          />
          <Select
            aria-label="Whose patients"
            w={230}
            value={whose}
            onChange={(value) => setWho(value === 'mine' ? null : value)}
            data={[
              { value: 'mine', label: 'My patients' },
              { value: 'all', label: 'All enrolled patients' },
              ...(data?.owners ?? [])
                .filter((owner) => owner.id !== person.id)
                .map((owner) => ({ value: owner.id, label: `${owner.name} (${owner.patients})` })),
            ]}
          />
        </>
      }
    >
      <div className={css.worklist} data-preview={openId !== null || undefined}>
        <ViewList chosen={chosen} counts={data?.views} />
        <DataTable
          caption={`${worklistViewNames[chosen]}, by clinical need`}
          columns={columnsFor(today, data?.stepsSeconds ?? [], whose !== 'mine', openId !== null ? 'beside' : room)}
          rows={data?.items}
          rowId={(row) => row.patient.id}
          onOpen={(row) => setOpenId(row.patient.id)}
          openId={openId}
          error={view.error}
          onRetry={view.refetch}
          stickyFirst
          compact
          empty={<Nobody view={chosen} whose={whose} />}
          footer={
            data !== undefined && data.nextCursor !== null
              ? `${countText(data.items.length)} of ${countText(data.total)} shown. Search by name, or choose one care manager.`
              : undefined
          }
        />
        {openId !== null && (
          <Preview
            key={openId}
            patientId={openId}
            row={data?.items.find((row) => row.patient.id === openId)}
            onClose={() => setOpenId(null)}
          />
        )}
      </div>
    </Page>
  )
}

/** The saved views, each at an address of its own. */
function ViewList(props: { chosen: WorklistView; counts: Record<string, number> | undefined }) {
  const { pathname, search } = useNavigation()
  const to = (view: WorklistView) => {
    const query = new URLSearchParams(search)
    query.delete('patient')
    if (view === 'all') query.delete('view')
    else query.set('view', view)
    return query.toString() === '' ? pathname : `${pathname}?${query}`
  }
  return (
    <nav className={css.views} aria-label="Saved views">
      <ul>
        {views.map((view) => (
          <li key={view}>
            <Link
              to={to(view)}
              quiet
              className={css.view ?? ''}
              {...(view === props.chosen ? { 'aria-current': 'true' as const } : {})}
            >
              <span>{worklistViewNames[view]}</span>
              <span className={css.count}>{props.counts?.[view] ?? ''}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** How much stands in a line: beside the preview, on a narrow, an ordinary and a wide screen. */
type Room = 'beside' | 'few' | 'most' | 'all'
/** What a line leaves out for want of room; the preview beside the list shows it. */
const leftOut: Record<Room, readonly string[]> = {
  beside: ['steps', 'contact', 'window', 'plan', 'tasks', 'owner'],
  few: ['steps', 'window', 'plan', 'tasks'],
  most: ['plan', 'tasks'],
  all: [],
}

function columnsFor(
  today: string,
  stepsSeconds: readonly number[],
  withOwner: boolean,
  room: Room,
): Column<WorklistRow>[] {
  const columns: Column<WorklistRow>[] = [
    {
      id: 'name',
      header: 'Patient',
      width: 160,
      sort: (row) => row.patient.name,
      cell: (row) => (
        <span className={css.who}>
          <strong>{row.patient.name}</strong>
          <span className={css.quiet}>{row.bornOn === null ? '' : yearsBetween(row.bornOn, today)}</span>
        </span>
      ),
    },
    {
      id: 'need',
      header: 'Need',
      width: 108,
      sort: (row) => -row.need.score,
      cell: (row) => (
        <StatusChip plain {...needFaces[row.need.level]} why={row.need.because.join(', ') || 'No points'} />
      ),
    },
    {
      id: 'why',
      header: 'Why now',
      width: 190,
      cell: (row) => <span className={css.why}>{row.whyNow}</span>,
    },
    {
      id: 'bar',
      header: 'Minutes',
      width: 172,
      sort: (row) => row.countedSeconds,
      cell: (row) => (
        <span className={css.rowBar}>
          <MinuteBar
            barOnly
            countedSeconds={row.countedSeconds}
            leftOutSeconds={row.leftOutSeconds}
            stepsSeconds={stepsSeconds}
          />
          <Minutes seconds={row.countedSeconds} />
        </span>
      ),
    },
    {
      id: 'steps',
      header: 'Steps',
      width: 170,
      hideBelow: 1024,
      cell: (row) => <StepMarks steps={stepMarks(row.steps)} />,
    },
    {
      id: 'contact',
      header: 'Last contact',
      width: 132,
      hideBelow: 768,
      sort: (row) => row.lastContactAt,
      cell: (row) => <Instant at={row.lastContactAt} only="day" otherwise="never" />,
    },
    {
      id: 'window',
      header: 'Best time',
      width: 104,
      hideBelow: 1024,
      sort: (row) => row.window?.from ?? null,
      cell: (row) =>
        row.window === null ? (
          ''
        ) : (
          <span data-now={row.window.openNow || undefined} className={css.window}>
            {[row.window.from, row.window.to].filter((one) => one !== null).join('–')}
          </span>
        ),
    },
    {
      id: 'plan',
      header: 'Plan',
      width: 108,
      hideBelow: 1024,
      sort: (row) => row.plan.ageDays,
      cell: (row) => (
        <StatusChip
          plain
          state={row.plan.due ? 'attention' : 'neutral'}
          word={
            row.plan.ageDays === null ? (row.plan.state === 'none' ? 'None' : 'Not signed') : ageText(row.plan.ageDays)
          }
        />
      ),
    },
    {
      id: 'tasks',
      header: 'Tasks',
      numeric: true,
      width: 64,
      hideBelow: 768,
      sort: (row) => row.openTasks,
      cell: (row) => (row.openTasks === 0 ? '' : row.openTasks),
    },
    ...(withOwner
      ? [
          {
            id: 'owner',
            header: 'Care manager',
            width: 130,
            hideBelow: 1024,
            sort: (row: WorklistRow) => row.owner?.name ?? null,
            cell: (row: WorklistRow) => row.owner?.name ?? 'nobody',
          } satisfies Column<WorklistRow>,
        ]
      : []),
  ]
  return columns.filter((column) => !leftOut[room].includes(column.id))
}

function Nobody({ view, whose }: { view: WorklistView; whose: string }) {
  if (view !== 'all') {
    return (
      <EmptyState icon={IconPhone} title="Nobody here right now">
        This view fills by itself. “Everybody” shows all patients of the list.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconPhone}
      title={whose === 'mine' ? 'No patient is assigned to you yet' : 'Nobody is enrolled yet'}
      action={<Button to={paths.eligible()}>Find eligible patients</Button>}
    >
      Patients stand here from the day they are enrolled and have a care manager, the neediest first.
    </EmptyState>
  )
}

/** One patient beside the list: last note, open loops, and the way to the call. */
function Preview(props: { patientId: string; row: WorklistRow | undefined; onClose: () => void }) {
  const can = useCan()
  const view = useView(
    contract.calls.preview,
    { params: { patientId: props.patientId } },
    { enabled: can('call:read') },
  )
  if (!can('call:read')) return null
  return (
    <aside className={css.preview} aria-label="Patient beside the list">
      <Viewed view={view} what="the patient">
        {(beside) => (
          <>
            <div className={css.previewHead}>
              <Link to={paths.patient(props.patientId)}>
                <strong>{beside.patient.name}</strong>
              </Link>
              <Button size="compact-sm" kind="quiet" onClick={props.onClose} aria-label="Close the preview">
                Close
              </Button>
            </div>
            <p className={css.quiet}>
              {[
                beside.patient.phone,
                beside.patient.bestFrom === null
                  ? null
                  : `best ${[beside.patient.bestFrom, beside.patient.bestTo].filter((one) => one !== null).join(' to ')}`,
                beside.patient.pronouns,
              ]
                .filter((one) => one !== null)
                .join(' · ')}
            </p>
            {can('call:make') && (
              <Button
                kind="primary"
                to={paths.call(props.patientId)}
                leftSection={<IconPhone size={16} aria-hidden />}
                disabledReason={beside.blocked?.sentence ?? null}
                rightSection={<KeyHint keys="c" />}
              >
                Open the call
              </Button>
            )}
            <ul className={css.steps} aria-label="Steps of the month">
              {stepMarks(beside.steps).map((step) => (
                <li key={step.label}>
                  <StatusChip plain state={step.done ? 'good' : 'neutral'} word={step.label} />
                </li>
              ))}
            </ul>
            <MinuteBar
              countedSeconds={beside.month.countedSeconds}
              leftOutSeconds={beside.month.leftOutSeconds}
              leftOutWhy={leftOutText(beside.month.leftOut)}
              stepsSeconds={beside.stepsSeconds}
            />
            {props.row !== undefined && props.row.need.because.length > 0 && (
              <div>
                <h3 className={css.small}>Need: {props.row.need.score} points</h3>
                <p className={css.quiet}>{props.row.need.because.join(' · ')}</p>
              </div>
            )}
            <div>
              <h3 className={css.small}>Open loops</h3>
              {beside.openLoops.length === 0 ? (
                <p className={css.quiet}>Nothing is open.</p>
              ) : (
                <ul className={css.plainList}>
                  {beside.openLoops.slice(0, 6).map((loop) => (
                    <li key={loop.id} className={css.loop}>
                      <span>{loop.title}</span>
                      <span className={css.quiet}>
                        {loop.dueOn === null ? `${loop.openDays} d` : <LocalDate day={loop.dueOn} />}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
            <div>
              <h3 className={css.small}>Last note</h3>
              {beside.last === null ? (
                <p className={css.quiet}>No call yet.</p>
              ) : (
                <>
                  <p className={css.quiet}>
                    <Instant at={beside.last.signedAt} only="day" />, {beside.last.by.name}
                  </p>
                  <p className={css.note}>{beside.last.note}</p>
                </>
              )}
            </div>
          </>
        )}
      </Viewed>
    </aside>
  )
}
