import type { ToSign } from '@keepwell/contract'
import { IconSignature } from '@tabler/icons-react'
import { paths } from '../../paths.ts'
import { Button, EmptyState, Instant, Link, Viewed } from '../../ui/index.ts'
import { ChangeCounts } from '../care-plans/index.ts'
import css from './inbox.module.css'
import { Lane } from './Lane.tsx'

interface SignView {
  data: { items: ToSign[]; total: number } | undefined
  error: unknown
  refetch: () => unknown
}

/** Care plans that wait for a signature, the oldest first, each with how much changed. */
export function SignLane({ view }: { view: SignView }) {
  const first = view.data?.items[0]
  return (
    <Lane title="Sign" count={view.data?.total} {...(first === undefined ? {} : { shortcut: 's' })}>
      <Viewed view={view} what="plans to sign" lines={4}>
        {({ items }) =>
          first === undefined ? (
            <EmptyState icon={IconSignature} title="No plan waits for you">
              Plans that a care manager submits appear here, each with only what changed since you last signed.
            </EmptyState>
          ) : (
            <>
              <Button kind="primary" to={paths.carePlanSigning(first.planId)}>
                {items.length === 1 ? 'Look and sign' : `Go through ${items.length} plans`}
              </Button>
              <ul className={css.items}>
                {items.map((item) => (
                  <li key={item.planId} className={css.item}>
                    <Link to={paths.carePlanSigning(item.planId)} quiet className={css.name ?? ''}>
                      {item.patient.name}
                    </Link>
                    <ChangeCounts diff={item.diff} />
                    {item.diff.fromNumber !== null && item.diff.cost[0] !== undefined && (
                      <div className={css.detail}>{item.diff.cost[0]}</div>
                    )}
                    <div className={css.quiet}>
                      {item.note !== null && `“${item.note}” `}
                      {item.submittedBy.name}, <Instant at={item.submittedAt} />
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Viewed>
    </Lane>
  )
}
