import { contract, type Denial } from '@keepwell/contract'
import { faultsByField, useCall, useCan } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Dialog,
  Facts,
  Instant,
  Link,
  LocalDate,
  Money,
  monthText,
  ReasonForm,
  StatusChip,
  say,
} from '../../ui/index.ts'
import { deadlineFace } from './deadline.ts'
import css from './denials.module.css'

interface ResolveProps {
  denial: Denial | null
  ownerText: (role: string) => string
  onClose: () => void
}

/** Everything about one denial, and how it ended. */
export function ResolveDialog(props: ResolveProps) {
  const { denial } = props
  return (
    <Dialog
      title={denial === null ? '' : `${denial.claim.patient.name}, ${monthText(denial.claim.month)}`}
      opened={denial !== null}
      onClose={props.onClose}
      size="lg"
      keepOpen
    >
      {denial !== null && <Resolve key={denial.id} {...props} denial={denial} />}
    </Dialog>
  )
}

function Resolve({ denial, ownerText, onClose }: ResolveProps & { denial: Denial }) {
  return (
    <div className={css.facts}>
      <Facts
        items={[
          [
            'Claim',
            <Link key="c" to={paths.claim(denial.claim.id)}>
              {denial.claim.controlNumber}
              {denial.code !== null && `, line ${denial.code}`}
            </Link>,
          ],
          ['Amount', <Money key="a" cents={denial.amountCents} />],
          ['Expected', <Money key="e" cents={denial.expectedCents} />],
          ['Owner', ownerText(denial.ownerRole)],
          [
            'What the payer says',
            denial.adjustment === null
              ? 'It gives no reason.'
              : `${denial.adjustment.group}-${denial.adjustment.code}: ${denial.adjustment.meaning}`,
          ],
          [
            'Remarks',
            denial.remarks.length === 0
              ? 'none'
              : denial.remarks.map(({ code, meaning }) => `${code}: ${meaning}`).join(' '),
          ],
          ['Usual cause', denial.cause],
          ['What to do', denial.nextStep],
          ['Appeal', denial.appealable ? 'possible' : 'not the way here'],
          [
            'By',
            <span key="d">
              <LocalDate day={denial.deadlineOn} otherwise="no deadline" />{' '}
              {denial.resolution === null && denial.daysLeft !== null && <StatusChip plain {...deadlineFace(denial)} />}
            </span>,
          ],
        ]}
      />
      {denial.resolution === null ? (
        <ResolveForm denial={denial} onClose={onClose} />
      ) : (
        <p>
          {denial.resolution.text}{' '}
          <span className={css.quiet}>
            {denial.resolution.by.name}, <Instant at={denial.resolution.at} />
          </span>
        </p>
      )}
    </div>
  )
}

function ResolveForm({ denial, onClose }: { denial: Denial; onClose: () => void }) {
  const can = useCan()
  const resolve = useCall(contract.denials.resolve, {
    invalidates: [contract.denials.list],
    onDone: () => {
      onClose()
      void say('Resolved.')
    },
  })
  return (
    <ReasonForm
      label="How it ended"
      field="How it ended"
      placeholder="Billed to the plan instead; written off; appeal sent."
      verb="Resolve"
      whyNot={can('remittance:post') ? null : 'Your seat does not work denials.'}
      emptyReason="Say how it ended."
      call={resolve}
      fault={faultsByField(resolve.error).resolution}
      kept="It stays open."
      onClose={onClose}
      onSubmit={(resolution) => resolve.mutate({ params: { id: denial.id }, body: { resolution } })}
    />
  )
}
