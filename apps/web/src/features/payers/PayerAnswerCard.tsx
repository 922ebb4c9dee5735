import { type Claim, contract, type OutputOf } from '@keepwell/contract'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  DateField,
  DeedForm,
  FieldRow,
  FormDialog,
  LocalDate,
  say,
  useDialog,
} from '../../ui/index.ts'
import css from './payers.module.css'

type Answer = OutputOf<typeof contract.payers.ofClaim>

/** Why the rule of its payer stops a claim that has not left, and the authorization, where the payer asks for one. */
export function PayerAnswerCard({ claim }: { claim: Claim }) {
  const can = useCan()
  const dialog = useDialog('authorize')
  const { data } = useView(contract.payers.ofClaim, { params: { id: claim.id } })
  const waits = claim.status === 'ready' || claim.status === 'rejected'
  if (data === undefined || (data.authorizationFor.length === 0 && (!waits || data.reasons.length === 0))) return null
  const stopped = waits && data.reasons.length > 0
  const [first] = data.reasons
  return (
    <Callout
      state={stopped ? 'stop' : 'neutral'}
      title={stopped && first !== undefined ? first.sentence : 'The payer authorizes this before'}
      action={
        <>
          {data.authorizationFor.length > 0 && (
            <Button
              size="compact-sm"
              disabledReason={can('claim:send') ? null : 'Your seat does not send claims.'}
              onClick={dialog.open}
              aria-haspopup="dialog"
            >
              Note the authorization
            </Button>
          )}
          <Button size="compact-sm" kind="quiet" to={paths.payer(data.payerId)}>
            The payer
          </Button>
        </>
      }
    >
      {stopped && (
        <p>{data.reasons.map(({ sentence, wayOut }, at) => (at === 0 ? wayOut : `${sentence} ${wayOut}`)).join(' ')}</p>
      )}
      {data.authorizations.length > 0 && (
        <ul className={css.words}>
          {data.authorizations.map((one) => (
            <li key={one.id}>
              {one.number} for {one.codes.join(', ')}, <LocalDate day={one.fromOn} /> to <LocalDate day={one.toOn} />,{' '}
              {one.by.name}
            </li>
          ))}
        </ul>
      )}
      <FormDialog title="Note the authorization" opened={dialog.opened} onClose={dialog.close}>
        {() => <Authorize claimId={claim.id} answer={data} onClose={dialog.close} />}
      </FormDialog>
    </Callout>
  )
}

function Authorize(props: { claimId: string; answer: Answer; onClose: () => void }) {
  const { claimId, answer, onClose } = props
  const [number, setNumber] = useState('')
  const [fromOn, setFromOn] = useState(`${answer.serviceOn.slice(0, 7)}-01`)
  const [toOn, setToOn] = useState(answer.serviceOn)
  const note = useCall(contract.payers.authorize, {
    invalidates: [contract.payers.ofClaim, contract.claims.preview],
    onDone: () => {
      onClose()
      void say('Noted; the number leaves with the claim.')
    },
  })
  const faults = faultsByField(note.error)
  return (
    <DeedForm
      label="Note the authorization"
      verb="Note it"
      whyNot={number.trim() === '' ? 'Enter the number.' : fromOn === '' || toOn === '' ? 'Choose both days.' : null}
      call={note}
      kept="Nothing was noted."
      onClose={onClose}
      onSubmit={() =>
        note.mutate({
          params: { id: claimId },
          body: { codes: answer.authorizationFor, number: number.trim(), fromOn, toOn },
        })
      }
    >
      <p className={css.quiet}>
        For {answer.authorizationFor.join(' and ')} of this patient, for every claim whose day of service lies in
        between.
      </p>
      <TextInput
        label="Number of the authorization"
        data-autofocus
        autoComplete="off"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        error={faults.number}
      />
      <FieldRow>
        <DateField label="From" value={fromOn} onChange={setFromOn} error={faults.fromOn} />
        <DateField label="To" value={toOn} onChange={setToOn} error={faults.toOn} />
      </FieldRow>
    </DeedForm>
  )
}
