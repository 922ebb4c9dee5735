import { contract, type TimeEntry, timeEntryCan } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { IconClockCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useSession, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ErrorState,
  Form,
  FormActions,
  Instant,
  Link,
  LocalDate,
  Minutes,
  minutesText,
  Page,
  say,
  useUrlState,
} from '../../ui/index.ts'
import css from './minutes.module.css'
import { timerViews } from './timer.ts'

const views = [contract.minutes.approvals, ...timerViews] as const

/** Long time by hand, oldest first: a second person looks at each before it counts. */
export default function TimeApprovalsPage() {
  const { person } = useSession()
  const [declining, setDeclining] = useUrlState('decline')
  const view = useView(contract.minutes.approvals, { query: { limit: 200 } })
  const approve = useCall(contract.minutes.approve, {
    invalidates: views,
    onDone: (entry) => void say(`${minutesText(entry.seconds)} of ${entry.person.name} counts now.`),
  })
  const entry = view.data?.items.find((one) => one.id === declining)
  const columns: Column<TimeEntry>[] = [
    {
      id: 'patient',
      header: 'Patient',
      width: 150,
      sort: (one) => one.patient.name,
      cell: (one) => (
        <Link to={paths.patient(one.patient.id, 'minutes', { month: one.month })}>{one.patient.name}</Link>
      ),
    },
    {
      id: 'person',
      header: 'Worked by',
      width: 150,
      sort: (one) => one.person.name,
      cell: (one) => `${one.person.name}, ${one.credential}`,
    },
    {
      id: 'when',
      header: 'When',
      width: 168,
      sort: (one) => one.startedAt,
      cell: (one) => (
        <span className={css.when}>
          <LocalDate day={one.serviceOn} />
          <span className={css.quiet}>
            <Instant at={one.startedAt} only="time" /> to <Instant at={one.endedAt} only="time" />
          </span>
        </span>
      ),
    },
    {
      id: 'length',
      header: 'Length',
      numeric: true,
      width: 84,
      sort: (one) => one.seconds,
      cell: (one) => <Minutes seconds={one.seconds} />,
    },
    {
      id: 'what',
      header: 'What, and why by hand',
      width: 320,
      cell: (one) => (
        <span className={css.what}>
          <span>{one.whatWasDone}</span>
          <span className={css.quiet}>
            {one.activityLabel} · {one.reason}
          </span>
        </span>
      ),
    },
    {
      id: 'written',
      header: 'Written',
      width: 120,
      hideBelow: 1024,
      sort: (one) => one.recordedAt,
      cell: (one) => <Instant at={one.recordedAt} only="day" />,
    },
    {
      id: 'deeds',
      header: 'Deeds',
      headerHidden: true,
      width: 190,
      cell: (one) => {
        const reason =
          one.person.id === person.id || one.recordedBy.id === person.id
            ? 'This is your own time. A second person has to look at it.'
            : timeEntryCan.approve.whyNot(one)
        return (
          <span className={css.deeds}>
            <Button
              size="compact-sm"
              loading={approve.isPending && approve.variables.params.id === one.id}
              disabledReason={reason}
              onClick={() => approve.mutate({ params: { id: one.id } })}
            >
              Approve
            </Button>
            <Button
              size="compact-sm"
              kind="quiet"
              disabledReason={reason}
              onClick={() => setDeclining(one.id, { push: true })}
            >
              Decline
            </Button>
          </span>
        )
      },
    },
  ]
  return (
    <Page
      title="Time to approve"
      subtitle="Time that was written by hand and is long: it counts once a second person has looked at it."
      asOf={view.dataUpdatedAt}
    >
      {approve.error !== null && <ErrorState error={approve.error} />}
      <DataTable
        caption="Time that waits for approval"
        columns={columns}
        rows={view.data?.items}
        rowId={(one) => one.id}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconClockCheck} title="Nothing waits for you">
            Long entries by hand stand here until you have looked at them. Timed entries never need it.
          </EmptyState>
        }
      />
      <Dialog title="Decline this time" opened={entry !== undefined} onClose={() => setDeclining(null)} keepOpen>
        {entry !== undefined && <DeclineForm key={entry.id} entry={entry} onDone={() => setDeclining(null)} />}
      </Dialog>
    </Page>
  )
}

function DeclineForm({ entry, onDone }: { entry: TimeEntry; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const decline = useCall(contract.minutes.decline, { invalidates: views, onDone })
  return (
    <Form label="Decline this time" onSubmit={() => decline.mutate({ params: { id: entry.id }, body: { reason } })}>
      {decline.error !== null && <ErrorState error={decline.error} kept="What you wrote is still here." />}
      <p>
        {minutesText(entry.seconds)} of {entry.person.name} for {entry.patient.name}. It stays visible and does not
        count.
      </p>
      <TextInput
        label="Why"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={480}
        data-autofocus
      />
      <FormActions>
        <Button
          kind="primary"
          type="submit"
          loading={decline.isPending}
          disabledReason={reason.trim() === '' ? 'Say why.' : null}
        >
          Decline
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
