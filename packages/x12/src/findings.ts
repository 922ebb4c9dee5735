/**
 * The SNIP level of a finding: 1 syntax, 2 implementation guide, 3 balancing, 4 between segments,
 * 5 external code lists, 6 line of service, 7 the payer's own rules.
 */
export type SnipLevel = 1 | 2 | 3 | 4 | 5 | 6 | 7

export type Severity = 'error' | 'warning'

/** One thing wrong in an X12 file, with its place. */
export interface Finding {
  readonly level: SnipLevel
  readonly severity: Severity
  /** Stable snake_case code, for programs. */
  readonly code: string
  /** One plain sentence, for a person. */
  readonly message: string
  /** ISA13 of the interchange, or null before the first ISA. */
  readonly interchange: string | null
  /** ST02 of the transaction set, or null outside of one. */
  readonly set: string | null
  /** Counted from ST = 1 inside a set (as a 999 counts), from ISA = 1 outside of one. */
  readonly segment: number | null
  /** The element, such as `CLM02` or `SV101-2`. */
  readonly element: string | null
  /** The loop of the implementation guide, such as `2300`. */
  readonly loop: string | null
}

/** Where a finding is; what is not named is null. */
export interface Place {
  readonly interchange?: string | null
  readonly set?: string | null
  readonly segment?: number | null
  readonly element?: string | null
  readonly loop?: string | null
}

/** Makes a finding; the place's absent parts become null. */
export function finding(
  level: SnipLevel,
  severity: Severity,
  code: string,
  message: string,
  place: Place = {},
): Finding {
  return {
    level,
    severity,
    code,
    message,
    interchange: place.interchange ?? null,
    set: place.set ?? null,
    segment: place.segment ?? null,
    element: place.element ?? null,
    loop: place.loop ?? null,
  }
}

/** True when at least one finding is an error. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((one) => one.severity === 'error')
}
