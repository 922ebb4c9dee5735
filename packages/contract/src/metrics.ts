import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Cents, Id, LocalDate, Month, PageQuery, Person, pageOf } from './models.ts'

/** Every number of the control room is the length of a list; this is the name of both. */
export const numberIds = [
  'eligible',
  'introduced',
  'thinking',
  'declined',
  'consented',
  'enrolled',
  'plan_signed',
  'contacted',
  'reached_20',
  'billed',
  'paid',
  'not_contacted',
  'no_contact_two_months',
  'left_90_days',
  'minutes_0',
  'minutes_1_19',
  'minutes_20_39',
  'minutes_40_59',
  'minutes_60',
  'caseload',
  'caseload_20',
] as const
export const NumberId = z.enum(numberIds)
export type NumberId = z.infer<typeof NumberId>

/** What exactly each number counts, in one sentence. */
export const numberDefinitions: Record<NumberId, { label: string; definition: string }> = {
  eligible: {
    label: 'Eligible',
    definition:
      'Living patients with two or more distinct chronic conditions and Medicare, known or to be checked, who are not enrolled.',
  },
  introduced: {
    label: 'Introduced',
    definition: 'Patients with whom somebody has talked about CCM, by the introduction log.',
  },
  thinking: { label: 'Thinking', definition: 'Patients whose latest response is that they are thinking about it.' },
  declined: { label: 'Declined', definition: 'Patients whose latest response is no.' },
  consented: { label: 'Consented', definition: 'Patients with a consent in force today.' },
  enrolled: { label: 'Enrolled', definition: 'Patients with an enrollment that has not ended.' },
  plan_signed: { label: 'Plan signed', definition: 'Enrolled patients whose care plan has a signed version.' },
  contacted: { label: 'Contacted', definition: 'Enrolled patients with a completed call in the month.' },
  reached_20: {
    label: '20 minutes or more',
    definition: 'Enrolled patients with 20 or more counted minutes in the month.',
  },
  billed: { label: 'Billed', definition: 'Patients with a live claim for the month that has left the clinic.' },
  paid: { label: 'Paid', definition: 'Patients whose claim for the month was paid.' },
  not_contacted: { label: 'Not reached yet', definition: 'Enrolled patients without a completed call in the month.' },
  no_contact_two_months: {
    label: 'No contact for two months',
    definition: 'Enrolled patients whose last completed call is more than 60 days ago, or who never had one.',
  },
  left_90_days: { label: 'Left in 90 days', definition: 'Enrollments that ended within the last 90 days.' },
  minutes_0: { label: 'No minutes', definition: 'Enrolled patients with less than one counted minute in the month.' },
  minutes_1_19: {
    label: '1 to 19 minutes',
    definition: 'Enrolled patients with 1 to 19 whole counted minutes in the month.',
  },
  minutes_20_39: {
    label: '20 to 39 minutes',
    definition: 'Enrolled patients with 20 to 39 counted minutes in the month.',
  },
  minutes_40_59: {
    label: '40 to 59 minutes',
    definition: 'Enrolled patients with 40 to 59 counted minutes in the month.',
  },
  minutes_60: {
    label: '60 minutes or more',
    definition: 'Enrolled patients with 60 or more counted minutes in the month.',
  },
  caseload: { label: 'Patients', definition: 'Enrolled patients whose designated care manager is this person.' },
  caseload_20: {
    label: 'At 20 minutes',
    definition: 'Of these, patients with 20 or more counted minutes in the month.',
  },
}

const Count = z.object({ number: NumberId, count: z.int(), newInSevenDays: z.int().nullable() })

export const ControlRoom = z.object({
  month: Month,
  asOfDay: LocalDate,
  daysLeft: z.int(),
  funnel: z.array(Count),
  engagement: z.array(Count),
  minutesSpread: z.array(Count),
  rates: z.object({
    reached: z.number().nullable(),
    liveContact: z.number().nullable(),
    dropOut90Days: z.number().nullable(),
  }),
  minutes: z.object({ countedSeconds: z.int(), leftOutSeconds: z.int(), manualShare: z.number().nullable() }),
  caseload: z.array(
    z.object({
      careManager: Person,
      patients: z.int(),
      contacted: z.int(),
      atTwenty: z.int(),
      secondsThisMonth: z.int(),
      /** Minutes of care that the caseload still needs to reach 20 each, against the minutes that the person has left this month. */
      neededMinutes: z.int(),
      availableMinutes: z.int(),
    }),
  ),
  reasonsForLeaving: z.array(z.object({ reason: z.string(), count: z.int() })),
})
export type ControlRoom = z.infer<typeof ControlRoom>

export const RevenueMonth = z.object({
  month: Month,
  closed: z.boolean(),
  patients: z.int(),
  billablePatients: z.int(),
  expectedAllowedCents: Cents,
  expectedMedicareCents: Cents,
  billedCents: Cents,
  paidCents: Cents,
  patientShareCents: Cents,
  deniedCents: Cents,
  openCents: Cents,
})

export const metrics = {
  controlRoom: endpoint({
    method: 'GET',
    path: '/metrics/control-room',
    summary: 'Funnel, engagement, minutes and caseload of a month',
    permission: 'metrics:read',
    audit: null,
    phi: false,
    errors: [],
    query: z.object({ month: Month.optional() }),
    output: ControlRoom,
  }),
  list: endpoint({
    method: 'GET',
    path: '/metrics/lists/:number',
    summary: 'The patients behind a number',
    permission: 'metrics:read',
    audit: 'metric.opened',
    phi: true,
    errors: [],
    params: z.object({ number: NumberId }),
    query: PageQuery.extend({ month: Month.optional(), careManagerId: Id.optional() }),
    output: pageOf(z.object({ patient: Person, detail: z.string() })),
  }),
  revenue: endpoint({
    method: 'GET',
    path: '/metrics/revenue',
    summary: 'Expected, billed and paid by month, and what was lost to what',
    permission: 'revenue:read',
    audit: null,
    phi: false,
    errors: [],
    query: z.object({ months: z.coerce.number().int().min(1).max(24).default(12) }),
    output: z.object({
      items: z.array(RevenueMonth),
      leakage: z.array(z.object({ cause: z.string(), patients: z.int(), allowedCents: Cents })),
    }),
  }),
}
