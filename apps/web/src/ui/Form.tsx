import { TextInput, type TextInputProps } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, type SubmitEvent, useId } from 'react'
import css from './controls.module.css'

/** A column of fields, at most 640 px wide; submitting never reloads the page. */
export function Form(props: { onSubmit: () => void; children: ReactNode; label?: string; id?: string }) {
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault()
    props.onSubmit()
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate id={props.id} aria-label={props.label}>
      {props.children}
    </form>
  )
}

/** Fields that belong beside each other where there is room. */
export function FieldRow(props: { children: ReactNode }) {
  return <div className={css.row}>{props.children}</div>
}

/** The buttons at the end of a form; the primary one first. */
export function FormActions(props: { children: ReactNode }) {
  return <div className={css.formActions}>{props.children}</div>
}

/** What is wrong with a field, said as soon as it appears. */
export function Fault(props: { children: ReactNode; id?: string }) {
  return (
    <div className={css.fault} role="alert" id={props.id}>
      <IconAlertTriangle size={14} aria-hidden />
      <span>{props.children}</span>
    </div>
  )
}

/** A day 'YYYY-MM-DD', with the computer's own picker: it works by keyboard and by touch everywhere. */
export function DateField(
  props: Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'min' | 'max'> & {
    value: string
    onChange: (day: string) => void
    min?: string
    max?: string
  },
) {
  const { value, onChange, ...rest } = props
  return <TextInput {...rest} type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
}

export interface Choice<T extends string> {
  value: T
  label: ReactNode
  hint?: ReactNode
  /** Why it cannot be chosen here; it stays in sight. */
  disabledReason?: string | null
}

/** One of a few, as large cards that work by touch; arrows move between them. */
export function ChoiceCards<T extends string>(props: {
  legend: string
  value: T | null
  onChange: (value: T) => void
  choices: readonly Choice<T>[]
  /** Beside each other where there is room. */
  inRow?: boolean
  fault?: string | null
}) {
  const name = useId()
  const faultId = useId()
  return (
    <fieldset
      className={`${css.choices} ${props.inRow ? css.choicesRow : ''}`}
      {...(props.fault ? { 'aria-describedby': faultId } : {})}
    >
      <legend>{props.legend}</legend>
      {props.choices.map((choice) => (
        <label key={choice.value} className={css.choice}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={props.value === choice.value}
            disabled={Boolean(choice.disabledReason)}
            onChange={() => props.onChange(choice.value)}
          />
          <span className={css.choiceLabel}>{choice.label}</span>
          {(choice.disabledReason || choice.hint) && (
            <span className={css.choiceHint}>{choice.disabledReason ?? choice.hint}</span>
          )}
        </label>
      ))}
      {props.fault && <Fault id={faultId}>{props.fault}</Fault>}
    </fieldset>
  )
}

/** Some of a few, each ticked apart, as large cards that work by touch. */
export function TickCards<T extends string>(props: {
  legend: string
  value: readonly T[]
  onChange: (value: T[]) => void
  choices: readonly Choice<T>[]
  fault?: string | null
}) {
  const faultId = useId()
  return (
    <fieldset className={css.choices} {...(props.fault ? { 'aria-describedby': faultId } : {})}>
      <legend>{props.legend}</legend>
      {props.choices.map((choice) => (
        <label key={choice.value} className={css.choice}>
          <input
            type="checkbox"
            checked={props.value.includes(choice.value)}
            disabled={Boolean(choice.disabledReason)}
            onChange={(event) =>
              props.onChange(
                event.currentTarget.checked
                  ? [...props.value, choice.value]
                  : props.value.filter((value) => value !== choice.value),
              )
            }
          />
          <span className={css.choiceLabel}>{choice.label}</span>
          {(choice.disabledReason || choice.hint) && (
            <span className={css.choiceHint}>{choice.disabledReason ?? choice.hint}</span>
          )}
        </label>
      ))}
      {props.fault && <Fault id={faultId}>{props.fault}</Fault>}
    </fieldset>
  )
}
