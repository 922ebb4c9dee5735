import { contract, type MonthVerdict } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { Button, DateField, dayText, ErrorState, Form, FormActions, say } from '../../ui/index.ts'
import { dayAfter } from './month-words.ts'

/** Hands a missing step to its owner as a task with a day; it stays on the board until it is done. */
export function SendBackForm(props: {
  verdict: MonthVerdict
  fix: MonthVerdict['fixes'][number]
  owner: string
  onDone: () => void
  onChanged: () => unknown
}) {
  const { verdict, fix, owner } = props
  const today = useToday()
  const [dueOn, setDueOn] = useState(() => dayAfter(today, 2))
  const [note, setNote] = useState('')
  const send = useCall(contract.months.sendBack, {
    invalidates: [contract.months.verdict, contract.months.board],
    onDone: () => {
      props.onDone()
      void props.onChanged()
      void say(`Sent to ${owner}, due ${dayText(dueOn)}.`)
    },
  })
  const whyNot = dueOn === '' ? 'Say by which day.' : null
  return (
    <Form
      label={`Send to ${owner}`}
      onSubmit={() => {
        if (whyNot === null)
          send.mutate({
            params: { month: verdict.month, patientId: verdict.patient.id },
            body: { fixId: fix.id, dueOn, note: note.trim() },
          })
      }}
    >
      <DateField label="By" value={dueOn} onChange={setDueOn} min={today} error={faultsByField(send.error).dueOn} />
      <Textarea
        label="A word with it, if needed"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {send.error !== null && <ErrorState error={send.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={send.isPending} disabledReason={whyNot}>
          Send to {owner}
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
