import { dateElements, formatDate8, formatTime4 } from '../dates.ts'
import { formatCents, formatQuantity } from '../money.ts'
import { type EnvelopeHeader, SegmentWriter, type WritingOptions } from '../writer.ts'

/** One STC: its first code and up to two more. */
export interface StatusToWrite {
  readonly codes: readonly { readonly category: string; readonly status: string; readonly entity?: string }[]
  readonly effectiveOn: string
  /** WQ accepted, U rejected. */
  readonly action: 'WQ' | 'U'
  readonly chargeCents?: number
}

export interface ClaimStatusToWrite {
  /** CLM01 of the claim that is answered. */
  readonly claimControl: string
  readonly patient: { readonly family: string; readonly given: string; readonly memberId: string }
  readonly statuses: readonly StatusToWrite[]
  /** REF*1K, only for accepted claims. */
  readonly payerClaimNumber?: string
  readonly serviceFrom: string
  readonly serviceTo?: string
  readonly lines?: readonly {
    readonly code: string
    readonly modifiers?: readonly string[]
    readonly chargeCents: number
    readonly units: number
    readonly lineControl: string
    readonly serviceOn: string
    readonly statuses: readonly StatusToWrite[]
  }[]
}

export interface StatusReportToWrite {
  readonly envelope: EnvelopeHeader
  readonly setControl: number
  readonly reportId: string
  readonly payer: { readonly name: string; readonly id: string }
  readonly submitter: { readonly name: string; readonly id: string }
  /** BHT03 of the batch that is answered. */
  readonly batchId: string
  readonly receivedOn: string
  readonly processedOn: string
  /** At the submitter: U rejects the whole batch, and then no claims are written. */
  readonly batchStatus: StatusToWrite
  readonly providers: readonly {
    readonly name: string
    readonly npi: string
    readonly claims: readonly (ClaimStatusToWrite & { readonly chargeCents: number })[]
  }[]
}

/** Writes a 277CA (005010X214); its QTY and AMT totals are counted from the claims. */
export function write277CA(report: StatusReportToWrite, options: WritingOptions = {}): string {
  const writer = new SegmentWriter(options)
  const { envelope } = report
  writer.openInterchange(envelope)
  writer.openGroup('HN', GUIDE, envelope)
  writer.openSet('277', report.setControl, GUIDE)
  writer.segment(
    'BHT',
    '0085',
    '08',
    report.reportId,
    formatDate8(envelope.createdOn),
    formatTime4(envelope.createdAt),
    'TH',
  )
  writer.segment('HL', '1', '', '20', '1')
  writer.segment('NM1', 'PR', '2', report.payer.name, '', '', '', '', 'PI', report.payer.id)
  writer.segment('TRN', '1', report.reportId)
  writer.segment('DTP', '050', 'D8', formatDate8(report.receivedOn))
  writer.segment('DTP', '009', 'D8', formatDate8(report.processedOn))

  const rejected = report.batchStatus.action === 'U'
  const providers = rejected ? [] : report.providers
  const all = report.providers.flatMap((provider) => provider.claims)
  writer.segment('HL', '2', '1', '21', providers.length > 0 ? '1' : '0')
  writer.segment('NM1', '41', '2', report.submitter.name, '', '', '', '', '46', report.submitter.id)
  writer.segment('TRN', '2', report.batchId)
  writeStatus(writer, report.batchStatus)
  writeTotals(writer, all, '90', 'AA', rejected)

  let level = 2
  for (const provider of providers) {
    level++
    const providerLevel = level
    writer.segment('HL', String(providerLevel), '2', '19', provider.claims.length > 0 ? '1' : '0')
    writer.segment('NM1', '85', '2', provider.name, '', '', '', '', 'XX', provider.npi)
    writer.segment('TRN', '1', '0')
    writeTotals(writer, provider.claims, 'QA', 'QC', false)
    for (const claim of provider.claims) {
      level++
      writer.segment('HL', String(level), String(providerLevel), 'PT')
      writeClaim(writer, claim)
    }
  }
  writer.closeSet()
  writer.closeGroup(envelope)
  return writer.closeInterchange(envelope)
}

const GUIDE = '005010X214'

type ClaimWithCharge = StatusReportToWrite['providers'][number]['claims'][number]

function writeClaim(writer: SegmentWriter, claim: ClaimWithCharge): void {
  writer.segment('NM1', 'QC', '1', claim.patient.family, claim.patient.given, '', '', '', 'MI', claim.patient.memberId)
  writer.segment('TRN', '2', claim.claimControl)
  for (const status of claim.statuses) writeStatus(writer, status)
  if (claim.payerClaimNumber !== undefined) writer.segment('REF', '1K', claim.payerClaimNumber)
  writer.segment('DTP', '472', ...dateElements(claim.serviceFrom, claim.serviceTo))
  for (const line of claim.lines ?? []) {
    writer.segment(
      'SVC',
      ['HC', line.code, ...(line.modifiers ?? [])],
      formatCents(line.chargeCents),
      '',
      '',
      '',
      '',
      formatQuantity(line.units),
    )
    for (const status of line.statuses) writeStatus(writer, status)
    writer.segment('REF', 'FJ', line.lineControl)
    writer.segment('DTP', '472', 'D8', formatDate8(line.serviceOn))
  }
}

function writeStatus(writer: SegmentWriter, status: StatusToWrite): void {
  const [first = [], second = [], third = []] = status.codes.map((code) => [
    code.category,
    code.status,
    code.entity ?? '',
  ])
  const charge = status.chargeCents === undefined ? '' : formatCents(status.chargeCents)
  writer.segment(
    'STC',
    first,
    formatDate8(status.effectiveOn),
    status.action,
    charge,
    '',
    '',
    '',
    '',
    '',
    second,
    third,
  )
}

function writeTotals(
  writer: SegmentWriter,
  claims: readonly ClaimWithCharge[],
  good: string,
  bad: string,
  allRejected: boolean,
): void {
  const isRejected = (claim: ClaimWithCharge): boolean =>
    allRejected || claim.statuses.some((status) => status.action === 'U')
  const sum = (some: readonly ClaimWithCharge[]): string =>
    formatCents(some.reduce((cents, claim) => cents + claim.chargeCents, 0))
  const rejected = claims.filter(isRejected)
  const accepted = claims.filter((claim) => !isRejected(claim))
  if (accepted.length > 0) writer.segment('QTY', good, String(accepted.length))
  if (rejected.length > 0) writer.segment('QTY', bad, String(rejected.length))
  if (accepted.length > 0) writer.segment('AMT', 'YU', sum(accepted))
  if (rejected.length > 0) writer.segment('AMT', 'YY', sum(rejected))
}
