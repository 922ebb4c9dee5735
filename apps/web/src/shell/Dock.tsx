import { type ReactNode, useEffect, useState } from 'react'
import { useServerClock } from '../api/index.ts'
import { Link, minutesSpoken, minutesText } from '../ui/index.ts'
import { runningSeconds } from './running-seconds.ts'
import css from './strip.module.css'

export interface DockProps {
  /** Whose time runs; the name leads back to the work. */
  title: string
  to: string
  /** "Phone call", "stopped for 2 minutes". */
  note?: ReactNode
  /** Seconds that had run at `asOf`, by the server's clock. */
  seconds: number
  /** The instant, by the server's clock, at which `seconds` was true. */
  asOf: string
  paused: boolean
  /** Pause, stop. */
  actions: ReactNode
}

/**
 * The running timer at the foot of every page: it never covers a form and goes on while pages change. It counts
 * by the server's clock; the figure that is kept is the server's own.
 */
export function Dock(props: DockProps) {
  const seconds = useRunning(props)
  return (
    <aside className={css.dock} aria-label="Running timer">
      <span className={css.clock}>
        <span className={css.pulse} data-paused={props.paused || undefined} aria-hidden />
        <span role="timer" aria-label={`${minutesSpoken(seconds)}${props.paused ? ', paused' : ''}`}>
          {minutesText(seconds)}
        </span>
      </span>
      <span className={css.dockWords}>
        <Link to={props.to} quiet>
          <strong>{props.title}</strong>
        </Link>
        <span className={css.dockNote}>{props.paused ? 'Paused' : (props.note ?? 'Running')}</span>
      </span>
      <span className={css.dockActions}>{props.actions}</span>
    </aside>
  )
}

function useRunning({ seconds, asOf, paused }: Pick<DockProps, 'seconds' | 'asOf' | 'paused'>): number {
  const clock = useServerClock()
  const [now, setNow] = useState(clock)
  // Time is the outside system here: a second at a time, only while it runs.
  useEffect(() => {
    setNow(clock())
    if (paused) return
    const timer = setInterval(() => setNow(clock()), 1000)
    return () => clearInterval(timer)
  }, [clock, paused])
  return paused ? seconds : runningSeconds(seconds, Date.parse(asOf), now)
}
