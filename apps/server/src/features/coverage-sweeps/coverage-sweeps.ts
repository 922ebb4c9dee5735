import { addDays, lastDayOf } from '@keepwell/rules'

/** How often one patient is asked about in a sweep while the service gives no answer at all. */
export const triesAtMost = 3
/** How long the sweep waits for a service that does not answer, in milliseconds. */
export const pauseMilliseconds = 10 * 60_000
/** How long one question may take before another worker may put it, in milliseconds. */
export const leaseMilliseconds = 2 * 60_000

/** The day from which a month's sweep begins by itself; null where the clinic lets it begin by hand only. */
export function beginsOn(month: string, daysBeforeEnd: number): string | null {
  return daysBeforeEnd === 0 ? null : addDays(lastDayOf(month), 1 - daysBeforeEnd)
}

/** One patient without an answer holds up nobody; two in a row are a service that does not answer. */
export function pausesAfter(silentInARow: number): boolean {
  return silentInARow >= 2
}
