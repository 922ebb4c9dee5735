import type { Permission, Session } from '@keepwell/contract'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

interface Known {
  session: Session
  /** The server's clock minus this computer's, in milliseconds; in the demo months or years. */
  skewMilliseconds: number
}
const SessionContext = createContext<Known | null>(null)

/** The way of an answer through the network must not make the clock tremble: small differences are left alone. */
export function steadySkew(before: number | null, measured: number): number {
  return before !== null && Math.abs(before - measured) < 2000 ? before : measured
}

/** Gives the pages below the session and the server's clock. */
export function SessionProvider(props: { session: Session; skewMilliseconds: number; children: ReactNode }) {
  const { session, skewMilliseconds } = props
  const known = useMemo(() => ({ session, skewMilliseconds }), [session, skewMilliseconds])
  return <SessionContext value={known}>{props.children}</SessionContext>
}

function useKnown(): Known {
  const known = useContext(SessionContext)
  if (known === null) throw new Error('A page was rendered without a session')
  return known
}

/** Who is signed in, where, and what they may do. */
export function useSession(): Session {
  return useKnown().session
}

/** Asks for a permission, never for a seat: `const can = useCan(); can('consent:record')`. */
export function useCan(): (permission: Permission) => boolean {
  const { session } = useKnown()
  return useMemo(() => {
    const held = new Set(session.permissions)
    return (permission) => held.has(permission)
  }, [session.permissions])
}

/** The server's present instant in milliseconds, read anew at each call. Timers and "today" use this, never the computer's clock. */
export function useServerClock(): () => number {
  const { skewMilliseconds } = useKnown()
  return useMemo(() => () => Date.now() + skewMilliseconds, [skewMilliseconds])
}

/** The server's present instant in milliseconds, renewed every `everySeconds`. */
export function useServerNow(everySeconds: number): number {
  const clock = useServerClock()
  const [now, setNow] = useState(clock)
  // Time is the outside system here: the screen follows it by a timer.
  useEffect(() => {
    setNow(clock())
    const timer = setInterval(() => setNow(clock()), everySeconds * 1000)
    return () => clearInterval(timer)
  }, [clock, everySeconds])
  return now
}

/** Today in the clinic's zone, 'YYYY-MM-DD'. */
export function useToday(): string {
  const { session } = useKnown()
  return localDateAt(useServerNow(60), session.clinic.timeZone)
}

/** The calendar day at an instant in a zone, 'YYYY-MM-DD'. */
export function localDateAt(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant)
}
