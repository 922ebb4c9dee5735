import { Drawer as MantineDrawer, Modal } from '@mantine/core'
import { type ReactNode, useCallback } from 'react'
import { useUrlState } from './context.tsx'

/** The open dialog stands in the address, so that reload, back and a sent link find it again. */
export function useDialog(id: string, name = 'dialog') {
  const [value, setValue] = useUrlState(name)
  const open = useCallback(() => setValue(id, { push: true }), [id, setValue])
  const close = useCallback(() => setValue(null), [setValue])
  return { opened: value === id, open, close }
}

interface FloatProps {
  title: string
  opened: boolean
  onClose: () => void
  children: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'xl' | number
  /** Clicking beside it or Escape must not lose what was entered. */
  keepOpen?: boolean
}

/** For one decision. Put the verb in the title and on the button. */
export function Dialog(props: FloatProps) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 'md'}
      closeOnClickOutside={!props.keepOpen}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {props.children}
    </Modal>
  )
}

/** For looking at one row while its list stays in sight. */
export function Drawer(props: FloatProps) {
  return (
    <MantineDrawer
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      size={props.size ?? 'lg'}
      closeOnClickOutside={!props.keepOpen}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {props.children}
    </MantineDrawer>
  )
}
