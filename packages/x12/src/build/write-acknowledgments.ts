import { formatDate6, formatTime4 } from '../dates.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'

export interface ElementErrorToWrite {
  readonly position: number
  readonly component?: number
  readonly dataElement?: string
  /** IK403 */
  readonly code: string
  readonly value?: string
}

export interface SegmentErrorToWrite {
  readonly segmentId: string
  /** Counted from ST = 1. */
  readonly position: number
  readonly loop?: string
  /** IK304 */
  readonly code: string
  /** Written as CTX*CLM01:id. */
  readonly claimControl?: string
  readonly elements?: readonly ElementErrorToWrite[]
}

export interface SetAcknowledgmentToWrite {
  /** ST01, ST02 and ST03 of the set that is answered. */
  readonly type: string
  readonly control: string
  readonly version: string
  /** IK501 */
  readonly code: 'A' | 'E' | 'R' | 'M' | 'W' | 'X'
  readonly errors?: readonly SegmentErrorToWrite[]
  /** IK502 and on. */
  readonly reasons?: readonly string[]
}

export interface AcknowledgmentToWrite {
  readonly envelope: EnvelopeHeader
  readonly setControl: number
  /** GS01, GS06 and GS08 of the group that is answered. */
  readonly functionalCode: string
  readonly groupControl: string
  readonly version: string
  readonly sets: readonly SetAcknowledgmentToWrite[]
  /** AK905 and on. */
  readonly reasons?: readonly string[]
}

/** Writes a 999 (005010X231A1); AK9 is counted from the sets. */
export function write999(acknowledgment: AcknowledgmentToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope, sets } = acknowledgment
  writer.openInterchange(envelope)
  writer.openGroup('FA', GUIDE_999, envelope)
  writer.openSet('999', acknowledgment.setControl, GUIDE_999)
  writer.segment('AK1', acknowledgment.functionalCode, acknowledgment.groupControl, acknowledgment.version)
  for (const set of sets) writeSetAcknowledgment(writer, set)
  const taken = sets.filter((set) => set.code === 'A' || set.code === 'E')
  writer.segment(
    'AK9',
    groupCode(sets, taken.length),
    String(sets.length),
    String(sets.length),
    String(taken.length),
    ...(acknowledgment.reasons ?? []),
  )
  writer.closeSet()
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

export interface InterchangeAcknowledgmentToWrite {
  readonly envelope: EnvelopeHeader
  /** ISA13, ISA09 and ISA10 of the interchange that is answered. */
  readonly control: string
  readonly sentOn: string
  readonly sentAt: string
  readonly code: 'A' | 'E' | 'R'
  /** TA105, three digits. */
  readonly note: string
}

/** Writes an interchange that holds one TA1 and no group. */
export function writeTA1(acknowledgment: InterchangeAcknowledgmentToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  writer.openInterchange(acknowledgment.envelope)
  writer.segment(
    'TA1',
    acknowledgment.control,
    formatDate6(acknowledgment.sentOn),
    formatTime4(acknowledgment.sentAt),
    acknowledgment.code,
    acknowledgment.note,
  )
  return writer.closeInterchange(acknowledgment.envelope)
}

const GUIDE_999 = '005010X231A1'

function writeSetAcknowledgment(writer: SegmentWriter, set: SetAcknowledgmentToWrite): void {
  writer.segment('AK2', set.type, set.control, set.version)
  for (const error of set.errors ?? []) {
    writer.segment('IK3', error.segmentId, String(error.position), error.loop, error.code)
    if (error.claimControl !== undefined) writer.segment('CTX', ['CLM01', error.claimControl])
    for (const one of error.elements ?? []) {
      const place = one.component === undefined ? [String(one.position)] : [String(one.position), String(one.component)]
      writer.segment('IK4', place, one.dataElement, one.code, one.value)
    }
  }
  writer.segment('IK5', set.code, ...(set.reasons ?? []))
}

function groupCode(sets: readonly SetAcknowledgmentToWrite[], taken: number): 'A' | 'E' | 'P' | 'R' {
  if (taken === 0) return 'R'
  if (taken < sets.length) return 'P'
  return sets.some((set) => set.code === 'E') ? 'E' : 'A'
}
