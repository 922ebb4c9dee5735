import { contract, type PayerTerms, payerRuleCan } from '@keepwell/contract'
import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import {
  Button,
  DateField,
  ErrorState,
  FieldRow,
  Form,
  FormActions,
  FormDialog,
  ReasonForm,
  say,
  useDialog,
} from '../../ui/index.ts'
import { MadeUpCase } from './MadeUpCase.tsx'
import css from './payers.module.css'
import { TrialFigures } from './TrialFigures.tsx'
import { type Draft, draftOf, type Known, termsOf } from './terms.ts'

interface BenchProps {
  payerId: string
  /** What is in force, from which the form starts. */
  terms: PayerTerms
  /** Why this seat writes no rule; null when it does. */
  seat: string | null
}

const knownChoices = [
  { value: 'unknown', label: 'Not known' },
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]
const shareChoices = [
  { value: 'unknown', label: 'Not known' },
  { value: 'copay', label: 'Dollars a claim' },
  { value: 'coinsurance', label: 'Percent of the allowed amount' },
]

/** A rule while it is written, what it would have done, and the switch that stays off until it was tried. */
export function Bench({ payerId, terms: inForce, seat }: BenchProps) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(inForce))
  const switching = useDialog('switch')
  const trial = useCall(contract.payers.tryTerms, {})
  const written = termsOf(draft)
  const terms = 'terms' in written ? written.terms : null
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const whyNotTry = seat ?? ('whyNot' in written ? written.whyNot : null)
  const whyNotOn =
    whyNotTry ?? (terms === null ? null : payerRuleCan.switchOn.whyNot({ tried: trial.data?.terms ?? null, terms }))
  const known = (label: string, value: Known, onChange: (value: Known) => void) => (
    <Select
      label={label}
      data={knownChoices}
      value={value}
      allowDeselect={false}
      onChange={(next) => onChange(next === 'yes' || next === 'no' ? next : 'unknown')}
    />
  )
  return (
    <div className={css.stack}>
      <Form
        label="Try a rule"
        onSubmit={() => {
          if (terms !== null && whyNotTry === null) trial.mutate({ params: { payerId }, body: { terms } })
        }}
      >
        <FieldRow>
          {known('It pays chronic care management', draft.pays, (pays) => set({ pays }))}
          {known('It takes replacement claims', draft.replacements, (replacements) => set({ replacements }))}
        </FieldRow>
        <FieldRow>
          <Select
            label="The patient's share"
            data={shareChoices}
            value={draft.share}
            allowDeselect={false}
            onChange={(share) =>
              set({ share: share === 'copay' || share === 'coinsurance' ? share : 'unknown', amount: '' })
            }
          />
          {draft.share !== 'unknown' && (
            <NumberInput
              label={draft.share === 'copay' ? 'Dollars' : 'Percent'}
              min={0}
              max={draft.share === 'copay' ? 100_000 : 100}
              decimalScale={draft.share === 'copay' ? 2 : 0}
              value={draft.amount}
              onChange={(amount) => set({ amount })}
            />
          )}
        </FieldRow>
        <FieldRow>
          {known('It authorizes codes before', draft.authorizes, (authorizes) => set({ authorizes }))}
          {draft.authorizes === 'yes' && (
            <TextInput
              label="Which codes"
              placeholder="99490 99439"
              value={draft.codes}
              onChange={(event) => set({ codes: event.currentTarget.value })}
            />
          )}
        </FieldRow>
        <NumberInput
          label="Days after the service to file"
          description="Empty where it is not known"
          min={1}
          max={1100}
          allowDecimal={false}
          value={draft.filingDays}
          onChange={(filingDays) => set({ filingDays })}
        />
        {trial.error !== null && <ErrorState error={trial.error} kept="Nothing was switched on." />}
        <FormActions>
          <Button type="submit" kind="primary" loading={trial.isPending} disabledReason={whyNotTry}>
            Try it
          </Button>
          <Button disabledReason={whyNotOn} onClick={switching.open} aria-haspopup="dialog">
            Switch on
          </Button>
        </FormActions>
      </Form>
      {trial.data !== undefined && <TrialFigures trial={trial.data} />}
      {terms !== null && <MadeUpCase payerId={payerId} terms={terms} seat={seat} />}
      <FormDialog title="Switch the rule on" opened={switching.opened} onClose={switching.close}>
        {() => <SwitchOn trialId={trial.data?.id ?? null} whyNot={whyNotOn} onClose={switching.close} />}
      </FormDialog>
    </div>
  )
}

function SwitchOn(props: { trialId: string | null; whyNot: string | null; onClose: () => void }) {
  const { trialId, whyNot, onClose } = props
  const [fromOn, setFromOn] = useState(useToday())
  const switchOn = useCall(contract.payers.switchOn, {
    invalidates: [contract.payers.get, contract.payers.list, contract.payers.ofClaim, contract.claims.preview],
    onDone: () => {
      onClose()
      void say('The rule is on.')
    },
  })
  const faults = faultsByField(switchOn.error)
  return (
    <ReasonForm
      label="Switch the rule on"
      field="Where you have it from"
      placeholder="Provider manual 2026, page 14"
      verb="Switch on"
      emptyReason="Write where you have it from."
      whyNot={whyNot ?? (fromOn === '' ? 'Choose the day from which it counts.' : null)}
      call={switchOn}
      fault={faults.source}
      kept="The rule before still holds."
      onClose={onClose}
      onSubmit={(source) => {
        if (trialId !== null) switchOn.mutate({ params: { id: trialId }, body: { fromOn, source } })
      }}
    >
      <DateField label="For services from" value={fromOn} onChange={setFromOn} error={faults.fromOn} />
    </ReasonForm>
  )
}
