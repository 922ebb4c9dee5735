import { expect, test } from 'vitest'
import { invitationIn, safeNext } from './addresses.ts'

test('after signing in Rosa lands where she wanted to go, with her filter', () => {
  expect(safeNext('/patients?enrollment=enrolled')).toBe('/patients?enrollment=enrolled')
})

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/x',
  null,
])('a link that leads elsewhere ends on the start page: %s', (next) => {
  expect(safeNext(next)).toBe('/')
})

test('an invitation is read from behind the hash before the search', () => {
  expect(invitationIn('?token=old', '#token=new')).toBe('new')
  expect(invitationIn('?token=only', '')).toBe('only')
  expect(invitationIn('', '')).toBe('')
})
