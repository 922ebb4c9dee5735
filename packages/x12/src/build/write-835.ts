import { formatDate8 } from '../dates.ts'
import { formatCents, formatQuantity } from '../money.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'
import { writeAdjustments } from './adjustments.ts'
import type { PostalAddress } from './claim-batch.ts'

export interface AdjustmentToWrite {
  readonly group: 'CO' | 'PR' | 'OA' | 'PI'
  readonly code: string
  readonly amountCents: number
  readonly quantity?: number
}

export interface RemittanceLineToWrite {
  readonly code: string
  readonly modifiers?: readonly string[]
  readonly originalCode?: string
  readonly chargeCents: number
  readonly paidCents: number
  readonly unitsPaid: number
  readonly unitsBilled?: number
  readonly serviceOn: string
  readonly serviceTo?: string
  readonly lineControl?: string
  readonly adjustments: readonly AdjustmentToWrite[]
  readonly allowedCents?: number
  readonly remarks?: readonly string[]
}

export interface RemittanceClaimToWrite {
  readonly claimControl: string
  readonly status: string
  readonly chargeCents: number
  readonly paidCents: number
  readonly patientResponsibilityCents?: number
  readonly filingCode: string
  readonly payerClaimNumber: string
  readonly placeOfService?: string
  readonly frequency?: string
  readonly patient: {
    readonly family: string
    readonly given: string
    readonly middle?: string
    readonly memberId: string
    readonly correctedMemberId?: string
  }
  readonly rendering?: { readonly family: string; readonly given: string; readonly npi: string }
  readonly crossover?: { readonly name: string; readonly id: string }
  readonly earlierPayerClaimNumber?: string
  readonly receivedOn?: string
  readonly adjustments?: readonly AdjustmentToWrite[]
  readonly remarks?: readonly string[]
  readonly interestCents?: number
  readonly lines: readonly RemittanceLineToWrite[]
}

export interface RemittanceToWrite {
  readonly envelope: EnvelopeHeader
  readonly setControl: number
  /** BPR02; 0 with method NON when nothing is paid. */
  readonly paymentCents: number
  /** BPR01, I unless told otherwise. */
  readonly handling?: 'I' | 'H'
  readonly method: 'ACH' | 'CHK' | 'NON' | 'FWT' | 'BOP'
  readonly paidOn: string
  readonly productionOn: string
  readonly trn02: string
  /** 1 and the payer's tax id (ten digits). */
  readonly trn03: string
  /** Bank routing and account of both sides, for ACH. */
  readonly bank?: {
    readonly payerRouting: string
    readonly payerAccount: string
    readonly payeeRouting: string
    readonly payeeAccount: string
  }
  readonly payer: {
    readonly name: string
    readonly id: string
    readonly address: PostalAddress
    readonly technicalContact: { readonly name: string; readonly phone: string }
    readonly website?: string
  }
  readonly payee: { readonly name: string; readonly npi: string; readonly taxId: string }
  readonly claims: readonly RemittanceClaimToWrite[]
  readonly plb?: readonly {
    readonly providerId: string
    readonly fiscalYearEnd: string
    readonly code: string
    readonly reference?: string
    readonly amountCents: number
  }[]
}

