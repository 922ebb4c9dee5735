import { claimStatusWords, contract, type DenialCase, denialWayNames, roleNames } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { paths, type patterns } from '../../paths.ts'
import type { PageProps } from '../../shell/slots.tsx'
import {
  Button,
  Callout,
  Facts,
  Instant,
  Link,
  LocalDate,
  Money,
  monthText,
  Page,
  Section,
  StatusChip,
  Timeline,
  useDialog,
  Viewed,
} from '../../ui/index.ts'
import { ProposeDialog } from '../edits/index.ts'
import { AssignDialog, BillAnewDialog, PacketDialog, RecordDialog } from './DenialDialogs.tsx'
import { deadlineFace } from './deadline.ts'
import css from './denials.module.css'
import { ResolveDialog } from './ResolveDialog.tsx'

const kindWords = { denied: 'Denied', underpaid: 'Paid too little', overpaid: 'Paid too much' } as const

/** What the amount of a line is: of a denied one the whole charge, of the others the difference. */
const amountWords = { denied: 'Denied of the charge', underpaid: 'Missing', overpaid: 'Too much' } as const

function ownerText(role: string): string {
  const known: Partial<Record<string, string>> = roleNames
  return known[role] ?? role
}

/** One denial: why, by which ways the money may still come, what the record proves, and what was done. */
export default function DenialPage({ params }: PageProps<typeof patterns.denial>) {
  const view = useView(contract.denials.get, { params: { id: params.denialId } })
  const one = view.data
  return (
    <Page
      title={one === undefined ? 'Denial' : `${one.claim.patient.name}, ${monthText(one.claim.month)}`}
      tabTitle={one === undefined ? 'Denial' : `Denial of ${one.claim.controlNumber}`}
      back={{ to: paths.denials(), label: 'Denials' }}
      {...(one === undefined
        ? {}
        : {
            subtitle: (
              <span className={css.filters}>
                <StatusChip state={one.kind === 'denied' ? 'stop' : 'attention'} word={kindWords[one.kind]} />
                <span>
                  <Money cents={one.amountCents} />
                  {one.code !== null && `, line ${one.code}`}
                </span>
                {one.resolution === null && <StatusChip plain {...deadlineFace(one)} />}
              </span>
            ),
            actions: <Deeds one={one} />,
          })}
      asOf={view.dataUpdatedAt}
    >
      <Viewed view={view} what="the denial" lines={10}>
        {(data) => <Body one={data} />}
      </Viewed>
    </Page>
  )
}

function Deeds({ one }: { one: DenialCase }) {
  const can = useCan()
  const assign = useDialog('assign')
  const record = useDialog('record')
  const packet = useDialog('packet')
  const anew = useDialog('anew')
  const resolve = useDialog('resolve')
  const hold = useDialog('hold')
  const closed = one.resolution === null ? null : 'It is resolved.'
  const seat = can('remittance:post') ? null : 'Your seat does not work denials.'
  const ways = one.ways.filter(({ way }) => way === 'new_claim' || way === 'replacement')
  const noWay = ways.every(({ whyNot }) => whyNot !== null) ? (ways[0]?.whyNot ?? null) : null
  const appeal = one.ways.find(({ way }) => way === 'redetermination')?.whyNot ?? null
  return (
    <>
      <Button disabledReason={seat ?? closed} onClick={assign.open} aria-haspopup="dialog">
        {one.owner === null ? 'Take it on' : 'Hand it on'}
      </Button>
      <Button disabledReason={seat ?? closed} onClick={record.open} aria-haspopup="dialog">
        Write down
      </Button>
      <Button
        {...(appeal === null && closed === null ? { kind: 'primary' as const } : {})}
        disabledReason={seat}
        onClick={packet.open}
        aria-haspopup="dialog"
      >
        Letter and packet
      </Button>
      <Button
        {...(noWay === null && closed === null ? { kind: 'primary' as const } : {})}
        disabledReason={(can('claim:send') ? null : 'Your seat does not send claims.') ?? closed ?? noWay}
        onClick={anew.open}
        aria-haspopup="dialog"
      >
        Bill anew
      </Button>
      <Button
        disabledReason={can('claim:send') ? null : 'Your seat does not send claims.'}
        onClick={hold.open}
        aria-haspopup="dialog"
      >
        Hold claims like this
      </Button>
      <Button disabledReason={seat ?? closed} onClick={resolve.open} aria-haspopup="dialog">
        Resolve
      </Button>
      <ProposeDialog opened={hold.opened} onClose={hold.close} from={{ denialId: one.id, claimId: one.claim.id }} />
      <AssignDialog one={one} opened={assign.opened} onClose={assign.close} />
      <RecordDialog one={one} opened={record.opened} onClose={record.close} />
      <PacketDialog one={one} opened={packet.opened} onClose={packet.close} />
      <BillAnewDialog one={one} opened={anew.opened} onClose={anew.close} />
      <ResolveDialog denial={resolve.opened ? one : null} ownerText={ownerText} onClose={resolve.close} />
    </>
  )
}

