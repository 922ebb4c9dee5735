import { describe, expect, test } from 'vitest'
import { decideAsked, nextStepOf, type Standing } from './inquiries.ts'

const claim: Standing = {
  status: 'accepted',
  sentOn: '2026-11-03',
  today: '2026-11-10',
  toSupplement: false,
  staleDays: 30,
  asked: null,
  told: null,
}
const told = (codes: string[], on: string, more: Partial<NonNullable<Standing['told']>> = {}) => ({
  on,
  codes,
  decidedOn: null,
  paidCents: null,
  paymentTrace: null,
  ...more,
})
const stepOf = (change: Partial<Standing>) => nextStepOf({ ...claim, ...change })?.step ?? null

describe('the next step of a claim at the payer', () => {
  test.each<[string, Partial<Standing>, string | null]>([
    ['a week after it left: wait', {}, 'wait'],
    ['on the thirtieth day: still wait', { today: '2026-12-03' }, 'wait'],
    ['on the day after: ask', { today: '2026-12-04' }, 'ask'],
    [
      'asked yesterday: the answer is awaited',
      { today: '2026-12-06', asked: { on: '2026-12-05', answered: false } },
      'await_answer',
    ],
    [
      'asked a week ago without an answer: telephone',
      { today: '2026-12-12', asked: { on: '2026-12-05', answered: false } },
      'telephone',
    ],
    [
      'told this week that it is pending: wait',
      { today: '2026-12-06', told: told(['P2:46:PR'], '2026-12-05') },
      'wait',
    ],
    [
      'told two weeks ago that it is pending: ask again',
      { today: '2026-12-20', told: told(['P2:46:PR'], '2026-12-05') },
      'ask',
    ],
    ['told that it was paid: fetch the money', { told: told(['F1:65:PR'], '2026-11-09') }, 'fetch_payment'],
    ['told that it was denied: fetch the remittance', { told: told(['F2:1'], '2026-11-09') }, 'fetch_payment'],
    ['told that it was never had: make it ready', { told: told(['A4:35:PR'], '2026-11-09') }, 'make_ready'],
    ['told that it was refused: make it ready', { told: told(['A7:164:IL'], '2026-11-09') }, 'make_ready'],
    ['refused beside another code: the refusal wins', { told: told(['P1:20', 'A3:21'], '2026-11-09') }, 'make_ready'],
    ['asked for records: send them', { told: told(['R4:297'], '2026-11-09') }, 'answer_payer'],
    ['the patient is asked', { told: told(['P4:1'], '2026-11-09') }, 'answer_payer'],
    ['no data: telephone', { told: told(['D0:0'], '2026-11-09') }, 'telephone'],
    [
      'asked anew after an answer: the new one is awaited',
      {
        today: '2026-12-20',
        told: told(['P2:46'], '2026-12-05'),
        asked: { on: '2026-12-19', answered: false },
      },
      'await_answer',
    ],
    ['decided: nothing', { status: 'paid' }, null],
    ['never sent: nothing', { status: 'ready', sentOn: null }, null],
  ])('%s', (_says, change, step) => expect(stepOf(change)).toBe(step))

  test('says when it was decided and under which number it was paid', () => {
    const paid = told(['F1:65:PR'], '2026-11-09', {
      decidedOn: '2026-11-06',
      paidCents: 5847,
      paymentTrace: 'EFT000000001A',
    })
    expect(nextStepOf({ ...claim, told: paid })?.sentence).toContain(
      'on Fri 6 Nov 2026 and paid under number EFT000000001A',
    )
  })
})

test('who waits for a supplement telephones: a 276 goes to Medicare', () => {
  expect(stepOf({ toSupplement: true })).toBe('wait')
  expect(stepOf({ toSupplement: true, today: '2026-12-20' })).toBe('telephone')
  const bill = { id: 'a', controlNumber: 'KW0000001', status: 'sent' as const, followsClaimId: 'b' }
  expect(decideAsked(['a'], [bill])).toMatchObject({ ok: false, problem: { code: 'claim_not_ready' } })
})

test('a claim that the payer does not have, or has decided, is not asked about', () => {
  const ready = { id: 'a', controlNumber: 'KW0000001', status: 'ready' as const, followsClaimId: null }
  const paid = { id: 'b', controlNumber: 'KW0000002', status: 'paid' as const, followsClaimId: null }
  expect(decideAsked(['a', 'b'], [ready, paid])).toMatchObject({
    ok: false,
    problem: { code: 'claim_not_ready', faults: [{ path: 'KW0000001' }, { path: 'KW0000002' }] },
  })
  expect(decideAsked(['a', 'c'], [{ ...ready, status: 'sent' }])).toMatchObject({
    ok: false,
    problem: { code: 'not_found' },
  })
})
