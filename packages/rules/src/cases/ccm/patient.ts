import type { ConditionFacts, CoverageFacts, Facts } from '../../facts.ts'
import { type Case, casesOf } from '../case.ts'
import { diazIn, mrsDiaz, rosa } from '../story.ts'

const october = (change: Partial<Facts>): Facts => diazIn('2026-10', change)
const partB: CoverageFacts = { kind: 'part_b', from: '2017-04-01', to: null }
const diedOn = (day: string | null): Partial<Facts> => ({ patient: { ...mrsDiaz.patient, diedOn: day } })
const attested = (code: string, change: Partial<ConditionFacts> = {}): ConditionFacts => ({
  code,
  attestedOn: '2026-03-02',
  lasts12Months: true,
  significantRisk: true,
  ...change,
})
const newPatient: Partial<Facts> = {
  patient: { bornOn: '1952-04-11', diedOn: null, newOrNotSeenWithinYear: true },
}
const visit = (on: string, code: string, ccmDiscussed: boolean | 'not_known' = true): Partial<Facts> => ({
  ...newPatient,
  consent: { ...mrsDiaz.consent, givenOn: '2026-10-01' },
  initiatingVisit: ccmDiscussed === 'not_known' ? { on, code } : { on, code, ccmDiscussed },
})

