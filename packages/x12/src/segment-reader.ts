import { characterCodes, hasCode } from './character-codes.ts'
import { describeFound } from './found.ts'
import { CutText, type Delimiters, Segment, USUAL_DELIMITERS } from './segments.ts'

/** What went wrong while a text was cut into segments; `at` counts segments from 1. */
export interface ReadingProblem {
  readonly code:
    | 'isa_length'
    | 'empty_segment'
    | 'blank_before_segment'
    | 'line_break_inside'
    | 'segment_too_long'
    | 'text_after_end'
  readonly message: string
  readonly at: number
}

/** Cuts text that arrives in chunks into segments. */
export interface SegmentReader {
  /** Takes the next piece of the text and returns the segments that are complete now. */
  push(chunk: string): Segment[]
  /** Says that there is no more text and returns what is left. */
  end(): Segment[]
  /** The sentence why the text is not X12, or null. Once refused, no more segments come. */
  readonly refused: string | null
  readonly problems: readonly ReadingProblem[]
}

/** A segment in professional claims is far below this; what is longer is not X12 or is damaged. */
const LONGEST_SEGMENT = 1_000_000
/** Enough for an ISA with blanks around it; below this the reader waits for more text. */
const ISA_WINDOW = 400
const MOST_PROBLEMS = 1_000
/** No guide has a segment with nearly as many elements; one that has is cut by itself. */
const MOST_ELEMENTS = 256
/** How many segments are noted before they are handed on. */
const MOST_SEGMENTS = 1 << 10
/**
 * How many separators are noted together: few at first, for most files are small, then ever more, because each list that
 * is made costs the engine's memory keeping more than its size says.
 */
const FEWEST_PLACES = 1 << 11
const MOST_PLACES = 1 << 16

/**
 * Makes a reader that finds the delimiters in each ISA and cuts what follows, in one pass and without keeping
 * the text. It never throws; what is not X12 sets `refused`.
 */
export function createSegmentReader(): SegmentReader {
  let taken: Segment[] = []
  const cutter = new SegmentCutter((segment) => taken.push(segment))
  const give = (): Segment[] => {
    const segments = taken
    taken = []
    return segments
  }
  return {
    push(chunk) {
      cutter.push(chunk)
      return give()
    },
    end() {
      cutter.end()
      return give()
    },
    get refused() {
      return cutter.refused
    },
    problems: cutter.problems,
  }
}

/** The same, handing on each segment as soon as it is whole. */
export class SegmentCutter {
  refused: string | null = null
  readonly problems: ReadingProblem[] = []
  readonly #take: (segment: Segment) => void
  /** The one segment that is handed on again and again to a reader that keeps none, or null. */
  readonly #moving: Segment | null
  /** What was read but not handed on: a segment without its end, or the beginning of an ISA. */
  #rest = ''
  #delimiters: Delimiters | null = null
  /** The codes of the element separator and the segment terminator. */
  #element = 0
  #terminator = 0
  /** The codes of the text in hand; where no segment is kept, one list serves for all. */
  #codes: Uint8Array = new Uint8Array()
  /** Where separators stand, shared by many segments; only ever written past `#used`. */
  #places = new Int32Array(FEWEST_PLACES)
  #used = 0
  /** Where in the list the places of each segment begin that is to be handed on, and where the last ends. */
  readonly #bases = new Int32Array(MOST_SEGMENTS + 1)
  #started = false
  #ended = false
  #count = 0
  /** How much text went by before `#rest`. */
  #passed = 0
  /** Where the current line begins in the whole text, and how long the first line was. */
  #lineStart = 0
  #firstLine: number | null = null
  /** Whether the last piece ended with a carriage return, whose line feed may begin the next. */
  #returnBefore = false

  /**
   * Without `keeps` a segment is good only until `take` returns: the next is told by the same object, which halves what
   * the engine has to clear away.
   */
  constructor(take: (segment: Segment) => void, { keeps = true }: { readonly keeps?: boolean } = {}) {
    this.#take = take
    this.#moving = keeps ? null : Segment.of('', USUAL_DELIMITERS)
  }

