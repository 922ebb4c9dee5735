import { contract } from '@keepwell/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call, keyOf } from '../api/index.ts'

const leastPauseMilliseconds = 60_000

/**
 * Tells the server, at most once a minute, that keys or mouse are used, and asks it for the lock when they
 * have not been for as long as it allows. The server decides; this only keeps the screen in step with it.
 */
export function useActivity(props: { watching: boolean; idleSeconds: number }): void {
  const client = useQueryClient()
  const { watching, idleSeconds } = props
  useEffect(() => {
    if (!watching) return
    let lastTold = Date.now()
    let lastActive = Date.now()
    function active() {
      lastActive = Date.now()
      if (lastActive - lastTold < leastPauseMilliseconds) return
      lastTold = lastActive
      // A refusal reaches the session's listener; a lost connection is tried again by the next key.
      call(contract.session.touch, {}).catch(() => {})
    }
    const kinds = ['keydown', 'pointerdown', 'wheel', 'pointermove'] as const
    for (const kind of kinds) document.addEventListener(kind, active, { passive: true, capture: true })
    const timer = setInterval(() => {
      if (Date.now() - lastActive > idleSeconds * 1000) {
        void client.invalidateQueries({ queryKey: keyOf(contract.session.get) })
      }
    }, 5000)
    return () => {
      clearInterval(timer)
      for (const kind of kinds) document.removeEventListener(kind, active, { capture: true })
    }
  }, [watching, idleSeconds, client])
}
