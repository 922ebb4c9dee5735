import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, okafor, rosa } from '../src/cases/story.ts'
import { applyFix, applyFixes, assess, type ConditionFacts, type Facts, type FixStep } from '../src/index.ts'

const running = '2026-10-20'

/** The facts of October after one step, with nothing else changed. */
function after(id: string, step: FixStep, change: Partial<Facts>): Facts {
  const facts = diazIn('2026-10', { asOf: running, ...change })
  const done = applyFix(facts, { id, step })
  if (!done) throw new Error(`${id} changes nothing`)
  return done
}

/** What a step changes, by key. */
function changed(id: string, step: FixStep, change: Partial<Facts>): Partial<Facts> {
  const before: Readonly<Record<string, unknown>> = { ...diazIn('2026-10', { asOf: running, ...change }) }
  return Object.fromEntries(
    Object.entries(after(id, step, change)).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]),
    ),
  )
}

const lasting = (code: string, attestedOn = running): ConditionFacts => ({
  code,
  attestedOn,
  lasts12Months: true,
  significantRisk: true,
})

describe('Dr Okafor attests', () => {
  const attest = (conditions: readonly ConditionFacts[] | undefined) =>
    after('ccm.conditions.attest_conditions', 'attest_conditions', { conditions }).conditions

  test('what was attested by the end of the month keeps its day; later and missing days become the day of the step', () => {
    expect(
      attest([
        { code: 'E11.9', attestedOn: '2026-10-31' },
        { code: 'I10', attestedOn: '2026-11-01' },
      ]),
    ).toEqual([lasting('E11.9', '2026-10-31'), lasting('I10')])
    expect(attest([{ code: 'E11.9', attestedOn: null }, { code: 'I10' }])).toEqual([lasting('E11.9'), lasting('I10')])
  })

  test('what does not last or carries no risk stays as it is, and another condition takes its place', () => {
    const short = { code: 'J44.9', lasts12Months: false, significantRisk: true }
    const safe = { code: 'E78.5', lasts12Months: true, significantRisk: false }
    expect(attest([short, safe, lasting('I10', '2026-03-02')])).toEqual([
      short,
      safe,
      lasting('I10', '2026-03-02'),
      lasting('E11.9'),
    ])
  })

  test('nothing on file becomes two diseases, and no code stands twice', () => {
    expect(attest(undefined)).toEqual([lasting('E11.9'), lasting('I50.22')])
    expect(attest([])).toEqual([lasting('E11.9'), lasting('I50.22')])
    expect(attest([{ code: 'E11.9', lasts12Months: false, significantRisk: true }])).toEqual([
      { code: 'E11.9', lasts12Months: false, significantRisk: true },
      lasting('I50.22'),
      lasting('J44.9'),
    ])
    expect(attest([lasting('E11.9', '2026-03-02')])).toEqual([lasting('E11.9', '2026-03-02'), lasting('I50.22')])
  })

  test('a second diagnosis is added to those on file', () => {
    const add = (conditions: readonly ConditionFacts[] | undefined) =>
      after('ccm.claim.diagnoses.add_diagnosis', 'add_diagnosis', { conditions }).conditions
    expect(add([lasting('I12.9', '2026-03-02')])).toEqual([lasting('I12.9', '2026-03-02'), lasting('J44.9')])
    expect(add(undefined)).toEqual([lasting('J44.9')])
  })
})

