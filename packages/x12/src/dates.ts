import { characterCodes } from './character-codes.ts'

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29
  return DAYS[month - 1] ?? 0
}

/** Reads CCYYMMDD as 'YYYY-MM-DD'; null when there is no such day in the calendar. */
export function parseDate8(text: string): string | null {
  return parseDate8At(characterCodes(text), 0, text.length)
}

/** The same for a part of a text, by the codes of its characters. */
export function parseDate8At(codes: Uint8Array, from: number, to: number): string | null {
  if (to - from !== 8) return null
  let number = 0
  for (let at = from; at < to; at++) {
    const digit = (codes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return null
    number = number * 10 + digit
  }
  const known = days.get(number)
  if (known !== undefined) return known
  const year = Math.floor(number / 10_000)
  const month = Math.floor(number / 100) % 100
  const day = number % 100
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  const digits = String(number).padStart(8, '0')
  const written = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  if (days.size < MOST_DAYS) days.set(number, written)
  return written
}

/** Days that were read before: a file has few and repeats them. */
const days = new Map<number, string>()
const MOST_DAYS = 20_000

/** True for a real day written 'YYYY-MM-DD'. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseDate8(text.replaceAll('-', '')) !== null
}

/** 'YYYY-MM-DD' as CCYYMMDD. Throws on anything else, for a wrong date in a model is a bug of the caller. */
export function formatDate8(day: string): string {
  const known = digitsOfDays.get(day)
  if (known !== undefined) return known
  if (!isLocalDate(day)) throw new RangeError(`A date is written YYYY-MM-DD, not "${day}".`)
  const digits = day.replaceAll('-', '')
  if (digitsOfDays.size < MOST_DAYS) digitsOfDays.set(day, digits)
  return digits
}

/** Days that were written before. */
const digitsOfDays = new Map<string, string>()

/** 'YYYY-MM-DD' as YYMMDD, for ISA09 only. */
export function formatDate6(day: string): string {
  return formatDate8(day).slice(2)
}

/** Reads YYMMDD of ISA09 as a day of this century; null when there is no such day. */
export function parseDate6(text: string): string | null {
  return parseDate8(`20${text}`)
}

/** True for HHMM, HHMMSS, HHMMSSd or HHMMSSdd of a real time of day. */
export function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d{0,2})?$/.test(text)
}

/** 'HH:MM' as HHMM. Throws on anything else. */
export function formatTime4(time: string): string {
  const digits = time.replace(':', '')
  if (!/^\d\d:\d\d$/.test(time) || !isTime(digits)) throw new RangeError(`A time is written HH:MM, not "${time}".`)
  return digits
}

/** A stretch of days; an end of null is open, a start of null is not told. */
export interface Period {
  readonly from: string | null
  readonly to: string | null
}

/** Reads a DTP's qualifier (D8 or RD8) and value as a period; null when either is not readable. */
export function parsePeriod(format: string, value: string): Period | null {
  if (format !== 'D8' && format !== 'RD8') return null
  return parsePeriodAt(format === 'RD8', characterCodes(value), 0, value.length)
}

/** The same for a part of a text, by the codes of its characters. */
export function parsePeriodAt(isRange: boolean, codes: Uint8Array, from: number, to: number): Period | null {
  if (!isRange) {
    const day = parseDate8At(codes, from, to)
    return day === null ? null : { from: day, to: null }
  }
  if (to - from !== 17 || codes[from + 8] !== 45) return null
  const first = parseDate8At(codes, from, from + 8)
  const last = parseDate8At(codes, from + 9, to)
  return first === null || last === null ? null : { from: first, to: last }
}

/** Whether more than one calendar year lies between a day and a later one. */
export function isOverOneYear(day: string, later: string): boolean {
  const years = digitsAt(later, 0, 4) - digitsAt(day, 0, 4)
  return years === 1 ? day.slice(4) < later.slice(4) : years > 1
}

/** The months from the year 0 to that of a day. */
export function monthNumber(day: string): number {
  return 12 * digitsAt(day, 0, 4) + digitsAt(day, 5, 7)
}

function digitsAt(day: string, from: number, to: number): number {
  let number = 0
  for (let at = from; at < to; at++) number = number * 10 + day.charCodeAt(at) - 48
  return number
}

/** The two last elements of a DTP: D8 and a day, or RD8 and two. */
export function dateElements(from: string, to: string | null | undefined): [string, string] {
  return to === undefined || to === null
    ? ['D8', formatDate8(from)]
    : ['RD8', `${formatDate8(from)}-${formatDate8(to)}`]
}
