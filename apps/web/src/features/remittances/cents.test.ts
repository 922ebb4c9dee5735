import { describe, expect, test } from 'vitest'
import { centsOf, centsText } from './cents.ts'

describe('an amount that somebody types', () => {
  test.each([
    ['58.47', 5847],
    ['$1,234.5', 123_450],
    ['12', 1200],
    ['-5.84', -584],
    ['0', 0],
    ['.5', null],
    ['12.345', null],
    ['twelve', null],
    ['', null],
  ])('%s', (text, cents) => expect(centsOf(text)).toBe(cents))

  test('comes back as it was', () => {
    for (const cents of [0, 5, 100, 5847, -584, 123_456_789]) expect(centsOf(centsText(cents))).toBe(cents)
  })
})
