import type { TransactionSet } from '../envelope.ts'
import { element, type Segment } from '../segments.ts'

// A set has these pieces by the million. They are classes and not literals, which the engine would at times take for
// long-lived, and a list that most pieces do not need is one shared empty list until it gets its first part.

const NONE: never[] = []

/**
 * The list with one part more; the shared empty list stays as it is. The first part gets a copy of a list of its size,
 * for a list written as a literal is of those that the engine at times takes for long-lived.
 */
function added<T>(list: T[], part: T): T[] {
  if (list.length > 0) {
    list.push(part)
    return list
  }
  const made = ONE.slice() as T[]
  made[0] = part
  return made
}

const ONE: readonly unknown[] = [null]

/** A name with what follows it: address, birth, numbers. */
export class ScannedParty {
  readonly name: Segment
  street: Segment | null = null
  city: Segment | null = null
  demographics: Segment | null = null
  taxonomy: Segment | null = null
  references: Segment[] = NONE
  contacts: Segment[] = NONE
  dates: Segment[] = NONE

  constructor(name: Segment) {
    this.name = name
  }
}

export class ScannedBilling {
  readonly level: Segment
  taxonomy: Segment | null = null
  provider: ScannedParty | null = null
  payTo: ScannedParty | null = null

  constructor(level: Segment) {
    this.level = level
  }
}

export class ScannedSubscriber {
  readonly level: Segment
  insurance: Segment | null = null
  patient: Segment | null = null
  person: ScannedParty | null = null
  payer: ScannedParty | null = null

  constructor(level: Segment) {
    this.level = level
  }
}

export class ScannedDependent {
  readonly level: Segment
  patient: Segment | null = null
  person: ScannedParty | null = null

  constructor(level: Segment) {
    this.level = level
  }
}

export class ScannedDecision {
  readonly decision: Segment
  adjustments: Segment[] = NONE
  dates: Segment[] = NONE
  amounts: Segment[] = NONE

  constructor(decision: Segment) {
    this.decision = decision
  }
}

export class ScannedOther {
  readonly insurance: Segment
  adjustments: Segment[] = NONE
  amounts: Segment[] = NONE
  consent: Segment | null = null
  person: ScannedParty | null = null
  payer: ScannedParty | null = null

  constructor(insurance: Segment) {
    this.insurance = insurance
  }
}

export class ScannedLine {
  readonly number: Segment
  service: Segment | null = null
  /** CN1*09 */
  accepted: Segment | null = null
  dates: Segment[] = NONE
  references: Segment[] = NONE
  amounts: Segment[] = NONE
  providers: ScannedParty[] = NONE
  decisions: ScannedDecision[] = NONE

  constructor(number: Segment) {
    this.number = number
  }
}

export class ScannedClaim {
  readonly billing: ScannedBilling | null
  readonly subscriber: ScannedSubscriber | null
  readonly dependent: ScannedDependent | null
  readonly claim: Segment
  dates: Segment[] = NONE
  references: Segment[] = NONE
  amounts: Segment[] = NONE
  diagnoses: Segment[] = NONE
  providers: ScannedParty[] = NONE
  others: ScannedOther[] = NONE
  lines: ScannedLine[] = NONE

  constructor(
    billing: ScannedBilling | null,
    subscriber: ScannedSubscriber | null,
    dependent: ScannedDependent | null,
    claim: Segment,
  ) {
    this.billing = billing
    this.subscriber = subscriber
    this.dependent = dependent
    this.claim = claim
  }
}

/** An 837P cut into its claims, each piece with the segment it came from. */
export interface ScannedClaimSet {
  beginning: Segment | null
  submitter: ScannedParty | null
  receiver: ScannedParty | null
  readonly claims: ScannedClaim[]
}

