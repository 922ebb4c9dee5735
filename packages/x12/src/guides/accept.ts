import { packed, packedAt } from '../character-codes.ts'
import type { Segment } from '../segments.ts'
import { type ElementRule, FORM, type SegmentRule } from './guide.ts'

/**
 * True when nothing is wrong with a segment's elements. One look at each character and no text taken out; what this
 * does not know for right is false, and then the slower check says what is wrong, if anything.
 */
export function isAccepted(segment: Segment, rule: SegmentRule): boolean {
  const { count } = segment
  const { elements } = rule
  if (count > elements.length || count < rule.leastElements) return false
  // An empty element at the end should not be written.
  if (count > 0 && segment.isEmpty(count)) return false
  const { codes, delimiters, places, base } = segment
  const component = delimiters.component.charCodeAt(0)
  const repetition = delimiters.repetition.charCodeAt(0)
  let from = (places[base + 1] ?? 0) + 1
  for (let position = 1; position <= count; position++) {
    const one = elements[position - 1]
    if (one === undefined) return false
    const to = places[base + position + 1] ?? 0
    if (from === to) {
      if (one.usage === 'R') return false
    } else if (one.form === FORM.composite) {
      if (!areAccepted(codes, from, to, component, repetition, one.parts ?? [])) return false
    } else if (one.form === FORM.period) {
      if (!isPeriod(codes, segment.from(position - 1), from - 1, from, to)) return false
    } else if (!isTextAccepted(codes, from, to, component, repetition, one)) return false
    from = to + 1
  }
  return true
}

function areAccepted(
  codes: Uint8Array,
  from: number,
  to: number,
  component: number,
  repetition: number,
  parts: readonly ElementRule[],
): boolean {
  let start = from
  let index = 0
  for (let at = from; at <= to; at++) {
    if (at < to && codes[at] !== component) continue
    const part = parts[index]
    if (part === undefined) return false
    if (at === start) {
      if (part.usage === 'R' || at === to) return false
    } else if (!isTextAccepted(codes, start, at, component, repetition, part)) return false
    start = at + 1
    index++
  }
  for (; index < parts.length; index++) if (parts[index]?.usage === 'R') return false
  return true
}

/** Of a plain element or a component; whether a period is right is only known beside the format before it. */
function isTextAccepted(
  codes: Uint8Array,
  from: number,
  to: number,
  component: number,
  repetition: number,
  rule: ElementRule,
): boolean {
  switch (rule.form) {
    case FORM.text:
      return isPlainText(codes, from, to, component, repetition, rule)
    case FORM.code:
      return isOneOf(rule.packedCodes, packedAt(codes, from, to))
    case FORM.whole:
    case FORM.decimal:
      return isNumberAccepted(codes, from, to, rule)
    case FORM.date:
      return to - from === 8 && isDayAt(codes, from)
    case FORM.time:
      return to - from === 4 && isTimeAt(codes, from)
    default:
      return false
  }
}

/** The lists are short, and their first codes are those that are met: looking through one is quicker than a set. */
function isOneOf(codes: readonly number[], code: number): boolean {
  for (let index = 0; index < codes.length; index++) if (codes[index] === code) return true
  return false
}

function isPlainText(
  codes: Uint8Array,
  from: number,
  to: number,
  component: number,
  repetition: number,
  rule: ElementRule,
): boolean {
  const length = to - from
  if (length < rule.shortest || length > rule.longest) return false
  if (codes[from] === 32 || codes[to - 1] === 32) return false
  for (let at = from; at < to; at++) {
    const code = codes[at] ?? 0
    if (code < 32 || code > 126 || code === component || code === repetition) return false
  }
  return true
}

function isNumberAccepted(codes: Uint8Array, from: number, to: number, rule: ElementRule): boolean {
  let digits = 0
  let points = rule.form === FORM.decimal ? 0 : 1
  const first = codes[from] === 45 ? from + 1 : from
  if (rule.form === FORM.decimal && codes[first] === 48 && isDigit(codes[first + 1]) && first + 1 < to) return false
  for (let at = first; at < to; at++) {
    const code = codes[at] ?? 0
    if (code >= 48 && code <= 57) digits++
    else if (code !== 46 || points++ > 0) return false
  }
  return digits > 0 && digits >= rule.shortest && digits <= rule.longest
}

function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57
}

/** Whether a text is a date or two by the format that stands before it. */
function isPeriod(codes: Uint8Array, formatFrom: number, formatTo: number, from: number, to: number): boolean {
  const format = packedAt(codes, formatFrom, formatTo)
  if (format === D8) return to - from === 8 && isDayAt(codes, from)
  if (format !== RD8 || to - from !== 17 || codes[from + 8] !== 45) return false
  return isDayAt(codes, from) && isDayAt(codes, from + 9)
}

const D8 = packed('D8')
const RD8 = packed('RD8')

function isDayAt(codes: Uint8Array, from: number): boolean {
  let number = 0
  for (let at = from; at < from + 8; at++) {
    const digit = (codes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return false
    number = number * 10 + digit
  }
  const day = number % 100
  const month = Math.floor(number / 100) % 100
  const year = Math.floor(number / 10_000)
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (DAYS[month] ?? 0)
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** HHMM of a real time of day. */
function isTimeAt(codes: Uint8Array, from: number): boolean {
  let number = 0
  for (let at = from; at < from + 4; at++) {
    const digit = (codes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) return false
    number = number * 10 + digit
  }
  return number < 2_400 && number % 100 < 60
}
