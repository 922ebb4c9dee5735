import { VisuallyHidden } from '@mantine/core'
import { useSurroundings } from './context.tsx'
import { dayText, dayTextAt, minutesSpoken, minutesText, moneyText, timeTextAt } from './format.ts'
import css from './text.module.css'

/** An amount from integer cents. An unknown amount is a dash with its words, never zero. */
export function Money(props: { cents: number | null }) {
  if (props.cents === null) return <Unknown words="amount not known" />
  return <span className={css.tabular}>{moneyText(props.cents)}</span>
}

/** Minutes from integer seconds: `12:40`, or `12:40 of 20:00` with `ofSeconds`. */
export function Minutes(props: { seconds: number | null; ofSeconds?: number }) {
  if (props.seconds === null) return <Unknown words="minutes not known" />
  const goal = props.ofSeconds
  return (
    <span className={css.tabular}>
      <span aria-hidden>
        {minutesText(props.seconds)}
        {goal !== undefined && <span className={css.quiet}> of {minutesText(goal)}</span>}
      </span>
      <VisuallyHidden>
        {minutesSpoken(props.seconds)}
        {goal !== undefined && ` of ${minutesSpoken(goal)}`}
      </VisuallyHidden>
    </span>
  )
}

/** A calendar day 'YYYY-MM-DD' as `Tue 3 Nov 2026`. */
export function LocalDate(props: { day: string | null; otherwise?: string }) {
  if (props.day === null) return <Unknown words={props.otherwise ?? 'no date'} />
  return (
    <time className={css.tabular} dateTime={props.day}>
      {dayText(props.day)}
    </time>
  )
}

/** An instant in the clinic's zone: `Tue 3 Nov 2026, 09:12`; with `only` just the day or the time. */
export function Instant(props: { at: string | null; only?: 'day' | 'time'; otherwise?: string }) {
  const { timeZone } = useSurroundings()
  if (props.at === null) return <Unknown words={props.otherwise ?? 'not yet'} />
  const day = dayTextAt(props.at, timeZone)
  const time = timeTextAt(props.at, timeZone)
  return (
    <time className={css.tabular} dateTime={props.at} title={`${day}, ${time} (${timeZone})`}>
      {props.only === 'day' ? day : props.only === 'time' ? time : `${day}, ${time}`}
    </time>
  )
}

function Unknown(props: { words: string }) {
  return (
    <span className={css.quiet}>
      <span aria-hidden title={props.words}>
        –
      </span>
      <VisuallyHidden>{props.words}</VisuallyHidden>
    </span>
  )
}
