import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diazIn, mrsDiaz, rosa } from '../src/cases/story.ts'
import { applyFix, applyFixes, assess, type Facts, type Verdict } from '../src/index.ts'
import { runs } from './support.ts'

const partB = { kind: 'part_b', from: '2017-04-01', to: null } as const
const without = <K extends keyof Facts>(key: K): Partial<Facts> => ({ [key]: undefined })
const { told: _told, ...untold } = { told: [], ...mrsDiaz.consent }
const { npi: _npi, ...withoutNpi } = { npi: '', ...mrsDiaz.practitioner }

/** Each on its own takes a billable month away, or might. */
const damages: readonly Partial<Facts>[] = [
  without('placeOfService'),
  without('locality'),
  without('practitioner'),
  without('patient'),
  without('coverage'),
  without('deductible'),
  without('qmb'),
  without('secondary'),
  without('conditions'),
  without('consent'),
  without('carePlan'),
  without('access24x7'),
  without('designatedCareManager'),
  without('time'),
  without('stays'),
  without('otherServices'),
  { consent: null },
  { consent: { ...mrsDiaz.consent, form: 'verbal' } },
  { consent: { ...mrsDiaz.consent, told: ['right_to_stop'] } },
  { consent: untold },
  { consent: { ...mrsDiaz.consent, withdrawnOn: '2026-09-10' } },
  { consent: { ...mrsDiaz.consent, givenOn: '2026-10-15' } },
  { consent: { ...mrsDiaz.consent, faceToFace: false }, policy: { consentMode: 'written_face_to_face' } },
  { carePlan: null },
  { carePlan: { approvedOn: null, copyGivenOn: null } },
  { carePlan: { approvedOn: '2026-10-01', copyGivenOn: null } },
  { access24x7: false },
  { designatedCareManager: false },
  { time: [{ ...rosa(20 * 60), waitsForApproval: true }] },
  { placeOfService: '02' },
  { placeOfService: null },
  { practitioner: null },
  { practitioner: withoutNpi },
  { practitioner: { ...mrsDiaz.practitioner, npi: '1234567890' } },
  { practitioner: { ...mrsDiaz.practitioner, kind: 'other' } },
  { conditions: [] },
  { conditions: mrsDiaz.conditions?.slice(0, 1) ?? [] },
  { conditions: [{ code: 'I12.9', attestedOn: '2026-03-02', lasts12Months: true, significantRisk: true }] },
  { conditions: [{ code: 'E11.9' }, { code: 'I10', attestedOn: '2026-11-05' }] },
  { coverage: [] },
  { coverage: [{ ...partB, to: '2026-10-20' }] },
  { coverage: [partB, { kind: 'medicare_advantage', from: '2026-01-01', to: null }] },
  { coverage: [partB, { kind: 'other_primary', from: '2026-01-01', to: null }] },
  { coverage: [partB, { kind: 'hospice', from: '2026-01-01', to: null }] },
  { patient: { newOrNotSeenWithinYear: true, diedOn: null }, initiatingVisit: null },
  { patient: { newOrNotSeenWithinYear: true, diedOn: null }, initiatingVisit: undefined },
  {
    patient: { newOrNotSeenWithinYear: true, diedOn: null },
    initiatingVisit: { on: '2026-03-01', code: '99211', ccmDiscussed: true },
  },
  {
    patient: { newOrNotSeenWithinYear: true, diedOn: null },
    initiatingVisit: { on: '2023-03-01', code: '99214' },
  },
  { patient: { newOrNotSeenWithinYear: false, diedOn: '2026-10-07' } },
  { patient: { newOrNotSeenWithinYear: false, diedOn: '2026-09-07' } },
  { time: [rosa(700)] },
  { time: [rosa(1199)] },
  { time: [] },
  { time: [rosa(3600)], decisionMaking: undefined },
  { time: [{ ...rosa(1500), credential: undefined }] },
  { time: [rosa(1500), { ...rosa(600, { start: '2026-10-09T12:00:00Z' }), activity: undefined }] },
  { stays: [{ kind: 'inpatient', from: '2026-10-05', to: '2026-10-08' }] },
  { stays: [{ kind: 'snf_part_a', from: '2026-10-05', to: null }] },
  { otherServices: [{ code: 'G0181', on: '2026-10-05', practitioner: 'same' }] },
  { otherServices: [{ code: '90960', on: '2026-10-05' }] },
  { otherServices: [{ code: '99490', on: '2026-10-05', practitioner: 'other' }] },
  { otherServices: [{ code: 'G0557', on: '2026-10-05', practitioner: 'other' }] },
  { choice: { family: 'personal', by: 'June', reason: 'A guess.' } },
  { otherProgram: { program: 'pcm', by: 'June', reason: 'One disease took it all.' } },
  { otherProgram: { program: 'apcm', by: 'June', reason: 'They are the focal point.' } },
]

const days = ['2026-10-01', '2026-10-12', '2026-10-20', '2026-10-31', '2026-11-02', null] as const

function damagedBy(list: ReadonlyArray<Partial<Facts>>, asOf: string | null): Facts {
  const facts = list.reduce<Facts>((before, one) => ({ ...before, ...one }), { ...diazIn('2026-10'), asOf })
  // Nobody has logged work of days to come.
  const { time } = facts
  return asOf && time ? { ...facts, time: time.filter((entry) => entry.start < asOf) } : facts
}

const damaged: fc.Arbitrary<Facts> = fc
  .tuple(fc.array(fc.constantFrom(...damages), { minLength: 1, maxLength: 4 }), fc.constantFrom(...days))
  .map(([list, asOf]) => damagedBy(list, asOf))

