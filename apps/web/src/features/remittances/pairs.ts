import type { RemittanceClaim } from '@keepwell/contract'

/**
 * Where a payment takes an earlier decision back and decides anew, both lines belong together: the other
 * lines about the same claim, by line id. Lines of unknown claims pair by the number that the payer names.
 */
export function pairsOf(lines: readonly RemittanceClaim[]): ReadonlyMap<string, readonly RemittanceClaim[]> {
  const about = (line: RemittanceClaim) => line.claim?.id ?? line.controlNumber
  const pairs = new Map<string, readonly RemittanceClaim[]>()
  for (const line of lines) {
    const others = lines.filter((other) => other.id !== line.id && about(other) === about(line))
    if ([line, ...others].some(({ kind }) => kind === 'reversal')) pairs.set(line.id, others)
  }
  return pairs
}

export type Standing = 'reversal' | 'unmatched' | 'unpaid' | 'less' | 'more' | 'as_expected' | 'unknown'

/** Where one line of a payment stands against what was expected of it. */
export function standingOf(line: Pick<RemittanceClaim, 'kind' | 'claim' | 'paidCents' | 'differenceCents'>): Standing {
  if (line.kind === 'reversal') return 'reversal'
  if (line.claim === null) return 'unmatched'
  if (line.differenceCents === null) return line.paidCents === 0 ? 'unpaid' : 'unknown'
  if (line.differenceCents === 0) return 'as_expected'
  if (line.paidCents === 0) return 'unpaid'
  return line.differenceCents < 0 ? 'less' : 'more'
}
