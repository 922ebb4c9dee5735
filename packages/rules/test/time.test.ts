import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
  creditedMinutesFloor,
  daysBetween,
  dayWindow,
  type Interval,
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
import { runs } from './support.ts'

const HOUR = 3_600_000
const NEW_YORK = 'America/New_York'
const hoursIn = (window: Interval): number => (window.endMs - window.startMs) / HOUR
const oddZones = [
  'America/New_York',
  'America/Asuncion',
  'America/Havana',
  'America/St_Johns',
  'America/Phoenix',
  'America/Nuuk',
  'Pacific/Guam',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/Adak',
  'Europe/Dublin',
]

const instants = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) })

describe('months of a clinic', () => {
  test('November 2026 has 721 hours in New York, March 743, and every month its own in Phoenix', () => {
    expect(hoursIn(monthWindow('2026-11', 'America/New_York'))).toBe(721)
    expect(hoursIn(monthWindow('2026-03', 'America/New_York'))).toBe(743)
    expect(hoursIn(monthWindow('2026-11', 'America/Phoenix'))).toBe(720)
  })

  test('November 2026 starts on 31 October 14:00 UTC in Guam and on 1 November 11:00 UTC in Pago Pago', () => {
    expect(new Date(monthWindow('2026-11', 'Pacific/Guam').startMs).toISOString()).toBe('2026-10-31T14:00:00.000Z')
    expect(new Date(monthWindow('2026-11', 'Pacific/Pago_Pago').startMs).toISOString()).toBe('2026-11-01T11:00:00.000Z')
  })

  test('where midnight does not exist the day starts at one', () => {
    // Paraguay put its clocks forward at midnight of 6 October 2024.
    const start = dayWindow('2024-10-06', 'America/Asuncion').startMs
    expect(new Date(start).toISOString()).toBe('2024-10-06T04:00:00.000Z')
    expect(localDateOf(start - 1, 'America/Asuncion')).toBe('2024-10-05')
    expect(localDateOf(start, 'America/Asuncion')).toBe('2024-10-06')
  })

  test('where midnight comes twice the day starts at the first', () => {
    const start = dayWindow('2026-11-01', 'America/Havana').startMs
    expect(new Date(start).toISOString()).toBe('2026-11-01T04:00:00.000Z')
    expect(hoursIn(dayWindow('2026-11-01', 'America/Havana'))).toBe(25)
  })

  test('a day that a zone skipped is empty', () => {
    expect(hoursIn(dayWindow('2011-12-30', 'Pacific/Apia'))).toBe(0)
    expect(hoursIn(dayWindow('2011-12-29', 'Pacific/Apia'))).toBe(24)
  })

  test('a local time that comes twice is the first, one that does not exist moves on', () => {
    const at = (date: string, time: string): string => new Date(instantOf(date, time, 'America/New_York')).toISOString()
    expect(at('2026-11-01', '01:30')).toBe('2026-11-01T05:30:00.000Z')
    expect(at('2026-03-08', '02:30')).toBe('2026-03-08T07:30:00.000Z')
    expect(at('2026-07-04', '09:15')).toBe('2026-07-04T13:15:00.000Z')
  })

  test('PROP-11: every boundary of 2015 to 2035 parts the time line, in the odd zones and every sixth of the others', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((_, index) => index % 6 === 0)
    for (const zone of new Set([...oddZones, ...zones])) {
      let end = monthWindow('2014-12', zone).endMs
      for (let month = '2015-01'; month < '2036-01'; month = nextMonth(month)) {
        const window = monthWindow(month, zone)
        if (window.startMs !== end) throw new Error(`${zone} ${month}: gap`)
        end = window.endMs
        if (monthOf(window.startMs, zone) !== month || monthOf(window.endMs - 1, zone) !== month) {
          throw new Error(`${zone} ${month}: not its own`)
        }
      }
    }
  })

  test('an independent reading of the clock agrees on the date', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...oddZones), (ms, zone) => {
        const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(ms)
        expect(localDateOf(ms, zone)).toBe(parts)
      }),
      runs(2000),
    )
  })

  test('an entry over the month end is split to the millisecond', () => {
    const entry = { startMs: Date.parse('2026-11-01T03:50:00Z'), endMs: Date.parse('2026-11-01T04:10:00Z') }
    expect(splitAtMonths(entry, 'America/New_York').map((part) => [part.month, totalMs([part]) / 60_000])).toEqual([
      ['2026-10', 10],
      ['2026-11', 10],
    ])
  })

  test('PROP-11: every instant of 2015 to 2035 is in one month alone, whatever the zone', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (ms, zone) => {
        const month = monthOf(ms, zone)
        const has = (one: string): boolean => {
          const { startMs, endMs } = monthWindow(one, zone)
          return startMs <= ms && ms < endMs
        }
        expect([previousMonth(month), month, nextMonth(month)].map(has)).toEqual([false, true, false])
      }),
      runs(1000),
    )
  })

  test('PROP-12: a duration is the distance of its instants, however often the clocks change in it', () => {
    const length = fc.integer({ min: 0, max: 400 * 24 * HOUR })
    fc.assert(
      fc.property(instants, length, fc.constantFrom(...oddZones), (startMs, lengthMs, zone) => {
        const whole = { startMs, endMs: startMs + lengthMs }
        expect(totalMs(splitAtLocalMidnights(whole, zone))).toBe(lengthMs)
        expect(totalMs(splitAtMonths(whole, zone))).toBe(lengthMs)
      }),
      runs(100),
    )
  })

  test('PROP-14: a time on the clock is on its day, the first where it comes twice, moved on where it does not exist', () => {
    const edges = ['2016-02-29', '2024-02-29', '2028-02-29', '2019-12-31', '2020-01-01', '2026-03-08', '2026-11-01']
    const changes = ['2024-10-06', '2021-10-03', '2018-11-04', '2022-04-03', '2026-09-27', '2017-02-28']
    const day = fc.oneof(
      fc.constantFrom(...edges, ...changes),
      fc.integer({ min: 0, max: 20 * 365 }).map((days) => addDays('2015-01-01', days)),
    )
    const formats = new Map(
      oddZones.map((timeZone) => [
        timeZone,
        new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }),
      ]),
    )
    const clock = (ms: number, zone: string): string => formats.get(zone)?.format(ms) ?? ''
    const quarter = HOUR / 4
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 95 }), fc.constantFrom(...oddZones), (date, quarters, zone) => {
        const time = new Date(quarters * quarter).toISOString().slice(11, 16)
        const ms = instantOf(date, time, zone)
        const told = clock(ms, zone)
        const around = Array.from({ length: 12 }, (_, step) => ms + (step - 6) * quarter)
        const same = around.filter((one) => clock(one, zone) === `${date} ${time}`)
        if (told === `${date} ${time}`) {
          expect(same[0]).toBe(ms)
          expect(localDateOf(ms, zone)).toBe(date)
        } else {
          expect(same).toEqual([])
          expect(told > `${date} ${time}`).toBe(true)
        }
      }),
      runs(500),
    )
  })
})

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
  test('leap days, year ends and lengths', () => {
    expect([lastDayOf('2024-02'), lastDayOf('2026-02'), lastDayOf('2000-02'), lastDayOf('2100-02')]).toEqual([
      '2024-02-29',
      '2026-02-28',
      '2000-02-29',
      '2100-02-28',
    ])
    expect([nextMonth('2026-12'), previousMonth('2027-01'), addMonths('2026-11', 14)]).toEqual([
      '2027-01',
      '2026-12',
      '2028-01',
    ])
    expect([addDays('2024-02-28', 1), addDays('2026-12-31', 1), addYears('2024-02-29', -1)]).toEqual([
      '2024-02-29',
      '2027-01-01',
      '2023-02-28',
    ])
    expect(isLocalDate('2026-02-29')).toBe(false)
    expect(isLocalDate('2028-02-29')).toBe(true)
  })

  test('age turns on the birthday', () => {
    expect([ageOn('1961-11-01', '2026-10-31'), ageOn('1961-11-01', '2026-11-01')]).toEqual([64, 65])
  })

  test('zones and instants that are none', () => {
    expect(['America/New_York', 'UTC', 'Mars/Olympus', '+05:00', ''].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(parseInstant('2026-10-03T14:00:00')).toBeUndefined()
    expect(parseInstant('2026-02-30T14:00:00Z')).toBeUndefined()
    expect(parseInstant('2026-10-03T14:00:00-04:00')).toBe(Date.UTC(2026, 9, 3, 18))
  })

  test('the fast reading of an instant is the slow one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
        expect(instantMs(text)).toBe(seconds * 1000)
      }),
      runs(2000),
    )
  })

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