/** Takes the pieces of an 837P as soon as each is whole. */
export interface ScanSink {
  submitter?(party: ScannedParty): void
  level?(level: Segment): void
  billing?(billing: ScannedBilling): void
  /** `isEmpty` tells that neither a claim nor a patient level stood below. */
  subscriber?(subscriber: ScannedSubscriber, isEmpty: boolean): void
  dependent?(dependent: ScannedDependent, isEmpty: boolean): void
  claim?(claim: ScannedClaim): void
}

/**
 * Cuts an 837P by the order of its segments. It takes files with missing and strange segments as they are; what is
 * wrong with them is the guide's business.
 */
export function scan837P(set: TransactionSet): ScannedClaimSet {
  const claims: ScannedClaim[] = []
  const scanner = new ClaimScanner({ claim: (claim) => claims.push(claim) })
  for (const segment of set.segments) scanner.add(segment)
  scanner.end()
  const { beginning, submitter, receiver } = scanner
  return { beginning, submitter, receiver, claims }
}

/** The same for segments that come one by one; it holds one claim at a time. */
export class ClaimScanner {
  beginning: Segment | null = null
  submitter: ScannedParty | null = null
  receiver: ScannedParty | null = null
  readonly #sink: ScanSink
  #billing: ScannedBilling | null = null
  #subscriber: ScannedSubscriber | null = null
  #dependent: ScannedDependent | null = null
  #claim: ScannedClaim | null = null
  #other: ScannedOther | null = null
  #line: ScannedLine | null = null
  #decision: ScannedDecision | null = null
  #party: ScannedParty | null = null
  /** What was not handed on yet. */
  #open: 'header' | 'billing' | null = 'header'
  /** Claims of the current subscriber, and how many came before the current dependent. */
  #claims = 0
  #claimsBefore = 0
  #hasDependents = false

  constructor(sink: ScanSink) {
    this.#sink = sink
  }

