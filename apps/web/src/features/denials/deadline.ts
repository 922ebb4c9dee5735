import type { Denial } from '@keepwell/contract'
import type { State } from '../../ui/index.ts'

const soonDays = 14
const monthDays = 45

/** How near the last day is, as word and state. */
export function deadlineFace(denial: Pick<Denial, 'daysLeft'>): { state: State; word: string } {
  const { daysLeft } = denial
  if (daysLeft === null) return { state: 'neutral', word: 'No deadline' }
  if (daysLeft < 0) return { state: 'stop', word: `${-daysLeft} ${-daysLeft === 1 ? 'day' : 'days'} too late` }
  if (daysLeft === 0) return { state: 'stop', word: 'Today' }
  const word = `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left`
  if (daysLeft <= soonDays) return { state: 'stop', word }
  return { state: daysLeft <= monthDays ? 'attention' : 'neutral', word }
}
