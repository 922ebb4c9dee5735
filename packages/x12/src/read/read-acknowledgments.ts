import {
  ELEMENT_ERRORS,
  GROUP_ERRORS,
  INTERCHANGE_NOTES,
  SEGMENT_ERRORS,
  SET_ERRORS,
} from '../codes/acknowledgments.ts'
import { parseDate6 } from '../dates.ts'
import { type Interchange, type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { parseQuantity } from '../money.ts'
import { component, components, element, type Segment } from '../segments.ts'
import { type SetPlace, SetReading, startReading, told } from './reading.ts'

/** A = taken, E = taken with errors, P = some sets taken, R and the rest = not taken. */
export type AcknowledgmentResult = 'accepted' | 'accepted_with_errors' | 'partly_accepted' | 'rejected'

export interface ElementError {
  /** IK401-1: the position in the segment. */
  readonly position: number | null
  readonly component: number | null
  /** IK402: the number in the data element dictionary. */
  readonly dataElement: string | null
  /** IK403 */
  readonly code: string
  readonly meaning: string
  readonly value: string | null
}

export interface SegmentError {
  /** IK301 */
  readonly segmentId: string
  /** IK302, counted from ST = 1. */
  readonly position: number | null
  readonly loop: string | null
  /** IK304 */
  readonly code: string
  readonly meaning: string
  /** The claim that the error belongs to (CTX*CLM01:id), or null. */
  readonly claimControl: string | null
  /** Other CTX texts. */
  readonly context: readonly string[]
  readonly elements: readonly ElementError[]
}

export interface SetAcknowledgment {
  /** AK201 */
  readonly type: string
  /** AK202: ST02 of what we sent. */
  readonly control: string
  readonly version: string | null
  /** IK501 */
  readonly code: string
  readonly result: AcknowledgmentResult
  readonly errors: readonly SegmentError[]
  /** IK502 to IK506 with their meanings. */
  readonly reasons: readonly { readonly code: string; readonly meaning: string }[]
}

export interface GroupAcknowledgment {
  /** ST02 of the 999 itself. */
  readonly set: string
  /** ISA13 of the 999 itself. */
  readonly interchange: string
  /** AK101, HC for claims. */
  readonly functionalCode: string
  /** AK102: GS06 of what we sent. */
  readonly groupControl: string
  readonly version: string | null
  /** AK901 */
  readonly code: string
  readonly result: AcknowledgmentResult
  readonly setsIncluded: number | null
  readonly setsReceived: number | null
  readonly setsAccepted: number | null
  readonly reasons: readonly { readonly code: string; readonly meaning: string }[]
  readonly sets: readonly SetAcknowledgment[]
  readonly truncated: boolean
}

export interface AcknowledgmentFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly groups: readonly GroupAcknowledgment[]
}

export interface InterchangeAcknowledgment {
  /** ISA13 of the file that carries the TA1. */
  readonly interchange: string
  /** TA101: ISA13 of what we sent. */
  readonly control: string
  readonly sentOn: string | null
  readonly sentAt: string
  /** TA104 */
  readonly code: string
  /** R: the whole file was not taken. */
  readonly result: AcknowledgmentResult
  /** TA105 */
  readonly note: string
  readonly meaning: string
}

export interface InterchangeAcknowledgmentFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly acknowledgments: readonly InterchangeAcknowledgment[]
}

