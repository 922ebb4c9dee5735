import { useSyncExternalStore } from 'react'
import { Button } from './Button.tsx'

let asked = false
const listeners = new Set<() => void>()

/** Messages are not needed for the first page, so their code and their place come with the first message. */
function host() {
  asked = true
  for (const tell of listeners) tell()
  return import('./toast-host.tsx')
}

/** Whether a message was ever shown: the frame then makes place for them. */
export function useToastsAsked(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell)
      return () => void listeners.delete(tell)
    },
    () => asked,
  )
}

/** Says that something was done, for five seconds. */
export async function say(message: string): Promise<void> {
  const { notifications } = await host()
  notifications.show({
    message,
    autoClose: 5000,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': 'Close the message' },
  })
}

/**
 * Says what was done and offers to undo it: we undo rather than confirm. The deed stands when the time is
 * over; `onUndo` runs at most once.
 */
export async function offerUndo(message: string, onUndo: () => void, seconds = 10): Promise<void> {
  const { notifications } = await host()
  const id = notifications.show({
    autoClose: seconds * 1000,
    withCloseButton: true,
    closeButtonProps: { 'aria-label': 'Close the message' },
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 12, justifyContent: 'space-between' }}>
        {message}
        <Button
          size="xs"
          onClick={() => {
            notifications.hide(id)
            onUndo()
          }}
        >
          Undo
        </Button>
      </span>
    ),
  })
}
