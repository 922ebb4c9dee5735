import { contract, EndReason, endReasonWords } from '@keepwell/contract'
import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, DateField, Dialog, ErrorState, Form, FormActions, Link, say } from '../../ui/index.ts'

interface EndProps {
  patientId: string
  enrolledOn: string
  opened: boolean
  onClose: () => void
}

/** Ends an enrollment with its reason and last day. */
export function EndDialog(props: EndProps) {
  return (
    <Dialog title="End the enrollment" opened={props.opened} onClose={props.onClose} keepOpen>
      <EndForm {...props} />
    </Dialog>
  )
}

function EndForm(props: EndProps) {
  const today = useToday()
  const [reason, setReason] = useState<EndReason | null>(null)
  const [endedOn, setEndedOn] = useState(today)
  const [note, setNote] = useState('')
  const end = useCall(contract.enrollments.end, {
    invalidates: [contract.enrollments.status, contract.enrollments.caseload],
    onDone: () => {
      props.onClose()
      void say('The enrollment has its last day.')
    },
  })
  const consents = useView(
    contract.consents.list,
    { params: { patientId: props.patientId } },
    { enabled: reason === 'withdrew' },
  )
  const standing =
    reason === 'withdrew' ? consents.data?.items.find(({ revocation }) => revocation === null) : undefined
  const whyNot =
    reason === null
      ? 'Choose the reason.'
      : reason === 'withdrew' && consents.isPending
        ? 'The consent is being looked up.'
        : standing !== undefined
          ? 'Record the wish to stop: it ends the enrollment as well.'
          : endedOn === ''
            ? 'Say which day was the last.'
            : null
  return (
    <Form
      label="End the enrollment"
      onSubmit={() => {
        if (whyNot === null && reason !== null) {
          end.mutate({
            params: { patientId: props.patientId },
            body: { reason, endedOn, ...(note.trim() === '' ? {} : { note: note.trim() }) },
          })
        }
      }}
    >
      <Select
        label="Reason"
        data={EndReason.options.map((value) => ({ value, label: endReasonWords[value] }))}
        value={reason}
        onChange={(value) => setReason(EndReason.options.find((option) => option === value) ?? null)}
      />
      {standing !== undefined && (
        <Callout state="info" title="The patient wants to stop">
          <p>
            <Link to={paths.patient(props.patientId, 'consent', { dialog: `withdraw-${standing.id}` })}>
              Record the wish to stop
            </Link>
            : it ends the consent and the enrollment in one go.
          </p>
        </Callout>
      )}
      <DateField
        label="Last day"
        value={endedOn}
        onChange={setEndedOn}
        min={props.enrolledOn}
        error={faultsByField(end.error).endedOn}
      />
      <Textarea
        label="Note (optional)"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={2000}
      />
      {end.error !== null && <ErrorState error={end.error} kept="The patient stays enrolled." />}
      <FormActions>
        <Button type="submit" kind="danger" loading={end.isPending} disabledReason={whyNot}>
          End enrollment
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
