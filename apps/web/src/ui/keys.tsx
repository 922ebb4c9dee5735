import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'

/** One shortcut: `t`, `Shift T`, `Ctrl Enter` (also Cmd on a Mac), `?`, or a sequence `g w`. */
export interface KeyBinding {
  keys: string
  /** What it does, in the list of keys. */
  label: string
  /** Under which heading of the list. */
  group?: string
  run: (event: KeyboardEvent) => void
  /** Works while a field has the focus: only for combinations with Ctrl or Cmd. */
  whileTyping?: boolean
}

interface Registry {
  bindings: readonly KeyBinding[]
  add(list: () => readonly KeyBinding[]): () => void
  /** False when the person has switched single letters off (WCAG 2.1.4). */
  singleKeys: boolean
  setSingleKeys(on: boolean): void
}
const KeysContext = createContext<Registry | null>(null)
const settingName = 'keepwell.single-keys'

/** Whether a key press belongs to a field and not to us. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'file', 'color'].includes(target.type)
  }
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** The written form of a pressed key, as bindings name it. */
export function chordOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const letter = /^[a-z]$/i.test(event.key)
  const key = letter ? event.key.toUpperCase() : event.key
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  if (event.shiftKey && (letter || event.key.length > 1)) parts.push('Shift')
  return [...parts, parts.length === 0 && letter ? event.key.toLowerCase() : key].join(' ')
}

/** Listens for the whole page, once. */
export function KeysProvider(props: { children: ReactNode; disabled?: boolean }) {
  const lists = useRef(new Set<() => readonly KeyBinding[]>())
  const [version, setVersion] = useState(0)
  const [singleKeys, setSingleKeys] = useState(() => localStorage.getItem(settingName) !== 'off')
  const prefix = useRef<{ key: string; at: number } | null>(null)

  // The keyboard is the outside system here.
  useEffect(() => {
    if (props.disabled) return
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      const chord = chordOf(event)
      const typing = isTyping(event.target)
      const withControl = event.ctrlKey || event.metaKey || event.altKey
      if (!withControl && (typing || !singleKeys) && chord !== 'Escape') return
      const open = prefix.current !== null && event.timeStamp - prefix.current.at < 1500 ? prefix.current.key : null
      prefix.current = null
      const all = [...lists.current].flatMap((list) => [...list()]).reverse()
      const wanted = open === null ? chord : `${open} ${chord}`
      const hit = all.find((one) => one.keys === wanted && (!typing || one.whileTyping === true))
      if (hit !== undefined) {
        event.preventDefault()
        hit.run(event)
        return
      }
      if (!withControl && all.some((one) => one.keys.startsWith(`${chord} `))) {
        prefix.current = { key: chord, at: event.timeStamp }
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [singleKeys, props.disabled])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the lists changed
  const registry = useMemo<Registry>(
    () => ({
      get bindings() {
        return [...lists.current].flatMap((list) => [...list()])
      },
      add(list) {
        lists.current.add(list)
        setVersion((count) => count + 1)
        return () => {
          lists.current.delete(list)
          setVersion((count) => count + 1)
        }
      },
      singleKeys,
      setSingleKeys(on) {
        localStorage.setItem(settingName, on ? 'on' : 'off')
        setSingleKeys(on)
      },
    }),
    [singleKeys, version],
  )
  return <KeysContext value={registry}>{props.children}</KeysContext>
}

/** Offers shortcuts while the component is on the page; the newest wins where two want one key. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const registry = useContext(KeysContext)
  const latest = useRef(bindings)
  latest.current = bindings
  const add = registry?.add
  const adds = useRef(add)
  adds.current ??= add
  useEffect(() => adds.current?.(() => latest.current), [])
}

/** For the list of keys and the setting. */
export function useKeyRegistry(): Registry {
  const registry = useContext(KeysContext)
  if (registry === null) throw new Error('KeysProvider is missing')
  return registry
}
