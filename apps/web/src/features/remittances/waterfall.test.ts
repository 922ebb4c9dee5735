import { expect, test } from 'vitest'
import { timeTakenText, waterfallOf } from './waterfall.ts'

const month = {
  month: '2026-09',
  claims: 4,
  chargeCents: 10_000,
  expectedCents: 5000,
  paidCents: 4000,
  patientCents: 1000,
  deniedCents: 500,
  openCents: 1500,
  firstInsurerCents: 0,
  contractualCents: 2920,
  sequestrationCents: 80,
  otherCents: 0,
  unsent: 0,
  decided: 3,
  firstPass: 2,
}

test('each step begins where the one before ended, and the last ends at nothing', () => {
  const steps = waterfallOf(month)
  expect(steps.map(({ id, cents }) => [id, cents])).toEqual([
    ['charge', 10_000],
    ['contract', 2920],
    ['sequestration', 80],
    ['denied', 500],
    ['share', 1000],
    ['paid', 4000],
    ['open', 1500],
  ])
  expect(steps.slice(1).reduce((sum, { cents }) => sum + cents, 0)).toBe(month.chargeCents)
  for (const [at, step] of steps.entries()) {
    const before = steps[at - 1]
    if (at > 0 && before !== undefined)
      expect(step.from + step.share).toBeCloseTo(before.id === 'charge' ? 1 : before.from)
  }
  expect(steps.at(-1)?.from).toBe(0)
})

test('what was taken back has no bar', () => {
  const back = waterfallOf({ ...month, otherCents: -500, openCents: 2000 }).find(({ id }) => id === 'other')
  expect(back).toMatchObject({ cents: -500, share: 0 })
})

test('how long something took is said in the unit that fits', () => {
  expect([1200, 3600, 4 * 3600, 47 * 3600, 60 * 3600].map(timeTakenText)).toEqual([
    'under an hour',
    '1 hour',
    '4 hours',
    '47 hours',
    '2.5 days',
  ])
})
