import { contract } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Callout, Instant, Link, Money } from '../../ui/index.ts'
import { BatchButtons, Countdown, useLookAgain } from './BatchButtons.tsx'
import css from './claims.module.css'

/** Batches that can still be taken back, and those that did not arrive: they come before all else. */
export function WaitingBatches() {
  const view = useView(contract.claims.batches, { query: { limit: 20 } })
  const open = (view.data?.items ?? []).filter(({ status }) => status === 'waiting' || status === 'failed')
  useLookAgain(
    open.find(({ status }) => status === 'waiting'),
    view.refetch,
  )
  return open.map((batch) => (
    <Callout
      key={batch.id}
      state={batch.status === 'failed' ? 'stop' : 'info'}
      title={
        batch.status === 'failed' ? `Batch ${batch.number} was not delivered` : `Batch ${batch.number} has not left yet`
      }
      action={
        <span className={css.head}>
          <BatchButtons batch={batch} size="compact-sm" />
        </span>
      }
    >
      <p>
        <Link to={paths.batch(batch.id)}>
          {batch.claimsCount} {batch.claimsCount === 1 ? 'claim' : 'claims'}
        </Link>
        , <Money cents={batch.chargeCents} />.{' '}
        {batch.status === 'failed' ? (
          batch.lastError
        ) : batch.channel === 'download' ? (
          'It counts as sent when you download it.'
        ) : (
          <>
            It leaves at <Instant at={batch.leavesAt} only="time" />,{' '}
            <span className={css.countdown}>
              <Countdown until={batch.leavesAt} />
            </span>
            .
          </>
        )}
      </p>
    </Callout>
  ))
}
