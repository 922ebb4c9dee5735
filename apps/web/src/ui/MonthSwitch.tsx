import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { Button } from './Button.tsx'
import css from './controls.module.css'
import { monthText } from './format.ts'

/** The month so many months after another, 'YYYY-MM'. */
export function monthAfter(month: string, steps: number): string {
  const whole = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + steps
  return `${Math.floor(whole / 12)}-${String((whole % 12) + 1).padStart(2, '0')}`
}

/** Steps through months, up to `latest`. With `allLabel` no month may be chosen: null is every month. */
export function MonthSwitch(props: {
  month: string | null
  latest: string
  onChange: (month: string | null) => void
  allLabel?: string
}) {
  const { month, latest, onChange } = props
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings the look of a form
    <div className={css.months} role="group" aria-label="Month">
      <ActionIcon
        aria-label={month === null ? monthText(monthAfter(latest, -1)) : 'Month before'}
        onClick={() => onChange(monthAfter(month ?? latest, -1))}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <span className={css.monthsNow} aria-live="polite">
        {month === null ? props.allLabel : monthText(month)}
      </span>
      <ActionIcon
        aria-label={month === null ? monthText(latest) : 'Month after'}
        disabled={month !== null && month >= latest}
        onClick={() => onChange(month === null ? latest : monthAfter(month, 1))}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
      {props.allLabel !== undefined && month !== null && (
        <Button kind="quiet" size="compact-sm" onClick={() => onChange(null)}>
          {props.allLabel}
        </Button>
      )}
    </div>
  )
}
