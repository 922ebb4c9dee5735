import { contract, type PayerTerms } from '@keepwell/contract'
import { Checkbox, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { Button, Callout, DateField, ErrorState, FieldRow, Form, FormActions } from '../../ui/index.ts'
import css from './payers.module.css'
import { centsOf } from './terms.ts'

const faces = {
  stop: { state: 'stop', title: 'It would be stopped' },
  go: { state: 'good', title: 'It would leave' },
  unknown: { state: 'neutral', title: 'It would leave, and too little is known to say that it is right' },
} as const

/** One case that is made up: what the rule in the form would say of it. */
export function MadeUpCase({ payerId, terms, seat }: { payerId: string; terms: PayerTerms; seat: string | null }) {
  const [code, setCode] = useState('')
  const [serviceOn, setServiceOn] = useState(useToday())
  const [allowed, setAllowed] = useState<number | string>('')
  const [patient, setPatient] = useState<number | string>('')
  const [authorized, setAuthorized] = useState(false)
  const ask = useCall(contract.payers.tryCase, {})
  const faults = faultsByField(ask.error)
  const whyNot =
    seat ?? (code.trim() === '' ? 'Enter a code.' : serviceOn === '' ? 'Choose the day of the service.' : null)
  return (
    <details>
      <summary className={css.summary}>Try one case that is made up</summary>
      <Form
        label="A made-up case"
        onSubmit={() => {
          if (whyNot === null)
            ask.mutate({
              params: { payerId },
              body: {
                terms,
                code: code.trim(),
                serviceOn,
                authorized,
                allowedCents: centsOf(allowed),
                patientCents: centsOf(patient),
              },
            })
        }}
      >
        <FieldRow>
          <TextInput
            label="Code"
            placeholder="99490"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={faults.code}
          />
          <DateField label="Day of the service" value={serviceOn} onChange={setServiceOn} error={faults.serviceOn} />
        </FieldRow>
        <FieldRow>
          <NumberInput label="Allowed, in dollars" min={0} decimalScale={2} value={allowed} onChange={setAllowed} />
          <NumberInput
            label="Left to the patient, in dollars"
            min={0}
            decimalScale={2}
            value={patient}
            onChange={setPatient}
          />
        </FieldRow>
        <Checkbox
          label="An authorization is noted"
          checked={authorized}
          onChange={(event) => setAuthorized(event.currentTarget.checked)}
        />
        {ask.error !== null && <ErrorState error={ask.error} kept="Nothing was changed." />}
        <FormActions>
          <Button type="submit" loading={ask.isPending} disabledReason={whyNot}>
            What would be said?
          </Button>
        </FormActions>
      </Form>
      {ask.data !== undefined && (
        <Callout {...faces[ask.data.said]}>
          {[...ask.data.reasons.map(({ sentence, wayOut }) => `${sentence} ${wayOut}`), ...ask.data.words].join(' ')}
        </Callout>
      )}
    </details>
  )
}