/** Reads every 999 in a text. R or P: the named set never arrived. Never throws. */
export function read999(text: string): AcknowledgmentFile {
  return read999Sets(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function read999Sets(file: InterchangeFile): AcknowledgmentFile {
  const places = setsOf(file, '999')
  const answer = startReading(file, places.length, '999')
  return { ...answer, groups: places.map((place) => readGroup(place, answer.findings)) }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
interface OpenSegmentError extends Omit<Writable<SegmentError>, 'context' | 'elements'> {
  context: string[]
  elements: ElementError[]
}
interface OpenSet extends Omit<Writable<SetAcknowledgment>, 'errors'> {
  errors: OpenSegmentError[]
}

function readGroup({ interchange, group, set }: SetPlace, findings: Finding[]): GroupAcknowledgment {
  const reading = new SetReading({ interchange, set }, (one) => findings.push(one))
  const sets: OpenSet[] = []
  let current: OpenSet | null = null
  let error: OpenSegmentError | null = null
  let answered = { functionalCode: '', groupControl: '', version: null as string | null }
  let code = ''
  let reasons: GroupAcknowledgment['reasons'] = []
  let counts: (number | null)[] = [null, null, null]
  let hasAk1 = false

  for (const segment of set.segments) {
    reading.position++
    switch (segment.id) {
      case 'AK1':
        hasAk1 = true
        answered = {
          functionalCode: element(segment, 1),
          groupControl: element(segment, 2),
          version: told(element(segment, 3)),
        }
        break
      case 'AK2':
        error = null
        current = {
          type: element(segment, 1),
          control: element(segment, 2),
          version: told(element(segment, 3)),
          code: '',
          result: 'rejected',
          errors: [],
          reasons: [],
        }
        sets.push(current)
        break
      case 'IK3':
        error = {
          segmentId: element(segment, 1),
          position: reading.quantity(segment, 2),
          loop: told(element(segment, 3)),
          code: element(segment, 4),
          meaning: SEGMENT_ERRORS[element(segment, 4)] ?? `Segment error ${element(segment, 4)}.`,
          claimControl: null,
          context: [],
          elements: [],
        }
        current?.errors.push(error)
        break
      case 'CTX': {
        const [kind, value] = components(segment, 1)
        if (!error) break
        if (kind === 'CLM01' && value !== undefined) error.claimControl = value
        else
          error.context.push(
            segment.elements
              .slice(1)
              .filter((text) => text !== '')
              .join(' '),
          )
        break
      }
      case 'IK4':
        error?.elements.push({
          position: parseQuantity(component(segment, 1, 1)),
          component: parseQuantity(component(segment, 1, 2)),
          dataElement: told(element(segment, 2)),
          code: element(segment, 3),
          meaning: ELEMENT_ERRORS[element(segment, 3)] ?? `Element error ${element(segment, 3)}.`,
          value: told(element(segment, 4)),
        })
        break
      case 'IK5':
        error = null
        if (!current) break
        current.code = element(segment, 1)
        current.result = resultOf(current.code)
        current.reasons = reasonsOf(segment, 2, 6, SET_ERRORS, 'Set error')
        current = null
        break
      case 'AK9':
        code = element(segment, 1)
        counts = [2, 3, 4].map((position) => reading.quantity(segment, position))
        reasons = reasonsOf(segment, 5, 9, GROUP_ERRORS, 'Group error')
        break
      case 'ST':
      case 'SE':
        break
      default:
        reading.unknown(segment)
    }
  }
  if (!hasAk1)
    reading.note('error', 2, 'ak1_missing', 'The 999 does not say which group it answers: AK1 is missing.', null)
  if (code === '') reading.note('error', 2, 'ak9_missing', 'The 999 does not say its result: AK9 is missing.', null)
  for (const one of sets) {
    if (one.code === '')
      reading.note('error', 2, 'ik5_missing', `The 999 gives no result for set ${one.control}: IK5 is missing.`, null)
  }
  const [setsIncluded = null, setsReceived = null, setsAccepted = null] = counts
  return {
    set: set.control,
    interchange: interchange.control,
    ...answered,
    code,
    result: resultOf(code),
    setsIncluded,
    setsReceived,
    setsAccepted,
    reasons,
    sets,
    truncated: set.truncated || group.truncated || interchange.truncated,
  }
}

/** Only A and E are good; what is not known counts as not taken, so that nobody waits in vain for an answer. */
function resultOf(code: string): AcknowledgmentResult {
  switch (code) {
    case 'A':
      return 'accepted'
    case 'E':
      return 'accepted_with_errors'
    case 'P':
      return 'partly_accepted'
    default:
      return 'rejected'
  }
}

function reasonsOf(
  segment: Segment,
  from: number,
  to: number,
  meanings: Readonly<Record<string, string>>,
  otherwise: string,
): { code: string; meaning: string }[] {
  return segment.elements
    .slice(from, to + 1)
    .filter((code) => code !== '')
    .map((code) => ({ code, meaning: meanings[code] ?? `${otherwise} ${code}.` }))
}

/** Reads every TA1 in a text. Never throws. */
export function readTA1(text: string): InterchangeAcknowledgmentFile {
  return readTA1Segments(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function readTA1Segments(file: InterchangeFile): InterchangeAcknowledgmentFile {
  const acknowledgments = file.interchanges.flatMap((interchange) =>
    interchange.acknowledgments.map((segment) => interchangeAcknowledgment(interchange, segment)),
  )
  const answer = startReading(file, acknowledgments.length, 'TA1')
  return { ...answer, acknowledgments }
}

/** What one TA1 says. */
export function interchangeAcknowledgment(
  { control }: Pick<Interchange, 'control'>,
  segment: Segment,
): InterchangeAcknowledgment {
  const code = element(segment, 4)
  const note = element(segment, 5)
  return {
    interchange: control,
    control: element(segment, 1),
    sentOn: parseDate6(element(segment, 2)),
    sentAt: element(segment, 3),
    code,
    result: resultOf(code),
    note,
    meaning: INTERCHANGE_NOTES[note] ?? `Interchange note ${note}.`,
  }
}
