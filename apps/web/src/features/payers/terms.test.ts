import { noTerms, type PayerTerms } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { centsOf, draftOf, termsOf } from './terms.ts'

const full: PayerTerms = {
  pays: true,
  share: { kind: 'copay', cents: 1510 },
  authorizationFor: ['99490', '99439'],
  filingDays: 90,
  acceptsReplacement: false,
}

test('a rule comes out of the form as it went in, and what is empty is not known', () => {
  for (const terms of [
    noTerms,
    full,
    { ...full, share: { kind: 'coinsurance' as const, percent: 20 }, authorizationFor: [] },
  ])
    expect(termsOf(draftOf(terms))).toEqual({ terms })
})

test('a share without an amount and authorization without a code say what is missing', () => {
  const draft = draftOf(noTerms)
  expect(termsOf({ ...draft, share: 'copay' })).toHaveProperty('whyNot')
  expect(termsOf({ ...draft, authorizes: 'yes' })).toHaveProperty('whyNot')
  expect(termsOf({ ...draft, authorizes: 'yes', codes: '9949' })).toHaveProperty('whyNot')
  expect(termsOf({ ...draft, authorizes: 'yes', codes: '99490, g0556' })).toMatchObject({
    terms: { authorizationFor: ['99490', 'G0556'] },
  })
  expect([centsOf(''), centsOf(19.99)]).toEqual([null, 1999])
})
