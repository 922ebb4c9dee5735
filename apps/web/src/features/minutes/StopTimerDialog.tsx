import { contract, type Timer } from '@keepwell/contract'
import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useView } from '../../api/index.ts'
import { Button, Dialog, ErrorState, Form, FormActions, minutesText, say } from '../../ui/index.ts'
import { timerViews } from './timer.ts'

/** Ends a timer that no call belongs to: what kind of work it was, and what was done. */
export function StopTimerDialog(props: { timer: Timer; opened: boolean; onClose: () => void }) {
  return (
    <Dialog title={`Stop the timer for ${props.timer.patient.name}`} opened={props.opened} onClose={props.onClose}>
      <StopForm key={props.timer.id} {...props} />
    </Dialog>
  )
}

function StopForm({ timer, onClose }: { timer: Timer; onClose: () => void }) {
  const activities = useView(contract.minutes.activities, {})
  const [activity, setActivity] = useState(timer.activity)
  const [whatWasDone, setWhatWasDone] = useState('')
  const chosen = activities.data?.items.find((one) => one.id === activity)
  const stop = useCall(contract.minutes.stop, {
    invalidates: timerViews,
    onDone: ({ seconds }) => {
      onClose()
      void say(`${minutesText(seconds)} kept for ${timer.patient.name}.`)
    },
  })
  const discard = useCall(contract.minutes.discard, { invalidates: timerViews, onDone: onClose })
  return (
    <Form
      label="Stop the timer"
      onSubmit={() => stop.mutate({ params: { id: timer.id }, body: { activity, whatWasDone } })}
    >
      {(stop.error ?? discard.error) !== null && (
        <ErrorState error={stop.error ?? discard.error} kept="The timer runs on." />
      )}
      <Select
        label="Kind of work"
        data={(activities.data?.items ?? []).map((one) => ({ value: one.id, label: one.label }))}
        value={activity}
        onChange={(value) => value !== null && setActivity(value)}
        description={
          chosen === undefined ? undefined : `${chosen.countable ? 'Counts' : 'Does not count'}. ${chosen.why}`
        }
        searchable
      />
      <Textarea
        label="What was done"
        value={whatWasDone}
        onChange={(event) => setWhatWasDone(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
      />
      <FormActions>
        <Button
          kind="primary"
          type="submit"
          loading={stop.isPending}
          disabledReason={whatWasDone.trim().length < 3 ? 'Say in a few words what was done.' : null}
        >
          Stop and keep the time
        </Button>
        <Button
          kind="quiet"
          loading={discard.isPending}
          onClick={() => discard.mutate({ params: { id: timer.id }, body: { reason: 'Started by mistake.' } })}
        >
          It ran by mistake
        </Button>
      </FormActions>
    </Form>
  )
}
