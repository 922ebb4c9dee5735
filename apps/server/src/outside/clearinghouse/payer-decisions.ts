import { allowedCents, type Expected, expected, secondPayment } from '@keepwell/rules'
import type { AdjustmentToWrite, ReadClaim, RemittanceClaimToWrite, RemittanceLineToWrite } from '@keepwell/x12'

/** What the payer simulator does otherwise than paying right; docs/simulator.md has the list. */
export type Conduct =
  | 'pays'
  | 'takes_back'
  | 'another_practitioner'
  | 'underpays'
  | 'corrects_later'
  | 'qmb'
  | 'rejects_member'
  | 'bundled'
  | 'rejects_npi'
  | 'duplicate'
  | 'overpays'
  | 'advantage'
  | 'hospice'
  | 'secondary'
  | 'ended'
  | 'transition'
  | 'esrd'
  | 'records'
  | 'forwards'
  | 'unprocessable'
  | 'pending'
  | 'lost'
  | 'leaves_copay'
  | 'leaves_deductible'
  | 'coverage_over'

/** By the last two characters of the Medicare number. Those from 90 on go with the sentinels of the eligibility simulator. */
export const byEnding: Readonly<Record<string, Conduct>> = {
  '73': 'lost',
  '74': 'pending',
  '75': 'unprocessable',
  '76': 'forwards',
  '77': 'records',
  '78': 'esrd',
  '79': 'transition',
  '80': 'takes_back',
  '81': 'another_practitioner',
  '82': 'underpays',
  '83': 'corrects_later',
  '84': 'qmb',
  '85': 'rejects_member',
  '86': 'bundled',
  '87': 'rejects_npi',
  '88': 'duplicate',
  '89': 'overpays',
  '90': 'advantage',
  '92': 'hospice',
  '93': 'qmb',
  '95': 'secondary',
  '96': 'ended',
}

/** By the whole family name, in capitals; it wins over the number. */
export const byFamily: Readonly<Record<string, Conduct>> = {
  TAKENBACK: 'takes_back',
  OTHERDOCTOR: 'another_practitioner',
  UNDERPAID: 'underpays',
  REVERSED: 'corrects_later',
  QMB: 'qmb',
  REJECT: 'rejects_member',
  BUNDLED: 'bundled',
  BADNPI: 'rejects_npi',
  DUPLICATE: 'duplicate',
  OVERPAID: 'overpays',
  ADVANTAGE: 'advantage',
  HOSPICE: 'hospice',
  SECONDARY: 'secondary',
  ENDED: 'ended',
  TRANSITION: 'transition',
  DIALYSIS: 'esrd',
  RECORDS: 'records',
  MEDIGAP: 'forwards',
  UNPROCESSABLE: 'unprocessable',
  PENDING: 'pending',
  LOST: 'lost',
}

/** What a supplement behind Medicare does, by the last two characters of its own member number; everybody else is paid the share. */
export const bySupplementEnding: Readonly<Record<string, Conduct>> = {
  '01': 'leaves_copay',
  '02': 'leaves_deductible',
  '03': 'coverage_over',
  '04': 'rejects_member',
}

/** Whether it asks for what another payer left to the patient, rather than for a first decision of Medicare. */
export const isFollowing = (claim: Pick<ReadClaim, 'payerSequence' | 'mspType'>): boolean =>
  claim.payerSequence === 'S' && claim.mspType === undefined

export function conductOf(claim: Pick<ReadClaim, 'subscriber' | 'payerSequence' | 'mspType'>): Conduct {
  if (isFollowing(claim)) return bySupplementEnding[claim.subscriber.memberId.slice(-2)] ?? 'pays'
  return byFamily[claim.subscriber.family.toUpperCase()] ?? byEnding[claim.subscriber.memberId.slice(-2)] ?? 'pays'
}

const denials: Readonly<Partial<Record<Conduct, { code: string; remarks: string[] }>>> = {
  another_practitioner: { code: '119', remarks: ['M86'] },
  bundled: { code: '97', remarks: ['M15'] },
  duplicate: { code: '18', remarks: [] },
  advantage: { code: '24', remarks: [] },
  hospice: { code: 'B9', remarks: [] },
  secondary: { code: '22', remarks: [] },
  ended: { code: '27', remarks: [] },
  transition: { code: '231', remarks: ['M15'] },
  esrd: { code: '97', remarks: ['N20'] },
  records: { code: '252', remarks: [] },
  coverage_over: { code: '27', remarks: [] },
  unprocessable: { code: '16', remarks: ['MA130', 'N382'] },
}

/** How the practitioner and the place of a claim are paid. */
export interface Terms {
  /** 'MAC-locality', or null for the national amount. */
  locality: string | null
  qualifyingApm: boolean
  practitionerKind: 'physician' | 'np' | 'pa' | 'cns' | 'cnm' | 'other'
}

/** Why the front end refuses a claim in its 277CA; null where it takes it. */
export function rejectionOf(conduct: Conduct): { category: string; status: string; entity: string } | null {
  if (conduct === 'rejects_member') return { category: 'A7', status: '164', entity: 'IL' }
  return conduct === 'rejects_npi' ? { category: 'A7', status: '562', entity: '82' } : null
}

