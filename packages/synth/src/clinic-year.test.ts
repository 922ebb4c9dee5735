import { expect, test } from 'vitest'
import { type ClinicEvent, planClinicYear } from './index.ts'

const options = {
  seed: 7,
  timeZone: 'America/New_York',
  from: '2025-11',
  openMonth: '2026-10',
  today: '2026-11-03',
  practitionerSourceId: 'okafor',
}
const candidates = Array.from({ length: 60 }, (_, index) => ({ sourceId: `p${index}`, id: `id${index}` }))
const year = planClinicYear(candidates, options)

test('the same seed gives the same year, another seed another one', () => {
  expect(planClinicYear(candidates, options)).toEqual(year)
  expect(planClinicYear(candidates, { ...options, seed: 8 })).not.toEqual(year)
})

test('nobody is at two places at one time, and nobody works on a weekend', () => {
  const timed = year.events.filter((event): event is Extract<ClinicEvent, { seconds: number }> => 'seconds' in event)
  const until = new Map<string, number>()
  for (const event of timed) {
    const from = Date.parse(event.at)
    expect(from).toBeGreaterThanOrEqual(until.get(event.by) ?? 0)
    until.set(event.by, from + event.seconds * 1000)
    expect([0, 6]).not.toContain(new Date(event.at).getUTCDay())
  }
  expect(timed.length).toBeGreaterThan(250)
})

test('the events are in order and end before the demo begins', () => {
  const times = year.events.map((event) => event.at)
  expect([...times].sort()).toEqual(times)
  expect(times.at(-1) ?? '').toMatch(/^2026-1[01]-/)
})

test('consent comes before enrollment, and enrollment before the first call', () => {
  const first = (patient: number, deed: string) =>
    year.events.find((event) => event.patient === patient && event.deed === deed)?.at
  const enrolled = new Set(year.events.filter((event) => event.deed === 'enroll').map((event) => event.patient))
  expect(enrolled.size).toBeGreaterThan(20)
  for (const patient of enrolled) {
    const [consent = '', enroll = '', call] = [
      first(patient, 'consent'),
      first(patient, 'enroll'),
      first(patient, 'call'),
    ]
    expect(consent < enroll).toBe(true)
    if (call !== undefined) expect(enroll < call).toBe(true)
  }
})
