import { dateElements, formatDate8, formatTime4, type Period } from '../dates.ts'
import { formatCents } from '../money.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'
import type { EligibilityInquiry } from './write-270.ts'

/** What a payer knows about one patient, for the payer simulator. */
export interface EligibilityAnswer {
  readonly inquiry: EligibilityInquiry
  /** What is wrong with the inquiry: then nothing else is told. */
  readonly rejection?: {
    readonly level: 'payer' | 'provider' | 'patient'
    readonly code: string
    readonly followUp: string
  }
  readonly subscriber?: {
    readonly family: string
    readonly given: string
    readonly middle?: string
    readonly memberId: string
    readonly address?: {
      readonly street: string
      readonly street2?: string
      readonly city: string
      readonly state: string
      readonly zip: string
    }
    readonly bornOn?: string
    readonly sex?: string
  }
  readonly diedOn?: string
  readonly partA?: Period & { readonly active: boolean }
  readonly partB?: Period & { readonly active: boolean }
  readonly partBDeductible?: { readonly year: string; readonly yearCents: number; readonly leftCents: number }
  /** Percent as a decimal text such as '.2'. */
  readonly partBCoinsurance?: string
  readonly medicareAdvantage?: readonly (Period & {
    readonly code: string
    readonly planId: string
    readonly payerName: string
    readonly payerId?: string
  })[]
  readonly msp?: readonly (Period & {
    readonly code: string
    readonly policy?: string
    readonly payerName: string
    readonly payerId?: string
  })[]
  readonly qmb?: readonly Period[]
  readonly hospice?: readonly Period[]
  readonly homeHealth?: readonly Period[]
  readonly skilledNursing?: readonly Period[]
  readonly esrd?: readonly Period[]
}

export interface AnswersToWrite {
  readonly envelope: EnvelopeHeader
  readonly setControl: number
  readonly originator: string
  readonly answers: readonly EligibilityAnswer[]
}

/** Writes a 271 (005010X279A1) in the shape of HETS, one transaction set an answer. */
export function write271(answers: AnswersToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = answers
  writer.openInterchange(envelope)
  writer.openGroup('HB', GUIDE_271, envelope)
  for (const [index, answer] of answers.answers.entries()) {
    writer.openSet('271', answers.setControl + index, GUIDE_271)
    writer.segment(
      'BHT',
      '0022',
      '11',
      answer.inquiry.trace,
      formatDate8(envelope.createdOn),
      formatTime4(envelope.createdAt),
    )
    writeAnswer(writer, answer, answers.originator)
    writer.closeSet()
  }
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

const GUIDE_271 = '005010X279A1'

function writeAnswer(writer: SegmentWriter, answer: EligibilityAnswer, originator: string): void {
  const { inquiry, rejection } = answer
  const reject = (level: 'payer' | 'provider' | 'patient'): boolean => {
    if (rejection?.level !== level) return false
    writer.segment('AAA', 'N', '', rejection.code, rejection.followUp)
    return true
  }
  writer.segment('HL', '1', '', '20', rejection?.level === 'payer' ? '0' : '1')
  writer.segment('NM1', 'PR', '2', inquiry.payer.name, '', '', '', '', 'PI', inquiry.payer.id)
  if (reject('payer')) return
  writer.segment('HL', '2', '1', '21', rejection?.level === 'provider' ? '0' : '1')
  writer.segment('NM1', '1P', '2', inquiry.provider.name, '', '', '', '', 'XX', inquiry.provider.npi)
  if (reject('provider')) return
  writer.segment('HL', '3', '2', '22', '0')
  writer.segment('TRN', '2', inquiry.trace, originator)
  const subscriber = answer.subscriber ?? { ...inquiry.subscriber, given: inquiry.subscriber.given ?? '' }
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
  if (rejection) {
    reject('patient')
    return
  }
  const address = answer.subscriber?.address
  if (address) {
    writer.segment('N3', address.street, address.street2)
    writer.segment('N4', address.city, address.state, address.zip)
  }
  if (subscriber.bornOn !== undefined) writer.segment('DMG', 'D8', formatDate8(subscriber.bornOn), subscriber.sex)
  writer.segment(
    'DTP',
    '307',
    'RD8',
    `${formatDate8(inquiry.serviceOn)}-${formatDate8(inquiry.serviceTo ?? inquiry.serviceOn)}`,
  )
  if (answer.diedOn !== undefined) writer.segment('DTP', '442', 'D8', formatDate8(answer.diedOn))
  writeBenefits(writer, answer)
}

function writeBenefits(writer: SegmentWriter, answer: EligibilityAnswer): void {
  const part = (code: string, coverage: (Period & { readonly active: boolean }) | undefined): void => {
    if (!coverage) return
    writer.segment('EB', coverage.active ? '1' : '6', '', '30', code)
    writePeriod(writer, '291', coverage)
  }
  part('MA', answer.partA)
  part('MB', answer.partB)
  if (answer.partBDeductible) {
    const { year, yearCents, leftCents } = answer.partBDeductible
    const wholeYear = `${year}0101-${year}1231`
    writer.segment('EB', 'C', '', '30', 'MB', '', '23', formatCents(yearCents))
    writer.segment('DTP', '291', 'RD8', wholeYear)
    writer.segment('EB', 'C', '', '30', 'MB', '', '29', formatCents(leftCents))
    writer.segment('DTP', '291', 'RD8', wholeYear)
    if (answer.partBCoinsurance !== undefined) {
      writer.segment('EB', 'A', '', '30', 'MB', '', '27', '', answer.partBCoinsurance)
      writer.segment('DTP', '291', 'RD8', wholeYear)
    }
  }
  for (const plan of answer.medicareAdvantage ?? []) {
    writer.segment('EB', 'R', '', '30', plan.code)
    writer.segment('REF', '18', plan.planId)
    writePeriod(writer, '290', plan)
    writePayer(writer, plan.payerName, plan.payerId)
  }
  for (const payer of answer.msp ?? []) {
    writer.segment('EB', 'R', '', '30', payer.code)
    if (payer.policy !== undefined) writer.segment('REF', 'IG', payer.policy)
    writePeriod(writer, '290', payer)
    writePayer(writer, payer.payerName, payer.payerId)
  }
  for (const period of answer.qmb ?? []) {
    writer.segment('EB', 'R', '', '30', 'QM', 'QUALIFIED MEDICARE BENEFICIARY')
    writePeriod(writer, '290', period)
    writer.segment('EB', 'A', '', '30', 'QM', '', '27', '', '0')
    writePeriod(writer, '290', period)
  }
  const stays = [
    ['45', answer.hospice],
    ['42', answer.homeHealth],
    ['AG', answer.skilledNursing],
    ['RN', answer.esrd],
  ] as const
  for (const [serviceType, periods] of stays) {
    for (const period of periods ?? []) {
      writer.segment('EB', serviceType === 'RN' ? 'D' : 'X', '', serviceType)
      writePeriod(writer, '292', period)
    }
  }
}

function writePeriod(writer: SegmentWriter, qualifier: string, period: Period): void {
  if (period.from !== null) writer.segment('DTP', qualifier, ...dateElements(period.from, period.to))
}

function writePayer(writer: SegmentWriter, name: string, id: string | undefined): void {
  writer.segment('LS', '2120')
  writer.segment('NM1', 'PRP', '2', name, '', '', '', '', id === undefined ? '' : 'PI', id)
  writer.segment('LE', '2120')
}
