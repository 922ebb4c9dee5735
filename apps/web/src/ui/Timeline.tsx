import type { ReactNode } from 'react'
import type { State } from '../theme.ts'
import css from './charts.module.css'
import { StateIcon } from './StatusChip.tsx'

export interface TimelineEvent {
  id: string
  title: ReactNode
  /** A `LocalDate` or an `Instant`. */
  when: ReactNode
  body?: ReactNode
  state?: State
}

/** What happened, one after another; give it the newest first. */
export function Timeline(props: { label: string; events: readonly TimelineEvent[] }) {
  return (
    <ol className={css.timeline} aria-label={props.label}>
      {props.events.map((event) => (
        <li key={event.id} className={css.event}>
          <span className={css.eventIcon}>
            <StateIcon state={event.state ?? 'neutral'} />
          </span>
          <div>
            <div className={css.eventHead}>
              <span className={css.eventTitle}>{event.title}</span>
              <span className={css.eventWhen}>{event.when}</span>
            </div>
            {event.body !== undefined && <div className={css.eventBody}>{event.body}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
