import { dateElements, formatDate8, formatTime4 } from '../dates.ts'
import { formatCents } from '../money.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'

/** One question about one claim. */
export interface ClaimStatusInquiry {
  /** Ours, unique; comes back as TRN02. */
  readonly trace: string
  readonly payer: { readonly name: string; readonly id: string }
  readonly submitter: { readonly name: string; readonly id: string }
  readonly provider: { readonly name: string; readonly npi: string }
  readonly patient: {
    readonly family: string
    readonly given?: string
    readonly memberId: string
    readonly bornOn?: string
    readonly sex?: string
  }
  /** REF*1K: the payer's number of the claim, when it is known. */
  readonly payerClaimNumber?: string
  /** REF*EJ: our claim id. */
  readonly patientAccount?: string
  /** AMT*T3 */
  readonly chargeCents?: number
  /** 'YYYY-MM-DD' */
  readonly serviceOn?: string
  readonly serviceTo?: string
}

export interface StatusInquiriesToWrite {
  readonly envelope: EnvelopeHeader
  /** The first ST02; each inquiry is a set of its own and counts on. */
  readonly setControl: number
  /** BHT03 */
  readonly inquiryId: string
  readonly inquiries: readonly ClaimStatusInquiry[]
}

/** Writes a 276 (005010X212), one transaction set a claim. */
export function write276(questions: StatusInquiriesToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = questions
  writer.openInterchange(envelope)
  writer.openGroup('HR', GUIDE_276, envelope)
  for (const [index, one] of questions.inquiries.entries()) {
    writer.openSet('276', questions.setControl + index, GUIDE_276)
    writer.segment(
      'BHT',
      '0010',
      '13',
      questions.inquiryId,
      formatDate8(envelope.createdOn),
      formatTime4(envelope.createdAt),
    )
    writeInquiry(writer, one)
    writer.closeSet()
  }
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

/** The implementation guide of claim status questions and answers. */
export const GUIDE_276 = '005010X212'

/** The levels above the patient, which question and answer share. */
export function writeStatusParties(
  writer: SegmentWriter,
  { payer, submitter, provider }: Pick<ClaimStatusInquiry, 'payer' | 'submitter' | 'provider'>,
): void {
  writer.segment('HL', '1', '', '20', '1')
  writer.segment('NM1', 'PR', '2', payer.name, '', '', '', '', 'PI', payer.id)
  writer.segment('HL', '2', '1', '21', '1')
  writer.segment('NM1', '41', '2', submitter.name, '', '', '', '', '46', submitter.id)
  writer.segment('HL', '3', '2', '19', '1')
  writer.segment('NM1', '1P', '2', provider.name, '', '', '', '', 'XX', provider.npi)
}

function writeInquiry(writer: SegmentWriter, inquiry: ClaimStatusInquiry): void {
  const { patient } = inquiry
  writeStatusParties(writer, inquiry)
  writer.segment('HL', '4', '3', '22', '0')
  if (patient.bornOn !== undefined) writer.segment('DMG', 'D8', formatDate8(patient.bornOn), patient.sex)
  writer.segment('NM1', 'IL', '1', patient.family, patient.given, '', '', '', 'MI', patient.memberId)
  writer.segment('TRN', '1', inquiry.trace)
  if (inquiry.payerClaimNumber !== undefined) writer.segment('REF', '1K', inquiry.payerClaimNumber)
  if (inquiry.patientAccount !== undefined) writer.segment('REF', 'EJ', inquiry.patientAccount)
  if (inquiry.chargeCents !== undefined) writer.segment('AMT', 'T3', formatCents(inquiry.chargeCents))
  if (inquiry.serviceOn !== undefined) {
    writer.segment('DTP', '472', ...dateElements(inquiry.serviceOn, inquiry.serviceTo))
  }
}
