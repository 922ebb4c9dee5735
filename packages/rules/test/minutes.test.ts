import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import {
  careStartsOn,
  couldEverCount,
  dateReached,
  isTooOld,
  stepDayOf,
  timeStillOpen,
  visitDaysOf,
} from '../src/ccm/minutes.ts'
import { assess, type Facts, type MinutesTally, type TimeFacts, tallyMinutes, totalMs } from '../src/index.ts'

const october = (time: readonly TimeFacts[], change: Partial<Facts> = {}): Facts =>
  diazIn('2026-10', { time, ...change })
const tally = (time: readonly TimeFacts[], change: Partial<Facts> = {}): MinutesTally =>
  tallyMinutes(october(time, change))
const reasons = (result: MinutesTally): ReadonlyArray<readonly [string, number]> =>
  result.leftOut.map((one) => [one.reason, one.seconds])
const diaz = (change: Partial<Facts> = {}): Facts => diazIn('2026-10', change)
const leftOut = (change: Partial<Facts>): string =>
  tallyMinutes(diaz(change))
    .leftOut.map((one) => `${one.reason} ${one.seconds}`)
    .join(', ')
const consent = (change: Facts['consent']): Partial<Facts> => ({ consent: { ...mrsDiaz.consent, ...change } })
const partB = { kind: 'part_b', from: '2017-04-01', to: null } as const
/** Twenty minutes on the first, the sixth and the last day of the month. */
const thrice: Partial<Facts> = {
  time: ['2026-10-01T14:00:00Z', '2026-10-06T14:00:00Z', '2026-10-31T14:00:00Z'].map((start) => rosa(1200, { start })),
}

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

