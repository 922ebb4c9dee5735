import type { ConsentFacts } from '../../facts.ts'
import { type Case, casesOf } from '../case.ts'
import { diazIn, mrsDiaz } from '../story.ts'

const given = mrsDiaz.consent
const consent = (change: Partial<ConsentFacts>): ConsentFacts => ({ ...given, ...change })
const october = (change: Partial<ConsentFacts>, mode: 'written_face_to_face' | 'written' | 'cms_minimum' = 'written') =>
  diazIn('2026-10', { consent: consent(change), policy: { consentMode: mode, dateOfService: 'month_end' } })
const running = { asOf: '2026-10-20' } as const
const { form: _form, ...withoutForm } = { form: 'written', ...given }
const { told: _told, ...withoutTold } = { told: [], ...given }
const { withdrawnOn: _withdrawnOn, ...withoutWithdrawal } = { withdrawnOn: null, ...given }

export const consentCases: readonly Case[] = [
  ...casesOf('ccm.consent.form', [
    ['written consent is enough everywhere', october({ form: 'written', faceToFace: false }), 'pass', 'billable'],
    ['word of mouth is enough for Medicare', october({ form: 'verbal' }, 'cms_minimum'), 'pass', 'billable'],
    [
      'word of mouth is not enough for a clinic that asks for writing',
      october({ form: 'verbal' }),
      'block',
      'not_billable',
    ],
    ['the same while the month is running', { ...october({ form: 'verbal' }), ...running }, 'block', 'not_yet'],
    ['writing at a visit satisfies the strictest clinic', october({}, 'written_face_to_face'), 'pass', 'billable'],
    [
      'writing outside a visit does not',
      october({ faceToFace: false }, 'written_face_to_face'),
      'block',
      'not_billable',
    ],
    ['no consent', diazIn('2026-10', { consent: null }), 'block', 'not_billable'],
    ['consent never asked about', { ...diazIn('2026-10'), consent: undefined }, 'unknown', 'held'],
    ['form never written down', diazIn('2026-10', { consent: withoutForm }), 'unknown', 'held'],
    [
      'a clinic that has not chosen asks for writing',
      diazIn('2026-10', { consent: consent({ form: 'verbal' }), policy: null }),
      'block',
      'not_billable',
    ],
  ]),
  ...casesOf('ccm.consent.told', [
    ['all three statements', october({}), 'pass', 'billable'],
    ['the cost was not told', october({ told: ['one_practitioner', 'right_to_stop'] }), 'block', 'not_billable'],
    [
      'the single practitioner was not told',
      october({ told: ['availability_and_cost', 'right_to_stop'] }),
      'block',
      'not_billable',
    ],
    [
      'the right to stop was not told',
      october({ told: ['availability_and_cost', 'one_practitioner'] }),
      'block',
      'not_billable',
    ],
    ['what was told is not known', diazIn('2026-10', { consent: withoutTold }), 'unknown', 'held'],
  ]),
  ...casesOf('ccm.consent.in_force', [
    ['given on the day of the call', october({ givenOn: '2026-10-06' }), 'pass', 'billable'],
    [
      'given the day after the call: those minutes do not count',
      october({ givenOn: '2026-10-07' }),
      'pass',
      'not_billable',
    ],
    ['given on the last day of the month', october({ givenOn: '2026-10-31' }), 'pass', 'not_billable'],
    ['given on the first day of the next month', october({ givenOn: '2026-11-01' }), 'block', 'not_billable'],
    [
      'withdrawn on the first of the month: it lasts to the end',
      october({ withdrawnOn: '2026-10-01' }),
      'pass',
      'billable',
    ],
    ['withdrawn on the last of the month before', october({ withdrawnOn: '2026-09-30' }), 'block', 'not_billable'],
    [
      'withdrawn in June: June may be billed',
      diazIn('2026-06', { consent: consent({ withdrawnOn: '2026-06-10' }) }),
      'pass',
      'billable',
    ],
    [
      'withdrawn in June: July may not',
      diazIn('2026-07', { consent: consent({ withdrawnOn: '2026-06-10' }) }),
      'block',
      'not_billable',
    ],
    ['nobody asked whether the patient stopped', diazIn('2026-10', { consent: withoutWithdrawal }), 'unknown', 'held'],
  ]),
]
