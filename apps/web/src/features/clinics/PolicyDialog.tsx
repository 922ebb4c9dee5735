import { contract } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { Button, Callout, DateField, Dialog, dayText, ErrorState, Form, FormActions, say } from '../../ui/index.ts'
import css from './clinics.module.css'
import type { Policy } from './Policies.tsx'
import { ValueField } from './ValueField.tsx'
import { faultsOf, shapeOf } from './value-schema.ts'

/** Choose otherwise: the value, from which day it holds, and why. */
export function PolicyDialog(props: { policy: Policy | null; onClose: () => void }) {
  const { policy } = props
  return (
    <Dialog title={policy?.title ?? ''} opened={policy !== null} onClose={props.onClose} size="lg" keepOpen>
      {policy !== null && <PolicyForm key={policy.key} policy={policy} onClose={props.onClose} />}
    </Dialog>
  )
}

function PolicyForm({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const today = useToday()
  const shape = shapeOf(policy.schema)
  const [value, setValue] = useState<unknown>(policy.value)
  const [fromOn, setFromOn] = useState(today)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const save = useCall(contract.clinics.setPolicy, {
    invalidates: [contract.clinics.policies],
    onDone: () => {
      onClose()
      void say(fromOn === today ? 'Holds from today on.' : `Holds from ${dayText(fromOn)} on.`)
    },
  })
  const faults = faultsOf(shape, value)
  const refused = faultsByField(save.error)
  const firstFault = Object.values(faults)[0]
  const whyNot =
    shape.kind === 'other'
      ? 'This page cannot change it.'
      : fromOn === '' || fromOn < today
        ? 'A choice starts today or later.'
        : reason.trim() === ''
          ? 'Write the reason in a few words.'
          : null
  return (
    <Form
      label={policy.title}
      onSubmit={() => {
        setTried(true)
        if (whyNot === null && firstFault === undefined)
          save.mutate({ params: { key: policy.key }, body: { value, fromOn, reason: reason.trim() } })
      }}
    >
      <p className={css.note}>{policy.says}</p>
      {policy.risk !== null && <Callout state="attention" title={policy.risk} />}
      <ValueField
        policyKey={policy.key}
        title="Your choice"
        shape={shape}
        value={value}
        onChange={setValue}
        faults={{ ...(refused.value === undefined ? {} : { '': refused.value }), ...(tried ? faults : {}) }}
      />
      <DateField
        label="From which day it holds"
        description="Months that are over keep the choice they had."
        value={fromOn}
        onChange={setFromOn}
        min={today}
        error={refused.fromOn}
      />
      <Textarea
        label="Why"
        description="It stays with the choice, for whoever asks in a year."
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={refused.reason}
      />
      {save.error !== null && <ErrorState error={save.error} kept="The choice stays as it was." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={save.isPending} disabledReason={whyNot}>
          Choose
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
