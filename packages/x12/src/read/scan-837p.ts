import type { TransactionSet } from '../envelope.ts'
import { element, type Segment } from '../segments.ts'

/** A segment with its position in the set, ST = 1. */
export interface Located {
  readonly segment: Segment
  readonly position: number
}

/** A name with what follows it: address, birth, numbers. */
export interface ScannedParty {
  readonly name: Located
  street: Located | null
  city: Located | null
  demographics: Located | null
  taxonomy: Located | null
  readonly references: Located[]
  readonly contacts: Located[]
  readonly dates: Located[]
}

export interface ScannedBilling {
  readonly level: Located
  taxonomy: Located | null
  provider: ScannedParty | null
  payTo: ScannedParty | null
}

export interface ScannedSubscriber {
  readonly level: Located
  insurance: Located | null
  patient: Located | null
  person: ScannedParty | null
  payer: ScannedParty | null
}

export interface ScannedDependent {
  readonly level: Located
  patient: Located | null
  person: ScannedParty | null
}

export interface ScannedDecision {
  readonly decision: Located
  readonly adjustments: Located[]
  readonly dates: Located[]
  readonly amounts: Located[]
}

export interface ScannedOther {
  readonly insurance: Located
  readonly adjustments: Located[]
  readonly amounts: Located[]
  consent: Located | null
  person: ScannedParty | null
  payer: ScannedParty | null
}

export interface ScannedLine {
  readonly number: Located
  service: Located | null
  readonly dates: Located[]
  readonly references: Located[]
  readonly amounts: Located[]
  readonly providers: ScannedParty[]
  readonly decisions: ScannedDecision[]
}

export interface ScannedClaim {
  readonly billing: ScannedBilling | null
  readonly subscriber: ScannedSubscriber | null
  readonly dependent: ScannedDependent | null
  readonly claim: Located
  readonly dates: Located[]
  readonly references: Located[]
  readonly amounts: Located[]
  readonly diagnoses: Located[]
  readonly providers: ScannedParty[]
  readonly others: ScannedOther[]
  readonly lines: ScannedLine[]
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
    const located: Located = { segment, position }
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
        this.#claim?.diagnoses.push(located)
        break
      case 'LX':
        this.#openLine(located)
        break
      case 'SV1':
        if (this.#line) this.#line.service = located
        break
      case 'SVD':
        this.#party = null
        if (this.#line) {
          this.#decision = { decision: located, adjustments: [], dates: [], amounts: [] }
          this.#line.decisions.push(this.#decision)
        }
        break
      case 'CAS':
        ;(this.#decision ?? this.#other)?.adjustments.push(located)
        break
      case 'AMT':
        ;(this.#decision ?? this.#line ?? this.#other ?? this.#claim)?.amounts.push(located)
        break
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
        this.#party?.contacts.push(located)
        break
      case 'REF':
        ;(this.#party ?? this.#line ?? this.#claim)?.references.push(located)
        break
      case 'DTP':
        ;(this.#decision ?? this.#party ?? this.#line ?? this.#claim)?.dates.push(located)
        break
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
      this.#billing = { level: located, taxonomy: null, provider: null, payTo: null }
      this.#open = 'billing'
    } else if (kind === '22') {
      this.#subscriber = { level: located, insurance: null, patient: null, person: null, payer: null }
      this.#claims = 0
      this.#hasDependents = false
    } else if (kind === '23') {
      this.#dependent = { level: located, patient: null, person: null }
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
    const party = openParty(located)
    this.#party = party
    const role = element(located.segment, 1)
    if (this.#line) {
      this.#decision = null
      this.#line.providers.push(party)
    } else if (this.#other) {
      if (role === 'IL') this.#other.person = party
      else if (role === 'PR') this.#other.payer = party
    } else if (this.#claim) this.#claim.providers.push(party)
    else if (this.#dependent) {
      if (role === 'QC') this.#dependent.person = party
    } else if (this.#subscriber) {
      if (role === 'IL') this.#subscriber.person = party
      else if (role === 'PR') this.#subscriber.payer = party
    } else if (this.#billing) {
      if (role === '85') this.#billing.provider = party
      else if (role === '87') this.#billing.payTo = party
    } else if (role === '41') this.submitter = party
    else if (role === '40') this.receiver = party
  }

  #insurance(located: Located): void {
    this.#party = null
    if (this.#claim) {
      this.#line = null
      this.#decision = null
      this.#other = { insurance: located, adjustments: [], amounts: [], consent: null, person: null, payer: null }
      this.#claim.others.push(this.#other)
    } else if (this.#subscriber) this.#subscriber.insurance = located
  }

  #openClaim(located: Located): void {
    this.#finishClaim()
    this.#finishOpen()
    this.#party = null
    this.#claims++
    this.#claim = {
      billing: this.#billing,
      subscriber: this.#subscriber,
      dependent: this.#dependent,
      claim: located,
      dates: [],
      references: [],
      amounts: [],
      diagnoses: [],
      providers: [],
      others: [],
      lines: [],
    }
  }

  #openLine(located: Located): void {
    this.#party = null
    this.#other = null
    this.#decision = null
    if (!this.#claim) return
    this.#line = {
      number: located,
      service: null,
      dates: [],
      references: [],
      amounts: [],
      providers: [],
      decisions: [],
    }
    this.#claim.lines.push(this.#line)
  }
}

function openParty(name: Located): ScannedParty {
  return {
    name,
    street: null,
    city: null,
    demographics: null,
    taxonomy: null,
    references: [],
    contacts: [],
    dates: [],
  }
}

/** The first reference with a qualifier. */
export function referenceOf(references: readonly Located[], qualifier: string): Located | null {
  for (const one of references) if (one.segment.is(1, qualifier)) return one
  return null
}
