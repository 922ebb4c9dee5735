import { describe, expect, test } from 'vitest'
import { differencesOf, type Replayed } from '../src/index.ts'

type Line = Replayed['lines'][number]
const first: Line = {
  code: '99490',
  units: 1,
  dateOfService: '2026-10-31',
  diagnoses: ['E11.9', 'I10'],
  allowedCents: 6613,
  medicareCents: 5184,
  patientCents: 1323,
}
const month = (lines: readonly Line[], change: Partial<Replayed> = {}): Replayed => ({
  outcome: 'billable',
  lines,
  minutes: { countedSeconds: 1200 },
  ...change,
})

describe('what another edition of the book says otherwise', () => {
  test('of a month as a whole', () => {
    expect(differencesOf(month([]), month([], { outcome: 'held' }))).toEqual([
      { what: 'outcome', before: 'billable', after: 'held' },
    ])
    expect(differencesOf(month([]), month([], { minutes: { countedSeconds: 1199 } }))).toEqual([
      { what: 'minutes.countedSeconds', before: 1200, after: 1199 },
    ])
  })

  const changes: ReadonlyArray<readonly [keyof Line, Partial<Line>, unknown, unknown]> = [
    ['units', { units: 2 }, 1, 2],
    ['dateOfService', { dateOfService: '2026-10-12' }, '2026-10-31', '2026-10-12'],
    ['allowedCents', { allowedCents: null }, 6613, null],
    ['medicareCents', { medicareCents: 5185 }, 5184, 5185],
    ['patientCents', { patientCents: 0 }, 1323, 0],
    ['diagnoses', { diagnoses: ['E11.9'] }, 'E11.9 I10', 'E11.9'],
  ]
  for (const [part, change, before, after] of changes) {
    test(`of the ${part} of a line, and of nothing else`, () => {
      expect(differencesOf(month([first]), month([{ ...first, ...change }]))).toEqual([
        { what: `99490.${part}`, before, after },
      ])
    })
  }

  test('of a line that comes or goes, by its units', () => {
    const second = { ...first, code: '99439', units: 2 }
    expect(differencesOf(month([first]), month([first, second]))).toEqual([{ what: '99439', before: null, after: 2 }])
    expect(differencesOf(month([first, second]), month([first]))).toEqual([{ what: '99439', before: 2, after: null }])
  })

  test('what an older verdict did not store was not known then', () => {
    const { allowedCents: _allowed, medicareCents: _medicare, patientCents: _patient, ...bare } = first
    expect(differencesOf(month([bare]), month([{ ...first, patientCents: null }]))).toEqual([
      { what: '99490.allowedCents', before: null, after: 6613 },
      { what: '99490.medicareCents', before: null, after: 5184 },
    ])
  })
})
