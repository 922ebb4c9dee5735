import { STATUS_CODES } from '@keepwell/x12'
import { expect, test } from 'vitest'
import { fixesOf } from './fixes.ts'

test.each([
  ['A7:164:IL', 'coverage', 'The member id (insured)'],
  ['A7:562:82', 'staff', 'The NPI (rendering provider)'],
  ['A7:562:85', 'clinic', 'The NPI (billing provider)'],
  ['A7:158:QC', 'patient', 'The birth date (patient)'],
  ['A8:254', 'month', 'The principal diagnosis'],
  ['A3:746', 'payer', 'The claim repeats one that was sent'],
  ['NM1:8', 'payer', 'The file itself was refused, not what one claim says'],
  ['TA1:006', 'payer', 'The file itself was refused, not what one claim says'],
])('%s is mended at the %s', (code, place, meaning) => {
  expect(fixesOf([code])).toMatchObject([{ code, place, meaning }])
})

test('every status that we have words for says what to do', () => {
  for (const [status, { action }] of Object.entries(STATUS_CODES)) {
    expect(fixesOf([`A7:${status}:IL`])[0]).toMatchObject({ action })
    expect(action).toMatch(/\w/)
  }
})