describe('Rosa completes the time log', () => {
  const complete = (time: Facts['time'], id = 'ccm.time.known.correct_time_entry') =>
    after(id, 'correct_time_entry', { time }).time

  test('what is known of an entry stays, what is missing is filled in where the minutes are needed', () => {
    const bare = { ...rosa(1200), program: undefined, activity: undefined, credential: undefined }
    expect(complete([bare])).toEqual([{ ...bare, program: 'ccm', activity: 'patient_call', credential: 'RN' }])
    const known = { ...rosa(1200), activity: 'care_plan_work', credential: 'LPN', program: undefined }
    expect(complete([known])).toEqual([{ ...known, program: 'ccm' }])
    const strange = { ...rosa(1200), activity: 'juggling', credential: 'wizard' }
    expect(complete([strange])).toEqual([{ ...strange, activity: 'patient_call', credential: 'RN' }])
    expect(complete([{ ...rosa(1200), activity: 'juggling' }])).toEqual([rosa(1200)])
    expect(complete([{ ...rosa(1200), credential: 'wizard' }])).toEqual([rosa(1200)])
    expect(complete([bare], 'ccm.time.enough.correct_time_entry')).toEqual(complete([bare]))
    for (const key of ['program', 'activity', 'credential'] as const) {
      expect(complete([{ ...rosa(1200), [key]: undefined }])).toEqual([
        { ...rosa(1200), ...{ program: 'ccm', activity: 'patient_call', credential: 'RN' } },
      ])
    }
  })

  test('what she is known not to have done as care stays what it is', () => {
    const nobody = { ...rosa(1200), activity: null }
    const clerk = { ...rosa(600, { start: '2026-10-07T14:00:00Z' }), credential: null }
    expect(complete([nobody, clerk])).toEqual([nobody, clerk])
    expect(complete(undefined)).toEqual([])
  })

  test('an unclear entry that the month does not need is given to no program', () => {
    const unclear = { ...rosa(600, { start: '2026-10-09T12:00:00Z' }), activity: undefined }
    expect(complete([rosa(1200), unclear])).toEqual([rosa(1200), { ...unclear, program: 'none' }])
    expect(complete([rosa(1199), unclear])).toEqual([rosa(1199), { ...unclear, activity: 'patient_call' }])
    const both = [
      { ...rosa(1200), activity: undefined },
      { ...rosa(1200, { start: '2026-10-09T12:00:00Z' }), activity: undefined },
    ]
    expect(complete(both)?.map((entry) => entry.program)).toEqual(['ccm', 'none'])
  })

  test('June approves all that was written by hand', () => {
    const approve = (time: Facts['time']) => after('ccm.time.enough.approve_time', 'approve_time', { time }).time
    const waiting = { ...rosa(1200), waitsForApproval: true }
    expect(approve([waiting, rosa(60)])?.map((entry) => entry.waitsForApproval)).toEqual([false, false])
    expect(approve(null)).toEqual([])
  })
})

describe('Rosa works what is missing', () => {
  const work = (time: Facts['time'], change: Partial<Facts> = {}) =>
    after('ccm.time.enough.add_care_time', 'add_care_time', { time, ...change }).time ?? []

  test('from the day of asking, to the second, and what she did before stays', () => {
    expect(work([rosa(1199)])).toEqual([
      rosa(1199),
      {
        id: 'to do 1',
        person: 'care manager',
        kind: 'staff',
        credential: 'RN',
        start: '2026-10-20T04:00:00.000Z',
        end: '2026-10-20T04:00:01.000Z',
        activity: 'patient_call',
        program: 'ccm',
        personalCcm: false,
      },
    ])
    expect(work(null).map(({ start, end }) => [start, end])).toEqual([
      ['2026-10-20T04:00:00.000Z', '2026-10-20T04:20:00.000Z'],
    ])
  })

  test('around what is taken already, in as many pieces as it needs and no more', () => {
    const taken = [rosa(3600, { start: '2026-10-20T04:05:00Z' }), rosa(3600, { start: '2026-10-20T05:10:00Z' })].map(
      (entry) => ({ ...entry, program: 'rpm' as const }),
    )
    const mine = work(taken).filter((entry) => entry.program === 'ccm')
    expect(mine.map(({ id, start, end }) => [id, start.slice(11, 19), end.slice(11, 19)])).toEqual([
      ['to do 1', '04:00:00', '04:05:00'],
      ['to do 2', '05:05:00', '05:10:00'],
      ['to do 3', '06:10:00', '06:20:00'],
    ])
  })

  test('and adds nothing to a month that is full', () => expect(work([rosa(1200)])).toEqual([rosa(1200)]))
})

