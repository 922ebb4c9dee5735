import { describe, expect, test } from 'vitest'
import { decideMemberId } from './coverage.ts'
import { readQuestion, searchTextOf } from './search.ts'
import { type MeasuredRow, trendsOf, unitText, wordsOf } from './trends.ts'

describe('what Sam types to find a patient', () => {
  test.each([
    ['', { kind: 'all' }],
    ['1952-03-14', { kind: 'born', on: '1952-03-14' }],
    ['3/14/1952', { kind: 'born', on: '1952-03-14' }],
    ['03141952', { kind: 'born', on: '1952-03-14' }],
    ['(212) 555-0102', { kind: 'phone', digits: '2125550102' }],
    ['1 212 555 0102', { kind: 'phone', digits: '2125550102' }],
    ['MK73', { kind: 'ending', text: 'MK73' }],
    ['mk73', { kind: 'ending', text: 'MK73' }],
    ['0102', { kind: 'ending', text: '0102' }],
    ['Díaz, Elena', { kind: 'name', words: ['diaz', 'elena'] }],
    ['2/30/1952', { kind: 'name', words: ['2', '30', '1952'] }],
    ['Rosa', { kind: 'name', words: ['rosa'] }],
  ])('%s', (text, question) => expect(readQuestion(text)).toEqual(question))

  test('names are found without accents and whatever their case', () => {
    expect(searchTextOf('José  María', "O'Neil-Núñez")).toBe('jose maria o neil nunez')
  })
})

describe('a Medicare number from the card', () => {
  test('dashes, spaces and small letters do not matter', () => {
    expect(decideMemberId('medicare', '1eg4-te5-mk73', false)).toEqual({ ok: true, value: '1EG4TE5MK73' })
  })
  test.each([
    ['1EG4TE5MK7', '11 characters'],
    ['1SG4TE5MK73', 'never has the letters'],
    ['0EG4TE5MK73', 'some places take digits'],
  ])('%s is refused', (number, words) => {
    const decision = decideMemberId('medicare_part_b', number, false)
    expect(decision.ok ? '' : decision.problem.message).toContain(words)
    expect(decision.ok ? [] : decision.problem.faults[0]?.path).toBe('body.memberId')
  })
  test('another plan numbers as it likes; no number is no number', () => {
    expect(decideMemberId('commercial', 'XYZ 1', false)).toEqual({ ok: true, value: 'XYZ 1' })
    expect(decideMemberId('medicare', null, false)).toEqual({ ok: true, value: null })
  })
})

describe('values over time', () => {
  const value = (more: Partial<MeasuredRow>): MeasuredRow => ({
    id: '1',
    code: '4548-4',
    name: 'HbA1c',
    category: 'laboratory',
    at: new Date('2026-01-01T12:00:00Z'),
    number: 7.125,
    text: null,
    unit: '%',
    components: [],
    ...more,
  })

  test('the newest stands out and the line runs from old to new', () => {
    const [trend] = trendsOf([value({ id: 'new', at: new Date('2026-09-01T12:00:00Z'), number: 6.9 }), value({})])
    expect(trend).toMatchObject({
      name: 'HbA1c',
      latest: { id: 'new', text: '6.9 %' },
      points: [{ value: 7.125 }, { value: 6.9 }],
    })
  })

  test('a blood pressure becomes its two values', () => {
    const part = (code: string, display: string, valueNumber: number) => ({
      code: { code, display },
      valueNumber,
      valueText: null,
      unit: 'mm[Hg]',
    })
    const trends = trendsOf([
      value({
        code: '85354-9',
        name: 'Blood pressure',
        number: null,
        unit: null,
        components: [part('8480-6', 'Systolic', 138), part('8462-4', 'Diastolic', 80)],
      }),
    ])
    expect(trends.map((trend) => [trend.name, trend.latest.text])).toEqual([
      ['Diastolic', '80 mmHg'],
      ['Systolic', '138 mmHg'],
    ])
  })

  test('two units are two lines', () => {
    expect(trendsOf([value({}), value({ unit: 'mmol/mol', number: 53 })])).toHaveLength(2)
  })

  test.each([
    ['mm[Hg]', 'mmHg'],
    ['Cel', '°C'],
    ['[degF]', '°F'],
    ['kg/m2', 'kg/m²'],
    ['{score}', null],
    ['/min', '/min'],
    ['[lb_av]', 'lb'],
    ['10*3/uL', '10³/uL'],
  ])('%s is printed as %s', (unit, words) => expect(unitText(unit)).toBe(words))

  test('numbers are read with two decimals, words as they are', () => {
    expect(wordsOf(value({}))).toBe('7.13 %')
    expect(wordsOf(value({ number: null, text: 'Never smoked', unit: null }))).toBe('Never smoked')
    expect(wordsOf(value({ number: 3, unit: '{score}' }))).toBe('3')
    expect(wordsOf(value({ number: null, unit: null }))).toBe('No value given')
  })
})
