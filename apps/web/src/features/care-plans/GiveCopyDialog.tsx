import { type CarePlan, contract, copyChannels } from '@keepwell/contract'
import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCall, useToday } from '../../api/index.ts'
import { Button, ChoiceCards, DateField, Dialog, ErrorState, FieldRow, Form, FormActions, say } from '../../ui/index.ts'

const channelWords: Record<(typeof copyChannels)[number], string> = {
  printed: 'Handed over on paper',
  mailed: 'By mail',
  e_mail: 'By e-mail',
  portal: 'In the portal',
  read_aloud: 'Read aloud',
}

interface CopyProps {
  plan: CarePlan
  opened: boolean
  onClose: () => void
}

/** Records that the patient or the caregiver got the signed plan: who, how, when, and what shows it. */
export function GiveCopyDialog(props: CopyProps) {
  return (
    <Dialog title="Give a copy of the signed plan" opened={props.opened} onClose={props.onClose} keepOpen>
      {props.opened && <CopyForm {...props} />}
    </Dialog>
  )
}

function CopyForm({ plan, onClose }: CopyProps) {
  const today = useToday()
  const { caregiver } = plan.content
  const [recipient, setRecipient] = useState<'patient' | 'caregiver'>('patient')
  const [name, setName] = useState(plan.patient.name)
  const [channel, setChannel] = useState<(typeof copyChannels)[number]>('printed')
  const [givenOn, setGivenOn] = useState(today)
  const [proof, setProof] = useState('')
  const give = useCall(contract.carePlans.giveCopy, {
    invalidates: [
      contract.carePlans.get,
      contract.carePlans.open,
      contract.carePlans.versions,
      contract.enrollments.status,
    ],
    onDone: () => {
      onClose()
      void say('The copy is on record.')
    },
  })
  const whyNot = name.trim() === '' ? 'Write who got it.' : givenOn === '' ? 'Say on which day.' : null
  return (
    <Form
      label="Give a copy"
      onSubmit={() => {
        if (whyNot === null) {
          give.mutate({
            params: { id: plan.id },
            body: {
              recipient,
              recipientName: name.trim(),
              channel,
              givenOn,
              ...(proof.trim() === '' ? {} : { proof: proof.trim() }),
            },
          })
        }
      }}
    >
      <ChoiceCards
        legend="To"
        inRow
        value={recipient}
        onChange={(value) => {
          setRecipient(value)
          setName(value === 'patient' ? plan.patient.name : caregiver.name)
        }}
        choices={[
          { value: 'patient', label: 'The patient' },
          {
            value: 'caregiver',
            label: 'A caregiver',
            ...(caregiver.name === '' ? {} : { hint: caregiver.name }),
          },
        ]}
      />
      <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} />
      <FieldRow>
        <Select
          label="How"
          data={copyChannels.map((value) => ({ value, label: channelWords[value] }))}
          value={channel}
          onChange={(value) => setChannel(copyChannels.find((one) => one === value) ?? 'printed')}
        />
        <DateField
          label="Day"
          value={givenOn}
          onChange={setGivenOn}
          max={today}
          min={plan.signed?.signature?.on ?? ''}
        />
      </FieldRow>
      <Textarea
        label="What shows it (optional)"
        description="Who took it, a tracking number, what was said back"
        value={proof}
        onChange={(event) => setProof(event.currentTarget.value)}
      />
      {give.error !== null && <ErrorState error={give.error} kept="Nothing was recorded." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={give.isPending} disabledReason={whyNot}>
          Record the copy
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
