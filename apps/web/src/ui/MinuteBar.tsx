import { VisuallyHidden } from '@mantine/core'
import css from './charts.module.css'
import { minutesSpoken, minutesText } from './format.ts'

export interface MinuteBarProps {
  /** Seconds that count toward the codes. */
  countedSeconds: number
  /** Seconds recorded that do not count. */
  leftOutSeconds?: number
  /** Why they do not count, in a few words: "voicemail". */
  leftOutWhy?: string
  /** Where each code step lies, in seconds, rising: [1200, 2400, 3600]. */
  stepsSeconds: readonly number[]
  /** Bar and figures on one line, for table rows. */
  inline?: boolean
  /** Bar alone, for table rows that show the figures in words elsewhere. */
  barOnly?: boolean
}

/** The step that comes next; the last one when all are reached; null when there are none. */
export function nextStep(countedSeconds: number, stepsSeconds: readonly number[]): number | null {
  return stepsSeconds.find((step) => step > countedSeconds) ?? stepsSeconds.at(-1) ?? null
}

/** A month's minutes against the steps of its codes: counted solid, left out hatched, a tick at each step. */
export function MinuteBar(props: MinuteBarProps) {
  const leftOut = props.leftOutSeconds ?? 0
  const goal = nextStep(props.countedSeconds, props.stepsSeconds)
  const recorded = props.countedSeconds + leftOut
  const reached = goal !== null && props.countedSeconds >= goal
  const shown = props.stepsSeconds.filter((step) => step <= (goal ?? 0) || step <= recorded)
  const end = Math.max(goal ?? 0, recorded * 1.04, 60)
  const share = (seconds: number) => `${Math.min(100, (seconds / end) * 100)}%`
  const words = [
    `${minutesSpoken(props.countedSeconds)} counted`,
    goal === null ? '' : ` of ${minutesSpoken(goal)}`,
    leftOut > 0 ? `, ${minutesSpoken(leftOut)} left out${props.leftOutWhy ? `: ${props.leftOutWhy}` : ''}` : '',
  ].join('')
  return (
    <div className={css.minutes} data-inline={props.inline || undefined}>
      <div className={css.track} aria-hidden data-reached={reached || undefined}>
        <span className={css.counted} style={{ width: share(props.countedSeconds) }} />
        {leftOut > 0 && (
          <span
            className={css.leftOut}
            style={{ left: share(props.countedSeconds), width: share(leftOut) }}
            title={`${minutesText(leftOut)} left out${props.leftOutWhy ? `: ${props.leftOutWhy}` : ''}`}
          />
        )}
        {shown.map((step) =>
          step < end ? (
            <span
              key={step}
              className={css.tick}
              data-passed={step <= props.countedSeconds || undefined}
              style={{ left: share(step) }}
              title={minutesText(step)}
            />
          ) : null,
        )}
      </div>
      {!props.barOnly && (
        <div className={css.figures} aria-hidden>
          <strong>{minutesText(props.countedSeconds)}</strong>
          {goal !== null && ` of ${minutesText(goal)}`}
          {leftOut > 0 && (
            <span className={css.quiet}>
              {' '}
              ({minutesText(leftOut)} left out{props.leftOutWhy ? `: ${props.leftOutWhy}` : ''})
            </span>
          )}
        </div>
      )}
      <VisuallyHidden>{words}</VisuallyHidden>
    </div>
  )
}
