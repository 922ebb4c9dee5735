import { dateElements, formatDate8, formatTime4 } from '../dates.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'

/** One question about one patient. */
export interface EligibilityInquiry {
  /** Ours, unique; comes back as TRN02. */
  readonly trace: string
  readonly payer: { readonly name: string; readonly id: string }
  readonly provider: { readonly name: string; readonly npi: string }
  readonly subscriber: {
    readonly family: string
    readonly given?: string
    readonly middle?: string
    /** The MBI. */
    readonly memberId: string
    readonly bornOn?: string
    readonly sex?: string
  }
  /** 'YYYY-MM-DD' */
  readonly serviceOn: string
  readonly serviceTo?: string
  /** '30' unless told otherwise. */
  readonly serviceTypes?: readonly string[]
}

export interface InquiryToWrite {
  readonly envelope: EnvelopeHeader
  /** The first ST02; each inquiry is a set of its own and counts on. */
  readonly setControl: number
  /** TRN03: the originator, 9 and an id (ten characters). */
  readonly originator: string
  readonly inquiries: readonly EligibilityInquiry[]
}

/** Writes a 270 (005010X279A1) as HETS wants it: one transaction set a patient. */
export function write270(inquiry: InquiryToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = inquiry
  writer.openInterchange(envelope)
  writer.openGroup('HS', GUIDE_270, envelope)
  for (const [index, one] of inquiry.inquiries.entries()) {
    writer.openSet('270', inquiry.setControl + index, GUIDE_270)
    writer.segment('BHT', '0022', '13', one.trace, formatDate8(envelope.createdOn), formatTime4(envelope.createdAt))
    writeParties(writer, one)
    writer.segment('TRN', '1', one.trace, inquiry.originator)
    const { subscriber } = one
    writer.segment(
      'NM1',
      'IL',
      '1',
      subscriber.family,
      subscriber.given,
      subscriber.middle,
      '',
      '',
      'MI',
      subscriber.memberId,
    )
    if (subscriber.bornOn !== undefined || subscriber.sex !== undefined) {
      const born = subscriber.bornOn === undefined ? '' : formatDate8(subscriber.bornOn)
      writer.segment('DMG', born === '' ? '' : 'D8', born, subscriber.sex)
    }
    writer.segment('DTP', '291', ...dateElements(one.serviceOn, one.serviceTo))
    writer.segment('EQ', { repeated: one.serviceTypes ?? ['30'] })
    writer.closeSet()
  }
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

function writeParties(writer: SegmentWriter, inquiry: EligibilityInquiry): void {
  writer.segment('HL', '1', '', '20', '1')
  writer.segment('NM1', 'PR', '2', inquiry.payer.name, '', '', '', '', 'PI', inquiry.payer.id)
  writer.segment('HL', '2', '1', '21', '1')
  writer.segment('NM1', '1P', '2', inquiry.provider.name, '', '', '', '', 'XX', inquiry.provider.npi)
  writer.segment('HL', '3', '2', '22', '0')
}

const GUIDE_270 = '005010X279A1'
