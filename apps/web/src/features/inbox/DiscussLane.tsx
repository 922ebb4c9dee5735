import { contract, Objection, type OutputOf, objectionWords } from '@keepwell/contract'
import { Select } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useState } from 'react'
import { useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  Dialog,
  EmptyState,
  ErrorState,
  Form,
  FormActions,
  Instant,
  Link,
  StatusChip,
  say,
  Viewed,
} from '../../ui/index.ts'
import css from './inbox.module.css'
import { Lane } from './Lane.tsx'

type Item = OutputOf<typeof contract.outreach.discussToday>['items'][number]
const riskStates = { low: 'neutral', moderate: 'info', high: 'attention', very_high: 'stop' } as const
const riskWords = {
  low: 'Low risk',
  moderate: 'Moderate risk',
  high: 'High risk',
  very_high: 'Very high risk',
} as const

/** Eligible patients of the day: one tap says how the talk went, and the front desk sees it before check-out. */
export function DiscussLane() {
  const view = useView(contract.outreach.discussToday, {})
  return (
    <Lane title="Discuss today" count={view.data?.items.length}>
      <Viewed view={view} what="today's patients" lines={4}>
        {({ items, ownSchedule }) =>
          items.length === 0 ? (
            <EmptyState icon={IconMessages} title="Nobody to speak to today">
              Patients on today’s schedule who may join the program appear here, and those whom the front desk sends to
              you.
            </EmptyState>
          ) : (
            <>
              {!ownSchedule && <p className={css.quiet}>Of the whole clinic: your name is not tied to a schedule.</p>}
              <ul className={css.items}>
                {items.map((item) => (
                  <Discuss key={item.patient.id} item={item} />
                ))}
              </ul>
            </>
          )
        }
      </Viewed>
    </Lane>
  )
}

function Discuss({ item }: { item: Item }) {
  const [declining, setDeclining] = useState(false)
  const views = [contract.outreach.discussToday, contract.outreach.today, contract.enrollments.status]
  const record = useCall(contract.outreach.record, {
    invalidates: views,
    onDone: () => void say('The front desk sees it.'),
  })
  const answer = (response: 'agreed' | 'thinking') =>
    record.mutate({
      params: { patientId: item.patient.id },
      body: { kind: 'response', response, channel: 'in_person', objection: null },
    })
  return (
    <li className={css.item}>
      <div className={css.itemHead}>
        <Link to={paths.patient(item.patient.id)} quiet className={css.name ?? ''}>
          {item.patient.name}
        </Link>
        {item.appointmentAt !== null && (
          <span className={css.time}>
            <Instant at={item.appointmentAt} only="time" />
          </span>
        )}
      </div>
      <div className={css.chips}>
        <StatusChip state={riskStates[item.risk]} word={riskWords[item.risk]} plain />
        {item.mark !== null && item.mark.level !== 'normal' && (
          <StatusChip
            state="info"
            word={item.mark.level === 'first' ? 'Asked first' : item.mark.level}
            why={item.mark.reason}
            plain
          />
        )}
        {item.response === 'thinking' && <StatusChip state="info" word="Thinking" plain />}
      </div>
      <div className={css.detail}>{item.conditions.join(', ')}</div>
      {item.flaggedBy !== null && <div className={css.quiet}>{item.flaggedBy} asks you to speak of it</div>}
      {record.error !== null && <ErrorState error={record.error} />}
      <div className={css.buttons}>
        <Button size="xs" loading={record.isPending} onClick={() => answer('agreed')}>
          Agreed
        </Button>
        <Button size="xs" onClick={() => answer('thinking')}>
          Thinking
        </Button>
        <Button size="xs" kind="quiet" onClick={() => setDeclining(true)}>
          Said no
        </Button>
      </div>
      <Dialog title={`${item.patient.name} said no`} opened={declining} onClose={() => setDeclining(false)} keepOpen>
        {declining && <SaidNo patientId={item.patient.id} onClose={() => setDeclining(false)} />}
      </Dialog>
    </li>
  )
}

function SaidNo(props: { patientId: string; onClose: () => void }) {
  const [reason, setReason] = useState<Objection | null>(null)
  const decline = useCall(contract.outreach.decline, {
    invalidates: [contract.outreach.discussToday, contract.outreach.today],
    onDone: () => {
      props.onClose()
      void say('Recorded.')
    },
  })
  return (
    <Form
      label="Said no"
      onSubmit={() => {
        if (reason !== null)
          decline.mutate({
            params: { patientId: props.patientId },
            body: { reason, channel: 'in_person', doNotAskAgain: false, followUp: null },
          })
      }}
    >
      <Select
        label="What spoke against it"
        data={Objection.options.map((value) => ({ value, label: objectionWords[value] }))}
        value={reason}
        onChange={(value) => setReason(Objection.options.find((option) => option === value) ?? null)}
      />
      {decline.error !== null && <ErrorState error={decline.error} />}
      <FormActions>
        <Button
          type="submit"
          kind="primary"
          loading={decline.isPending}
          disabledReason={reason === null ? 'Choose the reason.' : null}
        >
          Record
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
