import { NumberInput, Switch, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { Button, ChoiceCards, Fault, FieldRow } from '../../ui/index.ts'
import css from './clinics.module.css'
import type { ValueShape } from './value-schema.ts'
import { choiceWords, numberText, partText, unitOf } from './words.ts'

interface ValueFieldProps {
  policyKey: string
  title: string
  shape: ValueShape
  value: unknown
  onChange: (value: unknown) => void
  /** By part; `''` is the value itself. */
  faults: Readonly<Record<string, string>>
}

/** The field that fits a choice: cards for a few values, a number with its limits, a field for each part, or rows of such fields. */
export function ValueField(props: ValueFieldProps) {
  const { policyKey, title, shape, value, onChange, faults } = props
  const fault = faults[''] ?? null
  switch (shape.kind) {
    case 'choice':
      return (
        <ChoiceCards
          legend={title}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
          fault={fault}
          choices={shape.values.map((one) => ({ value: one, ...choiceWords(policyKey, one) }))}
        />
      )
    case 'number': {
      const limits = [
        shape.least === null ? null : `at least ${shape.least}`,
        shape.most === null ? null : `at most ${shape.most}`,
      ].filter((limit) => limit !== null)
      const known = typeof value === 'number'
      return (
        <NumberInput
          label={title}
          description={[known ? numberText(policyKey, value) : null, ...limits].filter(Boolean).join(', ')}
          value={known ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
          allowDecimal={false}
          clampBehavior="none"
          maw={260}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          suffix={unitOf(policyKey) === '' ? '' : ` ${unitOf(policyKey)}`}
          error={fault}
        />
      )
    }
    case 'yes_no':
      return (
        <Switch label={title} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
      )
    case 'text':
      return (
        <TextInput
          label={title}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
          error={fault}
        />
      )
    case 'parts': {
      const values: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {}
      const set = (name: string) => (next: unknown) => onChange({ ...values, [name]: next })
      const field = (name: string, part: ValueShape) => (
        <ValueField
          key={name}
          policyKey={policyKey}
          title={partText(name)}
          shape={part}
          value={values[name]}
          onChange={set(name)}
          faults={faults[name] === undefined ? {} : { '': faults[name] }}
        />
      )
      const small = shape.parts.filter((part) => part.shape.kind !== 'choice')
      const large = shape.parts.filter((part) => part.shape.kind === 'choice')
      return (
        <>
          <FieldRow>{small.map((part) => field(part.name, part.shape))}</FieldRow>
          {large.map((part) => field(part.name, part.shape))}
        </>
      )
    }
    case 'rows':
      return <Rows {...props} shape={shape} />
    case 'other':
      return null
  }
}

/** The same parts any number of times. */
function Rows(props: ValueFieldProps & { shape: Extract<ValueShape, { kind: 'rows' }> }) {
  const { policyKey, title, shape, value, onChange, faults } = props
  const rows: readonly unknown[] = Array.isArray(value) ? value : []
  const full = shape.most !== null && rows.length >= shape.most
  const added = useRef(false)
  /** The keyboard goes on in the line that was just added. */
  const focusAdded = (line: HTMLDivElement | null) => {
    if (line === null || !added.current) return
    added.current = false
    line.querySelector('input')?.focus()
  }
  return (
    <fieldset className={css.rows}>
      <legend>{title}</legend>
      {faults[''] !== undefined && <Fault>{faults['']}</Fault>}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name until it is written
        <div key={at} ref={at === rows.length - 1 ? focusAdded : null} className={css.row}>
          <ValueField
            policyKey={policyKey}
            title={title}
            shape={{ kind: 'parts', parts: shape.parts }}
            value={row}
            onChange={(next) => onChange(rows.with(at, next))}
            faults={Object.fromEntries(
              Object.entries(faults).flatMap(([name, text]) =>
                name.startsWith(`${at}.`) ? [[name.slice(`${at}.`.length), text]] : [],
              ),
            )}
          />
          <Button
            kind="quiet"
            size="compact-sm"
            aria-label={`Leave out line ${at + 1}`}
            onClick={() => onChange(rows.toSpliced(at, 1))}
          >
            Leave out
          </Button>
        </div>
      ))}
      {rows.length === 0 && <p className={css.note}>None yet.</p>}
      <div>
        <Button
          size="compact-sm"
          disabledReason={full ? `At most ${shape.most} lines.` : null}
          onClick={() => {
            added.current = true
            onChange([...rows, {}])
          }}
        >
          Add a line
        </Button>
      </div>
    </fieldset>
  )
}
