import type { Source } from '../sources.ts'
import type { LocalDate } from '../time.ts'

/** A value of law with the day it starts. `from` and `until` are 'YYYY-MM' or 'YYYY-MM-DD'; `until` is the first day without it. */
export interface DatedEntry<T> {
  readonly from: string
  readonly until?: string
  /** When the text was published; '' is not allowed, 'unknown' is honest. */
  readonly published: LocalDate | 'unknown'
  readonly value: T
  readonly source: Source
}

export interface Dated<T> {
  readonly key: string
  readonly unit: string
  /** The last month for which a person compared the value with its source. */
  readonly checkedThrough: string
  /** The month from which a change is due. */
  readonly nextExpected: string
  readonly values: ReadonlyArray<DatedEntry<T>>
}

/** Asked for a day before the first text. */
export class OutOfForce extends Error {
  override readonly name = 'OutOfForce'
}

const every: Array<Dated<unknown>> = []

/** Registers a value of the book. Entries are in order of `from`; keys are unique. */
export function dated<T>(value: Dated<T>): Dated<T> {
  if (every.some((known) => known.key === value.key)) throw new Error(`two values are called ${value.key}`)
  let before = ''
  for (const entry of value.values) {
    if (entry.from <= before) throw new Error(`${value.key}: entries are not in order`)
    before = entry.from
  }
  every.push(value)
  return value
}

/** Every registered value, in the order of loading. */
export function allValues(): ReadonlyArray<Dated<unknown>> {
  return every
}

/**
 * The entry in force on a day or in a month; undefined where the book has no text for it any more (the value waits).
 * @throws OutOfForce before the first text
 */
export function entryOn<T>(value: Dated<T>, on: string): DatedEntry<T> | undefined {
  // 'YYYY-MM' sorts before every 'YYYY-MM-DD' of its month, so a month start also covers its first day.
  const entry = value.values.findLast((one) => one.from <= on)
  if (!entry) throw new OutOfForce(`${value.key} has no text for ${on}`)
  return entry.until !== undefined && on >= entry.until ? undefined : entry
}

/** The value in force. @throws OutOfForce where no text is in force. */
export function valueOn<T>(value: Dated<T>, on: string): T {
  const entry = entryOn(value, on)
  if (!entry) throw new OutOfForce(`${value.key} has no text for ${on}`)
  return entry.value
}

/** True where nobody has compared the value for that month yet. */
export function isStale(value: Dated<unknown>, month: string): boolean {
  return month.slice(0, 7) > value.checkedThrough
}
