import { contract, type Task, taskCan, taskKindsWithAnswer } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan } from '../../api/index.ts'
import { Button, ErrorState, Form, FormActions, say } from '../../ui/index.ts'

const changed = [contract.tasks.list, contract.tasks.count, contract.outreach.today, contract.outreach.patient]

/** Takes a task or closes it; a question is closed by its answer. */
export function FinishTask({ task, onDone }: { task: Task; onDone?: () => void }) {
  const can = useCan()
  const [answer, setAnswer] = useState('')
  const asks = taskKindsWithAnswer.includes(task.kind)
  const take = useCall(contract.tasks.acknowledge, { invalidates: changed })
  const finish = useCall(contract.tasks.finish, {
    invalidates: changed,
    onDone: () => {
      void say(asks ? 'Answered. Whoever asked sees that it is done.' : 'Done.')
      onDone?.()
    },
  })
  const seat = can('task:work') ? null : 'Your seat does not work on tasks.'
  const notFinish =
    seat ?? taskCan.finish.whyNot(task) ?? (asks && answer.trim() === '' ? 'Write the answer first.' : null)
  const error = finish.error ?? take.error
  return (
    <Form
      label={asks ? 'Answer the question' : 'Close the task'}
      onSubmit={() => {
        if (notFinish === null) finish.mutate({ params: { id: task.id }, body: { answer } })
      }}
    >
      {error !== null && <ErrorState error={error} kept="Your words are still here." />}
      {task.mine && (
        <Textarea
          label={asks ? 'Answer' : 'Note (optional)'}
          value={answer}
          minRows={3}
          maxLength={2000}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
      )}
      <FormActions>
        <Button kind="primary" type="submit" loading={finish.isPending} disabledReason={notFinish}>
          {asks ? 'Answer and close' : 'Mark done'}
        </Button>
        <Button
          loading={take.isPending}
          disabledReason={seat ?? taskCan.acknowledge.whyNot(task)}
          onClick={() => take.mutate({ params: { id: task.id } })}
        >
          I have it
        </Button>
      </FormActions>
    </Form>
  )
}
