import type {
  BillingProvider,
  ClaimAdjustment,
  ClaimBatch,
  ClaimLine,
  ClaimPayer,
  Contact,
  LineDecision,
  OtherPayer,
  PersonName,
  PostalAddress,
  ProfessionalClaim,
  RenderingProvider,
} from '../build/claim-batch.ts'
import { packed, packedAt } from '../character-codes.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { Gathered } from '../gathered.ts'
import { component, components, element, type Segment } from '../segments.ts'
import type { EnvelopeHeader } from '../writer.ts'
import { procedureOf, type SetPlace, SetReading, startReading } from './reading.ts'
import {
  referenceOf,
  type ScannedBilling,
  type ScannedClaim,
  type ScannedClaimSet,
  type ScannedDecision,
  type ScannedLine,
  type ScannedOther,
  type ScannedParty,
  scan837P,
} from './scan-837p.ts'

export interface ReadClaim extends ProfessionalClaim {
  /** CLM02 as stated. */
  readonly chargeCents: number
  /** The sum of SV102. */
  readonly linesChargeCents: number
}

/** A transaction set as a batch that `write837P` writes back to the same text. */
export interface ReadClaimBatch extends ClaimBatch {
  /** ST02 as written. */
  readonly set: string
  readonly interchange: string
  readonly billing: readonly { readonly provider: BillingProvider; readonly claims: readonly ReadClaim[] }[]
  readonly totals: { readonly claims: number; readonly lines: number; readonly chargeCents: number }
  readonly truncated: boolean
}

export interface ClaimFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly batches: readonly ReadClaimBatch[]
}

