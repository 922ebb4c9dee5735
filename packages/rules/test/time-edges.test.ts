import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  creditedMinutesFloor,
  daysBetween,
  dayWindow,
  instantMs,
  instantOf,
  isLocalDate,
  isTimeZone,
  lastDayOf,
  localDateOf,
  monthOf,
  monthWindow,
  nextMonth,
  overlapOf,
  overlaps,
  parseInstant,
  previousMonth,
  secondsFloor,
  splitAtLocalMidnights,
  splitAtMonths,
  subtract,
  totalMs,
  unionOf,
} from '../src/index.ts'
import { isMonth, monthOfDate } from '../src/time.ts'

const HOUR = 3_600_000
const NEW_YORK = 'America/New_York'

describe('the day and month of an instant', () => {
  test('are the same whatever was asked before', () => {
    const { startMs, endMs } = dayWindow('2026-11-01', NEW_YORK)
    const around = [startMs - 1, startMs, startMs + 1, endMs - 1, endMs, endMs + 1]
    const days = ['2026-10-31', '2026-11-01', '2026-11-01', '2026-11-01', '2026-11-02', '2026-11-02']
    for (const before of around) {
      around.forEach((ms, index) => {
        localDateOf(before, NEW_YORK)
        expect([localDateOf(ms, NEW_YORK), monthOf(ms, NEW_YORK)]).toEqual([days[index], days[index]?.slice(0, 7)])
      })
    }
    expect(localDateOf(startMs, 'Pacific/Honolulu')).toBe('2026-10-31')
    expect(localDateOf(startMs, NEW_YORK)).toBe('2026-11-01')
  })

  test('reach back before 1970 and ahead of UTC', () => {
    expect([localDateOf(-1, 'UTC'), localDateOf(0, 'UTC'), localDateOf(0, NEW_YORK)]).toEqual([
      '1969-12-31',
      '1970-01-01',
      '1969-12-31',
    ])
    expect(localDateOf(Date.UTC(2026, 9, 3, 10), 'Pacific/Kiritimati')).toBe('2026-10-04')
    expect(localDateOf(Date.UTC(2026, 9, 3, 9, 59, 59, 999), 'Pacific/Kiritimati')).toBe('2026-10-03')
  })

  test('a month that is none has no window', () => {
    for (const month of ['2026-13', '2026-00', '2026-1', '2026-10-01', '']) {
      expect(isMonth(month)).toBe(false)
      expect(() => monthWindow(month, NEW_YORK)).toThrow(RangeError)
    }
    expect(isMonth('2026-10')).toBe(true)
    expect(monthOfDate('2026-10-03')).toBe('2026-10')
  })

  test('a wall time may have seconds, and none where none are said', () => {
    const at = (time: string): number =>
      instantOf('2026-07-04', time, NEW_YORK) - instantOf('2026-07-04', '00:00', NEW_YORK)
    expect([at('09:15'), at('09:15:30'), at('09'), at('23:59:59')]).toEqual([
      9.25 * HOUR,
      9.25 * HOUR + 30_000,
      9 * HOUR,
      24 * HOUR - 1000,
    ])
  })

  test('a zone goes by its name', () => {
    expect(['Etc/GMT+5', ' UTC', '5', '-05:00', 'Z/Z'].map(isTimeZone)).toEqual([true, false, false, false, false])
  })
})

