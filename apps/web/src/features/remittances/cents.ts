/** The cents of an amount as people write it, such as `1,234.50` or `$12`; null where it is none. */
export function centsOf(text: string): number | null {
  const plain = text.trim().replace(/^\$/, '').replaceAll(',', '')
  const parts = /^(-?)(\d{1,7})(?:\.(\d{1,2}))?$/.exec(plain)
  if (parts === null) return null
  const cents = Number(parts[2]) * 100 + Number((parts[3] ?? '').padEnd(2, '0'))
  return parts[1] === '-' && cents !== 0 ? -cents : cents
}

/** `1234.50`, for a field that somebody changes. */
export function centsText(cents: number): string {
  return `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
}
