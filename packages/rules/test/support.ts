/** Cases of a property: few in the unit tests, as many as asked for in the torture run. */
export function runs(few: number): { numRuns: number } {
  const many = Number(process.env.KEEPWELL_TORTURE_RUNS ?? '')
  return { numRuns: Number.isSafeInteger(many) && many > 0 ? many : few }
}
