import { isExtendedText } from '../characters.ts'
import { isTime, parseDate8, parsePeriod } from '../dates.ts'
import type { TransactionSet } from '../envelope.ts'
import { type Finding, finding, type SnipLevel } from '../findings.ts'
import { components, element, repetitions, type Segment } from '../segments.ts'
import type { ElementRule, Guide, LoopRule, SegmentRule } from './guide.ts'

/** One loop as it stands in a set, with its segments and the loops inside it. */
export interface LoopInstance {
  readonly id: string
  /** Position of its first segment, ST = 1. */
  readonly position: number
  readonly segments: { readonly segment: Segment; readonly position: number }[]
  readonly loops: LoopInstance[]
}

export interface Walk {
  readonly root: LoopInstance
  readonly findings: Finding[]
  /** The loop of each segment, by position less one. */
  readonly loopAt: string[]
}

interface Frame {
  readonly rule: LoopRule
  readonly instance: LoopInstance
  index: number
  readonly counts: number[]
}

/**
 * Walks a set along its guide: which segment stands in which loop, and what is missing, too many, out of order,
 * unknown or wrong in an element. One pass; unknown segments are kept in the loop where they stand.
 */
export function walkSet(guide: Guide, set: TransactionSet, interchange: string): Walk {
  const findings: Finding[] = []
  const root: LoopInstance = { id: guide.root.id, position: 1, segments: [], loops: [] }
  const frames: Frame[] = [openFrame(guide.root, root)]
  const loopAt: string[] = []
  let position = 0

  const report = (
    level: SnipLevel,
    code: string,
    message: string,
    at: string | null,
    loop: string | null,
    where = position,
  ): void => {
    findings.push(
      finding(level, STYLE_ONLY.has(code) ? 'warning' : 'error', code, message, {
        interchange,
        set: set.control,
        segment: where,
        element: at,
        loop,
      }),
    )
  }

  const close = (frame: Frame): void => {
    for (const [index, child] of frame.rule.children.entries()) {
      if (child.usage !== 'R' || (frame.counts[index] ?? 0) > 0) continue
      // A set that was cut off has its own finding; its SE is not missed twice.
      if (child.kind === 'segment' && child.id === 'SE') continue
      if (child.kind === 'segment') {
        report(
          2,
          'segment_missing',
          `Loop ${frame.rule.id} (${frame.rule.name}) has no ${child.id}: the ${child.name} is missing.`,
          child.id,
          frame.rule.id,
          frame.instance.position,
        )
      } else {
        report(
          2,
          'loop_missing',
          `Loop ${frame.rule.id} (${frame.rule.name}) has no loop ${child.id}: the ${child.name} (${nameOf(child.opening)}) is missing.`,
          child.opening.id,
          child.id,
          frame.instance.position,
        )
      }
    }
  }

  const enter = (depth: number, index: number, segment: Segment): void => {
    while (frames.length > depth + 1) {
      const frame = frames.pop()
      if (frame) close(frame)
    }
    const frame = frames[depth]
    const child = frame?.rule.children[index]
    if (!frame || !child) return
    frame.index = runStart(frame.rule, index)
    const count = (frame.counts[index] ?? 0) + 1
    frame.counts[index] = count
    const located = { segment, position }
    if (child.kind === 'segment') {
      frame.instance.segments.push(located)
      loopAt.push(frame.rule.id)
      if (count === child.most + 1) {
        report(
          2,
          'segment_too_many',
          `${nameOf(child)} stands more than ${child.most === 1 ? 'once' : `${child.most} times`} in loop ${frame.rule.id}.`,
          child.id,
          frame.rule.id,
        )
      }
      checkElements(segment, child, (level, code, message, at) => report(level, code, message, at, frame.rule.id))
      return
    }
    const instance: LoopInstance = { id: child.id, position, segments: [located], loops: [] }
    frame.instance.loops.push(instance)
    const next = openFrame(child, instance)
    next.counts[0] = 1
    frames.push(next)
    loopAt.push(child.id)
    if (count === child.most + 1) {
      report(
        2,
        'loop_too_many',
        `Loop ${child.id} (${child.name}) stands more than ${child.most === 1 ? 'once' : `${child.most} times`} in loop ${frame.rule.id}.`,
        child.opening.id,
        child.id,
      )
    }
    checkElements(segment, child.opening, (level, code, message, at) => report(level, code, message, at, child.id))
  }

  for (const segment of set.segments) {
    position++
    const forward = findForward(frames, segment)
    if (forward) {
      enter(forward.depth, forward.index, segment)
      continue
    }
    const backward = findBackward(frames, segment)
    if (backward) {
      const frame = frames[backward.depth]
      report(
        2,
        'segment_out_of_order',
        `${segment.id} stands too late: it belongs before what stands ahead of it in loop ${frame?.rule.id ?? ''}.`,
        segment.id,
        frame?.rule.id ?? null,
      )
      const index = frame?.index ?? 0
      enter(backward.depth, backward.index, segment)
      if (frame && frames[frames.length - 1] === frame) frame.index = index
      continue
    }
    const top = frames[frames.length - 1]
    top?.instance.segments.push({ segment, position })
    loopAt.push(top?.rule.id ?? guide.root.id)
    reportStranger(segment, frames, guide, (level, code, message, at) =>
      report(level, code, message, at, top?.rule.id ?? null),
    )
  }
  while (frames.length > 0) {
    const frame = frames.pop()
    if (frame) close(frame)
  }
  return { root, findings, loopAt }
}