const troubles = (verdict: Verdict): string[] =>
  verdict.findings.filter((one) => one.status !== 'pass' && one.status !== 'info').map((one) => one.sentence)

function told(facts: Facts, verdict: Verdict): string {
  return JSON.stringify({ fixes: verdict.fixes.map((fix) => fix.id), troubles: troubles(verdict), asOf: facts.asOf })
}

/** All the steps together make the month billable and no part of them does; or there is none, and it is said. */
function stepsAreRight(facts: Facts): void {
  const verdict = assess(facts)
  if (verdict.outcome === 'billable') {
    expect([verdict.fixes, verdict.noLegalStep]).toEqual([[], null])
    return
  }
  if (verdict.noLegalStep !== null) {
    expect(verdict.fixes.filter((fix) => fix.step !== 'bill_the_plan')).toEqual([])
    return
  }
  const mended = assess(applyFixes(facts, verdict.fixes), { proof: 'plain' })
  if (mended.outcome !== 'billable') throw new Error(`${told(facts, verdict)} leaves ${troubles(mended).join(' ')}`)
  const count = verdict.fixes.length
  for (let set = 0; set < 2 ** count - 1; set += 1) {
    const some = verdict.fixes.filter((_, index) => set & (1 << index))
    const { outcome } = assess(applyFixes(facts, some), { proof: 'plain' })
    if (outcome === 'billable') throw new Error(`${told(facts, verdict)}: fewer steps do`)
  }
}

describe('the steps that make a month billable', () => {
  test('done together they do; with one of them left out the month still is not billable', () => {
    fc.assert(fc.property(damaged, stepsAreRight), runs(250))
  })

  test('so it is for every single trouble on every day, and for every two of them in the month and after it', () => {
    for (const one of damages) for (const day of days) stepsAreRight(damagedBy([one], day))
    damages.forEach((one, at) => {
      for (const other of damages.slice(at + 1)) {
        stepsAreRight(damagedBy([one, other], '2026-10-20'))
        stepsAreRight(damagedBy([one, other], '2026-11-02'))
      }
    })
  })

  test('each has a role, a sentence and an effect of its own', () => {
    fc.assert(
      fc.property(damaged, (facts) => {
        const { fixes } = assess(facts)
        expect(new Set(fixes.map((fix) => fix.id)).size).toBe(fixes.length)
        for (const fix of fixes) {
          expect(fix.sentence.endsWith('.')).toBe(true)
          if (fix.step !== 'bill_the_plan') expect(applyFix(facts, fix), fix.id).not.toBeNull()
        }
      }),
      runs(200),
    )
  })

  const hopeless: ReadonlyArray<readonly [string, Partial<Facts>]> = [
    ['the patient died before the month', { patient: { newOrNotSeenWithinYear: false, diedOn: '2026-09-30' } }],
    [
      'another practice billed the month',
      { otherServices: [{ code: '99490', on: '2026-10-31', practitioner: 'other' }] },
    ],
    ['the month is over and the minutes are short', { time: [rosa(1199)], asOf: '2026-11-01' }],
    [
      'the patient died in the running month and the minutes are short',
      { time: [rosa(1199)], asOf: '2026-10-20', patient: { newOrNotSeenWithinYear: false, diedOn: '2026-10-19' } },
    ],
    [
      'the patient is in hospital to the end and the minutes are short',
      { time: [rosa(1199)], asOf: '2026-10-20', stays: [{ kind: 'inpatient', from: '2026-10-19', to: '2026-10-31' }] },
    ],
    ['consent came after the month', { consent: null, asOf: '2026-11-01' }],
  ]
  for (const [name, change] of hopeless) {
    test(`none is left where ${name}, and it is said`, () => {
      const verdict = assess(diazIn('2026-10', change))
      expect(verdict.outcome).toBe('not_billable')
      expect(verdict.fixes).toEqual([])
      expect(verdict.noLegalStep?.sentence).toContain('No legal step')
    })
  }

  test('of a patient in a Medicare Advantage plan only the bill to the plan is left, whatever else is missing', () => {
    const coverage = [partB, { kind: 'medicare_advantage', from: '2026-01-01', to: null }] as const
    const verdict = assess(diazIn('2026-10', { coverage, consent: null, carePlan: null, asOf: '2026-10-20' }))
    expect(verdict.fixes.map((fix) => [fix.step, fix.role])).toEqual([['bill_the_plan', 'biller']])
    expect(verdict.noLegalStep?.rule).toBe('ccm.coverage.medicare_advantage')
  })

  test('months before the book have no answer, and it is said where the book begins', () => {
    expect(() => assess(diazIn('2023-12'))).toThrow('the book begins with 2024-01; 2023-12 is before it')
  })

  test('a conflict of one’s own is cleared by giving up the other service', () => {
    const facts = diazIn('2026-10', { otherServices: [{ code: 'G0181', on: '2026-10-05', practitioner: 'same' }] })
    const verdict = assess(facts)
    expect(verdict.outcome).toBe('not_billable')
    expect(verdict.fixes.map((fix) => [fix.step, fix.role])).toEqual([['choose_between_services', 'biller']])
    expect(assess(applyFixes(facts, verdict.fixes)).outcome).toBe('billable')
  })

  test('the last second of the last day is still enough where exactly that is missing', () => {
    const short = { time: [rosa(1199)], asOf: '2026-10-31' }
    expect(assess(diazIn('2026-10', short)).fixes.map((fix) => fix.step)).toEqual(['add_care_time'])
  })
})
