import { contract, type Payer } from '@keepwell/contract'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, type Column, DataTable, EmptyState, Page, StatusChip } from '../../ui/index.ts'
import { kindWords } from './terms.ts'

const paysFaces = {
  yes: { state: 'good', word: 'Pays' },
  no: { state: 'stop', word: 'Does not pay' },
  unknown: { state: 'neutral', word: 'Not known' },
} as const

const columns: readonly Column<Payer>[] = [
  { id: 'name', header: 'Payer', cell: (payer) => payer.name, sort: (payer) => payer.name },
  { id: 'id', header: 'Payer id', cell: (payer) => payer.payerId, width: 140 },
  { id: 'kind', header: 'Kind', cell: (payer) => kindWords(payer), hideBelow: 768 },
  {
    id: 'pays',
    header: 'Chronic care',
    width: 150,
    cell: ({ rule }) => {
      const pays = rule?.terms.pays ?? null
      return <StatusChip plain {...paysFaces[pays === null ? 'unknown' : pays ? 'yes' : 'no']} />
    },
  },
  {
    id: 'claims',
    header: 'Claims in a year',
    numeric: true,
    cell: ({ claims }) => claims,
    sort: ({ claims }) => claims,
  },
]

/** Everybody who pays for the clinic's patients, and what is known of each. */
export default function PayersPage() {
  const view = useView(contract.payers.list, {})
  return (
    <Page
      title="Payers"
      subtitle="What the clinic knows of each payer. A rule stops claims before they leave; what is not known stops nothing."
      back={{ to: paths.claims(), label: 'Claims' }}
      asOf={view.dataUpdatedAt}
    >
      <DataTable
        caption="Payers"
        columns={columns}
        rows={view.data?.items}
        rowId={({ payerId }) => payerId}
        rowTo={({ payerId }) => paths.payer(payerId)}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState title="No payer yet" action={<Button to={paths.claims()}>See the claims</Button>}>
            The payer of the settings stands here, and every insurer whose payer id was entered with a coverage.
          </EmptyState>
        }
      />
    </Page>
  )
}
