import { type Batch, batchCan } from '@keepwell/contract'
import { useEffect } from 'react'
import { useCan, useServerClock, useServerNow } from '../../api/index.ts'
import { Button, ErrorState } from '../../ui/index.ts'
import { untilText, useBatchDeeds, whyNotSend } from './use-batch-deeds.ts'

/** Undo while the window is open, send at once, download: each with its reason when it is not possible. */
export function BatchButtons(props: { batch: Batch; size?: 'compact-sm'; withDownload?: boolean }) {
  const { batch } = props
  const can = useCan()
  const now = new Date(useServerNow(1)).toISOString()
  const { undo, sendNow, download } = useBatchDeeds()
  const seat = can('claim:send') ? null : 'Your seat does not send claims.'
  const size = props.size === undefined ? {} : { size: props.size }
  const input = { params: { id: batch.id } }
  const error = undo.error ?? sendNow.error ?? download.error
  return (
    <>
      {(props.withDownload || batch.status === 'waiting') && (
        <Button
          {...size}
          loading={undo.isPending}
          disabledReason={seat ?? batchCan.undo.whyNot({ status: batch.status, leavesAt: batch.leavesAt, now })}
          onClick={() => undo.mutate(input)}
        >
          Take back
        </Button>
      )}
      {batch.channel !== 'download' && (
        <Button
          {...size}
          loading={sendNow.isPending}
          disabledReason={seat ?? whyNotSend(batch)}
          onClick={() => sendNow.mutate(input)}
        >
          {batch.status === 'failed' ? 'Try again' : 'Send now'}
        </Button>
      )}
      {props.withDownload && (
        <Button
          {...size}
          {...(batch.channel === 'download' && batch.status === 'waiting' ? { kind: 'primary' } : {})}
          loading={download.isPending}
          disabledReason={seat ?? batchCan.download.whyNot(batch)}
          onClick={() => download.mutate(input)}
        >
          Download the 837P
        </Button>
      )}
      {error !== null && <ErrorState error={error} />}
    </>
  )
}

/** The time that is left to take a batch back: `in 14:32`, then `now`. */
export function Countdown({ until }: { until: string }) {
  const now = useServerNow(1)
  if (Date.parse(until) <= now) return 'now'
  return (
    <>
      in <strong>{untilText(until, now)}</strong>
    </>
  )
}

const takenUpSeconds = 5
const claimByClaimSeconds = 65

/**
 * Looks once more when something new is to be expected: a waiting batch has left when its window is over, one that
 * leaves has its receipt soon after, and the answer claim by claim follows within a minute or so.
 */
export function useLookAgain(
  batch: (Pick<Batch, 'status' | 'leavesAt'> & { answers?: readonly unknown[] }) | undefined,
  look: () => unknown,
): void {
  const clock = useServerClock()
  const status = batch?.status
  const leavesAt = batch?.leavesAt
  const answers = batch?.answers?.length
  // Time is the outside system here.
  useEffect(() => {
    const wait =
      status === 'waiting' && leavesAt !== undefined
        ? Date.parse(leavesAt) - clock() + takenUpSeconds * 1000
        : status === 'sending' || (status === 'sent' && answers === 0)
          ? takenUpSeconds * 1000
          : (status === 'sent' || status === 'accepted') && answers === 1
            ? claimByClaimSeconds * 1000
            : 0
    if (wait <= 0) return
    const timer = setTimeout(look, wait)
    return () => clearTimeout(timer)
  }, [status, leavesAt, answers, clock, look])
}
