import type { Period } from '../dates.ts'
import type { Finding } from '../findings.ts'

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
