import { parseDate6, parseDate8 } from './dates.ts'
import type { FunctionalGroup, Interchange, TransactionSet } from './envelope.ts'
import { checkGroupHeader, checkInterchangeHeader, checkSetHeader, quoted } from './envelope-rules.ts'
import { type Finding, finding, type Place, type Severity } from './findings.ts'
import { FingerprintSet } from './fingerprints.ts'
import type { SetPlace } from './read/reading.ts'
import type { ReadingProblem } from './segment-reader.ts'
import { element, type Segment } from './segments.ts'

/** What is told while a text goes by. */
export interface EnvelopeSink {
  openInterchange?(interchange: Interchange): void
  /** A TA1 between ISA and the first GS. */
  acknowledgment?(interchange: Interchange, segment: Segment): void
  openSet?(place: SetPlace): void
  /** Each segment of a set, ST and SE included. */
  segment?(segment: Segment): void
  /** The set is over; `truncated` of its set is final now. */
  closeSet?(place: SetPlace): void
  /** `isEnvelopeError` tells what shows that a file is not whole. */
  finding?(one: Finding, isEnvelopeError: boolean): void
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] }
interface OpenSet extends Open<Omit<TransactionSet, 'segments' | 'envelopeErrors'>> {
  segments: Segment[]
  envelopeErrors: Finding[]
}
interface OpenGroup extends Open<Omit<FunctionalGroup, 'sets'>> {
  sets: OpenSet[]
}
interface OpenInterchange extends Open<Omit<Interchange, 'groups' | 'acknowledgments'>> {
  groups: OpenGroup[]
  acknowledgments: Segment[]
}

/** The reader's problems that show a file to be not whole. */
const NOT_WHOLE = new Set<ReadingProblem['code']>(['isa_length', 'segment_too_long', 'text_after_end'])
const MOST_STRAYS = 100
const MOST_PLACES = 10_000

/** Puts segments into interchanges, groups and sets, and checks every envelope as it goes by. */
export class EnvelopeReader {
  readonly #sink: EnvelopeSink
  /** Whether groups, sets and segments stay in the interchange; without it nothing grows with the file. */
  readonly #keep: boolean
  #interchange: OpenInterchange | null = null
  #group: OpenGroup | null = null
  #set: OpenSet | null = null
  /** Counted from ISA = 1. */
  #position = 0
  /** Counted from ST = 1. */
  #setPosition = 0
  #segments = 0
  #strays = 0
  /** Whether the last segment stood outside of where it belongs. */
  #isStraying = false
  #groupCount = 0
  #setCount = 0
  readonly #interchangeControls = new FingerprintSet()
  #groupControls = new FingerprintSet()
  #setControls = new FingerprintSet()
  /** Where each interchange began, to tell the place of what the cutter saw. */
  readonly #interchangeAt: { from: number; control: string }[] = []

  constructor(sink: EnvelopeSink, options: { readonly keep: boolean }) {
    this.#sink = sink
    this.#keep = options.keep
  }

  add(segment: Segment): void {
    this.#segments++
    if (segment.id === 'ISA') {
      this.#openInterchange(segment)
      return
    }
    segment.position = ++this.#position
    if (!segment.terminated) this.#cutOff(segment)
    const set = this.#set
    switch (segment.id) {
      case 'GS':
        this.#openGroup(segment)
        return
      case 'GE':
        if (!this.#group) this.#stray(segment)
        this.#closeGroup(segment)
        return
      case 'IEA':
        this.#closeInterchange(segment)
        return
      case 'TA1':
        if (!this.#group && this.#interchange) {
          if (this.#keep) this.#interchange.acknowledgments.push(segment)
          this.#sink.acknowledgment?.(this.#interchange, segment)
          return
        }
        break
      case 'ST':
        if (this.#group) {
          this.#openSet(segment)
          return
        }
        break
      case 'SE':
        if (set) {
          this.#inside(set, segment)
          this.#closeSet(segment)
          return
        }
        break
    }
    if (set) this.#inside(set, segment)
    else this.#stray(segment)
  }

  /** Says that the text is over; `problems` are those of the cutter. */
  finish(problems: readonly ReadingProblem[]): void {
    this.#closeInterchange(null)
    for (const problem of problems) {
      // The cutter counts from the start of the file; a person looks inside the interchange.
      const inside = this.#interchangeAt.findLast((one) => one.from <= problem.at)
      const place: Place = {
        interchange: inside?.control ?? null,
        segment: problem.at - (inside === undefined ? 0 : inside.from - 1),
      }
      const severity: Severity = problem.code === 'blank_before_segment' ? 'warning' : 'error'
      this.#sink.finding?.(finding(1, severity, problem.code, problem.message, place), NOT_WHOLE.has(problem.code))
    }
  }

  #inside(set: OpenSet, segment: Segment): void {
    this.#setPosition++
    segment.position = this.#setPosition
    if (this.#keep) set.segments.push(segment)
    this.#sink.segment?.(segment)
  }

  #here(segmentId: string | null): Place {
    return {
      interchange: this.#interchange?.control ?? null,
      set: this.#set?.control ?? null,
      segment: this.#set ? this.#setPosition : this.#position,
      element: segmentId,
    }
  }

  #envelopeError(code: string, message: string, place: Place): void {
    const one = finding(1, 'error', code, message, place)
    this.#set?.envelopeErrors.push(one)
    this.#sink.finding?.(one, true)
  }

