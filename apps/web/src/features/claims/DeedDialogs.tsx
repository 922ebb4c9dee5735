import { type Claim, contract } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall } from '../../api/index.ts'
import { Button, Dialog, ErrorState, Form, FormActions, say } from '../../ui/index.ts'
import css from './claims.module.css'

interface DeedDialogProps {
  claim: Claim
  opened: boolean
  onClose: () => void
}
const touched = [contract.claims.get, contract.claims.list]

/** The clinic takes the claim back; the month may make another later. */
export function WithdrawDialog(props: DeedDialogProps) {
  return (
    <Dialog title="Withdraw the claim" opened={props.opened} onClose={props.onClose} keepOpen>
      {props.opened && <WithdrawForm {...props} />}
    </Dialog>
  )
}

function WithdrawForm({ claim, onClose }: DeedDialogProps) {
  const [reason, setReason] = useState('')
  const withdraw = useCall(contract.claims.withdraw, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Withdrawn. The reason stands in its history.')
    },
  })
  const whyNot = reason.trim() === '' ? 'Write the reason in a few words.' : null
  return (
    <Form
      label="Withdraw the claim"
      onSubmit={() => {
        if (whyNot === null) withdraw.mutate({ params: { id: claim.id }, body: { reason: reason.trim() } })
      }}
    >
      <Textarea
        label="Why it is withdrawn"
        description="It stays in the list with this reason; it is never sent."
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={faultsByField(withdraw.error).reason}
      />
      {withdraw.error !== null && <ErrorState error={withdraw.error} kept="The claim stands as it was." />}
      <FormActions>
        <Button type="submit" kind="danger" loading={withdraw.isPending} disabledReason={whyNot}>
          Withdraw
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}

/** A rejected claim is made ready again with what is known of coverage and address today. */
export function CorrectDialog(props: DeedDialogProps) {
  return (
    <Dialog title="Correct and make ready" opened={props.opened} onClose={props.onClose} keepOpen>
      {props.opened && <CorrectForm {...props} />}
    </Dialog>
  )
}

function CorrectForm({ claim, onClose }: DeedDialogProps) {
  const [note, setNote] = useState('')
  const correct = useCall(contract.claims.correct, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Ready again, with the coverage and address of today.')
    },
  })
  const whyNot = note.trim() === '' ? 'Write what was mended.' : null
  return (
    <Form
      label="Correct and make ready"
      onSubmit={() => {
        if (whyNot === null) correct.mutate({ params: { id: claim.id }, body: { note: note.trim() } })
      }}
    >
      <p className={css.note}>
        {claim.last?.sentence ?? 'The payer refused it.'} Mend the cause first: the coverage or address on the patient's
        page, or the clinic's numbers in the settings. Then it is built anew and leaves with the next batch.
      </p>
      <Textarea
        label="What was mended"
        maxLength={500}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={faultsByField(correct.error).note}
      />
      {correct.error !== null && <ErrorState error={correct.error} kept="The claim stands as it was." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={correct.isPending} disabledReason={whyNot}>
          Make ready
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