/** Reads every 837P in a text. Never throws; what is missing in the file is empty here and a finding of `check837P`. */
export function read837P(text: string): ClaimFile {
  return read837PSets(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function read837PSets(file: InterchangeFile): ClaimFile {
  const places = setsOf(file, '837P')
  const answer = startReading(file, places.length, '837P')
  return { ...answer, batches: places.map((place) => readBatch(place, answer.findings)) }
}

function readBatch(place: SetPlace, findings: Finding[]): ReadClaimBatch {
  const { interchange, group, set } = place
  const reading = new SetReading({ interchange, set }, (one) => findings.push(one))
  const scan = scan837P(set)
  const claims = scan.claims.map((claim) => readClaim(claim, reading))
  const byProvider = Map.groupBy(scan.claims.entries(), ([, scanned]) => scanned.billing)
  const billing = [...byProvider].map(([scanned, entries]) => ({
    provider: readBillingProvider(scanned),
    claims: entries.flatMap(([index]) => claims[index] ?? []),
  }))
  const [contact = {}, secondContact] = (scan.submitter?.contacts ?? []).map((one) => readContact(one))
  return {
    set: set.control,
    interchange: interchange.control,
    envelope: readEnvelope(place, scan),
    setControl: wholeNumber(set.control),
    batchId: text(scan.beginning, 3),
    ...(text(scan.beginning, 2) === '18' ? { resent: true } : {}),
    submitter: {
      name: text(scan.submitter?.name, 3),
      id: text(scan.submitter?.name, 9),
      contact,
      ...(secondContact ? { secondContact } : {}),
    },
    receiver: { name: text(scan.receiver?.name, 3), id: text(scan.receiver?.name, 9) },
    billing,
    totals: {
      claims: claims.length,
      lines: claims.reduce((sum, claim) => sum + claim.lines.length, 0),
      chargeCents: claims.reduce((sum, claim) => sum + claim.chargeCents, 0),
    },
    truncated: set.truncated || group.truncated || interchange.truncated,
  }
}

function readEnvelope({ interchange, group }: SetPlace, scan: ScannedClaimSet): EnvelopeHeader {
  const time = interchange.createdAt
  return {
    senderQualifier: interchange.senderQualifier,
    sender: interchange.sender,
    receiverQualifier: interchange.receiverQualifier,
    receiver: interchange.receiver,
    ...(group.sender === interchange.sender ? {} : { groupSender: group.sender }),
    ...(group.receiver === interchange.receiver ? {} : { groupReceiver: group.receiver }),
    createdOn: interchange.createdOn ?? group.createdOn ?? text(scan.beginning, 4),
    createdAt: `${time.slice(0, 2)}:${time.slice(2, 4)}`,
    interchangeControl: wholeNumber(interchange.control),
    groupControl: wholeNumber(group.control),
    usage: interchange.usage === 'P' ? 'P' : 'T',
    ...(interchange.header.is(14, '1') ? { wantsAcknowledgment: true } : {}),
  }
}

function wholeNumber(digits: string): number {
  return /^\d{1,15}$/.test(digits) ? Number(digits) : 0
}

function text(segment: Segment | null | undefined, position: number): string {
  return segment ? element(segment, position) : ''
}

/** An optional part of a model: present only when the file has it. */
function optional<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  const part: { [K in Key]?: string } = {}
  if (value !== '') part[key] = value
  return part
}

function readContact(segment: Segment): Contact {
  const way = (qualifier: string): string => {
    for (let position = 3; position <= 7; position += 2) {
      if (element(segment, position) === qualifier) return element(segment, position + 1)
    }
    return ''
  }
  return {
    ...optional('name', element(segment, 2)),
    ...optional('phone', way('TE')),
    ...optional('phoneExtension', way('EX')),
    ...optional('email', way('EM')),
    ...optional('fax', way('FX')),
  }
}

function readName(segment: Segment | undefined): PersonName {
  return {
    family: text(segment, 3),
    given: text(segment, 4),
    ...optional('middle', text(segment, 5)),
    ...optional('suffix', text(segment, 7)),
  }
}

function readAddress(party: ScannedParty | null | undefined): PostalAddress | undefined {
  if (!party?.street && !party?.city) return undefined
  return {
    street: text(party.street, 1),
    ...optional('street2', text(party.street, 2)),
    city: text(party.city, 1),
    state: text(party.city, 2),
    zip: text(party.city, 3),
  }
}

function addressPart(party: ScannedParty | null | undefined): { address?: PostalAddress } {
  const address = readAddress(party)
  return address ? { address } : {}
}

const NO_ADDRESS: PostalAddress = { street: '', city: '', state: '', zip: '' }

function readBillingProvider(billing: ScannedBilling | null): BillingProvider {
  const provider = billing?.provider
  const employer = provider ? referenceOf(provider.references, 'EI') : null
  const social = provider ? referenceOf(provider.references, 'SY') : null
  const contact = provider?.contacts[0]
  const payTo = readAddress(billing?.payTo)
  return {
    ...(text(provider?.name, 2) === '1'
      ? { person: readName(provider?.name) }
      : { organization: text(provider?.name, 3) }),
    npi: text(provider?.name, 9),
    ...optional('taxonomy', text(billing?.taxonomy, 3)),
    taxId: text(employer ?? social, 2),
    ...(!employer && social ? { taxIdIsSsn: true } : {}),
    address: readAddress(provider) ?? NO_ADDRESS,
    ...(contact ? { contact: readContact(contact) } : {}),
    ...(payTo ? { payTo } : {}),
  }
}

function readDemographics(party: ScannedParty | null, reading: SetReading): { bornOn?: string; sex?: 'F' | 'M' | 'U' } {
  const segment = party?.demographics
  if (!segment) return {}
  reading.position = segment.position
  const bornOn = reading.date(segment, 2)
  const sex = element(segment, 3)
  return {
    ...(bornOn === null ? {} : { bornOn }),
    ...(sex === 'F' || sex === 'M' || sex === 'U' ? { sex } : {}),
  }
}

function readDeath(patient: Segment | null | undefined, reading: SetReading): { diedOn?: string } {
  if (!patient?.is(5, 'D8')) return {}
  reading.position = patient.position
  const diedOn = reading.date(patient, 6)
  return diedOn === null ? {} : { diedOn }
}

function readPayer(party: ScannedParty | null | undefined): ClaimPayer {
  return { name: text(party?.name, 3), id: text(party?.name, 9), ...addressPart(party) }
}

function readProvider(party: ScannedParty): RenderingProvider {
  return {
    ...readName(party.name),
    npi: text(party.name, 9),
    ...optional('taxonomy', text(party.taxonomy, 3)),
  }
}

function amountOf(amounts: readonly Segment[], qualifier: string, reading: SetReading): number | null {
  const segment = referenceOf(amounts, qualifier)
  if (!segment) return null
  reading.position = segment.position
  return reading.cents(segment, 2)
}

function readAdjustments(segments: readonly Segment[], reading: SetReading): ClaimAdjustment[] {
  return segments.flatMap((segment) => {
    reading.position = segment.position
    const group = element(segment, 1)
    const adjustments: ClaimAdjustment[] = []
    for (let at = 2; at <= 17; at += 3) {
      const code = element(segment, at)
      if (code === '' && segment.isEmpty(at + 1)) continue
      const quantity = reading.quantity(segment, at + 2)
      adjustments.push({
        group: isGroup(group) ? group : 'OA',
        code,
        amountCents: reading.requiredCents(segment, at + 1),
        ...(quantity === null ? {} : { quantity }),
      })
    }
    return adjustments
  })
}

function isGroup(text: string): text is ClaimAdjustment['group'] {
  return text === 'CO' || text === 'PR' || text === 'OA' || text === 'PI' || text === 'CR'
}

function readDay(dates: readonly Segment[], qualifier: string, reading: SetReading) {
  const segment = referenceOf(dates, qualifier)
  if (!segment) return null
  reading.position = segment.position
  return reading.period(segment, 2, 3)
}

/** One claim out of its segments. */
export function readClaim(scanned: ScannedClaim, reading: SetReading): ReadClaim {
  const { claim, subscriber, dependent } = scanned
  reading.position = claim.position
  reading.loop = '2300'
  const chargeCents = reading.requiredCents(claim, 2)
  const insurance = subscriber?.insurance
  const lines = scanned.lines.map((line) => readLine(line, reading))
  const linesChargeCents = lines.reduce((sum, line) => sum + line.chargeCents, 0)
  reading.loop = '2300'
  const patientPaidCents = amountOf(scanned.amounts, 'F5', reading)
  const provider = (role: string): RenderingProvider | undefined => {
    const party = scanned.providers.find((one) => element(one.name, 1) === role)
    return party ? readProvider(party) : undefined
  }
  const rendering = provider('82')
  const referring = provider('DN')
  const supervising = provider('DQ')
  const facility = scanned.providers.find((one) => one.name.is(1, '77'))
  const others = scanned.others.map((other) => readOther(other, reading))
  return {
    claimControl: element(claim, 1),
    chargeCents,
    linesChargeCents,
    payerSequence: oneOf(reading, insurance ?? claim, text(insurance, 1), 'SBR01', ['P', 'S', 'T']),
    filingCode: text(insurance, 9),
    ...optional('mspType', text(insurance, 5)),
    ...optional('groupNumber', text(insurance, 3)),
    ...optional('groupName', text(insurance, 4)),
    subscriber: {
      ...readName(subscriber?.person?.name),
      memberId: text(subscriber?.person?.name, 9),
      ...addressPart(subscriber?.person),
      ...readDemographics(subscriber?.person ?? null, reading),
      ...readDeath(subscriber?.patient, reading),
    },
    ...(dependent
      ? {
          dependent: {
            ...readName(dependent.person?.name),
            relationship: text(dependent.patient, 1),
            ...addressPart(dependent.person),
            ...readDemographics(dependent.person, reading),
            ...readDeath(dependent.patient, reading),
          },
        }
      : {}),
    payer: readPayer(subscriber?.payer),
    placeOfService: component(claim, 5, 1),
    frequency: oneOf(reading, claim, component(claim, 5, 3), 'CLM05-3', ['1', '7', '8']),
    ...optional('originalPayerClaimNumber', text(referenceOf(scanned.references, 'F8'), 2)),
    ...(claim.is(6, 'N') ? { providerSignature: 'N' } : {}),
    assignment: oneOf(reading, claim, element(claim, 7), 'CLM07', ['A', 'B', 'C']),
    benefitsAssigned: oneOf(reading, claim, element(claim, 8), 'CLM08', ['Y', 'N', 'W']),
    releaseOfInformation: oneOf(reading, claim, element(claim, 9), 'CLM09', ['Y', 'I']),
    ...(claim.is(10, 'P') ? { patientSignature: 'P' } : {}),
    ...optional('delayReason', element(claim, 20)),
    ...(patientPaidCents === null ? {} : { patientPaidCents }),
    ...optional('priorAuthorization', text(referenceOf(scanned.references, 'G1'), 2)),
    ...optional('chartNumber', text(referenceOf(scanned.references, 'EA'), 2)),
    diagnoses: diagnosesOf(scanned.diagnoses).map((one) => one.code),
    ...(referring ? { referring } : {}),
    ...(rendering ? { rendering } : {}),
    ...(facility
      ? {
          facility: {
            name: text(facility.name, 3),
            ...optional('npi', text(facility.name, 9)),
            address: readAddress(facility) ?? NO_ADDRESS,
          },
        }
      : {}),
    ...(supervising ? { supervising } : {}),
    ...(others.length > 0 ? { otherPayers: others } : {}),
    lines,
  }
}

/** A diagnosis of an HI segment. */
export class ScannedDiagnosis {
  readonly qualifier: string
  readonly code: string
  readonly segment: Segment
  readonly element: number

  constructor(qualifier: string, code: string, segment: Segment, element: number) {
    this.qualifier = qualifier
    this.code = code
    this.segment = segment
    this.element = element
  }
}

const DIAGNOSIS_QUALIFIERS: ReadonlyMap<number, string> = new Map(
  ['ABF', 'ABK', 'BF', 'BK'].map((qualifier) => [packed(qualifier), qualifier]),
)
const MOST_DIAGNOSES = 12

/** The diagnoses of the HI segments in the order that SV107 points into. */
export function diagnosesOf(segments: readonly Segment[]): readonly ScannedDiagnosis[] {
  for (const segment of segments) {
    const last = Math.min(MOST_DIAGNOSES, segment.count)
    for (let position = 1; position <= last; position++) {
      const qualifier = diagnosisQualifier(segment, position)
      if (qualifier === null) continue
      gatheredDiagnoses.add(new ScannedDiagnosis(qualifier, component(segment, position, 2), segment, position))
    }
  }
  return gatheredDiagnoses.take(NO_DIAGNOSES)
}

const gatheredDiagnoses = new Gathered<ScannedDiagnosis>()
const NO_DIAGNOSES: readonly ScannedDiagnosis[] = []

function diagnosisQualifier(segment: Segment, position: number): string | null {
  if (segment.isEmpty(position)) return null
  const packedQualifier = packedAt(segment.codes, segment.from(position), segment.endOfFirst(position))
  return DIAGNOSIS_QUALIFIERS.get(packedQualifier) ?? null
}

/**
 * The text as one of the codes that the model knows. What the model cannot say becomes a finding, and the first code
 * stands in for it.
 */
function oneOf<Code extends string>(
  reading: SetReading,
  segment: Segment | null | undefined,
  text: string,
  at: string,
  codes: readonly [Code, ...Code[]],
): Code {
  const known = codes.find((code) => code === text)
  if (known !== undefined) return known
  if (segment) reading.position = segment.position
  const found = text === '' ? 'empty' : `"${text.slice(0, 20)}"`
  reading.note('error', 2, 'code_unreadable', `${at} is ${found}; read as ${codes[0]}.`, at)
  return codes[0]
}

function readOther(other: ScannedOther, reading: SetReading): OtherPayer {
  reading.loop = '2320'
  const segment = other.insurance
  const adjustments = readAdjustments(other.adjustments, reading)
  const paidCents = amountOf(other.amounts, 'D', reading)
  const nonCoveredCents = amountOf(other.amounts, 'A8', reading)
  const patientLeftCents = amountOf(other.amounts, 'EAF', reading)
  const decided = readDay(other.payer?.dates ?? [], '573', reading)
  return {
    sequence: oneOf(reading, other.insurance, element(segment, 1), 'SBR01', ['P', 'S', 'T']),
    relationship: element(segment, 2),
    ...optional('groupNumber', element(segment, 3)),
    ...optional('groupName', element(segment, 4)),
    ...optional('mspType', element(segment, 5)),
    filingCode: element(segment, 9),
    ...(adjustments.length > 0 ? { adjustments } : {}),
    ...(paidCents === null ? {} : { paidCents }),
    ...(nonCoveredCents === null ? {} : { nonCoveredCents }),
    ...(patientLeftCents === null ? {} : { patientLeftCents }),
    benefitsAssigned: oneOf(reading, other.consent ?? other.insurance, text(other.consent, 3), 'OI03', ['Y', 'N', 'W']),
    releaseOfInformation: oneOf(reading, other.consent ?? other.insurance, text(other.consent, 6), 'OI06', ['Y', 'I']),
    subscriber: {
      ...readName(other.person?.name),
      memberId: text(other.person?.name, 9),
      ...addressPart(other.person),
    },
    payer: readPayer(other.payer),
    ...(decided?.from ? { decidedOn: decided.from } : {}),
    ...optional('claimNumber', text(referenceOf(other.payer?.references ?? [], 'F8'), 2)),
  }
}

function readLine(line: ScannedLine, reading: SetReading): ClaimLine {
  reading.loop = '2400'
  const service = line.service
  reading.position = line.service?.position ?? line.number.position
  const procedure = service ? procedureOf(service, 1) : { code: '', modifiers: [] }
  const chargeCents = service ? reading.requiredCents(service, 2) : 0
  const units = service ? reading.quantity(service, 4) : null
  const on = readDay(line.dates, '472', reading)
  const rendering = line.providers.find((one) => one.name.is(1, '82'))
  const acceptCents = line.accepted ? reading.cents(line.accepted, 2) : null
  const decisions = line.decisions.map((one) => readDecision(one, reading))
  return {
    code: procedure.code,
    ...(procedure.modifiers.length > 0 ? { modifiers: procedure.modifiers } : {}),
    chargeCents,
    units: units ?? 0,
    ...optional('placeOfService', text(line.service, 5)),
    pointers: service ? components(service, 7).flatMap((one) => (/^\d{1,2}$/.test(one) ? [Number(one)] : [])) : [],
    serviceOn: on?.from ?? '',
    ...(on?.to && on.to !== on.from ? { serviceTo: on.to } : {}),
    lineControl: text(referenceOf(line.references, '6R'), 2),
    ...(acceptCents === null ? {} : { acceptCents }),
    ...(rendering ? { rendering: readProvider(rendering) } : {}),
    ...(decisions.length > 0 ? { decisions } : {}),
  }
}

function readDecision(scanned: ScannedDecision, reading: SetReading): LineDecision {
  const segment = scanned.decision
  reading.loop = '2430'
  reading.position = segment.position
  const procedure = procedureOf(segment, 3)
  const paidCents = reading.requiredCents(segment, 2)
  const units = reading.quantity(segment, 5)
  const adjustments = readAdjustments(scanned.adjustments, reading)
  const decided = readDay(scanned.dates, '573', reading)
  const patientLeftCents = amountOf(scanned.amounts, 'EAF', reading)
  return {
    payerId: element(segment, 1),
    paidCents,
    code: procedure.code,
    ...(procedure.modifiers.length > 0 ? { modifiers: procedure.modifiers } : {}),
    units: units ?? 0,
    ...(adjustments.length > 0 ? { adjustments } : {}),
    ...(decided?.from ? { decidedOn: decided.from } : {}),
    ...(patientLeftCents === null ? {} : { patientLeftCents }),
  }
}
