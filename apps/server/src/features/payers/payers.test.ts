import { noTerms, type PayerTerms } from '@keepwell/contract'
import { expect, test } from 'vitest'
import { answerOf, caseWords, type PastClaim, reasonsOf, ruleOn, shareOf, tryOn, wordsOf } from './payers.ts'

const known: PayerTerms = { ...noTerms, pays: true, authorizationFor: [] }
const claim = { codes: ['99490', '99439'], serviceOn: '2026-10-31', sentOn: '2026-11-03', authorized: [] }
const codesOf = (terms: PayerTerms, change: Partial<typeof claim> | { authorized: string[] } = {}) =>
  reasonsOf(terms, { ...claim, ...change }, 'Acme').map(({ code }) => code)

test('what is not known stops nothing and lets nothing go; only a known no stops', () => {
  expect(codesOf(noTerms)).toEqual([])
  expect(answerOf(noTerms, [])).toBe('unknown')
  expect(answerOf({ ...known, authorizationFor: null }, [])).toBe('unknown')
  expect(answerOf({ ...known, pays: null }, [])).toBe('unknown')
  expect(answerOf(known, [])).toBe('go')
  expect(codesOf({ ...noTerms, pays: false })).toEqual(['payer_does_not_pay'])
})

test('an authorization is missed for the codes that the claim bills and that have none', () => {
  const terms = { ...known, authorizationFor: ['99490', '99487'] }
  expect(reasonsOf(terms, claim, 'Acme')[0]?.sentence).toBe(
    'Acme authorizes 99490 before, and no authorization is noted.',
  )
  expect(codesOf(terms, { authorized: ['99490'] })).toEqual([])
})

test('the last day of the filing limit is in time, the day after is not', () => {
  const terms = { ...known, filingDays: 90 }
  expect(codesOf(terms, { sentOn: '2027-01-29' })).toEqual([])
  expect(codesOf(terms, { sentOn: '2027-01-30' })).toEqual(['payer_filing_over'])
})

test('a share is a copay, or a percentage rounded half up of what is allowed', () => {
  expect(shareOf({ ...known, share: { kind: 'copay', cents: 1500 } }, null)).toBe(1500)
  const fifth: PayerTerms = { ...known, share: { kind: 'coinsurance', percent: 20 } }
  expect(shareOf(fifth, 6043)).toBe(1209)
  expect(shareOf({ ...known, share: { kind: 'coinsurance', percent: 50 } }, 5)).toBe(3)
  expect(shareOf(fifth, null)).toBeNull()
  expect(shareOf(known, 6043)).toBeNull()
  const given = { serviceOn: '2026-10-31', allowedCents: 6043, patientCents: 1500 }
  expect(caseWords(fifth, given)).toEqual([
    'Its filing limit is not known.',
    'The patient owes $12.09.',
    'The payer left $15.00 to the patient, which differs.',
  ])
  expect(wordsOf(noTerms).every((words) => words.includes('not known'))).toBe(true)
})

test('the rule in force is the one whose day came last', () => {
  const rules = [{ fromOn: '2026-11-01' }, { fromOn: '2026-01-01' }]
  expect(ruleOn(rules, '2026-10-31')).toBe(rules[1])
  expect(ruleOn(rules, '2026-11-01')).toBe(rules[0])
  expect(ruleOn(rules, '2025-12-31')).toBeUndefined()
})

const past = (change: Partial<PastClaim>): PastClaim => ({
  ...claim,
  id: 'one',
  patient: { id: 'p', name: 'Mrs Diaz' },
  month: '2026-10',
  chargeCents: 9000,
  paidCents: 4740,
  did: 'paid',
  qmb: false,
  lines: 1,
  allowedCents: 6043,
  shareCents: 1209,
  ...change,
})

test('past claims: stopped and denied agrees, let go and denied does not, what is undecided or unsaid is not compared', () => {
  const claims = [
    past({ id: 'paid' }),
    past({ id: 'denied', did: 'denied', paidCents: 0 }),
    past({ id: 'open', did: 'undecided', paidCents: 0 }),
    past({ id: 'qmb', qmb: true, shareCents: 0 }),
  ]
  const fifth: PayerTerms = { ...known, share: { kind: 'coinsurance', percent: 20 } }
  const { result, cases } = tryOn(fifth, claims, 'Acme')
  expect(result).toEqual({
    lookedAt: 4,
    cells: [
      { said: 'go', did: 'paid', claims: 2, chargeCents: 18_000, paidCents: 9480 },
      { said: 'go', did: 'denied', claims: 1, chargeCents: 9000, paidCents: 0 },
      { said: 'go', did: 'undecided', claims: 1, chargeCents: 9000, paidCents: 0 },
    ],
    compared: 3,
    agreed: 2,
    sharesCompared: 1,
    sharesAgreed: 1,
  })
  expect(cases[0]).toMatchObject({ claimId: 'denied', agrees: false })
  expect(tryOn({ ...known, pays: false }, claims, 'Acme').result).toMatchObject({ compared: 3, agreed: 1 })
  expect(tryOn(noTerms, claims, 'Acme').result).toMatchObject({ compared: 0, agreed: 0 })
  expect(tryOn({ ...known, share: { kind: 'copay', cents: 1208 } }, claims, 'Acme').result).toMatchObject({
    sharesCompared: 1,
    sharesAgreed: 0,
  })
})
