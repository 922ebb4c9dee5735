import type { FollowingPayer, OtherPayer, PayerSequence } from '@keepwell/contract'
import { acceptedInFull } from '@keepwell/rules'
import {
  type ClaimBatch,
  check837P,
  element,
  type Finding,
  isNpi,
  isZip9,
  type PostalAddress,
  type ProfessionalClaim,
  readInterchanges,
  setsOf,
  write837P,
} from '@keepwell/x12'
import type { Fault } from '../../kernel/problem.ts'

/** The identifiers that the contractor gave the clinic (policy `claim.parties`). */
export interface Parties {
  submitterId: string
  submitterContact: string
  submitterPhone: string
  receiverId: string
  receiverName: string
  payerId: string
  payerName: string
  usage: 'T' | 'P'
  /** SBR09 (policy `claim.filing_code`). */
  filingCode: string
}

export interface BillingClinic {
  name: string
  npi: string | null
  taxId: string | null
  taxonomy: string | null
  address: { lines: string[]; city: string; state: string; zip: string }
  placeOfService: string
}

/** The patient as the claim keeps it: what stood in the chart when the claim was made or corrected. */
export interface Subscriber {
  family: string
  given: string
  bornOn: string | null
  sex: string
  mbi: string | null
  address: { lines: string[]; city: string | null; state: string | null; zip: string | null } | null
}

export interface ClaimToWrite {
  id: string
  controlNumber: string
  subscriber: Subscriber
  practitioner: { name: string; npi: string | null }
  diagnoses: readonly string[]
  frequency: '1' | '7'
  /** The payer's number of the claim that it replaces, with frequency 7 only. */
  originalPayerNumber: string | null
  /** The number under which the payer authorized it before. */
  authorization: string | null
  payerSequence: PayerSequence
  /** To whom it goes; null for the clinic's own payer. */
  payer: FollowingPayer | null
  /** What the payer before decided; null where there is none. */
  otherPayer: OtherPayer | null
  lines: readonly {
    code: string
    modifiers?: readonly string[]
    units: number
    chargeCents: number
    serviceOn: string
    pointers: readonly number[]
    lineControl: string
  }[]
}

export interface BatchNumbers {
  /** BHT03 and the batch's name on screen. */
  number: string
  interchange: number
  group: number
  set: number
  createdOn: string
  createdAt: string
}

/** What the clinic lacks before any claim of it can be written, each with where it is filled in. */
export function clinicFaults(clinic: BillingClinic, parties: Parties | null): Fault[] {
  const faults: Fault[] = []
  const lacks = (path: string, message: string) => faults.push({ path, message })
  if (parties === null)
    lacks(
      'policy.claim.parties',
      'The submitter, receiver and payer identifiers are not set. Enter what the Medicare contractor gave the clinic.',
    )
  if (clinic.npi === null) lacks('clinic.npi', 'The clinic has no NPI.')
  else if (!isNpi(clinic.npi)) lacks('clinic.npi', `The clinic's NPI ${clinic.npi} has a wrong check digit.`)
  if (clinic.taxId === null) lacks('clinic.taxId', 'The clinic has no tax id (EIN).')
  if ((clinic.address.lines[0] ?? '') === '') lacks('clinic.address.lines', 'The clinic has no street address.')
  if (clinic.address.city === '' || clinic.address.state === '')
    lacks('clinic.address.city', "The clinic's city and state are missing.")
  if (!isZip9(digits(clinic.address.zip)))
    lacks('clinic.address.zip', "The clinic's ZIP code needs nine digits on a claim.")
  return faults
}

