import type { LeftOutLine, TimeEntry } from '@keepwell/contract'
import { minutesText, type State } from '../../ui/index.ts'

export const contactNames: Record<NonNullable<TimeEntry['contact']>, string> = {
  patient: 'The patient',
  caregiver: 'The caregiver',
  provider: 'Another provider',
  pharmacy: 'A pharmacy',
  agency: 'An agency',
  family: 'Family',
  other: 'Somebody else',
}

/** Why time was left out, the largest reason first, short enough for a bar. */
export function leftOutText(lines: readonly LeftOutLine[]): string {
  const short = (line: LeftOutLine) => (line.words.split(':')[0] ?? line.words).toLowerCase()
  const [only] = lines
  if (only !== undefined && lines.length === 1) return short(only)
  return lines.map((line) => `${minutesText(line.seconds)} ${short(line)}`).join(', ')
}

/** How an entry stands: whether it counts, waits, was replaced or came late. */
export function entryStanding(entry: TimeEntry): { state: State; word: string; why: string } {
  if (entry.superseded !== null)
    return { state: 'neutral', word: 'Replaced', why: `${entry.superseded.by}: ${entry.superseded.reason}` }
  if (entry.approval === 'waiting')
    return { state: 'attention', word: 'Waits', why: 'A second person has to approve it; then it counts.' }
  if (entry.late)
    return {
      state: 'attention',
      word: 'Late',
      why: 'It came after the month was closed and is with the correction cases.',
    }
  const why = entry.leftOut.map((line) => line.words).join('. ')
  if (entry.countedSeconds === 0) return { state: 'neutral', word: 'Left out', why }
  return entry.countedSeconds < entry.seconds
    ? { state: 'info', word: 'In part', why }
    : { state: 'good', word: 'Counts', why: 'All of it counts.' }
}

/** The instant of a clinic's day and wall clock, as the API takes it; of a time that comes twice, the first. */
export function instantIn(day: string, time: string, timeZone: string): string | null {
  const wall = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`)
  if (Number.isNaN(wall)) return null
  const before = wall - offsetAt(wall - 86_400_000, timeZone)
  const after = wall - offsetAt(wall + 86_400_000, timeZone)
  const fits = [Math.min(before, after), Math.max(before, after)].find((at) => at + offsetAt(at, timeZone) === wall)
  return new Date(fits ?? before).toISOString()
}

/** The day and the wall clock of an instant in a zone, for the fields of a form. */
export function wallClockOf(instant: string, timeZone: string): { day: string; time: string } {
  const at = Date.parse(instant)
  const text = new Date(at + offsetAt(at, timeZone)).toISOString()
  return { day: text.slice(0, 10), time: text.slice(11, 19) }
}

function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(instant)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(instant / 1000) * 1000
  )
}