  #note(severity: Severity, code: string, message: string, place: Place): void {
    this.#sink.finding?.(finding(1, severity, code, message, place), false)
  }

  #cutOff(segment: Segment): void {
    const place = this.#here(null)
    this.#note('error', 'segment_cut_off', `The file ends inside a ${segment.id} segment, before its terminator.`, {
      ...place,
      segment: (place.segment ?? 0) + (this.#set ? 1 : 0),
    })
  }

  #stray(segment: Segment): void {
    // The first of a run of lost segments is the place where the header is missing.
    const isFirst = !this.#isStraying
    this.#isStraying = true
    if (!isFirst || ++this.#strays > MOST_STRAYS) return
    this.#envelopeError(
      'segment_outside',
      `A ${segment.id || 'nameless'} segment stands outside of a transaction set.`,
      this.#here(null),
    )
  }

  #openInterchange(segment: Segment): void {
    this.#closeInterchange(null)
    segment.position = this.#position = 1
    const control = element(segment, 13)
    const place: Place = { interchange: control, segment: 1 }
    if (!this.#interchangeControls.add(`${element(segment, 6)} ${control}`)) {
      this.#note(
        'error',
        'isa13_repeated',
        `ISA13 "${control}" stands twice in this file; it must be unique for its sender.`,
        {
          ...place,
          element: 'ISA13',
        },
      )
    }
    const interchange: OpenInterchange = {
      control,
      senderQualifier: element(segment, 5).trim(),
      sender: element(segment, 6).trimEnd(),
      receiverQualifier: element(segment, 7).trim(),
      receiver: element(segment, 8).trimEnd(),
      createdOn: parseDate6(element(segment, 9)),
      createdAt: element(segment, 10),
      usage: element(segment, 15),
      delimiters: segment.delimiters,
      header: segment.kept(),
      trailer: null,
      acknowledgments: [],
      groups: [],
      truncated: false,
    }
    this.#interchange = interchange
    this.#groupControls = new FingerprintSet()
    this.#groupCount = 0
    if (this.#interchangeAt.length < MOST_PLACES) this.#interchangeAt.push({ from: this.#segments, control })
    this.#sink.openInterchange?.(interchange)
    checkInterchangeHeader(segment, (code, at, message, severity) =>
      this.#note(severity ?? 'error', code, message, { ...place, element: at }),
    )
  }

  #closeInterchange(trailer: Segment | null): void {
    const interchange = this.#interchange
    if (!interchange) return
    this.#closeGroup(null)
    interchange.trailer = trailer?.kept() ?? null
    if (trailer) {
      // An interchange that carries only TA1 segments counts no group.
      if (!counts(trailer, this.#groupCount)) {
        this.#envelopeError(
          'iea_count',
          `IEA01 says ${quoted(trailer, 1)} groups, but there are ${this.#groupCount}.`,
          this.#here('IEA01'),
        )
      }
      // An IEA that ends without its terminator is whole only when its control number is.
      if (!trailer.terminated && element(trailer, 2) !== interchange.control) interchange.truncated = true
      if (element(trailer, 2) !== interchange.control) {
        this.#envelopeError(
          'iea_control',
          `IEA02 is ${quoted(trailer, 2)}, but ISA13 is "${interchange.control}".`,
          this.#here('IEA02'),
        )
      }
    } else {
      interchange.truncated = true
      this.#envelopeError(
        'iea_missing',
        `Interchange ${interchange.control} has no IEA: the file was cut off.`,
        this.#here(null),
      )
    }
    this.#interchange = null
  }

  #openGroup(segment: Segment): void {
    this.#closeGroup(null)
    const control = element(segment, 6)
    const place = this.#here(null)
    if (!this.#groupControls.add(control)) {
      this.#note('error', 'gs06_repeated', `GS06 "${control}" stands twice in one interchange.`, {
        ...place,
        element: 'GS06',
      })
    }
    checkGroupHeader(segment, (code, at, message) => this.#note('error', code, message, { ...place, element: at }))
    const group: OpenGroup = {
      functionalCode: element(segment, 1),
      sender: element(segment, 2),
      receiver: element(segment, 3),
      createdOn: parseDate8(element(segment, 4)),
      createdAt: element(segment, 5),
      control,
      version: element(segment, 8),
      header: segment.kept(),
      trailer: null,
      sets: [],
      truncated: false,
    }
    this.#group = group
    this.#isStraying = false
    this.#groupCount++
    this.#setCount = 0
    if (this.#keep) this.#interchange?.groups.push(group)
    this.#setControls = new FingerprintSet()
  }

  #closeGroup(trailer: Segment | null): void {
    const group = this.#group
    if (!group) return
    this.#closeSet(null)
    group.trailer = trailer?.kept() ?? null
    if (trailer) {
      if (!counts(trailer, this.#setCount)) {
        this.#envelopeError(
          'ge_count',
          `GE01 says ${quoted(trailer, 1)} transaction sets, but there are ${this.#setCount}.`,
          this.#here('GE01'),
        )
      }
      if (element(trailer, 2) !== group.control) {
        this.#envelopeError(
          'ge_control',
          `GE02 is ${quoted(trailer, 2)}, but GS06 is "${group.control}".`,
          this.#here('GE02'),
        )
      }
    } else {
      group.truncated = true
      this.#envelopeError(
        'ge_missing',
        `Group ${group.control} has no GE: the file was cut off, or segments are lost.`,
        this.#here(null),
      )
    }
    this.#group = null
  }

  #openSet(segment: Segment): void {
    this.#closeSet(null)
    const group = this.#group
    const interchange = this.#interchange
    if (!group) return
    const control = element(segment, 2)
    const stated = element(segment, 3)
    const set: OpenSet = {
      type: element(segment, 1),
      control,
      version: stated === '' ? group.version : stated,
      segments: [],
      truncated: false,
      envelopeErrors: [],
    }
    this.#set = set
    this.#isStraying = false
    this.#setCount++
    this.#setPosition = 0
    if (this.#keep) group.sets.push(set)
    if (interchange) this.#sink.openSet?.({ interchange, group, set })
    this.#inside(set, segment)
    const place = this.#here(null)
    if (!this.#setControls.add(control)) {
      this.#note('error', 'st02_repeated', `ST02 "${control}" stands twice in one group.`, {
        ...place,
        element: 'ST02',
      })
    }
    const { header } = group
    const ofGroup: Place = { interchange: place.interchange ?? null, set: null, segment: header.position }
    checkSetHeader(segment, group, (code, at, message, severity) =>
      this.#note(severity ?? 'error', code, message, { ...(at === 'GS01' ? ofGroup : place), element: at }),
    )
  }

  #closeSet(trailer: Segment | null): void {
    const set = this.#set
    const group = this.#group
    const interchange = this.#interchange
    if (!set || !group) return
    if (trailer) {
      if (!counts(trailer, this.#setPosition)) {
        this.#envelopeError(
          'se_count',
          `SE01 says ${quoted(trailer, 1)} segments, but there are ${this.#setPosition} from ST to SE.`,
          this.#here('SE01'),
        )
      }
      if (element(trailer, 2) !== set.control) {
        this.#envelopeError(
          'se_control',
          `SE02 is ${quoted(trailer, 2)}, but ST02 is "${set.control}".`,
          this.#here('SE02'),
        )
      }
    } else {
      set.truncated = true
      this.#envelopeError(
        'se_missing',
        `Transaction set ${set.control} has no SE: the file was cut off, or segments are lost.`,
        this.#here(null),
      )
    }
    if (interchange) this.#sink.closeSet?.({ interchange, group, set })
    this.#set = null
  }
}

/** Whether the trailer's first element is the count in plain digits. */
function counts(trailer: Segment, count: number): boolean {
  const stated = element(trailer, 1)
  return /^\d+$/.test(stated) && Number(stated) === count
}
