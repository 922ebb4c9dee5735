import { contract, type DocumentKind, type OutputOf } from '@keepwell/contract'
import { Group, Stack } from '@mantine/core'
import { IconFiles } from '@tabler/icons-react'
import { fileUrl, useCan, useView } from '../../api/index.ts'
import { Button, type Column, DataTable, EmptyState, Instant, StatusChip, sizeText, useDialog } from '../../ui/index.ts'
import { UploadDialog } from './UploadDialog.tsx'

type Document = OutputOf<typeof contract.documents.list>['items'][number]

/** What each kind of document is, in words. */
export const documentKindWords: Record<DocumentKind, string> = {
  consent_form: 'Consent form',
  consent_scan: 'Scanned consent',
  consent_signature: 'Signature',
  care_plan: 'Care plan',
  brochure: 'Brochure',
  other: 'Other paper',
}
const ehrFaces = {
  sent: { state: 'good', word: 'In the EHR' },
  queued: { state: 'info', word: 'On its way' },
  failed: { state: 'stop', word: 'Not taken' },
  none: { state: 'neutral', word: 'Stays here' },
} as const

const columns: readonly Column<Document>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (one) => (
      <a
        href={fileUrl(contract.documents.content, { params: { id: one.id } })}
        target="_blank"
        rel="noreferrer"
        title={`SHA-256 ${one.sha256}`}
      >
        {one.name}
      </a>
    ),
    sort: (one) => one.name,
  },
  { id: 'kind', header: 'What it is', cell: (one) => documentKindWords[one.kind], sort: (one) => one.kind },
  {
    id: 'ehr',
    header: 'EHR',
    cell: (one) => (
      <StatusChip plain {...ehrFaces[one.ehr.status]} {...(one.ehr.receipt ? { why: one.ehr.receipt } : {})} />
    ),
  },
  {
    id: 'size',
    header: 'Size',
    numeric: true,
    cell: (one) => sizeText(one.sizeBytes),
    sort: (one) => one.sizeBytes,
    hideBelow: 1024,
  },
  {
    id: 'stored',
    header: 'Stored',
    cell: (one) => (
      <>
        <Instant at={one.storedAt} /> by {one.storedBy.name}
      </>
    ),
    sort: (one) => one.storedAt,
  },
]

/** Every paper about the patient, with the step that adds one. */
export default function DocumentsTab({ patientId }: { patientId: string }) {
  const can = useCan()
  const view = useView(contract.documents.list, { params: { patientId } })
  const dialog = useDialog('upload')
  const add = (kind: 'primary' | 'secondary') => (
    <Button
      kind={kind}
      disabledReason={can('document:write') ? null : 'Your seat does not store documents.'}
      onClick={dialog.open}
      aria-haspopup="dialog"
    >
      Store a paper
    </Button>
  )
  return (
    <Stack gap="md">
      {view.data !== undefined && view.data.items.length > 0 && <Group justify="flex-end">{add('secondary')}</Group>}
      <DataTable
        caption="Documents of this patient"
        columns={columns}
        rows={view.data?.items}
        rowId={(one) => one.id}
        error={view.error}
        onRetry={view.refetch}
        sortedBy="-stored"
        empty={
          <EmptyState icon={IconFiles} title="No papers yet" action={add('primary')}>
            Signed consents, care plans and scans stand here with the hash of their exact bytes.
          </EmptyState>
        }
      />
      <UploadDialog patientId={patientId} opened={dialog.opened} onClose={dialog.close} />
    </Stack>
  )
}
