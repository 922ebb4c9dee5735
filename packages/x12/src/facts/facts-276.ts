import type { TransactionSet } from '../envelope.ts'
import { element } from '../segments.ts'
import { type Facts, textOrNull } from './facts.ts'

/** What a claim status question asks, one entry a claim. */
export function factsOf276(set: TransactionSet): Facts[] {
  const inquiries: {
    trace: string
    family: string
    given: string
    memberId: string | null
    payerClaimNumber: string | null
    patientAccount: string | null
    charge: string | null
    service: string | null
  }[] = []
  let person = { family: '', given: '', memberId: null as string | null }
  let level = ''
  for (const segment of set.segments) {
    const current = inquiries[inquiries.length - 1]
    switch (segment.id) {
      case 'HL':
        level = element(segment, 3)
        break
      case 'NM1':
        if (level === '22' || level === '23') {
          person = {
            family: element(segment, 3),
            given: element(segment, 4),
            // A dependent is asked for under the subscriber's id.
            memberId: textOrNull(element(segment, 9)) ?? (level === '23' ? person.memberId : null),
          }
        }
        break
      case 'TRN':
        if (level === '22' || level === '23') {
          inquiries.push({
            trace: element(segment, 2),
            ...person,
            payerClaimNumber: null,
            patientAccount: null,
            charge: null,
            service: null,
          })
        }
        break
      case 'REF':
        if (current && segment.is(1, 'EJ')) current.patientAccount = element(segment, 2)
        else if (current && segment.is(1, '1K')) current.payerClaimNumber = element(segment, 2)
        break
      case 'AMT':
        if (current && element(segment, 1) === 'T3') current.charge = element(segment, 2)
        break
      case 'DTP':
        if (current && element(segment, 1) === '472') current.service = element(segment, 3)
        break
    }
  }
  return inquiries
}
