import { IconMapPinOff } from '@tabler/icons-react'
import { Button, EmptyState, Page } from '../ui/index.ts'

/** For addresses that do not exist, or not for this person: both look the same. */
export function NotFound() {
  return (
    <Page title="Not found" width="text">
      <EmptyState
        icon={IconMapPinOff}
        title="There is nothing here for you"
        action={
          <Button kind="primary" to="/">
            Go to my start page
          </Button>
        }
      >
        The address may be misspelled, or the record was moved, or your seat does not include it.
      </EmptyState>
    </Page>
  )
}
