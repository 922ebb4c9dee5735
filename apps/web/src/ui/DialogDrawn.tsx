import { Drawer as MantineDrawer, Modal } from '@mantine/core'
import type { RefObject } from 'react'
import type { FloatProps } from './Dialog.tsx'

/** A deed may take away the button that had the keyboard; it then stays in the dialog and does not fall behind it. */
function keepKeyboard(content: HTMLElement | null) {
  if (content === null) return
  const watch = new MutationObserver(() => {
    if (document.activeElement === document.body) content.focus()
  })
  watch.observe(content, { childList: true, subtree: true })
  return () => watch.disconnect()
}

interface DrawnProps extends FloatProps {
  opener: RefObject<Element | null>
}

/** The keyboard goes back to what opened the dialog; where a deed has taken that away, to the beginning of the page. */
function backToPage(opener: Element | null) {
  if (document.activeElement !== document.body) return
  const next = opener?.isConnected && opener !== document.body ? opener : document.getElementById('main')
  if (next instanceof HTMLElement) next.focus({ preventScroll: true })
}

/** The dialog itself, loaded when the first one opens. */
export function DrawnDialog(props: DrawnProps) {
  return (
    <Modal.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.size ?? 'md'}
      closeOnClickOutside={!props.keepOpen && !props.mustAct}
      closeOnEscape={!props.mustAct}
      onExitTransitionEnd={() => backToPage(props.opener.current)}
    >
      <Modal.Overlay />
      <Modal.Content ref={keepKeyboard}>
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

export function DrawnDrawer(props: DrawnProps) {
  return (
    <MantineDrawer.Root
      opened={props.opened}
      onClose={props.onClose}
      size={props.size ?? 'lg'}
      closeOnClickOutside={!props.keepOpen}
      onExitTransitionEnd={() => backToPage(props.opener.current)}
    >
      <MantineDrawer.Overlay />
      <MantineDrawer.Content ref={keepKeyboard}>
        <MantineDrawer.Header role="presentation">
          <MantineDrawer.Title>{props.title}</MantineDrawer.Title>
          <MantineDrawer.CloseButton aria-label="Close" />
        </MantineDrawer.Header>
        <MantineDrawer.Body>{props.children}</MantineDrawer.Body>
      </MantineDrawer.Content>
    </MantineDrawer.Root>
  )
}
