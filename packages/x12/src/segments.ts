import { characterCodes } from './character-codes.ts'
import { Gathered } from './gathered.ts'

/** The four characters that cut an interchange into pieces; each is one character. */
export interface Delimiters {
  readonly element: string
  readonly component: string
  readonly repetition: string
  readonly segment: string
}

/** What Keepwell writes. */
export const USUAL_DELIMITERS: Delimiters = { element: '*', component: ':', repetition: '^', segment: '~' }

/** A text that was cut, shared by the segments in it. */
export class CutText {
  readonly text: string
  /** As `characterCodes` gives them. */
  readonly codes: Uint8Array
  readonly delimiters: Delimiters
  /** For each segment the place before it, then each separator, then its end. */
  readonly places: Int32Array
  /** False for a last segment that the file broke off before its terminator. */
  readonly terminated: boolean

  constructor(text: string, codes: Uint8Array, delimiters: Delimiters, places: Int32Array, terminated: boolean) {
    this.text = text
    this.codes = codes
    this.delimiters = delimiters
    this.places = places
    this.terminated = terminated
  }
}

/**
 * One segment as it stood in the file. It remembers where its elements stand in the text that was read and takes one
 * out only when it is asked for: most readers want few of them.
 */
export class Segment {
  /** Counted from ST = 1 in a set and from ISA = 1 outside of one. Told by whoever reads the envelopes. */
  position = 0
  #id = ''
  #cut: CutText
  /** Where its places begin. */
  #base: number
  #count: number

  constructor(cut: CutText, base: number, count: number) {
    this.#cut = cut
    this.#base = base
    this.#count = count
    this.#id = idAt(cut, base)
  }

  /**
   * For a stream whose reader keeps no segment (`SegmentCutter`) one object is all of them in turn, moved from one to the
   * next.
   */
  move(cut: CutText, base: number, count: number): void {
    this.#cut = cut
    this.#base = base
    this.#count = count
    this.#id = idAt(cut, base)
  }

