import { contract, type Role, roleNames, type Task } from '@keepwell/contract'
import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday, useView } from '../../api/index.ts'
import { Button, ChoiceCards, DateField, ErrorState, FieldRow, Form, FormActions, say } from '../../ui/index.ts'
import { workingSeats } from './words.ts'

const urgencies = [
  { value: 'now', label: 'Now' },
  { value: 'today', label: 'Today' },
  { value: 'normal', label: 'When there is time' },
] as const

/** Gives a seat or a person something to do; about a patient when one is given. */
export function NewTaskForm(props: { patientId?: string | null; onDone: () => void }) {
  const today = useToday()
  const [title, setTitle] = useState('')
  const [detail, setDetail] = useState('')
  const [urgency, setUrgency] = useState<Task['urgency']>('normal')
  const [seat, setSeat] = useState<Role | null>(null)
  const [ownerId, setOwnerId] = useState('')
  const [dueOn, setDueOn] = useState('')
  const people = useView(contract.tasks.people, {})
  const create = useCall(contract.tasks.create, {
    invalidates: [contract.tasks.list, contract.tasks.count],
    onDone: () => {
      void say('The task is on their list.')
      props.onDone()
    },
  })
  const faults = faultsByField(create.error)
  const missing =
    title.trim().length < 3 ? 'Say in a few words what is to be done.' : seat === null ? 'Choose who it is for.' : null
  const inSeat = (people.data?.items ?? []).filter((person) => seat !== null && person.roles.includes(seat))
  return (
    <Form
      label="New task"
      onSubmit={() => {
        if (seat === null || missing !== null) return
        create.mutate({
          body: {
            patientId: props.patientId ?? null,
            title,
            detail: detail.trim() === '' ? null : detail,
            urgency,
            ownerRole: seat,
            ownerId: ownerId === '' ? null : ownerId,
            dueOn: dueOn === '' ? null : dueOn,
          },
        })
      }}
    >
      {create.error !== null && <ErrorState error={create.error} kept="What you wrote is still here." />}
      <TextInput
        label="What is to be done"
        value={title}
        maxLength={160}
        error={faults.title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        data-autofocus
      />
      <Textarea
        label="What they need to know (optional)"
        value={detail}
        maxLength={2000}
        onChange={(event) => setDetail(event.currentTarget.value)}
      />
      <ChoiceCards
        legend="For"
        inRow
        value={seat}
        onChange={(value) => {
          setSeat(value)
          setOwnerId('')
        }}
        choices={workingSeats.map((value) => ({ value, label: roleNames[value] }))}
      />
      <FieldRow>
        <Select
          label="Person"
          data={[
            { value: '', label: 'Anybody in that seat' },
            ...inSeat.map((person) => ({ value: person.id, label: person.name })),
          ]}
          value={ownerId}
          error={faults.ownerId}
          onChange={(value) => setOwnerId(value ?? '')}
        />
        <DateField label="Due (optional)" min={today} value={dueOn} onChange={setDueOn} error={faults.dueOn} />
      </FieldRow>
      <ChoiceCards legend="How soon" inRow value={urgency} onChange={setUrgency} choices={urgencies} />
      <FormActions>
        <Button kind="primary" type="submit" loading={create.isPending} disabledReason={missing}>
          Give task
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
