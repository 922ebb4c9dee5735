import { basicText } from '../characters.ts'
import { formatDate8, formatTime4 } from '../dates.ts'
import { formatCents, formatQuantity } from '../money.ts'
import { SegmentWriter, type WritingOptions } from '../writer.ts'
import { writeAdjustments } from './adjustments.ts'
import type {
  BillingProvider,
  ClaimBatch,
  ClaimLine,
  Contact,
  LineDecision,
  OtherPayer,
  PersonName,
  PostalAddress,
  ProfessionalClaim,
  RenderingProvider,
} from './claim-batch.ts'

/** The implementation guide of professional claims. */
export const GUIDE_837P = '005010X222A1'

/**
 * Writes an 837P (005010X222A1). Accents are transliterated, text is upper case, a delimiter never gets into data.
 * Throws RangeError on values that no claim can hold (fractions of a cent, a date that does not exist); what a payer
 * would refuse is found by `check837P`.
 */
export function write837P(batch: ClaimBatch, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = batch
  writer.openInterchange(envelope)
  writer.openGroup('HC', GUIDE_837P, envelope)
  writer.openSet('837', batch.setControl, GUIDE_837P)
  writer.segment(
    'BHT',
    '0019',
    batch.resent ? '18' : '00',
    batch.batchId,
    formatDate8(envelope.createdOn),
    formatTime4(envelope.createdAt),
    'CH',
  )
  writer.segment('NM1', '41', '2', batch.submitter.name, '', '', '', '', '46', batch.submitter.id)
  writeContact(writer, batch.submitter.contact)
  if (batch.submitter.secondContact) writeContact(writer, batch.submitter.secondContact)
  writer.segment('NM1', '40', '2', batch.receiver.name, '', '', '', '', '46', batch.receiver.id)

  let level = 0
  for (const { provider, claims } of batch.billing) {
    level++
    const providerLevel = level
    writer.segment('HL', String(level), '', '20', '1')
    writeBillingProvider(writer, provider)
    for (const claim of claims) {
      level++
      writer.segment('HL', String(level), String(providerLevel), '22', claim.dependent ? '1' : '0')
      writeSubscriber(writer, claim)
      if (claim.dependent) {
        level++
        writer.segment('HL', String(level), String(level - 1), '23', '0')
        writeDependent(writer, claim.dependent)
      }
      writeClaim(writer, claim)
    }
  }
  writer.closeSet()
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

/** ICD-10-CM as it goes on a claim: without the point. */
export function diagnosisWithoutPoint(code: string): string {
  return code.includes('.') ? code.replace('.', '') : code
}

function writeContact(writer: SegmentWriter, contact: Contact): void {
  const ways: string[] = []
  if (contact.phone !== undefined) ways.push('TE', phoneDigits(contact.phone))
  if (contact.phoneExtension !== undefined) ways.push('EX', contact.phoneExtension)
  if (contact.email !== undefined) ways.push('EM', contact.email)
  if (contact.fax !== undefined) ways.push('FX', phoneDigits(contact.fax))
  // The guide has room for three ways to be reached.
  writer.segmentExtended('PER', 'IC', basicText(contact.name ?? ''), ...ways.slice(0, 6))
}

/** The digits of a telephone number, without the country code 1. */
function phoneDigits(phone: string): string {
  const only = digits(phone)
  return only.length === 11 && only.startsWith('1') ? only.slice(1) : only
}

/** ZIP codes, tax ids and telephone numbers are written without the dashes that people put into them. */
function digits(text: string): string {
  return /\D/.test(text) ? text.replace(/\D/g, '') : text
}

/** A Medicare id is printed with dashes on the card and written without them. */
function memberId(id: string, filingCode: string): string {
  return filingCode === 'MB' && id.includes('-') ? id.replaceAll('-', '') : id
}

function writeName(writer: SegmentWriter, role: string, name: PersonName, qualifier: string, id: string): void {
  writer.segment(
    'NM1',
    role,
    '1',
    name.family,
    name.given,
    name.middle,
    '',
    name.suffix,
    id === '' ? '' : qualifier,
    id,
  )
}

function writeAddress(writer: SegmentWriter, address: PostalAddress | undefined): void {
  if (!address) return
  writer.segment('N3', address.street, address.street2)
  writer.segment('N4', address.city, address.state, digits(address.zip))
}

function writeBillingProvider(writer: SegmentWriter, provider: BillingProvider): void {
  if (provider.taxonomy !== undefined) writer.segment('PRV', 'BI', 'PXC', provider.taxonomy)
  if (provider.person) writeName(writer, '85', provider.person, 'XX', provider.npi)
  else writer.segment('NM1', '85', '2', provider.organization, '', '', '', '', 'XX', provider.npi)
  writeAddress(writer, provider.address)
  writer.segment('REF', provider.taxIdIsSsn ? 'SY' : 'EI', digits(provider.taxId))
  if (provider.contact) writeContact(writer, provider.contact)
  if (provider.payTo) {
    writer.segment('NM1', '87', provider.person ? '1' : '2')
    writeAddress(writer, provider.payTo)
  }
}

function writeSubscriber(writer: SegmentWriter, claim: ProfessionalClaim): void {
  const { subscriber, payer } = claim
  writer.segment(
    'SBR',
    claim.payerSequence,
    claim.dependent ? '' : '18',
    claim.groupNumber,
    claim.groupNumber === undefined ? claim.groupName : '',
    claim.mspType,
    '',
    '',
    '',
    claim.filingCode,
  )
  if (subscriber.diedOn !== undefined && !claim.dependent) {
    writer.segment('PAT', '', '', '', '', 'D8', formatDate8(subscriber.diedOn))
  }
  writeName(writer, 'IL', subscriber, 'MI', memberId(subscriber.memberId, claim.filingCode))
  writeAddress(writer, subscriber.address)
  writeDemographics(writer, subscriber)
  writer.segment('NM1', 'PR', '2', payer.name, '', '', '', '', 'PI', payer.id)
  writeAddress(writer, payer.address)
}

function writeDependent(writer: SegmentWriter, dependent: NonNullable<ProfessionalClaim['dependent']>): void {
  const died = dependent.diedOn === undefined ? [] : ['', '', '', 'D8', formatDate8(dependent.diedOn)]
  writer.segment('PAT', dependent.relationship, ...died)
  writeName(writer, 'QC', dependent, '', '')
  writeAddress(writer, dependent.address)
  writeDemographics(writer, dependent)
}

function writeDemographics(writer: SegmentWriter, person: { readonly bornOn?: string; readonly sex?: string }): void {
  if (person.bornOn !== undefined) writer.segment('DMG', 'D8', formatDate8(person.bornOn), person.sex)
}

function writeClaim(writer: SegmentWriter, claim: ProfessionalClaim): void {
  const charge = claim.lines.reduce((cents, line) => cents + line.chargeCents, 0)
  writer.segment(
    'CLM',
    claim.claimControl,
    formatCents(charge),
    '',
    '',
    [claim.placeOfService, 'B', claim.frequency],
    claim.providerSignature ?? 'Y',
    claim.assignment,
    claim.benefitsAssigned,
    claim.releaseOfInformation,
    claim.patientSignature,
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    claim.delayReason,
  )
  if (claim.patientPaidCents !== undefined) writer.segment('AMT', 'F5', formatCents(claim.patientPaidCents))
  if (claim.priorAuthorization !== undefined) writer.segment('REF', 'G1', claim.priorAuthorization)
  if (claim.originalPayerClaimNumber !== undefined) writer.segment('REF', 'F8', claim.originalPayerClaimNumber)
  if (claim.chartNumber !== undefined) writer.segment('REF', 'EA', claim.chartNumber)
  if (claim.diagnoses.length > 0) {
    writer.segment(
      'HI',
      ...claim.diagnoses.map((code, index) => [index === 0 ? 'ABK' : 'ABF', diagnosisWithoutPoint(code)]),
    )
  }
  if (claim.referring) writeProvider(writer, 'DN', claim.referring)
  if (claim.rendering) writeProvider(writer, '82', claim.rendering)
  if (claim.facility) {
    const { name, npi, address } = claim.facility
    writer.segment('NM1', '77', '2', name, '', '', '', '', npi === undefined ? '' : 'XX', npi)
    writeAddress(writer, address)
  }
  if (claim.supervising) writeProvider(writer, 'DQ', claim.supervising)
  for (const other of claim.otherPayers ?? []) writeOtherPayer(writer, other)
  for (const [index, line] of claim.lines.entries()) writeLine(writer, index + 1, line)
}

function writeProvider(writer: SegmentWriter, role: string, provider: RenderingProvider): void {
  writeName(writer, role, provider, 'XX', provider.npi)
  if (role === '82' && provider.taxonomy !== undefined) writer.segment('PRV', 'PE', 'PXC', provider.taxonomy)
}

function writeOtherPayer(writer: SegmentWriter, other: OtherPayer): void {
  writer.segment(
    'SBR',
    other.sequence,
    other.relationship,
    other.groupNumber,
    other.groupName,
    other.mspType,
    '',
    '',
    '',
    other.filingCode,
  )
  writeAdjustments(writer, other.adjustments ?? [])
  if (other.paidCents !== undefined) writer.segment('AMT', 'D', formatCents(other.paidCents))
  if (other.nonCoveredCents !== undefined) writer.segment('AMT', 'A8', formatCents(other.nonCoveredCents))
  if (other.patientLeftCents !== undefined) writer.segment('AMT', 'EAF', formatCents(other.patientLeftCents))
  writer.segment('OI', '', '', other.benefitsAssigned, '', '', other.releaseOfInformation)
  writeName(writer, 'IL', other.subscriber, 'MI', memberId(other.subscriber.memberId, other.filingCode))
  writeAddress(writer, other.subscriber.address)
  writer.segment('NM1', 'PR', '2', other.payer.name, '', '', '', '', 'PI', other.payer.id)
  writeAddress(writer, other.payer.address)
  if (other.decidedOn !== undefined) writer.segment('DTP', '573', 'D8', formatDate8(other.decidedOn))
  if (other.claimNumber !== undefined) writer.segment('REF', 'F8', other.claimNumber)
}

function writeLine(writer: SegmentWriter, number: number, line: ClaimLine): void {
  writer.segment('LX', String(number))
  writer.segment(
    'SV1',
    ['HC', line.code, ...(line.modifiers ?? [])],
    formatCents(line.chargeCents),
    'UN',
    formatQuantity(line.units),
    line.placeOfService,
    '',
    line.pointers.map(String),
  )
  if (line.serviceTo === undefined || line.serviceTo === line.serviceOn) {
    writer.segment('DTP', '472', 'D8', formatDate8(line.serviceOn))
  } else {
    writer.segment('DTP', '472', 'RD8', `${formatDate8(line.serviceOn)}-${formatDate8(line.serviceTo)}`)
  }
  if (line.acceptCents !== undefined) writer.segment('CN1', '09', formatCents(line.acceptCents))
  writer.segment('REF', '6R', line.lineControl)
  if (line.rendering) writeProvider(writer, '82', line.rendering)
  for (const decision of line.decisions ?? []) writeDecision(writer, decision)
}

function writeDecision(writer: SegmentWriter, decision: LineDecision): void {
  writer.segment(
    'SVD',
    decision.payerId,
    formatCents(decision.paidCents),
    ['HC', decision.code, ...(decision.modifiers ?? [])],
    '',
    formatQuantity(decision.units),
  )
  writeAdjustments(writer, decision.adjustments ?? [])
  if (decision.decidedOn !== undefined) writer.segment('DTP', '573', 'D8', formatDate8(decision.decidedOn))
  if (decision.patientLeftCents !== undefined) writer.segment('AMT', 'EAF', formatCents(decision.patientLeftCents))
}
