import { contract, type Remittance, type RemittanceClaim } from '@keepwell/contract'
import { fileUrl, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Callout,
  type Column,
  DataTable,
  EmptyState,
  Facts,
  Instant,
  LocalDate,
  Money,
  monthShortText,
  Page,
  Section,
  StatusChip,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import { methodText, standingFaces } from './faces.ts'
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
                {payment.status === 'posted' ? (
                  <StatusChip state="good" word="Posted" />
                ) : (
                  <StatusChip state="attention" word="Held" />
                )}
                <span>
                  {payment.payerName}, <LocalDate day={payment.paidOn} />
                </span>
              </span>
            ),
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
            ['Taken in', <Instant key="t" at={payment.recordedAt} />],
            [
              'File',
              <a
                key="f"
                href={fileUrl(contract.claims.fileContent, { params: { id: payment.fileId } })}
                target="_blank"
                rel="noreferrer"
              >
                The exact 835
              </a>,
            ],
          ]}
        />
      </Section>
      {unmatched.length > 0 && <UnmatchedQueue lines={unmatched} held={payment.status === 'held'} />}
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
      <LineDrawer
        line={payment.claims.find(({ id }) => id === lineId) ?? null}
        pair={(lineId === null ? undefined : pairs.get(lineId)) ?? []}
        onClose={() => setLine(null)}
      />
    </>
  )
}

function Balance({ payment }: { payment: Remittance }) {
  const { balance } = payment
  if (payment.status === 'held' || !balance.ok) {
    return (
      <Callout state="attention" title={payment.holdReason ?? 'The payment does not balance'}>
        <p>
          Nothing of it is posted.{' '}
          {balance.differenceCents !== 0 && (
            <>
              The difference is{' '}
              <strong>
                <Money cents={balance.differenceCents} />
              </strong>
              .
            </>
          )}
        </p>
        <Sentences of={balance.sentences} />
        <p>Ask the payer for a corrected 835, and take that one in.</p>
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
