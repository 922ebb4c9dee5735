import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import css from './controls.module.css'

/** Where one is in a flow of a few steps. Done steps can be gone back to. */
export function Steps(props: {
  label: string
  steps: readonly { id: string; label: string }[]
  current: string
  onGo?: (id: string) => void
}) {
  const at = props.steps.findIndex((step) => step.id === props.current)
  return (
    <ol className={css.steps} aria-label={props.label}>
      {props.steps.map((step, index) => {
        const state = index < at ? 'done' : index === at ? 'now' : 'next'
        const body = (
          <>
            <span className={css.stepMark} aria-hidden>
              {state === 'done' ? <IconCheck size={12} stroke={2.5} /> : index + 1}
            </span>
            {step.label}
            {state === 'done' && <VisuallyHidden>, done</VisuallyHidden>}
          </>
        )
        return (
          <li
            key={step.id}
            className={css.step}
            data-state={state}
            {...(state === 'now' ? { 'aria-current': 'step' as const } : {})}
          >
            {state === 'done' && props.onGo !== undefined ? (
              <button type="button" className={css.stepBody} onClick={() => props.onGo?.(step.id)}>
                {body}
              </button>
            ) : (
              <span className={css.stepBody}>{body}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

/** The steps of a month in one table cell: a letter each, with its word on hover and for the ear. */
export function StepMarks(props: { steps: readonly { label: string; done: boolean }[] }) {
  return (
    <ul className={css.marks}>
      {props.steps.map((step) => (
        <li key={step.label}>
          <Tooltip label={`${step.label}: ${step.done ? 'done' : 'open'}`}>
            <span className={css.mark} data-done={step.done || undefined}>
              <span aria-hidden>{step.done ? <IconCheck size={12} stroke={2.5} /> : step.label.charAt(0)}</span>
              <VisuallyHidden>
                {step.label} {step.done ? 'done' : 'open'}
              </VisuallyHidden>
            </span>
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
