import { expect, test } from 'vitest'
import {
  dayText,
  dayTextAt,
  minutesSpoken,
  minutesText,
  moneyText,
  monthText,
  percentText,
  timeTextAt,
  yearsBetween,
  zoneText,
} from './format.ts'

test('money is written from whole cents, a loss with a minus sign', () => {
  expect(moneyText(120450)).toBe('$1,204.50')
  expect(moneyText(-5)).toBe('−$0.05')
  expect(moneyText(0)).toBe('$0.00')
})

test('minutes are never rounded up to a step that was not reached', () => {
  expect(minutesText(1199)).toBe('19:59')
  expect(minutesText(1200)).toBe('20:00')
  expect(minutesText(4505)).toBe('75:05')
  expect(minutesSpoken(61)).toBe('1 minute 1 second')
  expect(minutesSpoken(1200)).toBe('20 minutes')
})

test('a day stays the same day in every zone of the reader', () => {
  expect(dayText('2026-11-03')).toBe('Tue 3 Nov 2026')
  expect(dayText('2026-09-01')).toBe('Tue 1 Sep 2026')
})

test("an instant is shown in the clinic's zone, on its day there", () => {
  expect(dayTextAt('2026-11-04T03:30:00Z', 'America/New_York')).toBe('Tue 3 Nov 2026')
  expect(timeTextAt('2026-11-04T03:30:00Z', 'America/New_York')).toBe('22:30')
  expect(zoneText('America/New_York', Date.parse('2026-11-04T03:30:00Z'))).toBe('EST')
})

test('Mrs Diaz is 73 until her birthday', () => {
  expect(yearsBetween('1952-11-04', '2026-11-03')).toBe(73)
  expect(yearsBetween('1952-11-04', '2026-11-04')).toBe(74)
})

test('months and shares are written in words a clerk would say', () => {
  expect(monthText('2026-11')).toBe('November 2026')
  expect(percentText(0.738)).toBe('74%')
})
