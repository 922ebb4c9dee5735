import { contract, type EditConditions, type OutputOf } from '@keepwell/contract'
import { Autocomplete, Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useView } from '../../api/index.ts'
import { paths } from '../../paths.ts'
import {
  Button,
  ErrorState,
  FieldRow,
  Form,
  FormActions,
  FormDialog,
  monthText,
  say,
  useGo,
  Viewed,
} from '../../ui/index.ts'
import { conditionsOf, type Draft, emptyDraft } from './draft.ts'
import css from './edits.module.css'

type Choices = OutputOf<typeof contract.edits.choices>

interface ProposeProps {
  opened: boolean
  onClose: () => void
  /** The denial that it is made from, and its claim: the form offers what that claim has. */
  from?: { denialId: string; claimId: string }
}

/** An edit of one's own: what a claim is asked before it leaves, and the sentence that whoever sends it reads. */
export function ProposeDialog({ from, ...props }: ProposeProps) {
  return (
    <FormDialog title="Hold claims like this" opened={props.opened} onClose={props.onClose} size="lg">
      {() =>
        from === undefined ? (
          <Propose choices={null} onClose={props.onClose} />
        ) : (
          <Offered from={from} onClose={props.onClose} />
        )
      }
    </FormDialog>
  )
}

function Offered({ from, onClose }: { from: NonNullable<ProposeProps['from']>; onClose: () => void }) {
  const view = useView(contract.edits.choices, { params: { id: from.claimId } })
  return (
    <Viewed view={view} what="what the claim has" lines={8}>
      {(choices) => <Propose choices={choices} from={from} onClose={onClose} />}
    </Viewed>
  )
}

const startOf = (code: string) => code.replaceAll('.', '').slice(0, 3)

function Propose(props: { choices: Choices | null; from?: ProposeProps['from']; onClose: () => void }) {
  const { choices, from, onClose } = props
  const go = useGo()
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [sentence, setSentence] = useState('')
  const propose = useCall(contract.edits.propose, {
    invalidates: [contract.edits.list],
    onDone: (edit) => {
      go(paths.edits({ edit: edit.id }))
      void say('Proposed, and off. Test it on past claims, then switch it on.')
    },
  })
  const conditions: EditConditions | null = conditionsOf(draft)
  const whyNot =
    conditions === null
      ? 'Ask for at least one thing.'
      : sentence.trim() === ''
        ? 'Write what whoever sends the claim should do.'
        : null
  const faults = faultsByField(propose.error)
  const field = (name: Exclude<keyof Draft, 'qmb'>, label: string, placeholder: string, data: readonly string[]) => (
    <Autocomplete
      label={label}
      placeholder={placeholder}
      data={[...new Set(data)]}
      maxLength={15}
      value={draft[name]}
      onChange={(value) => setDraft({ ...draft, [name]: value })}
      error={faults[`conditions.${name}`]}
    />
  )
  const diagnoses = (choices?.diagnoses ?? []).flatMap((code) => [code, startOf(code)])
  return (
    <Form
      label="Hold claims like this"
      onSubmit={() => {
        if (whyNot === null && conditions !== null)
          propose.mutate({ body: { sentence: sentence.trim(), conditions, denialId: from?.denialId ?? null } })
      }}
    >
      <p className={css.quiet}>
        {choices === null
          ? 'A claim that has all of what you fill in is held. What you leave empty is not asked.'
          : `A claim that has all of what you fill in is held. The fields offer what this claim of ${monthText(choices.month)} has; what you leave empty is not asked.`}
        {choices?.otherServices === null && ' What else the patient had in that month is not on record.'}
      </p>
      <FieldRow>
        {field('code', 'It bills', '99490', choices?.codes ?? [])}
        {field('otherService', 'Other service in the month', '99495', choices?.otherServices ?? [])}
      </FieldRow>
      <FieldRow>
        {field('diagnosis', 'A diagnosis begins with', 'N18', diagnoses)}
        {field('withoutDiagnosis', 'No diagnosis begins with', 'I10', diagnoses)}
      </FieldRow>
      <FieldRow>
        {field('payerId', 'The payer is', '13202', choices === null ? [] : [choices.payerId])}
        {field(
          'placeOfService',
          'The place of service is',
          '11',
          choices?.placeOfService == null ? [] : [choices.placeOfService],
        )}
      </FieldRow>
      <Select
        label="Qualified Medicare Beneficiary"
        allowDeselect={false}
        value={draft.qmb}
        onChange={(value) => setDraft({ ...draft, qmb: value === 'yes' || value === 'no' ? value : 'either' })}
        data={[
          { value: 'either', label: 'Not asked' },
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No' },
        ]}
      />
      <Textarea
        label="What to do with a claim that it holds"
        description="Whoever makes a batch reads this sentence with your name."
        placeholder="Ask the hospital whether transitional care was billed for the month."
        maxLength={500}
        value={sentence}
        onChange={(event) => setSentence(event.currentTarget.value)}
        error={faults.sentence}
      />
      {propose.error !== null && <ErrorState error={propose.error} kept="Nothing was proposed." />}
      <FormActions>
        <Button type="submit" kind="primary" loading={propose.isPending} disabledReason={whyNot}>
          Propose it
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </FormActions>
    </Form>
  )
}
