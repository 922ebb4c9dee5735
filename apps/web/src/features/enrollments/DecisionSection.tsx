import { contract, DecisionLevel } from '@keepwell/contract'
import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useCall, useCan, useToday, useView } from '../../api/index.ts'
import {
  Button,
  Dialog,
  ErrorState,
  Form,
  FormActions,
  LocalDate,
  monthText,
  Section,
  say,
  Timeline,
  Viewed,
} from '../../ui/index.ts'

const levelWords: Record<DecisionLevel, string> = {
  straightforward: 'Straightforward',
  low: 'Low',
  moderate: 'Moderate',
  high: 'High',
}

/** The practitioner's decision making, month by month: complex care cannot stand without it. */
export function DecisionSection({ patientId }: { patientId: string }) {
  const can = useCan()
  const [open, setOpen] = useState(false)
  const view = useView(contract.enrollments.decisions, { params: { patientId } })
  return (
    <Section
      framed
      title="Decision making"
      subtitle="Complex care needs a moderate or high level in the month"
      actions={can('decision:record') ? <Button onClick={() => setOpen(true)}>Document this month</Button> : undefined}
    >
      <Viewed view={view} what="decision records" lines={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p>No month is documented yet. The level and its reason will stand here, month by month.</p>
          ) : (
            <Timeline
              label="Decision records"
              events={items.map((one) => ({
                id: one.id,
                title: `${monthText(one.month)}: ${levelWords[one.level].toLowerCase()}`,
                when: <LocalDate day={one.documentedOn} />,
                body: `${one.rationale} (${one.practitioner.name})`,
                state: one.level === 'moderate' || one.level === 'high' ? ('good' as const) : ('neutral' as const),
              }))}
            />
          )
        }
      </Viewed>
      <Dialog title="Decision making of the month" opened={open} onClose={() => setOpen(false)} keepOpen>
        <DecisionForm patientId={patientId} onDone={() => setOpen(false)} />
      </Dialog>
    </Section>
  )
}

function DecisionForm(props: { patientId: string; onDone: () => void }) {
  const month = useToday().slice(0, 7)
  const [level, setLevel] = useState<DecisionLevel | null>(null)
  const [rationale, setRationale] = useState('')
  const record = useCall(contract.enrollments.recordDecision, {
    invalidates: [contract.enrollments.decisions],
    onDone: () => {
      props.onDone()
      void say('Documented.')
    },
  })
  const whyNot =
    level === null
      ? 'Choose the level.'
      : rationale.trim().length < 10
        ? 'Say in a sentence what was decided and why.'
        : null
  return (
    <Form
      label="Decision making"
      onSubmit={() => {
        if (whyNot === null && level !== null)
          record.mutate({
            params: { patientId: props.patientId },
            body: { month, level, rationale: rationale.trim() },
          })
      }}
    >
      <Select
        label={`Level in ${monthText(month)}`}
        data={DecisionLevel.options.map((value) => ({ value, label: levelWords[value] }))}
        value={level}
        onChange={(value) => setLevel(DecisionLevel.options.find((option) => option === value) ?? null)}
      />
      <Textarea
        label="What was decided, and why"
        description="Problems looked at, data weighed, risk of the treatment"
        minRows={3}
        value={rationale}
        onChange={(event) => setRationale(event.currentTarget.value)}
        maxLength={2000}
      />
      {record.error !== null && <ErrorState error={record.error} kept="Your words are still here." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={record.isPending} disabledReason={whyNot}>
          Document
        </Button>
        <Button kind="quiet" onClick={props.onDone}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
