import { type ClaimStanding, contract } from '@keepwell/contract'
import { SegmentedControl } from '@mantine/core'
import { IconHourglass } from '@tabler/icons-react'
import { useState } from 'react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Callout,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  LocalDate,
  Money,
  monthShortText,
  StatusChip,
  useKeys,
  useUrlState,
} from '../../ui/index.ts'
import { agesText, stepFaces } from './faces.ts'
import { InquiryTable } from './InquiryTable.tsx'
import css from './inquiries.module.css'
import { useAsk } from './use-ask.ts'

const columns: readonly Column<ClaimStanding>[] = [
  {
    id: 'patient',
    header: 'Patient',
    cell: ({ claim }) => claim.patient.name,
    sort: ({ claim }) => claim.patient.name,
    width: 150,
  },
  {
    id: 'month',
    header: 'Month',
    cell: ({ claim }) => <span className={css.nowrap}>{monthShortText(claim.month)}</span>,
    sort: ({ claim }) => claim.month,
    width: 90,
  },
  { id: 'left', header: 'Left', cell: ({ sentOn }) => <LocalDate day={sentOn} />, width: 130, hideBelow: 1024 },
  {
    id: 'waiting',
    header: 'Waits',
    numeric: true,
    width: 100,
    cell: ({ waitingDays, stale }) =>
      stale ? (
        <StatusChip
          plain
          state="attention"
          word={agesText(waitingDays)}
          why="Longer than the clinic lets a claim wait."
        />
      ) : (
        agesText(waitingDays)
      ),
    sort: ({ waitingDays }) => waitingDays,
  },
  {
    id: 'next',
    header: 'Next',
    width: 320,
    cell: ({ next }) =>
      next !== null && (
        <span className={css.step}>
          {next.step !== 'wait' && <StatusChip plain {...stepFaces[next.step]} />}
          <span className={next.step === 'wait' ? css.quiet : undefined}>{next.sentence}</span>
        </span>
      ),
    sort: ({ next }) => next?.step ?? null,
  },
  {
    id: 'told',
    header: 'What the payer told last',
    cell: ({ told }) => <span className={css.quiet}>{told?.sentence ?? 'nothing yet'}</span>,
    hideBelow: 1024,
  },
  {
    id: 'charge',
    header: 'Charge',
    numeric: true,
    width: 96,
    cell: ({ claim }) => <Money cents={claim.chargeCents} />,
    sort: ({ claim }) => claim.chargeCents,
  },
]

/** Claims that the payer has and has not decided, by age, with the next step of each; and the questions that were asked. */
export function WaitingClaims() {
  const can = useCan()
  const [only, setOnly] = useUrlState('stale')
  const [cursor, setCursor] = useUrlState('waiting-after')
  const stale = only !== null
  const view = useView(
    contract.inquiries.waiting,
    { query: { limit: 100, ...(stale ? { stale: true } : {}), ...(cursor ? { cursor } : {}) } },
    { keepPrevious: true },
  )
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const ask = useAsk(() => setSelected(new Set()))
  const data = view.data
  const chosen = (data?.items ?? []).map(({ claim }) => claim.id).filter((id) => selected.has(id))
  const seat = can('claim:send') ? null : 'Your seat does not ask payers.'
  const whyNot =
    seat ??
    (chosen.length > 0 || data === undefined || data.askableCount > 0
      ? null
      : data.staleCount === 0
        ? `No claim waits for more than ${data.staleDays} days. Select some to ask about them all the same.`
        : 'Every stale claim was asked about, or told of, within the last week.')
  const run = () => {
    if (data === undefined || whyNot !== null) return
    ask.mutate({ body: chosen.length > 0 ? { claimIds: chosen } : { olderThanDays: data.staleDays } })
  }
  useKeys([{ keys: 'a', label: 'Ask the payer', group: 'Claims', run }])
  const button = (
    <Button kind="primary" disabledReason={whyNot} loading={ask.isPending} onClick={run}>
      {chosen.length > 0
        ? `Ask about ${chosen.length}`
        : data === undefined || data.askableCount === 0
          ? 'Ask the payer'
          : `Ask about ${data.askableCount} stale`}
    </Button>
  )
  return (
    <div className={css.stack}>
      {data !== undefined && data.staleCount > 0 && (
        <Callout
          state="attention"
          title={`${data.staleCount} ${data.staleCount === 1 ? 'claim waits' : 'claims wait'} for more than ${data.staleDays} days`}
        >
          Ask about {data.staleCount === 1 ? 'it' : 'them'}, so that what was lost is found while there is time to file.
        </Callout>
      )}
      <div className={css.bar}>
        <SegmentedControl
          aria-label="Which claims"
          value={stale ? 'stale' : 'all'}
          onChange={(value) => setOnly(value === 'stale' ? '1' : null)}
          data={[
            { value: 'all', label: data === undefined ? 'All' : `All ${data.waitingCount}` },
            { value: 'stale', label: data === undefined ? 'Too long' : `Too long ${data.staleCount}` },
          ]}
        />
        {button}
      </div>
      {ask.error !== null && <ErrorState error={ask.error} kept="Nothing was asked." />}
      <DataTable
        caption="Claims without a decision"
        columns={columns}
        rows={data?.items}
        rowId={({ claim }) => claim.id}
        rowTo={({ claim }) => paths.claim(claim.id)}
        sortName="waiting-sort"
        error={view.error}
        onRetry={view.refetch}
        {...(can('claim:send')
          ? {
              selection: {
                ids: selected,
                onChange: setSelected,
                label: ({ claim }: ClaimStanding) => `the claim of ${claim.patient.name}, ${claim.month}`,
              },
            }
          : {})}
        empty={
          <EmptyState icon={IconHourglass} title={stale ? 'No claim waits too long' : 'No claim waits for a decision'}>
            What has left and is neither refused nor decided stands here, the oldest first, with what to do.
          </EmptyState>
        }
        footer={
          data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(data.nextCursor, { push: true })}>
              Further claims
            </Button>
          ) : undefined
        }
      />
      <InquiryTable />
    </div>
  )
}
