import { contract, type Remittance, type RemittanceClaim, remittanceCan } from '@keepwell/contract'
import { fileUrl, useCall, useCan, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Facts,
  Instant,
  LocalDate,
  Money,
  monthShortText,
  Page,
  Section,
  StatusChip,
  say,
  Timeline,
  useDialog,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import { DepositDialog } from './DepositDialog.tsx'
import { deedWords, methodText, standingFaces, statusFaces } from './faces.ts'
import { DiscardDialog, ReleaseDialog } from './HeldDialogs.tsx'
import { LineDrawer } from './LineDrawer.tsx'
import { pairsOf, standingOf } from './pairs.ts'
import css from './remittances.module.css'
import { UnmatchedQueue } from './UnmatchedQueue.tsx'

/** One payment, claim by claim: does it balance, what differs, what is nobody's. */
export default function RemittancePage({ params }: PageProps<typeof patterns.remittance>) {
  const view = useView(contract.remittances.get, { params: { id: params.remittanceId } })
  const payment = view.data
  return (
    <Page
      title={payment === undefined ? 'Payment' : `Payment ${payment.trace}`}
      back={{ to: paths.payments(), label: 'Payments' }}
      {...(payment === undefined
        ? {}
        : {
            subtitle: (
              <span className={css.head}>
                <StatusChip {...statusFaces[payment.status]} />
                <span>
                  {payment.payerName}, <LocalDate day={payment.paidOn} />
                </span>
              </span>
            ),
            actions: <Deeds payment={payment} />,
          })}
      asOf={view.dataUpdatedAt}
    >
      <Viewed view={view} what="the payment" lines={10}>
        {(data) => <Body payment={data} />}
      </Viewed>
    </Page>
  )
}

function Body({ payment }: { payment: Remittance }) {
  const [lineId, setLine] = useUrlState('line')
  const pairs = pairsOf(payment.claims)
  const unmatched = payment.claims.filter(({ claim }) => claim === null)
  const columns = columnsOf(pairs)
  return (
    <>
      <Balance payment={payment} />
      <Section framed>
        <Facts
          columns={3}
          items={[
            ['Amount', <Money key="a" cents={payment.amountCents} />],
            ['For claims', <Money key="c" cents={payment.claimsCents} />],
            ['Adjustments of the whole payment', <Money key="p" cents={payment.providerAdjustmentCents} />],
            ['How', methodText(payment.method)],
            ['At the bank', <AtTheBank key="b" payment={payment} />],
            [payment.source === 'paper' ? 'Entered' : 'Taken in', <Instant key="t" at={payment.recordedAt} />],
            [
              payment.source === 'paper' ? 'Source' : 'File',
              payment.fileId === null ? (
                <PaperSource key="f" payment={payment} />
              ) : (
                <a
                  key="f"
                  href={fileUrl(contract.claims.fileContent, { params: { id: payment.fileId } })}
                  target="_blank"
                  rel="noreferrer"
                >
                  The exact 835
                </a>
              ),
            ],
          ]}
        />
      </Section>
      {unmatched.length > 0 && payment.status !== 'discarded' && (
        <UnmatchedQueue lines={unmatched} held={payment.status === 'held'} />
      )}
      {payment.providerAdjustments.length > 0 && <ProviderAdjustments payment={payment} />}
      <Section title="Claim by claim">
        <DataTable
          caption="Claims of the payment"
          columns={columns}
          rows={payment.claims}
          rowId={(line) => line.id}
          onOpen={(line) => setLine(line.id, { push: true })}
          openId={lineId}
          stickyFirst
          empty={
            <EmptyState title="No claims in this payment">It carries adjustments of the whole payment only.</EmptyState>
          }
        />
      </Section>
      <ByHand payment={payment} />
      <LineDrawer
        line={payment.claims.find(({ id }) => id === lineId) ?? null}
        pair={(lineId === null ? undefined : pairs.get(lineId)) ?? []}
        onClose={() => setLine(null)}
      />
    </>
  )
}

function Deeds({ payment }: { payment: Remittance }) {
  const can = useCan()
  const release = useDialog('release')
  const discard = useDialog('discard')
  const deposit = useDialog('deposit')
  const seat = can('remittance:post') ? null : 'Your seat does not post payments.'
  const restore = useCall(contract.remittances.restore, {
    invalidates: [contract.remittances.get, contract.remittances.list],
    onDone: () => void say('It is held again.'),
  })
  return (
    <>
      {payment.status !== 'discarded' && (
        <Button
          {...(payment.status === 'posted' && payment.deposit === null && payment.amountCents > 0
            ? { kind: 'primary' }
            : {})}
          disabledReason={seat ?? remittanceCan.deposit.whyNot(payment)}
          onClick={deposit.open}
          aria-haspopup="dialog"
        >
          {payment.deposit === null ? 'Tie to the bank' : 'Change what the bank received'}
        </Button>
      )}
      {payment.status === 'held' && (
        <>
          <Button
            kind="primary"
            disabledReason={seat ?? remittanceCan.release.whyNot(payment)}
            onClick={release.open}
            aria-haspopup="dialog"
          >
            Post it by hand
          </Button>
          <Button disabledReason={seat} onClick={discard.open} aria-haspopup="dialog">
            Discard
          </Button>
        </>
      )}
      {payment.status === 'discarded' && (
        <Button
          disabledReason={seat}
          loading={restore.isPending}
          onClick={() => restore.mutate({ params: { id: payment.id } })}
        >
          Hold it again
        </Button>
      )}
      {restore.error !== null && <ErrorState error={restore.error} />}
      <ReleaseDialog payment={payment} opened={release.opened} onClose={release.close} />
      <DiscardDialog payment={payment} opened={discard.opened} onClose={discard.close} />
      <DepositDialog payment={payment} opened={deposit.opened} onClose={deposit.close} />
    </>
  )
}

function AtTheBank({ payment }: { payment: Remittance }) {
  const { deposit } = payment
  if (payment.amountCents === 0) return 'no money moved'
  if (deposit === null) return <StatusChip plain state="attention" word="Not seen yet" />
  return (
    <span className={css.head}>
      {deposit.differenceCents === 0 ? (
        <StatusChip plain state="good" word="Ties" />
      ) : (
        <StatusChip plain state="stop" word={deposit.differenceCents < 0 ? 'Less' : 'More'} />
      )}
      <span>
        <Money cents={deposit.bankCents} /> on <LocalDate day={deposit.receivedOn} />, {deposit.by.name}
      </span>
    </span>
  )
}

function PaperSource({ payment }: { payment: Remittance }) {
  const entered = payment.deeds.find(({ kind }) => kind === 'entered')
  return entered === undefined ? 'A notice on paper' : `${entered.reason} (${entered.by.name})`
}

function ByHand({ payment }: { payment: Remittance }) {
  if (payment.deeds.length === 0) return null
  return (
    <Section title="Done by hand">
      <Timeline
        label="Done by hand"
        events={payment.deeds.toReversed().map((deed) => ({
          id: deed.id,
          title: `${deedWords[deed.kind]}: ${deed.reason}`,
          when: <Instant at={deed.at} />,
          state: 'neutral' as const,
          body: deed.by.name,
        }))}
      />
    </Section>
  )
}

function Balance({ payment }: { payment: Remittance }) {
  const { balance, holds } = payment
  if (payment.status === 'discarded') {
    return (
      <Callout state="neutral" title="Discarded: nothing of it is posted">
        <p>The file is kept for the record.</p>
      </Callout>
    )
  }
  if (payment.status === 'held') {
    const whyNot = remittanceCan.release.whyNot(payment)
    return (
      <Callout state="attention" title="Held: nothing of it is posted">
        {holds.length === 0 ? <p>{payment.holdReason}</p> : <Sentences of={holds.map(({ sentence }) => sentence)} />}
        <Sentences of={balance.sentences} />
        <p>{whyNot ?? 'Judge it: post it by hand with your reason, or discard it when a better file is posted.'}</p>
      </Callout>
    )
  }
  return (
    <Callout state="good" title="Balances to the cent">
      <Sentences of={balance.sentences} />
    </Callout>
  )
}

function Sentences(props: { of: readonly string[] }) {
  return (
    <ul className={css.sentences}>
      {props.of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** Every reason of a line once, as codes: the drawer says what each means. */
function reasonCodes(line: RemittanceClaim): string[] {
  const all = [...line.adjustments, ...line.lines.flatMap(({ adjustments }) => adjustments)]
  return [...new Set(all.map(({ group, code }) => `${group}-${code}`))]
}

function columnsOf(pairs: ReturnType<typeof pairsOf>): readonly Column<RemittanceClaim>[] {
  return [
    {
      id: 'patient',
      header: 'Patient',
      cell: (line) => line.claim?.patient.name ?? line.patientName,
      sort: (line) => line.claim?.patient.name ?? line.patientName,
    },
    {
      id: 'line',
      header: 'Line',
      numeric: true,
      cell: (line) => line.position,
      sort: (line) => line.position,
    },
    {
      id: 'month',
      header: 'Month',
      cell: (line) => <span className={css.nowrap}>{line.claim === null ? '' : monthShortText(line.claim.month)}</span>,
    },
    {
      id: 'standing',
      header: 'Status',
      cell: (line) => (
        <>
          <StatusChip plain {...standingFaces[standingOf(line)]} />
          <Pair pair={pairs.get(line.id)} kind={line.kind} />
        </>
      ),
      sort: (line) => standingOf(line),
    },
    { id: 'charge', header: 'Charge', numeric: true, cell: (line) => <Money cents={line.chargeCents} /> },
    {
      id: 'expected',
      header: 'Expected',
      numeric: true,
      cell: (line) => <Money cents={line.expectedMedicareCents} />,
    },
    {
      id: 'paid',
      header: 'Paid',
      numeric: true,
      cell: (line) => <Money cents={line.paidCents} />,
      sort: (line) => line.paidCents,
    },
    {
      id: 'difference',
      header: 'Difference',
      numeric: true,
      cell: (line) => <Difference line={line} />,
      sort: (line) => line.differenceCents,
    },
    {
      id: 'share',
      header: "Patient's share",
      numeric: true,
      cell: (line) => <Money cents={line.patientCents} />,
      hideBelow: 1024,
    },
    {
      id: 'reasons',
      header: 'Reasons',
      cell: (line) => (
        <span className={css.reasons}>
          {reasonCodes(line).map((code) => (
            <span key={code}>{code}</span>
          ))}
        </span>
      ),
      hideBelow: 1024,
    },
  ]
}

function Pair(props: { pair: readonly RemittanceClaim[] | undefined; kind: RemittanceClaim['kind'] }) {
  if (props.pair === undefined) return null
  const other = props.pair[0]
  if (other === undefined) return <span className={css.pair}>nothing was decided anew</span>
  return (
    <span className={css.pair}>
      {props.kind === 'reversal' ? 'decided anew in' : 'in place of'} line {other.position}
    </span>
  )
}

function Difference({ line }: { line: RemittanceClaim }) {
  if (line.kind === 'reversal' || line.differenceCents === null) return <Money cents={null} />
  if (line.differenceCents === 0) return <span className={css.quiet}>none</span>
  return (
    <span className={line.differenceCents < 0 ? css.less : css.more}>
      {line.differenceCents > 0 && '+'}
      <Money cents={line.differenceCents} />
    </span>
  )
}

type ProviderAdjustment = Remittance['providerAdjustments'][number]
const adjustmentColumns: readonly Column<ProviderAdjustment>[] = [
  { id: 'code', header: 'Code', cell: (item) => item.code, width: 80 },
  { id: 'meaning', header: 'What it is', cell: (item) => item.meaning },
  { id: 'reference', header: 'Reference', cell: (item) => item.reference ?? '' },
  { id: 'amount', header: 'Amount', numeric: true, cell: (item) => <Money cents={item.amountCents} /> },
]

function ProviderAdjustments({ payment }: { payment: Remittance }) {
  return (
    <Section
      title="Adjustments of the whole payment"
      subtitle="They belong to no claim. An amount above zero lowers the payment, one below raises it."
    >
      <DataTable
        caption="Adjustments of the whole payment"
        keyboard={false}
        columns={adjustmentColumns}
        rows={payment.providerAdjustments}
        rowId={(item) => `${item.code} ${item.reference ?? ''} ${item.amountCents}`}
        empty={null}
      />
    </Section>
  )
}
