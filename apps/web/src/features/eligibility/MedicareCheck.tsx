import { contract, type EligibilityCheck } from '@keepwell/contract'
import { useCall, useCan } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, ErrorState, Facts, Instant, Link, LocalDate, Money, type State } from '../../ui/index.ts'
import css from './eligibility.module.css'
import { checkStanding } from './standing.ts'

const titles: Record<EligibilityCheck['verdict'], string> = {
  yes: 'Medicare can be billed',
  no: 'Medicare cannot be billed',
  unsure: 'Not sure yet',
}

/** The last answer of Medicare with its reasons, and the button that asks (again). Failure never stands in the way. */
export function MedicareCheck(props: { patientId: string; last: EligibilityCheck | null }) {
  const { patientId } = props
  const can = useCan()
  const ask = useCall(contract.eligibility.check, {
    invalidates: [
      contract.eligibility.chip,
      contract.eligibility.checks,
      contract.eligibility.get,
      contract.eligibility.list,
      contract.outreach.today,
      contract.outreach.patient,
      contract.patients.coverage,
    ],
  })
  const last = ask.data ?? props.last
  const button = (
    <Button
      loading={ask.isPending}
      disabledReason={can('eligibility:check') ? null : 'Your seat does not check coverage.'}
      onClick={() => ask.mutate({ params: { patientId }, body: {} })}
    >
      {last === null ? 'Check Medicare' : 'Check again'}
    </Button>
  )
  return (
    <div className={css.stack}>
      {ask.error !== null && <ErrorState error={ask.error} />}
      {last === null ? (
        <div className={css.line}>
          <span className={css.quiet}>Nobody has asked Medicare about this patient yet.</span>
          {button}
        </div>
      ) : (
        <Callout
          state={stateOf(last)}
          title={last.failure === null ? titles[last.verdict] : 'Medicare could not be asked'}
          action={button}
        >
          {last.failure !== null && (
            <p>
              {last.failure} <Link to={paths.patient(patientId, 'overview')}>Cards on file</Link>
            </p>
          )}
          <ul className={css.reasons}>
            {last.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          <p className={css.quiet}>
            For <LocalDate day={last.serviceOn} />, asked {last.by === null ? 'by itself' : `by ${last.by.name}`}{' '}
            <Instant at={last.at} />
          </p>
        </Callout>
      )}
      {last?.facts != null && <Told facts={last.facts} />}
    </div>
  )
}

function stateOf(check: EligibilityCheck): State {
  return checkStanding(check).state
}

function Told({ facts }: { facts: NonNullable<EligibilityCheck['facts']> }) {
  const part = ({ active, from }: (typeof facts)['partB']) =>
    active === 'unknown' ? (
      'not told'
    ) : active === 'no' ? (
      'not active'
    ) : from === null ? (
      'active'
    ) : (
      <>
        active since <LocalDate day={from} />
      </>
    )
  const others = [...facts.medicareAdvantage, ...facts.msp]
  const items: [string, React.ReactNode][] = [
    ['Part A', part(facts.partA)],
    ['Part B', part(facts.partB)],
    ['Deductible left', <Money key="left" cents={facts.deductible.leftCents} />],
  ]
  for (const other of others) items.push([other.meaning, other.payerName ?? 'payer not named'])
  if (facts.qmb === 'yes') items.push(['QMB', 'yes: the patient owes nothing'])
  return <Facts columns={3} items={items} />
}
