import { type Batch, contract } from '@keepwell/contract'
import { IconSend } from '@tabler/icons-react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, type Column, DataTable, EmptyState, Instant, Money, StatusChip, useUrlState } from '../../ui/index.ts'
import { batchFaces, channelWords } from './faces.ts'

const columns: readonly Column<Batch>[] = [
  { id: 'number', header: 'Batch', cell: (batch) => batch.number },
  { id: 'status', header: 'Status', cell: (batch) => <StatusChip plain {...batchFaces[batch.status]} /> },
  { id: 'claims', header: 'Claims', numeric: true, cell: (batch) => batch.claimsCount },
  { id: 'charge', header: 'Charge', numeric: true, cell: (batch) => <Money cents={batch.chargeCents} /> },
  {
    id: 'expected',
    header: 'Expected of Medicare',
    numeric: true,
    cell: (batch) => <Money cents={batch.expectedMedicareCents} />,
  },
  { id: 'channel', header: 'How', cell: (batch) => channelWords[batch.channel], hideBelow: 1024 },
  {
    id: 'made',
    header: 'Made',
    cell: (batch) => (
      <>
        <Instant at={batch.createdAt} /> by {batch.createdBy?.name ?? 'the command line'}
      </>
    ),
    hideBelow: 1024,
  },
  { id: 'sent', header: 'Left', cell: (batch) => <Instant at={batch.sentAt} /> },
]

/** Every batch, the newest first. */
export function BatchTable() {
  const [cursor, setCursor] = useUrlState('batches-after')
  const view = useView(contract.claims.batches, { query: { limit: 50, ...(cursor ? { cursor } : {}) } })
  return (
    <DataTable
      caption="Batches"
      columns={columns}
      rows={view.data?.items}
      rowId={(batch) => batch.id}
      rowTo={(batch) => paths.batch(batch.id)}
      error={view.error}
      onRetry={view.refetch}
      empty={
        <EmptyState icon={IconSend} title="No batch yet" action={<Button to={paths.claims()}>See the claims</Button>}>
          A batch is one 837P file with many claims. Make one from the ready claims; it can be taken back until its
          window is over.
        </EmptyState>
      }
      footer={
        view.data?.nextCursor ? (
          <Button kind="quiet" onClick={() => setCursor(view.data?.nextCursor ?? null, { push: true })}>
            Older batches
          </Button>
        ) : undefined
      }
    />
  )
}