export interface Adjudicating {
  conduct: Conduct
  terms: Terms
  payerClaimNumber: string
  deductibleLeftCents: number
  /** The share of the fee schedule that is allowed, in percent: 100 unless the payer is to err. */
  percent?: number
}

/** What a decision took from Medicare's deductible of the patient, in cents. What a supplement leaves of it is no second one. */
export function deductibleTaken(decided: RemittanceClaimToWrite): number {
  if (decided.status === '2') return 0
  return decided.lines
    .flatMap((line) => line.adjustments)
    .reduce((sum, { group, code, amountCents }) => (group === 'PR' && code === '1' ? sum + amountCents : sum), 0)
}

/** What a supplement with a copay leaves of each line at most. */
const copayCents = 500

/**
 * Decides a claim like a supplement behind Medicare, by what the claim tells of Medicare's decision: it pays what is left to
 * the patient, and the rest is OA-23. Where a line does not tell that decision, the whole claim comes back.
 */
function adjudicateBehind(claim: ReadClaim, how: Adjudicating): RemittanceClaimToWrite {
  const [first] = claim.otherPayers ?? []
  const told = claim.lines.map((line) => line.decisions?.find(({ payerId }) => payerId === first?.payer.id))
  const complete = first?.paidCents !== undefined && told.every((decision) => decision !== undefined)
  const lines = claim.lines.map((line, at): RemittanceLineToWrite => {
    const common = {
      code: line.code,
      modifiers: line.modifiers ?? [],
      chargeCents: line.chargeCents,
      unitsBilled: line.units,
      serviceOn: line.serviceOn,
      lineControl: line.lineControl,
    }
    if (!complete)
      return {
        ...common,
        paidCents: 0,
        unitsPaid: 0,
        adjustments: [{ group: 'CO', code: '16', amountCents: line.chargeCents }],
        remarks: ['MA04'],
      }
    const left = (told[at]?.adjustments ?? []).filter(({ group }) => group === 'PR')
    const shareCents = left.reduce((sum, { amountCents }) => sum + amountCents, 0)
    const deductibleCents =
      how.conduct === 'leaves_deductible'
        ? left.reduce((sum, { code, amountCents }) => (code === '1' ? sum + amountCents : sum), 0)
        : 0
    const copay = how.conduct === 'leaves_copay' ? Math.min(copayCents, shareCents) : 0
    return {
      ...common,
      paidCents: shareCents - deductibleCents - copay,
      unitsPaid: line.units,
      adjustments: [
        { group: 'OA' as const, code: '23', amountCents: line.chargeCents - shareCents },
        { group: 'PR' as const, code: '1', amountCents: deductibleCents },
        { group: 'PR' as const, code: '3', amountCents: copay },
      ].filter(({ amountCents }) => amountCents !== 0),
      remarks: [],
    }
  })
  return { ...claimOf(claim, how.payerClaimNumber, lines), status: '2', filingCode: claim.filingCode }
}

type Decided = Pick<RemittanceLineToWrite, 'paidCents' | 'unitsPaid' | 'allowedCents' | 'adjustments' | 'remarks'>

/**
 * A line of a claim behind another insurer, by 42 CFR 411.33: what that insurer took on is OA-23, and what nobody pays is
 * written off. Nothing is left to the patient, because the law of that part (42 CFR 411.35) is not in the rule book.
 */
function decideSecond(line: ReadClaim['lines'][number], alone: Expected): Decided {
  const [first] = line.decisions ?? []
  if (first === undefined)
    return {
      paidCents: 0,
      unitsPaid: 0,
      adjustments: [{ group: 'CO', code: '16', amountCents: line.chargeCents }],
      remarks: ['MA04'],
    }
  const adjusted = first.adjustments ?? []
  const leftCents = adjusted.reduce((sum, { group, amountCents }) => (group === 'PR' ? sum + amountCents : sum), 0)
  const second = secondPayment(
    alone,
    {
      code: line.code,
      chargeCents: line.chargeCents,
      acceptCents: line.acceptCents ?? null,
      allowedCents: first.paidCents + leftCents,
      paidCents: first.paidCents,
    },
    line.serviceOn,
  ) ?? { paidCents: 0, sequestrationCents: 0 }
  const shareCents = second.paidCents + second.sequestrationCents
  const othersCents = Math.min(line.chargeCents - leftCents, line.chargeCents - shareCents)
  return {
    paidCents: second.paidCents,
    unitsPaid: line.units,
    allowedCents: alone.allowedCents,
    adjustments: [
      { group: 'OA' as const, code: '23', amountCents: othersCents },
      { group: 'CO' as const, code: '45', amountCents: line.chargeCents - othersCents - shareCents },
      { group: 'CO' as const, code: '253', amountCents: second.sequestrationCents },
    ].filter(({ amountCents }) => amountCents !== 0),
    remarks: [],
  }
}