  push(chunk: string): void {
    if (this.refused !== null || this.#ended || chunk === '') return
    let text = chunk
    let from = 0
    if (this.#rest !== '') {
      const delimiters = this.#delimiters
      const end = delimiters === null ? -1 : chunk.indexOf(delimiters.segment)
      if (end < 0) text = this.#rest + chunk
      else {
        // Only the segment that lies across the two pieces is joined; the rest is read where it stands.
        const joined = this.#rest + chunk.slice(0, end + 1)
        this.#rest = ''
        this.#cut(joined, 0, false)
        from = end + 1
        if (this.#rest !== '' || this.#ended) {
          text = this.#rest + chunk.slice(from)
          from = 0
        }
      }
    }
    this.#rest = ''
    // What was joined went by already.
    this.#passed -= from
    this.#cut(text, from, false)
  }

  end(): void {
    if (this.refused !== null || this.#ended) return
    const rest = this.#rest
    this.#rest = ''
    this.#cut(rest, 0, true)
    this.#ended = true
    if (!this.#started && this.refused === null) this.refused = `This is not an X12 file: it is ${describeFound('')}.`
  }

  #cut(text: string, from: number, last: boolean): void {
    this.#codes = characterCodes(text, this.#moving === null ? undefined : this.#codes)
    let position = from
    while (this.refused === null && !this.#ended) {
      position = this.#skipBreaks(text, position)
      if (position >= text.length) break
      if (this.#delimiters === null) {
        if (!last && text.length - position < ISA_WINDOW) break
        position = skipBlanks(text, position)
        if (position >= text.length) break
        if (!this.#started) this.#lineStart = this.#passed + position
        if (!this.#open(text.slice(position, position + ISA_WINDOW))) {
          position = text.length
          break
        }
      }
      const plain = this.#passPlain(text, position)
      if (plain > position) {
        position = plain
        continue
      }
      const end = text.indexOf(this.#delimiters?.segment ?? '', position)
      if (end < 0) {
        position = this.#withoutEnd(text, position, last)
        break
      }
      this.#addUntidy(text, position, end)
      position = end + 1
    }
    this.#rest = position >= text.length ? '' : position === 0 ? text : text.slice(position)
    this.#passed += position
    if (position > 0) this.#returnBefore = position >= text.length && text.charCodeAt(text.length - 1) === 13
  }

  /**
   * Hands on the plain segments from a place on, and answers where the first begins that is not: it has blanks before it,
   * a line break inside, nothing in it or no end, or its interchange is not open. First all separators are noted in one
   * loop that calls nothing, which is what makes it quick; then the segments are told.
   */
  #passPlain(text: string, from: number): number {
    const delimiters = this.#delimiters
    if (delimiters === null) return from
    this.#makeRoom()
    const element = this.#element
    const terminator = this.#terminator
    // Between the two separators, above a line feed, lie nearly all characters: one look passes them by.
    const low = Math.max(10, Math.min(element, terminator))
    const high = Math.max(element, terminator)
    const codes = this.#codes
    const places = this.#places
    const bases = this.#bases
    const { length } = text
    const most = places.length - 1
    let next = this.#used
    bases[0] = next
    let segments = 0
    let breakAt = -1
    let passed = from
    for (let at = from; at < length && segments < MOST_SEGMENTS; ) {
      const first = codes[at]
      if (first === 10 || first === 13) {
        if (first === 10 && this.#firstLine === null) this.#endLine(text, at)
        else if (first === 10) breakAt = at
        passed = ++at
        continue
      }
      if (first === 32 || first === 9 || first === terminator) break
      const base = next
      if (next < most) places[next++] = at - 1
      let isWhole = false
      for (; at < length; at++) {
        const code = codes[at] ?? 0
        if (code > low && code < high) continue
        // What there is no room for is not noted, and the segment is then not whole.
        if (code === element) places[next++] = at
        else if (code === terminator) {
          isWhole = next < most
          break
        } else if (code === 10) break
      }
      if (!isWhole) break
      places[next++] = at
      bases[++segments] = next
      passed = ++at
      if (first === 73 && isEndOfInterchange(text, places, base)) break
    }
    if (breakAt >= 0) this.#lineStart = this.#passed + breakAt + 1
    this.#handOn(new CutText(text, codes, delimiters, places, true), segments)
    return passed
  }

  #handOn(cut: CutText, segments: number): void {
    const bases = this.#bases
    const moving = this.#moving
    let base = bases[0] ?? 0
    for (let index = 1; index <= segments; index++) {
      const end = bases[index] ?? 0
      const count = end - base - 2
      if (moving) {
        moving.move(cut, base, count)
        this.#tell(moving)
      } else this.#tell(new Segment(cut, base, count))
      base = end
    }
    if (!moving) this.#used = base
  }

  #tell(segment: Segment): void {
    this.#count++
    if (segment.id === 'IEA') this.#delimiters = null
    this.#take(segment)
  }

  /** Room for the places of the next segments: of segments that are kept, none that was written already. */
  #makeRoom(): void {
    if (this.#used + MOST_ELEMENTS <= this.#places.length) return
    this.#places = new Int32Array(Math.min(this.#places.length * 2, MOST_PLACES))
    this.#used = 0
  }

  /** Takes the delimiters out of the next ISA; false when none follows. */
  #open(text: string): boolean {
    const head = readHead(text)
    if (head.delimiters === null) {
      if (this.#started) {
        this.#problem(
          'text_after_end',
          `After the last IEA comes ${describeFound(text.slice(0, 200))}; it was not read.`,
        )
        this.#ended = true
      } else this.refused = head.refused
      return false
    }
    if (head.length !== 106) {
      this.#problem(
        'isa_length',
        `The ISA segment has ${head.length} characters with its terminator; it must have 106.`,
      )
    }
    this.#delimiters = head.delimiters
    this.#element = head.delimiters.element.charCodeAt(0)
    this.#terminator = head.delimiters.segment.charCodeAt(0)
    this.#started = true
    return true
  }

  /** What to do where no terminator follows: wait for more text, or give the rest as a segment that was cut off. */
  #withoutEnd(text: string, position: number, last: boolean): number {
    if (text.length - position > LONGEST_SEGMENT) {
      this.#problem(
        'segment_too_long',
        `A segment is longer than ${LONGEST_SEGMENT} characters; reading stopped there.`,
      )
      this.#ended = true
      return text.length
    }
    if (!last) return position
    const tail = trimEndBreaks(text.slice(position))
    if (tail !== '' && this.#delimiters !== null) {
      this.#take(Segment.of(tail, this.#delimiters, false))
      this.#count++
    }
    return text.length
  }

  /** A segment that is not plain, one by one. */
  #addUntidy(text: string, from: number, to: number): void {
    const delimiters = this.#delimiters
    if (delimiters === null) return
    const tidy = this.#tidy(text, from, to)
    if (tidy === '') this.#problem('empty_segment', 'Two segment terminators follow each other with nothing between.')
    else this.#tell(Segment.of(tidy, delimiters))
  }

  /** The segment without line breaks inside and blanks before it. */
  #tidy(text: string, from: number, to: number): string {
    const start = this.#skipBlanks(text, from, to)
    const tidy = text.slice(start, to)
    if (!tidy.includes('\n')) return tidy
    this.#judgeBreaks(text, start, to)
    return tidy.replace(/\r?\n/g, '')
  }

  /** Says that there are blanks before a segment, also before a line break, and passes them. */
  #skipBlanks(text: string, from: number, to: number): number {
    let hasBlanks = false
    let at = from
    for (; at < to; at++) {
      const code = text.charCodeAt(at)
      if (code === 10) this.#endLine(text, at)
      else if (code === 32 || code === 9) hasBlanks = true
      else if (code !== 13) break
    }
    if (hasBlanks) {
      this.#problem(
        'blank_before_segment',
        'Blanks stand before the segment; only line breaks may follow a terminator.',
      )
    }
    return at
  }

  /** Lines of one length are how old systems cut a file; a break elsewhere inside a segment is part of the data. */
  #judgeBreaks(text: string, from: number, to: number): void {
    let told = false
    for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
      const width = this.#endLine(text, at)
      if (width === this.#firstLine || told) continue
      told = true
      this.#problem('line_break_inside', 'A line break stands inside the segment; it may only follow a terminator.')
    }
  }

  /** Ends a line at a line feed and answers how long it was. */
  #endLine(text: string, at: number): number {
    const isAfterReturn = at > 0 ? text.charCodeAt(at - 1) === 13 : this.#returnBefore
    const end = this.#passed + (isAfterReturn ? at - 1 : at)
    const width = end - this.#lineStart
    this.#lineStart = this.#passed + at + 1
    if (this.#firstLine === null && width > 1) this.#firstLine = width
    return width
  }

  #skipBreaks(text: string, from: number): number {
    let position = from
    for (; position < text.length; position++) {
      const code = text.charCodeAt(position)
      if (code === 10) this.#endLine(text, position)
      else if (code !== 13) break
    }
    return position
  }

  #problem(code: ReadingProblem['code'], message: string): void {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ code, message, at: this.#count + 1 })
  }
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 10
}