/** Untidy, but no reader misunderstands it. */
const STYLE_ONLY = new Set(['trailing_separator', 'blank_padding'])

type Report = (level: SnipLevel, code: string, message: string, at: string | null) => void

function openFrame(rule: LoopRule, instance: LoopInstance): Frame {
  return { rule, instance, index: 0, counts: [] }
}

function nameOf(rule: SegmentRule): string {
  const codes = rule.key ? [...rule.key.codes] : []
  return codes.length === 1 && codes[0] !== undefined && rule.id !== 'HL' ? `${rule.id}*${codes[0]}` : rule.id
}

/** Uses of one segment side by side (dates, references, name loops) may come in any order. */
function runStart(rule: LoopRule, index: number): number {
  const id = openingOf(rule.children[index])
  let start = index
  while (start > 0 && openingOf(rule.children[start - 1]) === id && (start - 1 > 0 || rule.id === 'ST')) start--
  return start
}

function openingOf(child: SegmentRule | LoopRule | undefined): string {
  if (!child) return ''
  return child.kind === 'segment' ? child.id : child.opening.id
}

function matches(rule: SegmentRule, segment: Segment): boolean {
  if (rule.id !== segment.id) return false
  if (!rule.key) return true
  const text = element(segment, rule.key.element)
  const code =
    rule.key.part === 1 && rule.elements[rule.key.element - 1]?.parts
      ? (text.split(segment.delimiters.component)[0] ?? '')
      : text
  return rule.key.codes.has(code)
}

function findForward(frames: readonly Frame[], segment: Segment): { depth: number; index: number } | null {
  for (let depth = frames.length - 1; depth >= 0; depth--) {
    const frame = frames[depth]
    if (!frame) continue
    const { children } = frame.rule
    for (let index = frame.index; index < children.length; index++) {
      // The opening segment of a loop opens a new loop one level up; it does not repeat inside.
      if (index === 0 && depth > 0) continue
      const child = children[index]
      if (child && matches(child.kind === 'segment' ? child : child.opening, segment)) return { depth, index }
    }
  }
  return null
}

function findBackward(frames: readonly Frame[], segment: Segment): { depth: number; index: number } | null {
  for (let depth = frames.length - 1; depth >= 0; depth--) {
    const frame = frames[depth]
    if (!frame) continue
    for (let index = frame.index - 1; index > 0; index--) {
      const child = frame.rule.children[index]
      if (child && matches(child.kind === 'segment' ? child : child.opening, segment)) return { depth, index }
    }
  }
  return null
}

const knownIds = new WeakMap<Guide, ReadonlySet<string>>()

function idsOf(guide: Guide): ReadonlySet<string> {
  const known = knownIds.get(guide)
  if (known) return known
  const ids = new Set<string>()
  const visit = (rule: SegmentRule | LoopRule): void => {
    if (rule.kind === 'segment') ids.add(rule.id)
    else for (const child of rule.children) visit(child)
  }
  visit(guide.root)
  knownIds.set(guide, ids)
  return ids
}

function reportStranger(segment: Segment, frames: readonly Frame[], guide: Guide, report: Report): void {
  const top = frames[frames.length - 1]
  const loop = top?.rule.id ?? ''
  const sibling = top?.rule.children.find(
    (child): child is SegmentRule => child.kind === 'segment' && child.id === segment.id && child.key !== null,
  )
  if (sibling?.key) {
    const at = placeName(segment.id, sibling.key.element, 0)
    report(
      2,
      'qualifier_unexpected',
      `${at} is "${element(segment, sibling.key.element).slice(0, 20)}", which is no qualifier for a ${segment.id} in loop ${loop}.`,
      at,
    )
  } else if (idsOf(guide).has(segment.id)) {
    report(
      2,
      'segment_unexpected',
      `${segment.id}${qualified(segment)} may not stand here, in or after loop ${loop}.`,
      segment.id,
    )
  } else if (/^[A-Z][A-Z0-9]{1,2}$/.test(segment.id)) {
    report(
      2,
      'segment_unknown',
      `${segment.id} is no segment of ${guide.version}; it is kept but not read.`,
      segment.id,
    )
  } else {
    report(1, 'segment_id_invalid', `"${segment.id.slice(0, 20)}" is no segment identifier.`, null)
  }
}

function qualified(segment: Segment): string {
  const key = element(segment, segment.id === 'HL' ? 3 : 1)
  return key === '' ? '' : `*${key.slice(0, 20)}`
}

function placeName(id: string, position: number, part: number): string {
  const place = `${id}${position.toString().padStart(2, '0')}`
  return part === 0 ? place : `${place}-${part}`
}

/** Checks every element of one segment against its rule. */
function checkElements(segment: Segment, rule: SegmentRule, report: Report): void {
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
    } else checkText(segment, position, 0, text, one, report)
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
