import type { EligibilityInquiry } from '../build/write-270.ts'
import type { Period } from '../dates.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { element, repetitions } from '../segments.ts'
import { type SetPlace, SetReading, startReading } from './reading.ts'

export interface ReadInquiry extends EligibilityInquiry {
  readonly set: string
  readonly interchange: string
}

export interface InquiryFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly inquiries: readonly ReadInquiry[]
}

/** Reads every 270 in a text, one inquiry a subscriber. Never throws. */
export function read270(text: string): InquiryFile {
  return read270Sets(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function read270Sets(file: InterchangeFile): InquiryFile {
  const places = setsOf(file, '270')
  const answer = startReading(file, places.length, '270')
  return { ...answer, inquiries: places.flatMap((place) => readInquiries(place, answer.findings)) }
}

interface OpenInquiry {
  trace: string
  family: string
  given: string
  middle: string
  memberId: string
  bornOn: string | null
  sex: string
  period: Period | null
  serviceTypes: string[]
}

const KNOWN = new Set('ST SE BHT HL REF N3 N4 PER PRV INS HI AMT III EQ'.split(' '))

function readInquiries({ interchange, set }: SetPlace, findings: Finding[]): ReadInquiry[] {
  const reading = new SetReading({ interchange, set }, (one) => findings.push(one))
  const open: { inquiry: OpenInquiry; payer: ReadInquiry['payer']; provider: ReadInquiry['provider'] }[] = []
  let payer = { name: '', id: '' }
  let provider = { name: '', npi: '' }
  let level = ''
  let current: OpenInquiry | null = null
  for (const segment of set.segments) {
    reading.position++
    switch (segment.id) {
      case 'HL':
        level = element(segment, 3)
        current = null
        if (level === '22' || level === '23') {
          current = {
            trace: '',
            family: '',
            given: '',
            middle: '',
            memberId: '',
            bornOn: null,
            sex: '',
            period: null,
            serviceTypes: [],
          }
          open.push({ inquiry: current, payer, provider })
        }
        break
      case 'NM1':
        if (current) {
          current.family = element(segment, 3)
          current.given = element(segment, 4)
          current.middle = element(segment, 5)
          current.memberId = element(segment, 9)
        } else if (level === '20') payer = { name: element(segment, 3), id: element(segment, 9) }
        else if (level === '21') provider = { name: element(segment, 3), npi: element(segment, 9) }
        break
      case 'TRN':
        if (current && current.trace === '') current.trace = element(segment, 2)
        break
      case 'DMG':
        if (current) {
          current.bornOn = reading.date(segment, 2)
          current.sex = element(segment, 3)
        }
        break
      case 'DTP':
        if (current) current.period = reading.period(segment, 2, 3)
        break
      case 'EQ':
        current?.serviceTypes.push(...repetitions(segment, 1))
        break
      default:
        if (!KNOWN.has(segment.id)) reading.unknown(segment)
    }
  }
  return open.map(({ inquiry, payer: askedPayer, provider: askingProvider }) => ({
    set: set.control,
    interchange: interchange.control,
    trace: inquiry.trace,
    payer: askedPayer,
    provider: askingProvider,
    subscriber: {
      family: inquiry.family,
      ...(inquiry.given === '' ? {} : { given: inquiry.given }),
      ...(inquiry.middle === '' ? {} : { middle: inquiry.middle }),
      memberId: inquiry.memberId,
      ...(inquiry.bornOn === null ? {} : { bornOn: inquiry.bornOn }),
      ...(inquiry.sex === '' ? {} : { sex: inquiry.sex }),
    },
    // Without a date the guide lets the payer answer for the day it gets the question.
    serviceOn: inquiry.period?.from ?? '',
    ...(inquiry.period?.to ? { serviceTo: inquiry.period.to } : {}),
    serviceTypes: inquiry.serviceTypes,
  }))
}
