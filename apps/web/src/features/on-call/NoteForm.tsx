import { contract } from '@keepwell/contract'
import { Checkbox, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ErrorState, FieldRow, Form, FormActions, Section, say } from '../../ui/index.ts'

const empty = { callerName: '', callerPhone: '', whatHappened: '', advice: '' }

/** What was said in the night, and whether the day team takes it on. */
export function NoteForm({ patientId }: { patientId: string }) {
  const [draft, setDraft] = useState(empty)
  const [handOver, setHandOver] = useState(true)
  const note = useCall(contract.onCall.note, {
    invalidates: [contract.onCall.record],
    onDone: ({ taskId }) => {
      setDraft(empty)
      void say(
        taskId === null ? 'The note is kept.' : 'The note is kept, and the care manager finds it in the morning.',
      )
    },
  })
  const set = (field: keyof typeof empty) => (event: { currentTarget: { value: string } }) =>
    setDraft({ ...draft, [field]: event.currentTarget.value })
  const whyNot =
    draft.callerName.trim() === ''
      ? 'Write who called.'
      : draft.whatHappened.trim() === ''
        ? 'Write what happened.'
        : draft.advice.trim() === ''
          ? 'Write what you advised.'
          : null
  return (
    <Section title="Call note" framed>
      <Form
        label="Call note"
        onSubmit={() => {
          if (whyNot !== null) return
          note.mutate({
            params: { patientId },
            body: {
              callerName: draft.callerName.trim(),
              callerPhone: draft.callerPhone.trim() || null,
              whatHappened: draft.whatHappened.trim(),
              advice: draft.advice.trim(),
              handOver,
            },
          })
        }}
      >
        <FieldRow>
          <TextInput label="Who called" value={draft.callerName} maxLength={120} onChange={set('callerName')} />
          <TextInput
            label="Call-back number"
            type="tel"
            value={draft.callerPhone}
            maxLength={30}
            onChange={set('callerPhone')}
          />
        </FieldRow>
        <Textarea
          label="What happened"
          autosize
          minRows={2}
          maxLength={500}
          value={draft.whatHappened}
          onChange={set('whatHappened')}
        />
        <Textarea
          label="What you advised"
          autosize
          minRows={2}
          maxLength={500}
          value={draft.advice}
          onChange={set('advice')}
        />
        <Checkbox
          label="Hand over to the care manager for the morning"
          checked={handOver}
          onChange={(event) => setHandOver(event.currentTarget.checked)}
        />
        {note.error !== null && <ErrorState error={note.error} kept="What you typed is still here." />}
        <FormActions>
          <Button type="submit" kind="primary" loading={note.isPending} disabledReason={whyNot}>
            Keep the note
          </Button>
        </FormActions>
      </Form>
    </Section>
  )
}
