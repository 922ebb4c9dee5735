import { contract, laneNames, type MonthBoard, type MonthClose, monthCan } from '@keepwell/contract'
import { VisuallyHidden } from '@mantine/core'
import { useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Callout, Dialog, ErrorState, FormActions, Money, monthText, StateIcon, Steps } from '../../ui/index.ts'
import { laneFaces } from './month-words.ts'
import css from './months.module.css'

const phases = [
  { id: 'freeze', label: 'Freeze' },
  { id: 'compute', label: 'Judge' },
  { id: 'snapshot', label: 'Keep' },
  { id: 'claims', label: 'Claims' },
  { id: 'done', label: 'Done' },
]

/** Closing the month: what will happen, how far it is, and what came of it. Closing the window stops nothing. */
export function CloseMonthDialog(props: {
  board: MonthBoard
  opened: boolean
  onClose: () => void
  onChanged: () => unknown
}) {
  return (
    <Dialog
      title={`Close ${monthText(props.board.month)}`}
      opened={props.opened}
      onClose={props.onClose}
      size="lg"
      keepOpen
    >
      {props.opened && <Closing {...props} />}
    </Dialog>
  )
}

function Closing({ board, onClose, onChanged }: { board: MonthBoard; onClose: () => void; onChanged: () => unknown }) {
  const close = useCall(contract.months.close, {
    invalidates: [contract.months.board, contract.months.closing, contract.months.verdict],
    onDone: () => void onChanged(),
  })
  const watched = useView(contract.months.closing, { params: { month: board.month } }, { refetchSeconds: 1 })
  const now = close.data ?? watched.data?.close ?? board.close
  const works = close.isPending || now?.state === 'running'
  if (now?.state === 'done') return <Closed close={now} onClose={onClose} />
  return (
    <div className={css.phases}>
      {now === null ? <Before board={board} /> : <Progress close={now} />}
      {close.error !== null && (
        <ErrorState
          error={close.error}
          kept={
            now === null ? 'Nothing was changed.' : 'What was done so far is kept; closing again goes on from there.'
          }
        />
      )}
      <FormActions>
        <Button
          kind="primary"
          loading={works}
          disabledReason={works ? null : monthCan.close.whyNot(board)}
          onClick={() => close.mutate({ params: { month: board.month } })}
        >
          {now === null ? `Close ${monthText(board.month)}` : 'Go on with the close'}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {works ? 'Let it run' : 'Not now'}
        </Button>
      </FormActions>
    </div>
  )
}

function Before({ board }: { board: MonthBoard }) {
  const lane = (id: string) => board.lanes.find((one) => one.lane === id)
  const open = (lane('fix')?.count ?? 0) + (lane('hold')?.count ?? 0)
  return (
    <>
      <table className={css.sums}>
        <VisuallyHidden component="caption">What the close finds now</VisuallyHidden>
        <tbody>
          {board.lanes.map((one) => (
            <tr key={one.lane}>
              <th scope="row">
                <span className={css.laneName}>
                  <StateIcon state={laneFaces[one.lane].state} /> {laneNames[one.lane]}
                </span>
              </th>
              <td>{one.count}</td>
              <td>
                <Money cents={one.totalCents} /> <span className={css.quiet}>{laneFaces[one.lane].money}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {open > 0 && (
        <Callout state="attention" title={`${open} ${open === 1 ? 'patient is' : 'patients are'} not settled`}>
          <p>They are frozen as they are and get no claim. What is supplied later goes through a correction case.</p>
        </Callout>
      )}
      <p className={css.quiet}>
        Every verdict is frozen with its facts, and each ready patient gets a claim. Nothing is sent yet. A close can be
        interrupted and goes on where it stopped; it cannot be taken back.
      </p>
    </>
  )
}

function Progress({ close }: { close: MonthClose }) {
  const { counts } = close
  const done =
    close.phase === 'compute'
      ? counts.assessed
      : close.phase === 'snapshot'
        ? counts.frozen
        : close.phase === 'claims'
          ? counts.claims
          : 0
  const all = close.phase === 'claims' ? counts.ready : counts.patients
  const words = {
    freeze: 'Freezing the month',
    compute: 'patients judged',
    snapshot: 'patients kept',
    claims: 'claims made',
    done: 'Done',
  }[close.phase]
  return (
    <div className={css.phases} role="status">
      <Steps label="Phases of the close" steps={phases} current={close.phase} />
      <div className={css.bar} aria-hidden>
        <span style={{ width: `${all === 0 ? 0 : (done / all) * 100}%` }} />
      </div>
      <span className={css.small}>{close.phase === 'freeze' ? words : `${done} of ${all} ${words}`}</span>
    </div>
  )
}

function Closed({ close, onClose }: { close: MonthClose; onClose: () => void }) {
  const { counts } = close
  return (
    <div className={css.phases}>
      <Callout state="good" title={`${monthText(close.month)} is closed`}>
        <p>
          {counts.patients} {counts.patients === 1 ? 'patient' : 'patients'} frozen: {counts.ready} ready, {counts.fix}{' '}
          to fix, {counts.hold} on hold, {counts.notBillable} not billable. {counts.claims}{' '}
          {counts.claims === 1 ? 'claim was' : 'claims were'} made, <Money cents={counts.readyCents} /> allowed.
        </p>
      </Callout>
      <FormActions>
        <Button kind="primary" to={paths.claims({ month: close.month })}>
          See the claims
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Stay here
        </Button>
      </FormActions>
    </div>
  )
}
