import type { CoverageKind } from '@keepwell/contract'
import { isMbi, isSyntheticMbi } from '@keepwell/x12'
import { accept, type Decision, refuse } from '../../kernel/problem.ts'

/** The kinds of coverage whose number is the Medicare Beneficiary Identifier. */
export function carriesMbi(kind: string): boolean {
  return kind === 'medicare' || kind === 'medicare_part_b'
}

/**
 * The number as it is kept: a Medicare number without dashes and in its exact form, any other as typed. A clinic
 * that sends test files only may keep made-up numbers as well.
 */
export function decideMemberId(
  kind: CoverageKind,
  memberId: string | null,
  testsOnly: boolean,
): Decision<string | null> {
  if (memberId === null || !carriesMbi(kind)) return accept(memberId)
  const plain = memberId.toUpperCase().replace(/[\s-]/g, '')
  if (isMbi(plain) || (testsOnly && isSyntheticMbi(plain))) return accept(plain)
  const why =
    plain.length !== 11
      ? `A Medicare number has 11 characters; this one has ${plain.length}. Read it from the red, white and blue card.`
      : 'A Medicare number never has the letters S, L, O, I, B or Z, and some places take digits only. Read it once more from the card.'
  return refuse('invalid_input', `${why} Nothing was stored.`, [{ path: 'body.memberId', message: why }])
}

/** The number as this seat may see it. */
export function shownNumber(number: string | null, whole: boolean): string | null {
  return number === null || whole ? number : `••• ${number.slice(-4)}`
}
