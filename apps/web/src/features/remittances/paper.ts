import type { Claim, PaperRemittance } from '@keepwell/contract'
import { centsOf, centsText } from './cents.ts'

/** One service line as it is typed from a paper notice; every amount as text. */
export interface TypedLine {
  paid: string
  contractual: string
  sequestration: string
  deductible: string
  coinsurance: string
  otherGroup: 'CO' | 'PR' | 'OA' | 'PI'
  otherCode: string
  other: string
  remarks: string
}

export const emptyLine: TypedLine = {
  paid: '',
  contractual: '',
  sequestration: '',
  deductible: '',
  coinsurance: '',
  otherGroup: 'CO',
  otherCode: '',
  other: '',
  remarks: '',
}

type Line = Claim['lines'][number]

/** The line as it would be paid exactly as expected; what the law takes off the payment is what is left over. */
export function expectedLine(line: Line): TypedLine {
  const {
    chargeCents,
    expectedAllowedCents: allowed,
    expectedMedicareCents: paid,
    expectedPatientCents: patient,
  } = line
  if (allowed === null || paid === null || patient === null) return emptyLine
  const text = (cents: number) => (cents === 0 ? '' : centsText(cents))
  return {
    ...emptyLine,
    paid: centsText(paid),
    contractual: text(chargeCents - allowed),
    sequestration: text(allowed - paid - patient),
    coinsurance: text(patient),
  }
}

const amounts = ['paid', 'contractual', 'sequestration', 'deductible', 'coinsurance', 'other'] as const

/** What is left of the charge in cents: zero when the line balances; null while an amount cannot be read. */
export function leftOf(line: Line, typed: TypedLine): number | null {
  return amounts.reduce<number | null>((left, name) => {
    const cents = typed[name].trim() === '' ? 0 : centsOf(typed[name])
    return left === null || cents === null ? null : left - cents
  }, line.chargeCents)
}

/** The line as it is sent; amounts of zero are left out. */
export function sentLine(lineId: string, typed: TypedLine): PaperRemittance['claims'][number]['lines'][number] {
  const taken: { group: TypedLine['otherGroup']; code: string; amountCents: number }[] = [
    { group: 'CO', code: '45', amountCents: centsOf(typed.contractual) ?? 0 },
    { group: 'CO', code: '253', amountCents: centsOf(typed.sequestration) ?? 0 },
    { group: 'PR', code: '1', amountCents: centsOf(typed.deductible) ?? 0 },
    { group: 'PR', code: '2', amountCents: centsOf(typed.coinsurance) ?? 0 },
    { group: typed.otherGroup, code: typed.otherCode.trim().toUpperCase(), amountCents: centsOf(typed.other) ?? 0 },
  ]
  return {
    lineId,
    paidCents: centsOf(typed.paid) ?? 0,
    adjustments: taken.filter(({ amountCents }) => amountCents !== 0),
    remarks: typed.remarks
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((code) => code !== ''),
  }
}
