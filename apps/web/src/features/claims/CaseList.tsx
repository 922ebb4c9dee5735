import { contract } from '@keepwell/contract'
import { useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, ErrorState, Link, Money, monthText, say, useGo } from '../../ui/index.ts'
import css from './claims.module.css'

/** What came to light after a close and asks for another claim: made here, with one press. */
export function CaseList() {
  const can = useCan()
  const go = useGo()
  const view = useView(contract.claims.cases, {})
  const make = useCall(contract.claims.makeOfCase, {
    invalidates: [contract.claims.cases, contract.claims.list, contract.claims.get],
    onDone: (claim) => {
      go(paths.claim(claim.id))
      void say(`Claim ${claim.controlNumber} is ready for the next batch.`)
    },
  })
  const items = view.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Callout
      state="attention"
      title={
        items.length === 1 ? 'A correction case asks for a claim' : `${items.length} correction cases ask for claims`
      }
    >
      <ul className={css.fixes}>
        {items.map((one) => (
          <li key={one.id} className={css.case}>
            <span>
              <Link to={paths.month(one.month, { patient: one.patient.id })}>
                {one.patient.name}, {monthText(one.month)}
              </Link>{' '}
              {one.note}{' '}
              {one.differenceCents !== null && (
                <span className={css.quiet}>
                  difference <Money cents={one.differenceCents} />
                </span>
              )}
              {one.whyNot !== null && <span className={css.quiet}> {one.whyNot}</span>}
            </span>
            <Button
              size="compact-sm"
              aria-label={`Make the claim of ${one.patient.name}, ${monthText(one.month)}`}
              disabledReason={can('claim:send') ? one.whyNot : 'Your seat does not send claims.'}
              loading={make.isPending}
              onClick={() => make.mutate({ params: { id: one.id } })}
            >
              Make the claim
            </Button>
          </li>
        ))}
      </ul>
      {make.error !== null && <ErrorState error={make.error} kept="Nothing was made." />}
    </Callout>
  )
}
