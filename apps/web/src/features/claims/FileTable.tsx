import { contract, type X12File } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { IconFileArrowRight } from '@tabler/icons-react'
import { fileUrl, useView } from '../../api/index.ts'
import { Button, type Column, DataTable, EmptyState, Instant, StatusChip, useUrlState } from '../../ui/index.ts'
import css from './claims.module.css'
import { kindText, outcomeFaces } from './faces.ts'

/** The columns of X12 files; also used for the answers to one batch. */
export const fileColumns: readonly Column<X12File>[] = [
  { id: 'kind', header: 'What it is', cell: (file) => kindText(file.kind) },
  {
    id: 'direction',
    header: 'Way',
    cell: (file) => (file.direction === 'in' ? 'came in' : 'went out'),
    width: 90,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: (file) => <StatusChip plain {...outcomeFaces[file.outcome]} />,
    width: 120,
  },
  {
    id: 'did',
    header: 'What it did',
    cell: (file) => (
      <ul className={css.sentences}>
        {file.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    ),
  },
  { id: 'at', header: 'When', cell: (file) => <Instant at={file.recordedAt} />, width: 180 },
  {
    id: 'name',
    header: 'File',
    cell: (file) => (
      <a
        href={fileUrl(contract.claims.fileContent, { params: { id: file.id } })}
        target="_blank"
        rel="noreferrer"
        title={`SHA-256 ${file.sha256}`}
      >
        {file.name}
      </a>
    ),
  },
]

/** Every X12 file that went out or came in, with what it did. */
export function FileTable() {
  const [direction, setDirection] = useUrlState('way')
  const [cursor, setCursor] = useUrlState('files-after')
  const view = useView(contract.claims.files, {
    query: {
      limit: 50,
      ...(direction === 'in' || direction === 'out' ? { direction } : {}),
      ...(cursor ? { cursor } : {}),
    },
  })
  return (
    <div className={css.stack}>
      <SegmentedControl
        aria-label="Which files"
        w="fit-content"
        value={direction ?? 'all'}
        onChange={(value) => setDirection(value === 'all' ? null : value)}
        data={[
          { value: 'all', label: 'All' },
          { value: 'in', label: 'Came in' },
          { value: 'out', label: 'Went out' },
        ]}
      />
      <DataTable
        caption="Files"
        columns={fileColumns}
        rows={view.data?.items}
        rowId={(file) => file.id}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState icon={IconFileArrowRight} title="No files yet">
            Each batch that leaves and each answer of the payer will stand here with its exact text. Use "Take in a
            file" for a 999, 277CA or 835.
          </EmptyState>
        }
        footer={
          view.data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(view.data?.nextCursor ?? null, { push: true })}>
              Older files
            </Button>
          ) : undefined
        }
      />
    </div>
  )
}
