import { type ClaimStatus, claimStatusWords, type contract, type OutputOf } from '@keepwell/contract'
import { countText, Link, Money, StateIcon } from '../../ui/index.ts'
import css from './claims.module.css'
import { claimFaces, mainLanes, rareLanes } from './faces.ts'

type Counts = OutputOf<typeof contract.claims.list>['counts']

/** How many claims stand where and for how much; a lane opens its list, and again closes it. */
export function StatusLanes(props: {
  counts: Counts | undefined
  chosen: string | null
  /** The address of the list with this status, or without one. */
  to: (status: ClaimStatus | null) => string
}) {
  const { counts, chosen } = props
  const of = (status: ClaimStatus) => counts?.find((one) => one.status === status)
  const lanes = [...mainLanes, ...rareLanes.filter((status) => (of(status)?.count ?? 0) > 0)]
  return (
    <nav className={css.lanes} aria-label="Claims by status">
      {lanes.map((status) => {
        const lane = of(status)
        const none = counts !== undefined && (lane?.count ?? 0) === 0
        return (
          <Link
            key={status}
            to={props.to(chosen === status ? null : status)}
            quiet
            className={css.lane ?? ''}
            title={claimFaces[status].means}
            data-none={none || undefined}
            {...(chosen === status ? { 'aria-current': 'true' as const } : {})}
          >
            <span className={css.laneWord}>
              <StateIcon state={none ? 'neutral' : claimFaces[status].state} size={14} />
              {claimStatusWords[status]}
            </span>
            <span className={css.laneCount}>{counts === undefined ? '…' : countText(lane?.count ?? 0)}</span>
            <span className={css.laneMoney}>
              {counts === undefined ? '' : <Money cents={lane?.chargeCents ?? 0} />}
            </span>
          </Link>
        )
      })}
    </nav>
  )
}
