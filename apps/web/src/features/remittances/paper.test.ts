import type { Claim } from '@keepwell/contract'
import { describe, expect, test } from 'vitest'
import { emptyLine, expectedLine, leftOf, sentLine } from './paper.ts'

const line: Claim['lines'][number] = {
  id: 'line',
  number: 1,
  code: '99490',
  modifiers: [],
  units: 1,
  chargeCents: 11_186,
  expectedAllowedCents: 7457,
  expectedMedicareCents: 5847,
  expectedPatientCents: 1491,
  paidCents: 0,
  adjustments: [],
  pointers: [1],
  lineControl: 'KW1-1',
}

describe('a line typed from a paper notice', () => {
  test('as expected balances to the cent, and is sent with a reason for each amount', () => {
    const typed = expectedLine(line)
    expect(leftOf(line, typed)).toBe(0)
    expect(sentLine('line', { ...typed, remarks: 'ma01, n782' })).toEqual({
      lineId: 'line',
      paidCents: 5847,
      adjustments: [
        { group: 'CO', code: '45', amountCents: 3729 },
        { group: 'CO', code: '253', amountCents: 119 },
        { group: 'PR', code: '2', amountCents: 1491 },
      ],
      remarks: ['MA01', 'N782'],
    })
  })

  test('says what is left of the charge, and nothing while an amount cannot be read', () => {
    expect(leftOf(line, { ...emptyLine, paid: '58.47' })).toBe(11_186 - 5847)
    expect(leftOf(line, { ...emptyLine, paid: 'fifty' })).toBeNull()
    expect(expectedLine({ ...line, expectedAllowedCents: null })).toEqual(emptyLine)
  })
})
