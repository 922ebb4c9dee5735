import { useQueryClient } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { onSessionNews } from '../api/client.ts'
import { type KnownSession, SessionProvider, sessionKey, useSessionView } from '../api/session.tsx'
import { paths } from '../paths.ts'
import { ErrorState, KeysProvider } from '../ui/index.ts'
import { hideOverlays, showOverlays } from './curtain.ts'
import { Frame } from './Frame.tsx'
import { LockScreen } from './LockScreen.tsx'
import { RouterUi } from './RouterUi.tsx'
import css from './shell.module.css'
import { useActivity } from './use-activity.ts'

/** Everything behind the sign-in: knows the session, and draws the curtain when it is locked. */
export function SignedIn() {
  const client = useQueryClient()
  const view = useSessionView()

  useEffect(
    () =>
      onSessionNews((news) => {
        if (news === 'signed_out') toSignIn()
        else
          client.setQueryData<KnownSession>(sessionKey, (old) =>
            old === undefined ? old : { ...old, session: { ...old.session, locked: true } },
          )
      }),
    [client],
  )
  const locked = view.data?.session.locked ?? false
  useActivity({
    watching: view.data !== undefined && !locked,
    idleSeconds: view.data?.session.idleLockSeconds ?? 900,
  })

  if (view.data === undefined) {
    if (view.error === null || view.error.code === 'not_signed_in') return <div className={css.blank} aria-busy />
    return (
      <main className={css.alone}>
        <ErrorState error={view.error} kept="" onRetry={view.refetch} />
      </main>
    )
  }
  const { session, skewMilliseconds } = view.data
  return (
    <SessionProvider session={session} skewMilliseconds={skewMilliseconds}>
      <RouterUi timeZone={session.clinic.timeZone} skewMilliseconds={skewMilliseconds}>
        <KeysProvider disabled={locked}>
          <Stage locked={locked}>
            <Frame>
              <Outlet />
            </Frame>
          </Stage>
        </KeysProvider>
        {locked && (
          <LockScreen
            session={session}
            onUnlocked={async () => {
              await client.invalidateQueries()
            }}
          />
        )}
      </RouterUi>
    </SessionProvider>
  )
}

/** Leaves for the sign-in page with the address kept. A full load, so that nothing stays in memory. */
export function toSignIn(): void {
  const here = window.location.pathname + window.location.search
  window.location.assign(paths.signIn(here === '/' ? {} : { next: here }))
}

/** Holds the pages in an element of their own, which is out of the document while the screen is locked. */
function Stage(props: { locked: boolean; children: ReactNode }) {
  const [stage] = useState(() => {
    const element = document.createElement('div')
    element.className = css.stage ?? ''
    return element
  })
  const place = useRef<HTMLDivElement>(null)
  const scroll = useRef<{ main: number; page: number; title: string }>({ main: 0, page: 0, title: '' })
  useLayoutEffect(() => {
    if (props.locked) return
    place.current?.append(stage)
    showOverlays()
    const main = () => stage.querySelector('[data-scroller]')
    const before = scroll.current
    if (before.title !== '') document.title = before.title
    main()?.scrollTo({ top: before.main })
    window.scrollTo({ top: before.page })
    return () => {
      scroll.current = { main: main()?.scrollTop ?? 0, page: window.scrollY, title: document.title }
      document.title = 'Keepwell'
      hideOverlays()
      stage.remove()
    }
  }, [props.locked, stage])
  return (
    <>
      <div ref={place} />
      {createPortal(props.children, stage)}
    </>
  )
}
