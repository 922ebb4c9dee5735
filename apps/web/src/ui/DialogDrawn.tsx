import { Drawer as MantineDrawer, Modal } from '@mantine/core'
import type { FloatProps } from './Dialog.tsx'

/** The dialog itself, loaded when the first one opens. */
export function DrawnDialog(props: FloatProps) {
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.size ?? 'md'}
      closeOnClickOutside={!props.keepOpen && !props.mustAct}
      closeOnEscape={!props.mustAct}
    >
      <Modal.Overlay />
      <Modal.Content>
        {/* Its header belongs to the dialog and is no second banner of the page. */}
        <Modal.Header role="presentation">
          <Modal.Title>{props.title}</Modal.Title>
          {!props.mustAct && <Modal.CloseButton aria-label="Close" />}
        </Modal.Header>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

export function DrawnDrawer(props: FloatProps) {
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
