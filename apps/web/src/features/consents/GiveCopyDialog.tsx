import { type Consent, contract, type SendOf } from '@keepwell/contract'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ChoiceCards, Dialog, ErrorState, Form, FormActions, say } from '../../ui/index.ts'

type Channel = SendOf<typeof contract.consents.giveCopy>['body']['channel']

const channels: { value: Channel; label: string }[] = [
  { value: 'printed', label: 'Printed, by hand' },
  { value: 'e_mail', label: 'By e-mail' },
  { value: 'portal', label: 'In the portal' },
  { value: 'mailed', label: 'By post' },
]

/** How the patient got the copy that the form promises. */
export function GiveCopyDialog(props: { consent: Consent; opened: boolean; onClose: () => void }) {
  const [channel, setChannel] = useState<Channel>('printed')
  const give = useCall(contract.consents.giveCopy, {
    invalidates: [contract.consents.list],
    onDone: () => {
      props.onClose()
      void say('Recorded that the patient has a copy.')
    },
  })
  return (
    <Dialog title="The patient was given a copy" opened={props.opened} onClose={props.onClose}>
      <Form
        label="The patient was given a copy"
        onSubmit={() => give.mutate({ params: { id: props.consent.id }, body: { channel } })}
      >
        <ChoiceCards legend="How" value={channel} onChange={setChannel} choices={channels} inRow />
        {give.error !== null && <ErrorState error={give.error} />}
        <FormActions>
          <Button type="submit" kind="primary" loading={give.isPending}>
            Record the copy
          </Button>
        </FormActions>
      </Form>
    </Dialog>
  )
}