describe('the days on which nothing counts', () => {
  const needed = (visit: Facts['initiatingVisit'], policy: Facts['policy'] = {}): Partial<Facts> => ({
    ...thrice,
    patient: { diedOn: null, newOrNotSeenWithinYear: true },
    initiatingVisit: visit,
    policy,
  })
  const visit = { on: '2026-10-06', code: '99214', ccmDiscussed: true } as const
  const died = (diedOn: string): Partial<Facts> => ({ ...thrice, patient: { diedOn, newOrNotSeenWithinYear: false } })
  const stay = (kind: 'inpatient' | 'snf_part_a' | 'observation' | 'emergency', from: string, to: string | null) => ({
    ...thrice,
    stays: [{ kind, from, to }],
  })
  const insured = (...spans: ReadonlyArray<readonly [string, string | null]>): Partial<Facts> => ({
    ...thrice,
    coverage: spans.map(([from, to]) => ({ kind: 'part_b' as const, from, to })),
  })
  const all = (reason: string): string => [reason, reason, reason].map((one) => `${one} 1200`).join(', ')
  const one = (reason: string): string => `${reason} 1200`
  const both = (reason: string): string => `${reason} 1200, ${reason} 1200`

  const days: ReadonlyArray<readonly [string, Partial<Facts>, string]> = [
    ['none', thrice, ''],
    ['of consent nobody has said anything', { ...thrice, consent: undefined }, ''],
    ['there is no consent', { ...thrice, consent: null }, all('before_consent')],
    ['consent has no day', { ...thrice, ...consent({ givenOn: null }) }, all('before_consent')],
    ['the day of consent is not known', { ...thrice, ...consent({ givenOn: undefined }) }, ''],
    ['consent has no form', { ...thrice, ...consent({ form: null }) }, all('before_consent')],
    ['the form of consent is not known', { ...thrice, ...consent({ form: undefined }) }, ''],
    ['the patient was told nothing', { ...thrice, ...consent({ told: null }) }, all('before_consent')],
    ['the patient was told too little', { ...thrice, ...consent({ told: ['right_to_stop'] }) }, all('before_consent')],
    ['what the patient was told is not known', { ...thrice, ...consent({ told: undefined }) }, ''],
    ['consent is of the first of the month', { ...thrice, ...consent({ givenOn: '2026-10-01' }) }, ''],
    ['consent is of the second', { ...thrice, ...consent({ givenOn: '2026-10-02' }) }, one('before_consent')],
    ['consent is of the sixth', { ...thrice, ...consent({ givenOn: '2026-10-06' }) }, one('before_consent')],
    ['consent is of the seventh', { ...thrice, ...consent({ givenOn: '2026-10-07' }) }, both('before_consent')],
    ['consent is of the month after', { ...thrice, ...consent({ givenOn: '2026-11-01' }) }, all('before_consent')],
    [
      'consent is of the sixth at a moment that cannot be read',
      { ...thrice, ...consent({ givenOn: '2026-10-06', givenAt: 'noon' }) },
      one('before_consent'),
    ],
    [
      'consent is of the first at a moment',
      { ...thrice, ...consent({ givenOn: '2026-10-01', givenAt: '2026-10-01T14:10:00Z' }) },
      'before_consent 600',
    ],
    [
      'a moment of consent of a month before is of no account',
      { ...thrice, ...consent({ givenOn: '2026-09-06', givenAt: '2026-10-06T14:10:00Z' }) },
      '',
    ],
    [
      'the patient stopped in August',
      { ...thrice, ...consent({ withdrawnOn: '2026-08-15' }) },
      all('after_withdrawal'),
    ],
    [
      'the patient stopped on the last of September',
      { ...thrice, ...consent({ withdrawnOn: '2026-09-30' }) },
      all('after_withdrawal'),
    ],
    ['the patient stopped on the first of the month', { ...thrice, ...consent({ withdrawnOn: '2026-10-01' }) }, ''],
    ['a visit was needed and there was none', needed(null), all('before_initiating_visit')],
    ['a visit was needed and nobody has said whether there was one', needed(undefined), ''],
    ['a visit of the sixth started care', needed(visit), one('before_initiating_visit')],
    ['a visit of the first started care', needed({ ...visit, on: '2026-10-01' }), ''],
    ['a visit of the month before started care', needed({ ...visit, on: '2026-09-30' }), ''],
    ['a visit of the seventh started care', needed({ ...visit, on: '2026-10-07' }), both('before_initiating_visit')],
    ['a nurse’s visit starts nothing', needed({ ...visit, code: '99211' }), all('before_initiating_visit')],
    [
      'a visit in which CCM was not spoken of',
      needed({ ...visit, ccmDiscussed: false }),
      all('before_initiating_visit'),
    ],
    ['a visit with no word on CCM', needed({ ...visit, ccmDiscussed: null }), all('before_initiating_visit')],
    [
      'a visit of which it is not known whether CCM was spoken of',
      needed({ on: visit.on, code: visit.code }),
      one('before_initiating_visit'),
    ],
    ['a visit by video', needed({ ...visit, telehealth: true }), one('before_initiating_visit')],
    [
      'a visit by video where the clinic refuses it',
      needed({ ...visit, telehealth: true }, { telehealthVisit: 'refuse' }),
      all('before_initiating_visit'),
    ],
    [
      'a visit in person where the clinic refuses video',
      needed({ ...visit, telehealth: false }, { telehealthVisit: 'refuse' }),
      one('before_initiating_visit'),
    ],
    ['a visit a year before consent', needed({ ...visit, on: '2022-03-02' }), ''],
    ['a visit a day more before consent', needed({ ...visit, on: '2022-03-01' }), all('before_initiating_visit')],
    [
      'no visit was needed',
      { ...thrice, patient: { diedOn: null, newOrNotSeenWithinYear: false }, initiatingVisit: null },
      '',
    ],
    ['whether a visit was needed is not known', { ...thrice, patient: { diedOn: null }, initiatingVisit: null }, ''],
    ['a hospital stay of one day', stay('inpatient', '2026-10-06', '2026-10-06'), one('facility_stay')],
    ['a nursing stay since the first', stay('snf_part_a', '2026-10-01', '2026-10-05'), one('facility_stay')],
    ['a stay that lasts', stay('inpatient', '2026-10-06', null), both('facility_stay')],
    ['a stay that began before the month', stay('inpatient', '2026-09-20', '2026-10-01'), one('facility_stay')],
    ['a stay that ended before the month', stay('inpatient', '2026-09-20', '2026-09-30'), ''],
    ['a stay from the last day on', stay('inpatient', '2026-10-31', '2026-11-03'), one('facility_stay')],
    ['a stay after the month', stay('inpatient', '2026-11-01', null), ''],
    ['an observation', stay('observation', '2026-10-06', '2026-10-06'), ''],
    ['an emergency', stay('emergency', '2026-10-06', '2026-10-06'), ''],
    ['death on the sixth', died('2026-10-06'), one('after_death')],
    ['death on the fifth', died('2026-10-05'), both('after_death')],
    ['death on the last day', died('2026-10-31'), ''],
    ['death on the thirtieth', died('2026-10-30'), one('after_death')],
    ['death before the month', died('2026-09-30'), all('after_death')],
    ['death after the month', died('2026-11-01'), ''],
    ['Part B from the second', insured(['2026-10-02', null]), one('no_part_b')],
    ['Part B from the first', insured(['2026-10-01', null]), ''],
    ['Part B to the last day', insured(['2017-04-01', '2026-10-31']), ''],
    ['Part B to the day before it', insured(['2017-04-01', '2026-10-30']), one('no_part_b')],
    ['Part B with a gap', insured(['2017-04-01', '2026-10-05'], ['2026-10-07', null]), one('no_part_b')],
    ['Part B in two parts without a gap', insured(['2017-04-01', '2026-10-15'], ['2026-10-16', null]), ''],
    ['Part B on the first alone', insured(['2017-04-01', '2026-10-01']), both('no_part_b')],
    ['Part B on the last day alone', insured(['2026-10-31', null]), both('no_part_b')],
    // A month without any Part B is the business of the rule of coverage.
    ['no Part B in the month', insured(['2017-04-01', '2026-09-30'], ['2026-11-01', null]), ''],
    ['coverage that nobody has checked', { ...thrice, coverage: undefined }, ''],
    [
      'Part A alone for half of the month',
      { ...thrice, coverage: [{ ...partB, kind: 'part_a', from: '2026-10-06' }] },
      '',
    ],
    [
      'Part A beside a part of Part B',
      {
        ...thrice,
        coverage: [
          { ...partB, kind: 'part_a' },
          { ...partB, from: '2026-10-06' },
        ],
      },
      one('no_part_b'),
    ],
  ]
  for (const [name, change, expected] of days) test(name, () => expect(leftOut(change)).toBe(expected))

  test('where two reasons meet, the first that fits is told, and a second once', () => {
    expect(
      leftOut({
        ...thrice,
        ...consent({ givenOn: '2026-10-07' }),
        ...{ stays: stay('inpatient', '2026-10-06', null).stays },
      }),
    ).toBe('before_consent 1200, before_consent 1200, facility_stay 1200')
  })
})

