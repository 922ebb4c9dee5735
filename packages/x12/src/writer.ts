import { basicText, extendedText, isPlain } from './characters.ts'
import { formatDate6, formatDate8, formatTime4 } from './dates.ts'
import type { Interchange } from './envelope.ts'
import { type Delimiters, USUAL_DELIMITERS } from './segments.ts'

/** What stands in ISA and GS. Control numbers come from the caller, who keeps them unique for ever. */
export interface EnvelopeHeader {
  readonly senderQualifier: string
  /** ISA06, up to 15 characters; also GS02 unless `groupSender` is given. */
  readonly sender: string
  readonly receiverQualifier: string
  readonly receiver: string
  readonly groupSender?: string
  readonly groupReceiver?: string
  /** 'YYYY-MM-DD' */
  readonly createdOn: string
  /** 'HH:MM' */
  readonly createdAt: string
  /** 1 to 999,999,999. */
  readonly interchangeControl: number
  /** 1 to 999,999,999. */
  readonly groupControl: number
  /** P production, T test. */
  readonly usage: 'P' | 'T'
  /** True asks the receiver for a TA1 (ISA14). */
  readonly wantsAcknowledgment?: boolean
}

export interface WritingOptions {
  readonly delimiters?: Delimiters
  /** True (the default) puts each segment on a line of its own. */
  readonly lineBreaks?: boolean
}

/** One element to write: text, a composite of texts, a repeating element, or nothing. */
export type ElementToWrite = string | readonly string[] | { readonly repeated: readonly string[] } | null | undefined

/** So many lines become one text at a time. */
const LINES_IN_STRETCH = 64
/** No guide leaves out nearly as many elements in a row. */
const MOST_SEPARATORS = 20

/** Collects segments, counts them, and prints them with an envelope. */
export class SegmentWriter {
  /** Whole stretches of the text, and the lines after them. */
  readonly #stretches: string[] = []
  #lines: string[] = []
  /** Segments so far. */
  #count = 0
  /** As many element separators as the place in the list says. */
  readonly #separators: readonly string[]
  readonly #delimiters: Delimiters
  readonly #end: string
  /** Whether a delimiter is one of the characters that need no other look. */
  readonly #hasPlainDelimiter: boolean
  #setStart = 0
  #setControl = ''
  #sets = 0
  #groups = 0

  constructor(options: WritingOptions = {}) {
    this.#delimiters = options.delimiters ?? USUAL_DELIMITERS
    assertDelimiters(this.#delimiters)
    this.#separators = Array.from({ length: MOST_SEPARATORS + 1 }, (_, count) => this.#delimiters.element.repeat(count))
    this.#hasPlainDelimiter = Object.values(this.#delimiters).includes('/')
    this.#end = this.#delimiters.segment + ((options.lineBreaks ?? true) ? '\n' : '')
  }

  /** Writes one segment: trailing empty elements and components are dropped, delimiters in data become blanks. */
  segment(id: string, ...elements: readonly ElementToWrite[]): void {
    this.#add(this.#print(id, elements, false))
  }

  /** The same without changing case, for segments with e-mail or web addresses. */
  segmentExtended(id: string, ...elements: readonly ElementToWrite[]): void {
    this.#add(this.#print(id, elements, true))
  }

  openInterchange(header: EnvelopeHeader): void {
    const { element, component, repetition } = this.#delimiters
    const pad = (text: string, length: number): string => this.#basic(text).slice(0, length).padEnd(length)
    this.#add(
      [
        'ISA',
        '00',
        pad('', 10),
        '00',
        pad('', 10),
        pad(header.senderQualifier, 2),
        pad(header.sender, 15),
        pad(header.receiverQualifier, 2),
        pad(header.receiver, 15),
        formatDate6(header.createdOn),
        formatTime4(header.createdAt),
        repetition,
        '00501',
        control(header.interchangeControl).padStart(9, '0'),
        header.wantsAcknowledgment ? '1' : '0',
        header.usage,
        component,
      ].join(element),
    )
    this.#groups = 0
  }

  openGroup(functionalCode: string, version: string, header: EnvelopeHeader): void {
    this.segment(
      'GS',
      functionalCode,
      header.groupSender ?? header.sender,
      header.groupReceiver ?? header.receiver,
      formatDate8(header.createdOn),
      formatTime4(header.createdAt),
      control(header.groupControl),
      'X',
      version,
    )
    this.#groups++
    this.#sets = 0
  }

