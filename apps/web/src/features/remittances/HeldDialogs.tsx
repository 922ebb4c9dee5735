import { contract, type Remittance } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { Button, DateField, Dialog, ErrorState, Form, FormActions, Money, offerUndo, say } from '../../ui/index.ts'
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
    <Dialog title="Post this payment" opened={props.opened} onClose={props.onClose} keepOpen>
      {props.opened && <ReleaseForm {...props} />}
    </Dialog>
  )
}

function ReleaseForm({ payment, onClose }: HeldProps) {
  const today = useToday()
  const undated = payment.holds.some(({ kind }) => kind === 'no_date')
  const [reason, setReason] = useState('')
  const [paidOn, setPaidOn] = useState(today)
  const release = useCall(contract.remittances.release, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Posted. Your reason stays with it.')
    },
  })
  const unexplained = payment.claimsCents - payment.providerAdjustmentCents - payment.amountCents
  const whyNot =
    reason.trim() === '' ? 'Say why it may be posted.' : undated && paidOn === '' ? 'Say on which day.' : null
  const faults = faultsByField(release.error)
  return (
    <Form
      label="Post this payment"
      onSubmit={() => {
        if (whyNot === null)
          release.mutate({
            params: { id: payment.id },
            body: { reason: reason.trim(), ...(undated ? { paidOn } : {}) },
          })
      }}
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
      <Textarea
        label="Why it may be posted"
        placeholder="The contractor confirmed the amount by telephone, reference 4471."
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={faults.reason}
      />
      {release.error !== null && <ErrorState error={release.error} kept="It stays held." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={release.isPending} disabledReason={whyNot}>
          Post it
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}

/** A held payment is put aside; it can be taken back at any time. */
export function DiscardDialog(props: HeldProps) {
  return (
    <Dialog title="Discard this payment" opened={props.opened} onClose={props.onClose} keepOpen>
      {props.opened && <DiscardForm {...props} />}
    </Dialog>
  )
}

function DiscardForm({ payment, onClose }: HeldProps) {
  const [reason, setReason] = useState('')
  const restore = useCall(contract.remittances.restore, { invalidates: touched })
  const discard = useCall(contract.remittances.discard, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void offerUndo('Discarded. Nothing of it is posted.', () => restore.mutate({ params: { id: payment.id } }), 15)
    },
  })
  const whyNot = reason.trim() === '' ? 'Say why.' : null
  return (
    <Form
      label="Discard this payment"
      onSubmit={() => {
        if (whyNot === null) discard.mutate({ params: { id: payment.id }, body: { reason: reason.trim() } })
      }}
    >
      <Textarea
        label="Why it is discarded"
        description="The file is kept for the record. You can take this back at any time."
        placeholder="A corrected file came and is posted."
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={faultsByField(discard.error).reason}
      />
      {discard.error !== null && <ErrorState error={discard.error} kept="It stays held." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={discard.isPending} disabledReason={whyNot}>
          Discard it
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