/** Writes an 835 (005010X221A1). It writes what it is given: whether it balances is told by `read835`. */
export function write835(remittance: RemittanceToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = remittance
  writer.openInterchange(envelope)
  writer.openGroup('HP', '005010X221A1', envelope)
  writer.openSet('835', remittance.setControl, null)
  writeHeader(writer, remittance)
  if (remittance.claims.length > 0) writer.segment('LX', '1')
  for (const claim of remittance.claims) writeClaim(writer, claim)
  for (const one of remittance.plb ?? []) {
    writer.segment(
      'PLB',
      one.providerId,
      formatDate8(one.fiscalYearEnd),
      [one.code, one.reference ?? ''],
      formatCents(one.amountCents),
    )
  }
  writer.closeSet()
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

function writeHeader(writer: SegmentWriter, remittance: RemittanceToWrite): void {
  const { bank, payer, payee } = remittance
  const electronic = remittance.method === 'ACH' && bank !== undefined
  writer.segment(
    'BPR',
    remittance.handling ?? 'I',
    formatCents(remittance.paymentCents),
    'C',
    remittance.method,
    ...(electronic
      ? [
          'CCP',
          '01',
          bank.payerRouting,
          'DA',
          bank.payerAccount,
          remittance.trn03,
          '',
          '01',
          bank.payeeRouting,
          'DA',
          bank.payeeAccount,
        ]
      : Array<string>(11).fill('')),
    formatDate8(remittance.paidOn),
  )
  writer.segment('TRN', '1', remittance.trn02, remittance.trn03)
  writer.segment('DTM', '405', formatDate8(remittance.productionOn))
  writer.segment('N1', 'PR', payer.name)
  writer.segment('N3', payer.address.street, payer.address.street2)
  writer.segment('N4', payer.address.city, payer.address.state, payer.address.zip)
  writer.segment('REF', '2U', payer.id)
  writer.segment('PER', 'BL', payer.technicalContact.name, 'TE', payer.technicalContact.phone)
  if (payer.website !== undefined) writer.segmentExtended('PER', 'IC', '', 'UR', payer.website)
  writer.segment('N1', 'PE', payee.name, 'XX', payee.npi)
  writer.segment('REF', 'TJ', payee.taxId)
}

function writeClaim(writer: SegmentWriter, claim: RemittanceClaimToWrite): void {
  const { patient, rendering, crossover } = claim
  writer.segment(
    'CLP',
    claim.claimControl,
    claim.status,
    formatCents(claim.chargeCents),
    formatCents(claim.paidCents),
    claim.patientResponsibilityCents === undefined ? '' : formatCents(claim.patientResponsibilityCents),
    claim.filingCode,
    claim.payerClaimNumber,
    claim.placeOfService,
    claim.frequency,
  )
  writeAdjustments(writer, claim.adjustments ?? [])
  writer.segment('NM1', 'QC', '1', patient.family, patient.given, patient.middle, '', '', 'MI', patient.memberId)
  if (patient.correctedMemberId !== undefined)
    writer.segment('NM1', '74', '1', '', '', '', '', '', 'C', patient.correctedMemberId)
  if (rendering) writer.segment('NM1', '82', '1', rendering.family, rendering.given, '', '', '', 'XX', rendering.npi)
  if (crossover) writer.segment('NM1', 'TT', '2', crossover.name, '', '', '', '', 'PI', crossover.id)
  const remarks = claim.remarks ?? []
  if (remarks.length > 0) writer.segment('MOA', '', '', ...remarks.slice(0, 5))
  if (claim.earlierPayerClaimNumber !== undefined) writer.segment('REF', 'F8', claim.earlierPayerClaimNumber)
  if (claim.receivedOn !== undefined) writer.segment('DTM', '050', formatDate8(claim.receivedOn))
  if (claim.interestCents !== undefined) writer.segment('AMT', 'I', formatCents(claim.interestCents))
  for (const line of claim.lines) writeLine(writer, line)
}

function writeLine(writer: SegmentWriter, line: RemittanceLineToWrite): void {
  writer.segment(
    'SVC',
    ['HC', line.code, ...(line.modifiers ?? [])],
    formatCents(line.chargeCents),
    formatCents(line.paidCents),
    '',
    formatQuantity(line.unitsPaid),
    line.originalCode === undefined ? '' : ['HC', line.originalCode],
    line.unitsBilled === undefined ? '' : formatQuantity(line.unitsBilled),
  )
  if (line.serviceTo === undefined) writer.segment('DTM', '472', formatDate8(line.serviceOn))
  else {
    writer.segment('DTM', '150', formatDate8(line.serviceOn))
    writer.segment('DTM', '151', formatDate8(line.serviceTo))
  }
  writeAdjustments(writer, line.adjustments)
  if (line.lineControl !== undefined) writer.segment('REF', '6R', line.lineControl)
  if (line.allowedCents !== undefined) writer.segment('AMT', 'B6', formatCents(line.allowedCents))
  for (const remark of line.remarks ?? []) writer.segment('LQ', 'HE', remark)
}
