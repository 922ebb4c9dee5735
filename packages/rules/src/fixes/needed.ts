import type { Fix } from '../verdict.ts'

/** A fix with the finding that asks for it. */
export interface Asked extends Fix {
  readonly rule: string
}

/** Each rule on the left needs no step of its own where the rule on the right has one: the same deed clears both. */
const clearedBy: ReadonlyArray<readonly [rule: string, by: string, step?: Fix['step']]> = [
  ['ccm.claim.diagnoses', 'ccm.conditions', 'attest_conditions'],
  ['ccm.time.enough', 'ccm.time.known', 'correct_time_entry'],
]

/**
 * The smallest set: one step for each thing in the way, and none for what another step clears anyway.
 * What a rule asks is independent of what the others ask but for the pairs above, so no smaller set is left.
 */
export function neededOf(asked: readonly Asked[]): Fix[] {
  const needed = asked.filter(
    (one) =>
      !clearedBy.some(
        ([rule, by, step]) =>
          one.rule === rule &&
          asked.some((other) => other.rule === by && (step === undefined || other.step === step)) &&
          (rule !== 'ccm.time.enough' || one.step === 'correct_time_entry'),
      ),
  )
  return needed.map(({ rule: _rule, ...fix }) => fix)
}