describe('what is known of an entry', () => {
  const of = (change: Partial<TimeFacts>, facts: Partial<Facts> = {}) => {
    const { countedSeconds, practitionerSeconds, leftOut, unknowns } = tallyMinutes(
      diaz({ time: [{ ...rosa(1200), ...change }], ...facts }),
    )
    return [countedSeconds, practitionerSeconds, leftOut[0]?.reason ?? null, unknowns.length]
  }
  const own = { kind: 'practitioner', person: 'okafor', credential: undefined } as const
  const table: ReadonlyArray<readonly [string, Partial<TimeFacts>, readonly unknown[], Partial<Facts>?]> = [
    ['all', {}, [1200, 0, null, 0]],
    ['its program is not known', { program: undefined }, [0, 0, 'unknown', 1]],
    ['it has no program', { program: null }, [0, 0, 'other_program', 0]],
    ['its work is not known', { activity: undefined }, [0, 0, 'unknown', 1]],
    ['its work is a word of the clinic', { activity: 'juggling' }, [0, 0, 'unknown', 1]],
    ['it was no work', { activity: null }, [0, 0, 'activity_not_countable', 0]],
    ['its credential is not known', { credential: undefined }, [0, 0, 'unknown', 1]],
    ['its credential is a word of the clinic', { credential: 'wizard' }, [0, 0, 'unknown', 1]],
    ['its person has none', { credential: null }, [0, 0, 'not_clinical_staff', 0]],
    ['no work, whatever the program', { activity: null, program: undefined }, [0, 0, 'activity_not_countable', 0]],
    [
      'clerical, whoever did it',
      { activity: 'scheduling', credential: undefined },
      [0, 0, 'activity_not_countable', 0],
    ],
    [
      'by the front desk, whatever it was',
      { activity: undefined, credential: 'FRONT_DESK' },
      [0, 0, 'not_clinical_staff', 0],
    ],
    ['of another program, whoever did it', { program: 'rpm', credential: undefined }, [0, 0, 'other_program', 0]],
    ['the biller in person', own, [1200, 1200, null, 0]],
    [
      'the biller in person, of a profession that may not bill',
      own,
      [1200, 0, null, 0],
      { practitioner: { id: 'okafor', kind: 'other' } },
    ],
    [
      'the biller in person, of no profession',
      own,
      [0, 0, 'unknown', 1],
      { practitioner: { id: 'okafor', kind: null } },
    ],
    ['the biller in person, of an unknown profession', own, [0, 0, 'unknown', 1], { practitioner: { id: 'okafor' } }],
    ['another than the biller', { ...own, person: 'lee' }, [0, 0, 'unknown', 1]],
    ['the biller as staff', { ...own, kind: 'staff' }, [0, 0, 'unknown', 1]],
    ['the biller under a word of the clinic', { ...own, credential: 'wizard' }, [0, 0, 'unknown', 1]],
    ['nobody bills', own, [0, 0, 'unknown', 1], { practitioner: null }],
    ['a nurse practitioner as staff', { credential: 'NP' }, [1200, 0, null, 0]],
    ['a nurse practitioner as such', { kind: 'practitioner', credential: 'NP' }, [1200, 1200, null, 0]],
    ['a nurse as practitioner', { kind: 'practitioner', credential: 'RN' }, [1200, 0, null, 0]],
    ['a start that cannot be read', { start: 'noon' }, [0, 0, null, 1]],
    ['an end that cannot be read', { end: 'noon' }, [0, 0, null, 1]],
    [
      'unclear on a day of a stay needs no answer',
      { activity: undefined },
      [0, 0, 'facility_stay', 0],
      { stays: [{ kind: 'inpatient', from: '2026-10-06', to: null }] },
    ],
  ]
  for (const [name, change, expected, facts] of table) {
    test(name, () => expect(of(change, facts)).toEqual(expected))
  }

  test('an entry outside of the month is of that month, whatever is not known of it', () => {
    expect(of({ start: '2026-09-30T14:00:00Z', end: '2026-09-30T14:20:00Z', activity: undefined })).toEqual([
      0,
      0,
      'other_month',
      0,
    ])
    expect(of({ start: '2026-10-01T03:50:00Z', end: '2026-10-01T04:10:00Z' })).toEqual([600, 0, 'other_month', 0])
    expect(of({ start: '2026-10-01T03:40:00Z', end: '2026-10-01T04:00:00Z' })).toEqual([0, 0, 'other_month', 0])
    expect(of({ start: '2026-11-01T04:00:00Z', end: '2026-11-01T04:20:00Z' })).toEqual([0, 0, 'other_month', 0])
  })

  test('the months are told in the order of their entries, one line for each entry and reason', () => {
    const time = [
      rosa(600, { id: 'c', start: '2026-10-06T14:00:00Z' }),
      { ...rosa(600, { id: 'b', start: '2026-10-07T14:00:00Z' }), activity: undefined },
      { ...rosa(600, { id: 'a', start: '2026-10-08T14:00:00Z' }), credential: undefined },
      rosa(2 * 86_400, { id: 'd', start: '2026-10-31T14:00:00Z' }),
    ]
    const stays = [
      { kind: 'inpatient' as const, from: '2026-10-06', to: '2026-10-06' },
      { kind: 'inpatient' as const, from: '2026-10-31', to: null },
    ]
    const told = tallyMinutes(diaz({ time, stays }))
    expect(told.leftOut).toEqual([
      { entryId: 'a', seconds: 600, reason: 'unknown' },
      { entryId: 'b', seconds: 600, reason: 'unknown' },
      { entryId: 'c', seconds: 600, reason: 'facility_stay' },
      { entryId: 'd', seconds: 14 * 3600, reason: 'facility_stay' },
      { entryId: 'd', seconds: 2 * 86_400 - 14 * 3600, reason: 'other_month' },
    ])
    expect(told.unknowns.map((one) => one.slice(0, 12))).toEqual(['The activity', 'The credenti'])
    expect(tallyMinutes(diaz({ time: time.toReversed(), stays }))).toEqual(told)
  })

  test('what is not known and what the book does not know are told apart', () => {
    const unknown = (change: Partial<TimeFacts>): string | undefined =>
      tallyMinutes(diaz({ time: [{ ...rosa(1200, { id: 'e' }), ...change }] })).unknowns[0]
    expect([
      unknown({ activity: undefined }),
      unknown({ activity: 'juggling' }),
      unknown({ credential: undefined }),
      unknown({ credential: 'wizard' }),
    ]).toEqual([
      'The activity of entry e is not known.',
      'The book does not know the activity juggling of entry e.',
      'The credential of rosa for entry e is not known.',
      'The book does not know the credential wizard of entry e.',
    ])
  })

  test('one entry left out for one reason on two days is one line', () => {
    const stays = [
      { kind: 'inpatient' as const, from: '2026-10-06', to: '2026-10-06' },
      { kind: 'inpatient' as const, from: '2026-10-08', to: '2026-10-08' },
    ]
    expect(leftOut({ time: [rosa(3 * 86_400)], stays })).toBe(`facility_stay ${14 * 3600 + 86_400}`)
  })
})

