import { IconCommand, IconMenu2, IconSearch } from '@tabler/icons-react'
import { Component, lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useCan, useSession, useToday } from '../api/index.ts'
import { mergeManifests, type NavItem } from '../roles/index.ts'
import {
  Button,
  Callout,
  type KeyBinding,
  KeyHint,
  Link,
  Skeletons,
  useKeys,
  useNavigation,
  useToastsAsked,
} from '../ui/index.ts'
import { DemoBanner } from './DemoBanner.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { Pop } from './Pop.tsx'
import css from './shell.module.css'
import { Slot, SlotsProvider } from './slots.tsx'

const Palette = lazy(() => import('./Palette.tsx'))
const KeyList = lazy(() => import('./KeyList.tsx'))
const ToastHost = lazy(() => import('../ui/toast-host.tsx'))

/** The frame of every signed-in page: navigation of the seats held, search, demo banner, dock. */
export function Frame(props: { children: ReactNode }) {
  const session = useSession()
  const can = useCan()
  const { pathname, go } = useNavigation()
  const month = useToday().slice(0, 7)
  const manifest = useMemo(() => mergeManifests(session.person.roles), [session.person.roles])
  const nav = useMemo(() => manifest.nav.filter((item) => can(item.permission)), [manifest, can])
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [keysOpen, setKeysOpen] = useState(false)
  const main = useRef<HTMLElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const toastsAsked = useToastsAsked()
  const search = can('patient:search')

  const goKeys: KeyBinding[] = nav.flatMap((item) =>
    item.key === undefined
      ? []
      : [{ keys: `g ${item.key}`, label: item.label, group: 'Go to', run: () => go(item.to({ month })) }],
  )
  useKeys([
    ...goKeys,
    {
      keys: 'Ctrl K',
      label: 'Find anything',
      group: 'Everywhere',
      whileTyping: true,
      run: () => setPaletteOpen(true),
    },
    ...(search ? [{ keys: '/', label: 'Search patients', group: 'Everywhere', run: () => setPaletteOpen(true) }] : []),
    { keys: '?', label: 'List of keys', group: 'Everywhere', run: () => setKeysOpen(true) },
  ])

  // A new page begins at its top, and the keyboard with it; a changed filter does not.
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    main.current?.focus({ preventScroll: true })
    scroller.current?.scrollTo({ top: 0 })
  }, [pathname])

  return (
    <SlotsProvider value={manifest.slots}>
      <div className={css.frame}>
        <a href="#main" className={css.skip}>
          Skip to the page
        </a>
        {session.demo && <DemoBanner />}
        <header className={css.top}>
          <Pop
            at="left"
            label="Open the navigation"
            buttonClass={css.burger}
            button={<IconMenu2 size={20} aria-hidden />}
          >
            {(close) => (
              <nav aria-label="Main">
                <NavList items={nav} month={month} pathname={pathname} onGo={close} />
              </nav>
            )}
          </Pop>
          <Link to="/" quiet className={css.brand}>
            Keepwell
          </Link>
          <span className={css.clinic}>{session.clinic.name}</span>
          <button type="button" className={css.search} onClick={() => setPaletteOpen(true)}>
            {search ? <IconSearch size={16} aria-hidden /> : <IconCommand size={16} aria-hidden />}
            <span className={css.searchWords}>{search ? 'Search patients' : 'Find anything'}</span>
            <KeyHint keys={search ? '/' : 'Ctrl K'} />
          </button>
          <PersonMenu onKeys={() => setKeysOpen(true)} />
        </header>
        <nav className={css.side} aria-label="Main">
          <NavList items={nav} month={month} pathname={pathname} />
        </nav>
        <main id="main" className={css.main} tabIndex={-1} ref={main}>
          <div className={css.content} ref={scroller} data-scroller>
            <PageBoundary key={pathname}>
              <Suspense
                fallback={
                  <div className={css.loading}>
                    <Skeletons what="the page" lines={6} />
                  </div>
                }
              >
                {props.children}
              </Suspense>
            </PageBoundary>
          </div>
          <Slot name="dock" />
        </main>
        <Suspense fallback={null}>
          {toastsAsked && <ToastHost />}
          {paletteOpen && <Palette nav={nav} month={month} onClose={() => setPaletteOpen(false)} />}
          {keysOpen && <KeyList onClose={() => setKeysOpen(false)} />}
        </Suspense>
      </div>
    </SlotsProvider>
  )
}

function NavList(props: { items: readonly NavItem[]; month: string; pathname: string; onGo?: () => void }) {
  return (
    <ul className={css.nav}>
      {props.items.map((item) => {
        const to = item.to({ month: props.month })
        const sections = [`/${to.split('/')[1] ?? ''}`, ...(item.holds ?? [])]
        const here = sections.includes(`/${props.pathname.split('/')[1] ?? ''}`)
        return (
          <li key={item.id}>
            <Link
              to={to}
              quiet
              className={css.navItem}
              onClick={() => props.onGo?.()}
              {...(here ? { 'aria-current': 'page' as const } : {})}
            >
              <item.icon size={18} stroke={1.6} aria-hidden />
              <span>{item.label}</span>
              {item.badge !== undefined && (
                <Suspense fallback={null}>
                  <item.badge />
                </Suspense>
              )}
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** A page that breaks leaves the frame standing. */
class PageBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    if (!this.state.broken) return this.props.children
    return (
      <div className={css.loading}>
        <Callout
          state="stop"
          title="This page could not be shown"
          alert
          action={<Button onClick={() => window.location.reload()}>Reload</Button>}
        >
          <p>What was saved is safe. Reload the page; if it happens again, tell your administrator.</p>
        </Callout>
      </div>
    )
  }
}
