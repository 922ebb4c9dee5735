import type { ControlRoom } from '@keepwell/contract'
import { paths } from '../../paths.ts'
import { Button, type Column, countText, DataTable, EmptyState, Link, StatusChip } from '../../ui/index.ts'
import { capacityBar, capacityFace } from './capacity.ts'
import css from './metrics.module.css'

type Row = ControlRoom['caseload'][number]

/** Each care manager's caseload with the minutes that it needs and the minutes that are there. */
export function CaseloadTable({ room }: { room: ControlRoom }) {
  const list = (row: Row, number: 'caseload' | 'caseload_20') =>
    paths.controlRoom({ month: room.month, number, of: row.careManager.id })
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      header: 'Care manager',
      cell: (row) => row.careManager.name,
      sort: (row) => row.careManager.name,
    },
    {
      id: 'patients',
      header: 'Patients',
      numeric: true,
      cell: (row) => <Link to={list(row, 'caseload')}>{row.patients}</Link>,
      sort: (row) => row.patients,
    },
    {
      id: 'contacted',
      header: 'Reached',
      numeric: true,
      cell: (row) => row.contacted,
      sort: (row) => row.contacted,
    },
    {
      id: 'twenty',
      header: 'At 20 minutes',
      numeric: true,
      cell: (row) => <Link to={list(row, 'caseload_20')}>{row.atTwenty}</Link>,
      sort: (row) => row.atTwenty,
    },
    {
      id: 'seconds',
      header: 'Minutes this month',
      numeric: true,
      cell: (row) => countText(Math.floor(row.secondsThisMonth / 60)),
      sort: (row) => row.secondsThisMonth,
    },
    {
      id: 'load',
      header: 'Needed against available',
      cell: (row) => <Load row={row} />,
      sort: (row) => row.neededMinutes - row.availableMinutes,
    },
    { id: 'standing', header: 'Capacity', cell: (row) => <StatusChip plain {...capacityFace(row)} /> },
  ]
  return (
    <DataTable
      caption="Capacity by care manager"
      columns={columns}
      rows={room.caseload}
      rowId={(row) => row.careManager.id}
      empty={
        <EmptyState title="No caseload yet" action={<Button to={paths.patients()}>Open the patients</Button>}>
          Patients come to a care manager when they are enrolled or assigned.
        </EmptyState>
      }
    />
  )
}

function Load({ row }: { row: Row }) {
  const bar = capacityBar(row)
  return (
    <span className={css.load}>
      <span className={css.loadBar} data-over={row.neededMinutes > row.availableMinutes || undefined} aria-hidden>
        <span style={{ width: `${bar.needed}%` }} />
        <i style={{ left: `${bar.available}%` }} />
      </span>
      <span className={css.loadWords}>
        <span>{row.neededMinutes} min needed</span>
        <span className={css.quiet}>{row.availableMinutes} min available</span>
      </span>
    </span>
  )
}
