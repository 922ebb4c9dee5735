import { expect, test } from 'vitest'
import { capacityBar, capacityFace } from './capacity.ts'

test('June sees whose time does not suffice, and by how much', () => {
  expect(capacityFace({ neededMinutes: 300, availableMinutes: 240 })).toEqual({
    state: 'stop',
    word: '60 min too few',
  })
  expect(capacityFace({ neededMinutes: 200, availableMinutes: 240 }).word).toBe('Tight')
  expect(capacityFace({ neededMinutes: 192, availableMinutes: 240 }).word).toBe('Enough time')
  expect(capacityFace({ neededMinutes: 0, availableMinutes: 0 }).word).toBe('All at 20')
})

test('the bar is measured against the longer of the two, and never divides by nothing', () => {
  expect(capacityBar({ neededMinutes: 300, availableMinutes: 150 })).toEqual({ needed: 100, available: 50 })
  expect(capacityBar({ neededMinutes: 0, availableMinutes: 0 })).toEqual({ needed: 0, available: 0 })
})