describe('the same clock time', () => {
  const at = (minute: number, length: number, id: string): TimeFacts =>
    rosa(length * 60, { id, start: new Date(Date.UTC(2026, 9, 6, 14, minute)).toISOString() })
  const his = (minute: number, length: number, id: string, personalCcm = true): TimeFacts => ({
    ...okafor(length * 60, { id, start: new Date(Date.UTC(2026, 9, 6, 14, minute)).toISOString() }),
    personalCcm,
  })
  const of = (time: readonly TimeFacts[], change: Partial<Facts> = {}) => {
    const { countedSeconds, practitionerSeconds, personalSeconds, pooledSeconds, leftOut } = tallyMinutes(
      diaz({ time, ...change }),
    )
    const seconds = [countedSeconds, practitionerSeconds, personalSeconds, pooledSeconds]
    return [...seconds.map((one) => one / 60), leftOut.map((one) => `${one.entryId} ${one.reason} ${one.seconds / 60}`)]
  }

  test('of two of the staff counts once, and the later entry is told as counted once', () => {
    expect(of([at(0, 20, 'a'), at(10, 20, 'b')])).toEqual([30, 0, 0, 30, ['b counted_once 10']])
    expect(of([at(0, 20, 'b'), at(0, 20, 'a')])).toEqual([20, 0, 0, 20, ['b counted_once 20']])
    expect(of([at(0, 20, 'a'), at(0, 20, 'b')])).toEqual([20, 0, 0, 20, ['b counted_once 20']])
    expect(of([at(10, 20, 'a'), at(0, 20, 'b')])).toEqual([30, 0, 0, 30, ['a counted_once 10']])
    expect(of([at(0, 20, 'b'), at(0, 30, 'a')])).toEqual([30, 0, 0, 30, ['a counted_once 20']])
    expect(of([at(0, 30, 'a'), at(0, 20, 'b')])).toEqual([30, 0, 0, 30, ['a counted_once 20']])
    expect(of([at(0, 20, 'a'), at(20, 20, 'b')])).toEqual([40, 0, 0, 40, []])
  })

  test('of staff and practitioner is the practitioner’s', () => {
    expect(of([at(0, 20, 'a'), his(10, 20, 'b')])).toEqual([30, 20, 20, 30, ['a counted_once 10']])
    expect(of([his(0, 20, 'a'), his(10, 20, 'b', false)])).toEqual([30, 30, 20, 30, ['b counted_once 10']])
    expect(of([his(0, 20, 'a', false), at(60, 20, 'b')])).toEqual([40, 20, 0, 40, []])
  })

  test('goes out of the staff pool where the clinic keeps the practitioner’s minutes apart', () => {
    const apart = { policy: { practitionerMinutes: 'keep_apart' } } as const
    expect(of([at(0, 20, 'a'), his(10, 20, 'b')], apart)).toEqual([30, 20, 20, 10, ['a counted_once 10']])
    expect(of([at(0, 20, 'a')], apart)).toEqual([20, 0, 0, 20, []])
    const { pool, practitionerPool, pooledMinutes } = tallyMinutes(
      diaz({ time: [at(0, 20, 'a'), his(30, 20, 'b')], ...apart }),
    )
    expect([totalMs(pool) / 60_000, totalMs(practitionerPool) / 60_000, pooledMinutes]).toEqual([20, 20, 20])
  })

  test('of another program is not counted, of no program it is', () => {
    const other = (program: TimeFacts['program']): TimeFacts => ({ ...at(10, 20, 'b'), program })
    expect(of([at(0, 20, 'a'), other('rpm')])).toEqual([
      10,
      0,
      0,
      10,
      ['a minute_used_by_other_program 10', 'b other_program 20'],
    ])
    for (const program of ['none', null] as const) {
      expect(of([at(0, 20, 'a'), other(program)])).toEqual([20, 0, 0, 20, ['b other_program 20']])
    }
  })

  test('that waits for approval or an answer is told of what is left of it', () => {
    const waits = { ...at(10, 20, 'b'), waitsForApproval: true }
    expect(of([at(0, 20, 'a'), waits])).toEqual([20, 0, 0, 20, ['b counted_once 10', 'b waiting_for_approval 10']])
    expect(of([waits, { ...waits, id: 'c' }])).toEqual([0, 0, 0, 0, ['b waiting_for_approval 20', 'c counted_once 20']])
    const rpm = { ...at(0, 20, 'r'), program: 'rpm' as const }
    expect(of([rpm, waits])).toEqual([
      0,
      0,
      0,
      0,
      ['b minute_used_by_other_program 10', 'b waiting_for_approval 10', 'r other_program 20'],
    ])
    const unclear = { ...at(10, 20, 'u'), activity: undefined }
    expect(of([rpm, unclear])).toEqual([
      0,
      0,
      0,
      0,
      ['r other_program 20', 'u minute_used_by_other_program 10', 'u unknown 10'],
    ])
    expect(tallyMinutes(diaz({ time: [rpm, { ...at(5, 10, 'u'), activity: undefined }] })).unknowns).toEqual([])
  })

  test('of a visit day is left out for the staff alone, where the clinic says so', () => {
    const visits: Partial<Facts> = { otherServices: [{ code: '99214', on: '2026-10-06', practitioner: 'same' }] }
    const time = [at(0, 20, 'a'), his(30, 20, 'b'), rosa(600, { id: 'c', start: '2026-10-07T14:00:00Z' })]
    expect(of(time, visits)).toEqual([50, 20, 20, 50, []])
    expect(of(time, { ...visits, policy: { visitDayMinutes: 'leave_out' } })).toEqual([
      30,
      20,
      20,
      30,
      ['a visit_day 20'],
    ])
  })
})

