import { contract, type OutputOf } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { IconTransfer } from '@tabler/icons-react'
import { useCall, useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Instant,
  Link,
  StatusChip,
  say,
  useUrlState,
} from '../../ui/index.ts'
import css from './clinics.module.css'

type Item = OutputOf<typeof contract.ehr.outbox>['items'][number]
const faces = {
  queued: { state: 'info', word: 'Waiting' },
  sent: { state: 'good', word: 'In the EHR' },
  failed: { state: 'stop', word: 'Not taken' },
} as const
const isStatus = (text: string | null): text is keyof typeof faces => text !== null && text in faces

/** Documents on their way to the EHR, each with its receipt or with what went wrong. */
export function EhrOutbox() {
  const can = useCan()
  const [statusText, setStatus] = useUrlState('ehr')
  const status = isStatus(statusText) ? statusText : null
  const view = useView(contract.ehr.outbox, { query: status === null ? {} : { status } }, { keepPrevious: true })
  const retry = useCall(contract.ehr.retry, {
    invalidates: [contract.ehr.outbox],
    onDone: (item) => void say(item.status === 'sent' ? 'The EHR took it.' : 'It is tried again.'),
  })
  const columns: readonly Column<Item>[] = [
    { id: 'title', header: 'Document', cell: (item) => item.title, sort: (item) => item.title },
    {
      id: 'patient',
      header: 'Patient',
      cell: (item) =>
        can('patient:read') ? <Link to={paths.patient(item.patientId)}>{item.patientName}</Link> : item.patientName,
      sort: (item) => item.patientName,
    },
    {
      id: 'status',
      header: 'Status',
      cell: (item) => <StatusChip plain {...faces[item.status]} />,
      sort: (item) => item.status,
    },
    {
      id: 'detail',
      header: 'Receipt or fault',
      cell: (item) =>
        item.status === 'failed' ? (
          <span>
            {item.lastError}{' '}
            <span className={css.quiet}>
              {item.attempts} {item.attempts === 1 ? 'try' : 'tries'}
            </span>
          </span>
        ) : (
          (item.receipt ?? '')
        ),
    },
    {
      id: 'queued',
      header: 'Since',
      cell: (item) => <Instant at={item.queuedAt} />,
      sort: (item) => item.queuedAt,
      hideBelow: 1024,
    },
    { id: 'sent', header: 'Taken', cell: (item) => <Instant at={item.sentAt} />, hideBelow: 1024 },
    {
      id: 'deed',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      cell: (item) =>
        item.status === 'failed' && (
          <Button
            kind="quiet"
            size="compact-sm"
            loading={retry.isPending && retry.variables.params.id === item.id}
            aria-label={`Try again: ${item.title} of ${item.patientName}`}
            disabledReason={can('import:run') ? null : 'Your seat does not run the connection to the EHR.'}
            onClick={() => retry.mutate({ params: { id: item.id } })}
          >
            Try again
          </Button>
        ),
    },
  ]
  return (
    <div className={css.stack}>
      <SegmentedControl
        aria-label="Which documents"
        w="fit-content"
        value={status ?? 'all'}
        onChange={(value) => setStatus(value === 'all' ? null : value)}
        data={[
          { value: 'all', label: 'All' },
          ...Object.entries(faces).map(([value, { word }]) => ({ value, label: word })),
        ]}
      />
      {retry.error !== null && <ErrorState error={retry.error} />}
      <DataTable
        caption="Documents on their way to the EHR"
        columns={columns}
        rows={view.data?.items}
        rowId={(item) => item.id}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconTransfer} title={status === null ? 'Nothing was sent yet' : 'Nothing stands here'}>
            Signed consents and care plans are handed to the EHR as documents. Each stands here until the EHR has
            confirmed it.
          </EmptyState>
        }
      />
    </div>
  )
}