function skipBlanks(text: string, from: number): number {
  let position = from
  for (; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (!isBlank(code) && code !== 0xfeff && code !== 26) break
  }
  return position
}

function trimEndBreaks(text: string): string {
  let end = text.length
  for (; end > 0; end--) {
    const code = text.charCodeAt(end - 1)
    if (!isBlank(code) && code !== 26) break
  }
  return text.slice(0, end)
}

type Head =
  | { readonly delimiters: Delimiters; readonly length: number; readonly refused: null }
  | { readonly delimiters: null; readonly refused: string }

/** The delimiters of an ISA, also of one that is cut into lines of a fixed length. */
function readHead(text: string): Head {
  const lineBreak = text.indexOf('\n')
  if (lineBreak >= 0 && lineBreak < 104 && text.startsWith('ISA')) {
    const joined = findDelimiters(text.replace(/\r?\n/g, ''))
    if (joined.delimiters !== null && joined.length === 106) return joined
  }
  return findDelimiters(text)
}

/** Finds the delimiters by counting the sixteen separators of the ISA, so that a wrongly padded ISA is still read. */
function findDelimiters(text: string): Head {
  if (!text.startsWith('ISA')) {
    return {
      delimiters: null,
      refused: `This is not an X12 file: it should begin with ISA, but it is ${describeFound(text)}.`,
    }
  }
  const separator = text.charAt(3)
  if (separator === '' || /[A-Za-z0-9\s]/.test(separator)) {
    return {
      delimiters: null,
      refused: 'This is not an X12 file: it begins with ISA but no element separator follows.',
    }
  }
  const starts: number[] = []
  for (let index = 3; index < text.length && starts.length < 16; index++) {
    if (text.charAt(index) === separator) starts.push(index)
  }
  const sixteenth = starts[15]
  const eleventh = starts[10]
  const counted =
    sixteenth === undefined || eleventh === undefined
      ? null
      : headAt(text, separator, sixteenth, text.charAt(eleventh + 1))
  if (counted !== null) return counted
  const fixed = text.length >= 106 ? headAt(text, separator, 103, text.charAt(82)) : null
  if (fixed !== null) return fixed
  return {
    delimiters: null,
    refused: 'This X12 file cannot be read: its ISA segment is cut off or does not have sixteen elements.',
  }
}

function headAt(text: string, separator: string, sixteenth: number, repetition: string): Head | null {
  const componentSeparator = text.charAt(sixteenth + 1)
  const terminator = text.charAt(sixteenth + 2)
  if (componentSeparator === '' || terminator === '') return null
  if (/[A-Za-z0-9 ]/.test(componentSeparator + terminator)) return null
  const characters = new Set([separator, componentSeparator, terminator])
  if (characters.size !== 3 || ![...characters].every(hasCode)) return null
  const next = skipBlanks(text, sixteenth + 3)
  if (next < text.length && !/^(?:GS|TA1|IEA|ISB|ISE)/.test(text.slice(next, next + 3)) && sixteenth !== 103)
    return null
  return {
    delimiters: { element: separator, component: componentSeparator, repetition, segment: terminator },
    length: sixteenth + 3,
    refused: null,
  }
}

/** Whether the segment whose places begin there is an IEA; its delimiters end with it. */
function isEndOfInterchange(text: string, places: Int32Array, base: number): boolean {
  const from = (places[base] ?? 0) + 1
  return (places[base + 1] ?? 0) - from === 3 && text.startsWith('IEA', from)
}
