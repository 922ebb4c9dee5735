import { contract, roleNames, type StaffMember } from '@keepwell/contract'
import { useCan, useView } from '../../api/index.ts'
import { Button, type Column, DataTable, EmptyState, LocalDate, Page, StatusChip, useUrlState } from '../../ui/index.ts'
import { CredentialDialog } from './CredentialDialog.tsx'

const soonDays = 60

/** Who works here, with which credential, how many patients and how many minutes. */
export default function StaffingPage() {
  const can = useCan()
  const view = useView(contract.staffing.list, {})
  const [editingId, setEditing] = useUrlState('credential')
  const editing = view.data?.items.find((member) => member.id === editingId) ?? null
  const columns: readonly Column<StaffMember>[] = [
    { id: 'name', header: 'Name', cell: (member) => member.name, sort: (member) => member.name },
    {
      id: 'seats',
      header: 'Seats',
      cell: (member) => member.roles.map((role) => roleNames[role]).join(', '),
      hideBelow: 768,
    },
    {
      id: 'credential',
      header: 'Credential',
      cell: (member) => <StatusChip plain {...credentialStanding(member)} />,
      sort: (member) => credentialStanding(member).word,
    },
    {
      id: 'until',
      header: 'Runs out',
      cell: (member) => <LocalDate day={member.credential?.validTo ?? null} otherwise="" />,
      sort: (member) => member.expiresInDays,
    },
    {
      id: 'supervisor',
      header: 'Supervised by',
      cell: (member) => member.credential?.supervisedBy?.name ?? '',
      hideBelow: 1024,
    },
    {
      id: 'patients',
      header: 'Patients',
      numeric: true,
      cell: (member) => member.enrolledPatients,
      sort: (member) => member.enrolledPatients,
    },
    {
      id: 'minutes',
      header: 'Minutes this month',
      numeric: true,
      cell: (member) => member.minutesThisMonth,
      sort: (member) => member.minutesThisMonth,
    },
    {
      id: 'deeds',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      cell: (member) => (
        <Button
          kind="quiet"
          size="compact-sm"
          aria-label={`Record a credential of ${member.name}`}
          disabledReason={can('staffing:manage') ? null : 'Your seat does not change credentials.'}
          onClick={() => setEditing(member.id, { push: true })}
        >
          Credential
        </Button>
      ),
    },
  ]
  return (
    <Page
      title="Staffing"
      subtitle="Minutes count only under a clinical credential that is valid on the day."
      asOf={view.dataUpdatedAt}
    >
      <DataTable
        caption="People who work here"
        columns={columns}
        rows={view.data?.items}
        rowId={(member) => member.id}
        error={view.error}
        onRetry={view.refetch}
        sortedBy="name"
        empty={
          <EmptyState title="Nobody yet">
            People whom the administrator invites stand here with their credentials.
          </EmptyState>
        }
      />
      <CredentialDialog
        member={editing}
        members={view.data?.items ?? []}
        credentials={view.data?.credentials ?? []}
        onClose={() => setEditing(null)}
      />
    </Page>
  )
}

/** Where somebody's credential stands today, in a few words. */
export function credentialStanding(member: Pick<StaffMember, 'credential' | 'expiresInDays'>) {
  const { credential, expiresInDays } = member
  if (credential === null) return { state: 'neutral', word: 'None' } as const
  if (expiresInDays !== null && expiresInDays < 0)
    return { state: 'stop', word: `${credential.credential}, expired` } as const
  if (expiresInDays !== null && expiresInDays <= soonDays)
    return { state: 'attention', word: `${credential.credential}, ${expiresInDays} days left` } as const
  return {
    state: credential.clinical ? 'good' : 'info',
    word: credential.clinical ? credential.credential : `${credential.credential}, not clinical`,
  } as const
}
