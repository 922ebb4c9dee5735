import { type Finding, finding, type Severity, type SnipLevel } from '../findings.ts'
import type { Segment } from '../segments.ts'

/** Takes the findings of the rules over one claim set, each with its segment. */
export interface Reporter {
  error(level: SnipLevel, code: string, message: string, at: Segment, element: string | null, loop: string): void
  warning(level: SnipLevel, code: string, message: string, at: Segment, element: string | null, loop: string): void
}

/** Makes a reporter that hands each finding to `found`. */
export function reporterFor(found: (one: Finding) => void, interchange: string, set: string): Reporter {
  const add = (
    severity: Severity,
    level: SnipLevel,
    code: string,
    message: string,
    at: Segment,
    element: string | null,
    loop: string,
  ): void => {
    found(finding(level, severity, code, message, { interchange, set, segment: at.position, element, loop }))
  }
  return {
    error: (level, code, message, at, element, loop) => add('error', level, code, message, at, element, loop),
    warning: (level, code, message, at, element, loop) => add('warning', level, code, message, at, element, loop),
  }
}
