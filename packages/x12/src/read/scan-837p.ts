import type { TransactionSet } from '../envelope.ts'
import { element, type Segment } from '../segments.ts'

// A set has these pieces by the million. They are classes and not literals, which the engine would at times take for
// long-lived, and a list that most pieces do not need is one shared empty list until it gets its first part.

/** A segment with its position in the set, ST = 1. */
export class Located {
  readonly segment: Segment
  readonly position: number

  constructor(segment: Segment, position: number) {
    this.segment = segment
    this.position = position
  }
}

const NONE: never[] = []

/** The list with one part more; the shared empty list stays as it is. What grows by `push` gets room for many at once. */
function added<T>(list: T[], part: T): T[] {
  if (list.length === 0) return [part]
  const [first] = list
  if (list.length === 1 && first !== undefined) return [first, part]
  list.push(part)
  return list
}

/** A name with what follows it: address, birth, numbers. */
export class ScannedParty {
  readonly name: Located
  street: Located | null = null
  city: Located | null = null
  demographics: Located | null = null
  taxonomy: Located | null = null
  references: Located[] = NONE
  contacts: Located[] = NONE
  dates: Located[] = NONE

  constructor(name: Located) {
    this.name = name
  }
}

export class ScannedBilling {
  readonly level: Located
  taxonomy: Located | null = null
  provider: ScannedParty | null = null
  payTo: ScannedParty | null = null

  constructor(level: Located) {
    this.level = level
  }
}

export class ScannedSubscriber {
  readonly level: Located
  insurance: Located | null = null
  patient: Located | null = null
  person: ScannedParty | null = null
  payer: ScannedParty | null = null

  constructor(level: Located) {
    this.level = level
  }
}

export class ScannedDependent {
  readonly level: Located
  patient: Located | null = null
  person: ScannedParty | null = null

  constructor(level: Located) {
    this.level = level
  }
}

export class ScannedDecision {
  readonly decision: Located
  adjustments: Located[] = NONE
  dates: Located[] = NONE
  amounts: Located[] = NONE

  constructor(decision: Located) {
    this.decision = decision
  }
}

export class ScannedOther {
  readonly insurance: Located
  adjustments: Located[] = NONE
  amounts: Located[] = NONE
  consent: Located | null = null
  person: ScannedParty | null = null
  payer: ScannedParty | null = null

  constructor(insurance: Located) {
    this.insurance = insurance
  }
}

export class ScannedLine {
  readonly number: Located
  service: Located | null = null
  /** CN1*09 */
  accepted: Located | null = null
  dates: Located[] = NONE
  references: Located[] = NONE
  amounts: Located[] = NONE
  providers: ScannedParty[] = NONE
  decisions: ScannedDecision[] = NONE

  constructor(number: Located) {
    this.number = number
  }
}

export class ScannedClaim {
  readonly billing: ScannedBilling | null
  readonly subscriber: ScannedSubscriber | null
  readonly dependent: ScannedDependent | null
  readonly claim: Located
  dates: Located[] = NONE
  references: Located[] = NONE
  amounts: Located[] = NONE
  diagnoses: Located[] = NONE
  providers: ScannedParty[] = NONE
  others: ScannedOther[] = NONE
  lines: ScannedLine[] = NONE

  constructor(
    billing: ScannedBilling | null,
    subscriber: ScannedSubscriber | null,
    dependent: ScannedDependent | null,
    claim: Located,
  ) {
    this.billing = billing
    this.subscriber = subscriber
    this.dependent = dependent
    this.claim = claim
  }
}

/** An 837P cut into its claims, each piece with the segment it came from. */
export interface ScannedClaimSet {
  beginning: Located | null
  submitter: ScannedParty | null
  receiver: ScannedParty | null
  readonly claims: ScannedClaim[]
}

/** Takes the pieces of an 837P as soon as each is whole. */
export interface ScanSink {
  submitter?(party: ScannedParty): void
  level?(level: Located): void
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
  let position = 0
  for (const segment of set.segments) scanner.add(segment, ++position)
  scanner.end()
  const { beginning, submitter, receiver } = scanner
  return { beginning, submitter, receiver, claims }
}

/** The same for segments that come one by one; it holds one claim at a time. */
export class ClaimScanner {
  beginning: Located | null = null
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

