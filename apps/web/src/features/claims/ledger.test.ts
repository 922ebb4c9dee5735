import type { Claim } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { accountText, sumsOf } from './ledger.ts'

const entry = (id: string, ...amounts: number[]): Claim['ledger'][number] => ({
  id,
  kind: 'payment',
  memo: 'Payment of Medicare',
  bookedOn: '2026-11-20',
  postings: amounts.map((amountCents) => ({ account: 'cash', amountCents, group: null, code: null })),
})

describe('the ledger of a claim, as Lena reads it', () => {
  test('has as much on one side as on the other', () => {
    expect(sumsOf([entry('charge', 9600, -9600), entry('paid', 5120, 1280, -6400)])).toEqual({
      debitCents: 16000,
      creditCents: 16000,
      crooked: [],
    })
  })

  test('names the entry that does not add up to zero', () => {
    expect(sumsOf([entry('good', 100, -100), entry('bad', 100, -99)]).crooked).toEqual(['bad'])
  })

  test('says each account in words, an unknown one too', () => {
    expect(accountText('receivable_payer')).toBe('Owed by the payer')
    expect(accountText('some_new_account')).toBe('some new account')
  })
})
