import { type Period, parseDate8At, parsePeriodAt } from '../dates.ts'
import type { FunctionalGroup, Interchange, InterchangeFile, TransactionSet } from '../envelope.ts'
import { type Finding, finding } from '../findings.ts'
import { parseCentsAt, parseQuantity } from '../money.ts'
import { element, type Segment } from '../segments.ts'

/** The findings of a file that belong to the sets of one reading, shared by all readers. */
export interface ReadFile {
  readonly refused: string | null
  readonly findings: Finding[]
  readonly envelopeErrors: readonly Finding[]
}

/** Starts a reader's answer with what the envelope already showed, and says when the wished set is not in the file. */
export function startReading(file: InterchangeFile, found: number, wanted: string): ReadFile {
  const findings = [...file.findings]
  if (file.refused !== null) findings.push(finding(1, 'error', 'not_x12', file.refused))
  else if (found === 0) findings.push(finding(1, 'error', 'set_not_found', `This X12 file holds no ${wanted}.`))
  return { refused: file.refused, findings, envelopeErrors: file.envelopeErrors }
}

/** Takes values out of the segments of one set; what cannot be read becomes a finding with its place. */
export class SetReading {
  readonly #found: (one: Finding) => void
  readonly #interchange: string
  readonly #set: string
  /** Counted from ST = 1; moved by the reader. */
  position = 0
  loop: string | null = null
  /** How many amounts could not be read. */
  unreadableAmounts = 0
  readonly #unknown = new Set<string>()

  constructor(place: Pick<SetPlace, 'interchange' | 'set'>, found: (one: Finding) => void) {
    this.#found = found
    this.#interchange = place.interchange.control
    this.#set = place.set.control
  }

  note(
    severity: Finding['severity'],
    level: Finding['level'],
    code: string,
    message: string,
    at: string | null,
    segment = this.position,
  ): void {
    this.#found(
      finding(level, severity, code, message, {
        interchange: this.#interchange,
        set: this.#set,
        segment,
        element: at,
        loop: this.loop,
      }),
    )
  }

  /** Names a segment that the set does not know, once for each id. */
  unknown(segment: Segment): void {
    if (this.#unknown.has(segment.id)) return
    this.#unknown.add(segment.id)
    this.note(
      'warning',
      2,
      'segment_unknown',
      `The segment ${name(segment.id)} is not known here; it is kept but not read.`,
      null,
    )
  }

  /** An amount that may be absent. */
  cents(segment: Segment, position: number): number | null {
    if (segment.isEmpty(position)) return null
    const cents = centsOf(segment, position)
    if (cents === null) {
      const text = element(segment, position)
      this.unreadableAmounts++
      const at = elementName(segment, position)
      this.note(
        'error',
        1,
        'amount_unreadable',
        `${at} is "${text.slice(0, 40)}", which is no amount in dollars and cents.`,
        at,
      )
    }
    return cents
  }

  /** An amount that must be there; 0 with a finding when it is not. */
  requiredCents(segment: Segment, position: number): number {
    if (segment.isEmpty(position)) {
      this.unreadableAmounts++
      const at = elementName(segment, position)
      this.note('error', 1, 'amount_missing', `${at} is empty; an amount must stand there.`, at)
      return 0
    }
    return this.cents(segment, position) ?? 0
  }

  quantity(segment: Segment, position: number): number | null {
    if (segment.isEmpty(position)) return null
    const quantity = quantityOf(segment, position)
    if (quantity === null) {
      const text = element(segment, position)
      const at = elementName(segment, position)
      this.note('error', 1, 'quantity_unreadable', `${at} is "${text.slice(0, 40)}", which is no quantity.`, at)
    }
    return quantity
  }

  /** A CCYYMMDD date that may be absent. */
  date(segment: Segment, position: number): string | null {
    if (segment.isEmpty(position)) return null
    const day = dayOf(segment, position)
    if (day === null) this.#badDate(segment, position, element(segment, position))
    return day
  }

  /** The value of a DTP with its format qualifier before it. */
  period(segment: Segment, formatAt: number, valueAt: number): Period | null {
    const period = periodOf(segment, formatAt, valueAt)
    if (period === null) this.#badDate(segment, valueAt, element(segment, valueAt))
    return period
  }

  #badDate(segment: Segment, position: number, text: string): void {
    const at = elementName(segment, position)
    this.note('error', 1, 'date_unreadable', `${at} is "${text.slice(0, 40)}", which is no date.`, at)
  }
}

/** An amount in cents; null when it is absent or no amount. */
export function centsOf(segment: Segment, position: number): number | null {
  return segment.isEmpty(position) ? null : parseCentsAt(segment.codes, segment.from(position), segment.to(position))
}

/** A quantity; null when it is absent or none. The one digit that most have is not taken out. */
export function quantityOf(segment: Segment, position: number): number | null {
  if (segment.isEmpty(position)) return null
  const from = segment.from(position)
  if (segment.to(position) - from > 1) return parseQuantity(segment.element(position))
  const digit = (segment.codes[from] ?? 0) - 48
  return digit >= 0 && digit <= 9 ? digit : null
}

/** A CCYYMMDD date as 'YYYY-MM-DD'; null when it is absent or no date. */
export function dayOf(segment: Segment, position: number): string | null {
  return segment.isEmpty(position) ? null : parseDate8At(segment.codes, segment.from(position), segment.to(position))
}

/** The period that a D8 or RD8 element tells by the format before it; null when it is none. */
export function periodOf(segment: Segment, formatAt: number, valueAt: number): Period | null {
  if (segment.isEmpty(valueAt)) return null
  const isRange = segment.is(formatAt, 'RD8')
  if (!isRange && !segment.is(formatAt, 'D8')) return null
  return parsePeriodAt(isRange, segment.codes, segment.from(valueAt), segment.to(valueAt))
}

/** 'CLM' and 2 as 'CLM02'. */
export function elementName(segment: Segment, position: number, part?: number): string {
  const place = `${segment.id}${position.toString().padStart(2, '0')}`
  return part === undefined ? place : `${place}-${part}`
}

/** A procedure composite (SVC01, SV101, SVC06, SVD03): qualifier, code, up to four modifiers. */
export interface Procedure {
  readonly qualifier: string
  readonly code: string
  readonly modifiers: readonly string[]
}

export function procedureOf(segment: Segment, position: number): Procedure {
  if (segment.isEmpty(position)) return { qualifier: '', code: '', modifiers: NO_MODIFIERS }
  const { codes } = segment
  const separator = segment.delimiters.component
  const separatorCode = separator.charCodeAt(0)
  const from = segment.from(position)
  const to = segment.to(position)
  const first = segment.endOfFirst(position)
  const second = placeOf(separatorCode, codes, first + 1, to)
  return {
    qualifier: segment.slice(from, first),
    code: segment.slice(Math.min(first + 1, to), second),
    modifiers:
      second === to
        ? NO_MODIFIERS
        : segment
            .slice(second + 1, to)
            .split(separator)
            .slice(0, 4)
            .filter((modifier) => modifier !== ''),
  }
}

/** Where a character stands between two places, or the second place. */
function placeOf(code: number, codes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at++) if (codes[at] === code) return at
  return to
}

const NO_MODIFIERS: readonly string[] = []

/** The text or null where it is absent. */
export function told(text: string): string | null {
  return text === '' ? null : text
}

export interface SetPlace {
  readonly interchange: Interchange
  readonly group: FunctionalGroup
  readonly set: TransactionSet
}

function name(id: string): string {
  return id === '' ? 'without a name' : id.slice(0, 10)
}
