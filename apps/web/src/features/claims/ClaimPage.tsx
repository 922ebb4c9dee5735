import { type Claim, type ClaimStatus, claimCan, contract, type FixPlace } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Instant,
  Link,
  LocalDate,
  Money,
  monthText,
  Page,
  Section,
  type State,
  Timeline,
  useDialog,
  Viewed,
} from '../../ui/index.ts'
import { AtPayer } from '../inquiries/index.ts'
import { PayerAnswerCard } from '../payers/index.ts'
import { SupplementCard } from '../supplements/index.ts'
import { AdjustmentList } from './AdjustmentList.tsx'
import { ClaimChip } from './ClaimChip.tsx'
import { codesText, SecondChip } from './claim-columns.tsx'
import css from './claims.module.css'
import { CorrectDialog, WithdrawDialog } from './DeedDialogs.tsx'
import { claimFaces } from './faces.ts'
import { LedgerTable } from './LedgerTable.tsx'

/** One claim: what was asked, what came, what happened, and its ledger to the cent. */
export default function ClaimPage({ params }: PageProps<typeof patterns.claim>) {
  const view = useView(contract.claims.get, { params: { id: params.claimId } })
  const claim = view.data
  return (
    <Page
      title={claim === undefined ? 'Claim' : `${claim.patient.name}, ${monthText(claim.month)}`}
      tabTitle={claim === undefined ? 'Claim' : `Claim ${claim.controlNumber}`}
      back={{ to: paths.claims(claim === undefined ? {} : { month: claim.month }), label: 'Claims' }}
      {...(claim === undefined
        ? {}
        : {
            subtitle: (
              <span className={css.head}>
                <ClaimChip status={claim.status} explained />
                {claim.payerSequence === 'S' && <SecondChip claim={claim} />}
                <span>
                  {codesText(claim.codes)} by {claim.practitioner.name}
                </span>
              </span>
            ),
            actions: <ClaimDeeds claim={claim} />,
          })}
      asOf={view.dataUpdatedAt}
    >
      <Viewed view={view} what="the claim" lines={10}>
        {(data) => (
          <>
            <Rejection claim={data} />
            <PayerAnswerCard claim={data} />
            {(data.status === 'sent' || data.status === 'accepted') && <AtPayer claimId={data.id} />}
            <SupplementCard claim={data} />
            <Balance claim={data} />
            <Section title="Lines">
              <DataTable
                caption="Lines of the claim"
                keyboard={false}
                columns={lineColumnsOf(data.status)}
                rows={data.lines}
                rowId={(line) => line.id}
                empty={<EmptyState title="No lines" />}
              />
            </Section>
            <div className={css.columns}>
              <div className={css.column}>
                <Section title="Ledger" subtitle="Every entry has as much on one side as on the other.">
                  <LedgerTable ledger={data.ledger} />
                </Section>
              </div>
              <div className={css.column}>
                <ClaimFacts claim={data} />
                <History claim={data} />
              </div>
            </div>
          </>
        )}
      </Viewed>
    </Page>
  )
}

function ClaimDeeds({ claim }: { claim: Claim }) {
  const can = useCan()
  const withdraw = useDialog('withdraw')
  const correct = useDialog('correct')
  const seat = can('claim:send') ? null : 'Your seat does not send claims.'
  return (
    <>
      <Button disabledReason={seat ?? claimCan.withdraw.whyNot(claim)} onClick={withdraw.open}>
        Withdraw
      </Button>
      <Button
        {...(claim.status === 'rejected' ? { kind: 'primary' } : {})}
        disabledReason={seat ?? claimCan.correct.whyNot(claim)}
        onClick={correct.open}
      >
        Correct and make ready
      </Button>
      <WithdrawDialog claim={claim} opened={withdraw.opened} onClose={withdraw.close} />
      <CorrectDialog claim={claim} opened={correct.opened} onClose={correct.close} />
    </>
  )
}

