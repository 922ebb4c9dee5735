import { type Contact, contract, type TimeEntry } from '@keepwell/contract'
import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useSession, useToday, useView } from '../../api/index.ts'
import {
  Button,
  Callout,
  DateField,
  ErrorState,
  Fault,
  FieldRow,
  Form,
  FormActions,
  minutesText,
  say,
  useNavigation,
} from '../../ui/index.ts'
import { timerViews } from './timer.ts'
import { contactNames, instantIn, wallClockOf } from './words.ts'

/** Time by hand, or a corrected version of an entry: start and end, never only a duration. */
export function LogTimeForm(props: {
  patientId: string
  entry: TimeEntry | null
  daysBack: number
  approvalOverSeconds: number
  onDone: () => void
}) {
  const { entry } = props
  const { clinic, permissions } = useSession()
  const today = useToday()
  const { search } = useNavigation()
  const asked = new URLSearchParams(search)
  const from = entry === null ? null : wallClockOf(entry.startedAt, clinic.timeZone)
  const to = entry === null ? null : wallClockOf(entry.endedAt, clinic.timeZone)
  const [day, setDay] = useState(from?.day ?? asked.get('day') ?? today)
  const [startTime, setStartTime] = useState(from?.time ?? asked.get('from') ?? '')
  const [endTime, setEndTime] = useState(to?.time ?? asked.get('to') ?? '')
  const [activity, setActivity] = useState<string | null>(entry?.activity ?? null)
  const [contact, setContact] = useState<Contact | ''>(entry?.contact ?? '')
  const [whatWasDone, setWhatWasDone] = useState(entry?.whatWasDone ?? '')
  const [reason, setReason] = useState('')
  const [attested, setAttested] = useState(false)
  const [personal, setPersonal] = useState(entry?.personalCcm ?? true)
  const activities = useView(contract.minutes.activities, {})
  const done = ({ entries }: { entries: TimeEntry[] }) => {
    const waits = entries.some((one) => one.approval === 'waiting')
    void say(waits ? 'Kept. It counts once the CCM manager has approved it.' : 'Kept.')
    props.onDone()
  }
  const log = useCall(contract.minutes.log, { invalidates: timerViews, onDone: done })
  const correct = useCall(contract.minutes.correct, { invalidates: timerViews, onDone: done })
  const deed = entry === null ? log : correct
  const faults = faultsByField(deed.error)

  const startedAt = instantIn(day, startTime, clinic.timeZone)
  // An end before the start means that the work went on past midnight.
  const nextDay = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000)
  const endedAt = instantIn(
    endTime !== '' && endTime < startTime
      ? Number.isNaN(nextDay.getTime())
        ? day
        : nextDay.toISOString().slice(0, 10)
      : day,
    endTime,
    clinic.timeZone,
  )
  const seconds = startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  const kind = activities.data?.items.find((one) => one.id === activity)
  const missing =
    startedAt === null || endedAt === null
      ? 'Write when it began and when it ended.'
      : activity === null
        ? 'Choose the kind of work.'
        : whatWasDone.trim().length < 3
          ? 'Say what was done.'
          : reason.trim() === ''
            ? 'Say why it is written by hand.'
            : attested
              ? null
              : 'Confirm that you did this work at these times.'
  function send() {
    if (missing !== null || startedAt === null || endedAt === null || activity === null) return
    const body = {
      startedAt,
      endedAt,
      activity,
      contact: contact === '' ? null : contact,
      whatWasDone,
      reason,
      attested,
      personalCcm: personal,
    }
    if (entry === null) log.mutate({ params: { patientId: props.patientId }, body })
    else correct.mutate({ params: { id: entry.id }, body: { ...body, program: entry.program } })
  }
  return (
    <Form label={entry === null ? 'Write time by hand' : 'Correct the entry'} onSubmit={send}>
      {deed.error !== null && <ErrorState error={deed.error} kept="What you wrote is still here." />}
      <DateField label="Day" value={day} onChange={setDay} max={today} error={faults.startedAt} data-autofocus />
      <FieldRow>
        <TextInput
          label="From"
          type="time"
          step={1}
          value={startTime}
          onChange={(event) => setStartTime(event.currentTarget.value)}
        />
        <TextInput
          label="To"
          type="time"
          step={1}
          value={endTime}
          onChange={(event) => setEndTime(event.currentTarget.value)}
          error={faults.endedAt}
        />
      </FieldRow>
      {seconds !== null && seconds > props.approvalOverSeconds && entry?.source !== 'timer' && (
        <Callout state="attention" title={`${minutesText(seconds)} by hand needs a second person`}>
          <p>
            Entries by hand longer than {minutesText(props.approvalOverSeconds)} count once the CCM manager has approved
            them.
          </p>
        </Callout>
      )}
      <FieldRow>
        <Select
          label="Kind of work"
          searchable
          data={[
            {
              group: 'Counts',
              items: (activities.data?.items ?? [])
                .filter((one) => one.countable)
                .map((one) => ({ value: one.id, label: one.label })),
            },
            {
              group: 'Does not count',
              items: (activities.data?.items ?? [])
                .filter((one) => !one.countable)
                .map((one) => ({ value: one.id, label: one.label })),
            },
          ]}
          value={activity}
          onChange={setActivity}
          error={faults.activity}
          description={kind === undefined ? undefined : kind.why}
        />
        <Select
          label="With whom"
          data={[
            { value: '', label: 'Nobody' },
            ...Object.entries(contactNames).map(([value, label]) => ({ value, label })),
          ]}
          value={contact}
          onChange={(value) => setContact((value ?? '') as Contact | '')}
        />
      </FieldRow>
      <Textarea
        label="What was done"
        value={whatWasDone}
        onChange={(event) => setWhatWasDone(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2000}
      />
      <TextInput
        label={entry === null ? 'Why by hand' : 'Why it is corrected'}
        description={entry === null ? `For up to ${props.daysBack} days back.` : 'The old version stays visible.'}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
      />
      {permissions.includes('care_plan:sign') && (
        <Checkbox
          label="My own care of this patient, kept apart from the staff's time"
          checked={personal}
          onChange={(event) => setPersonal(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label="I did this work myself, at these times."
        checked={attested}
        onChange={(event) => setAttested(event.currentTarget.checked)}
      />
      {faults.attested !== undefined && <Fault>{faults.attested}</Fault>}
      <FormActions>
        <Button kind="primary" type="submit" loading={deed.isPending} disabledReason={missing}>
          {seconds === null || seconds <= 0 ? 'Keep' : `Keep ${minutesText(seconds)}`}
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
