import type { CoverageFacts, CoverageKind } from '../facts.ts'

/** The coverage of a kind in force on a date. */
export function coverageOn(
  coverage: readonly CoverageFacts[],
  kind: CoverageKind,
  on: string,
): CoverageFacts | undefined {
  for (const one of coverage) {
    if (one.kind === kind && one.from <= on && (one.to === null || one.to >= on)) return one
  }
  return undefined
}
