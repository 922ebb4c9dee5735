import { isExtendedText } from '../characters.ts'
import { isTime, parseDate8, parsePeriod } from '../dates.ts'
import type { SnipLevel } from '../findings.ts'
import { components, element, isSeparator, repetitions, type Segment } from '../segments.ts'
import { isAccepted } from './accept.ts'
import type { ElementRule, SegmentRule } from './guide.ts'

/** Takes one finding at the segment in hand. */
export type Report = (level: SnipLevel, code: string, message: string, at: string | null) => void

/** 'CLM' and 2 as 'CLM02', with a component as 'CLM05-3'. */
export function placeName(id: string, position: number, part: number): string {
  const place = `${id}${position.toString().padStart(2, '0')}`
  return part === 0 ? place : `${place}-${part}`
}

/** Checks every element of one segment against its rule. */
export function checkElements(segment: Segment, rule: SegmentRule, report: Report): void {
  if (!isAccepted(segment, rule)) explainElements(segment, rule, report)
}

/** The same without the quick look before: says everything that is wrong. */
export function explainElements(segment: Segment, rule: SegmentRule, report: Report): void {
  const count = segment.elements.length - 1
  if (count > 0 && segment.elements[count] === '') {
    report(
      1,
      'trailing_separator',
      `${segment.id} ends with an empty element; trailing separators must be left out.`,
      placeName(segment.id, count, 0),
    )
  }
  if (count > rule.elements.length) {
    let last = count
    while (last > rule.elements.length && segment.elements[last] === '') last--
    if (last > rule.elements.length) {
      report(
        1,
        'too_many_elements',
        `${segment.id} has ${last} elements; here it has at most ${rule.elements.length}.`,
        placeName(segment.id, rule.elements.length + 1, 0),
      )
    }
  }
  for (const [index, one] of rule.elements.entries()) {
    const position = index + 1
    const text = element(segment, position)
    if (text === '') {
      if (one.usage === 'R') missing(segment, position, 0, rule, report)
      continue
    }
    if (one.usage === 'N') {
      report(
        2,
        'element_not_used',
        `${placeName(segment.id, position, 0)} is "${text.slice(0, 40)}"; this guide does not use the element.`,
        placeName(segment.id, position, 0),
      )
    } else if (one.parts) checkComposite(segment, position, one.parts, rule, report)
    else if (one.repeats > 1) {
      const texts = repetitions(segment, position)
      if (texts.length > one.repeats) {
        report(
          1,
          'element_repeats',
          `${placeName(segment.id, position, 0)} repeats more than ${one.repeats} times.`,
          placeName(segment.id, position, 0),
        )
      }
      for (const repeated of texts) checkText(segment, position, 0, repeated, one, report)
    } else {
      checkWhole(segment, position, text, report)
      checkText(segment, position, 0, text, one, report)
    }
  }
}

/** A plain element has neither components nor repetitions. */
function checkWhole(segment: Segment, position: number, text: string, report: Report): void {
  const { component, repetition } = segment.delimiters
  const at = placeName(segment.id, position, 0)
  if (text.includes(component)) {
    report(1, 'too_many_components', `${at} has components; here it is one plain element.`, at)
  } else if (isSeparator(repetition) && text.includes(repetition)) {
    report(1, 'element_repeats', `${at} repeats; here it may stand only once.`, at)
  }
}

function checkComposite(
  segment: Segment,
  position: number,
  parts: readonly ElementRule[],
  rule: SegmentRule,
  report: Report,
): void {
  const texts = components(segment, position)
  if (texts.length > parts.length) {
    report(
      1,
      'too_many_components',
      `${placeName(segment.id, position, 0)} has ${texts.length} components; it has at most ${parts.length}.`,
      placeName(segment.id, position, 0),
    )
  }
  if (texts.length > 1 && texts[texts.length - 1] === '') {
    report(
      1,
      'trailing_separator',
      `${placeName(segment.id, position, 0)} ends with an empty component; trailing separators must be left out.`,
      placeName(segment.id, position, 0),
    )
  }
  for (const [index, part] of parts.entries()) {
    const text = texts[index] ?? ''
    if (text === '') {
      if (part.usage === 'R') missing(segment, position, index + 1, rule, report)
    } else if (part.usage === 'N') {
      report(
        2,
        'element_not_used',
        `${placeName(segment.id, position, index + 1)} is "${text.slice(0, 40)}"; this guide does not use the component.`,
        placeName(segment.id, position, index + 1),
      )
    } else checkText(segment, position, index + 1, text, part, report)
  }
}

function missing(segment: Segment, position: number, part: number, rule: SegmentRule, report: Report): void {
  const at = placeName(segment.id, position, part)
  report(2, 'element_missing', `${at} is empty; the guide requires it in the ${rule.name}.`, at)
}

const WHOLE = /^-?\d+$/
const DECIMAL = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/

function checkText(
  segment: Segment,
  position: number,
  part: number,
  text: string,
  rule: ElementRule,
  report: Report,
): void {
  const at = placeName(segment.id, position, part)
  const shown = `"${text.slice(0, 40)}"`
  if (!isExtendedText(text)) {
    report(1, 'character_not_allowed', `${at} has a character outside of the X12 character sets.`, at)
    return
  }
  if (rule.codes) {
    if (!rule.codes.has(text))
      report(2, 'code_not_allowed', `${at} is ${shown}; allowed are ${listed(rule.codes)}.`, at)
    return
  }
  switch (rule.kind) {
    case 'N0':
      if (!WHOLE.test(text)) {
        report(1, 'not_a_number', `${at} is ${shown}; it must be a whole number.`, at)
        return
      }
      break
    case 'R':
      if (!DECIMAL.test(text)) {
        report(1, 'not_a_number', `${at} is ${shown}; it must be a plain decimal number.`, at)
        return
      }
      if (/^-?0\d/.test(text)) report(1, 'leading_zero', `${at} is ${shown}; a number has no leading zeros.`, at)
      break
    case 'DT':
      if (parseDate8(text) === null)
        report(1, 'date_invalid', `${at} is ${shown}; it must be a real date as CCYYMMDD.`, at)
      return
    case 'TM':
      if (!isTime(text)) report(1, 'time_invalid', `${at} is ${shown}; it must be a time of day.`, at)
      return
    case 'DV': {
      const format = element(segment, position - 1)
      if ((format === 'D8' || format === 'RD8') && parsePeriod(format, text) === null) {
        report(1, 'date_invalid', `${at} is ${shown}, which is no date in the form ${format}.`, at)
      }
      return
    }
    default:
      if (text !== text.trim()) {
        report(1, 'blank_padding', `${at} begins or ends with a blank.`, at)
        if (text.trim() === '') return
      }
  }
  const length = rule.kind === 'R' || rule.kind === 'N0' ? text.replace(/[-.]/g, '').length : text.length
  if (length < rule.shortest)
    report(1, 'too_short', `${at} is ${shown}; it must have at least ${rule.shortest} characters.`, at)
  else if (length > rule.longest)
    report(1, 'too_long', `${at} has ${length} characters; it may have at most ${rule.longest}.`, at)
}

function listed(codes: ReadonlySet<string>): string {
  const all = [...codes]
  return all.length <= 12 ? all.join(', ') : `${all.slice(0, 12).join(', ')} and others`
}
