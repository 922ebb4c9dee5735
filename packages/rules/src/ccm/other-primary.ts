import { hold, info, pass, rule } from '../book/rule.ts'
import type { PrimaryLineFacts } from '../facts.ts'
import { sources } from '../sources.ts'
import { coverageOn } from './coverage-on.ts'
import { type CodesAndUnits, codesOf } from './lines.ts'
import type { MonthView } from './month-view.ts'

const wordsOf = (codes: CodesAndUnits): string => codes.map(([code, units]) => `${code} ×${units}`).join(' and ')

/** Whether the first insurer decided on the very codes and units that are billed now. */
function isDecided(codes: CodesAndUnits, lines: readonly PrimaryLineFacts[]): boolean {
  return (
    codes.length === lines.length &&
    codes.every(([code, units]) =>
      lines.some(
        (line) => line.code === code && (line.units === undefined || line.units === null || line.units === units),
      ),
    )
  )
}

export const medicareIsPrimary = rule<MonthView>({
  id: 'ccm.coverage.other_primary',
  asks: 'Does another insurer pay before Medicare?',
  reads: ({ facts, dateOfService, chosen }) => ({
    coverage: facts.coverage,
    primaryPayment: facts.primaryPayment,
    dateOfService,
    chosen,
  }),
  base: {
    id: 'secondary_payer',
    from: '2015-01',
    law: [sources.claimsManual, sources.cfr41133],
    decide: ({ facts, dateOfService, chosen }) => {
      if (!facts.coverage || !coverageOn(facts.coverage, 'other_primary', dateOfService)) {
        return pass('No insurer that pays before Medicare is on file.')
      }
      const answer = facts.primaryPayment
      if (!answer || (facts.asOf && answer.decidedOn > facts.asOf)) {
        return hold('Another insurer pays before Medicare.', {
          step: 'bill_primary_first',
          role: 'biller',
          late: true,
          sentence: 'Bill the first insurer, then enter what it decided; Medicare is billed with it.',
        })
      }
      const codes = chosen ? codesOf(chosen, facts) : undefined
      // The other payer's amounts on a claim add up to its charge line by line, so a decision on other lines cannot stand on it.
      if (codes && answer.lines && !isDecided(codes, answer.lines)) {
        const decided = answer.lines.map((line): [string, number] => [line.code, line.units ?? 1])
        return hold(`The first insurer decided on ${wordsOf(decided)}; ${wordsOf(codes)} would be billed now.`, {
          step: 'bill_primary_first',
          role: 'biller',
          late: true,
          sentence: 'Bill the first insurer for what would be billed now, then enter what it decided.',
        })
      }
      return info(`The first insurer decided on ${answer.decidedOn}: bill Medicare second, with its adjustments.`)
    },
  },
})
