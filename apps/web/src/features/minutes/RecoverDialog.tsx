import { contract, type Timer } from '@keepwell/contract'
import { useRef } from 'react'
import { useCall, useSession } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Dialog, ErrorState, FormActions, Instant, minutesText, say, useGo } from '../../ui/index.ts'
import { timerViews } from './timer.ts'
import { wallClockOf } from './words.ts'

/** After a closed browser, a sleeping computer or a lost server: what was heard is kept, the silence is asked about. */
export function RecoverDialog({ timer, silentSince }: { timer: Timer; silentSince: string }) {
  const go = useGo()
  const { clinic } = useSession()
  const byHand = useRef(false)
  const recover = useCall(contract.minutes.recover, {
    invalidates: timerViews,
    // Before the views are read again: then the timer is no longer silent, and this dialog is gone.
    onDone: ({ seconds, gap }) => {
      void say(`${minutesText(seconds)} kept for ${timer.patient.name}.`)
      if (!byHand.current || gap === null) return
      const from = wallClockOf(gap.from, clinic.timeZone)
      const to = wallClockOf(gap.to, clinic.timeZone)
      go(
        paths.patient(timer.patient.id, 'minutes', {
          log: 'new',
          day: from.day,
          from: from.time,
          to: to.time,
        }),
      )
    },
  })
  const discard = useCall(contract.minutes.discard, { invalidates: timerViews })
  const then = (goOn: boolean, gapByHand: boolean) => {
    byHand.current = gapByHand
    recover.mutate({ params: { id: timer.id }, body: { goOn } })
  }
  return (
    <Dialog title={`Your timer for ${timer.patient.name} fell silent`} opened onClose={() => {}} mustAct>
      {(recover.error ?? discard.error) !== null && (
        <ErrorState error={recover.error ?? discard.error} kept="The time before the silence is safe." />
      )}
      <p>
        The last sign of life came at <Instant at={silentSince} only="time" />. The {minutesText(timer.secondsElapsed)}{' '}
        before it are safe. Time after it is not credited by itself; if you were at work, write it by hand with the
        reason.
      </p>
      <FormActions>
        <Button kind="primary" loading={recover.isPending} onClick={() => then(true, false)}>
          Keep {minutesText(timer.secondsElapsed)} and go on
        </Button>
        <Button loading={recover.isPending} onClick={() => then(false, true)}>
          Keep it and write the gap by hand
        </Button>
        <Button kind="quiet" loading={recover.isPending} onClick={() => then(false, false)}>
          Keep it and stop
        </Button>
        <Button
          kind="quiet"
          loading={discard.isPending}
          onClick={() => discard.mutate({ params: { id: timer.id }, body: { reason: 'It ran by mistake.' } })}
        >
          Give it up
        </Button>
      </FormActions>
    </Dialog>
  )
}
