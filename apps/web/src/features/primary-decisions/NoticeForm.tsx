import {
  contract,
  filingCodes,
  filingCodeWords,
  mspTypes,
  mspTypeWords,
  type PrimaryDecisionView,
  relationships,
  relationshipWords,
} from '@keepwell/contract'
import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { faultsByField, useCall, useToday } from '../../api/index.ts'
import { Button, DateField, DeedForm, Fault, FieldRow, Money } from '../../ui/index.ts'
import {
  bodyOf,
  draftOf,
  groups,
  leftOf,
  type NoticeDraft,
  otherAllowed,
  type TypedLine,
  whyNotKept,
} from './notice-draft.ts'
import css from './primary-decisions.module.css'

const choicesOf = <T extends string>(values: readonly T[], words: Readonly<Record<T, string>>) =>
  values.map((value) => ({ value, label: words[value] }))

/** The notice of the first insurer, typed line by line; kept only when each line balances to the cent. */
export function NoticeForm(props: {
  view: PrimaryDecisionView
  verb: string
  onClose: () => void
  onDone: () => void
}) {
  const { view } = props
  const today = useToday()
  const corrects = view.standing !== null
  const [draft, setDraft] = useState(() => draftOf(view, today))
  const set = (change: Partial<NoticeDraft>) => setDraft((before) => ({ ...before, ...change }))
  const record = useCall(contract.primaryDecisions.record, {
    invalidates: [
      contract.primaryDecisions.get,
      contract.months.verdict,
      contract.months.board,
      contract.months.corrections,
    ],
    onDone: props.onDone,
  })
  const faults = faultsByField(record.error)
  const setLine = (at: number, line: TypedLine) =>
    set({ lines: draft.lines.map((one, index) => (index === at ? line : one)) })

  return (
    <DeedForm
      label="What the first insurer decided"
      verb={corrects ? 'Keep the correction' : 'Keep it'}
      whyNot={whyNotKept(draft, corrects)}
      call={record}
      kept="Nothing was kept; what you typed stays here."
      onClose={props.onClose}
      onSubmit={() => {
        const body = bodyOf(draft)
        if (body !== null) record.mutate({ params: { month: view.month, patientId: view.patient.id }, body })
      }}
    >
      <FieldRow>
        <TextInput
          label="Insurer"
          maxLength={120}
          data-autofocus
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={faults['insurer.name']}
        />
        <TextInput
          label="Payer id"
          description="As the clearinghouse lists the insurer"
          maxLength={20}
          value={draft.payerId}
          onChange={(event) => set({ payerId: event.currentTarget.value })}
          error={faults['insurer.payerId']}
        />
      </FieldRow>
      <FieldRow>
        <Select
          label="Kind of insurer"
          allowDeselect={false}
          data={choicesOf(filingCodes, filingCodeWords)}
          value={draft.filingCode}
          onChange={(value) => set({ filingCode: filingCodes.find((kind) => kind === value) ?? draft.filingCode })}
        />
        <Select
          label="Why Medicare pays second"
          data={choicesOf(mspTypes, mspTypeWords)}
          value={draft.mspType}
          onChange={(value) => set({ mspType: mspTypes.find((type) => type === value) ?? null })}
          error={faults['insurer.mspType']}
        />
      </FieldRow>
      <FieldRow>
        <Select
          label="Whose insurance it is"
          allowDeselect={false}
          data={choicesOf(relationships, relationshipWords)}
          value={draft.relationship}
          onChange={(value) => set({ relationship: relationships.find((one) => one === value) ?? draft.relationship })}
        />
        <TextInput
          label="Policy or group number"
          maxLength={50}
          value={draft.groupNumber}
          onChange={(event) => set({ groupNumber: event.currentTarget.value })}
          error={faults['insurer.groupNumber']}
        />
      </FieldRow>
      <FieldRow>
        <TextInput
          label="Given name of the insured"
          maxLength={120}
          value={draft.given}
          onChange={(event) => set({ given: event.currentTarget.value })}
          error={faults['insurer.insured.given']}
        />
        <TextInput
          label="Family name of the insured"
          maxLength={120}
          value={draft.family}
          onChange={(event) => set({ family: event.currentTarget.value })}
          error={faults['insurer.insured.family']}
        />
        <TextInput
          label="Member number"
          maxLength={80}
          value={draft.memberId}
          onChange={(event) => set({ memberId: event.currentTarget.value })}
          error={faults['insurer.insured.memberId']}
        />
      </FieldRow>
      <FieldRow>
        <DateField
          label="Decided on"
          max={today}
          value={draft.decidedOn}
          onChange={(decidedOn) => set({ decidedOn })}
          error={faults.decidedOn}
        />
        <TextInput
          label="The insurer's number of its claim"
          maxLength={50}
          value={draft.claimNumber}
          onChange={(event) => set({ claimNumber: event.currentTarget.value })}
          error={faults.claimNumber}
        />
      </FieldRow>
      {draft.lines.map((line, index) => (
        <DecidedLine
          key={line.code}
          line={line}
          faults={Object.entries(faults).flatMap(([field, message]) =>
            field.startsWith(`lines.${index}.`) ? [message] : [],
          )}
          onChange={(next) => setLine(index, next)}
        />
      ))}
      {corrects && (
        <TextInput
          label="Why it is corrected"
          maxLength={500}
          value={draft.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
          error={faults.reason}
        />
      )}
    </DeedForm>
  )
}

function DecidedLine(props: { line: TypedLine; faults: readonly string[]; onChange: (line: TypedLine) => void }) {
  const { line, onChange } = props
  const left = leftOf(line)
  const allowed = otherAllowed(line)
  const change = (at: number, adjustment: Partial<TypedLine['adjustments'][number]>) =>
    onChange({
      ...line,
      adjustments: line.adjustments.map((one, index) => (index === at ? { ...one, ...adjustment } : one)),
    })
  return (
    <fieldset className={css.line}>
      <legend>
        {line.units === 1 ? line.code : `${line.units} × ${line.code}`}, charge <Money cents={line.chargeCents} />
      </legend>
      <FieldRow>
        <TextInput
          label="Allowed"
          inputMode="decimal"
          placeholder="0.00"
          value={line.allowed}
          onChange={(event) => onChange({ ...line, allowed: event.currentTarget.value })}
        />
        <TextInput
          label="Paid"
          inputMode="decimal"
          placeholder="0.00"
          value={line.paid}
          onChange={(event) => onChange({ ...line, paid: event.currentTarget.value })}
        />
      </FieldRow>
      {line.adjustments.map((adjustment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an adjustment has no name of its own, and none is moved.
        <div className={css.adjustment} key={index}>
          <Select
            label={`Adjustment ${index + 1}: group`}
            allowDeselect={false}
            data={[...groups]}
            value={adjustment.group}
            onChange={(value) => change(index, { group: groups.find((group) => group === value) ?? adjustment.group })}
          />
          <TextInput
            label={`Adjustment ${index + 1}: reason`}
            maxLength={5}
            value={adjustment.code}
            onChange={(event) => change(index, { code: event.currentTarget.value })}
          />
          <TextInput
            label={`Adjustment ${index + 1}: amount`}
            inputMode="decimal"
            placeholder="0.00"
            value={adjustment.amount}
            onChange={(event) => change(index, { amount: event.currentTarget.value })}
          />
        </div>
      ))}
      <Button
        kind="quiet"
        size="compact-sm"
        disabledReason={line.adjustments.length < 12 ? null : 'A line takes twelve adjustments at most.'}
        onClick={() => onChange({ ...line, adjustments: [...line.adjustments, { group: 'OA', code: '', amount: '' }] })}
      >
        Another adjustment
      </Button>
      <p aria-live="polite" className={left === null || left === 0 ? css.quiet : css.less}>
        {left === 0 ? (
          'Balances.'
        ) : left === null ? (
          'Write every amount as 123.45.'
        ) : (
          <>
            <Money cents={Math.abs(left)} /> of the charge {left > 0 ? 'is neither paid nor adjusted' : 'is too much'}.
          </>
        )}
      </p>
      {allowed !== null && (
        <p className={css.quiet}>
          Paid and left to the patient (PR) come to <Money cents={allowed} />: compare the allowed amount with the
          notice.
        </p>
      )}
      {props.faults.map((message) => (
        <Fault key={message}>{message}</Fault>
      ))}
    </fieldset>
  )
}