  /** The same segment by itself, which stays as it is whatever the stream does. */
  kept(): Segment {
    const kept = Segment.of(this.text, this.#cut.delimiters, this.#cut.terminated)
    kept.position = this.position
    return kept
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
    return this.#cut.delimiters
  }

  /** False for a last segment that the file broke off before its terminator. */
  get terminated(): boolean {
    return this.#cut.terminated
  }

  /** A segment by itself, out of its text without the terminator. */
  static of(text: string, delimiters: Delimiters, terminated = true): Segment {
    const places = [-1]
    for (let at = text.indexOf(delimiters.element); at >= 0; at = text.indexOf(delimiters.element, at + 1)) {
      places.push(at)
    }
    places.push(text.length)
    const cut = new CutText(text, characterCodes(text), delimiters, Int32Array.from(places), terminated)
    return new Segment(cut, 0, places.length - 2)
  }

  /** The segment without its terminator. */
  get text(): string {
    return this.#cut.text.slice(this.from(0), this.to(this.#count))
  }

  /** `elements[0]` is the id, so that `elements[2]` of a CLM is CLM02. */
  get elements(): readonly string[] {
    return this.text.split(this.#cut.delimiters.element)
  }

  /** The element's text, or '' when it is absent. */
  element(position: number): string {
    if (position > this.#count) return ''
    const { places, text } = this.#cut
    const at = this.#base + position
    const from = (places[at] ?? 0) + 1
    const to = places[at + 1] ?? 0
    return from === to ? '' : text.slice(from, to)
  }

  /** The codes of the text (`characterCodes`) in which `from` and `to` count. */
  get codes(): Uint8Array {
    return this.#cut.codes
  }

  /** Where the separators stand in `codes`; the segment's own begin at `base`, with the place before it. */
  get places(): Int32Array {
    return this.#cut.places
  }

  get base(): number {
    return this.#base
  }

  /** Where an element begins in `codes`; the position may not be past `count`. */
  from(position: number): number {
    return (this.#cut.places[this.#base + position] ?? 0) + 1
  }

  /** Where an element ends in `codes`. */
  to(position: number): number {
    return this.#cut.places[this.#base + position + 1] ?? 0
  }

  /** Where the first component of an element ends in `codes`; the position may not be past `count`. */
  endOfFirst(position: number): number {
    const { codes, delimiters } = this.#cut
    const component = delimiters.component.charCodeAt(0)
    const to = this.to(position)
    let at = this.from(position)
    while (at < to && codes[at] !== component) at++
    return at
  }

  /** The text from one place to another. */
  slice(from: number, to: number): string {
    return this.#cut.text.slice(from, to)
  }

  /** True when the element is absent or empty. */
  isEmpty(position: number): boolean {
    return position > this.#count || this.from(position) === this.to(position)
  }

  /** True when the element's text is exactly this; nothing is taken out for it. */
  is(position: number, text: string): boolean {
    if (position > this.#count) return text === ''
    const from = this.from(position)
    return this.to(position) - from === text.length && hasAt(this.#cut.codes, from, text)
  }
}

/** Whether a text stands at a place. Qualifiers have up to three characters, and are compared without a loop. */
function hasAt(codes: Uint8Array, from: number, text: string): boolean {
  const { length } = text
  if (length > 0 && codes[from] !== text.charCodeAt(0)) return false
  if (length > 1 && codes[from + 1] !== text.charCodeAt(1)) return false
  if (length > 2 && codes[from + 2] !== text.charCodeAt(2)) return false
  for (let index = 3; index < length; index++) if (codes[from + index] !== text.charCodeAt(index)) return false
  return true
}

/** The ids of segments that were met, so that each exists once and is compared by its address. */
const ids = new Map<number, string>()

function idAt({ text, codes, places }: CutText, base: number): string {
  const start = (places[base] ?? 0) + 1
  const stop = places[base + 1] ?? 0
  const length = stop - start
  if (length < 1 || length > 3) return text.slice(start, stop)
  let packed = 0
  for (let at = start; at < stop; at++) {
    const code = codes[at] ?? 0
    if ((code < 65 || code > 90) && (code < 48 || code > 57)) return text.slice(start, stop)
    packed = packed * 128 + code
  }
  const known = ids.get(packed)
  if (known !== undefined) return known
  // A property key is kept once by the engine; a text that was cut out is not.
  const [id = ''] = Object.keys({ [text.slice(start, stop)]: 0 })
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
  const { codes } = segment
  const separator = segment.delimiters.component.charCodeAt(0)
  const to = segment.to(position)
  let from = segment.from(position)
  let passed = 1
  for (let at = from; at < to; at++) {
    if (codes[at] !== separator) continue
    if (passed === part) return segment.slice(from, at)
    passed++
    from = at + 1
  }
  return passed === part ? segment.slice(from, to) : ''
}

/** The components of a composite element, up to a number of them; an absent element has none. */
export function components(segment: Segment, position: number, most = Number.POSITIVE_INFINITY): readonly string[] {
  if (segment.isEmpty(position)) return NO_PARTS
  const { codes } = segment
  const separator = segment.delimiters.component.charCodeAt(0)
  const to = segment.to(position)
  let from = segment.from(position)
  let count = 0
  for (let at = from; at <= to && count < most; at++) {
    if (at < to && codes[at] !== separator) continue
    gatheredParts.add(segment.slice(from, at))
    from = at + 1
    count++
  }
  return gatheredParts.take(NO_PARTS)
}

const gatheredParts = new Gathered<string>()
const NO_PARTS: readonly string[] = []

/** The repetitions of a repeating element; an absent element has none. */
export function repetitions(segment: Segment, position: number): string[] {
  const text = segment.element(position)
  return text === '' ? [] : text.split(segment.delimiters.repetition)
}

/** Whether the character of ISA11 separates repetitions: old files have a letter there, which separates nothing. */
export function isSeparator(repetition: string): boolean {
  return !/[A-Za-z0-9 ]/.test(repetition)
}
