import { contract, type Remittance } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { DateField, DeedForm, FieldRow, FormDialog, Money, say } from '../../ui/index.ts'
import { centsOf, centsText } from './cents.ts'
import css from './remittances.module.css'

interface DepositProps {
  payment: Remittance
  opened: boolean
  onClose: () => void
}

/** What the bank statement says came for a payment: the last tie between the payer's file and the money. */
export function DepositDialog(props: DepositProps) {
  return (
    <FormDialog title="What the bank received" opened={props.opened} onClose={props.onClose}>
      {() => <DepositForm {...props} />}
    </FormDialog>
  )
}

function DepositForm({ payment, onClose }: DepositProps) {
  const today = useToday()
  const [amount, setAmount] = useState(centsText(payment.deposit?.bankCents ?? payment.amountCents))
  const [receivedOn, setReceivedOn] = useState(payment.deposit?.receivedOn ?? today)
  const [reference, setReference] = useState(payment.deposit?.reference ?? '')
  const record = useCall(contract.remittances.deposit, {
    invalidates: [contract.remittances.get, contract.remittances.list],
    onDone: ({ deposit }) => {
      onClose()
      void say(deposit?.differenceCents === 0 ? 'It ties to the cent.' : 'Kept. The difference stands on the list.')
    },
  })
  const cents = centsOf(amount)
  const whyNot = cents === null ? 'Write the amount as 123.45.' : receivedOn === '' ? 'Say on which day.' : null
  const faults = faultsByField(record.error)
  const difference = cents === null ? 0 : cents - payment.amountCents
  return (
    <DeedForm
      label="What the bank received"
      verb="Record it"
      whyNot={whyNot}
      call={record}
      kept="Nothing was recorded."
      onClose={onClose}
      onSubmit={() => {
        if (cents !== null)
          record.mutate({
            params: { id: payment.id },
            body: { bankCents: cents, receivedOn, reference: reference.trim() === '' ? null : reference.trim() },
          })
      }}
    >
      <FieldRow>
        <TextInput
          label="Amount on the bank statement"
          inputMode="decimal"
          data-autofocus
          value={amount}
          onChange={(event) => setAmount(event.currentTarget.value)}
          error={faults.bankCents}
        />
        <DateField
          label="Received on"
          max={today}
          value={receivedOn}
          onChange={setReceivedOn}
          error={faults.receivedOn}
        />
      </FieldRow>
      <TextInput
        label="The bank's reference"
        description="As it stands on the statement, if there is one."
        maxLength={80}
        value={reference}
        onChange={(event) => setReference(event.currentTarget.value)}
        error={faults.reference}
      />
      {difference !== 0 && (
        <p className={css.note}>
          The payment is <Money cents={payment.amountCents} />; the bank has{' '}
          <strong>
            <Money cents={Math.abs(difference)} />
          </strong>{' '}
          {difference < 0 ? 'less' : 'more'}. It stays on the list until they tie.
        </p>
      )}
    </DeedForm>
  )
}