describe('the days of visits', () => {
  test('are those of this practice in the month, each once and in order', () => {
    const service = (on: string, practitioner?: 'same' | 'same_group' | 'other', code = '99214') => ({
      code,
      on,
      ...(practitioner ? { practitioner } : {}),
    })
    const otherServices = [
      service('2026-10-09', 'same'),
      service('2026-10-06', 'same_group'),
      service('2026-10-09', 'same', 'G0439'),
      service('2026-10-07', 'other'),
      service('2026-10-08'),
      service('2026-09-30', 'same'),
      service('2026-10-20', 'same', '99490'),
    ]
    expect(visitDaysOf(diaz({ otherServices }))).toEqual(['2026-10-06', '2026-10-08', '2026-10-09'])
    expect([visitDaysOf(diaz({ otherServices: null })), visitDaysOf(diaz({ otherServices: undefined }))]).toEqual([
      [],
      [],
    ])
  })

  test('are those of visits in person and of no other code', () => {
    const isVisit = (code: string): boolean =>
      visitDaysOf(diaz({ otherServices: [{ code, on: '2026-10-06', practitioner: 'same' }] })).length === 1
    const visits = '99202 99203 99205 99211 99212 99215 99341 99345 99349 99350 G0402 G0438 G0439'.split(' ')
    expect(visits.filter((code) => !isVisit(code))).toEqual([])
    const others =
      '99201 99206 99210 99216 99221 99340 99351 99360 99495 G0401 G0403 G0437 G0440 G0506 199214 992144 99'
    expect(others.split(' ').filter(isVisit)).toEqual([])
  })
})

