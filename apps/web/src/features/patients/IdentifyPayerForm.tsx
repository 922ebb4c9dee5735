import { contract, filingCodes, filingCodeWords } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall } from '../../api/index.ts'
import { Button, ErrorState, FieldRow, Form, FormActions, say } from '../../ui/index.ts'

type FilingCode = (typeof filingCodes)[number]
const codeOf = (value: string | null): FilingCode => filingCodes.find((code) => code === value) ?? 'CI'

interface IdentifyPayerProps {
  coverage: {
    id: string
    payerName: string | null
    payerId: string | null
    filingCode: string | null
    groupNumber: string | null
  }
  onDone: () => void
}

/** By what a claim names the insurer of a coverage: its id at the clearinghouse, the kind of plan, the group. */
export function IdentifyPayerForm({ coverage, onDone }: IdentifyPayerProps) {
  const [payerId, setPayerId] = useState(coverage.payerId ?? '')
  const [filingCode, setFilingCode] = useState(codeOf(coverage.filingCode))
  const [groupNumber, setGroupNumber] = useState(coverage.groupNumber ?? '')
  const identify = useCall(contract.patients.identifyPayer, {
    invalidates: [contract.patients.coverage, contract.supplements.get, contract.supplements.list],
    onDone: () => {
      onDone()
      void say('A claim can name this insurer now.')
    },
  })
  const faults = faultsByField(identify.error)
  return (
    <Form
      label="By what a claim names the insurer"
      onSubmit={() =>
        identify.mutate({
          params: { id: coverage.id },
          body: { payerId, filingCode, groupNumber: groupNumber.trim() || null },
        })
      }
    >
      <FieldRow>
        <TextInput
          label="Payer id"
          description="As your clearinghouse lists the insurer"
          data-autofocus
          value={payerId}
          error={faults.payerId}
          onChange={(event) => setPayerId(event.currentTarget.value)}
          autoComplete="off"
          required
        />
        <Select
          label="Kind of plan"
          data={filingCodes.map((value) => ({ value, label: filingCodeWords[value] }))}
          value={filingCode}
          onChange={(value) => setFilingCode(codeOf(value))}
          allowDeselect={false}
        />
      </FieldRow>
      <TextInput
        label="Group or policy number"
        description="Where the card has one"
        value={groupNumber}
        error={faults.groupNumber}
        onChange={(event) => setGroupNumber(event.currentTarget.value)}
        autoComplete="off"
      />
      {identify.error !== null && Object.keys(faults).length === 0 && (
        <ErrorState error={identify.error} kept="What you entered is still here." />
      )}
      <FormActions>
        <Button
          type="submit"
          kind="primary"
          loading={identify.isPending}
          disabledReason={payerId.trim() === '' ? 'Enter the payer id.' : null}
        >
          Keep it
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </FormActions>
    </Form>
  )
}
