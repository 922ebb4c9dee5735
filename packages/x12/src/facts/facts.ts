import { formatCents } from '../money.ts'

/** Part of what `keepwell x12 read` prints: plain values, amounts as decimal strings. */
export type Facts = Readonly<Record<string, unknown>>

/**
 * A model with every `…Cents` number replaced by a decimal string without the suffix; where the model has the amount
 * as it was written beside it, that stays.
 */
export function amountsAsText(value: object): Record<string, unknown> {
  const printed: Record<string, unknown> = {}
  for (const [key, one] of Object.entries(value)) {
    if (key.endsWith('Cents')) {
      const name = key.slice(0, -5)
      if (!Object.hasOwn(value, name)) printed[name] = typeof one === 'number' ? formatCents(one) : null
    } else if (Array.isArray(one)) printed[key] = one.map((part) => (isObject(part) ? amountsAsText(part) : part))
    else printed[key] = isObject(one) ? amountsAsText(one) : one
  }
  return printed
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

export function textOrNull(text: string): string | null {
  return text === '' ? null : text
}
