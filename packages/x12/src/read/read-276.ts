import type { ClaimStatusInquiry } from '../build/write-276.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { element } from '../segments.ts'
import { type SetPlace, SetReading, startReading } from './reading.ts'

export interface ReadClaimStatusInquiry extends ClaimStatusInquiry {
  readonly set: string
  readonly interchange: string
}

export interface ClaimStatusInquiryFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly inquiries: readonly ReadClaimStatusInquiry[]
}

/** Reads every 276 in a text, one inquiry a claim. Never throws. */
export function read276(text: string): ClaimStatusInquiryFile {
  return read276Sets(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function read276Sets(file: InterchangeFile): ClaimStatusInquiryFile {
  const places = setsOf(file, '276')
  const answer = startReading(file, places.length, '276')
  return { ...answer, inquiries: places.flatMap((place) => readInquiries(place, answer.findings)) }
}

type Open = { -readonly [Key in keyof ReadClaimStatusInquiry]: ReadClaimStatusInquiry[Key] }

const KNOWN = new Set('ST SE BHT SVC'.split(' '))

function readInquiries({ interchange, set }: SetPlace, findings: Finding[]): ReadClaimStatusInquiry[] {
  const reading = new SetReading({ interchange, set }, (one) => findings.push(one))
  const inquiries: Open[] = []
  let payer = { name: '', id: '' }
  let submitter = { name: '', id: '' }
  let provider = { name: '', npi: '' }
  let patient: Open['patient'] = { family: '', memberId: '' }
  let level = ''
  let current: Open | null = null
  for (const segment of set.segments) {
    reading.position++
    switch (segment.id) {
      case 'HL':
        level = element(segment, 3)
        current = null
        if (level === '22') patient = { family: '', memberId: '' }
        break
      case 'DMG': {
        const bornOn = reading.date(segment, 2)
        const sex = element(segment, 3)
        patient = { ...patient, ...(bornOn === null ? {} : { bornOn }), ...(sex === '' ? {} : { sex }) }
        break
      }
      case 'NM1': {
        const id = element(segment, 9)
        const given = element(segment, 4)
        if (level === '20') payer = { name: element(segment, 3), id }
        else if (level === '21') submitter = { name: element(segment, 3), id }
        else if (level === '19') provider = { name: element(segment, 3), npi: id }
        else {
          patient = {
            ...patient,
            family: element(segment, 3),
            ...(given === '' ? {} : { given }),
            // A dependent is asked for under the subscriber's id.
            memberId: id === '' && level === '23' ? patient.memberId : id,
          }
        }
        break
      }
      case 'TRN':
        if (level !== '22' && level !== '23') break
        current = {
          set: set.control,
          interchange: interchange.control,
          trace: element(segment, 2),
          payer,
          submitter,
          provider,
          patient,
        }
        inquiries.push(current)
        break
      case 'REF':
        if (!current) break
        if (segment.is(1, '1K')) current.payerClaimNumber = element(segment, 2)
        else if (segment.is(1, 'EJ')) current.patientAccount = element(segment, 2)
        break
      case 'AMT':
        if (current && segment.is(1, 'T3')) {
          const cents = reading.cents(segment, 2)
          if (cents !== null) current.chargeCents = cents
        }
        break
      case 'DTP':
        if (current && segment.is(1, '472') && current.serviceOn === undefined) {
          const period = reading.period(segment, 2, 3)
          if (period?.from) current.serviceOn = period.from
          if (period?.to && period.to !== period.from) current.serviceTo = period.to
        }
        break
      default:
        if (!KNOWN.has(segment.id)) reading.unknown(segment)
    }
  }
  return inquiries
}
