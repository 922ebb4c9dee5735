import { characterCodes } from './character-codes.ts'

/** More digits than this before the point could not be exact. */
const MOST_DIGITS = 13

/**
 * Reads an X12 decimal amount as integer cents. Null when it is no number, is not exact in cents, or is
 * too large to be exact; an empty text is null too, so that absent and zero stay apart.
 */
export function parseCents(text: string): number | null {
  return parseCentsAt(characterCodes(text), 0, text.length)
}

/** The same for a part of a text, by the codes of its characters. */
export function parseCentsAt(codes: Uint8Array, from: number, to: number): number | null {
  const negative = from < to && codes[from] === 45
  const first = negative ? from + 1 : from
  let at = first
  let whole = 0
  for (; at < to; at++) {
    const digit = (codes[at] ?? 0) - 48
    if (digit < 0 || digit > 9) break
    whole = whole * 10 + digit
  }
  const digits = at - first
  let cents = 0
  if (at < to) {
    if (codes[at] !== 46 || (digits === 0 && at + 1 === to)) return null
    // Tenths, then hundredths; what stands behind them must be 0.
    for (let place = 10; ++at < to; place = place === 10 ? 1 : 0) {
      const digit = (codes[at] ?? 0) - 48
      if (digit < 0 || digit > 9 || (place === 0 && digit > 0)) return null
      cents += digit * place
    }
  } else if (digits === 0) return null
  if (digits > MOST_DIGITS) return null
  const sum = whole * 100 + cents
  return negative && sum !== 0 ? -sum : sum
}

/** Prints integer cents as X12 wants amounts: 92, 92.5, 92.55, -0.96; never 92.00. */
export function formatCents(cents: number): string {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`Amounts are whole cents, not ${cents}.`)
  const sign = cents < 0 ? '-' : ''
  const absolute = Math.abs(cents)
  const rest = absolute % 100
  const whole = (absolute - rest) / 100
  if (rest === 0) return `${sign}${whole}`
  const fraction = rest < 10 ? `0${rest}` : `${rest}`
  return `${sign}${whole}.${fraction.endsWith('0') ? fraction.slice(0, 1) : fraction}`
}

/** Prints cents for a sentence a person reads: $1,234.50 or -$3.00. */
export function dollars(cents: number): string {
  const absolute = Math.abs(cents)
  const whole = Math.floor(absolute / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  return `${cents < 0 ? '-' : ''}$${whole}.${(absolute % 100).toString().padStart(2, '0')}`
}

/** Adds decimal texts and keeps the longest fraction that was written, so that 34.00 + 0 prints 34.00. */
export class DecimalSum {
  #cents = 0
  #places = 0

  /** A text that is no amount adds nothing. */
  add(amount: string): void {
    this.#cents += parseCents(amount) ?? 0
    const point = amount.indexOf('.')
    if (point >= 0) this.#places = Math.max(this.#places, Math.min(2, amount.length - point - 1))
  }

  toString(): string {
    const sign = this.#cents < 0 ? '-' : ''
    const absolute = Math.abs(this.#cents)
    const whole = Math.floor(absolute / 100)
    const fraction = (absolute % 100).toString().padStart(2, '0')
    const needed = fraction === '00' ? 0 : fraction.endsWith('0') ? 1 : 2
    const shown = Math.max(this.#places, needed)
    return shown === 0 ? `${sign}${whole}` : `${sign}${whole}.${fraction.slice(0, shown)}`
  }
}

/** The sum of decimal texts, printed as DecimalSum does. */
export function sumDecimals(amounts: readonly string[]): string {
  const sum = new DecimalSum()
  for (const amount of amounts) sum.add(amount)
  return sum.toString()
}

const QUANTITY = /^-?(?:\d{1,12}(?:\.\d{0,4})?|\.\d{1,4})$/

/** Reads a unit count; null when it is not a plain decimal number. */
export function parseQuantity(text: string): number | null {
  return QUANTITY.test(text) ? Number(text) : null
}

/** Prints a unit count without exponent or trailing zeros. */
export function formatQuantity(quantity: number): string {
  if (Number.isInteger(quantity) && quantity > 0 && quantity < 1e12) return String(quantity)
  if (!Number.isFinite(quantity) || Math.abs(quantity) >= 1e12) {
    throw new RangeError(`A unit count is a plain number, not ${quantity}.`)
  }
  const text = quantity.toFixed(4).replace(/\.?0+$/, '')
  return text === '-0' ? '0' : text
}
