import { describe, expect, test } from 'vitest'
import { searchWith } from './context.tsx'
import { compareValues, sortingOf, sortText } from './DataTable.tsx'
import { chordOf } from './keys.tsx'
import { nextStep } from './MinuteBar.tsx'
import { needsLook } from './ProofTree.tsx'

const key = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('keys', () => {
  test('are named as the list of keys shows them', () => {
    expect(chordOf({ ...key, key: 't' })).toBe('t')
    expect(chordOf({ ...key, key: 'T', shiftKey: true })).toBe('Shift T')
    expect(chordOf({ ...key, key: 'k', ctrlKey: true })).toBe('Ctrl K')
    expect(chordOf({ ...key, key: 'k', metaKey: true })).toBe('Ctrl K')
    expect(chordOf({ ...key, key: '?', shiftKey: true })).toBe('?')
    expect(chordOf({ ...key, key: 'Enter', ctrlKey: true })).toBe('Ctrl Enter')
  })
})

describe('a list', () => {
  test('keeps its order in the address and reads it back', () => {
    expect(sortingOf('-due')).toEqual([{ id: 'due', desc: true }])
    expect(sortText(sortingOf('-due'))).toBe('-due')
    expect(sortText(sortingOf(null))).toBeNull()
  })

  test('sorts room 9 before room 10 and Ana beside ana', () => {
    expect(['Room 10', 'room 9'].sort(compareValues)).toEqual(['room 9', 'Room 10'])
    expect(compareValues('Ana', 'ana')).toBe(0)
    expect(compareValues(2, 10)).toBeLessThan(0)
  })

  test('changes one filter and leaves the others alone', () => {
    expect(searchWith('risk=high&page=2', { page: null, due: 'today' })).toBe('?risk=high&due=today')
    expect(searchWith('risk=high', { risk: null })).toBe('')
  })
})

test("the bar aims at the next step of the month's codes, and stays at the last", () => {
  expect(nextStep(0, [1200, 2400])).toBe(1200)
  expect(nextStep(1200, [1200, 2400])).toBe(2400)
  expect(nextStep(9999, [1200, 2400])).toBe(2400)
  expect(nextStep(10, [])).toBeNull()
})

test('a reason stands open when something beneath it is not known', () => {
  const leaf = { id: 'b', title: 'Part B', result: 'unknown' as const }
  expect(needsLook({ id: 'a', title: 'Coverage', result: 'pass', because: [leaf] })).toBe(true)
  expect(needsLook({ id: 'a', title: 'Coverage', result: 'pass' })).toBe(false)
})
