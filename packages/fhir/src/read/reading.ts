import { parseWhen, type When } from './dates.ts'
import type { Finding, FindingCode } from './findings.ts'

export interface JsonObject {
  readonly [key: string]: unknown
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One resource being read: what was found so far and how to look outside it. */
export interface Reading {
  readonly type: string
  readonly id: string
  readonly root: JsonObject
  readonly findings: Finding[]
  readonly today: string | null
  readonly resolve: (reference: string) => string | null
  readonly find: (reference: string) => unknown
  /** Date fields of the record in hand that are less precise than they look. */
  approximate: string[]
}

/** A resource with more flaws than this is hopeless; the list need not be complete to say so. */
const warningLimit = 100

export function warn(reading: Reading, code: FindingCode, path: string, message: string): void {
  if (reading.findings.length >= warningLimit) return
  reading.findings.push({ severity: 'warning', code, path, message })
}

/** Records why the resource cannot be taken. Returns null so that a mapper can `return refuse(…)`. */
export function refuse(reading: Reading, code: FindingCode, path: string, message: string): null {
  reading.findings.push({ severity: 'error', code, path, message })
  return null
}

const exact: readonly string[] = []

/** The names gathered in `approximate` for the record just made; the next record starts afresh. */
export function takeApproximate(reading: Reading): readonly string[] {
  if (reading.approximate.length === 0) return exact
  const taken = reading.approximate
  reading.approximate = []
  return taken
}

/** What a value is, in words for a finding. */
export function shapeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'boolean') return 'true or false'
  return `a ${typeof value}`
}

/** A value as shown in a finding: short, on one line, and fit to be stored. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    const line = value.replaceAll(/\p{Cc}+/gu, ' ')
    return `"${(line.length > 60 ? `${line.slice(0, 57)}…` : line).toWellFormed()}"`
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return shapeOf(value)
}

/** A string, trimmed; null when absent or empty. Anything else is left out with a warning. */
export function text(reading: Reading, node: JsonObject, key: string, path: string): string | null {
  const value = node[key]
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return cleaned(reading, value, path, key)
  warn(reading, 'value_wrong_type', `${path}.${key}`, `A text was expected here, not ${shapeOf(value)}.`)
  return null
}

/** A string as `text` reads it, from places that are judged elsewhere: no findings. */
export function quietText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const kept = value.replaceAll('\u0000', '').toWellFormed().trim()
  return kept === '' ? null : kept
}

/** A string inside a list. */
export function textItem(reading: Reading, value: unknown, path: string): string | null {
  if (typeof value === 'string') return cleaned(reading, value, path, '')
  if (value !== null && value !== undefined) {
    warn(reading, 'value_wrong_type', path, `A text was expected here, not ${shapeOf(value)}.`)
  }
  return null
}

function cleaned(reading: Reading, value: string, path: string, key: string): string | null {
  let kept = value
  // PostgreSQL cannot hold NUL in text, and half a surrogate pair is no UTF-8.
  if (kept.includes('\u0000') || !kept.isWellFormed()) {
    kept = kept.replaceAll('\u0000', '').toWellFormed()
    const place = key === '' ? path : `${path}.${key}`
    warn(reading, 'character_forbidden', place, 'The text holds a character that no text may hold; it was left out.')
  }
  kept = kept.trim()
  return kept === '' ? null : kept
}

/** An object; a list of objects where one was expected gives its first, with a warning. */
export function object(reading: Reading, node: JsonObject, key: string, path: string): JsonObject | null {
  const value = node[key]
  if (value === undefined || value === null) return null
  if (isObject(value)) return value
  if (Array.isArray(value)) {
    const first: unknown = value[0]
    if (isObject(first)) {
      warn(reading, 'value_wrong_shape', `${path}.${key}`, 'One object was expected, not a list; the first is used.')
      return first
    }
  }
  warn(reading, 'value_wrong_type', `${path}.${key}`, `An object was expected here, not ${shapeOf(value)}.`)
  return null
}

const nothing: readonly never[] = []
/** No list that is read here is longer in earnest; the bound keeps a hostile file from costing time. */
const listLimit = 1000

/** A list; a single object where a list was expected counts as a list of one, with a warning. */
export function list(reading: Reading, node: JsonObject, key: string, path: string): readonly unknown[] {
  const value = node[key]
  if (value === undefined || value === null) return nothing
  if (Array.isArray(value)) {
    if (value.length <= listLimit) return value
    const message = `The list has ${value.length} entries; only the first ${listLimit} are read.`
    warn(reading, 'list_too_long', `${path}.${key}`, message)
    return value.slice(0, listLimit)
  }
  if (isObject(value)) {
    warn(reading, 'value_wrong_shape', `${path}.${key}`, 'A list was expected here, not a single object.')
    return [value]
  }
  warn(reading, 'value_wrong_type', `${path}.${key}`, `A list was expected here, not ${shapeOf(value)}.`)
  return nothing
}

