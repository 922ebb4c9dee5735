/**
 * Calendar arithmetic in a clinic's IANA zone, with Intl alone. Instants are epoch milliseconds,
 * intervals are half-open [startMs, endMs), months 'YYYY-MM', dates 'YYYY-MM-DD'.
 *
 * A local day starts at the first instant whose local date is that day or later. So every instant is in
 * exactly one day and one month, also where midnight does not exist (Asuncion) or comes twice (Havana).
 */
export type Month = string
export type LocalDate = string

export interface Interval {
  readonly startMs: number
  readonly endMs: number
}

const DAY_MS = 86_400_000
const MONTH_SHAPE = /^\d{4}-(0[1-9]|1[0-2])$/
const DATE_SHAPE = /^\d{4}-\d{2}-\d{2}$/
/** Days and months are kept per zone; a clinic touches a few hundred, a fuzzer many more. */
const CACHE_LIMIT = 20_000

interface Zone {
  readonly format: Intl.DateTimeFormat
  readonly dayStarts: Map<number, number>
  readonly months: Map<Month, Interval>
  lastDay: { date: LocalDate; startMs: number; endMs: number } | undefined
}

const zones = new Map<string, Zone>()

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  const zone: Zone = {
    format,
    dayStarts: new Map(),
    months: new Map(),
    lastDay: undefined,
  }
  zones.set(timeZone, zone)
  return zone
}

/** True where the name is an IANA zone this machine knows. */
export function isTimeZone(name: string): boolean {
  // Fixed offsets such as '+05:00' pass Intl but are not a clinic's zone: they know no daylight saving time.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    zoneOf(name)
    return true
  } catch {
    return false
  }
}

export function isMonth(text: string): boolean {
  return MONTH_SHAPE.test(text)
}

/** True for a date that exists: 2026-02-29 is false. */
export function isLocalDate(text: string): boolean {
  return DATE_SHAPE.test(text) && dateOfDay(dayNumber(text)) === text
}

/** Days since 1970-01-01 of a calendar date. */
function dayNumber(date: LocalDate): number {
  return Math.floor(Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10)) / DAY_MS)
}

