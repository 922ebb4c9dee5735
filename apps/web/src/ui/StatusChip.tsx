import { Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHelpCircle,
  IconInfoCircle,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { State } from '../theme.ts'
import css from './status.module.css'

export type { State } from '../theme.ts'
export type Icon = ComponentType<{
  size?: number | string
  stroke?: number
  className?: string | undefined
  'aria-hidden'?: boolean
}>

const icons: Record<State, Icon> = {
  good: IconCircleCheck,
  attention: IconAlertTriangle,
  stop: IconCircleX,
  info: IconInfoCircle,
  unknown: IconHelpCircle,
  neutral: IconCircleDashed,
}

export interface StatusChipProps {
  state: State
  /** The word that says the status; colour and icon only repeat it. */
  word: string
  /** One sentence of why, on hover and focus. */
  why?: string
  icon?: Icon
  /** Icon and word without the tinted ground, for dense tables. */
  plain?: boolean
}

/** A status: word, icon and state colour, always all three. */
export function StatusChip({ state, word, why, icon, plain }: StatusChipProps) {
  const Sign = icon ?? icons[state]
  const chip = (
    <span
      className={plain ? css.plain : css.chip}
      data-state={state}
      {...(why === undefined ? {} : { tabIndex: 0, 'aria-label': `${word}. ${why}`, role: 'note' })}
    >
      <Sign size={14} stroke={2} aria-hidden className={css.icon} />
      <span className={css.word}>{word}</span>
    </span>
  )
  return why === undefined ? chip : <Tooltip label={why}>{chip}</Tooltip>
}

/** The icon of a state alone; the word must stand beside it. */
export function StateIcon({ state, size = 16 }: { state: State; size?: number }) {
  const Sign = icons[state]
  return (
    <span className={css.bare} data-state={state} aria-hidden>
      <Sign size={size} stroke={2} aria-hidden />
    </span>
  )
}
