import { contract, type OutputOf, type StaffMember } from '@keepwell/contract'
import { Select } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { Button, DateField, Dialog, ErrorState, FieldRow, Form, FormActions, say } from '../../ui/index.ts'

interface CredentialDialogProps {
  member: StaffMember | null
  members: readonly StaffMember[]
  credentials: OutputOf<typeof contract.staffing.list>['credentials']
  onClose: () => void
}

/** Records a credential with its dates; the one before ends the day before. */
export function CredentialDialog(props: CredentialDialogProps) {
  const { member } = props
  return (
    <Dialog title={`Credential of ${member?.name ?? ''}`} opened={member !== null} onClose={props.onClose} keepOpen>
      {member !== null && <CredentialForm key={member.id} {...props} member={member} />}
    </Dialog>
  )
}

function CredentialForm({ member, members, credentials, onClose }: CredentialDialogProps & { member: StaffMember }) {
  const today = useToday()
  const [credential, setCredential] = useState(member.credential?.credential ?? '')
  const [validFrom, setValidFrom] = useState(today)
  const [validTo, setValidTo] = useState('')
  const [supervisedById, setSupervisor] = useState(member.credential?.supervisedBy?.id ?? null)
  const save = useCall(contract.staffing.recordCredential, {
    invalidates: [contract.staffing.list],
    onDone: (saved) => {
      onClose()
      void say(`Recorded for ${saved.name}.`)
    },
  })
  const faults = faultsByField(save.error)
  const whyNot = credential === '' ? 'Choose the credential.' : validFrom === '' ? 'Say from which day it holds.' : null
  return (
    <Form
      label={`Credential of ${member.name}`}
      onSubmit={() => {
        if (whyNot === null)
          save.mutate({
            params: { id: member.id },
            body: { credential, validFrom, validTo: validTo || null, supervisedById },
          })
      }}
    >
      <Select
        label="Credential"
        searchable
        value={credential || null}
        onChange={(value) => setCredential(value ?? '')}
        data={credentials.map(({ id, label, clinical }) => ({
          value: id,
          label: `${id}: ${label}${clinical ? '' : ' (minutes do not count)'}`,
        }))}
        error={faults.credential}
      />
      <FieldRow>
        <DateField label="Valid from" value={validFrom} onChange={setValidFrom} error={faults.validFrom} />
        <DateField
          label="Valid to"
          description="Empty when it has no end"
          value={validTo}
          onChange={setValidTo}
          error={faults.validTo}
        />
      </FieldRow>
      <Select
        label="Supervised by"
        clearable
        value={supervisedById}
        onChange={setSupervisor}
        data={members
          .filter((other) => other.credential?.mayBill && other.id !== member.id)
          .map(({ id, name }) => ({ value: id, label: name }))}
      />
      {save.error !== null && <ErrorState error={save.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={save.isPending} disabledReason={whyNot}>
          Record
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
