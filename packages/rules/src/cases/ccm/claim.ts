import type { CoverageFacts, Facts, PolicyFacts } from '../../facts.ts'
import { type Case, casesOf } from '../case.ts'
import { diazIn, mrsDiaz, okafor, rosa } from '../story.ts'

const october = (change: Partial<Facts>): Facts => diazIn('2026-10', change)
const partB: CoverageFacts = { kind: 'part_b', from: '2017-04-01', to: null }
const npi = (text: string | null): Partial<Facts> => ({ practitioner: { ...mrsDiaz.practitioner, npi: text } })
const { npi: _npi, ...withoutNpi } = { npi: '', ...mrsDiaz.practitioner }
const chose = (change: PolicyFacts): Partial<Facts> => ({ policy: { ...mrsDiaz.policy, ...change } })
const beside = (code: string, on: string, practitioner: 'same' | 'same_group' | 'other' = 'same'): Partial<Facts> => ({
  otherServices: [{ code, on, practitioner }],
})
const startsInOctober: Partial<Facts> = {
  patient: { bornOn: '1952-04-11', diedOn: null, newOrNotSeenWithinYear: true },
  consent: { ...mrsDiaz.consent, givenOn: '2026-10-02' },
}
const visit = (change: Partial<NonNullable<Facts['initiatingVisit']>> = {}): Partial<Facts> => ({
  ...startsInOctober,
  initiatingVisit: { on: '2026-10-02', code: '99214', ccmDiscussed: true, ...change },
})
const hospice = (hospiceCare: Facts['hospiceCare']): Partial<Facts> => ({
  coverage: [partB, { kind: 'hospice', from: '2026-10-20', to: null }],
  hospiceCare,
})
const second: CoverageFacts = { kind: 'other_primary', from: '2026-01-01', to: null }
const decidedOn = (...codes: readonly (readonly [code: string, units: number])[]): Partial<Facts> => ({
  coverage: [partB, second],
  primaryPayment: {
    decidedOn: '2026-11-01',
    paidCents: 2000 * codes.length,
    lines: codes.map(([code, units]) => ({
      code,
      units,
      chargeCents: 12_000,
      acceptCents: null,
      allowedCents: 8000,
      paidCents: 2000,
    })),
  },
})

