import { claimStatuses } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { type CaseFacts, wayOfCase } from './claim-cases.ts'

const facts: CaseFacts = { billable: true, standing: null, acceptsReplacement: false }
const standing = (status: (typeof claimStatuses)[number], payerClaimNumber: string | null = '22') => ({
  ...facts,
  standing: { status, payerClaimNumber },
})

test('a month without a claim gets its first one, and what may not be billed gets none', () => {
  expect(wayOfCase(facts)).toEqual({ way: 'first' })
  expect(wayOfCase({ ...facts, billable: false })).toHaveProperty('whyNot')
})

test('what the payer does not have is made anew in its place', () => {
  expect(wayOfCase(standing('ready'))).toEqual({ way: 'instead' })
  expect(wayOfCase(standing('rejected'))).toEqual({ way: 'instead' })
})

test('no claim goes beside one that the payer has; it is replaced only where the payer takes replacements', () => {
  const withPayer = claimStatuses.filter((status) => !['ready', 'rejected', 'withdrawn', 'replaced'].includes(status))
  for (const status of withPayer)
    expect([status, wayOfCase(standing(status))]).toEqual([status, { whyNot: expect.any(String) }])
  for (const status of ['paid', 'denied', 'underpaid', 'reversed'] as const) {
    expect(wayOfCase({ ...standing(status), acceptsReplacement: true })).toEqual({ way: 'replacement' })
    expect(wayOfCase({ ...standing(status, null), acceptsReplacement: true })).toHaveProperty('whyNot')
  }
})
