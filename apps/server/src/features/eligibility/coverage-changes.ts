import type { CheckFacts, CoverageChange } from '@keepwell/contract'
import { covers, type Period } from '@keepwell/x12'

/** What an answer told about the day that was asked about. */
export interface Told {
  facts: CheckFacts
  serviceOn: string
}

type Other = CheckFacts['msp'][number]
type Kind = CoverageChange['kind']

/** What holds on the day of the question, by kind, in the words that are compared and shown. */
function standing(facts: CheckFacts | null, day: string): Record<Exclude<Kind, 'part_b' | 'qmb' | 'died'>, string[]> {
  const open = <P extends Period>(periods: readonly P[] | undefined) =>
    (periods ?? []).filter((period) => covers(period, day) !== 'no')
  const named = (others: readonly Other[] | undefined) =>
    open(others).map(({ payerName, meaning }) => payerName ?? meaning)
  const any = (periods: readonly Period[] | undefined, word: string) => (open(periods).length === 0 ? [] : [word])
  return {
    medicare_advantage: named(facts?.medicareAdvantage),
    other_primary: named(facts?.msp),
    hospice: any(facts?.hospice, 'Hospice care'),
    home_health: any(facts?.homeHealth, 'Home health care'),
    skilled_nursing: any(facts?.skilledNursing, 'A stay in a skilled nursing facility'),
    esrd: any(facts?.esrd, 'End stage renal disease'),
  }
}

const began: Record<keyof ReturnType<typeof standing>, (name: string) => string> = {
  medicare_advantage: (name) => `${name} (Medicare Advantage) covers the patient now.`,
  other_primary: (name) => `${name} pays before Medicare now.`,
  hospice: (name) => `${name} has begun.`,
  home_health: (name) => `${name} has begun.`,
  skilled_nursing: (name) => `${name} has begun.`,
  esrd: (name) => `${name} is on file now.`,
}
const ended: typeof began = {
  medicare_advantage: (name) => `${name} (Medicare Advantage) does not cover the patient any more.`,
  other_primary: (name) => `${name} does not pay before Medicare any more.`,
  hospice: (name) => `${name} is over.`,
  home_health: (name) => `${name} is over.`,
  skilled_nursing: (name) => `${name} is over.`,
  esrd: (name) => `${name} is not on file any more.`,
}

/**
 * What an answer of Medicare tells otherwise than the one before it, a sentence each. The first answer about a patient is
 * compared with plain Part B and nothing beside it, so that what stands in the way of a claim is told. What one of the two
 * does not tell is no change.
 */
export function changesBetween(previous: Told | null, latest: Told): CoverageChange[] {
  const before = previous?.facts ?? null
  const after = latest.facts
  const changes: CoverageChange[] = []
  const say = (kind: Kind, sentence: string) => changes.push({ kind, sentence })
  if (after.diedOn !== null && before?.diedOn == null) say('died', 'Medicare knows of a day of death.')
  const partB = before?.partB.active ?? 'yes'
  if (partB !== after.partB.active && partB !== 'unknown' && after.partB.active !== 'unknown')
    say('part_b', after.partB.active === 'no' ? 'Part B is not active any more.' : 'Part B is active again.')
  const qmb = before?.qmb ?? 'no'
  if (qmb !== 'yes' && after.qmb === 'yes')
    say('qmb', 'A Qualified Medicare Beneficiary now: the patient owes no share.')
  if (qmb === 'yes' && after.qmb === 'no')
    say('qmb', 'No Qualified Medicare Beneficiary any more: the share is the patient’s again.')
  const then = standing(before, previous?.serviceOn ?? latest.serviceOn)
  const now = standing(after, latest.serviceOn)
  for (const kind of Object.keys(now) as (keyof typeof now)[]) {
    for (const name of now[kind].filter((one) => !then[kind].includes(one))) say(kind, began[kind](name))
    for (const name of then[kind].filter((one) => !now[kind].includes(one))) say(kind, ended[kind](name))
  }
  return changes
}
