import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { State } from '../theme.ts'
import css from './charts.module.css'
import { Link } from './Link.tsx'
import { StateIcon } from './StatusChip.tsx'

/** A number that opens its list, with what exactly it counts. */
export function Stat(props: {
  label: string
  value: ReactNode
  /** The list behind the number. */
  to?: string
  /** What exactly is counted, in one sentence. */
  definition: string
  /** "3 more than last week". */
  change?: ReactNode
  state?: State
}) {
  const value = (
    <span className={css.statValue}>
      {props.state !== undefined && <StateIcon state={props.state} size={18} />}
      {props.value}
    </span>
  )
  return (
    <div className={css.stat}>
      <div className={css.statLabel}>
        {props.label}
        <Tooltip label={props.definition}>
          <button type="button" className={css.define} aria-label={`${props.label}: ${props.definition}`}>
            <IconHelpCircle size={14} aria-hidden />
          </button>
        </Tooltip>
      </div>
      {props.to === undefined ? (
        value
      ) : (
        <Link to={props.to} quiet className={css.statLink ?? ''}>
          {value}
          <VisuallyHidden>, {props.label}: open the list</VisuallyHidden>
        </Link>
      )}
      {props.change !== undefined && <div className={css.statChange}>{props.change}</div>}
    </div>
  )
}

/** Numbers beside each other with hairlines between. */
export function StatRow(props: { children: ReactNode; label: string }) {
  return (
    <section className={css.statRow} aria-label={props.label}>
      {props.children}
    </section>
  )
}
