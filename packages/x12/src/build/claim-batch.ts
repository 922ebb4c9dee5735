import type { EnvelopeHeader } from '../writer.ts'

export interface PostalAddress {
  readonly street: string
  readonly street2?: string
  readonly city: string
  readonly state: string
  /** Five or nine digits, without a dash; nine for billing and facility. */
  readonly zip: string
}

export interface Contact {
  readonly name?: string
  readonly phone?: string
  readonly phoneExtension?: string
  readonly email?: string
  readonly fax?: string
}

export interface PersonName {
  readonly family: string
  readonly given: string
  readonly middle?: string
  readonly suffix?: string
}

/** The group practice or person that bills and is paid (2010AA). */
export interface BillingProvider {
  readonly organization?: string
  /** Only for a provider who bills as a person. */
  readonly person?: PersonName
  readonly npi: string
  readonly taxonomy?: string
  /** The EIN, nine digits. */
  readonly taxId: string
  /** True when `taxId` is the social security number of a sole owner. */
  readonly taxIdIsSsn?: boolean
  readonly address: PostalAddress
  readonly contact?: Contact
  /** Where the money goes when it is another address; a PO box goes here (2010AB). */
  readonly payTo?: PostalAddress
}

export interface RenderingProvider extends PersonName {
  readonly npi: string
  readonly taxonomy?: string
}

export interface ServiceFacility {
  readonly name: string
  readonly npi?: string
  readonly address: PostalAddress
}

export interface ClaimSubscriber extends PersonName {
  /** The MBI for Medicare. */
  readonly memberId: string
  readonly address?: PostalAddress
  readonly bornOn?: string
  readonly sex?: 'F' | 'M' | 'U'
  readonly diedOn?: string
}

/** A patient who is not the subscriber: never so with Medicare. */
export interface ClaimDependent extends PersonName {
  /** PAT01, such as 19 child or 01 spouse. */
  readonly relationship: string
  readonly address?: PostalAddress
  readonly bornOn?: string
  readonly sex?: 'F' | 'M' | 'U'
  readonly diedOn?: string
}

export interface ClaimPayer {
  readonly name: string
  readonly id: string
  readonly address?: PostalAddress
}

/** One reason of a CAS. */
export interface ClaimAdjustment {
  readonly group: 'CO' | 'PR' | 'OA' | 'PI' | 'CR'
  readonly code: string
  readonly amountCents: number
  readonly quantity?: number
}

/** Another payer of the same claim (2320, 2330). */
export interface OtherPayer {
  readonly sequence: 'P' | 'S' | 'T'
  /** SBR02: 18 self. */
  readonly relationship: string
  readonly groupNumber?: string
  readonly groupName?: string
  /** SBR05, when Medicare is the other payer and not primary. */
  readonly mspType?: string
  readonly filingCode: string
  readonly adjustments?: readonly ClaimAdjustment[]
  /** AMT*D: what this payer paid; absent when it has not decided. */
  readonly paidCents?: number
  /** AMT*A8 */
  readonly nonCoveredCents?: number
  /** AMT*EAF */
  readonly patientLeftCents?: number
  readonly benefitsAssigned: 'Y' | 'N' | 'W'
  readonly releaseOfInformation: 'Y' | 'I'
  readonly subscriber: PersonName & { readonly memberId: string; readonly address?: PostalAddress }
  readonly payer: ClaimPayer
  /** When this payer decided the whole claim; on the lines otherwise. */
  readonly decidedOn?: string
  /** REF*F8: this payer's claim number. */
  readonly claimNumber?: string
}

/** How another payer decided one line (2430). */
export interface LineDecision {
  /** Equal to the id of one of the other payers. */
  readonly payerId: string
  readonly paidCents: number
  readonly code: string
  readonly modifiers?: readonly string[]
  readonly units: number
  readonly adjustments?: readonly ClaimAdjustment[]
  /** The guide requires it; `check837P` says when it is missing. */
  readonly decidedOn?: string
  readonly patientLeftCents?: number
}

export interface ClaimLine {
  readonly code: string
  readonly modifiers?: readonly string[]
  readonly chargeCents: number
  readonly units: number
  /** Only when it is not the claim's. */
  readonly placeOfService?: string
  /** Positions in `diagnoses`, counted from 1; one to four. */
  readonly pointers: readonly number[]
  readonly serviceOn: string
  readonly serviceTo?: string
  /** REF*6R: unique in the claim; the payer returns it in the 835. */
  readonly lineControl: string
  /** CN1*09: what must be accepted as payment in full from the payer before, where that is less than the charge. */
  readonly acceptCents?: number
  readonly rendering?: RenderingProvider
  readonly decisions?: readonly LineDecision[]
}

export interface ProfessionalClaim {
  /** CLM01: letters, digits, hyphen; unique for ever; up to 20 characters come back. */
  readonly claimControl: string
  /** SBR01: whether the payer named here pays first, second or third. */
  readonly payerSequence: 'P' | 'S' | 'T'
  /** SBR09: MB Medicare Part B; 16, CI or HM for Medicare Advantage by the payer's setting. */
  readonly filingCode: string
  /** SBR05: why Medicare is not primary. */
  readonly mspType?: string
  readonly groupNumber?: string
  readonly groupName?: string
  readonly subscriber: ClaimSubscriber
  readonly dependent?: ClaimDependent
  readonly payer: ClaimPayer
  readonly placeOfService: string
  readonly frequency: '1' | '7' | '8'
  /** REF*F8: the payer's number of the claim that 7 or 8 replaces. */
  readonly originalPayerClaimNumber?: string
  /** CLM06, Y unless told otherwise. */
  readonly providerSignature?: 'Y' | 'N'
  /** CLM07: A accepts assignment. */
  readonly assignment: 'A' | 'B' | 'C'
  /** CLM08 */
  readonly benefitsAssigned: 'Y' | 'N' | 'W'
  /** CLM09 */
  readonly releaseOfInformation: 'Y' | 'I'
  /** CLM10 */
  readonly patientSignature?: 'P'
  /** CLM20 */
  readonly delayReason?: string
  /** AMT*F5 */
  readonly patientPaidCents?: number
  /** REF*G1 */
  readonly priorAuthorization?: string
  /** REF*EA */
  readonly chartNumber?: string
  /** ICD-10-CM with or without the point, the principal first; up to 12. */
  readonly diagnoses: readonly string[]
  readonly referring?: RenderingProvider
  readonly rendering?: RenderingProvider
  readonly facility?: ServiceFacility
  readonly supervising?: RenderingProvider
  readonly otherPayers?: readonly OtherPayer[]
  readonly lines: readonly ClaimLine[]
}

/** One 837P transaction set in its envelope. The claim charge is the sum of its lines. */
export interface ClaimBatch {
  readonly envelope: EnvelopeHeader
  /** ST02 as a number. */
  readonly setControl: number
  /** BHT03, 1 to 30 characters. */
  readonly batchId: string
  /** BHT02 18 instead of 00: the same batch again, because it was never taken. */
  readonly resent?: boolean
  readonly submitter: {
    readonly name: string
    readonly id: string
    readonly contact: Contact
    readonly secondContact?: Contact
  }
  readonly receiver: { readonly name: string; readonly id: string }
  readonly billing: readonly {
    readonly provider: BillingProvider
    readonly claims: readonly ProfessionalClaim[]
  }[]
}
