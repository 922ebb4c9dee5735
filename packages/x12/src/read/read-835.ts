import type { Period } from '../dates.ts'
import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { dollars } from '../money.ts'
import { components, element, type Segment } from '../segments.ts'
import { procedureOf, type SetPlace, SetReading, startReading, told } from './reading.ts'

/** One CAS triplet. A positive amount takes away from the charge. */
export interface Adjustment {
  /** CO provider, PR patient, OA other, PI payer. */
  readonly group: string
  /** The CARC. */
  readonly code: string
  readonly amountCents: number
  readonly quantity: number | null
}

export interface Balance {
  readonly ok: boolean
  /** What is left over; 0 when it balances. */
  readonly differenceCents: number
}

export interface RemittanceLine {
  readonly code: string
  readonly modifiers: readonly string[]
  /** The qualifier of the code: HC for CPT and HCPCS. */
  readonly codeQualifier: string
  /** SVC06: the code that was billed, where the payer changed it. */
  readonly originalCode: string | null
  readonly chargeCents: number
  readonly paidCents: number
  /** SVC05; null when not told (the guide then means 1). */
  readonly unitsPaid: number | null
  /** SVC07; null when equal to the paid units. */
  readonly unitsBilled: number | null
  readonly serviceOn: string | null
  readonly serviceTo: string | null
  /** REF*6R: our own line id. */
  readonly lineControl: string | null
  readonly adjustments: readonly Adjustment[]
  /** AMT*B6. */
  readonly allowedCents: number | null
  /** RARCs of LQ*HE. */
  readonly remarks: readonly string[]
  /** SVC02 less CAS = SVC03. */
  readonly balance: Balance
}

export interface RemittancePatient {
  readonly family: string
  readonly given: string
  readonly memberId: string | null
  /** The id that the payer says is right (NM1*74 with C), or null. */
  readonly correctedMemberId: string | null
}

export interface RemittanceClaim {
  /** CLP01: our claim id. */
  readonly claimControl: string
  /** CLP02. A denial is judged by amounts and adjustments, not by this. */
  readonly status: string
  readonly chargeCents: number
  readonly paidCents: number
  /** CLP05; null when absent. */
  readonly patientResponsibilityCents: number | null
  /** CLP07. */
  readonly payerClaimNumber: string | null
  /** CLP06. */
  readonly filingCode: string
  readonly placeOfService: string | null
  readonly frequency: string | null
  readonly patient: RemittancePatient
  /** The rendering provider's NPI (NM1*82). */
  readonly renderingNpi: string | null
  /** The payer to whom the claim was passed on (NM1*TT), or null. */
  readonly crossover: { readonly name: string; readonly id: string | null } | null
  /** REF*F8: the payer's number of the earlier decision. */
  readonly earlierPayerClaimNumber: string | null
  /** DTM*050 */
  readonly receivedOn: string | null
  readonly period: Period
  /** AMT*I: interest; never inside the paid amount. */
  readonly interestCents: number | null
  /** Claim level CAS. */
  readonly adjustments: readonly Adjustment[]
  /** Claim level RARCs of MOA and MIA. */
  readonly remarks: readonly string[]
  readonly lines: readonly RemittanceLine[]
  readonly balances: { readonly claim: Balance; readonly lines: Balance }
}

export interface ProviderAdjustment {
  readonly providerId: string
  readonly fiscalYearEnd: string | null
  readonly code: string
  readonly reference: string | null
  /** Positive takes money away, negative adds. */
  readonly amountCents: number
}

export interface Remittance {
  /** ST02 */
  readonly set: string
  /** GS06 */
  readonly group: string
  /** ISA13 */
  readonly interchange: string
  /** BPR01: I money and remittance, H notice only. */
  readonly handling: string
  readonly bpr02Cents: number
  /** BPR04: ACH, CHK, NON, FWT, BOP. */
  readonly paymentMethod: string
  /** BPR16 */
  readonly paidOn: string | null
  /** The check or EFT number. */
  readonly trn02: string
  /** 1 and the payer's tax id. */
  readonly trn03: string
  readonly payerName: string
  /** REF*2U, else N1*PR's id, else TRN03. */
  readonly payerId: string | null
  readonly payeeName: string
  readonly payeeNpi: string | null
  readonly payeeTaxId: string | null
  /** DTM*405 */
  readonly productionOn: string | null
  readonly claims: readonly RemittanceClaim[]
  readonly plb: readonly ProviderAdjustment[]
  readonly totals: { readonly claimsPaidCents: number; readonly plbCents: number }
  /** BPR02 = sum of CLP04 less sum of PLB. */
  readonly balance: Balance
  readonly truncated: boolean
  /** True only when every balance holds, nothing is cut off and every amount could be read. */
  readonly postable: boolean
  /** Why it must be held, one sentence each; empty when postable. */
  readonly holdReasons: readonly string[]
}

