import {
  type FirstInsurer,
  filingCodes,
  type NewPrimaryDecision,
  type PrimaryDecision,
  type PrimaryDecisionView,
  undecidedCents,
} from '@keepwell/contract'
import { centsOf, centsText } from '../remittances/index.ts'

type Group = NewPrimaryDecision['lines'][number]['adjustments'][number]['group']
export const groups: readonly Group[] = ['CO', 'PR', 'OA', 'PI']

/** One line of the notice as it is typed; every amount as text. */
export interface TypedLine {
  code: string
  units: number
  chargeCents: number
  allowed: string
  paid: string
  adjustments: readonly { group: Group; code: string; amount: string }[]
}

/** A notice of the first insurer as it is typed. */
export interface NoticeDraft {
  name: string
  payerId: string
  filingCode: FirstInsurer['filingCode']
  mspType: FirstInsurer['mspType'] | null
  groupNumber: string
  relationship: FirstInsurer['relationship']
  family: string
  given: string
  memberId: string
  decidedOn: string
  claimNumber: string
  lines: readonly TypedLine[]
  reason: string
}

/** The reasons that stand on nearly every notice. */
const usual: TypedLine['adjustments'] = [
  { group: 'CO', code: '45', amount: '' },
  { group: 'PR', code: '1', amount: '' },
  { group: 'PR', code: '2', amount: '' },
]

/** What the form begins with: the decision that stands, or what the patient's coverage tells of the insurer. */
export function draftOf(view: PrimaryDecisionView, today: string): NoticeDraft {
  const [told] = view.insurers
  const before = view.standing?.decision ?? null
  const insurer = before?.insurer
  return {
    name: insurer?.name ?? told?.name ?? '',
    payerId: insurer?.payerId ?? told?.payerId ?? '',
    filingCode: insurer?.filingCode ?? filingCodes.find((kind) => kind === told?.filingCode) ?? 'CI',
    mspType: insurer?.mspType ?? null,
    groupNumber: (insurer ?? told)?.groupNumber ?? '',
    relationship: insurer?.relationship ?? '18',
    family: insurer?.insured.family ?? view.self.family,
    given: insurer?.insured.given ?? view.self.given,
    memberId: insurer?.insured.memberId ?? told?.memberId ?? '',
    decidedOn: before?.decidedOn ?? today,
    claimNumber: before?.claimNumber ?? '',
    // Only what would be billed now is asked for; of a decision on other codes what fits is kept.
    lines: view.lines.map(({ code, units, chargeCents }) =>
      typedLine(
        { code, units, chargeCents },
        before?.lines.find((line) => line.code === code && line.units === units),
      ),
    ),
    reason: '',
  }
}

function typedLine(
  asked: Pick<TypedLine, 'code' | 'units' | 'chargeCents'>,
  decided: PrimaryDecision['lines'][number] | undefined,
): TypedLine {
  return decided === undefined
    ? { ...asked, allowed: '', paid: '', adjustments: usual }
    : {
        ...asked,
        allowed: centsText(decided.allowedCents),
        paid: centsText(decided.paidCents),
        adjustments: decided.adjustments.map(({ group, code, amountCents }) => ({
          group,
          code,
          amount: centsText(amountCents),
        })),
      }
}

interface ReadLine {
  allowedCents: number
  paidCents: number
  adjustments: NewPrimaryDecision['lines'][number]['adjustments']
}

/** The amounts of a typed line; null where one cannot be read. An adjustment without an amount is none. */
export function readLine(line: TypedLine): ReadLine | null {
  const amounts = line.adjustments.filter(({ amount }) => amount.trim() !== '')
  const allowedCents = centsOf(line.allowed)
  const paidCents = centsOf(line.paid)
  const adjustments = amounts.flatMap(({ group, code, amount }) => {
    const amountCents = centsOf(amount)
    return amountCents === null ? [] : [{ group, code: code.trim().toUpperCase(), amountCents }]
  })
  return allowedCents === null || paidCents === null || adjustments.length < amounts.length
    ? null
    : { allowedCents, paidCents, adjustments }
}

/** Of a line's charge what is neither paid nor adjusted; null where an amount cannot be read. */
export function leftOf(line: TypedLine): number | null {
  const read = readLine(line)
  return read === null ? null : undecidedCents(read, line.chargeCents)
}

/** What was paid and left to the patient, where it is not what is allowed; null where it is, or cannot be read. */
export function otherAllowed(line: TypedLine): number | null {
  const read = readLine(line)
  if (read === null) return null
  const sum = read.adjustments.reduce(
    (cents, { group, amountCents }) => (group === 'PR' ? cents + amountCents : cents),
    read.paidCents,
  )
  return sum === read.allowedCents ? null : sum
}

/** Why the draft cannot be kept yet; null when it can. */
export function whyNotKept(draft: NoticeDraft, corrects: boolean): string | null {
  if (draft.name.trim() === '') return 'Write the name of the insurer.'
  if (draft.payerId.trim() === '') return 'Write the payer id, as the clearinghouse lists the insurer.'
  if (draft.mspType === null) return 'Choose why Medicare pays second.'
  if (draft.family.trim() === '' || draft.given.trim() === '') return 'Write the name of the insured person.'
  if (draft.memberId.trim() === '') return 'Write the member number.'
  if (draft.decidedOn === '') return 'Say when the insurer decided.'
  const lefts = draft.lines.map(leftOf)
  if (lefts.includes(null)) return 'Write every amount as 123.45.'
  if (lefts.some((cents) => cents !== 0)) return 'A line does not balance yet.'
  return corrects && draft.reason.trim() === '' ? 'Say why it is corrected.' : null
}

/** The body of the call; null where the draft cannot be kept yet. */
export function bodyOf(draft: NoticeDraft): (NewPrimaryDecision & { reason: string | null }) | null {
  const lines = draft.lines.flatMap((line) => {
    const read = readLine(line)
    return read === null ? [] : [{ code: line.code, units: line.units, ...read }]
  })
  if (draft.mspType === null || lines.length < draft.lines.length) return null
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim())
  return {
    insurer: {
      name: draft.name.trim(),
      payerId: draft.payerId.trim().toUpperCase(),
      filingCode: draft.filingCode,
      mspType: draft.mspType,
      groupNumber: orNull(draft.groupNumber),
      relationship: draft.relationship,
      insured: { family: draft.family.trim(), given: draft.given.trim(), memberId: draft.memberId.trim() },
    },
    decidedOn: draft.decidedOn,
    claimNumber: orNull(draft.claimNumber),
    lines,
    reason: orNull(draft.reason),
  }
}
