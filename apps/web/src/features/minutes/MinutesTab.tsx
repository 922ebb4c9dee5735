import { contract, type TimeEntry, timeEntryCan } from '@keepwell/contract'
import { Stack, TextInput } from '@mantine/core'
import { IconClock, IconPencilPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useCan, useSession, useToday, useView } from '../../api/index.ts'
import {
  Button,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ErrorState,
  Facts,
  Form,
  FormActions,
  Instant,
  LocalDate,
  MinuteBar,
  Minutes,
  MonthSwitch,
  minutesText,
  Section,
  StatusChip,
  useUrlState,
} from '../../ui/index.ts'
import { LogTimeForm } from './LogTimeForm.tsx'
import css from './minutes.module.css'
import { timerViews } from './timer.ts'
import { contactNames, entryStanding, leftOutText } from './words.ts'

/** A patient's time of a month: what counts, what is left out and why, and the way to add or correct it. */
export default function MinutesTab({ patientId }: { patientId: string }) {
  const can = useCan()
  const thisMonth = useToday().slice(0, 7)
  const [chosen, setMonth] = useUrlState('month')
  const month = chosen ?? thisMonth
  const [form, setForm] = useUrlState('log')
  const view = useView(contract.minutes.list, { params: { patientId }, query: { month } }, { keepPrevious: true })
  const entry = view.data?.entries.find((one) => one.id === form)
  const totals = view.data?.totals
  return (
    <Stack gap="lg">
      <Section
        title="Minutes of the month"
        actions={
          <>
            <MonthSwitch
              month={month}
              latest={thisMonth}
              onChange={(next) => setMonth(next === thisMonth ? null : next)}
            />
            <Button
              leftSection={<IconPencilPlus size={16} aria-hidden />}
              onClick={() => setForm('new', { push: true })}
              disabledReason={can('minutes:log') ? null : 'Your seat does not log time.'}
            >
              Write time by hand
            </Button>
          </>
        }
        framed
      >
        {totals !== undefined && view.data !== undefined && (
          <div className={css.totals}>
            <MinuteBar
              countedSeconds={totals.countedSeconds}
              leftOutSeconds={totals.leftOutSeconds}
              leftOutWhy={leftOutText(totals.leftOut)}
              stepsSeconds={view.data.stepsSeconds}
            />
            <Facts
              columns={3}
              items={[
                ['Staff', <Minutes key="staff" seconds={totals.staffSeconds} />],
                ['Practitioner, in person', <Minutes key="practitioner" seconds={totals.practitionerSeconds} />],
                ['Waits for approval', <Minutes key="waiting" seconds={totals.waitingSeconds} />],
              ]}
            />
          </div>
        )}
      </Section>
      {totals !== undefined && totals.leftOut.length > 0 && (
        <Section title="Left out, and why" framed>
          <ul className={css.leftOut}>
            {totals.leftOut.map((line) => (
              <li key={line.words}>
                <Minutes seconds={line.seconds} /> <span>{line.words}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <EntryTable
        entries={view.data?.entries}
        error={view.error}
        onRetry={view.refetch}
        onCorrect={(id) => setForm(id, { push: true })}
      />
      <Dialog
        title={entry === undefined ? 'Write time by hand' : 'Correct the entry'}
        opened={form !== null && (form === 'new' || entry !== undefined)}
        onClose={() => setForm(null)}
        size="lg"
        keepOpen
      >
        {form !== null && view.data !== undefined && (
          <LogTimeForm
            key={form}
            patientId={patientId}
            entry={entry ?? null}
            daysBack={view.data.daysBack}
            approvalOverSeconds={view.data.approvalOverSeconds}
            onDone={() => setForm(null)}
          />
        )}
      </Dialog>
    </Stack>
  )
}

function EntryTable(props: {
  entries: readonly TimeEntry[] | undefined
  error: unknown
  onRetry: () => unknown
  onCorrect: (id: string) => void
}) {
  const { person } = useSession()
  const can = useCan()
  const [takingOut, setTakingOut] = useUrlState('take-out')
  const taken = props.entries?.find((one) => one.id === takingOut)
  const columns: Column<TimeEntry>[] = [
    {
      id: 'when',
      header: 'When',
      width: 168,
      sort: (entry) => entry.startedAt,
      cell: (entry) => (
        <span className={css.when} data-replaced={entry.superseded !== null || undefined}>
          <LocalDate day={entry.serviceOn} />
          <span className={css.quiet}>
            <Instant at={entry.startedAt} only="time" /> to <Instant at={entry.endedAt} only="time" />
          </span>
        </span>
      ),
    },
    {
      id: 'length',
      header: 'Length',
      numeric: true,
      width: 84,
      sort: (entry) => entry.seconds,
      cell: (entry) => <Minutes seconds={entry.seconds} />,
    },
    {
      id: 'what',
      header: 'What was done',
      cell: (entry) => (
        <span className={css.what}>
          <span>{entry.whatWasDone}</span>
          <span className={css.quiet}>
            {[
              entry.activityLabel,
              entry.contact === null ? null : contactNames[entry.contact],
              entry.source === 'manual' ? `by hand: ${entry.reason ?? ''}` : null,
            ]
              .filter((part) => part !== null && part !== '')
              .join(' · ')}
          </span>
        </span>
      ),
    },
    {
      id: 'who',
      header: 'Who',
      width: 160,
      hideBelow: 768,
      sort: (entry) => entry.person.name,
      cell: (entry) => `${entry.person.name}, ${entry.credential === 'NONE' ? 'no credential' : entry.credential}`,
    },
    {
      id: 'counts',
      header: 'Counts',
      width: 132,
      cell: (entry) => {
        const standing = entryStanding(entry)
        return (
          <span className={css.what}>
            <StatusChip plain {...standing} />
            {entry.superseded === null && entry.countedSeconds < entry.seconds && entry.countedSeconds > 0 && (
              <span className={css.quiet}>{minutesText(entry.countedSeconds)} of it</span>
            )}
          </span>
        )
      },
    },
    {
      id: 'deeds',
      header: 'Deeds',
      headerHidden: true,
      width: 176,
      cell: (entry) => {
        if (!can('minutes:log') || entry.superseded !== null) return null
        const reason =
          entry.person.id === person.id
            ? timeEntryCan.correct.whyNot(entry)
            : `Only ${entry.person.name} can change this.`
        return (
          <span className={css.deeds}>
            <Button size="compact-sm" kind="quiet" onClick={() => props.onCorrect(entry.id)} disabledReason={reason}>
              Correct
            </Button>
            <Button
              size="compact-sm"
              kind="quiet"
              disabledReason={reason}
              onClick={() => setTakingOut(entry.id, { push: true })}
            >
              Take out
            </Button>
          </span>
        )
      },
    },
  ]
  return (
    <>
      <DataTable
        caption="Time entries of the month"
        columns={columns}
        rows={props.entries}
        rowId={(entry) => entry.id}
        error={props.error}
        onRetry={props.onRetry}
        compact
        empty={
          <EmptyState icon={IconClock} title="No time in this month yet">
            Every call and every piece of work will stand here with its exact seconds, who did it, and whether it
            counts. Open a call or start the timer to begin.
          </EmptyState>
        }
      />
      <Dialog
        title="Take this entry out of the count"
        opened={taken !== undefined}
        onClose={() => setTakingOut(null)}
        keepOpen
      >
        {taken !== undefined && <TakeOutForm key={taken.id} entry={taken} onDone={() => setTakingOut(null)} />}
      </Dialog>
    </>
  )
}

function TakeOutForm({ entry, onDone }: { entry: TimeEntry; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const withdraw = useCall(contract.minutes.withdraw, { invalidates: timerViews, onDone })
  return (
    <Form
      label="Take this entry out of the count"
      onSubmit={() => withdraw.mutate({ params: { id: entry.id }, body: { reason } })}
    >
      {withdraw.error !== null && <ErrorState error={withdraw.error} kept="What you wrote is still here." />}
      <p>{minutesText(entry.seconds)} stay visible with your reason and no longer count.</p>
      <TextInput
        label="Why"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        data-autofocus
      />
      <FormActions>
        <Button
          kind="primary"
          type="submit"
          loading={withdraw.isPending}
          disabledReason={reason.trim() === '' ? 'Say why.' : null}
        >
          Take it out
        </Button>
        <Button kind="quiet" onClick={onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
