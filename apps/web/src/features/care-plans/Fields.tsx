import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { DateField } from '../../ui/index.ts'
import css from './care-plans.module.css'
import type { FieldSpec } from './fields.ts'

/** The fields of one item or section; each change goes up at once. */
export function Fields<T extends object>(props: {
  value: T
  fields: readonly FieldSpec<T>[]
  onChange: (value: T) => void
  disabled?: boolean
}) {
  const { value, fields, onChange } = props
  return (
    <div className={css.fields}>
      {fields.map((field) => (
        <div key={field.name} className={css.field} data-wide={field.wide || field.kind === 'area' || undefined}>
          <Field
            field={field}
            value={value[field.name]}
            disabled={props.disabled ?? false}
            onChange={(next) => onChange({ ...value, [field.name]: next })}
          />
        </div>
      ))}
    </div>
  )
}

function Field<T>(props: {
  field: FieldSpec<T>
  value: unknown
  disabled: boolean
  onChange: (value: unknown) => void
}) {
  const { field, value, disabled, onChange } = props
  const common = {
    label: field.label,
    disabled,
    ...(field.hint === undefined ? {} : { description: field.hint }),
  }
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'text':
      return (
        <TextInput
          {...common}
          value={text}
          onChange={(event) =>
            onChange(value === null && event.currentTarget.value === '' ? null : event.currentTarget.value)
          }
        />
      )
    case 'area':
      return (
        <Textarea {...common} value={text} maxLength={2000} onChange={(event) => onChange(event.currentTarget.value)} />
      )
    case 'day':
      return <DateField {...common} value={text} onChange={(day) => onChange(day === '' ? null : day)} />
    case 'number':
      return (
        <NumberInput
          {...common}
          min={0}
          max={10}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      )
    case 'choice':
      return <Select {...common} data={[...(field.choices ?? [])]} value={text} onChange={onChange} />
    case 'tick':
      return (
        <Checkbox
          label={field.label}
          disabled={disabled}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
  }
}
