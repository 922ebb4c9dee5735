import { describe, expect, test } from 'vitest'
import { instantIn, leftOutText, wallClockOf } from './words.ts'

describe("a time on the clinic's wall", () => {
  test('becomes the instant in its zone, winter and summer', () => {
    expect(instantIn('2026-11-03', '09:12', 'America/New_York')).toBe('2026-11-03T14:12:00.000Z')
    expect(instantIn('2026-07-03', '09:12', 'America/New_York')).toBe('2026-07-03T13:12:00.000Z')
  })
  test('that comes twice on 1 November is the first of the two; one that the clocks jump over moves on', () => {
    expect(instantIn('2026-11-01', '01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
    expect(instantIn('2026-03-08', '02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
  })
  test('that is none is nothing', () => {
    expect(instantIn('2026-11-03', '', 'America/New_York')).toBeNull()
  })
  test('and back', () => {
    expect(wallClockOf('2026-11-03T14:12:30.000Z', 'America/New_York')).toEqual({
      day: '2026-11-03',
      time: '09:12:30',
    })
  })
})

test('what was left out is told with its seconds, short', () => {
  const voicemail = {
    reason: 'activity_not_countable',
    words: 'Voicemail left: Leaving a message is not care.',
    seconds: 65,
  }
  expect(leftOutText([voicemail])).toBe('voicemail left')
  expect(leftOutText([voicemail, { reason: 'before_consent', words: 'Before consent was given', seconds: 300 }])).toBe(
    '1:05 voicemail left, 5:00 before consent was given',
  )
})
