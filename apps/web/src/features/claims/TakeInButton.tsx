import { contract, type Intake } from '@keepwell/contract'
import { useState } from 'react'
import { useCall, useCan } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  Dialog,
  ErrorState,
  FileDrop,
  Form,
  FormActions,
  Link,
  type State,
  useDialog,
} from '../../ui/index.ts'
import css from './claims.module.css'
import { kindText } from './faces.ts'

const limitBytes = 50 * 1024 * 1024

/** Takes in one answer of the payer and says in plain sentences what it was and what it changed. */
export function TakeInButton() {
  const can = useCan()
  const dialog = useDialog('take-in')
  return (
    <>
      <Button
        disabledReason={can('remittance:post') ? null : 'Your seat does not take in files of the payer.'}
        onClick={dialog.open}
        aria-haspopup="dialog"
      >
        Take in a file
      </Button>
      <Dialog title="Take in a file" opened={dialog.opened} onClose={dialog.close} size="lg" keepOpen>
        {dialog.opened && <TakeIn onClose={dialog.close} />}
      </Dialog>
    </>
  )
}

function TakeIn({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null)
  const take = useCall(contract.claims.takeIn, {
    invalidates: [
      contract.claims.list,
      contract.claims.get,
      contract.claims.batches,
      contract.claims.getBatch,
      contract.claims.files,
      contract.remittances.list,
      contract.remittances.get,
      contract.denials.list,
      contract.inquiries.waiting,
      contract.inquiries.standing,
      contract.inquiries.list,
    ],
    onDone: () => setFile(null),
  })
  return (
    <Form
      label="Take in a file"
      onSubmit={() => {
        if (file !== null) take.mutate({ query: { name: file.name }, file })
      }}
    >
      {take.data !== undefined && <Answer intake={take.data} />}
      <FileDrop
        label={take.data === undefined ? 'File of the payer' : 'Another file'}
        hint="A 999, TA1, 277CA, 277, 835 or 271, up to 50 MB. What it is, is read from its content."
        accept=".x12,.edi,.txt,.835,.999,.277,.271,.dat,text/plain,application/edi-x12"
        limitBytes={limitBytes}
        file={file}
        onChange={(next) => {
          setFile(next)
          if (next !== null) take.reset()
        }}
      />
      {take.error !== null && (
        <>
          <ErrorState error={take.error} kept="Nothing of the file was kept." />
          {take.error.faults.length > 0 && (
            <ul className={css.faults}>
              {take.error.faults.map((fault) => (
                <li key={fault.path + fault.message}>
                  {fault.message} <span className={css.place}>{fault.path}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <FormActions>
        <Button
          type="submit"
          kind="primary"
          loading={take.isPending}
          disabledReason={file === null ? 'Choose the file first.' : null}
        >
          Take it in
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {take.data === undefined ? 'Not now' : 'Close'}
        </Button>
      </FormActions>
    </Form>
  )
}

function faceOf({ alreadyKnown, file, unknownClaims }: Intake): { state: State; title: string } {
  const what = kindText(file.kind)
  if (alreadyKnown) return { state: 'info', title: `${what}: known already, nothing changed` }
  if (file.outcome === 'held') return { state: 'attention', title: `${what}: held, nothing was posted` }
  if (file.outcome === 'refused') return { state: 'stop', title: `${what}: not taken in` }
  if (unknownClaims.length > 0) return { state: 'attention', title: `${what}: taken in, but not all of it is ours` }
  return { state: 'good', title: `${what}: ${file.outcome === 'posted' ? 'posted' : 'taken in'}` }
}

/** What the file was, what it changed, and what could not be attributed. */
export function Answer({ intake }: { intake: Intake }) {
  const { state, title } = faceOf(intake)
  return (
    <Callout state={state} title={title} alert>
      <ul className={css.sentences}>
        {intake.file.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {!intake.alreadyKnown && (
          <li>
            {intake.claimsChanged === 0
              ? 'No claim changed its status.'
              : `${intake.claimsChanged} ${intake.claimsChanged === 1 ? 'claim' : 'claims'} changed.`}
          </li>
        )}
        {intake.unknownClaims.map((claim) => (
          <li key={claim.controlNumber}>
            <strong>{claim.controlNumber}</strong>: {claim.sentence}
          </li>
        ))}
        {intake.remittanceIds.map((id, at) => (
          <li key={id}>
            <Link to={paths.remittance(id)}>
              {intake.remittanceIds.length === 1 ? 'Open the payment' : `Open payment ${at + 1}`}
            </Link>
          </li>
        ))}
      </ul>
    </Callout>
  )
}
