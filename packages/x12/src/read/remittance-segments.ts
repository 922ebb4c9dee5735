import { components, element, type Segment } from '../segments.ts'
import { procedureOf, type SetReading, told } from './reading.ts'
import type { Adjustment, Balance, ProviderAdjustment, RemittanceClaim, RemittanceLine } from './remittance.ts'

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }
export interface OpenLine extends Omit<Writable<RemittanceLine>, 'adjustments' | 'remarks'> {
  adjustments: Adjustment[]
  remarks: string[]
}
export interface OpenClaim extends Omit<Writable<RemittanceClaim>, 'adjustments' | 'remarks' | 'lines'> {
  adjustments: Adjustment[]
  remarks: string[]
  lines: OpenLine[]
}

const IN_BALANCE: Balance = { ok: true, differenceCents: 0 }

export function openClaim(segment: Segment, reading: SetReading): OpenClaim {
  return {
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

export function openLine(segment: Segment, reading: SetReading): OpenLine {
  const procedure = procedureOf(segment, 1)
  return {
    code: procedure.code,
    modifiers: procedure.modifiers,
    codeQualifier: procedure.qualifier,
    originalCode: segment.isEmpty(6) ? null : told(procedureOf(segment, 6).code),
    chargeCents: reading.requiredCents(segment, 2),
    paidCents: segment.isEmpty(3) ? 0 : (reading.cents(segment, 3) ?? 0),
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

export function readAdjustments(segment: Segment, reading: SetReading, into: Adjustment[] | undefined): void {
  if (!into) {
    const message = 'A CAS segment stands outside of a claim; its amount belongs to nobody.'
    reading.note('error', 2, 'cas_outside_claim', message, null)
    return
  }
  const group = element(segment, 1)
  const last = Math.min(17, segment.count)
  for (let position = 2; position <= last; position += 3) {
    if (segment.isEmpty(position) && segment.isEmpty(position + 1)) continue
    into.push({
      group,
      code: element(segment, position),
      amountCents: reading.requiredCents(segment, position + 1),
      quantity: reading.quantity(segment, position + 2),
    })
  }
}

export function readName(segment: Segment, claim: OpenClaim, patientNamed: boolean): void {
  const identifier = told(element(segment, 9))
  switch (element(segment, 1)) {
    case 'QC':
      claim.patient = {
        family: element(segment, 3),
        given: element(segment, 4),
        // The patient's own id, else the insured's, which may have come before.
        memberId: identifier ?? claim.patient.memberId,
        correctedMemberId: claim.patient.correctedMemberId,
      }
      break
    case 'IL':
      if (!patientNamed) {
        claim.patient = { ...claim.patient, family: element(segment, 3), given: element(segment, 4) }
      }
      if (claim.patient.memberId === null) claim.patient = { ...claim.patient, memberId: identifier }
      break
    case '74':
      if (segment.is(8, 'C') || segment.is(8, 'MI')) {
        claim.patient = { ...claim.patient, correctedMemberId: identifier }
      }
      break
    case '82':
      if (segment.is(8, 'XX')) claim.renderingNpi = identifier
      break
    case 'TT':
      claim.crossover = { name: element(segment, 3), id: identifier }
      break
  }
}

export function readDate(segment: Segment, reading: SetReading, claim: OpenClaim, line: OpenLine | null): void {
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

export function readProviderAdjustments(segment: Segment, reading: SetReading, into: ProviderAdjustment[]): void {
  for (let position = 3; position <= 13; position += 2) {
    const parts = components(segment, position)
    if (parts.length === 0 && segment.isEmpty(position + 1)) continue
    into.push({
      providerId: element(segment, 1),
      fiscalYearEnd: reading.date(segment, 2),
      code: parts[0] ?? '',
      reference: told(parts[1] ?? ''),
      amountCents: reading.requiredCents(segment, position + 1),
    })
  }
}

/** Adds the remarks of the elements from one position to another. */
export function remarksAt(segment: Segment, from: number, to: number, into: string[]): void {
  for (let position = from; position <= to; position++) {
    const remark = element(segment, position)
    if (remark !== '') into.push(remark)
  }
}