describe('the day on which a step is done', () => {
  const step = (change: Partial<Facts>): string => stepDayOf(diaz(change))

  test('is the day of asking, within the month', () => {
    expect(
      ['2026-09-15', '2026-10-01', '2026-10-20', '2026-10-31', '2026-11-02'].map((asOf) => step({ asOf })),
    ).toEqual(['2026-10-01', '2026-10-01', '2026-10-20', '2026-10-31', '2026-10-31'])
  })

  test('is the day after the last work where the day of asking is not known, never after the month', () => {
    const worked = (...starts: string[]): string =>
      step({ asOf: undefined, time: starts.map((start) => rosa(60, { start })) })
    expect([worked(), step({ asOf: null, time: undefined })]).toEqual(['2026-10-01', '2026-10-01'])
    expect(worked('2026-10-06T14:00:00Z', '2026-10-04T14:00:00Z')).toBe('2026-10-07')
    expect(worked('2026-10-07T03:00:00Z')).toBe('2026-10-07')
    expect(worked('2026-10-30T14:00:00Z')).toBe('2026-10-31')
    expect(worked('2026-10-06T14:00:00Z', '2026-10-31T14:00:00Z')).toBe('2026-10-07')
    expect(worked('2026-09-06T14:00:00Z')).toBe('2026-10-01')
  })

  test('is the day of a new consent where the one on file is none', () => {
    const start = (one: Facts['consent']): string | undefined =>
      careStartsOn(diaz({ asOf: '2026-10-20', ...(one ? consent(one) : { consent: one }) }))
    expect([start({}), start({ givenOn: undefined }), start(undefined)]).toEqual(['2023-03-02', undefined, undefined])
    for (const none of [null, { form: null }, { givenOn: null }, { told: null }, { told: [] }] as const) {
      expect(start(none)).toBe('2026-10-20')
    }
    expect([start({ withdrawnOn: '2026-09-30' }), start({ withdrawnOn: '2026-10-01' })]).toEqual([
      '2026-10-20',
      '2023-03-02',
    ])
    const visit = { on: '2025-10-20', code: '99214' }
    const old = (on: string, change: Partial<Facts>): boolean =>
      isTooOld({ ...visit, on }, diaz({ asOf: '2026-10-20', ...change }))
    expect([old('2025-10-20', { consent: null }), old('2025-10-19', { consent: null })]).toEqual([false, true])
    expect(old('2000-01-01', { consent: undefined })).toBe(false)
  })
})