describe('Lena settles what another service takes', () => {
  const settle = (code: string, otherServices: Facts['otherServices'], policy: Facts['policy'] = {}) =>
    after(`ccm.same_month.${code}.find_out`, 'find_out', { otherServices, policy }).otherServices

  test('the service in question goes, the others stay', () => {
    const dialysis = { code: '90960', on: '2026-10-05', practitioner: 'same' } as const
    const oversight = { code: 'G0181', on: '2026-10-05', practitioner: 'same' } as const
    expect(settle('G0181', [dialysis, oversight])).toEqual([dialysis])
    expect(settle('G0181', null)).toEqual([])
    expect(settle('12345', [{ code: '12345', on: '2026-10-05' }])).toEqual([{ code: '12345', on: '2026-10-05' }])
  })

  test('where nobody knows whose it was, it turns out to be somebody’s with whom it may stand', () => {
    const whose = (code: string, policy?: Facts['policy']) =>
      settle(code, [{ code, on: '2026-10-05' }], policy)?.map((one) => one.practitioner)
    expect(whose('90960')).toEqual(['other'])
    expect(whose('99490')).toEqual([])
    // Advanced primary care elsewhere waits for a person, and inside the practice it never stands.
    expect(whose('G0557')).toEqual([])
    expect(whose('G0557', { apcmElsewhere: 'allow' })).toEqual(['other'])
  })

  test('only a finding about another service names a code', () => {
    expect(applyFix(diazIn('2026-10'), { id: 'x.ccm.same_month.G0181.find_out', step: 'find_out' })).toBeNull()
    expect(
      applyFix(diazIn('2026-10'), { id: 'ccm.coverage.medicare_advantage.bill_the_plan', step: 'bill_the_plan' }),
    ).toBeNull()
  })
})

describe('Sam and June find out', () => {
  test('Part B is found beside whatever else is on file', () => {
    const gap = { kind: 'medigap', from: '2020-01-01', to: null } as const
    const found = { kind: 'part_b', from: '2026-10-01', to: null } as const
    const check = (coverage: Facts['coverage']) =>
      changed('ccm.coverage.part_b.check_coverage', 'check_coverage', { coverage }).coverage
    expect(check([gap, { kind: 'part_b', from: '2026-11-01', to: null }])).toEqual([gap, found])
    expect(check(undefined)).toEqual([found])
  })

  test('who bills: what is known of the practitioner stays', () => {
    const name = (practitioner: Facts['practitioner']) =>
      after('ccm.practitioner.find_out', 'find_out', { practitioner }).practitioner
    const nobody = { id: 'billing practitioner', npi: '1234567893', kind: 'physician', qualifyingApm: false }
    expect([name(undefined), name(null), name({})]).toEqual([nobody, nobody, nobody])
    expect(name({ id: 'okafor', npi: '1999999992', kind: 'np', qualifyingApm: true })).toEqual({
      id: 'okafor',
      npi: '1999999992',
      kind: 'np',
      qualifyingApm: true,
    })
    // A psychologist may not bill it: Dr Okafor does, under an NPI of his own.
    expect(name({ id: 'okafor', npi: '1999999992', kind: 'other' })).toEqual({ ...nobody, id: 'okafor' })
    expect(name({ npi: '1999999992' })).toEqual(nobody)
    expect(name({ kind: 'pa' })).toEqual({ ...nobody, kind: 'pa' })
  })

  test('what the patient owes: only what is missing is filled in', () => {
    const check = (change: Partial<Facts>) => changed('money.cost_sharing.check_coverage', 'check_coverage', change)
    expect(check({ deductible: undefined, qmb: undefined, secondary: undefined })).toEqual({
      deductible: { remainingCents: 0 },
      qmb: false,
      secondary: null,
    })
    expect(check({ deductible: { remainingCents: 500 }, qmb: true, secondary: { kind: 'medigap' } })).toEqual({})
    expect(check({ deductible: null, qmb: null, secondary: null })).toEqual({ qmb: false })
  })

  test('the price: no locality stays none, an unknown one becomes the national amount', () => {
    const price = (change: Partial<Facts>) => {
      const { locality, practitioner } = after('money.price.find_out', 'find_out', change)
      return [locality, practitioner?.qualifyingApm]
    }
    expect(price({ locality: undefined })).toEqual([null, false])
    expect(price({ locality: null })).toEqual([null, false])
    expect(price({ locality: '99999-99', practitioner: { kind: 'np', qualifyingApm: true } })).toEqual([
      'national',
      true,
    ])
    expect(price({ practitioner: { kind: 'np' } })).toEqual([null, false])
    expect(price({ practitioner: null })).toEqual([null, undefined])
  })

  test('the place, the stays and the first insurer', () => {
    expect(changed('ccm.place_of_service.find_out', 'find_out', { placeOfService: '02' })).toEqual({
      placeOfService: '11',
    })
    expect(changed('ccm.stays.find_out', 'find_out', { stays: undefined })).toEqual({ stays: [] })
    expect(changed('ccm.coverage.other_primary.bill_primary_first', 'bill_primary_first', {})).toEqual({
      primaryPayment: { decidedOn: running, paidCents: 0 },
    })
    expect(changed('ccm.coverage.part_b.set_date_of_service', 'set_date_of_service', {})).toEqual({
      policy: { consentMode: 'written', dateOfService: 'threshold_date' },
    })
  })
})

