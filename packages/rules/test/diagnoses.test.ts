import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { icd10Of2023 } from '../src/data/icd10-2023.gen.ts'
import { icd10Tables } from '../src/icd10.ts'
import { type ClaimToEdit, diagnosisOn, editsOf, fiscalYearOf, icd10TableOf } from '../src/index.ts'

/** SHA-256 of the published list, each line a code and 1 or 0, sorted. */
const PUBLISHED = '0e49b01128837ffa4d16eed7b4ab0eac0bd629e3ab58cf4c5b3ca2589bf6b81a'

const [of2023] = icd10Tables
if (!of2023) throw new Error('no table comes with the book')

/** What Lena loads for the year that began on 1 October 2026: Parkinson’s disease without dyskinesia is a code of its own by then. */
const of2027 = icd10TableOf(2027, [
  ['E11', false],
  ['E119', true],
  ['I10', true],
  ['G20', false],
  ['G20A', false],
  ['G20A1', true],
])

describe('the ICD-10-CM table of a fiscal year', () => {
  test('the fiscal year begins on the first of October', () => {
    expect(['2026-09-30', '2026-10-01', '2026-12-31', '2027-01-01'].map(fiscalYearOf)).toEqual([2026, 2027, 2027, 2027])
  })

  test('knows codes, headings and what is neither, with or without the dot', () => {
    const standings = ['E11.9', 'E119', 'e11.9', 'I10', 'E11', 'E11.2', 'E11.22', 'G20', 'Z99.999', 'Q', 'E11.9X', '']
    expect(standings.map((code) => of2023.standingOf(code))).toEqual([
      'billable',
      'billable',
      'billable',
      'billable',
      'category',
      'category',
      'billable',
      'billable',
      'not_listed',
      'not_listed',
      'not_listed',
      'not_listed',
    ])
  })

  test('a fracture needs its seventh character, and the places held open before it are no codes', () => {
    expect(
      ['S72.001A', 'S72.001', 'S02.0XXA', 'S02.0', 'S02.0X', 'S02.0XX'].map((code) => of2023.standingOf(code)),
    ).toEqual(['billable', 'category', 'billable', 'category', 'not_listed', 'not_listed'])
  })

  test('is the published list, code for code', () => {
    const states = icd10Of2023.split(';').map((state) => state.split(' '))
    const listed: string[] = []
    const walk = ([standing, ...edges]: readonly string[], code: string): void => {
      if (standing !== '-') listed.push(`${code},${standing === 'b' ? 1 : 0}`)
      for (const edge of edges) walk(states[Number.parseInt(edge.slice(1), 36)] ?? [], code + edge.charAt(0))
    }
    walk(states.at(-1) ?? [], '')
    expect(listed.length).toBe(96_745)
    expect(createHash('sha256').update(listed.sort().join('\n')).digest('hex')).toBe(PUBLISHED)
    const wrong = listed.filter((one) => {
      const [code = '', billable] = one.split(',')
      return of2023.standingOf(code) !== (billable === '1' ? 'billable' : 'category')
    })
    expect(wrong).toEqual([])
  })

  test('and no code more: what no listed code goes on with is not listed', () => {
    const states = icd10Of2023.split(';').map((state) => state.split(' '))
    const seen = new Set<string>()
    const more: string[] = []
    const walk = (number: string, code: string): void => {
      if (seen.has(number)) return
      seen.add(number)
      const [, ...edges] = (number === '' ? states.at(-1) : states[Number.parseInt(number, 36)]) ?? []
      for (const character of '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
        const edge = edges.find((one) => one.startsWith(character))
        if (edge) walk(edge.slice(1), code + character)
        else if (of2023.standingOf(code + character) !== 'not_listed') more.push(code + character)
      }
    }
    walk('', '')
    expect(more).toEqual([])
  })
})

describe('a diagnosis on a day', () => {
  test('is judged by the table of its fiscal year and by no other', () => {
    const tables = [of2027, ...icd10Tables]
    expect(diagnosisOn('G20', '2023-09-30', tables)).toEqual({ standing: 'billable', fiscalYear: 2023, older: null })
    expect(diagnosisOn('G20', '2026-10-01', tables)).toEqual({ standing: 'category', fiscalYear: 2027, older: null })
    expect(diagnosisOn('j44.9', '2026-10-01', tables).standing).toBe('not_listed')
    expect(diagnosisOn('e11.9', '2026-10-01', tables).standing).toBe('billable')
  })

  test('is unknown where that table is not loaded, with what the newest older one says', () => {
    const tables = [...icd10Tables, icd10TableOf(2025, [['G20', false]]), of2027]
    expect(diagnosisOn('G20', '2026-09-30', tables)).toEqual({
      standing: 'unknown',
      fiscalYear: 2026,
      older: { fiscalYear: 2025, standing: 'category' },
    })
    expect(diagnosisOn('G20', '2026-09-30', [of2027])).toEqual({ standing: 'unknown', fiscalYear: 2026, older: null })
  })
})

describe('the claim that Lena sends for October', () => {
  const claim = (diagnoses: readonly string[], dateOfService = '2026-10-31'): ClaimToEdit => ({
    month: dateOfService.slice(0, 7),
    renderingNpi: '1234567893',
    placeOfService: '11',
    sentOn: '2026-11-03',
    diagnoses,
    lines: [{ code: '99490', units: 1, dateOfService, pointers: [1, 2], chargeCents: 7000, allowedCents: 6613 }],
  })
  const told = (one: ClaimToEdit, tables = [of2027]) => editsOf(one, [], tables).map((edit) => [edit.id, edit.reason])

  test('leaves with two codes of the year', () => expect(told(claim(['E11.9', 'I10']))).toEqual([]))

  test('stays with a code that was split on 1 October, once for all its lines', () => {
    const split = claim(['G20', 'I10'])
    expect(told(split)).toEqual([['diagnosis_not_billable', '146']])
    expect(editsOf(split, [], [of2027])[0]?.sentence).toContain('G20 needs further characters in fiscal year 2027')
    const [line] = split.lines
    if (!line) throw new Error('no line')
    expect(told({ ...split, lines: [line, { ...line, code: '99439' }] })).toEqual([['diagnosis_not_billable', '146']])
  })

  test('stays with a code that the year does not have', () => {
    expect(editsOf(claim(['E11.9', 'J44.9']), [], [of2027]).map((edit) => edit.sentence)).toEqual([
      'J44.9 is no code in fiscal year 2027, on 2026-10-31.',
    ])
  })

  test('a malformed code is told once, as malformed', () => {
    expect(told(claim(['E11.9', '250.00']))).toEqual([['diagnosis_shape', '146']])
  })

  test('says nothing about codes of a year that nobody loaded', () => {
    expect(told(claim(['G20', 'J44.9'], '2026-09-30'))).toEqual([])
    expect(told(claim(['G20', 'J44.9']), [...icd10Tables])).toEqual([])
  })

  test('and nothing about codes on a day that does not exist; what it says is of the claim, not of a line', () => {
    expect(told(claim(['G20', 'I10'], '2026-10-32')).map(([id]) => id)).toEqual(['date_outside_month'])
    expect(editsOf(claim(['G20', 'I10']), [], [of2027]).map((edit) => edit.place)).toEqual(['claim'])
  })
})
