import { contract, type NewPrimaryDecision, type PrimaryDecisionView } from '@keepwell/contract'
import { billable, billed } from './claims.ts'
import type { MonthStory } from './month.ts'
import type { Story } from './story.ts'

/** The plan of an employer, whose decisions Lena enters. */
export const harbor: NewPrimaryDecision['insurer'] = {
  name: 'Harbor Employee Plan',
  payerId: '60054',
  filingCode: 'CI',
  mspType: '12',
  groupNumber: 'GRP-88',
  relationship: '01',
  insured: { family: 'Diaz', given: 'Marco', memberId: 'HEP10023' },
}

/** A patient of October behind an employer's plan; `ending` chooses what Medicare does. */
export function behindEmployer(story: Story, ending: string, change: Partial<MonthStory> = {}): Promise<string> {
  return billable(story, ending, {
    coverages: [
      { kind: 'medicare_part_b', from: '2017-03-01', to: null },
      { kind: 'other_primary', from: '2026-01-01', to: null },
    ],
    ...change,
  })
}

export function firstInsurerOf(story: Story, patientId: string): Promise<PrimaryDecisionView> {
  return story.as('lena').does(contract.primaryDecisions.get, { params: { month: billed, patientId } })
}

/** A notice for what the month would bill: each line is allowed so much, of which the patient owes a part; the rest is written off. */
export function noticeOf(
  view: Pick<PrimaryDecisionView, 'lines'>,
  on: Readonly<Record<string, { allowedCents: number; patientCents: number }>>,
  change: Partial<NewPrimaryDecision> = {},
): NewPrimaryDecision {
  return {
    insurer: harbor,
    decidedOn: '2026-11-02',
    claimNumber: 'HEP-2026-1',
    lines: view.lines.map(({ code, units, chargeCents }) => {
      const { allowedCents = 0, patientCents = 0 } = on[code] ?? {}
      return {
        code,
        units,
        allowedCents,
        paidCents: allowedCents - patientCents,
        adjustments: [
          { group: 'CO' as const, code: '45', amountCents: chargeCents - allowedCents },
          { group: 'PR' as const, code: '3', amountCents: patientCents },
        ].filter(({ amountCents }) => amountCents > 0),
      }
    }),
    ...change,
  }
}

/** Lena enters such a notice. */
export async function enterNotice(
  story: Story,
  patientId: string,
  on: Parameters<typeof noticeOf>[1],
  change: Partial<NewPrimaryDecision> = {},
): Promise<PrimaryDecisionView> {
  return story.as('lena').does(contract.primaryDecisions.record, {
    params: { month: billed, patientId },
    body: noticeOf(await firstInsurerOf(story, patientId), on, change),
  })
}
