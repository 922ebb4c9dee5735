import { expect, test } from 'vitest'
import { untilText, whyNotSend } from './use-batch-deeds.ts'

const now = Date.parse('2026-12-01T14:00:00.000Z')

test('the window is counted in minutes and seconds, and in hours when it is long', () => {
  expect(untilText('2026-12-01T14:14:32.000Z', now)).toBe('14:32')
  expect(untilText('2026-12-01T14:00:04.200Z', now)).toBe('0:05')
  expect(untilText('2026-12-01T15:02:03.000Z', now)).toBe('1:02:03')
})

test('a window that is over stands at zero', () => {
  expect(untilText('2026-12-01T13:59:00.000Z', now)).toBe('0:00')
})

test('Lena sends what waits and what was not delivered, and nothing twice', () => {
  expect(whyNotSend({ status: 'waiting' })).toBeNull()
  expect(whyNotSend({ status: 'failed' })).toBeNull()
  expect(whyNotSend({ status: 'sent' })).toBe('The batch has left.')
  expect(whyNotSend({ status: 'undone' })).toBe('The batch was taken back.')
})
