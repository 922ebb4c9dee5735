/** The four characters that cut an interchange into pieces; each is one character. */
export interface Delimiters {
  readonly element: string
  readonly component: string
  readonly repetition: string
  readonly segment: string
}

/** What Keepwell writes. */
export const USUAL_DELIMITERS: Delimiters = { element: '*', component: ':', repetition: '^', segment: '~' }

/** One segment as it stood in the file. */
export interface Segment {
  readonly id: string
  /** `elements[0]` is the id, so that `elements[2]` of a CLM is CLM02. */
  readonly elements: readonly string[]
  readonly delimiters: Delimiters
  /** False for a last segment that the file broke off before its terminator. */
  readonly terminated: boolean
}

/** The element's text, or '' when it is absent. */
export function element(segment: Segment, position: number): string {
  return segment.elements[position] ?? ''
}

/** A component of a composite element, counted from 1, or '' when it is absent. */
export function component(segment: Segment, position: number, part: number): string {
  const text = segment.elements[position]
  if (text === undefined || text === '') return ''
  return text.split(segment.delimiters.component)[part - 1] ?? ''
}

/** The components of a composite element; an absent element has none. */
export function components(segment: Segment, position: number): string[] {
  const text = segment.elements[position]
  return text === undefined || text === '' ? [] : text.split(segment.delimiters.component)
}

/** The repetitions of a repeating element; an absent element has none. */
export function repetitions(segment: Segment, position: number): string[] {
  const text = segment.elements[position]
  return text === undefined || text === '' ? [] : text.split(segment.delimiters.repetition)
}

/** What went wrong while a text was cut into segments; `at` counts segments from 1. */
export interface ReadingProblem {
  readonly code: 'isa_length' | 'empty_segment' | 'blank_before_segment' | 'segment_too_long' | 'text_after_end'
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

/**
 * Makes a reader that finds the delimiters in each ISA and cuts what follows, in one pass and without keeping
 * the text. It never throws; what is not X12 sets `refused`.
 */
export function createSegmentReader(): SegmentReader {
  let rest = ''
  let scanFrom = 0
  let delimiters: Delimiters | null = null
  let refused: string | null = null
  let started = false
  let count = 0
  let ended = false
  const problems: ReadingProblem[] = []

  const problem = (code: ReadingProblem['code'], message: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ code, message, at: count + 1 })
  }

  const take = (last: boolean): Segment[] => {
    const segments: Segment[] = []
    const text = rest
    let position = 0
    while (refused === null) {
      position = skipBreaks(text, position)
      if (position >= text.length) break
      if (delimiters === null) {
        if (!last && text.length - position < ISA_WINDOW) break
        const start = skipBlanks(text, position)
        if (start >= text.length) {
          position = start
          break
        }
        const head = readHead(text.slice(start, start + ISA_WINDOW))
        if (head.delimiters === null) {
          if (started) {
            problem(
              'text_after_end',
              `After the last IEA comes ${describeFound(text.slice(start, start + 200))}; it was not read.`,
            )
            ended = true
            position = text.length
          } else refused = head.refused
          break
        }
        if (head.length !== 106) {
          problem('isa_length', `The ISA segment has ${head.length} characters with its terminator; it must have 106.`)
        }
        delimiters = head.delimiters
        started = true
        position = start
        scanFrom = 0
      }
      const from = Math.max(position, scanFrom)
      const end = text.indexOf(delimiters.segment, from)
      if (end < 0) {
        if (text.length - position > LONGEST_SEGMENT) {
          problem('segment_too_long', `A segment is longer than ${LONGEST_SEGMENT} characters; reading stopped there.`)
          ended = true
          position = text.length
        } else if (last) {
          const tail = trimEndBreaks(text.slice(position))
          position = text.length
          if (tail !== '') {
            segments.push(cut(tail, delimiters, false))
            count++
          }
        } else scanFrom = text.length
        break
      }
      let raw = text.slice(position, end)
      position = end + 1
      scanFrom = 0
      const first = raw.charCodeAt(0)
      if (first === 32 || first === 9) {
        problem('blank_before_segment', 'Blanks stand before the segment; only line breaks may follow a terminator.')
        raw = raw.trimStart()
      }
      if (raw === '') {
        problem('empty_segment', 'Two segment terminators follow each other with nothing between.')
        continue
      }
      const segment = cut(raw, delimiters, true)
      segments.push(segment)
      count++
      if (segment.id === 'IEA') delimiters = null
    }
    rest = position >= text.length ? '' : position === 0 ? text : text.slice(position)
    // What was already searched for a terminator is counted from the start of the kept text.
    scanFrom = Math.max(0, Math.min(scanFrom - position, rest.length))
    return segments
  }

  return {
    push(chunk) {
      if (refused !== null || ended || chunk === '') return []
      rest = rest === '' ? chunk : rest + chunk
      return take(false)
    },
    end() {
      if (refused !== null || ended) return []
      const segments = take(true)
      ended = true
      if (!started && refused === null) refused = `This is not an X12 file: it is ${describeFound('')}.`
      return segments
    },
    get refused() {
      return refused
    },
    problems,
  }
}

