import { contract, type Timer } from '@keepwell/contract'
import { IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Dock } from '../../shell/slots.tsx'
import { Button, ErrorState, KeyHint, minutesText, say, useDialog, useKeys } from '../../ui/index.ts'
import { RecoverDialog } from './RecoverDialog.tsx'
import { StopTimerDialog } from './StopTimerDialog.tsx'
import { timerViews } from './timer.ts'
import { useHeartbeat } from './use-heartbeat.ts'

/** The person's timer at the foot of every page. It beats by itself; the seconds that count are the server's. */
export default function TimerDock() {
  const view = useView(contract.minutes.timer, {}, { refetchSeconds: 60 })
  const running = view.data?.running ?? null
  const paused = view.data?.paused ?? null
  const [idle, setIdle] = useState(false)
  const stopping = useDialog('stop', 'timer')
  useHeartbeat({ timer: running, onIdle: setIdle, onEnded: () => void view.refetch() })
  const stop = useCall(contract.minutes.stop, {
    invalidates: timerViews,
    onDone: ({ seconds, gap }) =>
      void say(
        `${minutesText(seconds)} kept.${gap === null ? '' : ` ${minutesText(gap.seconds)} of silence was left out.`}`,
      ),
  })
  const start = useCall(contract.minutes.start, { invalidates: timerViews })

  const pause = (timer: Timer) => stop.mutate({ params: { id: timer.id }, body: { pause: true } })
  const end = (timer: Timer) =>
    timer.callId === null ? stopping.open() : stop.mutate({ params: { id: timer.id }, body: {} })
  const goOn = () => {
    if (paused !== null)
      start.mutate({
        params: { patientId: paused.patient.id },
        body: { activity: paused.activity, program: paused.program },
      })
  }
  useKeys([
    {
      keys: 't',
      label: 'Timer: pause or go on',
      group: 'Timer',
      run: () => {
        if (running !== null && running.silentSince === null) pause(running)
        else if (running === null) goOn()
      },
    },
  ])

  const failed = stop.error ?? start.error
  return (
    <>
      {failed !== null && failed.code !== 'timer_stopped' && (
        <ErrorState error={failed} kept="The timer stands as it was." />
      )}
      {running !== null && running.silentSince !== null && (
        <RecoverDialog timer={running} silentSince={running.silentSince} />
      )}
      {running !== null && (
        <Dock
          title={running.patient.name}
          to={running.callId === null ? paths.patient(running.patient.id, 'minutes') : paths.call(running.patient.id)}
          note={
            idle
              ? 'Still working? Nothing was touched for five minutes; the time waits for you.'
              : running.activityLabel
          }
          seconds={running.secondsElapsed}
          asOf={running.asOf}
          paused={running.silentSince !== null || idle}
          actions={
            <>
              <Button
                size="xs"
                leftSection={<IconPlayerPause size={14} aria-hidden />}
                loading={stop.isPending}
                onClick={() => pause(running)}
                rightSection={<KeyHint keys="t" />}
              >
                Pause
              </Button>
              <Button
                size="xs"
                leftSection={<IconPlayerStop size={14} aria-hidden />}
                loading={stop.isPending}
                onClick={() => end(running)}
              >
                Stop
              </Button>
            </>
          }
        />
      )}
      {running !== null && <StopTimerDialog timer={running} opened={stopping.opened} onClose={stopping.close} />}
      {running === null && paused !== null && (
        <Dock
          title={paused.patient.name}
          to={paused.callId === null ? paths.patient(paused.patient.id, 'minutes') : paths.call(paused.patient.id)}
          seconds={paused.seconds}
          asOf={paused.pausedAt}
          paused
          actions={
            <Button
              size="xs"
              leftSection={<IconPlayerPlay size={14} aria-hidden />}
              loading={start.isPending}
              onClick={goOn}
              rightSection={<KeyHint keys="t" />}
            >
              Go on
            </Button>
          }
        />
      )}
    </>
  )
}
