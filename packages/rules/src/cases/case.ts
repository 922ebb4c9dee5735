import type { FindingStatus } from '../book/rule.ts'
import type { Facts } from '../facts.ts'
import type { Outcome } from '../verdict.ts'

/** One case of law: in these facts this rule answers so, and the month comes out so. */
export interface Case {
  readonly name: string
  readonly rule: string
  readonly given: Facts
  readonly expect: FindingStatus
  readonly outcome: Outcome
}

export function casesOf(
  rule: string,
  list: ReadonlyArray<readonly [name: string, given: Facts, expect: FindingStatus, outcome: Outcome]>,
): Case[] {
  return list.map(([name, given, expect, outcome]) => ({ rule, name, given, expect, outcome }))
}
