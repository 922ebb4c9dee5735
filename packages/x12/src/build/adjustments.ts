import { formatCents, formatQuantity } from '../money.ts'
import type { SegmentWriter } from '../writer.ts'

/** One CAS a group, in the order in which the groups come, six reasons each. */
export function writeAdjustments(
  writer: SegmentWriter,
  adjustments: readonly {
    readonly group: string
    readonly code: string
    readonly amountCents: number
    readonly quantity?: number
  }[],
): void {
  for (const [group, own] of Map.groupBy(adjustments, (one) => one.group)) {
    for (let start = 0; start < own.length; start += 6) {
      const triplets = own
        .slice(start, start + 6)
        .flatMap((one) => [
          one.code,
          formatCents(one.amountCents),
          one.quantity === undefined ? '' : formatQuantity(one.quantity),
        ])
      writer.segment('CAS', group, ...triplets)
    }
  }
}
