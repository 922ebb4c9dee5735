import { type Consent, contract } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useDryRun, useToday } from '../../api/index.ts'
import {
  Button,
  Callout,
  DateField,
  Dialog,
  dayText,
  ErrorState,
  Form,
  FormActions,
  Skeletons,
  say,
} from '../../ui/index.ts'

interface RevokeConsentProps {
  consent: Consent
  opened: boolean
  onClose: () => void
}

/** The patient wants to stop: the day of the wish, the reason, and the last day that the law gives. */
export function RevokeConsentDialog(props: RevokeConsentProps) {
  return (
    <Dialog title="The patient wants to stop" opened={props.opened} onClose={props.onClose} keepOpen>
      <RevokeConsentForm {...props} />
    </Dialog>
  )
}

function RevokeConsentForm({ consent, onClose }: RevokeConsentProps) {
  const today = useToday()
  const [requestedOn, setRequestedOn] = useState(today)
  const [reason, setReason] = useState('')
  const revoke = useCall(contract.consents.revoke, {
    invalidates: [contract.consents.list],
    onDone: (stopped) => {
      onClose()
      if (stopped.revocation !== null)
        void say(`Recorded. Consent stays until ${dayText(stopped.revocation.effectiveOn)}.`)
    },
  })
  const whyNot =
    requestedOn === ''
      ? 'Say on which day the patient asked to stop.'
      : reason.trim() === ''
        ? 'Write the reason in a few words.'
        : null

  return (
    <Form
      label="The patient wants to stop"
      onSubmit={() => {
        if (whyNot === null) revoke.mutate({ params: { id: consent.id }, body: { requestedOn, reason: reason.trim() } })
      }}
    >
      <DateField
        label="Asked to stop on"
        value={requestedOn}
        onChange={setRequestedOn}
        min={consent.givenOn}
        max={today}
        error={faultsByField(revoke.error).requestedOn}
      />
      <Textarea
        label="Reason, in the patient's words"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {requestedOn !== '' && <LastDay consentId={consent.id} requestedOn={requestedOn} />}
      {revoke.error !== null && <ErrorState error={revoke.error} kept="The consent stands as it was." />}
      <FormActions>
        <Button type="submit" kind="danger" loading={revoke.isPending} disabledReason={whyNot}>
          Record the wish to stop
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}

/** The law's date, asked of the server without recording anything: the page holds no rule of its own. */
function LastDay(props: { consentId: string; requestedOn: string }) {
  const tried = useDryRun(contract.consents.revoke, {
    params: { id: props.consentId },
    body: { requestedOn: props.requestedOn, reason: 'To see the date.' },
  })
  if (tried.error !== null) return <ErrorState error={tried.error} kept="" />
  const effectiveOn = tried.data?.revocation?.effectiveOn
  if (effectiveOn === undefined) return <Skeletons lines={2} what="the last day" />
  return (
    <Callout state="info" title={`Consent stays in force until ${dayText(effectiveOn)}`}>
      <p>Until then the work of the month goes on and may be billed. From the next day on nothing is.</p>
    </Callout>
  )
}