export interface Item {
  readonly node: JsonObject
  readonly path: string
}

/** The objects of a list, each with its place; anything else in it is left out with a warning. */
export function items(reading: Reading, node: JsonObject, key: string, path: string): Item[] {
  const values = list(reading, node, key, path)
  const found: Item[] = []
  for (let index = 0; index < values.length; index++) {
    const value: unknown = values[index]
    const place = `${path}.${key}[${index}]`
    if (isObject(value)) found.push({ node: value, path: place })
    else warn(reading, 'value_wrong_type', place, `An object was expected here, not ${shapeOf(value)}.`)
  }
  return found
}

/** A code of a closed list; null with a warning when it is not one of them. */
export function code<Code extends string>(
  reading: Reading,
  node: JsonObject,
  key: string,
  path: string,
  allowed: ReadonlySet<Code>,
): Code | null {
  const value = text(reading, node, key, path)
  if (value === null) return null
  if (isOneOf(value, allowed)) return value
  warn(reading, 'code_unknown', `${path}.${key}`, `${shown(value)} is not one of ${[...allowed].join(', ')}.`)
  return null
}

export function isOneOf<Code extends string>(value: string, allowed: ReadonlySet<Code>): value is Code {
  return (allowed as ReadonlySet<string>).has(value)
}

/** A required status: 'unknown' with a warning when it is missing or not FHIR's. */
export function status(reading: Reading, key: string, allowed: ReadonlySet<string>): string {
  if (reading.root[key] === undefined || reading.root[key] === null) {
    warn(reading, 'value_missing', `${reading.type}.${key}`, `${reading.type} must say its ${key}; taken as unknown.`)
    return 'unknown'
  }
  return code(reading, reading.root, key, reading.type, allowed) ?? 'unknown'
}

/** A finite number. A number written as text is read, with a warning. */
export function number(reading: Reading, node: JsonObject, key: string, path: string): number | null {
  const value = node[key]
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,12})?$/.test(value.trim())) {
    warn(reading, 'value_wrong_type', `${path}.${key}`, 'A number was expected here, not a text; it was read as one.')
    return Number(value)
  }
  warn(reading, 'value_wrong_type', `${path}.${key}`, `A number was expected here, not ${shapeOf(value)}.`)
  return null
}

/** The calendar day of a date or dateTime, as the source wrote it. Year and month are filled up to their first day. */
export function day(reading: Reading, node: JsonObject, key: string, path: string, field: string): string | null {
  const when = moment(reading, node, key, path)
  if (when === null) return null
  if (when.precision === 'year' || when.precision === 'month') partial(reading, when, `${path}.${key}`, field)
  return when.day
}

/** The instant of a dateTime. A mere day is put at noon UTC and named in `approximate`. */
export function instant(reading: Reading, node: JsonObject, key: string, path: string, field: string): string | null {
  const when = moment(reading, node, key, path)
  if (when === null) return null
  if (when.at !== null) return when.at
  if (when.precision === 'day') reading.approximate.push(field)
  else partial(reading, when, `${path}.${key}`, field)
  return `${when.day}T12:00:00Z`
}

function partial(reading: Reading, when: When, place: string, field: string): void {
  reading.approximate.push(field)
  warn(
    reading,
    'date_partial',
    place,
    `Only the ${when.precision} is known (${when.day.slice(0, when.precision === 'year' ? 4 : 7)}); its first day is used.`,
  )
}

function moment(reading: Reading, node: JsonObject, key: string, path: string): When | null {
  const value = node[key]
  if (value === undefined || value === null) return null
  const place = `${path}.${key}`
  if (typeof value !== 'string') {
    warn(reading, 'value_wrong_type', place, `A date was expected here, not ${shapeOf(value)}.`)
    return null
  }
  const when = parseWhen(value)
  if (when === 'unreadable') {
    warn(reading, 'date_unreadable', place, `${shown(value)} is not a date as FHIR writes it (YYYY-MM-DD).`)
    return null
  }
  if (when === 'impossible') {
    warn(reading, 'date_impossible', place, `${shown(value)} is not a day that exists; it was left out.`)
    return null
  }
  if (when.zoneMissing) {
    warn(reading, 'time_zone_missing', place, `${shown(value)} has a time but no time zone; only its day is used.`)
  }
  return when
}
