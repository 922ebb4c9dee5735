import { Button as MantineButton, type ButtonProps as MantineButtonProps, Tooltip, VisuallyHidden } from '@mantine/core'
import { type MouseEvent, type ReactNode, type Ref, useId } from 'react'
import { useNavigation } from './context.tsx'

export interface ButtonProps extends Omit<MantineButtonProps, 'disabled' | 'color' | 'gradient' | 'variant'> {
  children: ReactNode
  /** One `primary` a view: the thing to do next. `danger` for what cannot be undone. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  /** Why the deed is not possible now; null or undefined when it is. The button stays in reach of the keyboard. */
  disabledReason?: string | null | undefined
  /** Goes there instead of doing something. */
  to?: string
  type?: 'button' | 'submit'
  onClick?: (event: MouseEvent<HTMLElement>) => void
  form?: string
  name?: string
  value?: string
  ref?: Ref<HTMLButtonElement>
  autoFocus?: boolean
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-pressed'?: boolean
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
}

const variants = {
  primary: { variant: 'filled' },
  secondary: { variant: 'default' },
  quiet: { variant: 'subtle', color: 'gray' },
  danger: { variant: 'outline', color: 'red' },
} as const

/** A button that says a verb. When it cannot be pressed, it says why, to the eye and to the ear. */
export function Button({ kind = 'secondary', disabledReason, onClick, to, type = 'button', ...rest }: ButtonProps) {
  const reasonId = useId()
  const { go } = useNavigation()
  const reason = disabledReason ?? null

  if (to !== undefined && reason === null) {
    const { ref: _ref, form: _form, ...anchor } = rest
    return (
      <MantineButton
        {...variants[kind]}
        {...anchor}
        component="a"
        href={to}
        onClick={(event) => {
          onClick?.(event)
          if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          go(to)
        }}
      />
    )
  }
  if (reason === null) {
    return <MantineButton {...variants[kind]} {...rest} type={type} onClick={onClick} />
  }
  return (
    <>
      <Tooltip label={reason}>
        <MantineButton
          {...variants[kind]}
          {...rest}
          type="button"
          data-disabled
          aria-disabled
          aria-describedby={reasonId}
          onClick={(event) => event.preventDefault()}
        />
      </Tooltip>
      <VisuallyHidden id={reasonId}>{reason}</VisuallyHidden>
    </>
  )
}
