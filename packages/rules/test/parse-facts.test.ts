import { describe, expect, test } from 'vitest'
import { mrsDiaz, rosa } from '../src/cases/story.ts'
import { assess, parseFacts } from '../src/index.ts'

const faultsOf = (change: Record<string, unknown>): string[] => {
  const parsed = parseFacts({ ...mrsDiaz, ...change })
  return parsed.ok ? [] : parsed.faults.map((fault) => fault.path)
}

/** The example of the published interface. */
const example: unknown = JSON.parse(`
{ "month": "2026-10", "timeZone": "America/New_York", "placeOfService": "11", "locality": "13202-01",
  "practitioner": { "id": "p1", "npi": "1234567893", "kind": "physician", "qualifyingApm": false },
  "patient": { "bornOn": "1950-01-01", "diedOn": null, "newOrNotSeenWithinYear": false },
  "coverage": [ { "kind": "part_b", "from": "2015-01-01", "to": null } ],
  "deductible": { "remainingCents": 0 }, "qmb": false, "secondary": null,
  "conditions": [ { "code": "E11.22", "attestedOn": "2026-03-02", "lasts12Months": true, "significantRisk": true } ],
  "initiatingVisit": { "on": "2026-03-02", "code": "99214", "ccmDiscussed": true },
  "consent": { "form": "written", "givenOn": "2026-03-02", "faceToFace": true, "told": ["availability_and_cost", "one_practitioner", "right_to_stop"], "withdrawnOn": null },
  "policy": { "consentMode": "written", "dateOfService": "month_end" },
  "carePlan": { "approvedOn": "2026-03-05", "copyGivenOn": "2026-03-06" },
  "access24x7": true, "designatedCareManager": true,
  "decisionMaking": { "level": "moderate", "documentedOn": "2026-10-12" },
  "time": [ { "id": "t1", "person": "cm1", "kind": "staff", "credential": "RN", "start": "2026-10-03T14:00:00Z", "end": "2026-10-03T14:12:30Z", "activity": "patient_call", "program": "ccm", "personalCcm": false } ],
  "stays": [ { "kind": "inpatient", "from": "2026-10-05", "to": "2026-10-08" } ],
  "otherServices": [ { "code": "G0181", "on": "2026-10-10", "practitioner": "same" } ] }`)

describe('the facts file', () => {
  test('the published example is read and answered', () => {
    const parsed = parseFacts(example)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
    const verdict = assess(parsed.facts)
    expect(verdict.outcome).toBe('not_billable')
    expect(verdict.findings.filter((one) => one.status === 'block').map((one) => one.rule)).toEqual([
      'ccm.claim.diagnoses',
      'ccm.time.enough',
      'ccm.same_month',
    ])
    expect(verdict.minutes).toMatchObject({ countedSeconds: 750, pooledMinutes: 12 })
  })

  test('each fault is named by its place', () => {
    expect(faultsOf({ month: '2026-13' })).toEqual(['$.month'])
    expect(faultsOf({ month: '2023-12' })).toEqual(['$.month'])
    expect(faultsOf({ timeZone: 'New York' })).toEqual(['$.timeZone'])
    expect(faultsOf({ placeOfService: 11 })).toEqual(['$.placeOfService'])
    expect(faultsOf({ locality: 'Manhattan' })).toEqual(['$.locality'])
    expect(faultsOf({ patient: { diedOn: '2026-02-30' } })).toEqual(['$.patient.diedOn'])
    expect(faultsOf({ coverage: [{ kind: 'part_b', from: '2026-01-01' }] })).toEqual(['$.coverage[0].to'])
    expect(faultsOf({ coverage: [{ kind: 'part_b', from: '2026-01-01', to: '2025-01-01' }] })).toEqual([
      '$.coverage[0].to',
    ])
    expect(faultsOf({ coverage: [{ kind: 'part_x', from: '2026-01-01', to: null }] })).toEqual(['$.coverage[0].kind'])
    expect(faultsOf({ deductible: { remainingCents: 1.5 } })).toEqual(['$.deductible.remainingCents'])
    expect(faultsOf({ conditions: [{ code: 'diabetes' }] })).toEqual(['$.conditions[0].code'])
    expect(faultsOf({ consent: { told: ['everything'] } })).toEqual(['$.consent.told[0]'])
    expect(faultsOf({ time: [rosa(60), { ...rosa(60), id: 't2', start: 'noon' }] })).toEqual(['$.time[1].start'])
    expect(faultsOf({ time: [{ ...rosa(60), end: '2026-10-01T00:00:00Z' }] })).toEqual(['$.time[0].end'])
    expect(faultsOf({ time: [rosa(60), rosa(90)] })).toEqual(['$.time[1].id'])
    expect(faultsOf({ time: 'none' })).toEqual(['$.time'])
    expect(faultsOf({ choice: { family: 'complex', by: 'June', reason: ' ' } })).toEqual(['$.choice.reason'])
    expect(faultsOf({ qmb: 'no', access24x7: 1 })).toEqual(['$.qmb', '$.access24x7'])
  })

  test('what is no object is refused at the root', () => {
    for (const input of [null, undefined, 3, 'facts', [], () => 0]) {
      expect(parseFacts(input)).toMatchObject({ ok: false, faults: [{ path: '$' }] })
    }
    expect(parseFacts({})).toMatchObject({ ok: false, faults: [{ path: '$.month' }, { path: '$.timeZone' }] })
  })

  test('null stays null, missing stays missing', () => {
    const parsed = parseFacts({ month: '2026-10', timeZone: 'America/New_York', consent: null })
    expect(parsed).toEqual({
      ok: true,
      facts: { month: '2026-10', timeZone: 'America/New_York', consent: null },
    })
  })

  test('words that bear the name of something else do not slip through', () => {
    expect(faultsOf({ coverage: [{ kind: 'toString', from: '2026-01-01', to: null }] })).toEqual(['$.coverage[0].kind'])
  })
})
