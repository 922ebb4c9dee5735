import { type Claim, contract } from '@keepwell/contract'
import { faultsByField, useCall } from '../../api/index.ts'
import { FormDialog, ReasonForm, say } from '../../ui/index.ts'
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
    <FormDialog title="Withdraw the claim" opened={props.opened} onClose={props.onClose}>
      {() => <WithdrawForm {...props} />}
    </FormDialog>
  )
}

function WithdrawForm({ claim, onClose }: DeedDialogProps) {
  const withdraw = useCall(contract.claims.withdraw, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Withdrawn. The reason stands in its history.')
    },
  })
  return (
    <ReasonForm
      label="Withdraw the claim"
      field="Why it is withdrawn"
      description="It stays in the list with this reason; it is never sent."
      verb="Withdraw"
      danger
      emptyReason="Write the reason in a few words."
      call={withdraw}
      fault={faultsByField(withdraw.error).reason}
      kept="The claim stands as it was."
      onClose={onClose}
      onSubmit={(reason) => withdraw.mutate({ params: { id: claim.id }, body: { reason } })}
    />
  )
}

/** A rejected claim is made ready again with what is known of coverage and address today. */
export function CorrectDialog(props: DeedDialogProps) {
  return (
    <FormDialog title="Correct and make ready" opened={props.opened} onClose={props.onClose}>
      {() => <CorrectForm {...props} />}
    </FormDialog>
  )
}

function CorrectForm({ claim, onClose }: DeedDialogProps) {
  const correct = useCall(contract.claims.correct, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Ready again, with the coverage and address of today.')
    },
  })
  return (
    <ReasonForm
      label="Correct and make ready"
      field="What was mended"
      verb="Make ready"
      emptyReason="Write what was mended."
      call={correct}
      fault={faultsByField(correct.error).note}
      kept="The claim stands as it was."
      onClose={onClose}
      onSubmit={(note) => correct.mutate({ params: { id: claim.id }, body: { note } })}
    >
      <p className={css.note}>
        {claim.last?.sentence ?? 'The payer refused it.'} Mend the cause first: the coverage or address on the patient's
        page, or the clinic's numbers in the settings. Then it is built anew and leaves with the next batch.
      </p>
    </ReasonForm>
  )
}