  /** Opens a set; the control number is printed with at least four digits. */
  openSet(type: string, setControl: number, version: string | null): void {
    this.#setControl = control(setControl).padStart(4, '0')
    this.#setStart = this.#count
    this.segment('ST', type, this.#setControl, version)
    this.#sets++
  }

  closeSet(): void {
    this.segment('SE', String(this.#count - this.#setStart + 1), this.#setControl)
  }

  closeGroup(header: EnvelopeHeader): void {
    this.segment('GE', String(this.#sets), control(header.groupControl))
  }

  /** Closes the interchange and gives the whole text. */
  closeInterchange(header: EnvelopeHeader): string {
    this.segment('IEA', String(this.#groups), control(header.interchangeControl).padStart(9, '0'))
    this.#endStretch()
    return this.#stretches.join('')
  }

  /** A line is many small texts that the engine has not put together yet; a stretch is one text, so that they soon go. */
  #add(line: string): void {
    this.#count++
    if (this.#lines.push(line) === LINES_IN_STRETCH) this.#endStretch()
  }

  #endStretch(): void {
    if (this.#lines.length === 0) return
    this.#stretches.push(this.#lines.join(this.#end) + this.#end)
    this.#lines = []
  }

  #print(id: string, elements: readonly ElementToWrite[], keepsCase: boolean): string {
    const separators = this.#separators
    let line = id
    let written = 0
    for (let index = 0; index < elements.length; index++) {
      const one = elements[index]
      const text = typeof one === 'string' ? this.#clean(one, keepsCase) : this.#parts(one, keepsCase)
      if (text === '') continue
      line += (separators[index + 1 - written] ?? this.#delimiters.element.repeat(index + 1 - written)) + text
      written = index + 1
    }
    return line
  }

  /** What is not one plain text: a composite, a repeating element, or nothing. */
  #parts(one: Exclude<ElementToWrite, string>, keepsCase: boolean): string {
    if (one === null || one === undefined) return ''
    if (!isComposite(one)) {
      return one.repeated
        .map((text) => this.#clean(text, keepsCase))
        .filter((text) => text !== '')
        .join(this.#delimiters.repetition)
    }
    const separator = this.#delimiters.component
    let line = ''
    let written = 0
    for (let index = 0; index < one.length; index++) {
      const text = this.#clean(one[index] ?? '', keepsCase)
      if (text === '') continue
      for (; written < index; written++) line += separator
      line += text
    }
    return line
  }

  #clean(text: string, keepsCase: boolean): string {
    if (text === '') return ''
    if (!keepsCase) return this.#basic(text)
    return this.#withoutDelimiters(extendedText(text))
  }

  #basic(text: string): string {
    if (isPlain(text)) return this.#hasPlainDelimiter ? this.#withoutDelimiters(text) : text
    return this.#withoutDelimiters(basicText(text))
  }

  /** Runs after transliteration, for that can turn a full-width sign into a delimiter. */
  #withoutDelimiters(text: string): string {
    const { element, component, repetition, segment } = this.#delimiters
    if (!text.includes(element) && !text.includes(component) && !text.includes(repetition) && !text.includes(segment)) {
      return text
    }
    let clean = ''
    for (const character of text) {
      clean +=
        character === element || character === component || character === repetition || character === segment
          ? ' '
          : character
    }
    return clean.replace(/ +/g, ' ').trim()
  }
}

function isComposite(one: readonly string[] | { readonly repeated: readonly string[] }): one is readonly string[] {
  return Array.isArray(one)
}

function control(value: number): string {
  if (!Number.isSafeInteger(value) || value < 1 || value > 999_999_999) {
    throw new RangeError(`A control number is a whole number from 1 to 999999999, not ${value}.`)
  }
  return String(value)
}

function assertDelimiters(delimiters: Delimiters): void {
  const all = [delimiters.element, delimiters.component, delimiters.repetition, delimiters.segment]
  if (new Set(all).size !== 4 || all.some((one) => one.length !== 1 || /[A-Za-z0-9 .-]/.test(one))) {
    throw new RangeError(
      'The four delimiters must be different single characters that do not occur in codes or amounts.',
    )
  }
}

/**
 * Prints interchanges that were read, one segment a line: canonical text comes back byte for byte. Trailing empty
 * elements are dropped, nothing else is changed.
 */
export function printInterchanges(
  interchanges: readonly Interchange[],
  options: { lineBreaks?: boolean } = {},
): string {
  const lines: string[] = []
  const add = (segment: { elements: readonly string[]; delimiters: Delimiters } | null): void => {
    if (segment === null) return
    let length = segment.elements.length
    while (length > 1 && segment.elements[length - 1] === '') length--
    lines.push(segment.elements.slice(0, length).join(segment.delimiters.element) + segment.delimiters.segment)
  }
  for (const interchange of interchanges) {
    add(interchange.header)
    for (const segment of interchange.acknowledgments) add(segment)
    for (const group of interchange.groups) {
      add(group.header)
      for (const set of group.sets) for (const segment of set.segments) add(segment)
      add(group.trailer)
    }
    add(interchange.trailer)
  }
  return lines.join(options.lineBreaks === false ? '' : '\n') + (options.lineBreaks === false ? '' : '\n')
}
