import { type ClaimStanding, contract, inquiryCan } from '@keepwell/contract'
import { faultsByField, useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  ErrorState,
  Facts,
  FormDialog,
  Instant,
  LocalDate,
  ReasonForm,
  Section,
  StatusChip,
  say,
  useDialog,
} from '../../ui/index.ts'
import { agesText, stepFaces } from './faces.ts'
import css from './inquiries.module.css'
import { touched, useAsk } from './use-ask.ts'

/** How one claim stands at the payer while it is not decided: since when, what was asked and told, and what to do. */
export function AtPayer({ claimId }: { claimId: string }) {
  const view = useView(contract.inquiries.standing, { params: { id: claimId } })
  const standing = view.data
  if (view.error !== null)
    return <ErrorState error={view.error} onRetry={view.refetch} kept="How it stands at the payer is not shown." />
  if (standing === undefined || standing.next === null) return null
  return <Standing standing={standing} next={standing.next} />
}

function Standing({ standing, next }: { standing: ClaimStanding; next: NonNullable<ClaimStanding['next']> }) {
  const can = useCan()
  const ask = useAsk()
  const ready = useDialog('make-ready')
  const { claim, asked, told } = standing
  const seat = can('claim:send') ? null : 'Your seat does not ask payers.'
  return (
    <Section
      framed
      title="At the payer"
      actions={
        <>
          {next.step === 'fetch_payment' && (
            <Button to={paths.payments({ dialog: 'take-in' })}>Take in the remittance</Button>
          )}
          <Button
            {...(next.step === 'ask' ? { kind: 'primary' as const } : {})}
            disabledReason={seat ?? inquiryCan.ask.whyNot(claim)}
            loading={ask.isPending}
            onClick={() => ask.mutate({ body: { claimIds: [claim.id] } })}
          >
            Ask for its status
          </Button>
          {next.step === 'make_ready' && (
            <Button
              kind="primary"
              aria-haspopup="dialog"
              disabledReason={seat ?? inquiryCan.makeReady.whyNot({ status: claim.status, next })}
              onClick={ready.open}
            >
              Make ready again
            </Button>
          )}
        </>
      }
    >
      <p className={css.step}>
        <StatusChip {...stepFaces[next.step]} />
        <span>{next.sentence}</span>
      </p>
      <Facts
        items={[
          [
            'With the payer since',
            <span key="s">
              <LocalDate day={standing.sentOn} />, {agesText(standing.waitingDays)}{' '}
              {standing.stale && <StatusChip plain state="attention" word="Too long" />}
            </span>,
          ],
          [
            'Asked last',
            asked === null ? (
              'not yet'
            ) : (
              <span key="a">
                <Instant at={asked.at} />, question {asked.number}
              </span>
            ),
          ],
          [
            'Told last',
            told === null ? (
              'nothing yet'
            ) : (
              <span key="t">
                <Instant at={told.at} />: {told.sentence}
              </span>
            ),
          ],
        ]}
      />
      {ask.error !== null && <ErrorState error={ask.error} kept="Nothing was asked." />}
      <FormDialog title="Make ready again" opened={ready.opened} onClose={ready.close}>
        {() => <MakeReady standing={standing} onClose={ready.close} />}
      </FormDialog>
    </Section>
  )
}

function MakeReady({ standing, onClose }: { standing: ClaimStanding; onClose: () => void }) {
  const ready = useCall(contract.inquiries.makeReady, {
    invalidates: touched,
    onDone: () => {
      onClose()
      void say('Ready again, with the coverage and address of today.')
    },
  })
  return (
    <ReasonForm
      label="Make ready again"
      field="What you found"
      placeholder="The contractor has nothing under this number; sent again."
      verb="Make ready"
      emptyReason="Write what you found in a few words."
      call={ready}
      fault={faultsByField(ready.error).note}
      kept="The claim stands as it was."
      onClose={onClose}
      onSubmit={(note) => ready.mutate({ params: { id: standing.claim.id }, body: { note } })}
    >
      <p className={css.quiet}>
        {standing.told?.sentence} By that it was never received: it leaves with the next batch as a claim that was never
        sent. If the payer refused it for a reason, mend that first.
      </p>
    </ReasonForm>
  )
}