/** Where each cause of a refusal is mended, with the link when there is one. */
function placeOf(claim: Claim, place: FixPlace): { words: string; to: string | null } {
  switch (place) {
    case 'coverage':
      return { words: 'Coverage of the patient', to: paths.patient(claim.patient.id, 'overview') }
    case 'patient':
      return { words: "The patient's page", to: paths.patient(claim.patient.id) }
    case 'staff':
      return { words: 'Staffing (CCM manager or administrator)', to: null }
    case 'clinic':
      return { words: 'Settings of the clinic (CCM manager or administrator)', to: null }
    case 'month':
      return { words: 'The verdict of the month', to: paths.month(claim.month, { patient: claim.patient.id }) }
    case 'payer':
      return { words: 'With the payer', to: null }
  }
}

/** Why the payer refused it, and what to mend where, before anything else. */
function Rejection({ claim }: { claim: Claim }) {
  if (claim.rejection === null) return null
  const { sentence, fixes } = claim.rejection
  return (
    <Callout state="stop" title={sentence}>
      <ul className={css.fixes}>
        {fixes.map((fix) => {
          const { words, to } = placeOf(claim, fix.place)
          return (
            <li key={fix.code}>
              <strong>{fix.meaning}.</strong> {fix.action} {to === null ? words : <Link to={to}>{words}</Link>}
              <span className={css.quiet}> {fix.code}</span>
            </li>
          )
        })}
      </ul>
      <p>Then correct it and make it ready; it leaves with the next batch as a claim that was never sent before.</p>
    </Callout>
  )
}

