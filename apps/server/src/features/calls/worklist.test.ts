import { localDateOf } from '@keepwell/rules'
import { describe, expect, test } from 'vitest'
import { stepsOf } from '../minutes/minutes.ts'
import {
  daysLeft,
  type Moment,
  planDue,
  presentRow,
  sortKeyOf,
  stepsDone,
  viewsOf,
  type WorklistFacts,
  whyNow,
} from './worklist.ts'

const moment: Moment = {
  now: new Date('2026-11-03T14:12:00Z'),
  today: '2026-11-03',
  clock: '09:12',
  month: '2026-11',
}
const localDay = (at: Date) => localDateOf(at.getTime(), 'America/New_York')
const clockOf = (at: Date) => at.toISOString().slice(11, 16)
const diaz: WorklistFacts = {
  patientId: 'diaz',
  name: 'Elena Diaz',
  bornOn: '1952-03-14',
  ownerId: 'rosa',
  ownerName: 'Rosa Marin',
  riskLevel: 'moderate',
  riskScore: 5,
  riskBecause: ['3 chronic conditions'],
  mark: null,
  countedSeconds: 0,
  leftOutSeconds: 0,
  sections: [],
  activities: [],
  talked: false,
  lastContactAt: new Date('2026-10-05T14:00:00Z'),
  attempts: 0,
  callBackAt: null,
  nextContactOn: null,
  bestFrom: null,
  bestTo: null,
  planState: 'signed',
  planSignedOn: '2026-06-01',
  planReviewOn: null,
  openTasks: 0,
  dischargedOn: null,
  enrolledOn: '2026-01-05',
  consented: true,
}
const order = (...list: (Partial<WorklistFacts> & { patientId: string })[]) =>
  list
    .map((one) => ({ ...diaz, ...one }))
    .sort((a, b) => (sortKeyOf(a, moment, localDay) < sortKeyOf(b, moment, localDay) ? -1 : 1))
    .map((one) => one.patientId)

describe('the order of the list', () => {
  test("clinical need comes first, with the provider's mark before all", () => {
    expect(
      order(
        { patientId: 'low', riskLevel: 'low' },
        { patientId: 'high', riskLevel: 'high' },
        { patientId: 'marked', riskLevel: 'low', mark: 'first' },
        { patientId: 'very', riskLevel: 'very_high' },
        { patientId: 'later', riskLevel: 'very_high', mark: 'later' },
      ),
    ).toEqual(['marked', 'very', 'high', 'low', 'later'])
  })
  test('who has to consent again first comes after all who can be rung', () => {
    expect(
      order(
        { patientId: 'withdrawn', riskLevel: 'very_high', mark: 'first', consented: false },
        { patientId: 'low', riskLevel: 'low' },
        { patientId: 'spoken', riskLevel: 'very_high', talked: true },
      ),
    ).toEqual(['low', 'withdrawn', 'spoken'])
    expect(whyNow({ ...diaz, mark: 'first', consented: false }, moment, localDay, clockOf)).toBe(
      'No consent in force: ask first',
    )
  })
  test('then the call-back that was promised, then who can be reached now, then who has waited longest', () => {
    expect(
      order(
        { patientId: 'waited', lastContactAt: new Date('2026-08-01T14:00:00Z') },
        { patientId: 'window', bestFrom: '09:00', bestTo: '11:00' },
        { patientId: 'afternoon', bestFrom: '14:00', bestTo: '16:00' },
        { patientId: 'promised', callBackAt: new Date('2026-11-03T15:20:00Z') },
        { patientId: 'plain' },
      ),
    ).toEqual(['promised', 'window', 'afternoon', 'waited', 'plain'])
  })
  test('who has been spoken with waits behind who has not, unless something was promised', () => {
    expect(
      order(
        { patientId: 'done', talked: true, riskLevel: 'very_high' },
        { patientId: 'open', riskLevel: 'low' },
        {
          patientId: 'again',
          talked: true,
          riskLevel: 'very_high',
          callBackAt: new Date('2026-11-03T15:00:00Z'),
        },
      ),
    ).toEqual(['again', 'open', 'done'])
  })
  test('money is not in it: the facts it is made of hold none', () => {
    for (const key of [
      ...Object.keys(diaz),
      ...Object.keys(presentRow(diaz, moment, localDay, clockOf)),
      ...Object.keys(moment),
    ])
      expect(key).not.toMatch(/cents|amount|revenue|allowed|price|claim|^charge|pay|bill|money/i)
    const withMoney = { ...diaz, allowedCents: 22_245, expectedRevenueCents: 99_999, countedSeconds: 3600 }
    expect(sortKeyOf(withMoney, moment, localDay)).toBe(sortKeyOf(diaz, moment, localDay))
  })
})