function Body({ one }: { one: DenialCase }) {
  return (
    <>
      {one.resolution !== null && (
        <Callout state="good" title={one.resolution.text}>
          <p>
            {one.resolution.by.name}, <Instant at={one.resolution.at} />
          </p>
        </Callout>
      )}
      {one.replacedBy !== null && (
        <Callout state="info" title="Billed anew">
          <p>
            By claim <Link to={paths.claim(one.replacedBy.id)}>{one.replacedBy.controlNumber}</Link>; this one is over (
            {claimStatusWords.replaced.toLowerCase()}).
          </p>
        </Callout>
      )}
      <Section framed>
        <Facts
          columns={2}
          items={[
            ['Usual cause', one.cause],
            ['What to do', one.nextStep],
            [
              'What the payer says',
              one.adjustment === null
                ? 'It gives no reason.'
                : `${one.adjustment.group}-${one.adjustment.code}: ${one.adjustment.meaning}`,
            ],
            [
              'Remarks',
              one.remarks.length === 0
                ? 'none'
                : one.remarks.map(({ code, meaning }) => `${code}: ${meaning}`).join(' '),
            ],
            ['Expected', <Money key="e" cents={one.expectedCents} />],
            [amountWords[one.kind], <Money key="a" cents={one.amountCents} />],
            [
              'Claim',
              <Link key="c" to={paths.claim(one.claim.id)}>
                {one.claim.controlNumber}
              </Link>,
            ],
            ["Payer's number", one.payerClaimNumber ?? 'none'],
            ['Works it', one.owner?.name ?? `nobody yet (${ownerText(one.ownerRole)})`],
            ['Look again on', <LocalDate key="l" day={one.lookAgainOn} otherwise="no day set" />],
          ]}
        />
      </Section>
      <Section title="Ways to the money" subtitle="What is open here, and by when; what is not, and why.">
        <ul className={css.ways}>
          {one.ways.map((way) => (
            <li key={way.way} className={css.way}>
              <StatusChip
                plain
                state={way.whyNot === null ? 'good' : 'neutral'}
                word={way.whyNot === null ? 'Open' : 'Not here'}
              />
              <div>
                <strong>{denialWayNames[way.way]}</strong>
                <p className={css.quiet}>{way.whyNot ?? way.says}</p>
              </div>
              {way.whyNot === null && way.byOn !== null && (
                <span className={css.nowrap}>
                  until <LocalDate day={way.byOn} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </Section>
      <div className={css.columns}>
        <Section framed title="What the record proves" subtitle="As it was frozen when the month was closed.">
          {one.evidence.length === 0 ? (
            <p className={css.quiet}>No record of the month lies behind this claim.</p>
          ) : (
            <Facts columns={1} items={one.evidence.map(({ label, text }) => [label, text] as const)} />
          )}
        </Section>
        <Section title="What was done">
          {one.deeds.length === 0 ? (
            <p className={css.quiet}>Nothing yet.</p>
          ) : (
            <Timeline
              label="What was done"
              events={one.deeds.toReversed().map((deed) => ({
                id: deed.id,
                title: deed.sentence,
                when: <Instant at={deed.at} />,
                state: 'neutral' as const,
                body: (
                  <>
                    {deed.by.name}
                    {deed.reference !== null && `, reference ${deed.reference}`}
                    {deed.dueOn !== null && (
                      <>
                        , to look again on <LocalDate day={deed.dueOn} />
                      </>
                    )}
                  </>
                ),
              }))}
            />
          )}
        </Section>
      </div>
    </>
  )
}
