import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Interval, subtract, totalMs, unionOf } from '@keepwell/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { creditOf } from '../apps/server/src/features/minutes/minutes.ts'
import { runs } from '../packages/rules/test/support.ts'
import { propertyFiles } from './torture-files.ts'

const START = Date.parse('2026-11-03T14:00:00Z')
const BEAT_MS = 15_000
const SILENCE_SECONDS = 45

describe('the properties of the rule book and of time', () => {
  test('are in the torture run, PROP-01 to PROP-15', () => {
    const text = propertyFiles.map((file) => readFileSync(join(import.meta.dirname, '..', file), 'utf8')).join('\n')
    const missing = Array.from({ length: 15 }, (_, at) => `PROP-${String(at + 1).padStart(2, '0')}`).filter(
      (name) => !new RegExp(`(test|describe)\\('${name}:`).test(text),
    )
    expect(missing).toEqual([])
  })

  test('PROP-15: heartbeats lost, doubled or out of order credit only time that Rosa worked, and all of it but 15 seconds a gap', () => {
    const stretch = fc.record({
      workSeconds: fc.integer({ min: 1, max: 600 }),
      awaySeconds: fc.integer({ min: SILENCE_SECONDS + 1, max: 600 }),
    })
    // A late beat may come after the next ones; no beat leaves the page after the work has ended.
    const beat = fc.record({ copies: fc.constantFrom(0, 1, 1, 2), lateMs: fc.integer({ min: 0, max: 44_000 }) })
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 4 }), fc.infiniteStream(beat), (stretches, beats) => {
        const worked: Interval[] = []
        const credited: Interval[] = []
        let allowedMs = 0
        let from = START
        for (const { workSeconds, awaySeconds } of stretches) {
          const until = from + workSeconds * 1000
          worked.push({ startMs: from, endMs: until })
          const arrivals: number[] = []
          for (let sent = from + BEAT_MS; sent <= until; sent += BEAT_MS) {
            const { copies, lateMs } = beats.next().value
            for (let copy = 0; copy < copies; copy += 1) arrivals.push(Math.min(until, sent + lateMs * (copy + 1)))
          }
          let timer = { startedAt: new Date(from), heartbeatAt: new Date(from), gapSeconds: SILENCE_SECONDS }
          for (const arrival of arrivals.sort((a, b) => a - b)) {
            const { gap, ...credit } = creditOf(timer, new Date(arrival))
            if (gap === null) {
              timer.heartbeatAt = new Date(arrival)
              continue
            }
            // The silence was too long: what was heard before it is kept, and the clock starts anew.
            credited.push(credit)
            allowedMs += gap.endMs - gap.startMs
            timer = { startedAt: new Date(arrival), heartbeatAt: new Date(arrival), gapSeconds: SILENCE_SECONDS }
          }
          // What no beat of hers told after the last one; with every beat on time it is less than 15 seconds.
          allowedMs += Math.max(BEAT_MS, until - timer.heartbeatAt.getTime())
          from = until + awaySeconds * 1000
          const { gap: _gap, ...last } = creditOf(timer, new Date(from))
          credited.push(last)
        }
        const kept = unionOf(credited)
        expect(totalMs(subtract(kept, worked))).toBe(0)
        expect(totalMs(worked) - totalMs(kept)).toBeLessThanOrEqual(allowedMs)
      }),
      runs(300),
    )
  })

  test('PROP-15: with every heartbeat heard, a stretch lacks less than 15 seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3600 }), (workSeconds) => {
        const until = START + workSeconds * 1000
        const heard = START + Math.floor((until - START) / BEAT_MS) * BEAT_MS
        const timer = { startedAt: new Date(START), heartbeatAt: new Date(heard), gapSeconds: SILENCE_SECONDS }
        const credit = creditOf(timer, new Date(until + (SILENCE_SECONDS + 1) * 1000))
        expect(until - credit.endMs).toBeGreaterThanOrEqual(0)
        expect(until - credit.endMs).toBeLessThan(BEAT_MS)
      }),
      runs(300),
    )
  })
})