describe('the time that is left', () => {
  const HOUR = 3_600_000
  const open = (change: Partial<Facts>): number => totalMs(timeStillOpen(diaz({ time: [], ...change }))) / HOUR

  test('is from the day of asking to the end of the month', () => {
    expect(['2026-09-15', '2026-10-01', '2026-10-31', '2026-11-01'].map((asOf) => open({ asOf }))).toEqual([
      744, 744, 24, 0,
    ])
    expect(open({ asOf: undefined })).toBe(744)
  })

  test('is without what is worked, left out, or a visit day where the clinic says so', () => {
    const asOf = '2026-10-31'
    expect(open({ asOf, time: [rosa(3600, { start: '2026-10-31T14:00:00Z' })] })).toBe(23)
    expect(
      open({ asOf, time: [{ ...rosa(3600, { start: '2026-10-31T14:00:00Z' }), end: '2026-10-31T13:00:00Z' }] }),
    ).toBe(24)
    expect(open({ asOf, time: null })).toBe(24)
    const visits: Partial<Facts> = { otherServices: [{ code: '99214', on: '2026-10-31', practitioner: 'same' }] }
    expect([open({ asOf, ...visits }), open({ asOf, ...visits, policy: { visitDayMinutes: 'leave_out' } })]).toEqual([
      24, 0,
    ])
    expect(open({ asOf: '2026-10-30', stays: [{ kind: 'inpatient', from: '2026-10-31', to: null }] })).toBe(24)
  })

  test('is there where a new consent or visit can still be had, from the day of the step', () => {
    expect(open({ asOf: '2026-10-31', consent: null })).toBe(24)
    expect(open({ asOf: undefined, consent: null })).toBe(744)
    expect(open({ asOf: undefined, consent: null, time: [rosa(3600)] })).toBe(744 - 6 * 24)
    expect(open({ asOf: undefined, time: [rosa(3600)] })).toBe(743)
    expect(open({ asOf: '2026-10-31', ...consent({ withdrawnOn: '2026-09-30' }) })).toBe(24)
    const patient = { diedOn: null, newOrNotSeenWithinYear: true }
    expect(open({ asOf: '2026-10-31', patient, initiatingVisit: null })).toBe(24)
    // A consent that is given in the month is known, and so is death.
    expect(open({ asOf: '2026-10-01', ...consent({ givenOn: '2026-10-31' }) })).toBe(24)
    expect(open({ asOf: '2026-10-31', patient: { diedOn: '2026-10-30', newOrNotSeenWithinYear: false } })).toBe(0)
  })

  test('is the whole month where a consent of the month ends it, whatever was worked', () => {
    expect(open({ asOf: undefined, ...consent({ withdrawnOn: '2026-10-05' }), time: [rosa(3600)] })).toBe(743)
    expect(
      couldEverCount(diaz({ asOf: '2026-11-05', ...consent({ givenOn: '2026-10-31' }), time: [] }), 24 * 3600),
    ).toBe(true)
  })

  test('could ever count is what is open in the whole month, where nothing lasting stands against it', () => {
    const could = (seconds: number, change: Partial<Facts> = {}): boolean => couldEverCount(diaz(change), seconds)
    expect([could(744 * 3600), could(744 * 3600 + 1)]).toEqual([true, false])
    const died: Partial<Facts> = { patient: { diedOn: '2026-10-01', newOrNotSeenWithinYear: false } }
    expect([could(24 * 3600, died), could(24 * 3600 + 1, died)]).toEqual([true, false])
    const late: Partial<Facts> = { asOf: '2026-10-31', consent: null, time: [] }
    expect([could(24 * 3600, late), could(24 * 3600 + 1, late)]).toEqual([true, false])
  })
})

describe('the day on which a block was full', () => {
  const HOUR = 3_600_000
  const start = Date.parse('2026-10-06T14:00:00Z')
  const pool = [
    { startMs: start, endMs: start + 600_000 },
    { startMs: start + 24 * HOUR, endMs: start + 24 * HOUR + 600_000 },
  ]
  test('is that of its last minute', () => {
    const on = (minutes: number): string | undefined => dateReached(pool, minutes, 'America/New_York')
    expect([on(1), on(10), on(11), on(20), on(21)]).toEqual([
      '2026-10-06',
      '2026-10-06',
      '2026-10-07',
      '2026-10-07',
      undefined,
    ])
  })
  test('is the day that ends where it is full at midnight', () => {
    const midnight = Date.parse('2026-10-07T04:00:00Z')
    const on = (endMs: number): string | undefined =>
      dateReached([{ startMs: endMs - 600_000, endMs }], 10, 'America/New_York')
    expect([on(midnight), on(midnight + 1)]).toEqual(['2026-10-06', '2026-10-07'])
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
