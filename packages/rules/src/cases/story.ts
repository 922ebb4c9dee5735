import type { Facts, TimeFacts } from '../facts.ts'

/** Mrs Diaz in October 2026: everything is in order, and nothing is unknown. Rosa has logged no time yet. */
export const mrsDiaz: Facts = {
  month: '2026-10',
  timeZone: 'America/New_York',
  asOf: '2026-11-02',
  placeOfService: '11',
  locality: null,
  practitioner: { id: 'okafor', npi: '1234567893', kind: 'physician', qualifyingApm: false },
  patient: { bornOn: '1952-04-11', diedOn: null, newOrNotSeenWithinYear: false },
  coverage: [{ kind: 'part_b', from: '2017-04-01', to: null }],
  deductible: { remainingCents: 0 },
  qmb: false,
  secondary: null,
  conditions: [
    { code: 'E11.9', attestedOn: '2023-03-02', lasts12Months: true, significantRisk: true },
    { code: 'I10', attestedOn: '2023-03-02', lasts12Months: true, significantRisk: true },
  ],
  initiatingVisit: { on: '2023-03-02', code: '99214', ccmDiscussed: true },
  consent: {
    form: 'written',
    givenOn: '2023-03-02',
    faceToFace: true,
    told: ['availability_and_cost', 'one_practitioner', 'right_to_stop'],
    withdrawnOn: null,
  },
  policy: { consentMode: 'written', dateOfService: 'month_end' },
  carePlan: { approvedOn: '2023-03-05', copyGivenOn: '2023-03-06' },
  access24x7: true,
  designatedCareManager: true,
  decisionMaking: null,
  time: [],
  stays: [],
  otherServices: [],
}

interface Worked {
  readonly id?: string
  /** ISO instant; default the 6th of the month at 14:00 UTC. */
  readonly start?: string
  readonly month?: string
}

function entry(seconds: number, worked: Worked, rest: Omit<TimeFacts, 'id' | 'start' | 'end' | 'program'>): TimeFacts {
  const start = worked.start ?? `${worked.month ?? '2026-10'}-06T14:00:00Z`
  const end = new Date(Date.parse(start) + seconds * 1000).toISOString().replace('.000Z', 'Z')
  return { id: worked.id ?? `${rest.person}-${start}`, start, end, program: 'ccm', ...rest }
}

/** Care by Rosa, the care manager. */
export function rosa(seconds: number, worked: Worked = {}): TimeFacts {
  return entry(seconds, worked, {
    person: 'rosa',
    kind: 'staff',
    credential: 'RN',
    activity: 'patient_call',
    personalCcm: false,
  })
}

/** Care by Dr Okafor in person, logged as such; another day than Rosa's. */
export function okafor(seconds: number, worked: Worked = {}): TimeFacts {
  return entry(
    seconds,
    { start: `${worked.month ?? '2026-10'}-08T15:00:00Z`, ...worked },
    {
      person: 'okafor',
      kind: 'practitioner',
      credential: 'MD',
      activity: 'chart_review',
      personalCcm: true,
    },
  )
}

/** The same facts in another month. Dates before the month stay as they are. */
export function diazIn(month: string, change: Partial<Facts> = {}): Facts {
  const [year = '', number = ''] = month.split('-')
  const following =
    number === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(number) + 1).padStart(2, '0')}`
  return { ...mrsDiaz, month, asOf: `${following}-02`, time: [rosa(20 * 60, { month })], ...change }
}
