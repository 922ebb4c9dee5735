import { type Claim, contract, type SupplementBilling } from '@keepwell/contract'
import { useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  Dialog,
  ErrorState,
  Facts,
  Link,
  LocalDate,
  Money,
  Section,
  say,
  useDialog,
  useGo,
} from '../../ui/index.ts'
import { IdentifyPayerForm } from '../patients/index.ts'

/** What Medicare left to the patient of a claim, and the bill that asks the supplement for it. */
export function SupplementCard({ claim }: { claim: Pick<Claim, 'id' | 'patient' | 'followsClaimId'> }) {
  const view = useView(contract.supplements.get, { params: { id: claim.id } })
  const billing = view.data
  if (view.error !== null)
    return <ErrorState error={view.error} onRetry={view.refetch} kept="What a supplement may be asked is not shown." />
  if (billing === undefined) return null
  if (claim.followsClaimId !== null) return <Outdated billing={billing} />
  // Without a share, a supplement or a bill there is nothing that anybody could ask.
  if (billing.bill === null && (billing.shareCents ?? 0) === 0) return null
  return <Card claim={claim} billing={billing} />
}

function Outdated({ billing }: { billing: SupplementBilling }) {
  const outdated = billing.bill?.outdated ?? null
  return outdated === null ? null : (
    <Callout state="attention" title="The bill rests on an old decision">
      <p>{outdated}</p>
    </Callout>
  )
}

function Card({ claim, billing }: { claim: Pick<Claim, 'id' | 'patient'>; billing: SupplementBilling }) {
  const can = useCan()
  const go = useGo()
  const identify = useDialog('payer')
  const { supplement, bill } = billing
  const make = useCall(contract.supplements.bill, {
    invalidates: [contract.supplements.get, contract.supplements.list, contract.claims.list, contract.claims.get],
    onDone: (made) => {
      go(paths.claim(made.id))
      void say(`Claim ${made.controlNumber} is ready for the next batch to ${made.payer?.name ?? 'the supplement'}.`)
    },
  })
  const seat = can('claim:send') ? null : 'Your seat does not send claims.'
  const missing = supplement !== null && billing.lacks === 'payer_id' && can('coverage:write')
  return (
    <Section
      framed
      title="Supplement"
      actions={
        bill === null && (
          <>
            {billing.lacks === 'card' && (
              <Button to={paths.patient(claim.patient.id, 'overview')}>Open the coverage</Button>
            )}
            {missing && <Button onClick={identify.open}>Enter the payer id</Button>}
            <Button
              {...(billing.whyNot === null ? { kind: 'primary' as const } : {})}
              disabledReason={seat ?? billing.whyNot}
              loading={make.isPending}
              onClick={() =>
                supplement !== null &&
                make.mutate({ params: { id: claim.id }, body: { coverageId: supplement.coverageId } })
              }
            >
              Bill the supplement
            </Button>
          </>
        )
      }
    >
      <Outdated billing={billing} />
      <Facts
        items={[
          [
            'Left to the patient',
            <span key="s">
              <Money cents={billing.shareCents} />
              {billing.decidedOn !== null && (
                <>
                  , decided on <LocalDate day={billing.decidedOn} />
                </>
              )}
            </span>,
          ],
          ['Pays behind Medicare', supplement === null ? 'nobody known' : (supplement.payerName ?? 'name not known')],
          ...(bill === null
            ? []
            : ([
                [
                  'Asked by',
                  <Link key="b" to={paths.claim(bill.id)}>
                    claim {bill.controlNumber} to {bill.payerName}
                  </Link>,
                ],
              ] as const)),
        ]}
      />
      {bill === null && billing.whyNot !== null && <p>{billing.whyNot}</p>}
      {make.error !== null && <ErrorState error={make.error} kept="Nothing was made." />}
      {supplement !== null && (
        <Dialog
          title={`${supplement.payerName ?? 'The insurer'} on a claim`}
          opened={identify.opened}
          onClose={identify.close}
          keepOpen
        >
          <IdentifyPayerForm coverage={{ ...supplement, id: supplement.coverageId }} onDone={identify.close} />
        </Dialog>
      )}
    </Section>
  )
}