  add(segment: Segment): void {
    switch (segment.id) {
      case 'BHT':
        this.beginning = segment
        break
      case 'HL':
        this.#level(segment)
        break
      case 'NM1':
        this.#name(segment)
        break
      case 'SBR':
        this.#insurance(segment)
        break
      case 'PAT':
        if (this.#dependent) this.#dependent.patient = segment
        else if (this.#subscriber) this.#subscriber.patient = segment
        break
      case 'CLM':
        this.#openClaim(segment)
        break
      case 'HI':
        if (this.#claim) this.#claim.diagnoses = added(this.#claim.diagnoses, segment)
        break
      case 'LX':
        this.#openLine(segment)
        break
      case 'SV1':
        if (this.#line) this.#line.service = segment
        break
      case 'CN1':
        if (this.#line && !this.#decision && segment.is(1, '09')) this.#line.accepted = segment
        break
      case 'SVD':
        this.#party = null
        if (this.#line) {
          this.#decision = new ScannedDecision(segment)
          this.#line.decisions = added(this.#line.decisions, this.#decision)
        }
        break
      case 'CAS': {
        const owner = this.#decision ?? this.#other
        if (owner) owner.adjustments = added(owner.adjustments, segment)
        break
      }
      case 'AMT': {
        const owner = this.#decision ?? this.#line ?? this.#other ?? this.#claim
        if (owner) owner.amounts = added(owner.amounts, segment)
        break
      }
      case 'OI':
        if (this.#other) this.#other.consent = segment
        break
      case 'N3':
        if (this.#party) this.#party.street = segment
        break
      case 'N4':
        if (this.#party) this.#party.city = segment
        break
      case 'DMG':
        if (this.#party) this.#party.demographics = segment
        break
      case 'PRV':
        if (this.#party) this.#party.taxonomy = segment
        else if (this.#billing && !this.#subscriber) this.#billing.taxonomy = segment
        break
      case 'PER':
        if (this.#party) this.#party.contacts = added(this.#party.contacts, segment)
        break
      case 'REF': {
        const owner = this.#party ?? this.#line ?? this.#claim
        if (owner) owner.references = added(owner.references, segment)
        break
      }
      case 'DTP': {
        const owner = this.#decision ?? this.#party ?? this.#line ?? this.#claim
        if (owner) owner.dates = added(owner.dates, segment)
        break
      }
    }
  }

  /** Hands on what is still open. */
  end(): void {
    this.#finishClaim()
    this.#finishOpen()
    this.#finishPatient()
  }

  #level(segment: Segment): void {
    this.#finishClaim()
    this.#finishOpen()
    this.#party = null
    const kind = element(segment, 3)
    if (kind !== '23') this.#finishPatient()
    else if (this.#dependent) this.#finishDependent()
    if (kind === '20') {
      this.#subscriber = null
      this.#billing = new ScannedBilling(segment)
      this.#open = 'billing'
    } else if (kind === '22') {
      this.#subscriber = new ScannedSubscriber(segment)
      this.#claims = 0
      this.#hasDependents = false
    } else if (kind === '23') {
      this.#dependent = new ScannedDependent(segment)
      this.#claimsBefore = this.#claims
      this.#hasDependents = true
    }
    this.#sink.level?.(segment)
  }

  #finishOpen(): void {
    if (this.#open === 'header' && this.submitter) this.#sink.submitter?.(this.submitter)
    else if (this.#open === 'billing' && this.#billing) this.#sink.billing?.(this.#billing)
    this.#open = null
  }

  #finishDependent(): void {
    if (this.#dependent) this.#sink.dependent?.(this.#dependent, this.#claims === this.#claimsBefore)
    this.#dependent = null
  }

  #finishPatient(): void {
    this.#finishDependent()
    if (this.#subscriber) this.#sink.subscriber?.(this.#subscriber, this.#claims === 0 && !this.#hasDependents)
    this.#subscriber = null
  }

  #finishClaim(): void {
    if (this.#claim) this.#sink.claim?.(this.#claim)
    this.#claim = null
    this.#other = null
    this.#line = null
    this.#decision = null
  }

  #name(segment: Segment): void {
    const party = new ScannedParty(segment)
    this.#party = party
    if (this.#line) {
      this.#decision = null
      this.#line.providers = added(this.#line.providers, party)
    } else if (this.#other) {
      if (segment.is(1, 'IL')) this.#other.person = party
      else if (segment.is(1, 'PR')) this.#other.payer = party
    } else if (this.#claim) this.#claim.providers = added(this.#claim.providers, party)
    else if (this.#dependent) {
      if (segment.is(1, 'QC')) this.#dependent.person = party
    } else if (this.#subscriber) {
      if (segment.is(1, 'IL')) this.#subscriber.person = party
      else if (segment.is(1, 'PR')) this.#subscriber.payer = party
    } else if (this.#billing) {
      if (segment.is(1, '85')) this.#billing.provider = party
      else if (segment.is(1, '87')) this.#billing.payTo = party
    } else if (segment.is(1, '41')) this.submitter = party
    else if (segment.is(1, '40')) this.receiver = party
  }

  #insurance(segment: Segment): void {
    this.#party = null
    if (this.#claim) {
      this.#line = null
      this.#decision = null
      this.#other = new ScannedOther(segment)
      this.#claim.others = added(this.#claim.others, this.#other)
    } else if (this.#subscriber) this.#subscriber.insurance = segment
  }

  #openClaim(segment: Segment): void {
    this.#finishClaim()
    this.#finishOpen()
    this.#party = null
    this.#claims++
    this.#claim = new ScannedClaim(this.#billing, this.#subscriber, this.#dependent, segment)
  }

  #openLine(segment: Segment): void {
    this.#party = null
    this.#other = null
    this.#decision = null
    if (!this.#claim) return
    this.#line = new ScannedLine(segment)
    this.#claim.lines = added(this.#claim.lines, this.#line)
  }
}

/** The first reference with a qualifier. */
export function referenceOf(references: readonly Segment[], qualifier: string): Segment | null {
  for (const one of references) if (one.is(1, qualifier)) return one
  return null
}
