import { expect, test } from 'vitest'
import { deadlineFace } from './deadline.ts'

test('Lena sees a deadline grow urgent, pass, and never guesses one', () => {
  expect(deadlineFace({ daysLeft: 118 })).toEqual({ state: 'neutral', word: '118 days left' })
  expect(deadlineFace({ daysLeft: 45 }).state).toBe('attention')
  expect(deadlineFace({ daysLeft: 1 })).toEqual({ state: 'stop', word: '1 day left' })
  expect(deadlineFace({ daysLeft: 0 }).word).toBe('Today')
  expect(deadlineFace({ daysLeft: -3 }).word).toBe('3 days too late')
  expect(deadlineFace({ daysLeft: null })).toEqual({ state: 'neutral', word: 'No deadline' })
})
