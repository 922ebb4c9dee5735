import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isStale } from '../src/book/dated.ts'
import { canonical } from '../src/book/edition.ts'
import { branchFor, pass, rule } from '../src/book/rule.ts'
import { sha256 } from '../src/book/sha256.ts'
import {
  activities,
  allRules,
  allValues,
  bookHash,
  bookVersion,
  consentModes,
  consentStatements,
  coverage,
  credentials,
  dated,
  entryOn,
  evaluate,
  OutOfForce,
  RuleConflict,
  sameMonthMatrix,
  sources,
  stopTakesEffect,
  valueOn,
} from '../src/index.ts'

const number = dated({
  key: 'test.number',
  unit: 'piece',
  checkedThrough: '2026-12',
  nextExpected: '2027-01',
  values: [
    { from: '2024-03-09', published: 'unknown', value: 1, source: sources.clinicPolicy },
    { from: '2025-01', until: '2026-01', published: 'unknown', value: 2, source: sources.clinicPolicy },
  ],
})

describe('the book', () => {
  test('a value answers for its days only', () => {
    expect(() => valueOn(number, '2024-03-08')).toThrow(OutOfForce)
    expect([valueOn(number, '2024-03-09'), valueOn(number, '2024-12-31'), valueOn(number, '2025-01-01')]).toEqual([
      1, 1, 2,
    ])
    expect(entryOn(number, '2025-12-31')?.value).toBe(2)
    expect(entryOn(number, '2026-01-01')).toBeUndefined()
    expect(() => valueOn(number, '2026-01-01')).toThrow(OutOfForce)
  })

  const law = [sources.clinicPolicy]
  const color = rule<{ red: boolean; blue: boolean }>({
    id: 'test.color',
    asks: 'Which color?',
    reads: (facts) => ({ ...facts }),
    values: [number],
    base: { id: 'none', from: '2024-06', law, decide: () => pass('No color.') },
    exceptions: [
      { id: 'red', from: '2025-01', law, when: ({ red }) => red, decide: () => pass('Red.') },
      {
        id: 'blue',
        from: '2025-02',
        until: '2025-04',
        law,
        when: ({ blue }) => blue,
        decide: () => pass('Blue.'),
      },
    ],
  })

  test('one branch answers, by month and facts', () => {
    const branch = (month: string, red: boolean, blue: boolean): string => branchFor(color, { red, blue }, month).id
    expect(branch('2024-12', true, true)).toBe('none')
    expect(branch('2025-01', true, true)).toBe('red')
    expect(branch('2025-03', false, true)).toBe('blue')
    expect(branch('2025-04', false, true)).toBe('none')
    expect(() => branch('2025-02', true, true)).toThrow(RuleConflict)
    expect(() => branch('2024-05', false, false)).toThrow(OutOfForce)
  })

  test('a finding carries rule, branch, law, facts, values and one sentence', () => {
    expect(evaluate(color, { red: true, blue: false }, '2025-03')).toEqual({
      rule: 'test.color',
      branch: 'red',
      law,
      month: '2025-03',
      status: 'pass',
      sentence: 'Red.',
      facts: { red: true, blue: false },
      values: [
        {
          key: 'test.number',
          value: 2,
          unit: 'piece',
          from: '2025-01',
          source: 'clinic-policy',
          checkedThrough: '2026-12',
        },
      ],
    })
    expect(evaluate(color, { red: true, blue: false }, '2027-01').stale).toBe(true)
  })

  test('one value that was not compared for the month makes the finding stale, and without values none is', () => {
    const old = dated({
      ...number,
      key: 'test.old',
      checkedThrough: '2025-12',
      values: [{ from: '2024-01', published: 'unknown', value: 3, source: sources.clinicPolicy }],
    })
    const base = { id: 'only', from: '2024-01', law, decide: () => pass('Yes.') }
    const both = rule({ id: 'test.both', asks: 'Both?', reads: () => ({}), values: [number, old], base })
    const bare = rule({ id: 'test.bare', asks: 'Neither?', reads: () => ({}), base })
    expect(['2025-12', '2026-01'].map((month) => evaluate(both, {}, month).stale)).toEqual([undefined, true])
    expect(evaluate(bare, {}, '2030-01')).not.toHaveProperty('stale')
    expect(evaluate(bare, {}, '2030-01').values).toEqual([])
  })

  test('a value is compared through a month, to its last day', () => {
    const stale = (on: string): boolean => isStale(number, on)
    expect(['2026-12', '2026-12-31', '2027-01', '2027-01-01'].map(stale)).toEqual([false, false, true, true])
  })

  test('a plain finding carries neither facts nor values', () => {
    const plain = evaluate(color, { red: true, blue: false }, '2025-03', 'plain')
    expect(plain).toEqual({ ...evaluate(color, { red: true, blue: false }, '2025-03'), facts: {}, values: [] })
  })

  test('the summary of a rule tells its branches in order, which of them are exceptions, and its values', () => {
    expect(allRules().find((one) => one.id === 'test.color')).toEqual({
      id: 'test.color',
      asks: 'Which color?',
      branches: [
        { id: 'none', from: '2024-06', exception: false, law },
        { id: 'red', from: '2025-01', exception: true, law },
        { id: 'blue', from: '2025-02', until: '2025-04', exception: true, law },
      ],
      values: ['test.number'],
    })
  })

  test('entries stand in the order of their days, each day once', () => {
    const [first, second] = number.values
    if (!first || !second) throw new Error('two entries')
    for (const values of [
      [second, first],
      [first, first],
    ]) {
      expect(() => dated({ ...number, key: 'test.disorder', values })).toThrow(
        'test.disorder: entries are not in order',
      )
    }
  })

  test('its errors go by their names', () => {
    expect([new OutOfForce('').name, new RuleConflict('').name]).toEqual(['OutOfForce', 'RuleConflict'])
  })

  test('no two rules or values bear one name', () => {
    expect(() => dated({ ...number })).toThrow('two values')
    expect(() => rule({ ...color })).toThrow('two rules')
  })

  test('the hash is the standard one, the same at every start, and follows the content not the order', () => {
    const edges = '\u007f\u0080\u07ff\u0800\uffff\u{10000}'
    for (const text of ['', 'abc', edges, 'é€😀'.repeat(40), 'a'.repeat(55), 'a'.repeat(56), 'a'.repeat(64)]) {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'))
    }
    expect(canonical({ b: [1, null], a: 'x' })).toBe(canonical({ a: 'x', b: [1, null] }))
    expect(canonical({ b: [1, [2, 'x'], null], a: { d: true, c: undefined }, '"': '"' })).toBe(
      '{"\\"":"\\"","a":{"d":true},"b":[1,[2,"x"],null]}',
    )
    expect([canonical(undefined), canonical([undefined])]).toEqual(['null', '[null]'])
    expect(bookHash).toMatch(/^[0-9a-f]{64}$/)
    expect(bookVersion).toMatch(/^\d{4}\.\d{2}\.\d+$/)
  })

  test('every rule has law on every branch, every value a source, a unit and a day it was compared', () => {
    for (const one of allRules()) {
      expect(one.asks.endsWith('?')).toBe(true)
      for (const branch of one.branches) expect(branch.law.length).toBeGreaterThan(0)
    }
    for (const value of allValues()) {
      expect(value.values.length).toBeGreaterThan(0)
      expect(value.nextExpected >= value.checkedThrough).toBe(true)
      expect(value.unit).not.toBe('')
    }
  })

  test('the tables are complete: law everywhere, no name twice, the register names its gaps', () => {
    for (const table of [activities, credentials, sameMonthMatrix, consentStatements, consentModes]) {
      expect(new Set(table.map((row) => row.id)).size).toBe(table.length)
      for (const row of table) expect(row.law.length).toBeGreaterThan(0)
    }
    for (const row of coverage) expect(row.gaps.length).toBeGreaterThan(0)
    for (const statement of consentStatements) expect(statement.es).not.toBe(statement.en)
  })

  test('a wish to stop takes effect at the end of the month', () => {
    expect([stopTakesEffect('2026-06-10'), stopTakesEffect('2024-02-01'), stopTakesEffect('2026-12-31')]).toEqual([
      '2026-06-30',
      '2024-02-29',
      '2026-12-31',
    ])
  })
})
