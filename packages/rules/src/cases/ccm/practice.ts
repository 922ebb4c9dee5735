import type { Facts, PractitionerRelation } from '../../facts.ts'
import { type Case, casesOf } from '../case.ts'
import { diazIn, mrsDiaz, okafor, rosa } from '../story.ts'

const october = (change: Partial<Facts>): Facts => diazIn('2026-10', change)
const plan = (approvedOn: string | null, copyGivenOn: string | null): Partial<Facts> => ({
  carePlan: { approvedOn, copyGivenOn },
})
const beside = (code: string, practitioner?: PractitionerRelation, on = '2026-10-10'): Partial<Facts> => ({
  otherServices: [practitioner ? { code, on, practitioner } : { code, on }],
})
const by = (kind: 'physician' | 'np' | 'other' | null): Partial<Facts> => ({
  practitioner: { ...mrsDiaz.practitioner, kind },
})
const hour = { time: [rosa(60 * 60)] }

export const practiceCases: readonly Case[] = [
  ...casesOf('ccm.practitioner', [
    ['a physician', october(by('physician')), 'pass', 'billable'],
    ['a nurse practitioner', october(by('np')), 'pass', 'billable'],
    ['a psychologist may not', october(by('other')), 'block', 'not_yet'],
    ['nobody', october({ practitioner: null }), 'block', 'not_yet'],
    ['nobody knows', october({ practitioner: { qualifyingApm: false } }), 'unknown', 'held'],
  ]),
  ...casesOf('ccm.care_plan.approved', [
    ['approved on the last day', october(plan('2026-10-31', '2026-10-31')), 'pass', 'billable'],
    ['approved a day later', october(plan('2026-11-01', '2026-11-01')), 'block', 'not_billable'],
    ['not approved', october(plan(null, '2026-10-06')), 'block', 'not_billable'],
    ['not approved, month running', { ...october(plan(null, '2026-10-06')), asOf: '2026-10-31' }, 'block', 'not_yet'],
    ['no plan', october({ carePlan: null }), 'block', 'not_billable'],
    ['nobody knows', { ...october({}), carePlan: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.care_plan.copy', [
    ['given after the month, before the claim', october(plan('2026-10-31', '2026-11-02')), 'pass', 'billable'],
    ['to be given tomorrow', october(plan('2026-10-31', '2026-11-03')), 'block', 'not_yet'],
    ['not given: still possible after the month', october(plan('2026-10-31', null)), 'block', 'not_yet'],
    ['nobody knows', october({ carePlan: { approvedOn: '2026-10-01' } }), 'unknown', 'held'],
  ]),
  ...casesOf('ccm.access', [
    ['reachable', october({}), 'pass', 'billable'],
    ['not reachable', october({ access24x7: false }), 'block', 'not_billable'],
    ['nobody knows', { ...october({}), access24x7: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.continuity', [
    ['named', october({}), 'pass', 'billable'],
    ['not named', october({ designatedCareManager: false }), 'block', 'not_billable'],
    ['nobody knows', { ...october({}), designatedCareManager: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.place_of_service', [
    ['office', october({}), 'pass', 'billable'],
    ['telehealth', october({ placeOfService: '02' }), 'block', 'not_yet'],
    ['telehealth at home', october({ placeOfService: '10' }), 'block', 'not_yet'],
    ['home', october({ placeOfService: '12' }), 'info', 'billable'],
    ['nobody knows', { ...october({}), placeOfService: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.other_services', [
    ['none', october({ otherServices: null }), 'pass', 'billable'],
    ['nobody knows', { ...october({}), otherServices: undefined }, 'unknown', 'held'],
  ]),
  ...casesOf('ccm.same_month', [
    ['CCM by another practice', october(beside('99490', 'other')), 'block', 'not_billable'],
    ['CCM by the same practitioner: already billed', october(beside('99487', 'same')), 'block', 'not_billable'],
    ['home-health supervision', october(beside('G0181', 'same')), 'block', 'not_billable'],
    ['home-health supervision by another', october(beside('G0181', 'other')), 'info', 'billable'],
    ['hospice supervision', october(beside('G0182', 'same')), 'block', 'not_billable'],
    ['hospice supervision by another', october(beside('G0182', 'other')), 'pass', 'billable'],
    ['first dialysis code', october(beside('90951', 'same')), 'block', 'not_billable'],
    ['last dialysis code', october(beside('90970', 'same')), 'block', 'not_billable'],
    ['dialysis by the nephrologist', october(beside('90960', 'other')), 'pass', 'billable'],
    ['dialysis by a colleague of the group', october(beside('90960', 'same_group')), 'info', 'billable'],
    ['advanced primary care', october(beside('G0557', 'same')), 'block', 'not_billable'],
    ['advanced primary care elsewhere', october(beside('G0557', 'other')), 'hold', 'held'],
    ['principal care management', october(beside('99426', 'same')), 'block', 'not_billable'],
    ['principal care management by a specialist', october(beside('99424', 'other')), 'pass', 'billable'],
    ['transitional care management', october(beside('99495', 'same')), 'info', 'billable'],
    ['remote monitoring', october(beside('99457', 'same')), 'info', 'billable'],
    ['a visit', october(beside('99214', 'same')), 'pass', 'billable'],
    ['somebody’s dialysis', october(beside('90960')), 'unknown', 'held'],
    [
      'the bundle of rural clinics in its last month',
      diazIn('2025-09', beside('G0511', 'other', '2025-09-03')),
      'block',
      'not_billable',
    ],
  ]),
  ...casesOf('ccm.complex.decision_making', [
    ['an hour, nobody knows', { ...october(hour), decisionMaking: undefined }, 'unknown', 'held'],
    [
      '59 min 59 s, nobody needs to know',
      { ...october({ time: [rosa(3599)] }), decisionMaking: undefined },
      'pass',
      'billable',
    ],
    [
      'an hour, moderate',
      october({ ...hour, decisionMaking: { level: 'moderate', documentedOn: '2026-10-31' } }),
      'pass',
      'billable',
    ],
    [
      'an hour, documented in another month',
      october({ ...hour, decisionMaking: { level: 'high', documentedOn: '2026-09-30' } }),
      'pass',
      'billable',
    ],
    [
      'an hour, day of documentation not known',
      october({ ...hour, decisionMaking: { level: 'high' } }),
      'unknown',
      'held',
    ],
  ]),
  ...casesOf('ccm.family.choice', [
    ['no choice', october({}), 'pass', 'billable'],
    [
      'a choice with a reason',
      october({
        time: [okafor(30 * 60)],
        choice: { family: 'non_complex', by: 'June', reason: 'The call was part of the staff work.' },
      }),
      'info',
      'billable',
    ],
    [
      'a choice that the record does not reach',
      october({ choice: { family: 'complex', by: 'June', reason: 'It felt complex.' } }),
      'hold',
      'held',
    ],
  ]),
  ...casesOf('ccm.program.choice', [
    [
      'principal care, which the minutes would fill too',
      october({
        time: [rosa(30 * 60)],
        otherProgram: { program: 'pcm', by: 'June', reason: 'One disease took it all.' },
      }),
      'block',
      'not_billable',
    ],
    [
      'principal care, which the minutes do not fill',
      october({
        time: [rosa(29 * 60)],
        otherProgram: { program: 'pcm', by: 'June', reason: 'One disease took it all.' },
      }),
      'hold',
      'held',
    ],
    [
      'the bundle of rural clinics in an office',
      october({ otherProgram: { program: 'rhc_bundle', by: 'June', reason: 'A guess.' } }),
      'hold',
      'held',
    ],
  ]),
  ...casesOf('money.price', [
    ['national', october({}), 'info', 'billable'],
    ['local', october({ locality: '13202-01' }), 'pass', 'billable'],
    ['a locality nobody knows', october({ locality: '99999-99' }), 'unknown', 'held'],
    ['no locality', { ...october({}), locality: undefined }, 'unknown', 'held'],
    ['last month of the book', diazIn('2026-12'), 'info', 'billable'],
    ['January 2027 waits', diazIn('2027-01'), 'unknown', 'held'],
    ['2025 in the office', diazIn('2025-12'), 'info', 'billable'],
    ['2025 in a hospital', diazIn('2025-12', { placeOfService: '22' }), 'unknown', 'held'],
    ['first month of the book', diazIn('2024-01'), 'info', 'billable'],
  ]),
  ...casesOf('money.cost_sharing', [
    ['known', october({}), 'pass', 'billable'],
    ['a QMB', october({ qmb: true }), 'pass', 'billable'],
    ['the deductible is not known', { ...october({}), deductible: undefined }, 'unknown', 'held'],
    ['whether QMB is not known', { ...october({}), qmb: undefined }, 'unknown', 'held'],
    ['the second insurer is not known', { ...october({}), secondary: undefined }, 'unknown', 'held'],
  ]),
]
