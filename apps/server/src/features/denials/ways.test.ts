import { describe, expect, test } from 'vitest'
import { type WaysOf, waysOf } from './ways.ts'

const denial: WaysOf = {
  kind: 'denied',
  code: '97',
  remarks: [],
  appealable: true,
  nextStep: 'Drop the loser.',
  paidOn: '2026-11-03',
  serviceOn: '2026-10-31',
  today: '2026-11-10',
  claimStatus: 'denied',
  payerClaimNumber: '22000001',
  acceptsReplacement: false,
  bySupplement: false,
}
const openWays = (change: Partial<WaysOf>) =>
  waysOf({ ...denial, ...change }).flatMap(({ way, whyNot }) => (whyNot === null ? [way] : []))

describe('the ways after a denial', () => {
  test.each<[string, Partial<WaysOf>, string[]]>([
    ['a decision of Medicare: reopening or appeal, never a second claim', {}, ['reopening', 'redetermination']],
    ['a denial without a right of appeal: reopening', { appealable: false }, ['reopening']],
    ['a claim returned as unprocessable: a new claim only', { code: '16', remarks: ['MA130'] }, ['new_claim']],
    [
      'unprocessable, but a part was paid: nothing twice',
      { code: '16', remarks: ['MA130'], claimStatus: 'underpaid' },
      [],
    ],
    ['a payer that takes replacements', { acceptsReplacement: true }, ['reopening', 'redetermination', 'replacement']],
    [
      'a replacement has to name the old claim',
      { acceptsReplacement: true, payerClaimNumber: null },
      ['reopening', 'redetermination'],
    ],
    ['one that a supplement denied', { bySupplement: true, claimStatus: 'denied' }, ['new_claim']],
    ['one that a supplement paid in part', { bySupplement: true, claimStatus: 'underpaid' }, []],
    ['billed anew already', { claimStatus: 'replaced', acceptsReplacement: true }, []],
    ['on the last day of the appeal', { today: '2027-03-08' }, ['reopening', 'redetermination']],
    ['a day later', { today: '2027-03-09' }, ['reopening']],
    ['after a year', { today: '2027-11-04' }, []],
    ['paid too much', { kind: 'overpaid' }, ['reopening']],
  ])('%s', (_says, change, ways) => expect(openWays(change)).toEqual(ways))

  test('each way says its last day', () => {
    expect(waysOf(denial).map(({ byOn }) => byOn)).toEqual(['2027-11-03', '2027-03-08', '2027-10-31', '2027-10-31'])
  })
})
