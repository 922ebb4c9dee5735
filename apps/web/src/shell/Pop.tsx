import { type ReactNode, useId, useRef } from 'react'
import css from './shell.module.css'

/**
 * A small panel under a button of the frame, with the browser's own popover: it closes by Escape, by a click
 * beside it, and gives the focus back. Inside stand plain buttons and links, not a menu to learn.
 */
export function Pop(props: {
  label?: string
  button: ReactNode
  buttonClass: string | undefined
  /** Where the panel hangs. */
  at: 'right' | 'left'
  children: (close: () => void) => ReactNode
}) {
  const id = useId()
  const panel = useRef<HTMLDivElement>(null)
  return (
    <>
      <button type="button" className={props.buttonClass} popoverTarget={id} aria-label={props.label}>
        {props.button}
      </button>
      <div id={id} ref={panel} popover="auto" className={css.pop} data-at={props.at}>
        {props.children(() => panel.current?.hidePopover())}
      </div>
    </>
  )
}
