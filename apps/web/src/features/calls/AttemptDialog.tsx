import { type Call, type CallOutcome, type CallWorkspace, contract, type NextPatient } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall, useSession, useToday } from '../../api/index.ts'
import {
  Button,
  ChoiceCards,
  DateField,
  Dialog,
  ErrorState,
  FieldRow,
  Form,
  FormActions,
  KeyHint,
} from '../../ui/index.ts'
import { instantIn, timerViews } from '../minutes/index.ts'
import css from './calls.module.css'

type Attempt = Exclude<CallOutcome, 'completed'>

/** Not reached, or later: two keys for a voicemail. The attempt is signed, its time left out, the next patient opens. */
export function AttemptDialog(props: {
  call: Call
  voicemail: CallWorkspace['voicemail']
  patient: CallWorkspace['patient']
  opened: boolean
  onClose: () => void
  onDone: (next: NextPatient | null, seconds: number) => void
}) {
  return (
    <Dialog title="Not reached" opened={props.opened} onClose={props.onClose} size="lg">
      {props.opened && <AttemptForm {...props} />}
    </Dialog>
  )
}

function AttemptForm({ call, voicemail, patient, onDone }: Parameters<typeof AttemptDialog>[0]) {
  const { clinic } = useSession()
  const today = useToday()
  const forbidden = patient.voicemailAllowed === false ? 'The patient does not want messages left.' : null
  const [outcome, setOutcome] = useState<Attempt>(forbidden === null ? 'voicemail' : 'no_answer')
  const [day, setDay] = useState(today)
  const [time, setTime] = useState('')
  const [remark, setRemark] = useState('')
  const attempt = useCall(contract.calls.attempt, {
    invalidates: [...timerViews, contract.calls.list],
    onDone: ({ next, credited }) => onDone(next, credited?.seconds ?? 0),
  })
  const at = outcome === 'call_back' ? instantIn(day, time, clinic.timeZone) : null
  const spanish = patient.language?.startsWith('es') === true
  return (
    <Form
      label="Not reached"
      onSubmit={() =>
        attempt.mutate({
          params: { id: call.id },
          body: {
            outcome,
            ...(at === null ? {} : { callBackAt: at }),
            ...(remark.trim() === '' ? {} : { remark }),
          },
        })
      }
    >
      {attempt.error !== null && <ErrorState error={attempt.error} kept="The call is still open." />}
      <ChoiceCards<Attempt>
        legend="What happened"
        inRow
        value={outcome}
        onChange={setOutcome}
        choices={[
          { value: 'voicemail', label: 'Left a voicemail', disabledReason: forbidden },
          { value: 'no_answer', label: 'No answer' },
          { value: 'call_back', label: 'Call back later' },
          { value: 'declined_today', label: 'Not today' },
          { value: 'wrong_number', label: 'Wrong number' },
        ]}
      />
      {outcome === 'voicemail' && (
        <div className={css.voicemail}>
          <p>{spanish ? voicemail.es : voicemail.en}</p>
          <p className={css.quiet}>
            {spanish ? voicemail.en : `Approved text ${voicemail.version}. It names no illness and no program.`}
          </p>
        </div>
      )}
      {outcome === 'call_back' && (
        <FieldRow>
          <DateField label="Call back on" value={day} onChange={setDay} min={today} />
          <TextInput
            label="At"
            type="time"
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
            data-autofocus
          />
        </FieldRow>
      )}
      <TextInput
        label="Remark (optional)"
        value={remark}
        onChange={(event) => setRemark(event.currentTarget.value)}
        maxLength={500}
      />
      <FormActions>
        <Button
          kind="primary"
          type="submit"
          loading={attempt.isPending}
          disabledReason={outcome === 'call_back' && at === null ? 'Say when you will call back.' : null}
          data-autofocus
          rightSection={<KeyHint keys="Enter" />}
        >
          Note it and go on
        </Button>
      </FormActions>
    </Form>
  )
}
