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
  const groups = new Set<string>()
  for (const { group } of adjustments) groups.add(group)
  for (const group of groups) {
    let elements: string[] = []
    for (const one of adjustments) {
      if (one.group !== group) continue
      elements.push(
        one.code,
        formatCents(one.amountCents),
        one.quantity === undefined ? '' : formatQuantity(one.quantity),
      )
      if (elements.length < ELEMENTS_OF_SIX) continue
      writer.segment('CAS', group, ...elements)
      elements = []
    }
    if (elements.length > 0) writer.segment('CAS', group, ...elements)
  }
}

/** Reason, amount and quantity of six adjustments. */
const ELEMENTS_OF_SIX = 18
