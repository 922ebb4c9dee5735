/** The four characters that cut an interchange into pieces; each is one character. */
export interface Delimiters {
  readonly element: string
  readonly component: string
  readonly repetition: string
  readonly segment: string
}

/** What Keepwell writes. */
export const USUAL_DELIMITERS: Delimiters = { element: '*', component: ':', repetition: '^', segment: '~' }

/**
 * One segment as it stood in the file. It remembers where it stands in the text that was read and takes an element out
 * only when it is asked for: most readers want few of them.
 */
export class Segment {
  /** Such as CLM; whatever stands before the first separator. */
  readonly id: string
  readonly delimiters: Delimiters
  /** False for a last segment that the file broke off before its terminator. */
  readonly terminated: boolean
  /** The text that holds the segment, from `start` up to `end`, its terminator left out. */
  readonly source: string
  readonly start: number
  readonly end: number
  #elements: readonly string[] | null = null

  constructor(source: string, start: number, end: number, delimiters: Delimiters, terminated: boolean) {
    this.source = source
    this.start = start
    this.end = end
    this.delimiters = delimiters
    this.terminated = terminated
    this.id = idAt(source, start, end, delimiters.element.charCodeAt(0))
  }

  /** The segment without its terminator. */
  get text(): string {
    return this.source.slice(this.start, this.end)
  }

  /** `elements[0]` is the id, so that `elements[2]` of a CLM is CLM02. */
  get elements(): readonly string[] {
    this.#elements ??= this.text.split(this.delimiters.element)
    return this.#elements
  }

  /** The element's text, or '' when it is absent. */
  element(position: number): string {
    if (this.#elements !== null) return this.#elements[position] ?? ''
    const { source, end } = this
    const separator = this.delimiters.element.charCodeAt(0)
    let at = this.start
    for (let passed = 0; passed < position; passed++) {
      while (at < end && source.charCodeAt(at) !== separator) at++
      if (at >= end) return ''
      at++
    }
    let stop = at
    while (stop < end && source.charCodeAt(stop) !== separator) stop++
    return source.slice(at, stop)
  }
}

/** The ids of segments that were met, so that each exists once and is compared by its address. */
const ids = new Map<number, string>()

function idAt(source: string, start: number, end: number, separator: number): string {
  let stop = start
  let packed = 0
  while (stop < end) {
    const code = source.charCodeAt(stop)
    if (code === separator) break
    const isPlain = (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
    packed = isPlain && stop - start < 3 ? packed * 128 + code : -1
    if (packed < 0) {
      const next = source.indexOf(String.fromCharCode(separator), stop)
      return source.slice(start, next < 0 || next > end ? end : next)
    }
    stop++
  }
  const known = ids.get(packed)
  if (known !== undefined) return known
  const id = source.slice(start, stop)
  ids.set(packed, id)
  return id
}

/** The element's text, or '' when it is absent. */
export function element(segment: Segment, position: number): string {
  return segment.element(position)
}

/** A component of a composite element, counted from 1, or '' when it is absent. */
export function component(segment: Segment, position: number, part: number): string {
  const text = segment.element(position)
  if (text === '') return ''
  const separator = segment.delimiters.component
  let from = 0
  for (let passed = 1; passed < part; passed++) {
    const next = text.indexOf(separator, from)
    if (next < 0) return ''
    from = next + 1
  }
  const next = text.indexOf(separator, from)
  return next < 0 ? text.slice(from) : text.slice(from, next)
}

/** The components of a composite element; an absent element has none. */
export function components(segment: Segment, position: number): string[] {
  const text = segment.element(position)
  return text === '' ? [] : text.split(segment.delimiters.component)
}

/** The repetitions of a repeating element; an absent element has none. */
export function repetitions(segment: Segment, position: number): string[] {
  const text = segment.element(position)
  return text === '' ? [] : text.split(segment.delimiters.repetition)
}
