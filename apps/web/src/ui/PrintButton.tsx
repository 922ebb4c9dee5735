import { IconPrinter } from '@tabler/icons-react'
import { Button } from './Button.tsx'

/** Prints the page as it is made for paper; or opens a file of the server made for printing. */
export function PrintButton(props: { label?: string; href?: string }) {
  const label = props.label ?? 'Print'
  const href = props.href
  return (
    <Button
      leftSection={<IconPrinter size={16} aria-hidden />}
      onClick={() => (href === undefined ? window.print() : window.open(href, '_blank', 'noopener'))}
    >
      {label}
    </Button>
  )
}
