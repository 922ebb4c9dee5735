import {
  ageBuckets,
  type ClaimRow,
  type ClaimStatus,
  claimStatuses,
  claimStatusWords,
  contract,
  filingBuckets,
  type OutputOf,
} from '@keepwell/contract'
import { IconFileInvoice } from '@tabler/icons-react'
import { useState } from 'react'
import { useCan, useToday, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  DataTable,
  EmptyState,
  MonthSwitch,
  Page,
  Tabs,
  useDialog,
  useKeys,
  useUrlState,
} from '../../ui/index.ts'
import { WaitingClaims } from '../inquiries/index.ts'
import { UnbilledSupplements } from '../supplements/index.ts'
import { BatchTable } from './BatchTable.tsx'
import { CaseList } from './CaseList.tsx'
import { claimColumns } from './claim-columns.tsx'
import css from './claims.module.css'
import { FileTable } from './FileTable.tsx'
import { ageWords, filingWords } from './faces.ts'
import { MakeBatchDialog } from './MakeBatchDialog.tsx'
import { StatusLanes } from './StatusLanes.tsx'
import { TakeInButton } from './TakeInButton.tsx'
import { WaitingBatches } from './WaitingBatches.tsx'

/** Where every claim stands, the next batch, and the files that went out and came in. */
export default function ClaimsPage() {
  const [month] = useUrlState('month')
  const [statusText] = useUrlState('status')
  const status = claimStatuses.find((one) => one === statusText) ?? null
  const [cursor] = useUrlState('after')
  const [ageText] = useUrlState('age')
  const age = ageBuckets.find((one) => one === ageText) ?? null
  const [filingText] = useUrlState('filing')
  const filing = filingBuckets.find((one) => one === filingText) ?? null
  const only =
    age !== null
      ? `Owed by the payer, ${ageWords[age].toLowerCase()} old`
      : filing !== null
        ? `Not taken yet, ${filingWords[filing].toLowerCase()}`
        : null
  const query = {
    limit: 100,
    ...(status ? { status } : {}),
    ...(month ? { month } : {}),
    ...(age === null ? {} : { age }),
    ...(filing === null ? {} : { filing }),
    ...(cursor ? { cursor } : {}),
  }
  const view = useView(contract.claims.list, { query }, { keepPrevious: true })
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const ready = view.data?.counts.find((one) => one.status === 'ready')?.count ?? 0
  const chosen = (view.data?.items ?? []).filter(({ id, status }) => selected.has(id) && status === 'ready')

  return (
    <Page
      title="Claims"
      subtitle="Made when a month is closed. Send them in batches, then follow each one to its payment."
      asOf={view.dataUpdatedAt}
      actions={
        <>
          <Button to={paths.payers()}>Payers</Button>
          <TakeInButton />
          <MakeBatchButton
            ready={ready}
            chosen={chosen.length}
            selected={selected.size}
            known={view.data !== undefined}
          />
        </>
      }
    >
      <WaitingBatches />
      <CaseList />
      <Tabs
        label="Claims"
        items={[
          {
            id: 'claims',
            label: 'Claims',
            content: (
              <ClaimList
                view={view}
                month={month}
                status={status}
                only={only}
                selected={selected}
                onSelect={setSelected}
              />
            ),
          },
          { id: 'waiting', label: 'Without a decision', content: <WaitingClaims /> },
          { id: 'supplements', label: 'Supplements', content: <UnbilledSupplements /> },
          { id: 'batches', label: 'Batches', content: <BatchTable /> },
          { id: 'files', label: 'Files', content: <FileTable /> },
        ]}
      />
      <MakeBatchDialog month={month} claimIds={chosen.map(({ id }) => id)} onMade={() => setSelected(new Set())} />
    </Page>
  )
}

function MakeBatchButton(props: { ready: number; chosen: number; selected: number; known: boolean }) {
  const can = useCan()
  const dialog = useDialog('batch')
  const reason = !can('claim:send')
    ? 'Your seat does not send claims.'
    : props.known && props.ready === 0
      ? 'No claim is ready. Claims become ready when a month is closed.'
      : props.selected > 0 && props.chosen === 0
        ? 'None of the selected claims is ready.'
        : null
  useKeys([{ keys: 'n', label: 'Make a batch', group: 'Claims', run: () => reason === null && dialog.open() }])
  return (
    <Button kind="primary" disabledReason={reason} onClick={dialog.open} aria-haspopup="dialog">
      {props.chosen > 0 ? `Make a batch of ${props.chosen}` : 'Make a batch'}
    </Button>
  )
}

interface ClaimListProps {
  view: {
    data: OutputOf<typeof contract.claims.list> | undefined
    error: unknown
    refetch: () => unknown
  }
  month: string | null
  status: ClaimStatus | null
  /** The words of a list that a figure opened. */
  only: string | null
  selected: ReadonlySet<string>
  onSelect: (ids: ReadonlySet<string>) => void
}

function ClaimList({ view, month, status, only, selected, onSelect }: ClaimListProps) {
  const can = useCan()
  const latest = useToday().slice(0, 7)
  const [, setMonth] = useUrlState('month')
  const [, setCursor] = useUrlState('after')
  return (
    <div className={css.stack}>
      <StatusLanes counts={view.data?.counts} chosen={status} to={(next) => paths.claims({ month, status: next })} />
      <div className={css.bar}>
        <MonthSwitch month={month} latest={latest} onChange={setMonth} allLabel="All months" />
        {only !== null && <strong>{only}</strong>}
        {(status !== null || only !== null) && (
          <Button kind="quiet" size="compact-sm" to={paths.claims({ month })}>
            {only === null ? 'Show every status' : 'Show all claims'}
          </Button>
        )}
      </div>
      <DataTable<ClaimRow>
        caption={only !== null ? `Claims: ${only}` : status === null ? 'Claims' : `Claims: ${claimStatusWords[status]}`}
        columns={claimColumns}
        rows={view.data?.items}
        rowId={(claim) => claim.id}
        rowTo={(claim) => paths.claim(claim.id)}
        stickyFirst
        error={view.error}
        onRetry={view.refetch}
        {...(can('claim:send')
          ? {
              selection: {
                ids: selected,
                onChange: onSelect,
                label: (claim) => `the claim of ${claim.patient.name}`,
              },
            }
          : {})}
        empty={<NoClaims filtered={month !== null || status !== null || only !== null} />}
        footer={
          view.data?.nextCursor ? (
            <Button kind="quiet" onClick={() => setCursor(view.data?.nextCursor ?? null, { push: true })}>
              Further claims
            </Button>
          ) : undefined
        }
      />
    </div>
  )
}

function NoClaims({ filtered }: { filtered: boolean }) {
  const can = useCan()
  const month = useToday().slice(0, 7)
  if (filtered) {
    return (
      <EmptyState title="No claim stands here" action={<Button to={paths.claims()}>Show all claims</Button>}>
        Claims move from lane to lane as the payer answers.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconFileInvoice}
      title="No claims yet"
      action={
        <Button
          to={paths.month(month)}
          disabledReason={can('month:read') ? null : 'Your seat does not see the month board.'}
        >
          Open the month board
        </Button>
      }
    >
      When you close a month, Keepwell makes one claim for each patient in the lane "Ready". They will stand here,
      waiting for a batch.
    </EmptyState>
  )
}
