import { type AwaitingItem, contract, type Task, taskCan } from '@keepwell/contract'
import { IconStethoscope } from '@tabler/icons-react'
import { useState } from 'react'
import { useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, EmptyState, Instant, Link, LocalDate, StatusChip, Viewed } from '../../ui/index.ts'
import { FinishTask } from '../tasks/index.ts'
import css from './inbox.module.css'
import { Lane } from './Lane.tsx'

/** Questions to answer, and patients who said yes and wait for attestation or enrollment. */
export function DecideLane() {
  const awaiting = useView(contract.enrollments.awaiting, { query: {} })
  const questions = useView(contract.tasks.list, { query: { whose: 'seat', state: 'open', limit: 50 } })
  const mine = questions.data?.items.filter((task) => task.ownerRole === 'provider' || task.owner !== null) ?? []
  const count =
    awaiting.data === undefined || questions.data === undefined ? undefined : mine.length + awaiting.data.total
  return (
    <Lane title="Decide" count={count}>
      <Viewed view={questions} what="questions" lines={2}>
        {() =>
          mine.length === 0 ? null : (
            <ul className={css.items}>
              {mine.map((task) => (
                <Question key={task.id} task={task} />
              ))}
            </ul>
          )
        }
      </Viewed>
      <Viewed view={awaiting} what="patients who wait" lines={4}>
        {({ items, total }) =>
          items.length === 0 ? (
            mine.length === 0 && (
              <EmptyState icon={IconStethoscope} title="Nothing to decide">
                Questions of the care team and patients who consented and wait for your attestation appear here.
              </EmptyState>
            )
          ) : (
            <>
              <ul className={css.items}>
                {items.map((item) => (
                  <Waiting key={item.patientId} item={item} />
                ))}
              </ul>
              {total > items.length && <p className={css.quiet}>{total - items.length} more wait.</p>}
            </>
          )
        }
      </Viewed>
    </Lane>
  )
}

function Waiting({ item }: { item: AwaitingItem }) {
  const codes = new Set<string>(item.missing.map(({ code }) => code))
  const next = codes.has('attestation_missing') ? 'Attest' : codes.size === 0 ? 'Enroll' : 'Open'
  return (
    <li className={css.item}>
      <div className={css.itemHead}>
        <Link to={paths.patient(item.patientId, 'program')} quiet className={css.name ?? ''}>
          {item.patientName}
        </Link>
        <Button size="xs" to={paths.patient(item.patientId, 'program')}>
          {next}
        </Button>
      </div>
      <div className={css.detail}>
        {item.conditions.length === 0 ? 'No lasting condition in the chart' : item.conditions.join(', ')}
      </div>
      <div className={css.quiet}>
        Consented <LocalDate day={item.consentedOn} />
        {codes.has('initiating_visit_missing') && '; a starting visit is needed'}
      </div>
    </li>
  )
}

function Question({ task }: { task: Task }) {
  const [open, setOpen] = useState(false)
  return (
    <li className={css.item}>
      <div className={css.itemHead}>
        {task.patient === null ? (
          <span className={css.name}>{task.title}</span>
        ) : (
          <Link to={paths.patient(task.patient.id)} quiet className={css.name ?? ''}>
            {task.patient.name}
          </Link>
        )}
        {task.urgency !== 'normal' && (
          <StatusChip
            state={task.urgency === 'now' ? 'stop' : 'attention'}
            word={task.urgency === 'now' ? 'Now' : 'Today'}
          />
        )}
      </div>
      {task.patient !== null && <div className={css.question}>{task.title}</div>}
      {task.detail !== null && <div className={css.detail}>{task.detail}</div>}
      <div className={css.quiet}>
        {task.createdBy.name}, <Instant at={task.createdAt} />
      </div>
      {open ? (
        <FinishTask task={task} onDone={() => setOpen(false)} />
      ) : (
        <div className={css.buttons}>
          <Button size="xs" onClick={() => setOpen(true)} disabledReason={taskCan.finish.whyNot(task)}>
            Answer
          </Button>
        </div>
      )}
    </li>
  )
}
