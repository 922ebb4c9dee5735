import { valueOn } from '../book/dated.ts'
import type { DateOfServicePolicy, Facts, Family, PolicyFacts } from '../facts.ts'
import type { LocalDate, Month } from '../time.ts'
import { creditedMinutesFloor } from '../time.ts'
import {
  complexAddOnCap,
  complexFirstBlock,
  complexFurtherBlock,
  nonComplexAddOnCap,
  nonComplexFirstBlock,
  nonComplexFurtherBlock,
  personalAddOnCap,
  personalFirstBlock,
  personalFurtherBlock,
} from '../values/ccm/time.ts'
import { dateReached, type MinutesTally } from './minutes.ts'
import type { Candidate } from './month-view.ts'

interface Blocks {
  readonly first: number
  readonly further: number
  readonly cap: number | null
}

/** The block lengths and caps of a family as they stood in a month. */
export function blocksOf(family: Family, month: Month, policy?: PolicyFacts | null): Blocks {
  if (family === 'non_complex') {
    return {
      first: valueOn(nonComplexFirstBlock, month),
      further: valueOn(nonComplexFurtherBlock, month),
      cap: valueOn(nonComplexAddOnCap, month),
    }
  }
  if (family === 'complex') {
    return {
      first: valueOn(complexFirstBlock, month),
      further: valueOn(complexFurtherBlock, month),
      cap: valueOn(complexAddOnCap, month),
    }
  }
  return {
    first: valueOn(personalFirstBlock, month),
    further: valueOn(personalFurtherBlock, month),
    cap: policy?.personalAddOnCap === 'two' ? 2 : valueOn(personalAddOnCap, month),
  }
}

/** True, false, or undefined where nobody has said. Only what was documented in the month itself counts. */
export function complexDecisionsOf(facts: Facts): boolean | undefined {
  const making = facts.decisionMaking
  if (making === undefined) return undefined
  if (making === null || making.level === null || making.documentedOn === null) return false
  if (making.level === 'straightforward' || making.level === 'low') return false
  if (making.documentedOn !== undefined && making.documentedOn.slice(0, 7) !== facts.month) return false
  return making.level === undefined || making.documentedOn === undefined ? undefined : true
}

/** No claim is dated after the day of death. */
export function lastPossibleDate(facts: Facts, firstDay: LocalDate, lastDay: LocalDate): LocalDate {
  const died = facts.patient?.diedOn
  return died && died >= firstDay && died < lastDay ? died : lastDay
}

function dateOfService(
  policy: DateOfServicePolicy,
  pool: MinutesTally['pool'],
  minutes: number,
  timeZone: string,
  last: LocalDate,
): LocalDate {
  if (policy === 'month_end') return last
  return dateReached(pool, minutes, timeZone) ?? last
}

/**
 * The families that the minutes support. The sum of exact seconds was floored once; a block counts only when full.
 * With the policy of the threshold date, base and add-ons carry the day on which the last billed block was full.
 */
export function candidatesOf(
  facts: Facts,
  tally: MinutesTally,
  complexDecisions: boolean | undefined,
  last: LocalDate,
): Candidate[] {
  const { month, timeZone } = facts
  const policy = facts.policy?.dateOfService ?? 'month_end'
  const candidates: Candidate[] = []
  const consider = (family: Family, minutes: number, pool: MinutesTally['pool']): void => {
    const { first, further, cap } = blocksOf(family, month, facts.policy)
    if (minutes < first) return
    const full = Math.floor((minutes - first) / further)
    const addOns = cap === null ? full : Math.min(cap, full)
    const needed = first + addOns * further
    candidates.push({
      family,
      minutes,
      addOns,
      dateOfService: dateOfService(policy, pool, needed, timeZone, last),
    })
  }
  consider('non_complex', tally.pooledMinutes, tally.pool)
  if (complexDecisions === true) consider('complex', tally.pooledMinutes, tally.pool)
  consider('personal', creditedMinutesFloor(tally.practitionerSeconds), tally.practitionerPool)
  return candidates
}

/**
 * The family that the record supports first: complex where decision making and minutes reach it, the practitioner's
 * own where enough was logged as such, else non-complex. Money does not decide; a person may choose otherwise.
 */
export function supportedFirst(
  candidates: readonly Candidate[],
  tally: MinutesTally,
  month: Month,
): Candidate | undefined {
  const of = (family: Family): Candidate | undefined => candidates.find((one) => one.family === family)
  const complex = of('complex')
  if (complex) return complex
  const personal = of('personal')
  if (personal && creditedMinutesFloor(tally.personalSeconds) >= valueOn(personalFirstBlock, month)) return personal
  return of('non_complex') ?? personal
}