function skipBreaks(text: string, from: number): number {
  let position = from
  for (; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (code !== 10 && code !== 13) break
  }
  return position
}

function skipBlanks(text: string, from: number): number {
  let position = from
  for (; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (code !== 10 && code !== 13 && code !== 32 && code !== 9 && code !== 0xfeff && code !== 26) break
  }
  return position
}

function trimEndBreaks(text: string): string {
  let end = text.length
  for (; end > 0; end--) {
    const code = text.charCodeAt(end - 1)
    if (code !== 10 && code !== 13 && code !== 32 && code !== 9 && code !== 26) break
  }
  return text.slice(0, end)
}

function cut(raw: string, delimiters: Delimiters, terminated: boolean): Segment {
  const elements = raw.split(delimiters.element)
  return { id: elements[0] ?? '', elements, delimiters, terminated }
}

type Head =
  | { readonly delimiters: Delimiters; readonly length: number; readonly refused: null }
  | { readonly delimiters: null; readonly refused: string }

/** Finds the delimiters by counting the sixteen separators of the ISA, so that a wrongly padded ISA is still read. */
function readHead(text: string): Head {
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
  if (characters.size !== 3) return null
  const next = skipBlanks(text, sixteenth + 3)
  if (next < text.length && !/^(?:GS|TA1|IEA|ISB|ISE)/.test(text.slice(next, next + 3)) && sixteenth !== 103)
    return null
  return {
    delimiters: { element: separator, component: componentSeparator, repetition, segment: terminator },
    length: sixteenth + 3,
    refused: null,
  }
}

/** Names in plain words what a text is that is not X12. */
export function describeFound(text: string): string {
  const start = text.replace(/^[\uFEFF\s]+/, '')
  if (start === '') return 'empty'
  if (start.includes('\u0000')) return 'binary data or text in UTF-16'
  if (start.startsWith('%PDF')) return 'a PDF document'
  if (start.startsWith('PK\u0003\u0004')) return 'a ZIP archive'
  if (start.startsWith('\u001f')) return 'a compressed (gzip) file'
  if (start.startsWith('{\\rtf')) return 'an RTF document'
  if (/^<(?:!doctype html|html)/i.test(start)) return 'an HTML page'
  if (start.startsWith('<')) return 'an XML document'
  if (start.startsWith('{') || start.startsWith('[')) return 'a JSON document'
  if (/^(?:MSH|FHS|BHS)[^A-Za-z0-9]/.test(start)) return 'an HL7 version 2 message'
  if (/^UN[AB]/.test(start)) return 'an EDIFACT message'
  if (/^(?:GS|ST|BHT|NM1|CLP|BPR)[^A-Za-z0-9\s]/.test(start)) return 'a piece of X12 without its ISA envelope'
  if (/^ISA/.test(start)) return 'an ISA segment that is damaged'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  if (/[\u0000-\u0008\u000e-\u001f]/.test(start)) return 'binary data'
  if (/^[^\n]{0,200},/.test(start)) return 'a text that looks like CSV'
  return 'another kind of text'
}
