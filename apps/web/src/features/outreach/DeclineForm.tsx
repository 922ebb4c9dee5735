import { contract, type DeskRow, Objection, objectionWords } from '@keepwell/contract'
import { Checkbox, Select } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday, useView } from '../../api/index.ts'
import {
  Button,
  ChoiceCards,
  DateField,
  ErrorState,
  FieldRow,
  Form,
  FormActions,
  Section,
  say,
} from '../../ui/index.ts'
import { afterWord } from './use-outreach.ts'

const reasons = Objection.options.map((value) => ({ value, label: objectionWords[value] }))

/** A no: one reason, thanks, and who speaks with the patient again, unless the patient wants to be left alone. */
export function DeclineForm({ row, onDone }: { row: DeskRow; onDone: () => void }) {
  const today = useToday()
  const people = useView(contract.outreach.people, {})
  const [reason, setReason] = useState<Objection | null>(null)
  const [byId, setById] = useState('')
  const [on, setOn] = useState('')
  const [doNotAskAgain, setDoNotAskAgain] = useState(false)
  const decline = useCall(contract.outreach.decline, {
    invalidates: [...afterWord, contract.tasks.list],
    onDone: () => {
      void say('Thank the patient; the answer is on record.')
      onDone()
    },
  })
  const faults = faultsByField(decline.error)
  const halfFollowUp = !doNotAskAgain && (byId === '') !== (on === '')
  const missing =
    reason === null ? 'Choose the reason.' : halfFollowUp ? 'Give both who follows up and when, or neither.' : null
  return (
    <Section
      framed
      title="The patient says no"
      subtitle="Say thank you. One reason is enough; nothing changes in their care."
    >
      <Form
        label="The patient says no"
        onSubmit={() => {
          if (reason === null || missing !== null) return
          decline.mutate({
            params: { patientId: row.patient.id },
            body: {
              reason,
              doNotAskAgain,
              appointmentId: row.appointment?.id,
              scriptId: 'intro',
              followUp: doNotAskAgain || byId === '' ? null : { byId, on },
            },
          })
        }}
      >
        {decline.error !== null && <ErrorState error={decline.error} kept="Nothing was recorded yet." />}
        <ChoiceCards legend="Why" inRow value={reason} onChange={setReason} choices={reasons} />
        <Checkbox
          size="md"
          label="The patient does not want to be asked again"
          checked={doNotAskAgain}
          onChange={(event) => setDoNotAskAgain(event.currentTarget.checked)}
        />
        {!doNotAskAgain && (
          <FieldRow>
            <Select
              label="Who speaks with the patient again"
              data={[
                { value: '', label: 'Nobody' },
                ...(people.data?.items ?? []).map((person) => ({
                  value: person.id,
                  label: `${person.name}, ${person.title}`,
                })),
              ]}
              value={byId}
              error={faults['followUp.byId']}
              onChange={(value) => setById(value ?? '')}
            />
            <DateField label="When" min={today} value={on} onChange={setOn} error={faults['followUp.on']} />
          </FieldRow>
        )}
        <FormActions>
          <Button kind="primary" type="submit" loading={decline.isPending} disabledReason={missing}>
            Record the no
          </Button>
          <Button kind="quiet" onClick={onDone}>
            Back
          </Button>
        </FormActions>
      </Form>
    </Section>
  )
}
