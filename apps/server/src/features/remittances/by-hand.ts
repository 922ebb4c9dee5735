import { type PaperRemittance, remittanceCan } from '@keepwell/contract'
import { dollars } from '@keepwell/x12'
import { accept, type Decision as Decided, type Fault, refuse } from '../../kernel/problem.ts'
import { type FoundClaim, leftStatuses } from '../claims/index.ts'
import type { LockedRemittance, RemittanceDetail } from './remittances.store.ts'
import { type Decision, sumOf, unexplainedCode } from './remittances.ts'

export interface Released {
  paidOn: string
  providerAdjustmentCents: number
  detail: RemittanceDetail
}

/**
 * What a held payment is posted as. Where the claims balance and only the payment as a whole does not, what is left over is
 * booked as an adjustment of the whole payment, so that its cash is what the payer says it paid.
 */
export function decideRelease(payment: LockedRemittance, paidOn: string | null): Decided<Released> {
  const { detail } = payment
  const whyNot = remittanceCan.release.whyNot({ status: payment.status, holds: detail.holds })
  if (whyNot !== null) return refuse('remittance_held', `${whyNot} Nothing was posted.`)
  const undated = detail.holds.some(({ kind }) => kind === 'no_date')
  if (undated && paidOn === null)
    return refuse('remittance_held', 'The file has no date of payment. Say on which day it was paid.', [
      { path: 'paidOn', message: 'The day of the check or transfer.' },
    ])
  const unexplainedCents = payment.claimsCents - payment.providerAdjustmentCents - payment.amountCents
  return accept({
    paidOn: undated && paidOn !== null ? paidOn : payment.paidOn,
    providerAdjustmentCents: payment.providerAdjustmentCents + unexplainedCents,
    detail: {
      ...detail,
      differenceCents: 0,
      sentences: [],
      providerAdjustments: [
        ...detail.providerAdjustments,
        ...(unexplainedCents === 0 ? [] : [{ code: unexplainedCode, reference: null, amountCents: unexplainedCents }]),
      ],
    },
  })
}

export interface Paper {
  decisions: Decision[]
  claimsCents: number
  providerAdjustmentCents: number
}

/** Turns what a person typed from a paper notice into decisions, or says at each place which balance fails and by how much. */
export function decidePaper(
  paper: PaperRemittance,
  claims: ReadonlyMap<string, FoundClaim>,
  names: ReadonlyMap<string, string>,
): Decided<Paper> {
  const faults: Fault[] = []
  const fault = (path: string, message: string) => void faults.push({ path, message })
  if (new Set(paper.claims.map(({ claimId }) => claimId)).size < paper.claims.length)
    fault('claims', 'The same claim stands on it twice. Add its amounts up into one.')
  const decisions: Decision[] = []
  for (const [index, typed] of paper.claims.entries()) {
    const claim = claims.get(typed.claimId)
    if (claim === undefined) return refuse('claim_unknown', 'There is no such claim here. Nothing was posted.')
    if (!leftStatuses.includes(claim.status))
      return refuse(
        'claim_unknown',
        `Claim ${claim.controlNumber} has not left us, so no payment can be for it. Nothing was posted.`,
      )
    if (
      typed.lines.length !== claim.lines.length ||
      new Set(typed.lines.map(({ lineId }) => lineId)).size !== claim.lines.length
    )
      fault(
        `claims.${index}.lines`,
        `Claim ${claim.controlNumber} has ${claim.lines.length} lines; each stands here once.`,
      )
    const lines = typed.lines.flatMap((line, at) => {
      const own = claim.lines.find(({ id }) => id === line.lineId)
      if (own === undefined) {
        fault(`claims.${index}.lines.${at}`, `Claim ${claim.controlNumber} has no such line.`)
        return []
      }
      const left = own.chargeCents - sumOf(line.adjustments) - line.paidCents
      if (left !== 0)
        fault(
          `claims.${index}.lines.${at}`,
          `Line ${own.code} was charged ${dollars(own.chargeCents)}; paid and taken off come to ${dollars(own.chargeCents - left)}. ${dollars(Math.abs(left))} ${left > 0 ? 'is missing' : 'is too much'}.`,
        )
      return [
        {
          lineId: null,
          code: own.code,
          originalCode: null,
          lineControl: own.lineControl,
          serviceOn: own.serviceOn,
          chargeCents: own.chargeCents,
          paidCents: line.paidCents,
          adjustments: line.adjustments,
          remarks: line.remarks,
        },
      ]
    })
    decisions.push({
      kind: 'payment',
      position: index + 1,
      controlNumber: claim.controlNumber,
      payerClaimNumber: typed.payerClaimNumber === '' ? null : typed.payerClaimNumber,
      earlierPayerClaimNumber: null,
      statusCode: '1',
      patientName: names.get(claim.id) ?? '',
      memberId: null,
      correctedMemberId: null,
      chargeCents: claim.chargeCents,
      paidCents: lines.reduce((sum, line) => sum + line.paidCents, 0),
      patientCents: sumOf(lines.flatMap((line) => line.adjustments).filter(({ group }) => group === 'PR')),
      interestCents: null,
      crossover: null,
      adjustments: [],
      remarks: [],
      lines,
    })
  }
  const claimsCents = decisions.reduce((sum, { paidCents }) => sum + paidCents, 0)
  const providerAdjustmentCents = sumOf(paper.providerAdjustments)
  const left = claimsCents - providerAdjustmentCents - paper.amountCents
  if (left !== 0)
    fault(
      'amountCents',
      `The claims come to ${dollars(claimsCents)} less adjustments of ${dollars(providerAdjustmentCents)}; the payment is ${dollars(paper.amountCents)}. The difference is ${dollars(Math.abs(left))}.`,
    )
  return faults.length === 0
    ? accept({ decisions, claimsCents, providerAdjustmentCents })
    : refuse('invalid_input', 'It does not balance, so nothing was posted. Each place is named.', faults.slice(0, 50))
}