/** Writes the 837P of a clinic's claims. What a claim lacks is written empty, for `check837P` to name. */
export function writeBatch(
  clinic: BillingClinic,
  parties: Parties,
  claims: readonly ClaimToWrite[],
  numbers: BatchNumbers,
): string {
  const batch: ClaimBatch = {
    envelope: {
      senderQualifier: 'ZZ',
      sender: parties.submitterId,
      receiverQualifier: 'ZZ',
      receiver: parties.receiverId,
      createdOn: numbers.createdOn,
      createdAt: numbers.createdAt,
      interchangeControl: numbers.interchange,
      groupControl: numbers.group,
      usage: parties.usage,
    },
    setControl: numbers.set,
    batchId: numbers.number,
    submitter: {
      name: clinic.name,
      id: parties.submitterId,
      contact: { name: parties.submitterContact, phone: parties.submitterPhone },
    },
    receiver: { name: parties.receiverName, id: parties.receiverId },
    billing: [
      {
        provider: {
          organization: clinic.name,
          npi: clinic.npi ?? '',
          ...(clinic.taxonomy === null ? {} : { taxonomy: clinic.taxonomy }),
          taxId: digits(clinic.taxId ?? ''),
          address: postalAddress(clinic.address),
        },
        claims: claims.map((claim) => professionalClaim(claim, clinic, parties)),
      },
    ],
  }
  return write837P(batch)
}

function professionalClaim(claim: ClaimToWrite, clinic: BillingClinic, parties: Parties): ProfessionalClaim {
  const { subscriber, practitioner, payer, otherPayer } = claim
  const sex = subscriber.sex.toLowerCase().startsWith('f')
    ? 'F'
    : subscriber.sex.toLowerCase().startsWith('m')
      ? 'M'
      : 'U'
  return {
    claimControl: claim.controlNumber,
    payerSequence: claim.payerSequence,
    filingCode: payer?.filingCode ?? parties.filingCode,
    ...(otherPayer === null || otherPayer.mspType === null ? {} : { mspType: otherPayer.mspType }),
    ...(payer === null || payer.groupNumber === null ? {} : { groupNumber: payer.groupNumber }),
    subscriber: {
      family: subscriber.family,
      given: subscriber.given,
      memberId: payer?.memberId ?? (subscriber.mbi ?? '').replaceAll('-', '').toUpperCase(),
      sex,
      ...(subscriber.bornOn === null ? {} : { bornOn: subscriber.bornOn }),
      ...(subscriber.address === null ? {} : { address: postalAddress(subscriber.address) }),
    },
    payer: payer === null ? { name: parties.payerName, id: parties.payerId } : { name: payer.name, id: payer.payerId },
    placeOfService: clinic.placeOfService,
    frequency: claim.frequency,
    ...(claim.authorization === null ? {} : { priorAuthorization: claim.authorization }),
    ...(claim.originalPayerNumber === null ? {} : { originalPayerClaimNumber: claim.originalPayerNumber }),
    assignment: 'A',
    benefitsAssigned: 'Y',
    releaseOfInformation: 'Y',
    diagnoses: claim.diagnoses,
    // A practitioner who bills as the clinic itself is not named a second time.
    ...(practitioner.npi !== null && practitioner.npi === clinic.npi
      ? {}
      : { rendering: { ...personNameOf(practitioner.name), npi: practitioner.npi ?? '' } }),
    ...(otherPayer === null ? {} : { otherPayers: [otherPayerOf(otherPayer)] }),
    lines: claim.lines.map((line) => ({
      code: line.code,
      ...(line.modifiers === undefined || line.modifiers.length === 0 ? {} : { modifiers: line.modifiers }),
      chargeCents: line.chargeCents,
      units: line.units,
      pointers: line.pointers,
      serviceOn: line.serviceOn,
      lineControl: line.lineControl,
      ...acceptedOn(otherPayer, line.code),
      decisions: otherPayer === null ? [] : decisionsOn(otherPayer, line.code),
    })),
  }
}

type WrittenPayer = NonNullable<ProfessionalClaim['otherPayers']>[number]
type WrittenDecision = NonNullable<ProfessionalClaim['lines'][number]['decisions']>[number]

