import { centsOf, elementName } from '../read/reading.ts'
import { element, type Segment } from '../segments.ts'
import type { Reporter } from './reporting.ts'

/** Says that an amount is none in dollars and whole cents: no sum that it belongs to can be checked. */
export function checkAmount(segment: Segment, position: number, loop: string, report: Reporter): void {
  if (segment.isEmpty(position) || centsOf(segment, position) !== null) return
  const at = elementName(segment, position)
  const message = `${at} is "${element(segment, position).slice(0, 40)}"; an amount has dollars and at most two digits of cents.`
  report.error(1, 'amount_not_cents', message, segment, at, loop)
}
