import { describe, expect, test } from 'vitest'
import {
  decideAttestation,
  decideDecision,
  decideEnd,
  decideEnrollment,
  decideVisit,
  type EnrollmentFacts,
  isEnrolledOn,
  judgeVisit,
  missingPieces,
  pathOf,
  visitNeeded,
} from './enrollments.ts'

const today = '2026-11-03'
const situation = { today, deceased: false, practitioner: true, factsSha256: 'a'.repeat(64), groups: [] }
const both = { lasts12Months: true, significantRisk: true }

describe('attesting', () => {
  test('hypertension and diabetes are two distinct conditions', () => {
    const decision = decideAttestation({ ...both, conditions: [{ code: 'i10' }, { code: 'E1122' }] }, situation)
    expect(decision).toMatchObject({
      ok: true,
      value: { conditions: [{ code: 'I10', groups: ['hypertension'] }, { code: 'E11.22' }] },
    })
  })
  test('two codes of one disease are one condition', () => {
    const decision = decideAttestation({ ...both, conditions: [{ code: 'E11.9' }, { code: 'E11.65' }] }, situation)
    expect(decision).toMatchObject({ ok: false, problem: { code: 'conditions_insufficient' } })
  })
  test('one code that means two diseases counts as both', () => {
    expect(decideAttestation({ ...both, conditions: [{ code: 'I12.9' }] }, situation).ok).toBe(true)
  })
  test('a sore throat carries no program, and the refusal names it', () => {
    const decision = decideAttestation({ ...both, conditions: [{ code: 'I10' }, { code: 'J02.9' }] }, situation)
    expect(decision).toMatchObject({
      ok: false,
      problem: { code: 'conditions_insufficient', faults: [{ message: expect.stringContaining('J02.9') }] },
    })
  })
  test.each([['lasts12Months'], ['significantRisk']] as const)('without %s there is no attestation', (missing) => {
    const decision = decideAttestation(
      { ...both, [missing]: false, conditions: [{ code: 'I10' }, { code: 'E11.9' }] },
      situation,
    )
    expect(decision).toMatchObject({
      ok: false,
      problem: { code: 'attestation_required', faults: [{ path: `body.${missing}` }] },
    })
  })
  test('a chart that changed since it was shown is not attested', () => {
    const decision = decideAttestation(
      { ...both, conditions: [{ code: 'I10' }, { code: 'E11.9' }], factsSha256: 'b'.repeat(64) },
      situation,
    )
    expect(decision).toMatchObject({ ok: false, problem: { code: 'conflict' } })
  })
  test('nobody attests for the dead, and Rosa attests for nobody', () => {
    const command = { ...both, conditions: [{ code: 'I10' }, { code: 'E11.9' }] }
    expect(decideAttestation(command, { ...situation, deceased: true })).toMatchObject({
      problem: { code: 'patient_deceased' },
    })
    expect(decideAttestation(command, { ...situation, practitioner: false })).toMatchObject({
      problem: { code: 'not_a_practitioner' },
    })
  })
})

describe('the starting visit', () => {
  test.each(['99202', '99215', '99212', 'G0438', 'G0439', 'G0402', '99495'])(
    '%s within the year may start care',
    (code) => {
      expect(decideVisit({ code, on: '2026-05-01', today }).ok).toBe(true)
    },
  )
  test.each([
    ['99211', 'cannot start care'],
    ['99201', 'cannot start care'],
    ['99421', 'cannot start care'],
    ['ABCDE', 'no billing code'],
  ])('%s is refused with its reason', (code, why) => {
    expect(decideVisit({ code, on: '2026-05-01', today })).toMatchObject({
      ok: false,
      problem: { code: 'visit_does_not_qualify', message: expect.stringContaining(why) },
    })
  })
  test('a year to the day still counts, a day more does not, tomorrow neither', () => {
    expect(decideVisit({ code: '99214', on: '2025-11-03', today }).ok).toBe(true)
    expect(decideVisit({ code: '99214', on: '2025-11-02', today }).ok).toBe(false)
    expect(decideVisit({ code: '99214', on: '2026-11-04', today }).ok).toBe(false)
  })
  test('an office visit without a billing code asks a person; a hospital stay does not', () => {
    expect(judgeVisit({ kind: 'office', code: '185349003', on: '2026-05-01' }, today).fits).toBe('ask')
    expect(judgeVisit({ kind: 'inpatient', code: null, on: '2026-05-01' }, today).fits).toBe('no')
  })
  test('it is needed for whoever was not seen within the year, or never', () => {
    const office = (on: string) => ({ id: on, on, kind: 'office' as const })
    expect(visitNeeded([office('2026-01-05')], today)).toMatchObject({
      needed: false,
      lastSeenOn: '2026-01-05',
    })
    expect(visitNeeded([office('2025-11-03')], today).needed).toBe(false)
    expect(visitNeeded([office('2025-11-02')], today).needed).toBe(true)
    expect(visitNeeded([], today).needed).toBe(true)
    expect(visitNeeded([{ id: 'e', on: '2026-10-01', kind: 'emergency' }], today).needed).toBe(true)
  })
})

