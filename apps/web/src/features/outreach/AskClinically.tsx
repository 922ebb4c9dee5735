import { ClinicalTopic, clinicalTopicWords, contract, type DeskRow } from '@keepwell/contract'
import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ChoiceCards, ErrorState, Form, FormActions, Instant, say } from '../../ui/index.ts'
import { afterWord } from './use-outreach.ts'

const topics = ClinicalTopic.options.map((value) => ({ value, label: clinicalTopicWords[value] }))

/** Sends a clinical question to the care team by its topic: the desk writes no clinical words. */
export function AskClinically({ row }: { row: DeskRow }) {
  const [open, setOpen] = useState(false)
  const [topic, setTopic] = useState<ClinicalTopic | null>(null)
  const [waiting, setWaiting] = useState(true)
  const [toProvider, setToProvider] = useState(false)
  const ask = useCall(contract.outreach.ask, {
    invalidates: [...afterWord, contract.tasks.list],
    onDone: () => {
      void say('The care team has the question.')
      setOpen(false)
      setTopic(null)
    },
  })
  if (!open) {
    return (
      <div>
        <Button disabledReason={row.patient.deceased ? 'The patient has died.' : null} onClick={() => setOpen(true)}>
          Clinical question
        </Button>
        {ask.data !== undefined && (
          <span>
            {' '}
            Sent; an answer is due <Instant at={ask.data.dueAt} only="time" />.
          </span>
        )}
      </div>
    )
  }
  return (
    <Form
      label="Clinical question"
      onSubmit={() => {
        if (topic === null) return
        ask.mutate({
          params: { patientId: row.patient.id },
          body: {
            topic,
            waiting,
            to: toProvider ? 'provider' : 'care_manager',
            appointmentId: row.appointment?.id,
          },
        })
      }}
    >
      {ask.error !== null && <ErrorState error={ask.error} />}
      <ChoiceCards legend="What is it about?" inRow value={topic} onChange={setTopic} choices={topics} />
      <Switch
        label="The patient waits here"
        description={waiting ? 'An answer is due within 15 minutes.' : 'An answer is due within a day, by phone.'}
        checked={waiting}
        onChange={(event) => setWaiting(event.currentTarget.checked)}
      />
      <Switch
        label="For the provider rather than the care manager"
        checked={toProvider}
        onChange={(event) => setToProvider(event.currentTarget.checked)}
      />
      <FormActions>
        <Button
          kind="primary"
          type="submit"
          loading={ask.isPending}
          disabledReason={topic === null ? 'Choose what it is about.' : null}
        >
          Send to the care team
        </Button>
        <Button kind="quiet" onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </FormActions>
    </Form>
  )
}
