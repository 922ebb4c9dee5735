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
  readonly levels: Located[]
  readonly billing: ScannedBilling[]
  readonly subscribers: ScannedSubscriber[]
  readonly claims: ScannedClaim[]
}

/**
 * Cuts an 837P by the order of its segments. It takes files with missing and strange segments as they are; what is
 * wrong with them is the guide's business.
 */
export function scan837P(set: TransactionSet): ScannedClaimSet {
  const scan: ScannedClaimSet = {
    beginning: null,
    submitter: null,
    receiver: null,
    levels: [],
    billing: [],
    subscribers: [],
    claims: [],
  }
  let billing: ScannedBilling | null = null
  let subscriber: ScannedSubscriber | null = null
  let dependent: ScannedDependent | null = null
  let claim: ScannedClaim | null = null
  let other: ScannedOther | null = null
  let line: ScannedLine | null = null
  let decision: ScannedDecision | null = null
  let party: ScannedParty | null = null

  let position = 0
  for (const segment of set.segments) {
    position++
    const located: Located = { segment, position }
    switch (segment.id) {
      case 'BHT':
        scan.beginning = located
        break
      case 'HL': {
        scan.levels.push(located)
        claim = null
        other = null
        line = null
        decision = null
        party = null
        dependent = null
        const kind = element(segment, 3)
        if (kind === '20') {
          subscriber = null
          billing = { level: located, taxonomy: null, provider: null, payTo: null }
          scan.billing.push(billing)
        } else if (kind === '22') {
          subscriber = { level: located, insurance: null, patient: null, person: null, payer: null }
          scan.subscribers.push(subscriber)
        } else if (kind === '23') dependent = { level: located, patient: null, person: null }
        break
      }
      case 'NM1': {
        party = openParty(located)
        const role = element(segment, 1)
        if (line) line.providers.push(party)
        else if (other) {
          if (role === 'IL') other.person = party
          else if (role === 'PR') other.payer = party
        } else if (claim) claim.providers.push(party)
        else if (dependent) {
          if (role === 'QC') dependent.person = party
        } else if (subscriber) {
          if (role === 'IL') subscriber.person = party
          else if (role === 'PR') subscriber.payer = party
        } else if (billing) {
          if (role === '85') billing.provider = party
          else if (role === '87') billing.payTo = party
        } else if (role === '41') scan.submitter = party
        else if (role === '40') scan.receiver = party
        break
      }
      case 'SBR':
        party = null
        if (claim) {
          line = null
          decision = null
          other = {
            insurance: located,
            adjustments: [],
            amounts: [],
            consent: null,
            person: null,
            payer: null,
          }
          claim.others.push(other)
        } else if (subscriber) subscriber.insurance = located
        break
      case 'PAT':
        if (dependent) dependent.patient = located
        else if (subscriber) subscriber.patient = located
        break
      case 'CLM':
        party = null
        other = null
        line = null
        decision = null
        claim = {
          billing,
          subscriber,
          dependent,
          claim: located,
          dates: [],
          references: [],
          amounts: [],
          diagnoses: [],
          providers: [],
          others: [],
          lines: [],
        }
        scan.claims.push(claim)
        break
      case 'HI':
        claim?.diagnoses.push(located)
        break
      case 'LX':
        party = null
        other = null
        decision = null
        if (claim) {
          line = {
            number: located,
            service: null,
            dates: [],
            references: [],
            amounts: [],
            providers: [],
            decisions: [],
          }
          claim.lines.push(line)
        }
        break
      case 'SV1':
        if (line) line.service = located
        break
      case 'SVD':
        party = null
        if (line) {
          decision = { decision: located, adjustments: [], dates: [], amounts: [] }
          line.decisions.push(decision)
        }
        break
      case 'CAS':
        ;(decision ?? other)?.adjustments.push(located)
        break
      case 'AMT':
        ;(decision ?? line ?? other ?? claim)?.amounts.push(located)
        break
      case 'OI':
        if (other) other.consent = located
        break
      case 'N3':
        if (party) party.street = located
        break
      case 'N4':
        if (party) party.city = located
        break
      case 'DMG':
        if (party) party.demographics = located
        break
      case 'PRV':
        if (party) party.taxonomy = located
        else if (billing && !subscriber) billing.taxonomy = located
        break
      case 'PER':
        party?.contacts.push(located)
        break
      case 'REF':
        ;(party ?? line ?? claim)?.references.push(located)
        break
      case 'DTP':
        ;(decision ?? (line && !party ? line : null) ?? party ?? line ?? claim)?.dates.push(located)
        break
    }
  }
  return scan
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
  return references.find((one) => element(one.segment, 1) === qualifier) ?? null
}
