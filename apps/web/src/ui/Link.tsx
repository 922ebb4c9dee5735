import type { AnchorHTMLAttributes, MouseEvent, Ref } from 'react'
import { useNavigation } from './context.tsx'
import css from './text.module.css'

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string
  /** Inherits the colour of its surroundings; underlined on hover only. */
  quiet?: boolean
  ref?: Ref<HTMLAnchorElement>
}

/** A link within the application: a real anchor, so it can be opened in another tab or copied. */
export function Link({ to, quiet, className, onClick, ...rest }: LinkProps) {
  const { go } = useNavigation()
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !plain || rest.target === '_blank') return
    event.preventDefault()
    go(to)
  }
  return <a {...rest} href={to} className={`${quiet ? css.quietLink : css.link} ${className ?? ''}`} onClick={follow} />
}
