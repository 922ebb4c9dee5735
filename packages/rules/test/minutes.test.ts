import { describe, expect, test } from 'vitest'
import { diazIn, okafor, rosa } from '../src/cases/story.ts'
import { assess, type Facts, type MinutesTally, type TimeFacts, tallyMinutes } from '../src/index.ts'

const october = (time: readonly TimeFacts[], change: Partial<Facts> = {}): Facts =>
  diazIn('2026-10', { time, ...change })
const tally = (time: readonly TimeFacts[], change: Partial<Facts> = {}): MinutesTally =>
  tallyMinutes(october(time, change))
const reasons = (result: MinutesTally): ReadonlyArray<readonly [string, number]> =>
  result.leftOut.map((one) => [one.reason, one.seconds])

describe('what counts', () => {
  test('seconds are added exactly and floored once', () => {
    const entries = Array.from({ length: 3 }, (_, index) =>
      rosa(6 * 60 + 40, { start: `2026-10-0${index + 1}T14:00:00Z` }),
    )
    expect(tally(entries)).toMatchObject({ countedSeconds: 1200, pooledMinutes: 20 })
  })

  test('an entry over the month end counts on each side in its own month, by the clinic’s clock', () => {
    const entry = rosa(20 * 60, { start: '2026-11-01T03:50:00Z' })
    expect(tally([entry])).toMatchObject({
      countedSeconds: 600,
      leftOut: [{ reason: 'other_month', seconds: 600 }],
    })
    expect(tallyMinutes(diazIn('2026-11', { time: [entry] })).countedSeconds).toBe(600)
    expect(tallyMinutes(diazIn('2026-11', { time: [entry], timeZone: 'UTC' })).countedSeconds).toBe(1200)
  })

  test('the hour that comes twice on 1 November counts twice, the one that is missing in March not at all', () => {
    const fall = rosa(2 * 3600, { start: '2026-11-01T05:00:00Z' })
    expect(tallyMinutes(diazIn('2026-11', { time: [fall] })).countedSeconds).toBe(7200)
    const spring = rosa(2 * 3600, { start: '2026-03-08T06:30:00Z' })
    expect(tallyMinutes(diazIn('2026-03', { time: [spring] })).countedSeconds).toBe(7200)
  })

  test('an entry of no length counts nothing and breaks nothing', () => {
    expect(tally([rosa(0), rosa(1200, { start: '2026-10-07T14:00:00Z' })]).countedSeconds).toBe(1200)
  })

  test('a huddle of Rosa and Dr Okafor counts once, as his', () => {
    const result = tally([
      rosa(20 * 60, { start: '2026-10-06T14:00:00Z' }),
      okafor(20 * 60, { start: '2026-10-06T14:10:00Z' }),
    ])
    expect(result).toMatchObject({ countedSeconds: 1800, practitionerSeconds: 1200, staffSeconds: 600 })
    expect(reasons(result)).toEqual([['counted_once', 600]])
  })

  test('a minute that another program has is not counted again, whoever worked', () => {
    const monitoring: TimeFacts = {
      ...rosa(600, { start: '2026-10-06T14:05:00Z', id: 'rpm' }),
      program: 'rpm',
      person: 'lee',
    }
    const result = tally([rosa(20 * 60), monitoring])
    expect(result.countedSeconds).toBe(600)
    expect(reasons(result)).toEqual([
      ['minute_used_by_other_program', 600],
      ['other_program', 600],
    ])
  })

  const never: ReadonlyArray<readonly [string, Partial<TimeFacts>, string]> = [
    ['a voicemail', { activity: 'voicemail_only' }, 'activity_not_countable'],
    ['scheduling', { activity: 'scheduling' }, 'activity_not_countable'],
    ['prior authorization', { activity: 'prior_authorization' }, 'activity_not_countable'],
    ['a visit in person', { activity: 'face_to_face_visit' }, 'activity_not_countable'],
    ['a robot', { activity: 'automated' }, 'activity_not_countable'],
    ['the front desk', { credential: 'front_desk' }, 'not_clinical_staff'],
    ['a community health worker', { credential: 'CHW' }, 'not_clinical_staff'],
    ['nobody with a credential', { credential: null }, 'not_clinical_staff'],
    ['work for no program', { program: 'none' }, 'other_program'],
  ]
  for (const [name, change, reason] of never) {
    test(`${name} does not count`, () => {
      const result = tally([{ ...rosa(1200), ...change }])
      expect(result.countedSeconds).toBe(0)
      expect(reasons(result)).toEqual([[reason, 1200]])
    })
  }

  for (const credential of ['RN', 'rn', 'LPN', 'MA', 'PharmD', 'LCSW', 'NP', 'R.N.']) {
    test(`${credential} counts as staff`, () => {
      expect(tally([{ ...rosa(1200), credential }]).staffSeconds).toBe(1200)
    })
  }

  test('a nurse entered as practitioner counts as staff', () => {
    expect(tally([{ ...okafor(1800), credential: 'RN' }])).toMatchObject({
      practitionerSeconds: 0,
      staffSeconds: 1800,
    })
  })

  test('the billing practitioner’s own profession stands in for a missing credential', () => {
    const { credential: _gone, ...entry } = okafor(1800)
    expect(tally([entry])).toMatchObject({ practitionerSeconds: 1800, unknowns: [] })
  })

  test('consent at 14:10 leaves out the ten minutes before it', () => {
    const result = tally([rosa(20 * 60)], {
      consent: { ...diazIn('2026-10').consent, givenOn: '2026-10-06', givenAt: '2026-10-06T14:10:00Z' },
    })
    expect(reasons(result)).toEqual([['before_consent', 600]])
  })

  test('days of a stay are left out by the clinic’s midnight', () => {
    const result = tally([rosa(2 * 3600, { start: '2026-10-07T03:00:00Z' })], {
      stays: [{ kind: 'inpatient', from: '2026-10-07', to: '2026-10-09' }],
    })
    expect(result.countedSeconds).toBe(3600)
    expect(reasons(result)).toEqual([['facility_stay', 3600]])
  })

  test('every second of the log is either counted or told why not', () => {
    const entries = [
      rosa(3000, { start: '2026-10-05T23:30:00Z', id: 'a' }),
      okafor(3000, { start: '2026-10-05T23:50:00Z', id: 'b' }),
      { ...rosa(900, { start: '2026-10-06T00:00:00Z', id: 'c' }), program: 'tcm' as const },
      rosa(7200, { start: '2026-10-06T03:00:00Z', id: 'd' }),
      rosa(7200, { start: '2026-11-01T03:00:00Z', id: 'e' }),
    ]
    const result = tally(entries, { stays: [{ kind: 'inpatient', from: '2026-10-06', to: '2026-10-06' }] })
    const logged = entries.reduce((sum, one) => sum + (Date.parse(one.end) - Date.parse(one.start)) / 1000, 0)
    const told = result.leftOut.reduce((sum, one) => sum + one.seconds, 0)
    expect(result.countedSeconds + told).toBe(logged)
  })
})

