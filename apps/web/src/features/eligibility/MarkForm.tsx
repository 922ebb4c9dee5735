import { contract, type PriorityLevel } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { z } from 'zod'
import { useCall } from '../../api/index.ts'
import { Button, ChoiceCards, ErrorState, Form, FormActions, say } from '../../ui/index.ts'
import { priorityWords } from './standing.ts'

type Level = z.infer<typeof PriorityLevel>
const levels: readonly Level[] = ['first', 'soon', 'normal', 'later']

/** The provider says how soon this patient should be asked, and why: the queue shows the reason. */
export function MarkForm(props: { patientId: string; current: Level | null; onDone: () => void }) {
  const [level, setLevel] = useState<Level | null>(props.current)
  const [reason, setReason] = useState('')
  const mark = useCall(contract.eligibility.mark, {
    invalidates: [contract.eligibility.get, contract.eligibility.list, contract.patients.get],
    onDone: () => {
      void say('The priority is set; the care team sees it with your reason.')
      props.onDone()
    },
  })
  const missing = level === null ? 'Choose how soon.' : reason.trim() === '' ? 'Say why in a few words.' : null
  return (
    <Form
      label="Priority"
      onSubmit={() => {
        if (level !== null && missing === null)
          mark.mutate({ params: { patientId: props.patientId }, body: { level, reason } })
      }}
    >
      {mark.error !== null && <ErrorState error={mark.error} kept="Nothing was changed." />}
      <ChoiceCards
        legend="How soon should this patient be asked?"
        inRow
        value={level}
        onChange={setLevel}
        choices={levels.map((value) => ({ value, label: priorityWords[value] }))}
      />
      <Textarea
        label="Why"
        description="Whoever calls reads this, for example: two falls this autumn, lives alone."
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormActions>
        <Button kind="primary" type="submit" loading={mark.isPending} disabledReason={missing}>
          Set priority
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