function dateOfDay(day: number): LocalDate {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** The wall clock at an instant, to the second, read as if it were UTC. */
function wallMs(zone: Zone, ms: number): number {
  let year = 0
  let month = 0
  let day = 0
  let hour = 0
  let minute = 0
  let second = 0
  for (const part of zone.format.formatToParts(ms)) {
    if (part.type === 'year') year = +part.value
    else if (part.type === 'month') month = +part.value
    else if (part.type === 'day') day = +part.value
    else if (part.type === 'hour') hour = +part.value
    else if (part.type === 'minute') minute = +part.value
    else if (part.type === 'second') second = +part.value
  }
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

/** How far the clock is ahead of UTC; @param ms a whole second */
function offsetMs(zone: Zone, ms: number): number {
  return wallMs(zone, ms) - ms
}

/** The first instant in [low, high] at which the predicate holds; it holds at high and stays true once true. */
function firstInstant(low: number, high: number, holds: (ms: number) => boolean): number {
  let from = low
  let to = high
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return to
}

/** Keeps an answer; where the keep is full it begins anew. */
function keep<K, V>(kept: Map<K, V>, key: K, value: V): V {
  if (kept.size >= CACHE_LIMIT) kept.clear()
  kept.set(key, value)
  return value
}

function dayStart(zone: Zone, day: number): number {
  const known = zone.dayStarts.get(day)
  if (known !== undefined) return known
  const midnight = day * DAY_MS
  const before = offsetMs(zone, midnight - DAY_MS)
  const after = offsetMs(zone, midnight + DAY_MS)
  const start =
    before === after
      ? midnight - before
      : firstInstant(midnight - DAY_MS, midnight + DAY_MS, (ms) => wallMs(zone, ms) >= midnight)
  return keep(zone.dayStarts, day, start)
}

/** [first instant of the date, first instant of the next). Empty where a zone skipped the day. */
export function dayWindow(date: LocalDate, timeZone: string): Interval {
  const zone = zoneOf(timeZone)
  const day = dayNumber(date)
  return { startMs: dayStart(zone, day), endMs: dayStart(zone, day + 1) }
}

/** [local first of the month, local first of the next month). */
export function monthWindow(month: Month, timeZone: string): Interval {
  const zone = zoneOf(timeZone)
  const known = zone.months.get(month)
  if (known) return known
  if (!isMonth(month)) throw new RangeError(`not a month: ${month}`)
  return keep(zone.months, month, {
    startMs: dayStart(zone, dayNumber(firstDayOf(month))),
    endMs: dayStart(zone, dayNumber(firstDayOf(nextMonth(month)))),
  })
}

/** The clinic's date at an instant. */
export function localDateOf(ms: number, timeZone: string): LocalDate {
  const zone = zoneOf(timeZone)
  const last = zone.lastDay
  if (last && ms >= last.startMs && ms < last.endMs) return last.date
  let day = Math.floor(ms / DAY_MS)
  while (ms < dayStart(zone, day)) day -= 1
  while (ms >= dayStart(zone, day + 1)) day += 1
  const date = dateOfDay(day)
  zone.lastDay = { date, startMs: dayStart(zone, day), endMs: dayStart(zone, day + 1) }
  return date
}

/** The service month at an instant in the clinic's zone. */
export function monthOf(ms: number, timeZone: string): Month {
  return monthOfDate(localDateOf(ms, timeZone))
}

/** The month a date lies in. */
export function monthOfDate(date: LocalDate): Month {
  return date.slice(0, 7)
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

function addMonthNumber(month: Month, count: number): Month {
  const total = +month.slice(0, 4) * 12 + (+month.slice(5, 7) - 1) + count
  return `${pad(Math.floor(total / 12), 4)}-${pad((total % 12) + 1, 2)}`
}

export function nextMonth(month: Month): Month {
  return addMonthNumber(month, 1)
}

export function previousMonth(month: Month): Month {
  return addMonthNumber(month, -1)
}

export function addMonths(month: Month, count: number): Month {
  return addMonthNumber(month, count)
}

export function firstDayOf(month: Month): LocalDate {
  return `${month}-01`
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A month close asks for one month thousands of times, so the last answer is kept. */
let lastAsked = { month: '', day: '' }

export function lastDayOf(month: Month): LocalDate {
  if (lastAsked.month !== month) lastAsked = { month, day: workOutLastDay(month) }
  return lastAsked.day
}

function workOutLastDay(month: Month): LocalDate {
  const year = +month.slice(0, 4)
  const number = +month.slice(5, 7)
  const leap = number === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return `${month}-${(MONTH_LENGTHS[number - 1] ?? 0) + (leap ? 1 : 0)}`
}

export function addDays(date: LocalDate, count: number): LocalDate {
  return dateOfDay(dayNumber(date) + count)
}

/** Days from one date to another; negative where the second is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** The same day in another year; 29 February becomes 28 February where the year has none. */
export function addYears(date: LocalDate, count: number): LocalDate {
  const moved = `${pad(+date.slice(0, 4) + count, 4)}${date.slice(4)}`
  return isLocalDate(moved) ? moved : `${moved.slice(0, 8)}28`
}

/** Completed years on a date. Somebody born on 29 February completes a year on 1 March of a common year. */
export function ageOn(bornOn: LocalDate, on: LocalDate): number {
  return +on.slice(0, 4) - +bornOn.slice(0, 4) - (on.slice(5) < bornOn.slice(5) ? 1 : 0)
}

/**
 * The instant of a wall-clock time. A time that comes twice means the first one; a time that the clocks
 * jump over means the same distance after the jump (02:30 becomes 03:30).
 * @param time 'HH:MM' or 'HH:MM:SS'
 */
export function instantOf(date: LocalDate, time: string, timeZone: string): number {
  const zone = zoneOf(timeZone)
  const [hour = '0', minute = '0', second = '0'] = time.split(':')
  const wall = dayNumber(date) * DAY_MS + (+hour * 3600 + +minute * 60 + +second) * 1000
  const before = offsetMs(zone, wall - DAY_MS)
  const after = offsetMs(zone, wall + DAY_MS)
  if (wallMs(zone, wall - before) === wall) return wall - before
  if (wallMs(zone, wall - after) === wall) return wall - after
  return wall - before
}

/** An ISO 8601 instant ('2026-10-03T14:00:00Z', '…-04:00') in epoch milliseconds, or undefined. */
export function parseInstant(text: string): number | undefined {
  const shape =
    /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?([Zz]|[+-]([01]\d|2[0-3]):?[0-5]\d)$/.exec(
      text,
    )
  if (!shape?.[1] || !isLocalDate(shape[1])) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? undefined : ms
}

/** Two digits at a place of a text, or NaN. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/**
 * The same as Date.parse for texts that parseInstant accepts, several times faster for the common
 * '2026-10-03T14:00:00Z'. NaN where a digit is none.
 */
export function instantMs(text: string): number {
  if (text.length !== 20 || text.charCodeAt(19) !== 90 || text.charCodeAt(10) !== 84) return Date.parse(text)
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const days = MONTH_STARTS[month]
  if (days === undefined || !(year >= 1970)) return Date.parse(text)
  const before = month > 2 ? year : year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477
  const day = (year - 1970) * 365 + leapDays + days + twoDigits(text, 8) - 1
  return ((day * 24 + twoDigits(text, 11)) * 60 + twoDigits(text, 14)) * 60_000 + twoDigits(text, 17) * 1000
}

const MONTH_STARTS: readonly (number | undefined)[] = [undefined, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

/** The parts of an interval by service month, in order; an empty interval has none. */
export function splitAtMonths(interval: Interval, timeZone: string): Array<Interval & { readonly month: Month }> {
  const parts: Array<Interval & { month: Month }> = []
  let startMs = interval.startMs
  while (startMs < interval.endMs) {
    const month = monthOf(startMs, timeZone)
    const endMs = Math.min(interval.endMs, monthWindow(month, timeZone).endMs)
    parts.push({ startMs, endMs, month })
    startMs = endMs
  }
  return parts
}

/** The parts of an interval by local day, in order; an empty interval has none. */
export function splitAtLocalMidnights(
  interval: Interval,
  timeZone: string,
): Array<Interval & { readonly date: LocalDate }> {
  const parts: Array<Interval & { date: LocalDate }> = []
  let startMs = interval.startMs
  while (startMs < interval.endMs) {
    const date = localDateOf(startMs, timeZone)
    const endMs = Math.min(interval.endMs, dayWindow(date, timeZone).endMs)
    parts.push({ startMs, endMs, date })
    startMs = endMs
  }
  return parts
}

/** Disjoint, sorted intervals that cover the same time; empty ones are dropped, touching ones joined. */
export function unionOf(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter((one) => one.endMs > one.startMs).sort((a, b) => a.startMs - b.startMs)
  const union: Array<{ startMs: number; endMs: number }> = []
  let open: { startMs: number; endMs: number } | undefined
  for (const next of sorted) {
    if (open && next.startMs <= open.endMs) {
      if (next.endMs > open.endMs) open.endMs = next.endMs
    } else {
      open = { startMs: next.startMs, endMs: next.endMs }
      union.push(open)
    }
  }
  return union
}

/** The time that is in `from` and not in `away`; disjoint and sorted. */
export function subtract(from: readonly Interval[], away: readonly Interval[]): Interval[] {
  const rest: Interval[] = []
  const holes = unionOf(away)
  for (const whole of unionOf(from)) {
    let startMs = whole.startMs
    for (const hole of holes) {
      if (hole.endMs <= startMs) continue
      if (hole.startMs >= whole.endMs) break
      if (hole.startMs > startMs) rest.push({ startMs, endMs: hole.startMs })
      startMs = hole.endMs
      if (startMs >= whole.endMs) break
    }
    if (startMs < whole.endMs) rest.push({ startMs, endMs: whole.endMs })
  }
  return rest
}

/** The time that is in both; disjoint and sorted. */
export function overlapOf(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left = unionOf(a)
  const right = unionOf(b)
  const both: Interval[] = []
  let i = 0
  let j = 0
  for (;;) {
    const one = left[i]
    const other = right[j]
    if (!one || !other) return both
    const startMs = Math.max(one.startMs, other.startMs)
    const endMs = Math.min(one.endMs, other.endMs)
    if (startMs < endMs) both.push({ startMs, endMs })
    if (one.endMs < other.endMs) i += 1
    else j += 1
  }
}

/** True where the two share any time. */
export function overlaps(a: Interval, b: Interval): boolean {
  return Math.max(a.startMs, b.startMs) < Math.min(a.endMs, b.endMs)
}

/** Sum of the lengths in milliseconds. Give disjoint intervals, or pass them through unionOf first. */
export function totalMs(intervals: readonly Interval[]): number {
  let total = 0
  for (const one of intervals) total += Math.max(0, one.endMs - one.startMs)
  return total
}

/** Whole seconds of a sum of milliseconds, floored once. */
export function secondsFloor(ms: number): number {
  return Math.floor(ms / 1000)
}

/** Whole minutes of a sum of seconds, floored once: 19 min 59 s is 19. */
export function creditedMinutesFloor(seconds: number): number {
  return Math.floor(seconds / 60)
}
