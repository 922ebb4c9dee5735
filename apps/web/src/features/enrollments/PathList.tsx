import { type PathStep, type Role, roleNames } from '@keepwell/contract'
import { VisuallyHidden } from '@mantine/core'
import { IconBan, IconCheck, IconMinus } from '@tabler/icons-react'
import { LocalDate } from '../../ui/index.ts'
import css from './enrollments.module.css'

const marks = { done: IconCheck, open: null, not_needed: IconMinus, stopped: IconBan } as const
const stateWords: Record<PathStep['state'], string> = {
  done: 'done',
  open: 'open',
  not_needed: 'not needed',
  stopped: 'stopped',
}

/** The whole way of a patient through the program; the first open step stands out. */
export function PathList(props: { steps: readonly PathStep[] }) {
  const now = props.steps.findIndex((step) => step.state === 'open')
  return (
    <ol className={css.path} aria-label="Path through the program">
      {props.steps.map((step, index) => {
        const Mark = marks[step.state]
        return (
          <li
            key={step.id}
            className={css.pathStep}
            data-state={index === now ? 'now' : step.state}
            {...(index === now ? { 'aria-current': 'step' as const } : {})}
          >
            <span className={css.pathMark} aria-hidden>
              {Mark === null ? index + 1 : <Mark size={14} stroke={2.25} />}
            </span>
            <div>
              <div className={css.pathHead}>
                <span className={css.pathLabel}>{step.label}</span>
                <VisuallyHidden>, {stateWords[step.state]}</VisuallyHidden>
                {step.on !== null && (
                  <span className={css.quiet}>
                    <LocalDate day={step.on} />
                  </span>
                )}
              </div>
              <div className={css.pathSentence}>{step.sentence}</div>
              {step.who.length > 0 && step.state !== 'not_needed' && <RoleWords roles={step.who} />}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Whose work something is, in words. */
export function RoleWords(props: { roles: readonly Role[] }) {
  const names = props.roles.map((role) => roleNames[role])
  const last = names.at(-1)
  return (
    <div className={css.quiet}>
      {names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last?.toLowerCase()}`}
    </div>
  )
}
