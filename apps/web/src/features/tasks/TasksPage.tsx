import { contract, roleNames, type Task } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  Dialog,
  Drawer,
  EmptyState,
  Facts,
  Instant,
  Link,
  LocalDate,
  Page,
  Section,
  Stat,
  StatRow,
  StatusChip,
  useDialog,
  useUrlState,
} from '../../ui/index.ts'
import { FinishTask } from './FinishTask.tsx'
import { NewTaskForm } from './NewTaskForm.tsx'
import css from './tasks.module.css'
import { kindText, pressing } from './words.ts'

const lists = [
  { value: 'seat', label: 'My work' },
  { value: 'mine', label: 'Mine by name' },
  { value: 'asked', label: 'Asked of others' },
] as const

/** The work list of everybody: questions, follow-ups, escalations and what has to be mended. */
export default function TasksPage() {
  const can = useCan()
  const [listName, setListName] = useUrlState('list')
  const [stateName, setStateName] = useUrlState('state')
  const [openId, setOpenId] = useUrlState('task')
  const creating = useDialog('new-task')
  const whose = lists.find((one) => one.value === listName)?.value ?? 'seat'
  const state = stateName === 'done' ? 'done' : 'open'
  const view = useView(contract.tasks.list, { query: { whose, state, limit: 200 } }, { keepPrevious: true })
  const count = useView(contract.tasks.count, {})
  const open = view.data?.items.find((task) => task.id === openId) ?? null
  return (
    <Page
      title="Tasks"
      subtitle="What waits for you and your seat: the most pressing first."
      asOf={view.dataUpdatedAt}
      actions={
        <Button
          kind="primary"
          disabledReason={can('task:create') ? null : 'Your seat does not give tasks.'}
          onClick={creating.open}
        >
          New task
        </Button>
      }
    >
      <StatRow label="Open work">
        <Stat
          label="Open"
          value={count.data?.open ?? '–'}
          to={paths.tasks()}
          definition="Open tasks that carry your name, or your seat's and nobody's name."
        />
        <Stat
          label="For today"
          value={count.data?.dueToday ?? '–'}
          definition="Due today or before, or marked as pressing."
        />
        <Stat
          label="Overdue"
          value={count.data?.overdue ?? '–'}
          definition="The due day or hour is over."
          {...((count.data?.overdue ?? 0) > 0 ? { state: 'stop' as const } : {})}
        />
        <Stat
          label="Somebody waits now"
          value={count.data?.now ?? '–'}
          definition="Marked as needed at once."
          {...((count.data?.now ?? 0) > 0 ? { state: 'attention' as const } : {})}
        />
      </StatRow>
      <div className={css.toolbar}>
        <SegmentedControl
          aria-label="Whose work"
          data={[...lists]}
          value={whose}
          onChange={(value) => setListName(value === 'seat' ? null : value)}
        />
        <SegmentedControl
          aria-label="Open or done"
          data={[
            { value: 'open', label: 'Open' },
            { value: 'done', label: 'Done' },
          ]}
          value={state}
          onChange={(value) => setStateName(value === 'open' ? null : value)}
        />
      </div>
      <DataTable
        caption={state === 'open' ? 'Open tasks' : 'Done tasks'}
        columns={state === 'open' ? openColumns : doneColumns}
        rows={view.data?.items}
        rowId={(task) => task.id}
        onOpen={(task) => setOpenId(task.id, { push: true })}
        openId={openId}
        error={view.error}
        onRetry={view.refetch}
        empty={<Nothing whose={whose} done={state === 'done'} />}
      />
      <Drawer title={open?.title ?? 'Task'} opened={open !== null} onClose={() => setOpenId(null)} size={520}>
        {open !== null && <TaskDetail task={open} onDone={() => setOpenId(null)} />}
      </Drawer>
      <Dialog title="Give a task" opened={creating.opened} onClose={creating.close} size="lg" keepOpen>
        <NewTaskForm onDone={creating.close} />
      </Dialog>
    </Page>
  )
}

