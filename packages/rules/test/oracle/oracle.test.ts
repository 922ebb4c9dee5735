import { describe, expect, test } from 'vitest'
import { assess } from '../../src/assess.ts'
import { difference } from './compare.ts'
import { randomMonth } from './months.ts'

const MONTHS = 2_000
/** Fewer where the suite runs once for every change of the source. */
const COMPARED = Number(process.env.KEEPWELL_ORACLE_MONTHS ?? MONTHS)

describe('a second answer, written from the fact sheet without the book', () => {
  test(`says the same of ${COMPARED} months`, () => {
    for (let seed = 0; seed < COMPARED; seed += 1) expect(difference(seed)).toBeNull()
  })

  test('the months are of every kind', () => {
    const seen = new Map<string, number>()
    for (let seed = 0; seed < MONTHS; seed += 1) {
      const verdict = assess(randomMonth(seed), { proof: 'plain' })
      for (const key of [verdict.outcome, ...verdict.lines.map((line) => line.code)]) {
        seen.set(key, (seen.get(key) ?? 0) + 1)
      }
    }
    for (const key of ['billable', 'not_yet', 'held', 'not_billable']) expect(seen.get(key), key).toBeGreaterThan(30)
    for (const key of ['99490', '99439', '99487', '99489', '99491', '99437', 'G0511']) {
      expect(seen.get(key), key).toBeGreaterThan(2)
    }
  })
})
