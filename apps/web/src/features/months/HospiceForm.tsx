import { contract, type HospiceCare, type MonthVerdict } from '@keepwell/contract'
import { Radio, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall } from '../../api/index.ts'
import { Button, ErrorState, Form, FormActions } from '../../ui/index.ts'
import { hospiceWords } from './month-words.ts'

const answers = Object.entries(hospiceWords) as [HospiceCare, (typeof hospiceWords)[HospiceCare]][]

/** How a month's care stands to the hospice, as the provider says it; it decides whether and how Part B is billed. */
export function HospiceForm(props: { verdict: MonthVerdict; onDone: () => void; onChanged: () => unknown }) {
  const { verdict } = props
  const [care, setCare] = useState<string | null>(verdict.choice?.hospiceCare ?? null)
  const [reason, setReason] = useState('')
  const settle = useCall(contract.months.choose, {
    invalidates: [contract.months.verdict, contract.months.board],
    onDone: () => {
      props.onDone()
      void props.onChanged()
    },
  })
  const chosen = answers.find(([value]) => value === care)?.[0]
  const whyNot =
    chosen === undefined
      ? 'Say how the care stands to the hospice.'
      : reason.trim() === ''
        ? 'Write who says so, and where the record shows it.'
        : null
  return (
    <Form
      label="Settle the hospice"
      onSubmit={() => {
        if (whyNot !== null || chosen === undefined) return
        settle.mutate({
          params: { month: verdict.month, patientId: verdict.patient.id },
          body: {
            family: verdict.choice?.family ?? null,
            program: verdict.choice?.program?.id ?? null,
            practitionerId: verdict.choice?.practitioner?.id ?? null,
            hospiceCare: chosen,
            reason: reason.trim(),
          },
        })
      }}
    >
      <Radio.Group label="The care of this month was" value={care} onChange={setCare}>
        {answers.map(([value, { label, hint }]) => (
          <Radio key={value} value={value} label={label} description={hint} mt="xs" />
        ))}
      </Radio.Group>
      <Textarea
        label="Who says so, and where the record shows it"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {settle.error !== null && <ErrorState error={settle.error} kept="What you entered is still here." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={settle.isPending} disabledReason={whyNot}>
          Settle
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
