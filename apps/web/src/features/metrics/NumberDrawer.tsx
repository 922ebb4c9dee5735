import { contract, type NumberId, numberDefinitions, type OutputOf, type Person } from '@keepwell/contract'
import { useState } from 'react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, type Column, DataTable, Drawer, EmptyState, monthText } from '../../ui/index.ts'
import css from './metrics.module.css'

type Row = OutputOf<typeof contract.metrics.list>['items'][number]
const columns: readonly Column<Row>[] = [
  { id: 'patient', header: 'Patient', cell: (row) => row.patient.name },
  {
    id: 'detail',
    header: 'Detail',
    headerHidden: true,
    cell: (row) => <span className={css.quiet}>{row.detail}</span>,
  },
]

/** The patients behind a number, beside the number itself. */
export function NumberDrawer(props: {
  number: NumberId
  month: string
  careManager: Person | null
  careManagerId: string | null
  onClose: () => void
}) {
  const { number, month } = props
  const { label, definition } = numberDefinitions[number]
  const [limit, setLimit] = useState(100)
  const view = useView(
    contract.metrics.list,
    {
      params: { number },
      query: {
        month,
        limit,
        ...(props.careManagerId === null ? {} : { careManagerId: props.careManagerId }),
      },
    },
    { keepPrevious: true },
  )
  return (
    <Drawer
      title={props.careManager === null ? label : `${label} of ${props.careManager.name}`}
      opened
      onClose={props.onClose}
      size={560}
    >
      <p className={css.definition}>
        {definition} {monthText(month)}.
      </p>
      <DataTable
        caption={label}
        sortName="sort-list"
        columns={columns}
        rows={view.data?.items}
        rowId={(row) => row.patient.id}
        rowTo={(row) => paths.patient(row.patient.id)}
        error={view.error}
        onRetry={view.refetch}
        empty={<EmptyState title="Nobody">No patient is counted here in {monthText(month)}.</EmptyState>}
        footer={
          view.data?.nextCursor && limit < 500 ? (
            <Button kind="quiet" onClick={() => setLimit(500)}>
              Show more
            </Button>
          ) : view.data === undefined ? undefined : (
            shownText(view.data.items.length, view.data.nextCursor !== null)
          )
        }
      />
    </Drawer>
  )
}

function shownText(count: number, more: boolean): string {
  if (more) return `The first ${count} patients`
  return `${count} ${count === 1 ? 'patient' : 'patients'}`
}
