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
  const rare = rareLanes.filter((status) => (of(status)?.count ?? 0) > 0 || chosen === status)
  return (
    <nav className={css.standing} aria-label="Claims by status">
      <div className={css.lanes}>
        {mainLanes.map((status) => {
          const lane = of(status)
          const none = counts !== undefined && (lane?.count ?? 0) === 0
          return (
            <Link
              key={status}
              to={props.to(chosen === status ? null : status)}
              quiet
              className={css.lane ?? ''}
              title={claimFaces[status].means}
              {...(chosen === status ? { 'aria-current': 'true' as const } : {})}
            >
              <span className={css.laneWord}>
                <StateIcon state={none ? 'neutral' : claimFaces[status].state} size={14} />
                {claimStatusWords[status]}
              </span>
              <span className={none ? `${css.laneCount} ${css.none}` : css.laneCount}>
                {counts === undefined ? '…' : countText(lane?.count ?? 0)}
              </span>
              <span className={css.laneMoney}>
                {counts === undefined ? '' : <Money cents={lane?.chargeCents ?? 0} />}
              </span>
            </Link>
          )
        })}
      </div>
      {rare.length > 0 && (
        <div className={css.rare}>
          Also
          {rare.map((status) => (
            <Link
              key={status}
              to={props.to(chosen === status ? null : status)}
              title={claimFaces[status].means}
              {...(chosen === status ? { 'aria-current': 'true' as const } : {})}
            >
              {countText(of(status)?.count ?? 0)} {claimStatusWords[status].toLowerCase()},{' '}
              <Money cents={of(status)?.chargeCents ?? 0} />
            </Link>
          ))}
        </div>
      )}
    </nav>
  )
}
