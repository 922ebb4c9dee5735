import { activityRow, type Interval, subtract, totalMs, unionOf } from '@keepwell/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addedBy,
  creditOf,
  decideActivity,
  decideApproval,
  decideCredential,
  decideManual,
  decideStart,
  decideUndo,
  kindOf,
  type ManualSituation,
  piecesOf,
  summaryOf,
  type TimerRow,
  wholeSeconds,
} from './minutes.ts'

const newYork = 'America/New_York'
const at = (instant: string) => Date.parse(instant)

describe('what a timer has earned', () => {
  const timer = {
    startedAt: new Date('2026-11-03T14:00:00Z'),
    heartbeatAt: new Date('2026-11-03T14:10:00Z'),
    gapSeconds: 45,
  }

  test('while heartbeats come, everything up to now', () => {
    expect(creditOf(timer, new Date('2026-11-03T14:10:45Z'))).toEqual({
      startMs: at('2026-11-03T14:00:00Z'),
      endMs: at('2026-11-03T14:10:45Z'),
      gap: null,
    })
  })
  test('one second longer without any, only what came before the silence', () => {
    expect(creditOf(timer, new Date('2026-11-03T14:10:46Z'))).toEqual({
      startMs: at('2026-11-03T14:00:00Z'),
      endMs: at('2026-11-03T14:10:00Z'),
      gap: { startMs: at('2026-11-03T14:10:00Z'), endMs: at('2026-11-03T14:10:46Z') },
    })
  })
  test('a server whose clock was set back takes nothing away', () => {
    expect(creditOf(timer, new Date('2026-11-03T14:05:00Z')).endMs).toBe(at('2026-11-03T14:10:00Z'))
  })

  test('PROP-15: whatever heartbeats are lost, doubled or late, the credit lies in the true time and lacks at most 15 seconds a gap', () => {
    // Rosa works in stretches; the page beats every 15 seconds, and each beat may be lost, doubled or late. When one is
    // refused after a silence, the page recovers and goes on: what she had is credited, the silence is not.
    const stretch = fc.record({
      workSeconds: fc.integer({ min: 1, max: 900 }),
      awaySeconds: fc.integer({ min: 46, max: 900 }),
    })
    const beat = fc.record({
      copies: fc.constantFrom(0, 1, 1, 1, 2),
      lateMs: fc.integer({ min: 0, max: 900 }),
    })
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 5 }), fc.infiniteStream(beat), (stretches, beats) => {
        let now = at('2026-11-03T14:00:00Z')
        const truth: Interval[] = []
        const credited: Interval[] = []
        let silentMs = 0
        let gaps = 0
        for (const { workSeconds, awaySeconds } of stretches) {
          const end = now + workSeconds * 1000
          truth.push({ startMs: now, endMs: end })
          let timer = { startedAt: new Date(now), heartbeatAt: new Date(now), gapSeconds: 45 }
          for (let sent = now + 15_000; sent <= end; sent += 15_000) {
            const { copies, lateMs } = beats.next().value
            for (let copy = 0; copy < copies; copy++) {
              const arrival = new Date(Math.min(end, sent + lateMs))
              const credit = creditOf(timer, arrival)
              if (credit.gap === null) {
                timer.heartbeatAt = arrival
                continue
              }
              credited.push(wholeSeconds(credit))
              silentMs += credit.gap.endMs - credit.gap.startMs
              gaps += 1
              timer = { startedAt: arrival, heartbeatAt: arrival, gapSeconds: 45 }
            }
          }
          const lastHeard = timer.heartbeatAt.getTime()
          silentMs += Math.max(0, end - lastHeard - 15_000)
          now = end + awaySeconds * 1000
          credited.push(wholeSeconds(creditOf(timer, new Date(now))))
          gaps += 1
        }
        expect(totalMs(subtract(unionOf(credited), truth))).toBe(0)
        expect(totalMs(truth) - totalMs(unionOf(credited))).toBeLessThanOrEqual(silentMs + gaps * 15_000 + gaps * 2000)
      }),
      { numRuns: 300 },
    )
  })
})

