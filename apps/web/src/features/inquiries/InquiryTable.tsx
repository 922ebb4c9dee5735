import { contract, type Inquiry, inquiryCan } from '@keepwell/contract'
import { fileUrl, useCall, useCan, useView } from '../../api/index.ts'
import { Button, type Column, DataTable, EmptyState, Instant, Section, StatusChip } from '../../ui/index.ts'
import { inquiryFaces } from './faces.ts'
import css from './inquiries.module.css'
import { touched } from './use-ask.ts'

/** Every question that was put to the payer, the newest first. Shown once there is one. */
export function InquiryTable() {
  const can = useCan()
  const view = useView(contract.inquiries.list, { query: { limit: 20 } })
  const again = useCall(contract.inquiries.sendAgain, { invalidates: touched })
  if ((view.data?.items ?? []).length === 0) return null
  const columns: readonly Column<Inquiry>[] = [
    { id: 'number', header: 'Question', cell: (one) => one.number, width: 110 },
    {
      id: 'status',
      header: 'Status',
      cell: (one) => (
        <span className={css.step}>
          <StatusChip plain {...inquiryFaces[one.status]} />
          {one.lastError !== null && <span className={css.quiet}>{one.lastError}</span>}
        </span>
      ),
    },
    {
      id: 'answered',
      header: 'Answered',
      numeric: true,
      width: 110,
      cell: (one) => `${one.answeredCount} of ${one.claimsCount}`,
    },
    {
      id: 'asked',
      header: 'Asked',
      cell: (one) => (
        <>
          <Instant at={one.createdAt} /> {one.createdBy !== null && `by ${one.createdBy.name}`}
        </>
      ),
    },
    {
      id: 'deed',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      width: 200,
      cell: (one) =>
        one.channel === 'download' ? (
          <a
            href={fileUrl(contract.inquiries.download, { params: { id: one.id } })}
            download={one.fileName}
            onClick={() => setTimeout(() => void view.refetch(), 1000)}
          >
            Download the 276 of {one.number}
          </a>
        ) : (
          one.status === 'failed' && (
            <Button
              kind="quiet"
              size="compact-sm"
              aria-label={`Send question ${one.number} again`}
              disabledReason={can('claim:send') ? inquiryCan.sendAgain.whyNot(one) : 'Your seat does not ask payers.'}
              loading={again.isPending}
              onClick={() => again.mutate({ params: { id: one.id } })}
            >
              Send again
            </Button>
          )
        ),
    },
  ]
  return (
    <Section title="Questions to the payer">
      <DataTable
        caption="Questions to the payer"
        keyboard={false}
        columns={columns}
        rows={view.data?.items}
        rowId={(one) => one.id}
        sortName="questions-sort"
        error={view.error}
        onRetry={view.refetch}
        empty={<EmptyState title="No question yet" />}
      />
    </Section>
  )
}
