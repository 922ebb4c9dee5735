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
  /** Clicking beside it must not lose what was entered. */
  keepOpen?: boolean
}

/** For one decision. Put the verb in the title and on the button. */
export function Dialog(props: FloatProps) {
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.size ?? 'md'}
      closeOnClickOutside={!props.keepOpen}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Its header belongs to the dialog and is no second banner of the page. */}
        <Modal.Header role="presentation">
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label="Close" />
        </Modal.Header>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** For looking at one row while its list stays in sight. */
export function Drawer(props: FloatProps) {
  return (
    <MantineDrawer.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.size ?? 'lg'}
      closeOnClickOutside={!props.keepOpen}
    >
      <MantineDrawer.Overlay />
      <MantineDrawer.Content>
        <MantineDrawer.Header role="presentation">
          <MantineDrawer.Title>{props.title}</MantineDrawer.Title>
          <MantineDrawer.CloseButton aria-label="Close" />
        </MantineDrawer.Header>
        <MantineDrawer.Body>{props.children}</MantineDrawer.Body>
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  )
}
