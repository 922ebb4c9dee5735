import { contract } from '@keepwell/contract'
import { Text } from '@mantine/core'
import { useCall } from '../../api/index.ts'
import { Button, Dialog, ErrorState, FormActions, say } from '../../ui/index.ts'
import type { User } from './UsersPage.tsx'

/** Stops a person from signing in, at once: asked before, because it throws them out of what they are doing. */
export function DeactivateDialog(props: { user: User | null; onClose: () => void }) {
  const { user, onClose } = props
  const deactivate = useCall(contract.users.deactivate, {
    invalidates: [contract.users.list],
    onDone: () => {
      onClose()
      void say(`${user?.name ?? 'The person'} can no longer sign in.`)
    },
  })
  return (
    <Dialog title={`Deactivate ${user?.name ?? ''}`} opened={user !== null} onClose={onClose} size="sm">
      <Text>They are signed out at once and cannot sign in again. Everything that they recorded stays.</Text>
      {deactivate.error !== null && <ErrorState error={deactivate.error} />}
      <FormActions>
        <Button
          kind="danger"
          loading={deactivate.isPending}
          onClick={() => {
            if (user !== null) deactivate.mutate({ params: { id: user.id } })
          }}
        >
          Deactivate
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Dialog>
  )
}