function Balance({ claim }: { claim: Claim }) {
  const { balance } = claim
  const figures: readonly (readonly [string, number | null])[] = [
    [claim.followsClaimId === null ? 'Charge' : 'Asked for', balance.chargeCents],
    [`Expected of ${claim.payer?.name ?? 'Medicare'}`, claim.expectedMedicareCents],
    ['Paid', balance.paidCents],
    ['Taken off', balance.adjustedCents],
    ["Patient's share", balance.patientCents],
    ...(balance.movedCents === 0 ? [] : [['Asked of a supplement', balance.movedCents] as const]),
    ['Open', balance.openCents],
  ]
  return (
    <Section framed>
      <dl className={css.sums} aria-label="Balance">
        {figures.map(([label, cents]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <Money cents={cents} />
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

type Line = Claim['lines'][number]
/** Statuses in which the payer has not decided: an amount of zero would be a lie. */
const undecided: readonly ClaimStatus[] = ['ready', 'batched', 'sent', 'accepted', 'rejected']

function lineColumnsOf(status: ClaimStatus): readonly Column<Line>[] {
  return [
    {
      id: 'code',
      header: 'Code',
      cell: (line) => {
        const code = [line.code, ...line.modifiers].join('-')
        return line.units === 1 ? code : `${line.units} × ${code}`
      },
      width: 110,
    },
    {
      id: 'charge',
      header: 'Charge',
      numeric: true,
      width: 96,
      cell: (line) => <Money cents={line.chargeCents} />,
    },
    {
      id: 'allowed',
      header: 'Fee schedule',
      numeric: true,
      width: 110,
      cell: (line) => <Money cents={line.expectedAllowedCents} />,
    },
    {
      id: 'expected',
      header: 'Expected',
      numeric: true,
      width: 96,
      cell: (line) => <Money cents={line.expectedMedicareCents} />,
    },
    {
      id: 'paid',
      header: 'Paid',
      numeric: true,
      width: 96,
      cell: (line) => (undecided.includes(status) ? 'not yet' : <Money cents={line.paidCents} />),
    },
    {
      id: 'adjustments',
      header: 'What the payer took off, and why',
      cell: (line) => <AdjustmentList items={line.adjustments} />,
    },
  ]
}

function ClaimFacts({ claim }: { claim: Claim }) {
  const can = useCan()
  return (
    <Section framed title="About this claim">
      <Facts
        columns={1}
        items={[
          [
            'Patient',
            <Link key="p" to={paths.patient(claim.patient.id, 'claims')}>
              {claim.patient.name}
            </Link>,
          ],
          [
            'Why it may be billed',
            can('month:read') ? (
              <Link key="v" to={paths.month(claim.month, { patient: claim.patient.id })}>
                Verdict of {monthText(claim.month)}
              </Link>
            ) : (
              'Your seat does not see the month board.'
            ),
          ],
          ['Date of service', <LocalDate key="s" day={claim.serviceOn} />],
          ['Diagnoses', claim.diagnoses.join(', ')],
          ['Our number', claim.controlNumber],
          ["Payer's number", claim.payerClaimNumber ?? 'none yet'],
          [
            'Batch',
            claim.batchId === null ? (
              'in none'
            ) : (
              <Link key="b" to={paths.batch(claim.batchId)}>
                Open the batch
              </Link>
            ),
          ],
          ...(claim.payer === null
            ? []
            : ([['Goes to', `${claim.payer.name} (${claim.payer.payerId}), member ${claim.payer.memberId}`]] as const)),
          ...(claim.followsClaimId === null
            ? []
            : ([
                [
                  'Follows',
                  <Link key="f" to={paths.claim(claim.followsClaimId)}>
                    the claim that Medicare decided
                  </Link>,
                ],
              ] as const)),
          ...(claim.otherPayer === null
            ? []
            : ([['Decided before by', <OtherPayerFact key="o" payer={claim.otherPayer} />]] as const)),
          ...(claim.replacesClaimId === null
            ? []
            : ([
                [
                  'Replaces',
                  <Link key="r" to={paths.claim(claim.replacesClaimId)}>
                    the claim before
                  </Link>,
                ],
              ] as const)),
          ...(claim.replacedByClaimId === null
            ? []
            : ([
                [
                  'Billed anew by',
                  <Link key="n" to={paths.claim(claim.replacedByClaimId)}>
                    the claim after
                  </Link>,
                ],
              ] as const)),
          ...(claim.forwardedTo === null
            ? []
            : ([['Passed on to', `${claim.forwardedTo}: it has the claim already; do not bill it.`]] as const)),
          ...(claim.frequency === '7'
            ? ([['Kind', "A replacement; it names the payer's number of the old one."]] as const)
            : []),
          ...(claim.qmb ? ([['QMB', 'Medicaid pays the share; the patient is never billed.']] as const) : []),
          [
            'Frozen record behind it (SHA-256)',
            <span key="h" className={css.hash}>
              {claim.snapshotSha256}
            </span>,
          ],
        ]}
      />
    </Section>
  )
}

function OtherPayerFact({ payer }: { payer: NonNullable<Claim['otherPayer']> }) {
  return (
    <span>
      {payer.name} on <LocalDate day={payer.decidedOn} />
      {payer.claimNumber !== null && <>, its claim {payer.claimNumber}</>}
    </span>
  )
}

const eventStates: Partial<Record<string, State>> = {
  accepted: 'good',
  syntax_accepted: 'good',
  rejected: 'stop',
}

function History({ claim }: { claim: Claim }) {
  // Events of one instant keep the order in which they were recorded, so the list is turned round as a whole.
  const events = claim.events.toSorted((a, b) => a.at.localeCompare(b.at)).toReversed()
  // The newest decision of the payer is what gave the claim its present status.
  const decided = events.find(({ kind }) => kind === 'decided')
  return (
    <Section title="What happened">
      <Timeline
        label="What happened"
        events={events.map((event) => ({
          id: event.id,
          title: event.sentence,
          when: <Instant at={event.at} />,
          state: event.id === decided?.id ? claimFaces[claim.status].state : (eventStates[event.kind] ?? 'neutral'),
          body: (
            <>
              {event.by !== null && <span>{event.by.name}</span>}
              {event.codes.length > 0 && <span> {event.codes.join(', ')}</span>}
            </>
          ),
        }))}
      />
    </Section>
  )
}