describe('entries of an interval', () => {
  test('are cut at the local midnight where October ends in New York, on the night before the clocks go back', () => {
    const pieces = piecesOf({ startMs: at('2026-11-01T03:50:00Z'), endMs: at('2026-11-01T04:10:00Z') }, [], newYork)
    expect(pieces.map(({ month, serviceOn, seconds }) => ({ month, serviceOn, seconds }))).toEqual([
      { month: '2026-10', serviceOn: '2026-10-31', seconds: 600 },
      { month: '2026-11', serviceOn: '2026-11-01', seconds: 600 },
    ])
  })
  test('the hour that comes twice on 1 November counts twice: 01:30 to 01:30 is an hour', () => {
    const [piece] = piecesOf({ startMs: at('2026-11-01T05:30:00Z'), endMs: at('2026-11-01T06:30:00Z') }, [], newYork)
    expect(piece).toMatchObject({ month: '2026-11', seconds: 3600 })
  })
  test('nothing is rounded up: part seconds at either end are given away', () => {
    const [piece] = piecesOf(
      { startMs: at('2026-11-03T14:00:00.300Z'), endMs: at('2026-11-03T14:20:00.299Z') },
      [],
      newYork,
    )
    expect(piece?.seconds).toBe(1199)
  })
  test('less than a second is no entry', () => {
    expect(
      piecesOf({ startMs: at('2026-11-03T14:00:00.100Z'), endMs: at('2026-11-03T14:00:00.900Z') }, [], newYork),
    ).toEqual([])
  })
  test('time that is on record already is not written twice', () => {
    const pieces = piecesOf({ startMs: 0, endMs: 600_000 }, [{ startMs: 120_000, endMs: 180_000 }], 'UTC')
    expect(pieces.map((piece) => piece.seconds)).toEqual([120, 420])
  })
  test('cut anywhere, the parts add up to the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 * 86_400 }),
        fc.integer({ min: 1, max: 86_400 }),
        fc.integer({ min: 0, max: 86_400 }),
        (startSeconds, length, cutAt) => {
          const startMs = at('2026-09-01T00:00:00Z') + startSeconds * 1000
          const endMs = startMs + length * 1000
          const middle = Math.min(endMs, startMs + cutAt * 1000)
          const whole = piecesOf({ startMs, endMs }, [], newYork).reduce((sum, piece) => sum + piece.seconds, 0)
          const parts = [
            ...piecesOf({ startMs, endMs: middle }, [], newYork),
            ...piecesOf({ startMs: middle, endMs }, [], newYork),
          ].reduce((sum, piece) => sum + piece.seconds, 0)
          expect([whole, parts]).toEqual([length, length])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('time by hand', () => {
  const situation: ManualSituation = {
    nowMs: at('2026-11-03T14:12:00Z'),
    today: '2026-11-03',
    timeZone: newYork,
    daysBack: 7,
    approvalOverSeconds: 1200,
    overlapping: [],
    running: null,
    before: null,
  }
  const command = { startedAt: '2026-11-03T13:00:00Z', endedAt: '2026-11-03T13:10:00Z', attested: true }

  test('ten minutes of this morning need nobody else', () => {
    expect(decideManual(command, situation)).toMatchObject({
      ok: true,
      value: { source: 'manual', needsApproval: false },
    })
  })
  test('exactly twenty minutes need no approval, a second more does', () => {
    expect(decideManual({ ...command, endedAt: '2026-11-03T13:20:00Z' }, situation)).toMatchObject({
      value: { needsApproval: false },
    })
    expect(decideManual({ ...command, endedAt: '2026-11-03T13:20:01Z' }, situation)).toMatchObject({
      value: { needsApproval: true },
    })
  })
  test.each([
    ['the end before the start', { endedAt: '2026-11-03T12:00:00Z' }, 'time_not_allowed'],
    ['the future', { endedAt: '2026-11-03T14:12:01Z' }, 'time_not_allowed'],
    ['nine hours on end', { startedAt: '2026-11-03T03:00:00Z', endedAt: '2026-11-03T12:00:00Z' }, 'time_not_allowed'],
    ['eight days ago', { startedAt: '2026-10-26T13:00:00Z', endedAt: '2026-10-26T13:10:00Z' }, 'time_not_allowed'],
    ['without attesting it', { attested: false }, 'attestation_required'],
  ] as const)('%s is refused', (_what, change, code) => {
    expect(decideManual({ ...command, ...change }, situation)).toMatchObject({ ok: false, problem: { code } })
  })
  test("an overlap says with whom and when, in the clinic's time", () => {
    const taken = {
      startMs: at('2026-11-03T13:05:00Z'),
      endMs: at('2026-11-03T13:25:00Z'),
      patientName: 'Tom Lee',
      activity: 'Call with the patient',
    }
    const decision = decideManual(command, { ...situation, overlapping: [taken] })
    expect(decision).toMatchObject({
      ok: false,
      problem: {
        code: 'time_overlaps',
        message: expect.stringContaining('08:05 to 08:25 on record for Tom Lee'),
      },
    })
  })
  test('a running timer is time of hers, too', () => {
    const running = {
      startMs: at('2026-11-03T13:05:00Z'),
      endMs: situation.nowMs,
      patientName: 'Tom Lee',
      activity: 'Call with the patient',
    }
    expect(decideManual(command, { ...situation, running })).toMatchObject({
      ok: false,
      problem: { code: 'time_overlaps' },
    })
  })
  test('a correction that only trims a timed entry stays timed, whatever its age; one that adds time is by hand', () => {
    const before = {
      startMs: at('2026-10-20T13:00:00Z'),
      endMs: at('2026-10-20T13:30:00Z'),
      source: 'timer' as const,
    }
    expect(
      decideManual(
        { startedAt: '2026-10-20T13:00:00Z', endedAt: '2026-10-20T13:25:00Z', attested: false },
        { ...situation, before },
      ),
    ).toMatchObject({ ok: true, value: { source: 'timer', needsApproval: false } })
    expect(
      decideManual(
        { startedAt: '2026-10-20T13:00:00Z', endedAt: '2026-10-20T13:31:00Z', attested: true },
        { ...situation, before },
      ),
    ).toMatchObject({ ok: false, problem: { code: 'time_not_allowed' } })
  })
})

test("a physician's time is the practitioner's, a nurse's and a pharmacist's is the staff's", () => {
  expect(['MD', 'NP', 'RN', 'PharmD', 'NONE'].map(kindOf)).toEqual([
    'practitioner',
    'practitioner',
    'staff',
    'staff',
    'staff',
  ])
})

test('without a credential in force there is no clinical time; clerical work is kept', () => {
  const call = activityRow('patient_call')
  const scheduling = activityRow('scheduling')
  if (call === undefined || scheduling === undefined) throw new Error('the book knows both')
  expect(decideCredential(null, call, '2026-11-03')).toMatchObject({
    ok: false,
    problem: { code: 'staff_expired' },
  })
  expect(decideCredential(null, scheduling, '2026-11-03')).toMatchObject({ ok: true, value: 'NONE' })
})

test('a kind of work that the book does not know is named as the fault', () => {
  expect(decideActivity('napping')).toMatchObject({
    ok: false,
    problem: { code: 'invalid_input', faults: [{ path: 'body.activity' }] },
  })
})

describe('switching', () => {
  const timer: TimerRow = {
    id: 't',
    staffId: 'rosa',
    patientId: 'lee',
    patientName: 'Tom Lee',
    program: 'ccm',
    activity: 'patient_call',
    personalCcm: false,
    callId: null,
    startedAt: new Date('2026-11-03T14:00:00Z'),
    heartbeatAt: new Date('2026-11-03T14:00:00Z'),
    gapSeconds: 45,
    switchedFromId: 'before',
    stoppedAt: null,
    stopReason: null,
  }
  test('starting beside a running timer says whose it is and since when', () => {
    expect(decideStart(timer, 'diaz', false, newYork)).toMatchObject({
      ok: false,
      problem: {
        code: 'timer_running',
        message: expect.stringContaining('Tom Lee has been running since 09:00'),
      },
    })
    expect(decideStart(timer, 'diaz', true, newYork)).toMatchObject({ ok: true, value: { id: 't' } })
  })
  test('a switch can be taken back for ten seconds and the way of the request, not for twenty', () => {
    expect(decideUndo(timer, new Date('2026-11-03T14:00:12Z'))).toMatchObject({ ok: true, value: 'before' })
    expect(decideUndo(timer, new Date('2026-11-03T14:00:20Z'))).toMatchObject({
      ok: false,
      problem: { code: 'undo_window_over' },
    })
    expect(decideUndo({ ...timer, switchedFromId: null }, new Date('2026-11-03T14:00:01Z'))).toMatchObject({
      ok: false,
    })
  })
})

test('who worked or wrote the time does not approve it', () => {
  const entry = {
    staffId: 'rosa',
    recordedById: 'rosa',
    needsApproval: true,
    approvedAt: null,
    supersededAt: null,
  }
  expect(decideApproval(entry, 'june')).toMatchObject({ ok: true })
  expect(decideApproval(entry, 'rosa')).toMatchObject({ ok: false, problem: { code: 'same_person' } })
  expect(decideApproval({ ...entry, approvedAt: new Date() }, 'june')).toMatchObject({
    ok: false,
    problem: { code: 'conflict' },
  })
  expect(decideApproval({ ...entry, supersededAt: new Date() }, 'june')).toMatchObject({
    ok: false,
    problem: { code: 'conflict' },
  })
  expect(decideApproval({ ...entry, needsApproval: false }, 'june')).toMatchObject({
    ok: false,
    problem: { code: 'conflict' },
  })
})

test("the month's sum keeps staff and practitioner apart, counts a shared minute once and leaves out what waits", () => {
  const entry = (id: string, from: string, to: string, more: object = {}) => ({
    id,
    staffId: 'rosa',
    kind: 'staff' as const,
    credential: 'RN',
    startedAt: new Date(from),
    endedAt: new Date(to),
    activity: 'patient_call',
    program: 'ccm',
    personalCcm: false,
    waiting: false,
    seconds: (at(to) - at(from)) / 1000,
    ...more,
  })
  const sum = summaryOf(
    [
      entry('a', '2026-11-03T14:00:00Z', '2026-11-03T14:10:00Z'),
      entry('b', '2026-11-03T14:05:00Z', '2026-11-03T14:15:00Z', {
        staffId: 'okafor',
        kind: 'practitioner',
        credential: 'MD',
      }),
      entry('c', '2026-11-03T15:00:00Z', '2026-11-03T15:01:00Z', { activity: 'voicemail_only' }),
      entry('d', '2026-11-03T16:00:00Z', '2026-11-03T17:00:00Z', { waiting: true }),
    ],
    '2026-11',
    newYork,
  )
  expect(sum).toEqual({ staffSeconds: 300, practitionerSeconds: 600, leftOutSeconds: 300 + 60 + 3600 })
})

describe('what an entry adds to its month', () => {
  const person = fc.constantFrom(
    { staffId: 'rosa', kind: 'staff' as const, credential: 'RN' },
    { staffId: 'tomas', kind: 'staff' as const, credential: 'LPN' },
    { staffId: 'okafor', kind: 'practitioner' as const, credential: 'MD' },
    { staffId: 'sam', kind: 'staff' as const, credential: 'NONE' },
  )
  const entry = fc.record({
    person,
    from: fc.integer({ min: 0, max: 5400 }),
    seconds: fc.integer({ min: 1, max: 1800 }),
    activity: fc.constantFrom('patient_call', 'chart_review', 'voicemail', 'caregiver_call'),
    program: fc.constantFrom('ccm', 'none', 'pcm', 'rpm'),
    personalCcm: fc.boolean(),
    waiting: fc.boolean(),
  })

  test('one after another, each judged beside the work at its own time alone, they give what all give together', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (drawn) => {
        const all = drawn.map(({ person: who, from, ...rest }, index) => ({
          ...who,
          ...rest,
          id: `entry-${index}`,
          startedAt: new Date(at('2026-11-03T14:00:00Z') + from * 1000),
          endedAt: new Date(at('2026-11-03T14:00:00Z') + (from + rest.seconds) * 1000),
        }))
        const sums = { staffSeconds: 0, practitionerSeconds: 0, leftOutSeconds: 0 }
        all.forEach((one, index) => {
          const beside = all
            .slice(0, index)
            .filter((other) => !other.waiting && other.startedAt < one.endedAt && other.endedAt > one.startedAt)
          const added = addedBy(one, beside, '2026-11', newYork)
          for (const name of ['staffSeconds', 'practitionerSeconds', 'leftOutSeconds'] as const)
            sums[name] += added[name]
        })
        expect(sums).toEqual(summaryOf(all, '2026-11', newYork))
      }),
      { numRuns: 500 },
    )
  })
})
