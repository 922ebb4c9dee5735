/**
 * What a timer has run at an instant, in whole seconds, from what the server said it had run at another. The server credits
 * full seconds of the clock, so these are counted too: then no answer of the server takes a shown second back.
 */
export function runningSeconds(seconds: number, asOfMs: number, nowMs: number): number {
  return seconds + Math.max(0, Math.floor(nowMs / 1000) - Math.floor(asOfMs / 1000))
}
