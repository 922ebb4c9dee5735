import { describe, expect, test } from 'vitest'
import { type AppealLevel, appealLevels, denialCauseOf, reachesLevel } from '../src/index.ts'

const levelOf = (number: number): AppealLevel => {
  const found = appealLevels.find((one) => one.level === number)
  if (!found) throw new Error(`no level ${number}`)
  return found
}

describe('the amount at stake', () => {
  test('is asked of the third and the fifth level alone', () => {
    expect([1, 2, 4].map((number) => reachesLevel(levelOf(number), 1, '2026-06-01'))).toEqual([true, true, true])
    expect([3, 5].map((number) => reachesLevel(levelOf(number), 1, '2026-06-01'))).toEqual([false, false])
  })

  test('is that of the year of filing, from its first day to its last, and of no other year', () => {
    const third = (filedOn: string): boolean | null => reachesLevel(levelOf(3), 19_500, filedOn)
    expect(['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'].map(third)).toEqual([
      null,
      true,
      true,
      false,
      false,
      null,
    ])
  })
})

describe('MA130 beside a reason', () => {
  test('makes a data fault of every reason that the book knows, and the reason stays as it came', () => {
    expect(denialCauseOf('18')).toMatchObject({ id: 'duplicate', appealable: false })
    expect(denialCauseOf('50', ['N115', 'MA130'])).toMatchObject({
      id: 'data_fault',
      step: 'correct_and_send_new',
      appealable: false,
      reasons: ['50', '150', '151', '96', '272'],
    })
    expect(denialCauseOf('50', ['N115'])?.id).toBe('necessity')
  })

  test('tells nothing of a reason that the book does not know', () => {
    expect([denialCauseOf('999'), denialCauseOf('999', ['MA130'])]).toEqual([undefined, undefined])
  })
})
