import { type Consent, contract } from '@keepwell/contract'
import { Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useDryRun, useToday, useView } from '../../api/index.ts'
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
  Viewed,
} from '../../ui/index.ts'

interface RevokeConsentProps {
  consent: Consent
  opened: boolean
  onClose: () => void
}

/** The patient wants to stop: the day of the wish, the reason, what stops, and the last day that the law gives. */
export function RevokeConsentDialog(props: RevokeConsentProps) {
  return (
    <Dialog title="The patient wants to stop" opened={props.opened} onClose={props.onClose} keepOpen>
      <RevokeConsentForm {...props} />
    </Dialog>
  )
}

function RevokeConsentForm({ consent, onClose }: RevokeConsentProps) {
  const params = { patientId: consent.patientId }
  const view = useView(contract.enrollments.status, { params })
  const today = useToday()
  const [requestedOn, setRequestedOn] = useState(today)
  const [reason, setReason] = useState('')
  const [stops, setStops] = useState<string>('both')
  const invalidates = [contract.consents.list, contract.enrollments.status, contract.enrollments.caseload]
  const revoke = useCall(contract.consents.revoke, {
    invalidates,
    onDone: (stopped) => {
      onClose()
      if (stopped.revocation !== null)
        void say(`Recorded. Consent stays until ${dayText(stopped.revocation.effectiveOn)}.`)
    },
  })
  const withdraw = useCall(contract.enrollments.withdraw, {
    invalidates,
    onDone: ({ enrollment }) => {
      onClose()
      if (enrollment?.end != null) void say(`Recorded. Consent and enrollment end on ${dayText(enrollment.end.on)}.`)
    },
  })
  const enrolled = view.data?.enrolled === true && view.data.enrollment?.end === null
  const both = enrolled && stops === 'both'
  const deed = both ? withdraw : revoke
  const whyNot =
    requestedOn === ''
      ? 'Say on which day the patient asked to stop.'
      : reason.trim() === ''
        ? 'Write the reason in a few words.'
        : null

  return (
    <Viewed view={view} what="the enrollment">
      {() => (
        <Form
          label="The patient wants to stop"
          onSubmit={() => {
            const body = { requestedOn, reason: reason.trim() }
            if (whyNot !== null) return
            if (both) withdraw.mutate({ params, body })
            else revoke.mutate({ params: { id: consent.id }, body })
          }}
        >
          <DateField
            label="Asked to stop on"
            value={requestedOn}
            onChange={setRequestedOn}
            min={consent.givenOn}
            max={today}
            error={faultsByField(deed.error).requestedOn}
          />
          <Textarea
            label="Reason, in the patient's words"
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {enrolled && (
            <Radio.Group label="What stops" value={stops} onChange={setStops}>
              <Radio
                value="both"
                label="The consent and the enrollment"
                description="The patient leaves the program."
                mt="xs"
              />
              <Radio
                value="consent"
                label="The consent alone"
                description="The patient stays enrolled: a new consent is to follow, for example with another practitioner."
                mt="xs"
              />
            </Radio.Group>
          )}
          {requestedOn !== '' && <LastDay consentId={consent.id} requestedOn={requestedOn} both={both} />}
          {deed.error !== null && (
            <ErrorState
              error={deed.error}
              kept={both ? 'Consent and enrollment stand as they were.' : 'The consent stands as it was.'}
            />
          )}
          <FormActions>
            <Button type="submit" kind="danger" loading={deed.isPending} disabledReason={whyNot}>
              Record the wish to stop
            </Button>
            <Button kind="quiet" onClick={onClose}>
              Not now
            </Button>
          </FormActions>
        </Form>
      )}
    </Viewed>
  )
}

/** The law's date, asked of the server without recording anything: the page holds no rule of its own. */
function LastDay(props: { consentId: string; requestedOn: string; both: boolean }) {
  const tried = useDryRun(contract.consents.revoke, {
    params: { id: props.consentId },
    body: { requestedOn: props.requestedOn, reason: 'To see the date.' },
  })
  if (tried.error !== null) return <ErrorState error={tried.error} kept="" />
  const effectiveOn = tried.data?.revocation?.effectiveOn
  if (effectiveOn === undefined) return <Skeletons lines={2} what="the last day" />
  const what = props.both ? 'Consent and enrollment end on' : 'Consent stays in force until'
  return (
    <Callout state="info" title={`${what} ${dayText(effectiveOn)}`}>
      <p>Until then the work of the month goes on and may be billed. From the next day on nothing is.</p>
    </Callout>
  )
}
