import { assess } from '../../src/assess.ts'
import { randomMonth } from './months.ts'
import { oracle } from './oracle.ts'

/** What the book and the oracle say differently of a month; null where they agree. */
export function difference(seed: number): string | null {
  const facts = randomMonth(seed)
  const { outcome, lines, minutes, findings } = assess(facts, { proof: 'plain' })
  const book = {
    outcome,
    lines: lines.map(({ modifiers: _modifiers, ...line }) => ({ ...line, diagnoses: [...line.diagnoses] })),
    countedSeconds: minutes.countedSeconds,
    practitionerSeconds: minutes.practitionerSeconds,
    pooledMinutes: minutes.pooledMinutes,
  }
  const told = oracle(facts)
  if (JSON.stringify(book) === JSON.stringify(told)) return null
  return JSON.stringify(
    { seed, book, told, findings: findings.map((one) => `${one.status} ${one.sentence}`), facts },
    null,
    1,
  )
}
