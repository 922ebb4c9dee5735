import { type BreakGlass, contract } from '@keepwell/contract'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useSession, useView } from '../../api/index.ts'
import {
  Button,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ErrorState,
  Form,
  FormActions,
  Instant,
  StatusChip,
  say,
  useUrlState,
} from '../../ui/index.ts'

/** Emergency openings, those without a review first. */
export function BreakGlassTable() {
  const me = useSession().person.id
  const view = useView(contract.onCall.openings, { query: {} })
  const [reviewingId, setReviewing] = useUrlState('review')
  const reviewing = view.data?.items.find((opening) => opening.id === reviewingId) ?? null
  const columns: readonly Column<BreakGlass>[] = [
    {
      id: 'at',
      header: 'Opened',
      cell: (opening) => <Instant at={opening.openedAt} />,
      sort: (opening) => opening.openedAt,
      width: 190,
    },
    { id: 'who', header: 'By', cell: (opening) => opening.staff.name, sort: (opening) => opening.staff.name },
    {
      id: 'patient',
      header: 'Patient',
      cell: (opening) => opening.patient.name,
      sort: (opening) => opening.patient.name,
    },
    { id: 'reason', header: 'Reason', cell: (opening) => opening.reason },
    {
      id: 'review',
      header: 'Review',
      cell: (opening) => <StatusChip plain {...reviewStanding(opening)} />,
      sort: (opening) => reviewStanding(opening).word,
    },
    {
      id: 'deeds',
      header: 'What can be done',
      headerHidden: true,
      numeric: true,
      cell: (opening) =>
        opening.review !== null ? null : (
          <Button
            size="compact-sm"
            disabledReason={opening.staff.id === me ? 'Somebody else reviews your own opening.' : null}
            aria-label={`Review the opening of ${opening.patient.name}`}
            onClick={() => setReviewing(opening.id, { push: true })}
          >
            Review
          </Button>
        ),
    },
  ]
  return (
    <>
      <DataTable
        caption="Emergency openings"
        columns={columns}
        rows={view.data?.items}
        rowId={(opening) => opening.id}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState title="No emergency opening yet">
            When the on-call person opens a record, it stands here for your review.
          </EmptyState>
        }
      />
      <Dialog
        title="Was this opening justified?"
        opened={reviewing !== null}
        onClose={() => setReviewing(null)}
        keepOpen
      >
        {reviewing !== null && <ReviewForm key={reviewing.id} opening={reviewing} onClose={() => setReviewing(null)} />}
      </Dialog>
    </>
  )
}

function ReviewForm({ opening, onClose }: { opening: BreakGlass; onClose: () => void }) {
  const [note, setNote] = useState('')
  const review = useCall(contract.onCall.review, {
    invalidates: [contract.onCall.openings],
    onDone: () => {
      onClose()
      void say('The review is recorded.')
    },
  })
  const send = (outcome: 'justified' | 'questioned') =>
    review.mutate({ params: { id: opening.id }, body: { outcome, note: note.trim() || null } })
  return (
    <Form label="Review" onSubmit={() => send('justified')}>
      <p>
        {opening.staff.name} opened the record of {opening.patient.name}: {opening.reason}
      </p>
      <Textarea label="Note" value={note} maxLength={500} onChange={(event) => setNote(event.currentTarget.value)} />
      {review.error !== null && <ErrorState error={review.error} />}
      <FormActions>
        <Button type="submit" kind="primary" loading={review.isPending}>
          Justified
        </Button>
        <Button
          kind="danger"
          disabledReason={note.trim() === '' ? 'Write what is in question.' : null}
          onClick={() => send('questioned')}
        >
          Question it
        </Button>
      </FormActions>
    </Form>
  )
}

function reviewStanding({ review }: BreakGlass) {
  if (review === null) return { state: 'attention', word: 'Waits for review' } as const
  return review.outcome === 'justified'
    ? ({ state: 'good', word: 'Justified' } as const)
    : ({ state: 'stop', word: 'Questioned' } as const)
}