describe('why now', () => {
  test.each([
    [{ callBackAt: new Date('2026-11-03T15:20:00Z') }, 'Call-back promised for 15:20'],
    [{ callBackAt: new Date('2026-11-01T15:20:00Z') }, 'A promised call-back is overdue'],
    [
      { dischargedOn: '2026-10-30', lastContactAt: new Date('2026-10-05T14:00:00Z') },
      'Came home from hospital; not spoken with since',
    ],
    [{ mark: 'first' as const }, 'Marked first by the provider'],
    [{ mark: 'soon' as const }, 'Marked soon by the provider'],
    [{ riskLevel: 'high' as const, attempts: 2 }, 'High need, not reached in 2 tries'],
    [{ lastContactAt: new Date('2026-08-01T14:00:00Z') }, 'Not spoken with for 94 days'],
    [{ bestFrom: '09:00', bestTo: '10:00' }, 'Can be reached now'],
    [{}, 'Not reached yet'],
    [{ talked: true, openTasks: 2 }, 'Spoken with; 2 tasks are open'],
    [{ talked: true }, 'Spoken with this month'],
  ])('%j', (change, sentence) => {
    expect(whyNow({ ...diaz, ...change }, moment, localDay, clockOf)).toBe(sentence)
  })
})

test('the saved views: call-backs, high need, nearly there from 15:00 to 19:59, plan due, discharged, two months without contact', () => {
  const views = (change: Partial<WorklistFacts>) =>
    viewsOf({ ...diaz, ...change }, moment, stepsOf('2026-11'), localDay)
  expect(views({})).toEqual(['all'])
  expect(views({ callBackAt: moment.now })).toContain('call_backs')
  expect(views({ riskLevel: 'high' })).toContain('high_not_reached')
  expect([899, 900, 1199, 1200].map((countedSeconds) => views({ countedSeconds }).includes('nearly_there'))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(views({ planSignedOn: null, planState: 'draft' })).toContain('plan_due')
  expect(views({ dischargedOn: '2026-10-20' })).toContain('discharged')
  expect(views({ lastContactAt: new Date('2026-09-03T14:00:00Z') })).toContain('no_contact')
})

test('six steps, each by a deed on record; what the month before did does not count', () => {
  expect(stepsDone({ talked: false, sections: [], activities: [], openTasks: 0 })).toEqual({
    reach: false,
    review: false,
    meds: false,
    goals: false,
    coordinate: false,
    sign: false,
  })
  expect(stepsDone({ talked: true, sections: ['since', 'med', 'goal'], activities: [], openTasks: 1 })).toEqual({
    reach: true,
    review: true,
    meds: true,
    goals: true,
    coordinate: false,
    sign: true,
  })
  expect(
    stepsDone({
      talked: false,
      sections: [],
      activities: ['chart_review', 'medication_reconciliation', 'referral'],
      openTasks: 1,
    }),
  ).toMatchObject({ reach: false, review: true, meds: true, coordinate: true })
})

test('a plan is due without a signature, after a year, and when its review day has come', () => {
  expect(planDue({ planState: 'none', planSignedOn: null, planReviewOn: null }, '2026-11-03')).toBe(true)
  expect(planDue({ planState: 'signed', planSignedOn: '2025-11-04', planReviewOn: null }, '2026-11-03')).toBe(false)
  expect(planDue({ planState: 'signed', planSignedOn: '2025-11-03', planReviewOn: null }, '2026-11-03')).toBe(true)
  expect(planDue({ planState: 'signed', planSignedOn: '2026-06-01', planReviewOn: '2026-11-03' }, '2026-11-03')).toBe(
    true,
  )
})

test('the steps of the bar come from the rule book: 20, 40 and 60 minutes in 2026', () => {
  expect(stepsOf('2026-11')).toEqual([1200, 2400, 3600])
})

test('on Tuesday 3 November 28 days are left, 20 of them workdays', () => {
  expect(daysLeft('2026-11-03')).toEqual({ daysLeft: 28, workdaysLeft: 20 })
})