describe('dates and months', () => {
  test('days between two dates, in either direction and over a leap day', () => {
    expect([daysBetween('2024-02-28', '2024-03-01'), daysBetween('2026-03-01', '2026-02-28')]).toEqual([2, -1])
    expect([daysBetween('2026-10-03', '2026-10-03'), addDays('2026-03-01', -1)]).toEqual([0, '2026-02-28'])
  })

  test('months carry over the years, forwards and back', () => {
    expect([nextMonth('2026-11'), nextMonth('2026-12'), previousMonth('2026-01'), previousMonth('2026-12')]).toEqual([
      '2026-12',
      '2027-01',
      '2025-12',
      '2026-11',
    ])
    expect([addMonths('2026-01', -13), addMonths('2026-12', 12), addMonths('0999-12', 1)]).toEqual([
      '2024-12',
      '2027-12',
      '1000-01',
    ])
  })

  test('every month has its last day, also when two are asked in turn', () => {
    const lengths = Array.from({ length: 12 }, (_, index) => lastDayOf(addMonths('2026-01', index)).slice(8))
    expect(lengths.join(' ')).toBe('31 28 31 30 31 30 31 31 30 31 30 31')
    expect(['1900-02', '2000-02', '2024-02', '2023-02', '2024-03'].map((month) => lastDayOf(month).slice(8))).toEqual([
      '28',
      '29',
      '29',
      '28',
      '31',
    ])
  })

  test('29 February stays where the year has it and becomes the 28th where not', () => {
    expect([addYears('2024-02-29', 4), addYears('2024-02-29', 1), addYears('2024-03-31', 1)]).toEqual([
      '2028-02-29',
      '2025-02-28',
      '2025-03-31',
    ])
    expect([ageOn('2024-02-29', '2025-02-28'), ageOn('2024-02-29', '2025-03-01')]).toEqual([0, 1])
    expect([isLocalDate('2024-02-29'), isLocalDate('2024-2-29'), isLocalDate('2024-02-291')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('the text of an instant', () => {
  test('has a date that exists, a time of the clock and an offset', () => {
    const good: Readonly<Record<string, number>> = {
      '2026-10-03T14:00:00Z': Date.UTC(2026, 9, 3, 14),
      '2026-10-03T14:00Z': Date.UTC(2026, 9, 3, 14),
      '2026-10-03t14:00:00z': Date.UTC(2026, 9, 3, 14),
      '2026-10-03T23:59:59.999Z': Date.UTC(2026, 9, 3, 23, 59, 59, 999),
      '2026-10-03T14:00:00.5+05:45': Date.UTC(2026, 9, 3, 8, 15, 0, 500),
      '2026-10-03T09:00:00-04:00': Date.UTC(2026, 9, 3, 13),
    }
    for (const [text, ms] of Object.entries(good)) expect([text, parseInstant(text)]).toEqual([text, ms])
    const bad = [
      '2026-10-03T24:00:00Z',
      '2026-10-03T14:60:00Z',
      '2026-10-03T14:00:60Z',
      '2026-10-03T14:00:00',
      '2026-10-03T14:00:00+24:00',
      '2026-10-03T14:00:00+05:60',
      '2026-10-03T14:00:00.Z',
      '2026-10-03 14:00:00Z',
      ' 2026-10-03T14:00:00Z',
      '2026-10-03T14:00:00Z ',
      '2026-13-03T14:00:00Z',
      '2026-10-03',
      'noon',
    ]
    for (const text of bad) expect([text, parseInstant(text)]).toEqual([text, undefined])
  })

  test('is read fast as it is read slowly, at the ends of months, years and centuries', () => {
    const days = [
      '1969-12-31',
      '1970-01-01',
      '1972-02-29',
      '1972-03-01',
      '1999-12-31',
      '2000-01-01',
      '2000-02-28',
      '2000-02-29',
      '2000-03-01',
      '2023-12-31',
      '2024-01-01',
      '2024-12-31',
      '2026-10-03',
      '2100-02-28',
      '2100-03-01',
      '2101-01-01',
      '2400-02-29',
      '2400-12-31',
    ]
    for (const day of days) {
      for (const time of [
        'T00:00:00Z',
        'T23:59:59Z',
        'T14:05:09-04:00',
        'T14:05:09+1:00',
        ' 14:05:09Z',
        't14:05:09z',
      ]) {
        expect([day, time, instantMs(day + time)]).toEqual([day, time, Date.parse(day + time)])
      }
    }
  })

  test('with anything but a digit in the place of one is no instant', () => {
    const text = '2026-10-03T14:05:09Z'
    for (const place of [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]) {
      for (const other of ['/', ':', 'x', ' ']) {
        expect([place, other, instantMs(text.slice(0, place) + other + text.slice(place + 1))]).toEqual([
          place,
          other,
          Number.NaN,
        ])
      }
    }
    for (const month of ['00', '13', '99']) expect(instantMs(text.replace('-10-', `-${month}-`))).toBeNaN()
  })
})

describe('intervals', () => {
  const of = (startMs: number, endMs: number) => ({ startMs, endMs })

  test('share time only where both last', () => {
    expect([overlaps(of(0, 10), of(9, 20)), overlaps(of(0, 10), of(10, 20)), overlaps(of(10, 20), of(0, 10))]).toEqual([
      true,
      false,
      false,
    ])
    expect([overlaps(of(0, 10), of(3, 4)), overlaps(of(3, 4), of(0, 10)), overlaps(of(5, 5), of(0, 10))]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('touching ones are joined, empty ones dropped, whatever their order', () => {
    expect(unionOf([of(20, 30), of(10, 20), of(40, 40), of(5, 12)])).toEqual([of(5, 30)])
    expect(unionOf([of(0, 30), of(10, 20)])).toEqual([of(0, 30)])
    expect(subtract([of(0, 30)], [of(10, 20), of(25, 40)])).toEqual([of(0, 10), of(20, 25)])
    expect(subtract([of(0, 10), of(20, 30)], [of(0, 30)])).toEqual([])
    expect(subtract([of(10, 20)], [of(0, 10), of(20, 30)])).toEqual([of(10, 20)])
    expect(overlapOf([of(0, 10), of(20, 30)], [of(5, 25)])).toEqual([of(5, 10), of(20, 25)])
    expect(overlapOf([of(0, 10)], [of(10, 20)])).toEqual([])
  })

  test('an empty or backward one has no part and no length', () => {
    const noon = Date.UTC(2026, 9, 3, 12)
    for (const one of [of(noon, noon), of(noon, noon - 1)]) {
      expect([splitAtMonths(one, NEW_YORK), splitAtLocalMidnights(one, NEW_YORK), totalMs([one])]).toEqual([[], [], 0])
    }
  })

  test('one over two midnights and a month end has its parts with their days and months', () => {
    const whole = of(Date.parse('2026-10-31T03:00:00Z'), Date.parse('2026-11-01T06:00:00Z'))
    expect(
      splitAtLocalMidnights(whole, NEW_YORK).map(({ date, startMs, endMs }) => [date, (endMs - startMs) / HOUR]),
    ).toEqual([
      ['2026-10-30', 1],
      ['2026-10-31', 24],
      ['2026-11-01', 2],
    ])
    expect(
      splitAtMonths(whole, NEW_YORK).map(({ month, startMs, endMs }) => [month, (endMs - startMs) / HOUR]),
    ).toEqual([
      ['2026-10', 25],
      ['2026-11', 2],
    ])
  })

  test('seconds and minutes are floored', () => {
    expect([secondsFloor(1999), secondsFloor(2000), creditedMinutesFloor(1199), creditedMinutesFloor(1200)]).toEqual([
      1, 2, 19, 20,
    ])
  })
})