/** Decides a claim like a Medicare contractor: the fee schedule, then deductible, coinsurance and sequestration, line by line. */
export function adjudicate(claim: ReadClaim, how: Adjudicating): RemittanceClaimToWrite {
  const isSecond = claim.payerSequence === 'S'
  // Who was told that another insurer pays first has nothing against a claim that says what it paid.
  const denial = isSecond && how.conduct === 'secondary' ? undefined : denials[how.conduct]
  if (denial === undefined && isFollowing(claim)) return adjudicateBehind(claim, how)
  let left = how.deductibleLeftCents
  const lines = claim.lines.map((line): RemittanceLineToWrite => {
    const common = {
      code: line.code,
      modifiers: line.modifiers ?? [],
      chargeCents: line.chargeCents,
      unitsBilled: line.units,
      serviceOn: line.serviceOn,
      lineControl: line.lineControl,
    }
    const unit = allowedCents(line.code, {
      dateOfService: line.serviceOn,
      locality: how.terms.locality,
      placeOfService: claim.placeOfService,
      qualifyingApm: how.terms.qualifyingApm,
      practitionerKind: how.terms.practitionerKind,
    })
    // Care that is not the hospice's own is paid where the line says so.
    const excused = how.conduct === 'hospice' && common.modifiers.some((one) => one === 'GV' || one === 'GW')
    const refused = (excused ? undefined : denial) ?? (unit === null ? { code: '96', remarks: [] } : undefined)
    if (refused !== undefined || unit === null) {
      return {
        ...common,
        paidCents: 0,
        unitsPaid: 0,
        adjustments: [{ group: 'CO', code: refused?.code ?? '96', amountCents: line.chargeCents }],
        remarks: refused?.remarks ?? [],
      }
    }
    const allowed = Math.min(line.chargeCents, Math.round((unit * line.units * (how.percent ?? 100)) / 100))
    const money = expected(allowed, { on: line.serviceOn, deductibleRemainingCents: left, qmb: false, secondary: null })
    if (isSecond) return { ...common, ...decideSecond(line, money) }
    left = money.deductibleRemainingCents
    const adjustments = [
      { group: 'CO' as const, code: '45', amountCents: line.chargeCents - allowed },
      { group: 'CO' as const, code: '253', amountCents: money.sequestrationCents },
      { group: 'PR' as const, code: '1', amountCents: money.deductibleCents },
      { group: 'PR' as const, code: '2', amountCents: money.coinsuranceCents },
    ].filter(({ amountCents }) => amountCents !== 0)
    const qmb =
      how.conduct === 'qmb'
        ? [...(money.deductibleCents > 0 ? ['N781'] : []), ...(money.coinsuranceCents > 0 ? ['N782'] : [])]
        : []
    return {
      ...common,
      paidCents: money.medicareCents,
      unitsPaid: line.units,
      allowedCents: allowed,
      adjustments,
      remarks: qmb,
    }
  })
  const decided = { ...claimOf(claim, how.payerClaimNumber, lines), status: isSecond ? ('2' as const) : ('1' as const) }
  return how.conduct === 'forwards'
    ? {
        ...decided,
        status: '19',
        crossover: { name: 'RIVERVIEW MEDIGAP', id: '44444' },
        remarks: [...(decided.remarks ?? []), 'MA18'],
      }
    : decided
}

function claimOf(
  claim: ReadClaim,
  payerClaimNumber: string,
  lines: readonly RemittanceLineToWrite[],
): RemittanceClaimToWrite {
  const patientCents = lines
    .flatMap((line) => line.adjustments)
    .reduce((sum, one) => sum + (one.group === 'PR' ? one.amountCents : 0), 0)
  return {
    claimControl: claim.claimControl,
    status: '1',
    chargeCents: claim.linesChargeCents,
    paidCents: lines.reduce((sum, line) => sum + line.paidCents, 0),
    ...(patientCents === 0 ? {} : { patientResponsibilityCents: patientCents }),
    filingCode: 'MB',
    payerClaimNumber,
    placeOfService: claim.placeOfService,
    frequency: claim.frequency,
    patient: { family: claim.subscriber.family, given: claim.subscriber.given, memberId: claim.subscriber.memberId },
    ...(claim.rendering === undefined
      ? {}
      : { rendering: { family: claim.rendering.family, given: claim.rendering.given, npi: claim.rendering.npi } }),
    remarks: [...new Set(lines.flatMap((line) => line.remarks ?? []).filter((remark) => remark.startsWith('N78')))],
    lines,
  }
}

/** The decision with every amount's sign changed, under its old number. */
export function reversalOf(decided: RemittanceClaimToWrite): RemittanceClaimToWrite {
  const mirrored = (adjustments: readonly AdjustmentToWrite[]) =>
    adjustments.map((one) => ({ ...one, amountCents: -one.amountCents }))
  const { patientResponsibilityCents: _, ...rest } = decided
  return {
    ...rest,
    status: '22',
    chargeCents: -decided.chargeCents,
    paidCents: -decided.paidCents,
    lines: decided.lines.map(({ allowedCents: _allowed, ...line }) => ({
      ...line,
      chargeCents: -line.chargeCents,
      paidCents: -line.paidCents,
      adjustments: mirrored(line.adjustments),
    })),
  }
}
