import css from './page.module.css'

const written: Record<string, string> = { Ctrl: 'Ctrl', Enter: '↵', Escape: 'Esc' }

/** The keys of a shortcut as small caps, for the eye only: put the words beside it. */
export function KeyHint(props: { keys: string }) {
  return (
    <span className={css.keys} aria-hidden>
      {props.keys.split(' ').map((key) => (
        <kbd key={key}>{written[key] ?? key}</kbd>
      ))}
    </span>
  )
}
