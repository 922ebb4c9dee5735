import { type Call, contract, type RedFlag } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, Callout, Dialog, ErrorState, Form, FormActions } from '../../ui/index.ts'

/** The script stops here: what to say, what was done, and the provider's task. It closes only by acting on it. */
export function RedFlagDialog(props: {
  call: Call
  flag: RedFlag
  onChanged: (call: Call) => void
  onMistake: () => void
}) {
  const { call, flag } = props
  const [whatWasDone, setWhatWasDone] = useState('')
  const escalate = useCall(contract.calls.escalate, {
    invalidates: [contract.tasks.list, contract.tasks.count],
    onDone: props.onChanged,
  })
  return (
    <Dialog
      title={flag.urgency === 'emergency' ? 'Emergency' : 'Tell the provider today'}
      opened
      onClose={() => {}}
      mustAct
      size="lg"
    >
      <Form
        label="Acknowledge the red flag"
        onSubmit={() =>
          escalate.mutate({ params: { id: call.id, questionId: flag.questionId }, body: { whatWasDone } })
        }
      >
        {escalate.error !== null && <ErrorState error={escalate.error} kept="What you wrote is still here." />}
        <Callout state={flag.urgency === 'emergency' ? 'stop' : 'attention'} title={flag.words} alert>
          <p>{flag.say}</p>
        </Callout>
        <Textarea
          label="What did you do?"
          value={whatWasDone}
          onChange={(event) => setWhatWasDone(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={500}
          data-autofocus
        />
        <FormActions>
          <Button
            kind="primary"
            type="submit"
            loading={escalate.isPending}
            disabledReason={whatWasDone.trim() === '' ? 'Say in a few words what you did.' : null}
          >
            Acknowledge and tell the provider
          </Button>
          <Button kind="quiet" onClick={props.onMistake}>
            The answer was pressed by mistake
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