const ready: EnrollmentFacts = {
  deceased: false,
  enrolled: false,
  consentGivenOn: '2026-11-01',
  attestedOn: '2026-11-02',
  visitNeeded: true,
  visitWhy: 'Not seen.',
  startingVisitOn: '2026-10-01',
}

describe('enrolling', () => {
  test('with consent, attestation and visit nothing is missing', () => {
    expect(missingPieces(ready)).toEqual([])
    expect(decideEnrollment(ready).ok).toBe(true)
  })
  test.each([
    ['deceased', { deceased: true }, 'patient_deceased'],
    ['enrolled already', { enrolled: true }, 'already_enrolled'],
    ['no consent', { consentGivenOn: null }, 'consent_missing'],
    ['no attestation', { attestedOn: null }, 'attestation_missing'],
    ['no starting visit', { startingVisitOn: null }, 'initiating_visit_missing'],
  ] as const)('%s is a refusal of its own', (_name, change, code) => {
    expect(decideEnrollment({ ...ready, ...change })).toMatchObject({ ok: false, problem: { code } })
  })
  test('whoever was seen within the year needs no starting visit', () => {
    expect(decideEnrollment({ ...ready, visitNeeded: false, startingVisitOn: null }).ok).toBe(true)
  })
  test('everything that is missing is listed with whose work it is', () => {
    const missing = missingPieces({ ...ready, consentGivenOn: null, attestedOn: null, startingVisitOn: null })
    expect(missing.map((piece) => piece.code)).toEqual([
      'consent_missing',
      'attestation_missing',
      'initiating_visit_missing',
    ])
    expect(missing.every((piece) => piece.who.length > 0)).toBe(true)
  })
})

describe('ending', () => {
  const enrollment = { enrolledOn: '2026-06-01', endedOn: null }
  test('the last day still counts as enrolled', () => {
    const ended = { enrolledOn: '2026-06-01', endedOn: '2026-10-10' }
    expect([
      isEnrolledOn(ended, '2026-10-10'),
      isEnrolledOn(ended, '2026-10-11'),
      isEnrolledOn(ended, '2026-05-31'),
      isEnrolledOn(null, today),
    ]).toEqual([true, false, false, false])
  })
  test('a withdrawal may end with the month, a death not in the future', () => {
    expect(decideEnd(enrollment, { reason: 'withdrew', endedOn: '2026-11-30' }, today).ok).toBe(true)
    expect(decideEnd(enrollment, { reason: 'withdrew', endedOn: '2026-12-01' }, today)).toMatchObject({
      problem: { code: 'invalid_input' },
    })
    expect(decideEnd(enrollment, { reason: 'death', endedOn: '2026-11-04' }, today)).toMatchObject({
      problem: { code: 'invalid_input' },
    })
  })
  test('not before it began, and not twice', () => {
    expect(decideEnd(enrollment, { reason: 'moved', endedOn: '2026-05-31' }, today)).toMatchObject({
      problem: { code: 'invalid_input' },
    })
    expect(
      decideEnd({ ...enrollment, endedOn: '2026-10-01' }, { reason: 'moved', endedOn: today }, today),
    ).toMatchObject({ problem: { code: 'not_enrolled' } })
    expect(decideEnd(null, { reason: 'moved', endedOn: today }, today)).toMatchObject({
      problem: { code: 'not_enrolled' },
    })
  })
})

test('decision making is documented by a practitioner, for a month that has begun and is open, of an enrolled patient', () => {
  const open = { today, practitioner: true, enrolledInMonth: true, closed: false }
  expect(decideDecision({ month: '2026-11' }, open).ok).toBe(true)
  expect(decideDecision({ month: '2026-12' }, open)).toMatchObject({ problem: { code: 'invalid_input' } })
  expect(decideDecision({ month: '2026-11' }, { ...open, practitioner: false })).toMatchObject({
    problem: { code: 'not_a_practitioner' },
  })
  expect(decideDecision({ month: '2026-11' }, { ...open, enrolledInMonth: false })).toMatchObject({
    problem: { code: 'not_enrolled' },
  })
  expect(decideDecision({ month: '2026-10' }, { ...open, closed: true })).toMatchObject({
    problem: { code: 'month_closed' },
  })
})

test('the path names every step in order, with the day of what is done and the seat of what is open', () => {
  const steps = pathOf({
    ...ready,
    visitNeeded: false,
    startingVisitOn: null,
    enrolledOn: null,
    endedOn: null,
    groups: [],
    eligibilityReasons: ['Two conditions.'],
    proposed: true,
    introducedOn: null,
    consentStoppedOn: null,
    planState: 'none',
    planSignedOn: null,
    copyGivenOn: null,
    today,
  })
  expect(steps.map((step) => [step.id, step.state])).toEqual([
    ['eligible', 'done'],
    ['introduced', 'done'],
    ['consented', 'done'],
    ['attested', 'done'],
    ['initiating_visit', 'not_needed'],
    ['enrolled', 'open'],
    ['plan_signed', 'open'],
    ['copy_given', 'open'],
  ])
  expect(steps.find((step) => step.id === 'enrolled')?.who).toEqual(['provider'])
})
