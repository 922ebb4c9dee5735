import { type CoverageKind, contract } from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall } from '../../api/index.ts'
import { Button, DateField, ErrorState, FieldRow, Form, FormActions, say } from '../../ui/index.ts'
import { coverageWord } from './standing.ts'

type Kind = Exclude<CoverageKind, 'unknown'>
const kinds: readonly Kind[] = [
  'medicare_part_b',
  'medicare',
  'medicare_advantage',
  'medicaid',
  'medigap',
  'commercial',
  'other_primary',
  'self_pay',
]

function isKind(value: string | null): value is Kind {
  return kinds.some((kind) => kind === value)
}

/** A coverage as the card in hand says it. */
export function AddCoverageForm({ patientId, onDone }: { patientId: string; onDone: () => void }) {
  const [kind, setKind] = useState<Kind>('medicare_part_b')
  const [payerName, setPayerName] = useState('')
  const [memberId, setMemberId] = useState('')
  const [fromOn, setFromOn] = useState('')
  const add = useCall(contract.patients.addCoverage, {
    invalidates: [contract.patients.coverage, contract.patients.get, contract.patients.search],
    onDone: () => {
      onDone()
      void say('Coverage written down.')
    },
  })
  const faults = faultsByField(add.error)
  const medicare = kind === 'medicare' || kind === 'medicare_part_b'
  return (
    <Form
      label="Write down a card"
      onSubmit={() =>
        add.mutate({
          params: { patientId },
          body: {
            kind,
            payerName: payerName.trim() || null,
            memberId: memberId.trim() || null,
            fromOn: fromOn || null,
          },
        })
      }
    >
      <Select
        label="Kind of coverage"
        data={kinds.map((value) => ({ value, label: coverageWord(value) }))}
        value={kind}
        onChange={(value) => isKind(value) && setKind(value)}
        allowDeselect={false}
      />
      {!medicare && (
        <TextInput
          label="Name of the plan"
          value={payerName}
          error={faults.payerName}
          onChange={(event) => setPayerName(event.currentTarget.value)}
        />
      )}
      <FieldRow>
        <TextInput
          label={medicare ? 'Medicare number' : 'Member number'}
          description={medicare ? 'Eleven characters, with or without dashes' : undefined}
          data-autofocus
          value={memberId}
          error={faults.memberId}
          onChange={(event) => setMemberId(event.currentTarget.value)}
          autoComplete="off"
        />
        <DateField
          label="Covered from"
          description={medicare ? 'The date beside “Medical (Part B)”' : undefined}
          value={fromOn}
          error={faults.fromOn}
          onChange={setFromOn}
        />
      </FieldRow>
      {add.error !== null && Object.keys(faults).length === 0 && (
        <ErrorState error={add.error} kept="What you entered is still here." />
      )}
      <FormActions>
        <Button type="submit" kind="primary" loading={add.isPending}>
          Write it down
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </FormActions>
    </Form>
  )
}
