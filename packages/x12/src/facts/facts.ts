import { formatCents } from '../money.ts'
import { element, type Segment } from '../segments.ts'

/** Part of what `keepwell x12 read` prints: plain values, amounts as decimal strings. */
export type Facts = Readonly<Record<string, unknown>>

/**
 * A model with every `…Cents` number replaced by a decimal string without the suffix; where the model has the amount
 * as it was written beside it, that stays. `written` tells how the file writes an amount in cents.
 */
export function amountsAsText(value: object, written?: ReadonlyMap<number, string>): Record<string, unknown> {
  const printed: Record<string, unknown> = {}
  for (const [key, one] of Object.entries(value)) {
    if (key.endsWith('Cents')) {
      const name = key.slice(0, -5)
      if (!Object.hasOwn(value, name))
        printed[name] = typeof one === 'number' ? (written?.get(one) ?? formatCents(one)) : null
    } else if (Array.isArray(one)) {
      printed[key] = one.map((part) => (isObject(part) ? amountsAsText(part, written) : part))
    } else printed[key] = isObject(one) ? amountsAsText(one, written) : one
  }
  return printed
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** The reasons of a CAS as they stand in the file. */
export function reasonsOf(
  segment: Segment,
): { group: string; code: string; amount: string; quantity: string | null }[] {
  const reasons = []
  for (let position = 2; position <= Math.min(17, segment.count); position += 3) {
    if (segment.isEmpty(position) && segment.isEmpty(position + 1)) continue
    reasons.push({
      group: element(segment, 1),
      code: element(segment, position),
      amount: element(segment, position + 1),
      quantity: textOrNull(element(segment, position + 2)),
    })
  }
  return reasons
}

export function textOrNull(text: string): string | null {
  return text === '' ? null : text
}
