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
 * One segment as it stood in the file. It remembers where its elements stand in the text that was read and takes one
 * out only when it is asked for: most readers want few of them.
 */
export class Segment {
  #id: string
  #delimiters: Delimiters
  #terminated: boolean
  #source: string
  /** From `#base`: the place before the id, then each separator, then the end. */
  #offsets: Int32Array
  #base: number
  #count: number

  constructor(
    source: string,
    offsets: Int32Array,
    base: number,
    count: number,
    delimiters: Delimiters,
    terminated: boolean,
  ) {
    this.#source = source
    this.#offsets = offsets
    this.#base = base
    this.#count = count
    this.#delimiters = delimiters
    this.#terminated = terminated
    this.#id = idAt(source, (offsets[base] ?? 0) + 1, offsets[base + 1] ?? 0)
  }

  /**
   * For a stream whose reader keeps no segment (`SegmentCutter`) one object is all of them in turn: first it is laid over
   * the text and its separators, then moved from segment to segment.
   */
  over(source: string, offsets: Int32Array, delimiters: Delimiters): void {
    this.#source = source
    this.#offsets = offsets
    this.#delimiters = delimiters
    this.#terminated = true
  }

  move(base: number, count: number): void {
    this.#base = base
    this.#count = count
    this.#id = idAt(this.#source, (this.#offsets[base] ?? 0) + 1, this.#offsets[base + 1] ?? 0)
  }

  /** The same segment by itself, which stays as it is whatever the stream does. */
  kept(): Segment {
    return Segment.of(this.text, this.#delimiters, this.#terminated)
  }

  /** Such as CLM; whatever stands before the first separator. */
  get id(): string {
    return this.#id
  }

  /** How many elements there are, the id not counted. */
  get count(): number {
    return this.#count
  }

  get delimiters(): Delimiters {
    return this.#delimiters
  }

  /** False for a last segment that the file broke off before its terminator. */
  get terminated(): boolean {
    return this.#terminated
  }

  /** A segment by itself, out of its text without the terminator. */
  static of(text: string, delimiters: Delimiters, terminated = true): Segment {
    const offsets = [-1]
    for (let at = text.indexOf(delimiters.element); at >= 0; at = text.indexOf(delimiters.element, at + 1)) {
      offsets.push(at)
    }
    offsets.push(text.length)
    return new Segment(text, Int32Array.from(offsets), 0, offsets.length - 2, delimiters, terminated)
  }

  /** The segment without its terminator. */
  get text(): string {
    return this.#source.slice(this.from(0), this.to(this.#count))
  }

  /** `elements[0]` is the id, so that `elements[2]` of a CLM is CLM02. */
  get elements(): readonly string[] {
    return this.text.split(this.#delimiters.element)
  }

  /** The element's text, or '' when it is absent. */
  element(position: number): string {
    if (position > this.#count) return ''
    const at = this.#base + position
    const from = (this.#offsets[at] ?? 0) + 1
    const to = this.#offsets[at + 1] ?? 0
    return from === to ? '' : this.#source.slice(from, to)
  }

  /** The text in which `from` and `to` count. */
  get source(): string {
    return this.#source
  }

  /** Where an element begins in `source`; the position may not be past `count`. */
  from(position: number): number {
    return (this.#offsets[this.#base + position] ?? 0) + 1
  }

  /** Where an element ends in `source`. */
  to(position: number): number {
    return this.#offsets[this.#base + position + 1] ?? 0
  }

  /** True when the element is absent or empty. */
  isEmpty(position: number): boolean {
    return position > this.#count || this.from(position) === this.to(position)
  }

  /** True when the element's text is exactly this; nothing is taken out for it. */
  is(position: number, text: string): boolean {
    if (position > this.#count) return text === ''
    const from = this.from(position)
    if (this.to(position) - from !== text.length) return false
    const source = this.#source
    for (let index = 0; index < text.length; index++) {
      if (source.charCodeAt(from + index) !== text.charCodeAt(index)) return false
    }
    return true
  }
}

/** The ids of segments that were met, so that each exists once and is compared by its address. */
const ids = new Map<number, string>()

function idAt(source: string, start: number, stop: number): string {
  const length = stop - start
  if (length < 1 || length > 3) return source.slice(start, stop)
  let packed = 0
  for (let at = start; at < stop; at++) {
    const code = source.charCodeAt(at)
    if ((code < 65 || code > 90) && (code < 48 || code > 57)) return source.slice(start, stop)
    packed = packed * 128 + code
  }
  const known = ids.get(packed)
  if (known !== undefined) return known
  // A property key is kept once by the engine; a text that was cut out is not.
  const [id = ''] = Object.keys({ [source.slice(start, stop)]: 0 })
  ids.set(packed, id)
  return id
}

/** The element's text, or '' when it is absent. */
export function element(segment: Segment, position: number): string {
  return segment.element(position)
}

/** A component of a composite element, counted from 1, or '' when it is absent. */
export function component(segment: Segment, position: number, part: number): string {
  if (segment.isEmpty(position)) return ''
  const { source } = segment
  const separator = segment.delimiters.component.charCodeAt(0)
  const to = segment.to(position)
  let from = segment.from(position)
  let passed = 1
  for (let at = from; at < to; at++) {
    if (source.charCodeAt(at) !== separator) continue
    if (passed === part) return source.slice(from, at)
    passed++
    from = at + 1
  }
  return passed === part ? source.slice(from, to) : ''
}

/** True when the first component of an element is exactly this text; nothing is taken out for it. */
export function isFirstComponent(segment: Segment, position: number, text: string): boolean {
  if (segment.isEmpty(position)) return text === ''
  const { source } = segment
  const from = segment.from(position)
  const end = from + text.length
  const to = segment.to(position)
  if (end > to || (end < to && source[end] !== segment.delimiters.component)) return false
  for (let at = from; at < end; at++) if (source.charCodeAt(at) !== text.charCodeAt(at - from)) return false
  return true
}

/** The components of a composite element, up to a number of them; an absent element has none. */
export function components(segment: Segment, position: number, most = Number.POSITIVE_INFINITY): string[] {
  if (segment.isEmpty(position)) return []
  const { source } = segment
  const separator = segment.delimiters.component.charCodeAt(0)
  const to = segment.to(position)
  let from = segment.from(position)
  let count = 1
  for (let at = from; at < to && count < most; at++) if (source.charCodeAt(at) === separator) count++
  // A list of its size: one that grows by `push` gets room for many at once.
  const parts = new Array<string>(count)
  for (let index = 0; index < count; index++) {
    let end = from
    while (end < to && source.charCodeAt(end) !== separator) end++
    parts[index] = source.slice(from, end)
    from = end + 1
  }
  return parts
}

/** The repetitions of a repeating element; an absent element has none. */
export function repetitions(segment: Segment, position: number): string[] {
  const text = segment.element(position)
  return text === '' ? [] : text.split(segment.delimiters.repetition)
}
