import {
  type ClaimStatus,
  claimStatusWords,
  type MonthState,
  type NewPrimaryDecision,
  type PrimaryDecision,
  undecidedCents,
} from '@keepwell/contract'
import { isAdjustmentReason } from '@keepwell/x12'
import { accept, type Decision, type Fault, refuse } from '../../kernel/problem.ts'

/** What the first insurer is asked for: one code of the month, at the clinic's charge for all its units. */
export interface AskedLine {
  code: string
  units: number
  serviceOn: string
  chargeCents: number
}

export interface Situation {
  state: Exclude<MonthState, 'running' | 'over'> | 'open'
  /** What would be billed; an amount that is not known leaves it empty. */
  lines: readonly AskedLine[]
  /** The claim that stands for the month. */
  claim: { status: ClaimStatus; controlNumber: string } | null
}

/** Whether a decision may be entered, corrected or taken back now. */
export function decideOpen({ state, claim }: Omit<Situation, 'lines'>): Decision<true> {
  if (state === 'closing') return refuse('close_running', 'The month is being closed. Enter it once the close is done.')
  if (claim !== null && claim.status !== 'ready' && claim.status !== 'rejected')
    return refuse(
      'claim_already_sent',
      `Claim ${claim.controlNumber} says already what the first insurer decided: ${claimStatusWords[claim.status].toLowerCase()}. ${
        claim.status === 'batched' ? 'Take the batch back first.' : 'Ask the payer to reopen it.'
      }`,
    )
  return accept(true)
}

/** The decision to keep, with the charge that each line was asked for; or every fault of it. */
export function decideRecord(
  given: NewPrimaryDecision,
  situation: Situation,
  today: string,
): Decision<PrimaryDecision> {
  const open = decideOpen(situation)
  if (!open.ok) return open
  if (situation.lines.length === 0)
    return refuse('conflict', 'Nothing would be billed for this month, so the first insurer has nothing to decide.')
  const charges = given.lines.map(
    (line) => situation.lines.find(({ code, units }) => code === line.code && units === line.units)?.chargeCents,
  )
  const codes = new Set(given.lines.map(({ code }) => code))
  if (charges.includes(undefined) || codes.size !== given.lines.length || codes.size !== situation.lines.length)
    return refuse('conflict', 'Other codes or units would be billed now than those of this form. Load the page again.')
  const lines = given.lines.map((line, index) => ({ ...line, chargeCents: charges[index] ?? 0 }))
  const faults = [...dayFaults(given.decidedOn, situation.lines, today), ...lines.flatMap(lineFaults)]
  return faults.length === 0
    ? accept({ insurer: given.insurer, decidedOn: given.decidedOn, claimNumber: given.claimNumber, lines })
    : refuse('invalid_input', 'What the first insurer decided does not add up yet. Nothing was kept.', faults)
}

function dayFaults(decidedOn: string, lines: readonly AskedLine[], today: string): Fault[] {
  const service = lines[0]?.serviceOn ?? ''
  if (decidedOn > today) return [{ path: 'body.decidedOn', message: 'This day is still to come.' }]
  return decidedOn < service
    ? [{ path: 'body.decidedOn', message: `The service is dated ${service}; nobody can have decided on it before.` }]
    : []
}

function lineFaults(line: PrimaryDecision['lines'][number], index: number): Fault[] {
  const at = `body.lines.${index}`
  const left = undecidedCents(line, line.chargeCents)
  return [
    ...line.adjustments.flatMap(({ code }, position) =>
      isAdjustmentReason(code)
        ? []
        : [{ path: `${at}.adjustments.${position}.code`, message: `${code} is no adjustment reason code.` }],
    ),
    ...(line.paidCents > line.allowedCents
      ? [{ path: `${at}.allowedCents`, message: `${line.code}: it cannot have paid more than it allows.` }]
      : []),
    ...(left === 0
      ? []
      : [
          {
            path: `${at}.paidCents`,
            message: `${line.code}: of the charge of ${dollars(line.chargeCents)}, ${dollars(Math.abs(left))} ${
              left > 0 ? 'is neither paid nor adjusted' : 'too much is paid or adjusted'
            }.`,
          },
        ]),
  ]
}

const dollars = (cents: number) => `$${(cents / 100).toFixed(2)}`
