import type { Gathered } from '../gathered.ts'
import { components, element, type Segment } from '../segments.ts'
import { procedureOf, type SetReading, told } from './reading.ts'
import type { Adjustment, Balance, ProviderAdjustment, RemittanceClaim, RemittanceLine } from './remittance.ts'

// What stands in every claim by the million is made by classes: an object written as a literal would at times be taken
// for long-lived (see Gathered). What most claims do not have is one shared object that nobody may change.

export const IN_BALANCE: Balance = { ok: true, differenceCents: 0 }
export const ALL_IN_BALANCE: RemittanceClaim['balances'] = { claim: IN_BALANCE, lines: IN_BALANCE }
const NO_PATIENT: RemittanceClaim['patient'] = { family: '', given: '', memberId: null, correctedMemberId: null }
const NO_PERIOD: RemittanceClaim['period'] = { from: null, to: null }
export const NO_ADJUSTMENTS: readonly Adjustment[] = []
export const NO_REMARKS: readonly string[] = []
export const NO_LINES: readonly OpenLine[] = []

class Patient {
  readonly family: string
  readonly given: string
  readonly memberId: string | null
  readonly correctedMemberId: string | null

  constructor(family: string, given: string, memberId: string | null, correctedMemberId: string | null) {
    this.family = family
    this.given = given
    this.memberId = memberId
    this.correctedMemberId = correctedMemberId
  }
}

class ReadAdjustment implements Adjustment {
  readonly group: string
  readonly code: string
  readonly amountCents: number
  readonly quantity: number | null

  constructor(group: string, code: string, amountCents: number, quantity: number | null) {
    this.group = group
    this.code = code
    this.amountCents = amountCents
    this.quantity = quantity
  }
}

/** A line, filled while its segments go by. */
export class OpenLine implements RemittanceLine {
  readonly code: string
  readonly modifiers: readonly string[]
  readonly codeQualifier: string
  readonly originalCode: string | null
  readonly chargeCents: number
  readonly paidCents: number
  readonly unitsPaid: number | null
  readonly unitsBilled: number | null
  serviceOn: string | null = null
  serviceTo: string | null = null
  lineControl: string | null = null
  adjustments = NO_ADJUSTMENTS
  allowedCents: number | null = null
  remarks = NO_REMARKS
  balance = IN_BALANCE

  constructor(segment: Segment, reading: SetReading) {
    const procedure = procedureOf(segment, 1)
    this.code = procedure.code
    this.modifiers = procedure.modifiers
    this.codeQualifier = procedure.qualifier
    this.originalCode = segment.isEmpty(6) ? null : told(procedureOf(segment, 6).code)
    this.chargeCents = reading.requiredCents(segment, 2)
    this.paidCents = reading.cents(segment, 3) ?? 0
    this.unitsPaid = reading.quantity(segment, 5)
    this.unitsBilled = reading.quantity(segment, 7)
  }
}

/** A claim, filled while its segments go by. */
export class OpenClaim implements RemittanceClaim {
  readonly claimControl: string
  readonly status: string
  readonly chargeCents: number
  readonly paidCents: number
  readonly patientResponsibilityCents: number | null
  readonly filingCode: string
  readonly payerClaimNumber: string | null
  readonly placeOfService: string | null
  readonly frequency: string | null
  patient = NO_PATIENT
  renderingNpi: string | null = null
  crossover: RemittanceClaim['crossover'] = null
  earlierPayerClaimNumber: string | null = null
  receivedOn: string | null = null
  period = NO_PERIOD
  interestCents: number | null = null
  adjustments = NO_ADJUSTMENTS
  remarks = NO_REMARKS
  lines = NO_LINES
  balances = ALL_IN_BALANCE

  constructor(segment: Segment, reading: SetReading) {
    this.claimControl = element(segment, 1)
    this.status = element(segment, 2)
    this.chargeCents = reading.requiredCents(segment, 3)
    this.paidCents = reading.requiredCents(segment, 4)
    this.patientResponsibilityCents = reading.cents(segment, 5)
    this.filingCode = element(segment, 6)
    this.payerClaimNumber = told(element(segment, 7))
    this.placeOfService = told(element(segment, 8))
    this.frequency = told(element(segment, 9))
  }
}

export function readAdjustments(segment: Segment, reading: SetReading, into: Gathered<Adjustment>): void {
  const group = element(segment, 1)
  const last = Math.min(17, segment.count)
  for (let position = 2; position <= last; position += 3) {
    if (segment.isEmpty(position) && segment.isEmpty(position + 1)) continue
    const code = element(segment, position)
    const amountCents = reading.requiredCents(segment, position + 1)
    into.add(new ReadAdjustment(group, code, amountCents, reading.quantity(segment, position + 2)))
  }
}

export function readName(segment: Segment, claim: OpenClaim, patientNamed: boolean): void {
  const identifier = told(element(segment, 9))
  const { patient } = claim
  if (segment.is(1, 'QC')) {
    // The patient's own id, else the insured's, which may have come before.
    const memberId = identifier ?? patient.memberId
    claim.patient = new Patient(element(segment, 3), element(segment, 4), memberId, patient.correctedMemberId)
  } else if (segment.is(1, '82')) {
    if (segment.is(8, 'XX')) claim.renderingNpi = identifier
  } else if (segment.is(1, 'IL')) {
    const memberId = patient.memberId ?? identifier
    claim.patient = patientNamed
      ? { ...patient, memberId }
      : { ...patient, family: element(segment, 3), given: element(segment, 4), memberId }
  } else if (segment.is(1, '74')) {
    if (segment.is(8, 'C') || segment.is(8, 'MI')) claim.patient = { ...patient, correctedMemberId: identifier }
  } else if (segment.is(1, 'TT')) {
    claim.crossover = { name: element(segment, 3), id: identifier }
  }
}

export function readDate(segment: Segment, reading: SetReading, claim: OpenClaim, line: OpenLine | null): void {
  if (line) {
    if (segment.is(1, '472') || segment.is(1, '150')) line.serviceOn = reading.date(segment, 2)
    else if (segment.is(1, '151')) line.serviceTo = reading.date(segment, 2)
  } else if (segment.is(1, '050')) claim.receivedOn = reading.date(segment, 2)
  else if (segment.is(1, '232')) claim.period = { ...claim.period, from: reading.date(segment, 2) }
  else if (segment.is(1, '233')) claim.period = { ...claim.period, to: reading.date(segment, 2) }
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
export function remarksAt(segment: Segment, from: number, to: number, into: Gathered<string>): void {
  for (let position = from; position <= to; position++) {
    if (!segment.isEmpty(position)) into.add(element(segment, position))
  }
}
