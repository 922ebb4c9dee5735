import { claimStatuses } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { nextOf } from './faces.ts'

test('a claim that somebody still has to do something about says what comes next; one that is over says nothing', () => {
  const silent = claimStatuses.filter((status) => nextOf({ status, openDenials: 0 }) === null)
  expect(silent.toSorted()).toEqual(['denied', 'paid', 'replaced', 'underpaid', 'withdrawn'])
})

test('an open denial comes before the status: a paid claim with one short line is not over', () => {
  expect(nextOf({ status: 'paid', openDenials: 1 })).toBe('Work the denial')
  expect(nextOf({ status: 'denied', openDenials: 2 })).toBe('Work the denial')
})
