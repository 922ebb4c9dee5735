import { dateElements, formatDate8, formatTime4 } from '../dates.ts'
import { formatCents, formatQuantity } from '../money.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'
import { type ClaimStatusInquiry, GUIDE_276, writeStatusParties } from './write-276.ts'

/** One STC of a 277: its first code and up to two more, and what was decided and paid. */
export interface ClaimStatusAnswerToWrite {
  readonly codes: readonly { readonly category: string; readonly status: string; readonly entity?: string }[]
  readonly effectiveOn: string
  readonly chargeCents: number
  readonly paidCents: number
  readonly decidedOn?: string
  readonly paidOn?: string
  readonly checkNumber?: string
}

export interface StatusAnswerToWrite {
  /** The question that is answered. */
  readonly inquiry: ClaimStatusInquiry
  readonly statuses: readonly ClaimStatusAnswerToWrite[]
  /** REF*1K */
  readonly payerClaimNumber?: string
  readonly lines?: readonly {
    readonly code: string
    readonly modifiers?: readonly string[]
    readonly chargeCents: number
    readonly paidCents: number
    readonly units: number
    /** REF*FJ */
    readonly lineControl?: string
    readonly serviceOn: string
    readonly statuses: readonly ClaimStatusAnswerToWrite[]
  }[]
}

export interface StatusAnswersToWrite {
  readonly envelope: EnvelopeHeader
  /** The first ST02; each answer is a set of its own and counts on. */
  readonly setControl: number
  /** BHT03 */
  readonly responseId: string
  readonly answers: readonly StatusAnswerToWrite[]
}

/** Writes a 277 (005010X212), the answer to a 276, one transaction set a claim. */
export function write277(response: StatusAnswersToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = response
  writer.openInterchange(envelope)
  writer.openGroup('HN', GUIDE_276, envelope)
  for (const [index, answer] of response.answers.entries()) {
    writer.openSet('277', response.setControl + index, GUIDE_276)
    writer.segment(
      'BHT',
      '0010',
      '08',
      response.responseId,
      formatDate8(envelope.createdOn),
      formatTime4(envelope.createdAt),
      'DG',
    )
    writeAnswer(writer, answer)
    writer.closeSet()
  }
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

function writeAnswer(writer: SegmentWriter, answer: StatusAnswerToWrite): void {
  const { inquiry } = answer
  const { patient } = inquiry
  writeStatusParties(writer, inquiry)
  writer.segment('HL', '4', '3', '22', '0')
  writer.segment('NM1', 'IL', '1', patient.family, patient.given, '', '', '', 'MI', patient.memberId)
  writer.segment('TRN', '2', inquiry.trace)
  for (const status of answer.statuses) writeStatus(writer, status)
  if (answer.payerClaimNumber !== undefined) writer.segment('REF', '1K', answer.payerClaimNumber)
  if (inquiry.patientAccount !== undefined) writer.segment('REF', 'EJ', inquiry.patientAccount)
  if (inquiry.serviceOn !== undefined) {
    writer.segment('DTP', '472', ...dateElements(inquiry.serviceOn, inquiry.serviceTo))
  }
  for (const line of answer.lines ?? []) {
    writer.segment(
      'SVC',
      ['HC', line.code, ...(line.modifiers ?? [])],
      formatCents(line.chargeCents),
      formatCents(line.paidCents),
      '',
      '',
      '',
      formatQuantity(line.units),
    )
    for (const status of line.statuses) writeStatus(writer, status)
    if (line.lineControl !== undefined) writer.segment('REF', 'FJ', line.lineControl)
    writer.segment('DTP', '472', 'D8', formatDate8(line.serviceOn))
  }
}

function writeStatus(writer: SegmentWriter, status: ClaimStatusAnswerToWrite): void {
  const [first = [], second = [], third = []] = status.codes.map((code) => [
    code.category,
    code.status,
    code.entity ?? '',
  ])
  writer.segment(
    'STC',
    first,
    formatDate8(status.effectiveOn),
    '',
    formatCents(status.chargeCents),
    formatCents(status.paidCents),
    status.decidedOn === undefined ? '' : formatDate8(status.decidedOn),
    '',
    status.paidOn === undefined ? '' : formatDate8(status.paidOn),
    status.checkNumber,
    second,
    third,
  )
}