/** Loop 2320. What it paid (AMT*D) is the sum of its lines less what it adjusted on the claim as a whole. */
function otherPayerOf(other: OtherPayer): WrittenPayer {
  return {
    sequence: other.sequence,
    relationship: other.relationship,
    ...(other.groupNumber === null ? {} : { groupNumber: other.groupNumber }),
    ...(other.groupNumber !== null || other.groupName === null ? {} : { groupName: other.groupName }),
    filingCode: other.filingCode,
    adjustments: other.adjustments,
    paidCents: paidBefore(other),
    benefitsAssigned: 'Y',
    releaseOfInformation: 'Y',
    subscriber: other.insured,
    payer: { name: other.name, id: other.payerId },
    ...(other.claimNumber === null ? {} : { claimNumber: other.claimNumber }),
  }
}

/** Loop 2430: what the other payer decided of one line. */
function decisionsOn(other: OtherPayer, code: string): WrittenDecision[] {
  return other.lines
    .filter((line) => line.code === code)
    .map((line) => ({
      payerId: other.payerId,
      paidCents: line.paidCents,
      code,
      units: line.units,
      adjustments: line.adjustments,
      decidedOn: other.decidedOn,
    }))
}

/** Of a line to Medicare behind another insurer, what must be accepted from that insurer as payment in full. */
function acceptedOn(other: OtherPayer | null, code: string): { acceptCents?: number } {
  const line = other === null || other.mspType === null ? undefined : other.lines.find((one) => one.code === code)
  const acceptCents = line === undefined ? null : acceptedInFull(line)
  return acceptCents === null ? {} : { acceptCents }
}

/** What a payer paid on the whole claim, in cents. */
export function paidBefore(other: Pick<OtherPayer, 'lines' | 'adjustments'>): number {
  const onLines = other.lines.reduce((sum, { paidCents }) => sum + paidCents, 0)
  return other.adjustments.reduce((sum, { amountCents }) => sum - amountCents, onLines)
}

function postalAddress(address: {
  lines: string[]
  city: string | null
  state: string | null
  zip: string | null
}): PostalAddress {
  const [street = '', street2] = address.lines
  const zip = digits(address.zip ?? '')
  return {
    street,
    ...(street2 ? { street2 } : {}),
    city: address.city ?? '',
    state: address.state ?? '',
    zip: zip.length === 9 ? zip : zip.slice(0, 5),
  }
}

const digits = (text: string) => text.replace(/\D/g, '')

const titles = /^(?:dr|doctor|prof|mr|mrs|ms)\.?\s+/i

/** Family and given name of a display name such as “Dr Ada Okafor, MD”: the last word before a comma is the family name. */
export function personNameOf(name: string): { family: string; given: string } {
  const words = (name.split(',')[0] ?? '').replace(titles, '').trim().split(/\s+/)
  return { family: words.at(-1) ?? '', given: words.slice(0, -1).join(' ') }
}

export interface JudgedClaims {
  /** By claim id; a claim that is not here has no finding. */
  byClaim: ReadonlyMap<string, readonly Finding[]>
  /** What concerns the envelope, the submitter or the billing provider. */
  common: readonly Finding[]
}

/**
 * Checks claims over the real text of their 837P, with the same checks that read other people's files, and hands each
 * finding to the claim in whose segments it lies.
 */
export function judgeClaims(text: string, claims: readonly ClaimToWrite[], today: string): JudgedClaims {
  const starts = setsOf(readInterchanges(text), '837P').flatMap(({ set }) =>
    set.segments.flatMap((segment, index) => (segment.id === 'HL' && element(segment, 3) === '22' ? [index + 1] : [])),
  )
  const byClaim = new Map<string, Finding[]>()
  const common: Finding[] = []
  for (const finding of check837P(text, { today })) {
    const at = finding.segment === null ? -1 : starts.findLastIndex((start) => start <= (finding.segment ?? 0))
    const claim = claims[at]
    if (claim === undefined) common.push(finding)
    else byClaim.set(claim.id, [...(byClaim.get(claim.id) ?? []), finding])
  }
  return { byClaim, common }
}

/** A finding as a place and a sentence: the claim number, then loop and element. */
export function faultOf(claimControl: string | null, finding: Finding): Fault {
  return {
    path: [claimControl, finding.loop, finding.element].filter((part) => part !== null).join(' '),
    message: finding.message,
  }
}
