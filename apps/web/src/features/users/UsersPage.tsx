import { contract, type OutputOf, roleNames } from '@keepwell/contract'
import { IconUserPlus } from '@tabler/icons-react'
import { useSession, useView } from '../../api/index.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Instant,
  Page,
  StatusChip,
  useDialog,
  useUrlState,
} from '../../ui/index.ts'
import { DeactivateDialog } from './DeactivateDialog.tsx'
import { InviteDialog } from './InviteDialog.tsx'

export type User = OutputOf<typeof contract.users.list>['items'][number]

/** Everybody who can sign in, in which seats, and whether their second step is set up. */
export default function UsersPage() {
  const me = useSession().person.id
  const view = useView(contract.users.list, {})
  const inviting = useDialog('invite')
  const [leavingId, setLeaving] = useUrlState('deactivate')
  const leaving = view.data?.items.find((user) => user.id === leavingId) ?? null

  const columns: readonly Column<User>[] = [
    { id: 'name', header: 'Name', cell: (user) => user.name, sort: (user) => user.name },
    { id: 'email', header: 'E-mail', cell: (user) => user.email, sort: (user) => user.email, hideBelow: 768 },
    {
      id: 'seats',
      header: 'Seats',
      cell: (user) => user.roles.map((role) => roleNames[role]).join(', '),
      sort: (user) => user.roles.map((role) => roleNames[role]).join(', '),
    },
    {
      id: 'status',
      header: 'Sign-in',
      cell: (user) => <StatusChip plain {...signInStanding(user)} />,
      sort: (user) => signInStanding(user).word,
    },
    {
      id: 'seen',
      header: 'Last seen',
      cell: (user) => <Instant at={user.lastSeenAt} otherwise="never" />,
      sort: (user) => user.lastSeenAt,
      hideBelow: 1024,
    },
    {
      id: 'deeds',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      cell: (user) =>
        user.active ? (
          <Button
            kind="quiet"
            size="compact-sm"
            aria-label={`Deactivate ${user.name}`}
            disabledReason={user.id === me ? 'You cannot deactivate yourself; ask another administrator.' : null}
            onClick={() => setLeaving(user.id, { push: true })}
          >
            Deactivate
          </Button>
        ) : null,
    },
  ]

  return (
    <Page
      title="People"
      subtitle="Who can sign in, and in which seats they work."
      asOf={view.dataUpdatedAt}
      actions={
        <Button kind="primary" leftSection={<IconUserPlus size={16} aria-hidden />} onClick={inviting.open}>
          Invite a person
        </Button>
      }
    >
      <DataTable
        caption="People who can sign in"
        columns={columns}
        rows={view.data?.items}
        rowId={(user) => user.id}
        error={view.error}
        onRetry={view.refetch}
        sortedBy="name"
        empty={
          <EmptyState title="Nobody yet" action={<Button onClick={inviting.open}>Invite a person</Button>}>
            People whom you invite stand here with their seats.
          </EmptyState>
        }
      />
      <InviteDialog opened={inviting.opened} onClose={inviting.close} />
      <DeactivateDialog user={leaving} onClose={() => setLeaving(null)} />
    </Page>
  )
}

/** Whether and how a person can sign in, in one word. */
export function signInStanding(user: Pick<User, 'active' | 'secondFactor' | 'lastSeenAt'>) {
  if (!user.active) return { state: 'stop', word: 'Deactivated' } as const
  if (user.secondFactor) return { state: 'good', word: 'With authenticator' } as const
  return user.lastSeenAt === null
    ? ({ state: 'info', word: 'Not signed in yet' } as const)
    : ({ state: 'attention', word: 'No authenticator' } as const)
}
