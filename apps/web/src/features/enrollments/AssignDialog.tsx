import { contract, type EnrollmentStatus } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, Dialog, ErrorState, Form, FormActions, say } from '../../ui/index.ts'

interface AssignProps {
  status: EnrollmentStatus
  opened: boolean
  onClose: () => void
}

/** Gives the patient another care manager, with the reason; the history stays. */
export function AssignDialog(props: AssignProps) {
  return (
    <Dialog title="Change the care manager" opened={props.opened} onClose={props.onClose} keepOpen>
      <AssignForm {...props} />
    </Dialog>
  )
}

function AssignForm({ status, onClose }: AssignProps) {
  const [careManagerId, setCareManagerId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const assign = useCall(contract.enrollments.assign, {
    invalidates: [contract.enrollments.status, contract.enrollments.caseload],
    onDone: (answer) => {
      onClose()
      void say(`${answer.careManager?.name ?? 'The new care manager'} takes over.`)
    },
  })
  const whyNot =
    careManagerId === null ? 'Choose who takes over.' : reason.trim() === '' ? 'Write the reason in a few words.' : null
  return (
    <Form
      label="Change the care manager"
      onSubmit={() => {
        if (whyNot === null && careManagerId !== null)
          assign.mutate({
            params: { patientId: status.patientId },
            body: { careManagerId, reason: reason.trim() },
          })
      }}
    >
      <Select
        label="Care manager from today"
        data={status.careManagers
          .filter((one) => one.id !== status.careManager?.id)
          .map((one) => ({ value: one.id, label: `${one.name} (${one.patients} patients)` }))}
        value={careManagerId}
        onChange={setCareManagerId}
      />
      <TextInput
        label="Reason"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
      />
      {assign.error !== null && <ErrorState error={assign.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={assign.isPending} disabledReason={whyNot}>
          Change care manager
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
