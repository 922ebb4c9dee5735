import { contract, type Permission, type Session } from '@keepwell/contract'
import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { call } from './client.ts'
import type { ProblemError } from './problem.ts'
import { viewKey } from './query.ts'

export interface KnownSession {
  session: Session
  /** The server's clock minus this computer's, in milliseconds; in the demo months or years. */
  skewMilliseconds: number
}
const SessionContext = createContext<KnownSession | null>(null)

/** Under what the session is kept. */
export const sessionKey = viewKey(contract.session.get, {})

/** The session, asked for again every half minute, and the server's clock as its answers tell it. */
export function useSessionView(): UseQueryResult<KnownSession, ProblemError> {
  const client = useQueryClient()
  return useQuery<KnownSession, ProblemError>({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const sentAt = Date.now()
      const session = await call(contract.session.get, {}, { signal })
      const before = client.getQueryData<KnownSession>(sessionKey)?.skewMilliseconds ?? null
      const told = { sentAt, serverAt: Date.parse(session.now), receivedAt: Date.now() }
      return { session, skewMilliseconds: steadySkew(before, told) }
    },
    refetchInterval: 30_000,
  })
}

/**
 * The server's clock minus this computer's, in milliseconds, by one more answer. The server read its clock between sending
 * and receiving, so the difference is at least what it was on receiving, and the greatest such difference is kept: the
 * clock made of it never steps back, is never ahead of the server's, and is behind it by the way of the quickest answer.
 * Where an answer leaves no room for that difference, a clock was set, and it is measured anew.
 */
export function steadySkew(
  before: number | null,
  told: { sentAt: number; serverAt: number; receivedAt: number },
): number {
  const least = told.serverAt - told.receivedAt
  const most = told.serverAt - told.sentAt
  return before === null || before > most ? least : Math.max(before, least)
}

/** Gives the pages below the session and the server's clock. */
export function SessionProvider(props: { session: Session; skewMilliseconds: number; children: ReactNode }) {
  const { session, skewMilliseconds } = props
  const known = useMemo(() => ({ session, skewMilliseconds }), [session, skewMilliseconds])
  return <SessionContext value={known}>{props.children}</SessionContext>
}

function useKnown(): KnownSession {
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