describe('Rosa records consent, plan and visit', () => {
  const told = ['availability_and_cost', 'one_practitioner', 'right_to_stop'] as const

  test('consent that was never given is given on the day of the step, as the clinic asks for it', () => {
    const record = (consent: Facts['consent'], policy: Facts['policy'] = {}) =>
      after('ccm.consent.form.record_consent', 'record_consent', { consent, policy }).consent
    const fresh = { form: 'written', givenOn: running, faceToFace: false, told: [...told], withdrawnOn: null }
    expect(record(null)).toEqual(fresh)
    expect(record(null, null)).toEqual(fresh)
    expect(record({ form: null, givenOn: '2026-09-01', withdrawnOn: '2026-09-02' })).toEqual(fresh)
    expect(record(null, { consentMode: 'cms_minimum' })).toEqual({ ...fresh, form: 'verbal' })
    expect(record(null, { consentMode: 'written_face_to_face' })).toEqual({ ...fresh, faceToFace: true })
  })

  test('consent by word of mouth is put in writing, and its day stays', () => {
    const consent = {
      form: 'verbal',
      givenOn: '2026-03-02',
      faceToFace: true,
      told,
      withdrawnOn: '2026-10-02',
    } as const
    expect(after('ccm.consent.form.record_consent', 'record_consent', { consent }).consent).toEqual({
      ...consent,
      form: 'written',
      told: [...told],
    })
    const { form: _form, ...dateless } = { form: 'verbal' as const }
    expect(
      after('ccm.consent.form.record_consent', 'record_consent', { consent: { ...dateless } }).consent?.givenOn,
    ).toBe(running)
  })

  test('what is found out of an earlier consent changes nothing that is known of it', () => {
    const find = (consent: Facts['consent'], change: Partial<Facts> = {}) =>
      after('ccm.consent.in_force.find_out', 'find_out', { consent, ...change }).consent
    const known = {
      form: 'verbal',
      givenOn: '2026-03-02',
      faceToFace: false,
      told: ['right_to_stop'],
      withdrawnOn: '2026-10-09',
    } as const
    expect(find(known)).toEqual(known)
    const found = { form: 'written', givenOn: '2023-03-02', faceToFace: true, told: [...told], withdrawnOn: null }
    expect(find(undefined)).toEqual(found)
    expect(find({}, { initiatingVisit: null })).toEqual({ ...found, givenOn: '2026-10-01' })
    const visit = { on: '2026-10-12', code: '99214', ccmDiscussed: true }
    expect(find({}, { initiatingVisit: visit })?.givenOn).toBe('2026-10-01')
    expect(find({}, { policy: null })).toEqual(found)
    expect(find({}, { policy: { consentMode: 'cms_minimum' } })).toEqual({ ...found, form: 'verbal' })
  })

  test('a plan that is approved later keeps the copy that was given', () => {
    const approve = (carePlan: Facts['carePlan']) =>
      after('ccm.care_plan.approved.approve_care_plan', 'approve_care_plan', { carePlan }).carePlan
    expect(approve({ approvedOn: null, copyGivenOn: '2026-10-02' })).toEqual({
      approvedOn: running,
      copyGivenOn: '2026-10-02',
    })
    expect(approve(null)).toEqual({ approvedOn: running, copyGivenOn: null })
    const copy = (carePlan: Facts['carePlan']) =>
      after('ccm.care_plan.copy.give_plan_copy', 'give_plan_copy', { carePlan }).carePlan
    expect(copy(null)).toEqual({ approvedOn: null, copyGivenOn: running })
    expect(copy({ approvedOn: '2026-10-01' })).toEqual({ approvedOn: '2026-10-01', copyGivenOn: running })
  })

  test('the starting visit is looked for only where one was needed', () => {
    const find = (newOrNotSeenWithinYear: boolean | undefined) =>
      after('ccm.initiating_visit.find_out', 'find_out', {
        patient: { diedOn: null, newOrNotSeenWithinYear },
        initiatingVisit: undefined,
      })
    expect([find(undefined).patient?.newOrNotSeenWithinYear, find(undefined).initiatingVisit]).toEqual([
      false,
      undefined,
    ])
    expect(find(true).initiatingVisit).toEqual({ on: '2023-03-02', code: '99214', ccmDiscussed: true })
  })
})