export const claimCases: readonly Case[] = [
  ...casesOf('ccm.practitioner.npi', [
    ['well formed', october({}), 'pass', 'billable'],
    ['the check digit fails', october(npi('1234567890')), 'block', 'not_yet'],
    ['nine digits', october(npi('123456789')), 'block', 'not_yet'],
    ['none', october(npi(null)), 'block', 'not_yet'],
    ['nobody knows', october({ practitioner: withoutNpi }), 'unknown', 'held'],
  ]),
  ...casesOf('ccm.claim.timely_filing', [
    ['on the last day of the year', { ...october({}), asOf: '2027-10-31' }, 'pass', 'billable'],
    ['a day later', { ...october({}), asOf: '2027-11-01' }, 'block', 'not_billable'],
    ['a leap day, on the last day', { ...diazIn('2024-02'), asOf: '2025-02-28' }, 'pass', 'billable'],
    ['a leap day, a day later', { ...diazIn('2024-02'), asOf: '2025-03-01' }, 'block', 'not_billable'],
    ['the day is not known', { ...october({}), asOf: undefined }, 'pass', 'billable'],
  ]),
  ...casesOf('ccm.planning_add_on', [
    ['no visit this month', october({}), 'pass', 'billable'],
    ['an ordinary visit starts care', october(visit()), 'pass', 'billable'],
    ['extensive planning in person', october(visit({ extensivePlanning: true })), 'info', 'billable'],
    ['billed with the visit', october({ ...visit(), ...beside('G0506', '2026-10-02') }), 'info', 'billable'],
    ['billed without the visit', october(beside('G0506', '2026-10-02')), 'info', 'billable'],
  ]),
  ...casesOf('ccm.time.visit_day', [
    ['a visit on another day', october(beside('99214', '2026-10-07')), 'pass', 'billable'],
    ['a visit on the day of the call', october(beside('99214', '2026-10-06')), 'info', 'billable'],
    ['a visit elsewhere on that day', october(beside('99214', '2026-10-06', 'other')), 'pass', 'billable'],
    [
      'a clinic that leaves such minutes out',
      october({ ...beside('99214', '2026-10-06'), ...chose({ visitDayMinutes: 'leave_out' }) }),
      'info',
      'not_billable',
    ],
  ]),
  ...casesOf('ccm.coverage.hospice', [
    ['attending physician whom the hospice does not employ', october(hospice('attending')), 'info', 'billable'],
    ['unrelated to the terminal illness', october(hospice('unrelated')), 'info', 'billable'],
    ['related to it', october(hospice('related')), 'block', 'not_billable'],
    ['nobody has said', october(hospice(null)), 'hold', 'held'],
  ]),
  ...casesOf('ccm.coverage.other_primary', [
    [
      'the first insurer has decided',
      october({ coverage: [partB, second], primaryPayment: { decidedOn: '2026-11-01', paidCents: 2000 } }),
      'info',
      'billable',
    ],
    [
      'it decides tomorrow',
      october({ coverage: [partB, second], primaryPayment: { decidedOn: '2026-11-03', paidCents: 2000 } }),
      'hold',
      'held',
    ],
    ['it decided on what is billed now', october(decidedOn(['99490', 1])), 'info', 'billable'],
    ['it decided on a code more than is billed now', october(decidedOn(['99490', 1], ['99439', 1])), 'hold', 'held'],
    ['it decided on another code', october(decidedOn(['99487', 1])), 'hold', 'held'],
    [
      'an hour of care after it decided on 20 minutes',
      { ...october(decidedOn(['99490', 1])), time: [rosa(60 * 60)] },
      'hold',
      'held',
    ],
    [
      'it decided on fewer units than are billed now',
      { ...october(decidedOn(['99490', 1], ['99439', 1])), time: [rosa(60 * 60)] },
      'hold',
      'held',
    ],
    [
      'it decided on all units',
      { ...october(decidedOn(['99490', 1], ['99439', 2])), time: [rosa(60 * 60)] },
      'info',
      'billable',
    ],
  ]),
  ...casesOf('ccm.initiating_visit', [
    ['a visit by video', october(visit({ telehealth: true })), 'info', 'billable'],
    [
      'a visit by video where the clinic refuses them',
      october({ ...visit({ telehealth: true }), ...chose({ telehealthVisit: 'refuse' }) }),
      'block',
      'not_billable',
    ],
  ]),
  ...casesOf('ccm.claim.diagnoses', [
    [
      'one code that is two diseases',
      october({
        conditions: [{ code: 'I12.9', attestedOn: '2026-03-02', lasts12Months: true, significantRisk: true }],
      }),
      'block',
      'not_billable',
    ],
    [
      'the same in a clinic that only wants a warning',
      october({
        conditions: [{ code: 'I12.9', attestedOn: '2026-03-02', lasts12Months: true, significantRisk: true }],
        ...chose({ secondDiagnosis: 'warn' }),
      }),
      'info',
      'billable',
    ],
  ]),
  ...casesOf('ccm.same_month', [
    ['principal care by a colleague', october(beside('99426', '2026-10-10', 'same_group')), 'info', 'billable'],
    [
      'principal care by a colleague, where the clinic asks a person',
      october({ ...beside('99426', '2026-10-10', 'same_group'), ...chose({ sameGroup: 'hold' }) }),
      'hold',
      'held',
    ],
    [
      'advanced primary care elsewhere, refused by the clinic',
      october({ ...beside('G0557', '2026-10-10', 'other'), ...chose({ apcmElsewhere: 'refuse' }) }),
      'block',
      'not_billable',
    ],
    [
      'advanced primary care elsewhere, accepted by the clinic',
      october({ ...beside('G0557', '2026-10-10', 'other'), ...chose({ apcmElsewhere: 'allow' }) }),
      'info',
      'billable',
    ],
    [
      'a neighbor of which only the field knows',
      october({ ...beside('G3002', '2026-10-10'), ...chose({ uncertainNeighbors: 'hold' }) }),
      'hold',
      'held',
    ],
  ]),
  ...casesOf('ccm.time.enough', [
    [
      '10 minutes each of staff and practitioner, kept apart',
      october({ time: [rosa(600), okafor(600)], ...chose({ practitionerMinutes: 'keep_apart' }) }),
      'block',
      'not_billable',
    ],
    ['the same, pooled', october({ time: [rosa(600), okafor(600)] }), 'pass', 'billable'],
  ]),
]
