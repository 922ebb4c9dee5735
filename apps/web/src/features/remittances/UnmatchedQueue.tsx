import { contract, type RemittanceClaim } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useCan } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Dialog,
  ErrorState,
  Form,
  FormActions,
  Link,
  Money,
  monthText,
  Section,
  say,
  useUrlState,
} from '../../ui/index.ts'
import css from './remittances.module.css'

type Candidate = RemittanceClaim['candidates'][number]

/** Lines that name no claim of ours, each with the claims that may be meant: a person says which, and why. */
export function UnmatchedQueue(props: { lines: readonly RemittanceClaim[]; held: boolean }) {
  const can = useCan()
  const [chosen, setChosen] = useUrlState('match')
  const [lineId, claimId] = (chosen ?? '').split('.')
  const line = props.lines.find(({ id }) => id === lineId)
  const candidate = line?.candidates.find((one) => one.claimId === claimId)
  const whyNot = props.held
    ? 'The payment is held: nothing is posted before it balances.'
    : can('remittance:post')
      ? null
      : 'Your seat does not post payments.'
  return (
    <Section
      title={props.lines.length === 1 ? 'One line is not attributed' : `${props.lines.length} lines are not attributed`}
      subtitle="Their money is booked as received and waits. Say which claim is meant; your reason stays with it."
    >
      <ul className={css.unmatched}>
        {props.lines.map((one) => (
          <li key={one.id} className={css.unmatchedItem}>
            <div className={css.unmatchedHead}>
              <strong>{one.patientName}</strong>
              <span>
                number <span className={css.quiet}>{one.controlNumber || 'none'}</span>
              </span>
              <span>
                charge <Money cents={one.chargeCents} />
              </span>
              <span>
                paid <Money cents={one.paidCents} />
              </span>
              <span className={css.quiet}>{one.lines.map(({ code }) => code).join(' + ')}</span>
            </div>
            {one.candidates.length === 0 ? (
              <span className={css.quiet}>
                No claim of ours comes near. If the patient is not yours, ask the payer and send the money back.
              </span>
            ) : (
              <ul className={css.candidates} aria-label={`Claims that may be meant by ${one.controlNumber}`}>
                {one.candidates.map((item) => (
                  <li key={item.claimId} className={css.candidate}>
                    <Link to={paths.claim(item.claimId)}>{item.patient.name}</Link>
                    <span>{monthText(item.month)}</span>
                    <span className={css.quiet}>{item.controlNumber}</span>
                    <Money cents={item.chargeCents} />
                    <span className={css.quiet}>{item.why}</span>
                    <Button
                      size="compact-sm"
                      disabledReason={whyNot}
                      aria-label={`This one: ${item.patient.name}, ${monthText(item.month)}`}
                      onClick={() => setChosen(`${one.id}.${item.claimId}`, { push: true })}
                    >
                      This one
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        title="This claim is meant"
        opened={line !== undefined && candidate !== undefined}
        onClose={() => setChosen(null)}
        keepOpen
      >
        {line !== undefined && candidate !== undefined && (
          <MatchForm key={chosen} line={line} candidate={candidate} whyNot={whyNot} onClose={() => setChosen(null)} />
        )}
      </Dialog>
    </Section>
  )
}

function MatchForm(props: { line: RemittanceClaim; candidate: Candidate; whyNot: string | null; onClose: () => void }) {
  const { line, candidate, onClose } = props
  const [reason, setReason] = useState('')
  const match = useCall(contract.remittances.match, {
    invalidates: [
      contract.remittances.get,
      contract.remittances.list,
      contract.claims.get,
      contract.claims.list,
      contract.denials.list,
    ],
    onDone: () => {
      onClose()
      void say(`Posted to ${candidate.patient.name}, ${monthText(candidate.month)}.`)
    },
  })
  const whyNot = props.whyNot ?? (reason.trim() === '' ? 'Say why it is this one.' : null)
  return (
    <Form
      label="This claim is meant"
      onSubmit={() => {
        if (whyNot === null)
          match.mutate({
            params: { id: line.id },
            body: { claimId: candidate.claimId, reason: reason.trim() },
          })
      }}
    >
      <p className={css.note}>
        The payer names {line.patientName}, number {line.controlNumber || 'none'}, and paid{' '}
        <Money cents={line.paidCents} />. It is posted to {candidate.patient.name}, {monthText(candidate.month)},{' '}
        {candidate.controlNumber}.
      </p>
      <Textarea
        label="Why it is this one"
        placeholder="The Medicare number and the day of service are the same."
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={faultsByField(match.error).reason}
      />
      {match.error !== null && <ErrorState error={match.error} kept="The line stays as it was." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={match.isPending} disabledReason={whyNot}>
          Post to this claim
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