describe('steps together', () => {
  test('are the same in any order: the minutes are worked after consent, because they follow from it', () => {
    const facts = diazIn('2026-10', { consent: null, asOf: running })
    const { fixes } = assess(facts)
    expect(fixes.map((fix) => fix.step)).toEqual(['record_consent', 'add_care_time'])
    expect(applyFixes(facts, fixes.toReversed())).toEqual(applyFixes(facts, fixes))
    expect(assess(applyFixes(facts, fixes.toReversed())).outcome).toBe('billable')
  })

  test('one deed clears two findings only where it is that deed', () => {
    const ids = (change: Partial<Facts>) =>
      assess(diazIn('2026-10', { asOf: running, ...change })).fixes.map((fix) => fix.id)
    // Attesting a second condition brings the second code with it.
    expect(ids({ conditions: mrsDiaz.conditions?.slice(0, 1) ?? [] })).toEqual(['ccm.conditions.attest_conditions'])
    // One code that is two diseases needs a second code all the same.
    expect(ids({ conditions: [lasting('I12.9', '2026-03-02')] })).toEqual(['ccm.claim.diagnoses.add_diagnosis'])
    // An entry of which something is not known and minutes that would be short even with it are two things.
    expect(ids({ time: [{ ...rosa(600), activity: undefined }] })).toEqual([
      'ccm.time.known.correct_time_entry',
      'ccm.time.enough.add_care_time',
    ])
    expect(ids({ time: [{ ...rosa(1200), activity: undefined }] })).toEqual(['ccm.time.known.correct_time_entry'])
  })

  test('an unclear entry is completed before more is worked, so that no more is worked than is missing', () => {
    const facts = diazIn('2026-10', { asOf: running, time: [{ ...rosa(600), activity: undefined }] })
    const { fixes } = assess(facts)
    const done = applyFixes(facts, fixes)
    expect(assess(done).minutes.countedSeconds).toBe(1200)
    expect(applyFixes(facts, fixes.toReversed())).toEqual(done)
  })

  test('completing the log leaves alone what counts, or cannot count, without an answer', () => {
    const monitoring = { ...rosa(600), program: 'rpm' as const, credential: undefined }
    const { credential: _gone, ...own } = okafor(600)
    const unclear = { ...rosa(1200, { start: '2026-10-12T12:00:00Z' }), activity: undefined }
    expect(
      after('ccm.time.known.correct_time_entry', 'correct_time_entry', { time: [monitoring, own, unclear] }).time,
    ).toEqual([monitoring, own, { ...unclear, activity: 'patient_call' }])
  })
})