export const patientCases: readonly Case[] = [
  ...casesOf('ccm.patient.alive', [
    ['alive', october({}), 'pass', 'billable'],
    ['died the day before the month', october(diedOn('2026-09-30')), 'block', 'not_billable'],
    ['died on the day of the call, after it', october(diedOn('2026-10-06')), 'info', 'billable'],
    ['died the day before the call', october(diedOn('2026-10-05')), 'info', 'not_billable'],
    ['died on the last day', october(diedOn('2026-10-31')), 'info', 'billable'],
    ['died after the month', october(diedOn('2026-11-01')), 'pass', 'billable'],
    ['nobody knows', october({ patient: { newOrNotSeenWithinYear: false } }), 'unknown', 'held'],
  ]),
  ...casesOf('ccm.coverage.part_b', [
    ['ends on the date of service', october({ coverage: [{ ...partB, to: '2026-10-31' }] }), 'pass', 'billable'],
    ['ends the day before it', october({ coverage: [{ ...partB, to: '2026-10-30' }] }), 'block', 'not_yet'],
    [
      'ends the day before it, dated when the minutes were reached',
      october({
        coverage: [{ ...partB, to: '2026-10-30' }],
        policy: { consentMode: 'written', dateOfService: 'threshold_date' },
      }),
      'pass',
      'billable',
    ],
    ['starts on the day of the call', october({ coverage: [{ ...partB, from: '2026-10-06' }] }), 'pass', 'billable'],
    [
      'starts the day after the call',
      october({ coverage: [{ ...partB, from: '2026-10-07' }] }),
      'pass',
      'not_billable',
    ],
    ['never had any', october({ coverage: [] }), 'block', 'not_yet'],
    ['never checked', { ...october({}), coverage: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.coverage.medicare_advantage', [
    ['Original Medicare', october({}), 'pass', 'billable'],
    [
      'in a plan',
      october({ coverage: [partB, { kind: 'medicare_advantage', from: '2026-01-01', to: null }] }),
      'hold',
      'held',
    ],
    [
      'left the plan the month before',
      october({ coverage: [partB, { kind: 'medicare_advantage', from: '2026-01-01', to: '2026-09-30' }] }),
      'pass',
      'billable',
    ],
  ]),
  ...casesOf('ccm.coverage.other_primary', [
    [
      'an employer plan pays first',
      october({ coverage: [partB, { kind: 'other_primary', from: '2026-01-01', to: null }] }),
      'hold',
      'held',
    ],
    [
      'it ended',
      october({ coverage: [partB, { kind: 'other_primary', from: '2025-01-01', to: '2025-12-31' }] }),
      'pass',
      'billable',
    ],
  ]),
  ...casesOf('ccm.coverage.hospice', [
    ['in hospice', october({ coverage: [partB, { kind: 'hospice', from: '2026-10-20', to: null }] }), 'hold', 'held'],
    ['not in hospice', october({}), 'pass', 'billable'],
  ]),
  ...casesOf('ccm.conditions', [
    ['diabetes and hypertension', october({}), 'pass', 'billable'],
    ['one condition', october({ conditions: [attested('I10')] }), 'block', 'not_billable'],
    [
      'one disease under two codes',
      october({ conditions: [attested('E11.9'), attested('E11.65')] }),
      'block',
      'not_billable',
    ],
    [
      'two joints diseases of one group',
      october({ conditions: [attested('M06.9'), attested('M17.9')] }),
      'info',
      'billable',
    ],
    [
      'hypertensive kidney disease with its stage',
      october({ conditions: [attested('I12.9'), attested('N18.30')] }),
      'pass',
      'billable',
    ],
    [
      'the second does not last',
      october({ conditions: [attested('E11.9'), attested('I10', { lasts12Months: false })] }),
      'block',
      'not_billable',
    ],
    [
      'the second carries no risk',
      october({ conditions: [attested('E11.9'), attested('I10', { significantRisk: false })] }),
      'block',
      'not_billable',
    ],
    [
      'the second is not attested',
      october({ conditions: [attested('E11.9'), attested('I10', { attestedOn: null })] }),
      'block',
      'not_billable',
    ],
    [
      'attested on the last day',
      october({ conditions: [attested('E11.9'), attested('I10', { attestedOn: '2026-10-31' })] }),
      'pass',
      'billable',
    ],
    [
      'attested a day later',
      october({ conditions: [attested('E11.9'), attested('I10', { attestedOn: '2026-11-01' })] }),
      'block',
      'not_billable',
    ],
    [
      'nobody said whether the second lasts',
      october({ conditions: [attested('E11.9'), attested('I10', { lasts12Months: undefined })] }),
      'unknown',
      'held',
    ],
    ['nobody said anything', { ...october({}), conditions: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.claim.diagnoses', [
    ['two codes', october({}), 'pass', 'billable'],
    ['one code that means two diseases', october({ conditions: [attested('I13.0')] }), 'block', 'not_billable'],
  ]),
  ...casesOf('ccm.initiating_visit', [
    ['seen within the year: none is needed', october({ initiatingVisit: null }), 'pass', 'billable'],
    ['office level 2', october(visit('2026-09-15', '99212')), 'pass', 'billable'],
    ['office level 1', october(visit('2026-09-15', '99211')), 'block', 'not_billable'],
    ['wellness visit', october(visit('2026-09-15', 'G0439')), 'pass', 'billable'],
    ['emergency visit', october(visit('2026-09-15', '99284')), 'block', 'not_billable'],
    ['CCM was not spoken of', october(visit('2026-09-15', '99214', false)), 'block', 'not_billable'],
    ['nobody knows whether it was spoken of', october(visit('2026-09-15', '99214', 'not_known')), 'unknown', 'held'],
    ['a year before consent', october(visit('2025-10-01', '99214')), 'pass', 'billable'],
    ['a year and a day before consent', october(visit('2025-09-30', '99214')), 'block', 'not_billable'],
    ['on the day of the call', october(visit('2026-10-06', '99214')), 'pass', 'billable'],
    ['on the day after the call', october(visit('2026-10-07', '99214')), 'pass', 'not_billable'],
    [
      'on the last day, with the call after it',
      october({
        ...visit('2026-10-31', '99214'),
        time: [rosa(1200, { start: '2026-10-31T15:00:00Z' })],
      }),
      'pass',
      'billable',
    ],
    ['after the month', october(visit('2026-11-01', '99214')), 'block', 'not_billable'],
    ['no visit', october({ ...newPatient, initiatingVisit: null }), 'block', 'not_billable'],
    ['nobody knows of a visit', { ...october(newPatient), initiatingVisit: undefined }, 'unknown', 'held'],
    [
      'nobody knows when the patient was seen',
      october({ patient: { diedOn: null }, initiatingVisit: null }),
      'unknown',
      'held',
    ],
  ]),
  ...casesOf('ccm.stays', [
    [
      'in hospital on the day of the call',
      october({ stays: [{ kind: 'inpatient', from: '2026-10-06', to: '2026-10-06' }] }),
      'pass',
      'not_billable',
    ],
    [
      'left the day before',
      october({ stays: [{ kind: 'inpatient', from: '2026-10-01', to: '2026-10-05' }] }),
      'pass',
      'billable',
    ],
    [
      'came the day after',
      october({ stays: [{ kind: 'snf_part_a', from: '2026-10-07', to: null }] }),
      'pass',
      'billable',
    ],
    [
      'observation is no stay',
      october({ stays: [{ kind: 'observation', from: '2026-10-06', to: '2026-10-06' }] }),
      'pass',
      'billable',
    ],
    [
      'in a nursing home outside Part A',
      october({ stays: [{ kind: 'nursing_facility', from: '2026-01-01', to: null }] }),
      'pass',
      'billable',
    ],
    [
      'came on the last day, when the call was',
      october({
        time: [rosa(1200, { start: '2026-10-31T15:00:00Z' })],
        stays: [{ kind: 'inpatient', from: '2026-10-31', to: null }],
      }),
      'pass',
      'not_billable',
    ],
    ['nobody knows', { ...october({}), stays: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.time.known', [
    ['all is known', october({}), 'pass', 'billable'],
    ['no time log', { ...october({}), time: undefined }, 'unknown', 'held'],
    ['a credential is not known', october({ time: [{ ...rosa(1200), credential: undefined }] }), 'unknown', 'held'],
    ['an activity the book does not know', october({ time: [{ ...rosa(1200), activity: 'yoga' }] }), 'unknown', 'held'],
    ['a program is not known', october({ time: [{ ...rosa(1200), program: undefined }] }), 'unknown', 'held'],
  ]),
]