describe('the ten faults of the open biller', () => {
  test('19:30 is not 20', () => expect(assess(october([rosa(1170)])).lines).toEqual([]))
  test('the add-on stops at two', () => {
    expect(assess(october([rosa(5 * 3600)])).lines.map((line) => line.units)).toEqual([1, 2])
  })
  test('the service date is in the service month, also for an entry that ends in the next', () => {
    const verdict = assess(
      october([rosa(30 * 60, { start: '2026-11-01T03:35:00Z' })], {
        policy: { dateOfService: 'threshold_date' },
      }),
    )
    expect(verdict.lines.map((line) => line.dateOfService)).toEqual(['2026-10-31'])
  })
  test('no line goes without two diagnoses', () => {
    for (const line of assess(october([rosa(2400)])).lines) expect(line.diagnoses).toEqual(['E11.9', 'I10'])
  })
  test('a session taken out is out', () => {
    const both = [rosa(600), rosa(600, { start: '2026-10-07T14:00:00Z' })]
    expect(assess(october(both)).outcome).toBe('billable')
    expect(assess(october(both.slice(0, 1))).outcome).toBe('not_billable')
  })
  test('the month is the clinic’s, not that of UTC', () => {
    const evening = [rosa(20 * 60, { start: '2026-11-01T02:00:00Z' })]
    expect(assess(october(evening)).outcome).toBe('billable')
    expect(assess(diazIn('2026-11', { time: evening })).outcome).toBe('not_billable')
  })
})
