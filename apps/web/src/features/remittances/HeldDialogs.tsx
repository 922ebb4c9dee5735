import { contract, type Remittance } from '@keepwell/contract'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { DateField, FormDialog, Money, offerUndo, ReasonForm, say } from '../../ui/index.ts'
import css from './remittances.module.css'

const touched = [
  contract.remittances.get,
  contract.remittances.list,
  contract.claims.get,
  contract.claims.list,
  contract.denials.list,
]

interface HeldProps {
  payment: Remittance
  opened: boolean
  onClose: () => void
}

/** A held payment is posted after all, with the reason of the person who judged it. */
export function ReleaseDialog(props: HeldProps) {
  return (
    <FormDialog title="Post this payment" opened={props.opened} onClose={props.onClose}>
      {() => <ReleaseForm {...props} />}
    </FormDialog>
  )
}

function ReleaseForm({ payment, onClose }: HeldProps) {
  const today = useToday()
  const undated = payment.holds.some(({ kind }) => kind === 'no_date')
  const [paidOn, setPaidOn] = useState(today)
  const release = useCall(contract.remittances.release, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Posted. Your reason stays with it.')
    },
  })
  const unexplained = payment.claimsCents - payment.providerAdjustmentCents - payment.amountCents
  const faults = faultsByField(release.error)
  return (
    <ReasonForm
      label="Post this payment"
      field="Why it may be posted"
      placeholder="The contractor confirmed the amount by telephone, reference 4471."
      verb="Post it"
      whyNot={undated && paidOn === '' ? 'Say on which day.' : null}
      emptyReason="Say why it may be posted."
      call={release}
      fault={faults.reason}
      kept="It stays held."
      onClose={onClose}
      onSubmit={(reason) =>
        release.mutate({ params: { id: payment.id }, body: { reason, ...(undated ? { paidOn } : {}) } })
      }
    >
      <ul className={css.sentences}>
        {payment.holds.map(({ sentence }) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {unexplained !== 0 && (
        <p className={css.note}>
          Every claim in it balances by itself. The <Money cents={Math.abs(unexplained)} /> that nobody explains is
          booked as an adjustment of the whole payment, so that what is posted comes to{' '}
          <Money cents={payment.amountCents} />.
        </p>
      )}
      {undated && (
        <DateField label="Day of the check or transfer" value={paidOn} onChange={setPaidOn} error={faults.paidOn} />
      )}
    </ReasonForm>
  )
}

/** A held payment is put aside; it can be taken back at any time. */
export function DiscardDialog(props: HeldProps) {
  return (
    <FormDialog title="Discard this payment" opened={props.opened} onClose={props.onClose}>
      {() => <DiscardForm {...props} />}
    </FormDialog>
  )
}

function DiscardForm({ payment, onClose }: HeldProps) {
  const restore = useCall(contract.remittances.restore, { invalidates: touched })
  const discard = useCall(contract.remittances.discard, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void offerUndo('Discarded. Nothing of it is posted.', () => restore.mutate({ params: { id: payment.id } }), 15)
    },
  })
  return (
    <ReasonForm
      label="Discard this payment"
      field="Why it is discarded"
      description="The file is kept for the record. You can take this back at any time."
      placeholder="A corrected file came and is posted."
      verb="Discard it"
      emptyReason="Say why."
      call={discard}
      fault={faultsByField(discard.error).reason}
      kept="It stays held."
      onClose={onClose}
      onSubmit={(reason) => discard.mutate({ params: { id: payment.id }, body: { reason } })}
    />
  )
}
