import { lazy, type ReactNode, type RefObject, Suspense, useCallback, useRef } from 'react'
import { useUrlState } from './context.tsx'

/** The open dialog stands in the address, so that reload, back and a sent link find it again. */
export function useDialog(id: string, name = 'dialog') {
  const [value, setValue] = useUrlState(name)
  const open = useCallback(() => setValue(id, { push: true }), [id, setValue])
  const close = useCallback(() => setValue(null), [setValue])
  return { opened: value === id, open, close }
}

export interface FloatProps {
  title: string
  opened: boolean
  onClose: () => void
  children: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl' | number
  /** Clicking beside it must not lose what was entered. */
  keepOpen?: boolean
  /** It closes only by one of its own buttons. */
  mustAct?: boolean
}

const DrawnDialog = lazy(() => import('./DialogDrawn.tsx').then((drawn) => ({ default: drawn.DrawnDialog })))
const DrawnDrawer = lazy(() => import('./DialogDrawn.tsx').then((drawn) => ({ default: drawn.DrawnDrawer })))

/** For one decision. Put the verb in the title and on the button. */
export function Dialog(props: FloatProps) {
  const opener = useOpener(props.opened)
  return useEverOpened(props.opened) ? (
    <Suspense fallback={null}>
      <DrawnDialog {...props} opener={opener} />
    </Suspense>
  ) : null
}

/** For looking at one row while its list stays in sight. */
export function Drawer(props: FloatProps) {
  const opener = useOpener(props.opened)
  return useEverOpened(props.opened) ? (
    <Suspense fallback={null}>
      <DrawnDrawer {...props} opener={opener} />
    </Suspense>
  ) : null
}

/** What had the keyboard when it opened, even while the dialog itself is still being loaded. */
function useOpener(opened: boolean): RefObject<Element | null> {
  const opener = useRef<Element | null>(null)
  const before = useRef(false)
  if (opened && !before.current) opener.current = document.activeElement
  before.current = opened
  return opener
}

/** Once opened it stays, so that it can leave with its motion. */
function useEverOpened(opened: boolean): boolean {
  const ever = useRef(opened)
  ever.current ||= opened
  return ever.current
}
