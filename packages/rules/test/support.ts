import { readFileSync } from 'node:fs'

/** Runs of a property: few in the unit tests, many in the torture run. */
export function runs(few: number): { numRuns: number; seed?: number } {
  const many = Number(process.env.KEEPWELL_TORTURE_RUNS ?? '')
  return Number.isSafeInteger(many) && many > 0 ? { numRuns: many } : { numRuns: few }
}

export const read = (path: URL): string => readFileSync(path, 'utf8')
