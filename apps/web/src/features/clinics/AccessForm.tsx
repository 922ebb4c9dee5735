import { contract, type OutputOf } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useCan } from '../../api/index.ts'
import { Button, Callout, ErrorState, Form, FormActions, LocalDate, say } from '../../ui/index.ts'

type Clinic = OutputOf<typeof contract.clinics.get>

/** Medicare asks for somebody who can see the plan, day and night: the clinic attests it and names the number. */
export function AccessForm({ clinic }: { clinic: Clinic }) {
  const can = useCan()
  const [phone, setPhone] = useState(clinic.afterHoursPhone ?? '')
  const attest = useCall(contract.clinics.attestAccess, {
    invalidates: [contract.clinics.get],
    onDone: () => void say('Attested as of today.'),
  })
  const whyNot = !can('clinic:configure')
    ? 'Your seat does not change the settings.'
    : phone.trim().length < 7
      ? 'Give the number that patients call at night.'
      : null
  return (
    <Form
      label="Reachable day and night"
      onSubmit={() => {
        if (whyNot === null) attest.mutate({ body: { phone: phone.trim() } })
      }}
    >
      {clinic.access24x7AttestedOn === null ? (
        <Callout state="stop" title="Not attested yet">
          <p>
            Medicare pays only where the patient can reach, at any hour, somebody who sees the care plan. Without this
            attestation no month can be billed.
          </p>
        </Callout>
      ) : (
        <Callout state="good" title="Attested">
          <p>
            Since <LocalDate day={clinic.access24x7AttestedOn} />. Attest again when the number or the way of answering
            changes.
          </p>
        </Callout>
      )}
      <TextInput
        label="Number that patients call at night"
        description="It stands on the consent form and on the care plan."
        type="tel"
        value={phone}
        onChange={(event) => setPhone(event.currentTarget.value)}
        error={faultsByField(attest.error).phone}
        maw={320}
      />
      {attest.error !== null && <ErrorState error={attest.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={attest.isPending} disabledReason={whyNot}>
          Attest as of today
        </Button>
      </FormActions>
    </Form>
  )
}
