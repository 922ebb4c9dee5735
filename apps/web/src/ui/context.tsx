import { createContext, type ReactNode, useCallback, useContext, useMemo } from 'react'

/** Where the reader stands and how to go elsewhere. The shell connects it to the router. */
export interface Navigation {
  pathname: string
  /** The text behind the question mark, without it. */
  search: string
  go(href: string, options?: { replace?: boolean }): void
}

/** What the clinic sets for every primitive. */
export interface Surroundings {
  /** IANA zone of the clinic: every instant is shown in it. */
  timeZone: string
  /** The server's clock minus this computer's, in milliseconds: "as of" is said by the server's clock. */
  skewMilliseconds: number
  /** Turns an error into the three sentences a person needs. */
  explain(error: unknown, kept?: string): { what: string; kept: string; next: string }
}

const NavigationContext = createContext<Navigation>({ pathname: '/', search: '', go: () => {} })
const SurroundingsContext = createContext<Surroundings>({
  timeZone: 'UTC',
  skewMilliseconds: 0,
  explain: () => ({ what: 'Something went wrong.', kept: '', next: 'Try again.' }),
})

export function UiProvider(props: { navigation: Navigation; surroundings: Surroundings; children: ReactNode }) {
  return (
    <SurroundingsContext value={props.surroundings}>
      <NavigationContext value={props.navigation}>{props.children}</NavigationContext>
    </SurroundingsContext>
  )
}

export function useNavigation(): Navigation {
  return useContext(NavigationContext)
}

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext)
}

/** `const go = useGo()`, then `go(paths.patient(id))`. */
export function useGo(): Navigation['go'] {
  return useNavigation().go
}

/** The search text with some names set, and those given null taken out. */
export function searchWith(search: string, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/**
 * A filter, tab or open dialog that lives in the address: `const [state, setState] = useUrlState('state')`.
 * Null when it is not set. Setting replaces the history entry unless `push` is given.
 */
export function useUrlState(
  name: string,
): readonly [string | null, (value: string | null, options?: { push?: boolean }) => void] {
  const { pathname, search, go } = useNavigation()
  const value = useMemo(() => new URLSearchParams(search).get(name), [search, name])
  const set = useCallback(
    (next: string | null, options: { push?: boolean } = {}) =>
      go(pathname + searchWith(search, { [name]: next }), { replace: options.push !== true }),
    [pathname, search, name, go],
  )
  return [value, set]
}
