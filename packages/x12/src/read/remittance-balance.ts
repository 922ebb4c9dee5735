import { dollars } from '../money.ts'
import type { SetReading } from './reading.ts'
import type { Adjustment, Balance } from './remittance.ts'
import { ALL_IN_BALANCE, IN_BALANCE, type OpenClaim } from './remittance-segments.ts'

function balance(differenceCents: number): Balance {
  return differenceCents === 0 ? IN_BALANCE : { ok: false, differenceCents }
}

/** Where the segments of a claim stand: CLP and each SVC. */
export interface ClaimPositions {
  readonly claim: number
  readonly lines: readonly number[]
}

/** Line: SVC02 less CAS is SVC03. Claim: CLP03 less all CAS is CLP04, and the lines add up to the claim. */
export function balanceClaim(claim: OpenClaim, at: ClaimPositions, reading: SetReading): void {
  const claimCas = sumOf(claim.adjustments)
  let patientShare = shareOf(claim.adjustments)
  let lineCas = 0
  let lineCharges = 0
  let linePaid = 0
  let off = 0
  let linesOk = true
  let number = 0
  for (const line of claim.lines) {
    const cas = sumOf(line.adjustments)
    lineCas += cas
    patientShare += shareOf(line.adjustments)
    lineCharges += line.chargeCents
    linePaid += line.paidCents
    const difference = line.chargeCents - cas - line.paidCents
    line.balance = balance(difference)
    number++
    if (difference === 0) continue
    linesOk = false
    off += Math.abs(difference)
    reading.loop = '2110'
    reading.note(
      'error',
      3,
      'line_out_of_balance',
      `Line ${number} (${line.code}) of claim ${claim.claimControl}: charge ${dollars(line.chargeCents)} less adjustments ${dollars(cas)} is not the paid ${dollars(line.paidCents)}; ${dollars(difference)} is unexplained.`,
      'SVC03',
      at.lines[number - 1] ?? at.claim,
    )
  }
  const hasLines = claim.lines.length > 0
  const byAdjustments = claim.chargeCents - claimCas - lineCas - claim.paidCents
  const byCharges = hasLines ? claim.chargeCents - lineCharges : 0
  const byPayments = hasLines ? linePaid - claimCas - claim.paidCents : 0
  const unexplained = byAdjustments !== 0 ? byAdjustments : byCharges !== 0 ? byCharges : byPayments
  claim.balances =
    linesOk && unexplained === 0
      ? ALL_IN_BALANCE
      : { claim: balance(unexplained), lines: linesOk ? IN_BALANCE : { ok: false, differenceCents: off } }
  reading.loop = '2100'
  if (byAdjustments !== 0) {
    const message = `Claim ${claim.claimControl}: charge ${dollars(claim.chargeCents)} less adjustments ${dollars(claimCas + lineCas)} is not the paid ${dollars(claim.paidCents)}; ${dollars(byAdjustments)} is unexplained.`
    reading.note('error', 3, 'claim_out_of_balance', message, 'CLP04', at.claim)
  }
  if (byCharges !== 0) {
    const message = `Claim ${claim.claimControl}: its lines were charged ${dollars(lineCharges)}, the claim ${dollars(claim.chargeCents)}.`
    reading.note('error', 3, 'claim_charges_differ', message, 'CLP03', at.claim)
  }
  if (byPayments !== 0 && byAdjustments === 0) {
    const message = `Claim ${claim.claimControl}: its lines were paid ${dollars(linePaid)}, less claim adjustments ${dollars(claimCas)}, the claim ${dollars(claim.paidCents)}.`
    reading.note('error', 3, 'claim_payments_differ', message, 'CLP04', at.claim)
  }
  const stated = claim.patientResponsibilityCents
  if (stated !== null && claim.status !== '22' && stated !== patientShare) {
    const message = `Claim ${claim.claimControl}: CLP05 says the patient owes ${dollars(stated)}, the PR adjustments come to ${dollars(patientShare)}.`
    reading.note('warning', 3, 'patient_responsibility_differs', message, 'CLP05', at.claim)
  }
}

function sumOf(adjustments: readonly Adjustment[]): number {
  let sum = 0
  for (const one of adjustments) sum += one.amountCents
  return sum
}

function shareOf(adjustments: readonly Adjustment[]): number {
  let sum = 0
  for (const one of adjustments) if (one.group === 'PR') sum += one.amountCents
  return sum
}
