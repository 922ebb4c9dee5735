import type { Fix } from '../verdict.ts'

/** A fix with the finding that asks for it. */
export interface Asked extends Fix {
  readonly rule: string
}

/** Each step on the left is not asked where the rule on the right asks for one: the same deed clears both. */
const clearedBy: ReadonlyArray<readonly [id: string, by: string]> = [
  ['ccm.claim.diagnoses.add_diagnosis', 'ccm.conditions'],
  ['ccm.time.enough.correct_time_entry', 'ccm.time.known'],
]

/**
 * The smallest set: one step for each thing in the way, and none for what another step clears anyway.
 * What a rule asks is independent of what the others ask but for the pairs above, so no smaller set is left.
 */
export function neededOf(asked: readonly Asked[]): Fix[] {
  const needed = asked.filter(
    (one) => !clearedBy.some(([id, by]) => one.id === id && asked.some((other) => other.rule === by)),
  )
  return needed.map(({ rule: _rule, ...fix }) => fix)
}
