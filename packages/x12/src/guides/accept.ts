import type { Segment } from '../segments.ts'
import type { ElementRule, SegmentRule } from './guide.ts'

/**
 * True when nothing is wrong with a segment's elements. One look at each character and no text taken out; what this
 * does not know for right is false, and then the slower check says what is wrong, if anything.
 */
export function isAccepted(segment: Segment, rule: SegmentRule): boolean {
  const { source, end, delimiters } = segment
  const separator = delimiters.element.charCodeAt(0)
  const componentSeparator = delimiters.component.charCodeAt(0)
  const repetition = delimiters.repetition.charCodeAt(0)
  const { elements } = rule
  let at = segment.start + segment.id.length
  if (at === end) return noneRequired(elements, 0)
  // The last element stands between a separator and the end; an empty one there should not be written.
  if (source.charCodeAt(end - 1) === separator) return false
  let index = 0
  let before = at
  while (at < end) {
    at++
    const one = elements[index]
    if (one === undefined) return false
    if (at === end) return false
    if (source.charCodeAt(at) === separator) {
      if (one.usage === 'R') return false
      before = at
      index++
      continue
    }
    const from = at
    if (one.usage === 'N') return false
    if (one.parts !== null) {
      at = acceptParts(source, at, end, separator, componentSeparator, repetition, one.parts)
    } else {
      at = acceptText(source, at, end, separator, componentSeparator, repetition, one)
      if (at >= 0 && one.kind === 'DV' && one.codes === null && !isPeriod(source, before, from, at)) return false
    }
    if (at < 0) return false
    before = from
    index++
  }
  return noneRequired(elements, index)
}

function noneRequired(elements: readonly ElementRule[], from: number): boolean {
  for (let index = from; index < elements.length; index++) if (elements[index]?.usage === 'R') return false
  return true
}

/** The end of a composite that is right, or -1. */
function acceptParts(
  source: string,
  from: number,
  end: number,
  separator: number,
  componentSeparator: number,
  repetition: number,
  parts: readonly ElementRule[],
): number {
  let at = from
  for (let index = 0; ; index++) {
    const part = parts[index]
    if (part === undefined) return -1
    const code = at < end ? source.charCodeAt(at) : separator
    if (code === separator) return -1
    if (code === componentSeparator) {
      if (part.usage === 'R') return -1
      at++
      continue
    }
    if (part.usage === 'N' || part.kind === 'DV') return -1
    at = acceptText(source, at, end, separator, componentSeparator, repetition, part)
    if (at < 0) return -1
    if (at >= end || source.charCodeAt(at) === separator) return noneRequired(parts, index + 1) ? at : -1
    at++
  }
}

/** The end of a text that is right by its rule: the position of the separator after it; -1 when it is not. */
function acceptText(
  source: string,
  from: number,
  end: number,
  separator: number,
  componentSeparator: number,
  repetition: number,
  rule: ElementRule,
): number {
  let at = from
  let packed = 0
  let digits = 0
  let points = 0
  let number = 0
  const isComponent = rule.isComponent
  for (; at < end; at++) {
    const code = source.charCodeAt(at)
    if (code === separator) break
    if (code === componentSeparator) {
      if (isComponent) break
      return -1
    }
    if (code < 32 || code > 126 || code === repetition) return -1
    packed = at - from < 4 ? packed * 128 + code : -1
    if (code >= 48 && code <= 57) {
      digits++
      number = number * 10 + code - 48
    } else if (code === 46) points++
  }
  if (rule.packedCodes !== null) return packed >= 0 && rule.packedCodes.has(packed) ? at : -1
  const length = at - from
  switch (rule.kind) {
    case 'N0':
    case 'R': {
      const sign = source.charCodeAt(from) === 45 ? 1 : 0
      if (digits === 0 || digits + points + sign !== length) return -1
      if (points > (rule.kind === 'R' ? 1 : 0)) return -1
      return digits < rule.shortest || digits > rule.longest ? -1 : at
    }
    case 'DT':
      return length === 8 && digits === 8 && isDay(number) ? at : -1
    case 'TM':
      return length === 4 && digits === 4 && number % 100 < 60 && number < 2400 ? at : -1
    case 'DV':
      return at
    default:
      if (source.charCodeAt(from) === 32 || source.charCodeAt(at - 1) === 32) return -1
      return length < rule.shortest || length > rule.longest ? -1 : at
  }
}

/** Whether the text from `from` to `to` is a date or two by the format that stands before it. */
function isPeriod(source: string, before: number, from: number, to: number): boolean {
  if (from - before === 3 && source.startsWith('D8', before)) return to - from === 8 && isDayAt(source, from)
  if (from - before === 4 && source.startsWith('RD8', before)) {
    return to - from === 17 && source.charCodeAt(from + 8) === 45 && isDayAt(source, from) && isDayAt(source, from + 9)
  }
  return false
}

function isDayAt(source: string, from: number): boolean {
  let number = 0
  for (let at = from; at < from + 8; at++) {
    const digit = source.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return false
    number = number * 10 + digit
  }
  return isDay(number)
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** CCYYMMDD as a number that is a day of the calendar. */
function isDay(number: number): boolean {
  const day = number % 100
  const month = Math.floor(number / 100) % 100
  const year = Math.floor(number / 10_000)
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (DAYS[month] ?? 0)
}
