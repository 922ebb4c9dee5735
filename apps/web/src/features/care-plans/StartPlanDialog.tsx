import { contract, type PlanTemplate } from '@keepwell/contract'
import { useState } from 'react'
import { useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import { Button, Dialog, ErrorState, Form, FormActions, TickCards, useGo, Viewed } from '../../ui/index.ts'
import css from './care-plans.module.css'

interface StartProps {
  patientId: string
  opened: boolean
  onClose: () => void
}

/** Chooses the templates for a first draft: those that fit the chart are ticked, each with the condition that asks for it. */
export function StartPlanDialog(props: StartProps) {
  return (
    <Dialog title="Draft a care plan" opened={props.opened} onClose={props.onClose} size="lg" keepOpen>
      {props.opened && <Start {...props} />}
    </Dialog>
  )
}

function Start(props: StartProps) {
  const templates = useView(contract.carePlans.templates, {})
  const proposal = useView(contract.carePlans.draft, { params: { patientId: props.patientId }, query: {} })
  return (
    <Viewed view={templates} what="templates">
      {({ items }) => (
        <Viewed view={proposal} what="the chart">
          {({ fitting }) => <Choose {...props} items={items} fitting={fitting} />}
        </Viewed>
      )}
    </Viewed>
  )
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function Choose(
  props: StartProps & {
    items: readonly PlanTemplate[]
    fitting: readonly { templateId: string; because: string }[]
  },
) {
  const go = useGo()
  const because = new Map(props.fitting.map((one) => [one.templateId, one.because]))
  const [chosen, setChosen] = useState<readonly string[]>(() => [...because.keys()])
  const [more, setMore] = useState(because.size === 0)
  const draft = useView(
    contract.carePlans.draft,
    { params: { patientId: props.patientId }, query: { templates: chosen.join(',') } },
    { keepPrevious: true },
  )
  const save = useCall(contract.carePlans.save, {
    invalidates: [contract.carePlans.get],
    onDone: (plan) => go(paths.carePlan(plan.id)),
  })
  const shown = more ? props.items : props.items.filter((item) => because.has(item.id))
  return (
    <Form
      label="Draft a care plan"
      onSubmit={() => {
        if (draft.data !== undefined && !draft.isPlaceholderData)
          save.mutate({
            params: { patientId: props.patientId },
            body: { baseNumber: 0, content: draft.data.content },
          })
      }}
    >
      <TickCards
        legend="Templates"
        value={chosen}
        onChange={setChosen}
        choices={shown.map((item) => ({
          value: item.id,
          label: item.title,
          hint: [because.get(item.id), `${item.counts.goals} goals, ${item.counts.interventions} steps`, item.cites[0]]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
      {!more && (
        <Button kind="quiet" style={{ justifySelf: 'start', alignSelf: 'start' }} onClick={() => setMore(true)}>
          Show the other {props.items.length - shown.length} templates
        </Button>
      )}
      {draft.data !== undefined && (
        <p className={css.quiet}>
          {[
            counted(draft.data.content.problems.length, 'problem'),
            counted(draft.data.content.goals.length, 'goal'),
            counted(draft.data.content.interventions.length, 'step'),
          ].join(', ')}{' '}
          and {counted(draft.data.content.medications.items.length, 'medicine')} come into the draft, each once.
        </p>
      )}
      {draft.error !== null && <ErrorState error={draft.error} onRetry={draft.refetch} />}
      {save.error !== null && <ErrorState error={save.error} />}
      <FormActions>
        <Button
          type="submit"
          kind="primary"
          loading={save.isPending || draft.isPlaceholderData}
          disabledReason={draft.data === undefined ? 'The draft is being put together.' : null}
        >
          Make the draft
        </Button>
        <Button kind="quiet" onClick={props.onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