function Nothing({ whose, done }: { whose: string; done: boolean }) {
  if (done)
    return (
      <EmptyState icon={IconChecklist} title="Nothing is done yet">
        Tasks that were closed stand here with their answers.
      </EmptyState>
    )
  if (whose === 'asked') {
    return (
      <EmptyState icon={IconChecklist} title="You wait for nobody">
        What you gave to others stands here until it is done: a clinical question from the desk, a follow-up after a no.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconChecklist} title="Nothing waits for you">
      Questions, follow-ups, escalations and what has to be mended before the bill come here by themselves.
    </EmptyState>
  )
}

function TaskDetail({ task, onDone }: { task: Task; onDone: () => void }) {
  const items: [string, React.ReactNode][] = [
    [
      'About',
      task.patient === null ? (
        'no patient'
      ) : (
        <Link key="patient" to={paths.patient(task.patient.id)}>
          {task.patient.name}
        </Link>
      ),
    ],
    ['For', task.owner?.name ?? roleNames[task.ownerRole]],
    ['Due', <Due key="due" task={task} />],
    ['From', `${task.createdBy.name}`],
    ['Given', <Instant key="given" at={task.createdAt} />],
  ]
  if (task.acknowledged !== null) items.push(['Taken by', task.acknowledged.by.name])
  return (
    <div className={css.stack}>
      <div>
        <StatusChip {...pressing(task)} /> <span className={css.quiet}>{kindText(task.kind)}</span>
      </div>
      {task.detail !== null && <p className={css.detail}>{task.detail}</p>}
      <Facts items={items} />
      {task.done === null ? (
        <FinishTask task={task} onDone={onDone} />
      ) : (
        <Section framed title={`Done by ${task.done.by.name}`} subtitle={<Instant at={task.done.at} />}>
          <p className={css.detail}>
            {task.done.answer ?? 'Closed. An answer with clinical words is for the care team.'}
          </p>
        </Section>
      )}
    </div>
  )
}

function Due({ task }: { task: Task }) {
  if (task.dueAt !== null) return <Instant at={task.dueAt} />
  return <LocalDate day={task.dueOn} otherwise="no day set" />
}

const title: Column<Task> = {
  id: 'title',
  header: 'What',
  cell: (task) => (
    <span>
      <span className={css.title}>{task.title}</span> <span className={css.quiet}>{kindText(task.kind)}</span>
    </span>
  ),
}
const patient: Column<Task> = {
  id: 'patient',
  header: 'Patient',
  width: 140,
  cell: (task) => task.patient?.name ?? <span className={css.quiet}>none</span>,
  sort: (task) => task.patient?.name ?? null,
}
const owner: Column<Task> = {
  id: 'owner',
  header: 'For',
  width: 130,
  hideBelow: 1024,
  cell: (task) => task.owner?.name ?? roleNames[task.ownerRole],
  sort: (task) => task.owner?.name ?? task.ownerRole,
}

const openColumns: readonly Column<Task>[] = [
  { id: 'state', header: 'State', width: 110, cell: (task) => <StatusChip plain {...pressing(task)} /> },
  title,
  patient,
  owner,
  {
    id: 'due',
    header: 'Due',
    width: 176,
    cell: (task) => <Due task={task} />,
    sort: (task) => task.dueAt ?? task.dueOn,
  },
  { id: 'from', header: 'From', width: 140, hideBelow: 1024, cell: (task) => task.createdBy.name },
]
const doneColumns: readonly Column<Task>[] = [
  title,
  patient,
  owner,
  {
    id: 'done',
    header: 'Done',
    width: 190,
    cell: (task) => <Instant at={task.done?.at ?? null} />,
    sort: (task) => task.done?.at ?? null,
  },
  { id: 'by', header: 'By', width: 140, hideBelow: 768, cell: (task) => task.done?.by.name ?? '' },
]
