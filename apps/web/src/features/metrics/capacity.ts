import type { ControlRoom } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

type Load = Pick<ControlRoom['caseload'][number], 'neededMinutes' | 'availableMinutes'>

/** Whether the time left suffices: `tight` when more than four fifths of it is needed. */
export function capacityFace({ neededMinutes, availableMinutes }: Load): { state: State; word: string } {
  if (neededMinutes === 0) return { state: 'good', word: 'All at 20' }
  const lacking = neededMinutes - availableMinutes
  if (lacking > 0) return { state: 'stop', word: `${lacking} min too few` }
  return neededMinutes > availableMinutes * 0.8
    ? { state: 'attention', word: 'Tight' }
    : { state: 'good', word: 'Enough time' }
}

/** Widths of the bar and its mark, in percent of the longer of the two. */
export function capacityBar({ neededMinutes, availableMinutes }: Load): {
  needed: number
  available: number
} {
  const most = Math.max(neededMinutes, availableMinutes, 1)
  return { needed: (neededMinutes / most) * 100, available: (availableMinutes / most) * 100 }
}
