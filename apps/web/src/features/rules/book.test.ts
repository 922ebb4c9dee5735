import { describe, expect, test } from 'vitest'
import { pairsIn, valueName, valuesIn, valueText } from './book.ts'

describe('the values of the rule book, as the register shows them', () => {
  test('carry their unit in words', () => {
    expect(valueText(20, 'minute')).toBe('20 minutes')
    expect(valueText(1, 'year')).toBe('1 year')
    expect(valueText(2, 'unit a month')).toBe('2 units a month')
    expect(valueText(334009, '0.0001 dollar')).toBe('$33.4009')
    expect(valueText(28300, 'cent a year')).toBe('$283.00 a year')
    expect(valueText(2, 'percent of the Medicare share')).toBe('2% of the Medicare share')
    expect(valueText(null, 'unit a month')).toBe('none')
    expect(valueText(true, 'yes or no')).toBe('yes')
  })

  test('stand first where nobody has compared them with the law of the month', () => {
    const shown = valuesIn('2027-02')
    expect(shown[0]?.stale).toBe(true)
    expect(shown.map(({ stale }) => stale)).toEqual(
      [...shown.map(({ stale }) => stale)].sort((a, b) => Number(b) - Number(a)),
    )
  })

  test('are called by words', () => {
    expect(valueName('ccm.non_complex.first_block')).toBe('Care by staff, first block')
    expect(valueName('part_b.deductible')).toBe('Part B, deductible')
    expect(valueName('ccm.code.99490.payable')).toBe('Code, 99490, payable')
  })

  test('are not counted as open when their time is over and no change is due', () => {
    expect(valuesIn('2026-11').filter(({ stale }) => stale)).toEqual([])
  })

  test('say that they have no text where the month lies before the first one', () => {
    const before = valuesIn('2014-01').find(({ key }) => key === 'ccm.non_complex.first_block')
    expect(before).toMatchObject({ text: null, from: null, source: null })
  })

  test('are those of the end of the month, as the rules read them', () => {
    const january = valuesIn('2026-01').find(({ key }) => key === 'part_b.deductible')
    expect(january).toMatchObject({ text: '$283.00 a year' })
  })
})

describe('the pairs of programs in a month', () => {
  test('are each there once, and only of programs whose codes are paid then', () => {
    const shown = pairsIn('2026-10')
    expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
    expect(shown.some(({ id }) => id === 'apcm ccm')).toBe(false)
    expect(shown.find(({ id }) => id === 'ccm apcm')).toMatchObject({ same: 'no', sameGroup: 'no' })
    expect(shown.some(({ id }) => id.includes('rhc_bundle'))).toBe(false)
    expect(pairsIn('2024-06').some(({ id }) => id.includes('apcm'))).toBe(false)
  })
})
