import type { Finding } from '../findings.ts'

export interface ClaimCheckOptions {
  /** 'YYYY-MM-DD': dates of service after it are errors; without it the batch's own date is used. */
  readonly today?: string
  /** True when the payer takes frequency 7 and 8; Medicare Part B never does. */
  readonly acceptsReplacement?: boolean
}

/** Checks every 837P in a text: SNIP 1 to 4, the codes whose form can be told, and Medicare's rules. Never throws. */
export function check837P(text: string, options: ClaimCheckOptions = {}): readonly Finding[] {
  throw new Error(text + options.today)
}
