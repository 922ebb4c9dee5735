import type { RemittanceClaim } from '@keepwell/contract'
import { useCan } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Drawer, Facts, Link, Money, monthText, Section, StatusChip } from '../../ui/index.ts'
import { AdjustmentList } from '../claims/index.ts'
import { matchWords, standingFaces } from './faces.ts'
import { standingOf } from './pairs.ts'
import css from './remittances.module.css'

/** One claim of a payment: each service line with what was taken off and why. */
export function LineDrawer(props: {
  line: RemittanceClaim | null
  pair: readonly RemittanceClaim[]
  onClose: () => void
}) {
  const { line } = props
  return (
    <Drawer
      title={line === null ? '' : (line.claim?.patient.name ?? line.patientName)}
      opened={line !== null}
      onClose={props.onClose}
      size={620}
    >
      {line !== null && <Detail line={line} pair={props.pair} />}
    </Drawer>
  )
}

function Detail({ line, pair }: { line: RemittanceClaim; pair: readonly RemittanceClaim[] }) {
  const can = useCan()
  return (
    <div className={css.stack}>
      <Facts
        items={[
          ['Status', <StatusChip key="s" plain {...standingFaces[standingOf(line)]} />],
          [
            'Claim',
            line.claim === null ? (
              'none of ours yet'
            ) : can('claim:read') ? (
              <Link key="c" to={paths.claim(line.claim.id)}>
                {monthText(line.claim.month)}, {line.controlNumber}
              </Link>
            ) : (
              line.controlNumber
            ),
          ],
          ["Payer's number", line.payerClaimNumber ?? 'none'],
          ['Found by', line.matchedBy === null ? 'not yet' : (matchWords[line.matchedBy] ?? line.matchedBy)],
          ['Charge', <Money key="ch" cents={line.chargeCents} />],
          ['Expected of Medicare', <Money key="e" cents={line.expectedMedicareCents} />],
          ['Paid', <Money key="p" cents={line.paidCents} />],
          ['Difference', <Money key="d" cents={line.differenceCents} />],
          ["Patient's share", <Money key="sh" cents={line.patientCents} />],
          ...(pair[0] === undefined
            ? []
            : ([
                [
                  line.kind === 'reversal' ? 'Decided anew' : 'In place of',
                  <span key="pair">
                    line {pair[0].position}, paid <Money cents={pair[0].paidCents} />
                  </span>,
                ],
              ] as const)),
        ]}
      />
      {line.adjustments.length > 0 && (
        <Section title="Taken off the whole claim">
          <AdjustmentList items={line.adjustments} />
        </Section>
      )}
      <Section title="Lines">
        <div>
          {line.lines.map((service, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a payer may split one line in two alike; they never move
            <div key={at} className={css.detailLine}>
              <span className={css.detailHead}>
                <strong>{service.code}</strong>
                <span>
                  charge <Money cents={service.chargeCents} />
                </span>
                <span>
                  paid <Money cents={service.paidCents} />
                </span>
                {service.remarks.length > 0 && <span className={css.quiet}>remarks {service.remarks.join(', ')}</span>}
              </span>
              <AdjustmentList items={service.adjustments} none="Nothing was taken off." />
            </div>
          ))}
        </div>
      </Section>
    </div>
  )
}
