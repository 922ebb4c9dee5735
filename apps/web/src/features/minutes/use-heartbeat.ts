import { contract, type Timer } from '@keepwell/contract'
import { useEffect, useRef } from 'react'
import { call, ProblemError } from '../../api/index.ts'

/** On the phone nobody touches the mouse; any other work shows on keys or mouse. */
const handsFree = ['patient_call', 'caregiver_call', 'coordination', 'community_services']
const idleMilliseconds = 5 * 60_000

/**
 * Tells the server every fifteen seconds that the person is still at it, also while the screen is locked or the page
 * lies in the background. With work at the desk it falls silent when nothing was touched for five minutes; `onIdle`
 * says so, and the server credits no silence. `onEnded` says that the timer is not running as the page believed.
 */
export function useHeartbeat(props: {
  timer: Timer | null
  onIdle: (idle: boolean) => void
  onEnded: () => void
}): void {
  const latest = useRef(props)
  latest.current = props
  const id = props.timer?.silentSince === null ? props.timer.id : null
  const watched = props.timer !== null && props.timer.callId === null && !handsFree.includes(props.timer.activity)

  // The server and the clock are the outside systems here.
  useEffect(() => {
    if (id === null) return
    let lastActive = Date.now()
    let idle = false
    const active = () => {
      lastActive = Date.now()
      if (idle) latest.current.onIdle(false)
      idle = false
    }
    const beat = async () => {
      const nowIdle = watched && Date.now() - lastActive > idleMilliseconds
      if (nowIdle !== idle) latest.current.onIdle(nowIdle)
      idle = nowIdle
      if (idle) return
      try {
        await call(contract.minutes.heartbeat, { params: { id } })
      } catch (error) {
        // A lost connection is tried again by the next beat; a refusal means that the timer stands otherwise.
        if (error instanceof ProblemError && error.status >= 400 && error.status < 500) latest.current.onEnded()
      }
    }
    const ticker = new Worker(new URL('./heartbeat.worker.ts', import.meta.url), { type: 'module' })
    ticker.onmessage = () => void beat()
    void beat()
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const
    for (const kind of kinds) document.addEventListener(kind, active, { passive: true, capture: true })
    return () => {
      ticker.terminate()
      for (const kind of kinds) document.removeEventListener(kind, active, { capture: true })
      latest.current.onIdle(false)
    }
  }, [id, watched])
}