describe('PROP-10: intervals obey the laws of sets', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 60 }))
    .map(([startMs, length]) => ({ startMs, endMs: startMs + length }))
  const intervals = fc.array(interval, { maxLength: 12 })
  const points = (list: readonly Interval[]): Set<number> => {
    const set = new Set<number>()
    for (const one of list) for (let ms = one.startMs; ms < one.endMs; ms += 1) set.add(ms)
    return set
  }
  const without = (a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> =>
    new Set([...a].filter((ms) => !b.has(ms)))
  const within = (a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> =>
    new Set([...a].filter((ms) => b.has(ms)))
  const same = (list: readonly Interval[], set: ReadonlySet<number>): void => {
    expect(totalMs(list)).toBe(set.size)
    expect(points(list)).toEqual(set)
    for (let i = 1; i < list.length; i += 1) expect(list[i]?.startMs).toBeGreaterThan(list[i - 1]?.endMs ?? 0)
  }

  test('union, subtract and overlap are those of the points in them', () => {
    fc.assert(
      fc.property(intervals, intervals, (a, b) => {
        const left = points(a)
        const right = points(b)
        same(unionOf(a), left)
        expect(points(subtract(a, b))).toEqual(without(left, right))
        expect(totalMs(subtract(a, b))).toBe(without(left, right).size)
        expect(points(overlapOf(a, b))).toEqual(within(left, right))
        expect(totalMs(overlapOf(a, b))).toBe(within(left, right).size)
      }),
      runs(500),
    )
  })

  test('the parts of a split entry add up to the whole', () => {
    const start = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) })
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 0, max: 100 * 24 * HOUR }),
        fc.constantFrom(...oddZones),
        (startMs, length, zone) => {
          const whole = { startMs, endMs: startMs + length }
          for (const parts of [splitAtMonths(whole, zone), splitAtLocalMidnights(whole, zone)]) {
            expect(totalMs(parts)).toBe(length)
            expect(secondsFloor(totalMs(parts))).toBe(Math.floor(length / 1000))
          }
        },
      ),
      runs(300),
    )
  })
})