export interface RemittanceFile {
  readonly refused: string | null
  readonly findings: readonly Finding[]
  readonly envelopeErrors: readonly Finding[]
  readonly transactions: readonly Remittance[]
}

/** Reads every 835 in a text with its three balances in exact cents. Never throws. */
export function read835(text: string): RemittanceFile {
  return read835Sets(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function read835Sets(file: InterchangeFile): RemittanceFile {
  const places = setsOf(file, '835')
  const answer = startReading(file, places.length, '835')
  return {
    ...answer,
    transactions: places.map((place) => readRemittance(place, answer.findings, file.envelopeErrors)),
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
interface OpenLine extends Omit<Writable<RemittanceLine>, 'adjustments' | 'remarks'> {
  adjustments: Adjustment[]
  remarks: string[]
}
interface OpenClaim extends Omit<Writable<RemittanceClaim>, 'adjustments' | 'remarks' | 'lines'> {
  adjustments: Adjustment[]
  remarks: string[]
  lines: OpenLine[]
  position: number
  /** Whether NM1*QC (the patient) or NM1*IL (the insured) named the member. */
  patientNamed: boolean
}

const IN_BALANCE: Balance = { ok: true, differenceCents: 0 }

function readRemittance(
  { interchange, group, set }: SetPlace,
  findings: Finding[],
  envelopeErrors: readonly Finding[],
): Remittance {
  const reading = new SetReading(findings, interchange, set)
  const claims: OpenClaim[] = []
  const plb: ProviderAdjustment[] = []
  let claim: OpenClaim | null = null
  let line: OpenLine | null = null
  let party = ''
  let handling = ''
  let bpr02Cents = 0
  let paymentMethod = ''
  let paidOn: string | null = null
  let hasPayment = false
  let trn02 = ''
  let trn03 = ''
  let productionOn: string | null = null
  let payerName = ''
  let payerId: string | null = null
  let payeeName = ''
  let payeeNpi: string | null = null
  let payeeTaxId: string | null = null

  for (const segment of set.segments) {
    reading.position++
    switch (segment.id) {
      case 'BPR':
        hasPayment = true
        handling = element(segment, 1)
        bpr02Cents = reading.requiredCents(segment, 2)
        paymentMethod = element(segment, 4)
        paidOn = reading.date(segment, 16)
        break
      case 'TRN':
        trn02 = element(segment, 2)
        trn03 = element(segment, 3)
        break
      case 'N1':
        party = element(segment, 1)
        reading.loop = party === 'PR' ? '1000A' : '1000B'
        if (party === 'PR') {
          payerName = element(segment, 2)
          payerId = told(element(segment, 4))
        } else if (party === 'PE') {
          payeeName = element(segment, 2)
          if (element(segment, 3) === 'XX') payeeNpi = told(element(segment, 4))
          else if (element(segment, 3) === 'FI') payeeTaxId = told(element(segment, 4))
        }
        break
      case 'LX':
        claim = null
        line = null
        party = ''
        reading.loop = '2000'
        break
      case 'CLP':
        reading.loop = '2100'
        line = null
        claim = openClaim(segment, reading)
        claims.push(claim)
        break
      case 'SVC':
        if (!claim) break
        reading.loop = '2110'
        line = openLine(segment, reading)
        claim.lines.push(line)
        break
      case 'CAS':
        readAdjustments(segment, reading, (line ?? claim)?.adjustments)
        break
      case 'NM1':
        if (claim && !line) readName(segment, claim)
        break
      case 'MOA':
        if (claim) claim.remarks.push(...remarksAt(segment, [3, 4, 5, 6, 7]))
        break
      case 'MIA':
        if (claim) claim.remarks.push(...remarksAt(segment, [5, 20, 21, 22, 23]))
        break
      case 'LQ':
        if (element(segment, 1) === 'HE' && element(segment, 2) !== '')
          (line ?? claim)?.remarks.push(element(segment, 2))
        break
      case 'REF':
        if (line) {
          if (element(segment, 1) === '6R') line.lineControl = told(element(segment, 2))
        } else if (claim) {
          if (element(segment, 1) === 'F8') claim.earlierPayerClaimNumber = told(element(segment, 2))
        } else if (party === 'PR' && element(segment, 1) === '2U') payerId = told(element(segment, 2))
        else if (party === 'PE' && element(segment, 1) === 'TJ') payeeTaxId = told(element(segment, 2))
        break
      case 'DTM':
        readDate(segment, reading, claim, line)
        if (!claim && element(segment, 1) === '405') productionOn = reading.date(segment, 2)
        break
      case 'AMT':
        if (line && element(segment, 1) === 'B6') line.allowedCents = reading.cents(segment, 2)
        else if (claim && !line && element(segment, 1) === 'I') claim.interestCents = reading.cents(segment, 2)
        break
      case 'PLB':
        claim = null
        line = null
        reading.loop = null
        readProviderAdjustments(segment, reading, plb)
        break
      default:
        if (!KNOWN.has(segment.id)) reading.unknown(segment)
    }
  }

  reading.loop = null
  let claimsPaidCents = 0
  for (const one of claims) {
    balanceClaim(one, reading)
    claimsPaidCents += one.paidCents
  }
  const plbCents = plb.reduce((sum, one) => sum + one.amountCents, 0)
  const differenceCents = bpr02Cents - claimsPaidCents + plbCents
  const balance: Balance = { ok: differenceCents === 0 && hasPayment, differenceCents }
  reading.position = Math.min(2, set.segments.length)
  reading.loop = null
  if (!hasPayment)
    reading.note('error', 2, 'bpr_missing', 'The remittance has no BPR segment: nobody can say what was paid.', null)
  else if (!balance.ok) {
    reading.note(
      'error',
      3,
      'transaction_out_of_balance',
      `BPR02 says ${dollars(bpr02Cents)} was paid, but the claims (${dollars(claimsPaidCents)}) less the provider adjustments (${dollars(plbCents)}) come to ${dollars(claimsPaidCents - plbCents)}: ${dollars(differenceCents)} is unexplained.`,
      'BPR02',
    )
  }
  if (trn02 === '') reading.note('error', 2, 'trn_missing', 'The remittance has no payment number (TRN02).', 'TRN02')

  const truncated = set.truncated || group.truncated || interchange.truncated
  const holdReasons = reasonsToHold({
    truncated,
    unreadable: reading.unreadableAmounts,
    balance,
    claims,
    trn02,
    envelopeErrors: [
      ...set.envelopeErrors,
      ...envelopeErrors.filter((error) => error.set === null && error.interchange === interchange.control),
    ],
  })
  return {
    set: set.control,
    group: group.control,
    interchange: interchange.control,
    handling,
    bpr02Cents,
    paymentMethod,
    paidOn,
    trn02,
    trn03,
    payerName,
    payerId: payerId ?? told(trn03),
    payeeName,
    payeeNpi,
    payeeTaxId,
    productionOn,
    claims: claims.map(({ position: _position, patientNamed: _patientNamed, ...one }) => one),
    plb,
    totals: { claimsPaidCents, plbCents },
    balance,
    truncated,
    postable: holdReasons.length === 0,
    holdReasons,
  }
}

const KNOWN = new Set('ST SE CUR N3 N4 PER RDM TS3 TS2 QTY'.split(' '))

function openClaim(segment: Segment, reading: SetReading): OpenClaim {
  return {
    position: reading.position,
    patientNamed: false,
    claimControl: element(segment, 1),
    status: element(segment, 2),
    chargeCents: reading.requiredCents(segment, 3),
    paidCents: reading.requiredCents(segment, 4),
    patientResponsibilityCents: reading.cents(segment, 5),
    filingCode: element(segment, 6),
    payerClaimNumber: told(element(segment, 7)),
    placeOfService: told(element(segment, 8)),
    frequency: told(element(segment, 9)),
    patient: { family: '', given: '', memberId: null, correctedMemberId: null },
    renderingNpi: null,
    crossover: null,
    earlierPayerClaimNumber: null,
    receivedOn: null,
    period: { from: null, to: null },
    interestCents: null,
    adjustments: [],
    remarks: [],
    lines: [],
    balances: { claim: IN_BALANCE, lines: IN_BALANCE },
  }
}

function openLine(segment: Segment, reading: SetReading): OpenLine {
  const procedure = procedureOf(segment, 1)
  return {
    code: procedure.code,
    modifiers: procedure.modifiers,
    codeQualifier: procedure.qualifier,
    originalCode: told(procedureOf(segment, 6).code),
    chargeCents: reading.requiredCents(segment, 2),
    paidCents: element(segment, 3) === '' ? 0 : (reading.cents(segment, 3) ?? 0),
    unitsPaid: reading.quantity(segment, 5),
    unitsBilled: reading.quantity(segment, 7),
    serviceOn: null,
    serviceTo: null,
    lineControl: null,
    adjustments: [],
    allowedCents: null,
    remarks: [],
    balance: IN_BALANCE,
  }
}

function readAdjustments(segment: Segment, reading: SetReading, into: Adjustment[] | undefined): void {
  if (!into) {
    reading.note(
      'error',
      2,
      'cas_outside_claim',
      'A CAS segment stands outside of a claim; its amount belongs to nobody.',
      null,
    )
    return
  }
  for (let position = 2; position <= 17; position += 3) {
    const code = element(segment, position)
    const amount = element(segment, position + 1)
    if (code === '' && amount === '') continue
    into.push({
      group: element(segment, 1),
      code,
      amountCents: reading.requiredCents(segment, position + 1),
      quantity: reading.quantity(segment, position + 2),
    })
  }
}

function readName(segment: Segment, claim: OpenClaim): void {
  const identifier = told(element(segment, 9))
  switch (element(segment, 1)) {
    case 'QC':
      claim.patientNamed = true
      claim.patient = {
        family: element(segment, 3),
        given: element(segment, 4),
        // The patient's own id, else the insured's, which may have come before.
        memberId: identifier ?? claim.patient.memberId,
        correctedMemberId: claim.patient.correctedMemberId,
      }
      break
    case 'IL':
      if (!claim.patientNamed) {
        claim.patient = { ...claim.patient, family: element(segment, 3), given: element(segment, 4) }
      }
      if (claim.patient.memberId === null) claim.patient = { ...claim.patient, memberId: identifier }
      break
    case '74':
      if (element(segment, 8) === 'C' || element(segment, 8) === 'MI') {
        claim.patient = { ...claim.patient, correctedMemberId: identifier }
      }
      break
    case '82':
      if (element(segment, 8) === 'XX') claim.renderingNpi = identifier
      break
    case 'TT':
      claim.crossover = { name: element(segment, 3), id: identifier }
      break
  }
}

function readDate(segment: Segment, reading: SetReading, claim: OpenClaim | null, line: OpenLine | null): void {
  if (!claim) return
  switch (element(segment, 1)) {
    case '472':
      if (line) line.serviceOn = reading.date(segment, 2)
      break
    case '150':
      if (line) line.serviceOn = reading.date(segment, 2)
      break
    case '151':
      if (line) line.serviceTo = reading.date(segment, 2)
      break
    case '050':
      if (!line) claim.receivedOn = reading.date(segment, 2)
      break
    case '232':
      if (!line) claim.period = { ...claim.period, from: reading.date(segment, 2) }
      break
    case '233':
      if (!line) claim.period = { ...claim.period, to: reading.date(segment, 2) }
      break
  }
}

function readProviderAdjustments(segment: Segment, reading: SetReading, into: ProviderAdjustment[]): void {
  for (let position = 3; position <= 13; position += 2) {
    const parts = components(segment, position)
    if (parts.length === 0 && element(segment, position + 1) === '') continue
    into.push({
      providerId: element(segment, 1),
      fiscalYearEnd: reading.date(segment, 2),
      code: parts[0] ?? '',
      reference: told(parts[1] ?? ''),
      amountCents: reading.requiredCents(segment, position + 1),
    })
  }
}

function remarksAt(segment: Segment, positions: readonly number[]): string[] {
  return positions.map((position) => element(segment, position)).filter((remark) => remark !== '')
}

function sumOf(adjustments: readonly Adjustment[]): number {
  return adjustments.reduce((sum, one) => sum + one.amountCents, 0)
}

/** Line: SVC02 less CAS is SVC03. Claim: CLP03 less all CAS is CLP04, and the lines add up to the claim. */
function balanceClaim(claim: OpenClaim, reading: SetReading): void {
  reading.position = claim.position
  reading.loop = '2100'
  const claimCas = sumOf(claim.adjustments)
  let lineCas = 0
  let lineCharges = 0
  let linePaid = 0
  let off = 0
  for (const [index, line] of claim.lines.entries()) {
    const cas = sumOf(line.adjustments)
    lineCas += cas
    lineCharges += line.chargeCents
    linePaid += line.paidCents
    const differenceCents = line.chargeCents - cas - line.paidCents
    line.balance = { ok: differenceCents === 0, differenceCents }
    if (differenceCents !== 0) {
      off += Math.abs(differenceCents)
      reading.note(
        'error',
        3,
        'line_out_of_balance',
        `Line ${index + 1} (${line.code}) of claim ${claim.claimControl}: charge ${dollars(line.chargeCents)} less adjustments ${dollars(cas)} is not the paid ${dollars(line.paidCents)}; ${dollars(differenceCents)} is unexplained.`,
        'SVC03',
      )
    }
  }
  const linesOk = claim.lines.every((line) => line.balance.ok)
  const byAdjustments = claim.chargeCents - claimCas - lineCas - claim.paidCents
  const byCharges = claim.lines.length === 0 ? 0 : claim.chargeCents - lineCharges
  const byPayments = claim.lines.length === 0 ? 0 : linePaid - claimCas - claim.paidCents
  const claimOk = byAdjustments === 0 && byCharges === 0 && byPayments === 0
  const differenceCents = byAdjustments !== 0 ? byAdjustments : byCharges !== 0 ? byCharges : byPayments
  claim.balances = {
    claim: { ok: claimOk, differenceCents: claimOk ? 0 : differenceCents },
    lines: { ok: linesOk, differenceCents: off },
  }
  if (byAdjustments !== 0) {
    reading.note(
      'error',
      3,
      'claim_out_of_balance',
      `Claim ${claim.claimControl}: charge ${dollars(claim.chargeCents)} less adjustments ${dollars(claimCas + lineCas)} is not the paid ${dollars(claim.paidCents)}; ${dollars(byAdjustments)} is unexplained.`,
      'CLP04',
    )
  }
  if (byCharges !== 0) {
    reading.note(
      'error',
      3,
      'claim_charges_differ',
      `Claim ${claim.claimControl}: its lines were charged ${dollars(lineCharges)}, the claim ${dollars(claim.chargeCents)}.`,
      'CLP03',
    )
  }
  const patientShare = [...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)]
    .filter((one) => one.group === 'PR')
    .reduce((sum, one) => sum + one.amountCents, 0)
  if (
    claim.patientResponsibilityCents !== null &&
    claim.status !== '22' &&
    claim.patientResponsibilityCents !== patientShare
  ) {
    reading.note(
      'warning',
      3,
      'patient_responsibility_differs',
      `Claim ${claim.claimControl}: CLP05 says the patient owes ${dollars(claim.patientResponsibilityCents)}, the PR adjustments come to ${dollars(patientShare)}.`,
      'CLP05',
    )
  }
  if (byPayments !== 0 && byAdjustments === 0) {
    reading.note(
      'error',
      3,
      'claim_payments_differ',
      `Claim ${claim.claimControl}: its lines were paid ${dollars(linePaid)}, less claim adjustments ${dollars(claimCas)}, the claim ${dollars(claim.paidCents)}.`,
      'CLP04',
    )
  }
}

/** Said already as cut off, or without meaning for the money. */
const HARMLESS = new Set(['se_missing', 'ge_missing', 'iea_missing', 'isa_length', 'text_after_end'])

interface Holding {
  readonly truncated: boolean
  readonly unreadable: number
  readonly balance: Balance
  readonly claims: readonly OpenClaim[]
  readonly trn02: string
  readonly envelopeErrors: readonly Finding[]
}

function reasonsToHold(state: Holding): string[] {
  const reasons: string[] = []
  if (state.truncated) reasons.push('The file is cut off: its SE, GE or IEA is missing.')
  for (const error of state.envelopeErrors) if (!HARMLESS.has(error.code)) reasons.push(error.message)
  if (state.unreadable > 0) reasons.push(`${state.unreadable} amounts cannot be read.`)
  if (state.trn02 === '') reasons.push('The payment has no number (TRN02).')
  if (!state.balance.ok)
    reasons.push(`The payment does not balance: ${dollars(state.balance.differenceCents)} is unexplained.`)
  for (const claim of state.claims) {
    if (!claim.balances.claim.ok) {
      reasons.push(
        `Claim ${claim.claimControl} does not balance: ${dollars(claim.balances.claim.differenceCents)} is unexplained.`,
      )
    }
    if (!claim.balances.lines.ok) {
      reasons.push(
        `The lines of claim ${claim.claimControl} do not balance: ${dollars(claim.balances.lines.differenceCents)} is unexplained.`,
      )
    }
  }
  return reasons
}
