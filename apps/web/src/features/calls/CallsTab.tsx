import { type CallLine, callOutcomeNames, contract } from '@keepwell/contract'
import { IconPhone } from '@tabler/icons-react'
import { useCan, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  type Column,
  DataTable,
  Drawer,
  EmptyState,
  Facts,
  Instant,
  LocalDate,
  Minutes,
  StatusChip,
  useUrlState,
  Viewed,
} from '../../ui/index.ts'
import css from './calls.module.css'

const columns: readonly Column<CallLine>[] = [
  {
    id: 'when',
    header: 'When',
    width: 180,
    sort: (one) => one.startedAt,
    cell: (one) => <Instant at={one.startedAt} />,
  },
  {
    id: 'who',
    header: 'By',
    width: 150,
    hideBelow: 768,
    sort: (one) => one.by.name,
    cell: (one) => one.by.name,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 190,
    sort: (one) => one.outcome,
    cell: (one) =>
      one.outcome === null ? (
        <StatusChip plain state="info" word="Open" />
      ) : (
        <StatusChip
          plain
          state={one.outcome === 'completed' ? 'good' : 'neutral'}
          word={callOutcomeNames[one.outcome]}
        />
      ),
  },
  {
    id: 'length',
    header: 'Time',
    numeric: true,
    width: 84,
    sort: (one) => one.seconds,
    cell: (one) => <Minutes seconds={one.seconds} />,
  },
  {
    id: 'note',
    header: 'Note',
    cell: (one) => <span className={css.oneLine}>{one.note ?? 'Not signed yet'}</span>,
  },
  {
    id: 'flags',
    header: 'Red flags',
    width: 96,
    numeric: true,
    hideBelow: 1024,
    sort: (one) => one.redFlags,
    cell: (one) => (one.redFlags === 0 ? '' : one.redFlags),
  },
]

/** Calls and attempts of a patient; one opens beside the list with its answers as they were given. */
export default function CallsTab({ patientId }: { patientId: string }) {
  const can = useCan()
  const [openId, setOpenId] = useUrlState('call')
  const view = useView(contract.calls.list, { params: { patientId }, query: {} })
  return (
    <>
      <DataTable
        caption="Calls and attempts"
        columns={columns}
        rows={view.data?.items}
        rowId={(one) => one.id}
        onOpen={(one) => setOpenId(one.id, { push: true })}
        openId={openId}
        error={view.error}
        onRetry={view.refetch}
        empty={
          <EmptyState
            icon={IconPhone}
            title="No call yet"
            action={
              <Button
                kind="primary"
                to={paths.call(patientId)}
                disabledReason={can('call:make') ? null : 'Your seat does not make calls.'}
              >
                Open the call
              </Button>
            }
          >
            Each call stands here with its outcome, its exact time and its signed note; so does each attempt.
          </EmptyState>
        }
      />
      <Drawer title="Call" opened={openId !== null} onClose={() => setOpenId(null)}>
        {openId !== null && <CallView id={openId} />}
      </Drawer>
    </>
  )
}

function CallView({ id }: { id: string }) {
  const view = useView(contract.calls.get, { params: { id } })
  return (
    <Viewed view={view} what="the call">
      {(call) => (
        <div className={css.callView}>
          <Facts
            items={[
              ['Began', <Instant key="began" at={call.startedAt} />],
              ['Outcome', call.outcome === null ? 'Open' : callOutcomeNames[call.outcome]],
              [
                'Signed',
                call.signed === null ? (
                  'Not yet'
                ) : (
                  <span key="signed">
                    {call.signed.by.name}, <Instant at={call.signed.at} />
                  </span>
                ),
              ],
              ['Next contact', <LocalDate key="next" day={call.nextContactOn} otherwise="not set" />],
            ]}
          />
          {call.redFlags.map((flag) => (
            <StatusChip
              key={flag.questionId}
              state="attention"
              word={flag.words}
              {...(flag.acknowledged === null ? {} : { why: flag.acknowledged.whatWasDone })}
            />
          ))}
          <p className={css.note}>{call.note}</p>
          <p className={css.quiet}>
            Script {call.script.id} {call.script.version}
            {call.script.parts.length === 0 ? '' : `, with ${call.script.parts.join(', ')}`}
          </p>
          {call.signed !== null && <p className={css.hash}>SHA-256 {call.signed.sha256}</p>}
        </div>
      )}
    </Viewed>
  )
}
