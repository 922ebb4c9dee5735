import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  ageOn,
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
  parseInstant,
  previousMonth,
  secondsFloor,
  splitAtLocalMidnights,
  splitAtMonths,
  subtract,
  totalMs,
  unionOf,
} from '../src/index.ts'
import { runs } from './support.ts'

const HOUR = 3_600_000
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

describe('dates', () => {
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
