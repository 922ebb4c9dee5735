import { useRouter, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { plainProblem } from '../api/index.ts'
import { type Navigation, UiProvider } from '../ui/index.ts'

/** Connects the primitives to the router and to the clinic's zone. */
export function RouterUi(props: { timeZone: string; skewMilliseconds?: number; children: ReactNode }) {
  const router = useRouter()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const search = useRouterState({ select: (state) => state.location.searchStr })
  const navigation = useMemo<Navigation>(
    () => ({
      pathname,
      search: search.replace(/^\?/, ''),
      go(href, options) {
        if (options?.replace) router.history.replace(href)
        else router.history.push(href)
      },
    }),
    [router, pathname, search],
  )
  const { timeZone, skewMilliseconds = 0 } = props
  const surroundings = useMemo(
    () => ({ timeZone, skewMilliseconds, explain: plainProblem }),
    [timeZone, skewMilliseconds],
  )
  return (
    <UiProvider navigation={navigation} surroundings={surroundings}>
      {props.children}
    </UiProvider>
  )
}
