import fc from 'fast-check'
import { expect, test } from 'vitest'
import { steadySkew } from '../api/session.tsx'
import { runningSeconds } from './running-seconds.ts'

/** As the server credits a timer: full seconds of the clock since the first one after its start. */
const credited = (startedAt: number, at: number) => Math.floor(at / 1000) - Math.ceil(startedAt / 1000)

test('an answer late in a second takes no shown second back', () => {
  expect(runningSeconds(30, 1_000_000, 1_002_850)).toBe(32)
  expect(runningSeconds(32, 1_002_900, 1_003_000)).toBe(33)
  expect(runningSeconds(31, 1_001_900, 1_002_850)).toBe(32)
})

test('Rosa sees her seconds go on, over answers quick and slow and over reloads, never back and never more than counts', () => {
  const delays = fc.integer({ min: 0, max: 8000 })
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 40_000 }),
    reload: fc.boolean(),
    /** To the server and back, of the session and of the timer. */
    session: fc.tuple(delays, delays),
    timer: fc.tuple(delays, delays),
  })
  const skews = fc.integer({ min: -5_000_000, max: 5_000_000 })
  fc.assert(
    fc.property(skews, fc.integer({ min: 0, max: 999 }), fc.array(step, { maxLength: 12 }), (skew, phase, steps) => {
      const startedAt = 1_000_000_000 + phase
      // The true time is the server's; the browser's clock is off by the skew.
      let now = startedAt + 1000
      let known: number | null = null
      let shown = 0
      let quickest = Number.POSITIVE_INFINITY
      for (const { wait, reload, session, timer } of steps) {
        now += wait
        if (reload) {
          known = null
          quickest = Number.POSITIVE_INFINITY
        }
        const sentAt = now - skew
        const serverAt = now + session[0]
        now = serverAt + session[1]
        known = steadySkew(known, { sentAt, serverAt, receivedAt: now - skew })
        quickest = Math.min(quickest, session[1])
        const asOf = now + timer[0]
        now = asOf + timer[1]
        const next = runningSeconds(credited(startedAt, asOf), asOf, now - skew + known)
        expect(next).toBeGreaterThanOrEqual(shown)
        expect(next).toBeLessThanOrEqual(credited(startedAt, now))
        expect(next).toBeGreaterThanOrEqual(credited(startedAt, now - quickest))
        shown = next
      }
    }),
  )
})