  add(segment: Segment, position: number): void {
    const located = new Located(segment, position)
    switch (segment.id) {
      case 'BHT':
        this.beginning = located
        break
      case 'HL':
        this.#level(located)
        break
      case 'NM1':
        this.#name(located)
        break
      case 'SBR':
        this.#insurance(located)
        break
      case 'PAT':
        if (this.#dependent) this.#dependent.patient = located
        else if (this.#subscriber) this.#subscriber.patient = located
        break
      case 'CLM':
        this.#openClaim(located)
        break
      case 'HI':
        if (this.#claim) this.#claim.diagnoses = added(this.#claim.diagnoses, located)
        break
      case 'LX':
        this.#openLine(located)
        break
      case 'SV1':
        if (this.#line) this.#line.service = located
        break
      case 'CN1':
        if (this.#line && !this.#decision && segment.is(1, '09')) this.#line.accepted = located
        break
      case 'SVD':
        this.#party = null
        if (this.#line) {
          this.#decision = new ScannedDecision(located)
          this.#line.decisions = added(this.#line.decisions, this.#decision)
        }
        break
      case 'CAS': {
        const owner = this.#decision ?? this.#other
        if (owner) owner.adjustments = added(owner.adjustments, located)
        break
      }
      case 'AMT': {
        const owner = this.#decision ?? this.#line ?? this.#other ?? this.#claim
        if (owner) owner.amounts = added(owner.amounts, located)
        break
      }
      case 'OI':
        if (this.#other) this.#other.consent = located
        break
      case 'N3':
        if (this.#party) this.#party.street = located
        break
      case 'N4':
        if (this.#party) this.#party.city = located
        break
      case 'DMG':
        if (this.#party) this.#party.demographics = located
        break
      case 'PRV':
        if (this.#party) this.#party.taxonomy = located
        else if (this.#billing && !this.#subscriber) this.#billing.taxonomy = located
        break
      case 'PER':
        if (this.#party) this.#party.contacts = added(this.#party.contacts, located)
        break
      case 'REF': {
        const owner = this.#party ?? this.#line ?? this.#claim
        if (owner) owner.references = added(owner.references, located)
        break
      }
      case 'DTP': {
        const owner = this.#decision ?? this.#party ?? this.#line ?? this.#claim
        if (owner) owner.dates = added(owner.dates, located)
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

  #level(located: Located): void {
    this.#finishClaim()
    this.#finishOpen()
    this.#party = null
    const kind = element(located.segment, 3)
    if (kind !== '23') this.#finishPatient()
    else if (this.#dependent) this.#finishDependent()
    if (kind === '20') {
      this.#subscriber = null
      this.#billing = new ScannedBilling(located)
      this.#open = 'billing'
    } else if (kind === '22') {
      this.#subscriber = new ScannedSubscriber(located)
      this.#claims = 0
      this.#hasDependents = false
    } else if (kind === '23') {
      this.#dependent = new ScannedDependent(located)
      this.#claimsBefore = this.#claims
      this.#hasDependents = true
    }
    this.#sink.level?.(located)
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

  #name(located: Located): void {
    const party = new ScannedParty(located)
    this.#party = party
    const { segment } = located
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

  #insurance(located: Located): void {
    this.#party = null
    if (this.#claim) {
      this.#line = null
      this.#decision = null
      this.#other = new ScannedOther(located)
      this.#claim.others = added(this.#claim.others, this.#other)
    } else if (this.#subscriber) this.#subscriber.insurance = located
  }

  #openClaim(located: Located): void {
    this.#finishClaim()
    this.#finishOpen()
    this.#party = null
    this.#claims++
    this.#claim = new ScannedClaim(this.#billing, this.#subscriber, this.#dependent, located)
  }

  #openLine(located: Located): void {
    this.#party = null
    this.#other = null
    this.#decision = null
    if (!this.#claim) return
    this.#line = new ScannedLine(located)
    this.#claim.lines = added(this.#claim.lines, this.#line)
  }
}

/** The first reference with a qualifier. */
export function referenceOf(references: readonly Located[], qualifier: string): Located | null {
  for (const one of references) if (one.segment.is(1, qualifier)) return one
  return null
}
