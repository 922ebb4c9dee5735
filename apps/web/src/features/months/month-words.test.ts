import { describe, expect, test } from 'vitest'
import { codesText, dayAfter, daysBetween, monthAfter, ownerInSentence, plain, standingText } from './month-words.ts'

describe('the words of the month board', () => {
  test('codes stand with their units only where there are several', () => {
    expect(
      codesText([
        { code: '99490', units: 1 },
        { code: '99439', units: 2 },
      ]),
    ).toBe('99490 + 99439 ×2')
  })

  test('months and days run over the ends of years and months', () => {
    expect(monthAfter('2026-01', -1)).toBe('2025-12')
    expect(monthAfter('2026-12', 1)).toBe('2027-01')
    expect(dayAfter('2026-12-31', 2)).toBe('2027-01-02')
    expect(daysBetween('2026-10-31', '2026-11-03')).toBe(3)
  })

  test('the rule book’s days are written as a person writes them', () => {
    expect(plain('Part B ended on 2026-10-20, before the date of service 2026-10-31.')).toBe(
      'Part B ended on Tue 20 Oct 2026, before the date of service Sat 31 Oct 2026.',
    )
  })

  test('no id of a record stands in a sentence', () => {
    expect(plain('The activity of entry 01a1ffbf-7da9-726d-b067-0f9c98a6038c is not known.')).toBe(
      'The activity of an entry is not known.',
    )
  })

  test('work goes to a name where there is one, otherwise to the seat', () => {
    expect(ownerInSentence({ role: 'front_desk', person: null })).toBe('the front desk')
    expect(ownerInSentence({ role: 'ccm_manager', person: null })).toBe('the CCM manager')
    expect(ownerInSentence({ role: 'care_manager', person: { name: 'Rosa Marin' } })).toBe('Rosa Marin')
  })

  test('a running month says how long minutes still count, a closed one that nothing changes', () => {
    const board = { month: '2026-11', lastDay: '2026-11-30', today: '2026-11-18' }
    expect(standingText({ ...board, state: 'running' })).toBe(
      '12 days left. Minutes and signatures count until Mon 30 Nov 2026.',
    )
    expect(standingText({ ...board, state: 'running', today: '2026-11-30' })).toContain('Today is the last day')
    expect(standingText({ ...board, state: 'over', today: '2026-12-01' })).toContain('Over for 1 day')
    expect(standingText({ ...board, state: 'closed', today: '2026-12-01' })).toContain('Closed')
  })
})
