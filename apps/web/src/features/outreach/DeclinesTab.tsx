import { contract, type Decline, objectionWords } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { IconHeartHandshake } from '@tabler/icons-react'
import { useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable, EmptyState, Link, LocalDate, StatusChip, useUrlState } from '../../ui/index.ts'
import css from './outreach.module.css'
import { responseWords } from './words.ts'

/** Patients who said no: why, and who speaks with them again when. */
export function DeclinesTab() {
  const today = useToday()
  const [name, setName] = useUrlState('whose')
  const whose = name === 'mine' ? 'mine' : 'all'
  const view = useView(contract.outreach.declines, { query: { whose, limit: 200 } }, { keepPrevious: true })
  return (
    <div className={css.stack}>
      <SegmentedControl
        aria-label="Whose follow-ups"
        data={[
          { value: 'all', label: 'Everybody' },
          { value: 'mine', label: 'Mine to follow up' },
        ]}
        value={whose}
        onChange={(value) => setName(value === 'mine' ? 'mine' : null)}
      />
      <DataTable
        caption="Patients who said no"
        columns={columnsOn(today)}
        rows={view.data?.items}
        rowId={(row) => row.id}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconHeartHandshake} title="Nobody has said no">
            A no at the desk comes here with its reason, and with who speaks with the patient again, unless they asked
            to be left alone.
          </EmptyState>
        }
      />
    </div>
  )
}

function columnsOn(today: string): readonly Column<Decline>[] {
  return [
    {
      id: 'on',
      header: 'Said no on',
      width: 150,
      cell: (row) => <LocalDate day={row.declinedOn} />,
      sort: (row) => row.declinedOn,
    },
    {
      id: 'patient',
      header: 'Patient',
      cell: (row) => <Link to={paths.patient(row.patient.id)}>{row.patient.name}</Link>,
      sort: (row) => row.patient.name,
    },
    {
      id: 'reason',
      header: 'Because',
      cell: (row) => objectionWords[row.reason],
      sort: (row) => objectionWords[row.reason],
    },
    {
      id: 'follow-up',
      header: 'Speaks with them again',
      cell: (row) => <FollowUp row={row} today={today} />,
      sort: (row) => row.followUp?.on ?? null,
    },
    { id: 'by', header: 'Recorded by', width: 150, hideBelow: 768, cell: (row) => row.by.name },
  ]
}

function FollowUp({ row, today }: { row: Decline; today: string }) {
  if (row.later !== null)
    return <StatusChip plain state="good" word={`Later: ${responseWords[row.later].toLowerCase()}`} />
  if (row.doNotAskAgain) return <StatusChip plain state="neutral" word="Do not ask again" />
  if (row.followUp === null) return <span className={css.quiet}>nobody</span>
  return (
    <span>
      {row.followUp.by.name}, <LocalDate day={row.followUp.on} />
      {row.followUp.on < today && <StatusChip plain state="attention" word="Overdue" />}
    </span>
  )
}
