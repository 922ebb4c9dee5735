import { VisuallyHidden } from '@mantine/core'
import css from './status.module.css'

/** What waits behind an entry of the navigation: a number beside its word, said in full to those who hear it. */
export function NavCount({ count, pressing, spoken }: { count: number; pressing: boolean; spoken: string }) {
  if (count === 0) return null
  return (
    <span className={css.count} data-pressing={pressing}>
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <VisuallyHidden>{spoken}</VisuallyHidden>
    </span>
  )
}
