import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ById, ByPatient, Id, Instant, LocalDate, Name, PageQuery, Person, pageOf } from './models.ts'

/** A North American phone number, kept as `212-555-0102`: area and exchange never begin with 0 or 1. */
export const UsPhone = z
  .string()
  .trim()
  .transform((text) => text.replace(/^\+?1(?=[\s.(-]|\d{10}$)/, '').replace(/\D/g, ''))
  .refine(
    (digits) => /^[2-9]\d{2}[2-9]\d{6}$/.test(digits),
    'Write a phone number with its area code, such as 212-555-0102.',
  )
  .transform((digits) => `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`)

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write the time as 09:30.')

/** What a search shows: enough to tell people apart, nothing of their health. */
export const PatientHit = z.object({
  id: Id,
  name: z.string(),
  bornOn: LocalDate.nullable(),
  sex: z.string(),
  deceased: z.boolean(),
  phone: z.string().nullable(),
  mbiLast4: z.string().nullable(),
  enrollment: z.enum(['enrolled', 'ended', 'none']),
  careManager: z.string().nullable(),
})
export type PatientHit = z.infer<typeof PatientHit>

/** What stands on top of every page about a patient. */
export const PatientStripFacts = z.object({
  id: Id,
  name: z.string(),
  bornOn: LocalDate.nullable(),
  sex: z.string(),
  deceased: z.boolean(),
  diedOn: LocalDate.nullable(),
  /** BCP 47; the language in which the patient wants to be spoken to. */
  language: z.string().nullable(),
  pronouns: z.string().nullable(),
  phone: z.string().nullable(),
  bestFrom: z.string().nullable(),
  bestTo: z.string().nullable(),
  hearingNote: z.string().nullable(),
  mrn: z.string().nullable(),
  mbiLast4: z.string().nullable(),
  /** `ending`: stopped, and in force to `untilOn`. */
  consent: z.object({
    state: z.enum(['in_force', 'ending', 'stopped', 'none']),
    givenOn: LocalDate.nullable(),
    untilOn: LocalDate.nullable(),
  }),
  enrollment: z.object({
    state: z.enum(['enrolled', 'ended', 'none']),
    enrolledOn: LocalDate.nullable(),
    endedOn: LocalDate.nullable(),
  }),
  careManager: Person.nullable(),
  practitioner: Person.nullable(),
  priority: z.enum(['first', 'soon', 'normal', 'later']).nullable(),
})
export type PatientStripFacts = z.infer<typeof PatientStripFacts>

const Address = z.object({
  lines: z.array(z.string()),
  city: z.string().nullable(),
  state: z.string().nullable(),
  zip: z.string().nullable(),
})

export const PatientOverview = PatientStripFacts.extend({
  address: Address.nullable(),
  lastVisitOn: LocalDate.nullable(),
  appointments: z.array(
    z.object({ id: Id, startsAt: Instant, status: z.string(), description: z.string().nullable() }),
  ),
  relatedPeople: z.array(
    z.object({ name: z.string(), relationship: z.string().nullable(), phone: z.string().nullable() }),
  ),
  openTasks: z.int(),
})
export type PatientOverview = z.infer<typeof PatientOverview>

export const PhoneType = z.enum(['mobile', 'home', 'work', 'other'])
export type PhoneType = z.infer<typeof PhoneType>

/** How to reach a patient, as somebody confirmed it on a day. A field that nobody asked about is null, never false. */
export const PatientContact = z.object({
  id: Id,
  phone: z.string().nullable(),
  phoneType: PhoneType.nullable(),
  textable: z.boolean().nullable(),
  voicemailAllowed: z.boolean().nullable(),
  email: z.string().nullable(),
  bestFrom: z.string().nullable(),
  bestTo: z.string().nullable(),
  language: z.string().nullable(),
  hearingNote: z.string().nullable(),
  pronouns: z.string().nullable(),
  caregiverName: z.string().nullable(),
  caregiverPhone: z.string().nullable(),
  caregiverRelationship: z.string().nullable(),
  verifiedOn: LocalDate,
  recordedBy: Person,
  recordedAt: Instant,
})
export type PatientContact = z.infer<typeof PatientContact>

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null)

export const ContactUpdate = z
  .object({
    phone: UsPhone.nullable().default(null),
    phoneType: PhoneType.nullable().default(null),
    textable: z.boolean().nullable().default(null),
    voicemailAllowed: z.boolean().nullable().default(null),
    email: z.email('Write the e-mail address as name@example.org.').max(120).nullable().default(null),
    bestFrom: TimeOfDay.nullable().default(null),
    bestTo: TimeOfDay.nullable().default(null),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Choose a language.')
      .nullable()
      .default(null),
    hearingNote: words(200),
    pronouns: words(40),
    caregiverName: words(120),
    caregiverPhone: UsPhone.nullable().default(null),
    caregiverRelationship: words(60),
  })
  .refine((contact) => (contact.bestFrom === null) === (contact.bestTo === null), {
    path: ['bestTo'],
    message: 'Give both times, or none.',
  })
  .refine((contact) => contact.bestFrom === null || contact.bestTo === null || contact.bestFrom < contact.bestTo, {
    path: ['bestTo'],
    message: 'The second time lies after the first.',
  })
  .refine((contact) => contact.caregiverPhone === null || contact.caregiverName !== null, {
    path: ['caregiverName'],
    message: 'Say whose number this is.',
  })
export type ContactUpdate = z.infer<typeof ContactUpdate>

export const ChartCoding = z.object({
  system: z.string().nullable(),
  code: z.string(),
  display: z.string().nullable(),
})

/** One kind of value with its newest and those before it, the oldest first. */
export const ValueTrend = z.object({
  /** LOINC or the source's own code. */
  code: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  unit: z.string().nullable(),
  latest: z.object({ id: Id, at: Instant.nullable(), text: z.string() }),
  points: z.array(z.object({ at: Instant, value: z.number() })),
})
export type ValueTrend = z.infer<typeof ValueTrend>

export const Chart = z.object({
  conditions: z.array(
    z.object({
      id: Id,
      system: z.string(),
      code: z.string(),
      name: z.string(),
      codings: z.array(ChartCoding),
      clinicalStatus: z.string().nullable(),
      verificationStatus: z.string().nullable(),
      active: z.boolean(),
      onsetOn: LocalDate.nullable(),
      abatedOn: LocalDate.nullable(),
      recordedOn: LocalDate.nullable(),
    }),
  ),
  medications: z.array(
    z.object({
      id: Id,
      name: z.string(),
      code: z.string().nullable(),
      status: z.string().nullable(),
      active: z.boolean(),
      authoredOn: LocalDate.nullable(),
      dosage: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  allergies: z.array(
    z.object({
      id: Id,
      name: z.string(),
      active: z.boolean(),
      criticality: z.string().nullable(),
      reactions: z.array(z.string()),
      recordedOn: LocalDate.nullable(),
    }),
  ),
  values: z.array(ValueTrend),
  visits: z.array(
    z.object({
      id: Id,
      kind: z.string(),
      name: z.string().nullable(),
      code: z.string().nullable(),
      startedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      practitioner: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
  pastServices: z.array(
    z.object({
      id: Id,
      kind: z.enum(['immunization', 'procedure']),
      name: z.string(),
      code: z.string().nullable(),
      performedOn: LocalDate.nullable(),
    }),
  ),
  stays: z.array(z.object({ id: Id, kind: z.string(), fromOn: LocalDate, toOn: LocalDate.nullable() })),
})
export type Chart = z.infer<typeof Chart>

export const CoverageKind = z.enum([
  'medicare_part_b',
  'medicare',
  'medicare_advantage',
  'medicaid',
  'medigap',
  'commercial',
  'other_primary',
  'self_pay',
  'unknown',
])
export type CoverageKind = z.infer<typeof CoverageKind>

export const Coverage = z.object({
  id: Id,
  kind: z.string(),
  /** What old claims name as the payer: a sign, never proof. `fromOn` and `toOn` are then the first and last claim. */
  hint: z.boolean(),
  payerName: z.string().nullable(),
  /** The whole number for those who bill, otherwise its last four as `••• AB12`. */
  memberId: z.string().nullable(),
  fromOn: LocalDate.nullable(),
  toOn: LocalDate.nullable(),
  payerOrder: z.int().nullable(),
  /** What a claim to this insurer names it by; null where nobody entered it. */
  payerId: z.string().nullable(),
  /** SBR09; null for the one that its kind has. */
  filingCode: z.string().nullable(),
  groupNumber: z.string().nullable(),
  /** `desk` for what was typed here, otherwise where it came from. */
  source: z.string(),
  recordedAt: Instant,
})
export type Coverage = z.infer<typeof Coverage>

/** The kinds of plans that a claim tells apart (SBR09), in plain words. */
export const filingCodeWords = {
  CI: 'Commercial or Medigap',
  BL: 'Blue Cross or Blue Shield',
  HM: 'HMO',
  '12': 'PPO',
  '13': 'Point of service',
  '14': 'Exclusive provider organization',
  '15': 'Indemnity',
  '16': 'Medicare Advantage',
  MC: 'Medicaid',
  CH: 'Tricare',
  VA: 'Veterans Affairs',
  FI: 'Federal employees',
  OF: 'Other federal program',
  '11': 'Other non-federal program',
  WC: "Workers' compensation",
  AM: 'Automobile insurance',
  LM: 'Liability insurance',
  ZZ: 'Not known',
} as const
export const filingCodes = Object.keys(filingCodeWords) as (keyof typeof filingCodeWords)[]

export const PatientCoverage = z.object({
  /** The Medicare number, whole or as its last four; null when none is known. */
  mbi: z.string().nullable(),
  items: z.array(Coverage),
})

export const patients = {
  /** The words travel in the body: a name or a birthday does not belong into addresses and their logs. */
  search: endpoint({
    method: 'POST',
    path: '/patient-searches',
    summary: 'Find patients by name, date of birth, phone or the last four of the Medicare number',
    permission: 'patient:search',
    audit: 'patient.searched',
    phi: true,
    errors: [],
    body: PageQuery.extend({
      text: z.string().max(100).default(''),
      enrollment: z.enum(['enrolled', 'ended', 'none']).optional(),
      deceased: z.boolean().optional(),
    }),
    output: pageOf(PatientHit),
  }),
  get: endpoint({
    method: 'GET',
    path: '/patients/:patientId',
    summary: 'Who a patient is and how things stand, without clinical facts',
    permission: 'patient:read',
    audit: 'patient.opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: PatientOverview,
  }),
  chart: endpoint({
    method: 'GET',
    path: '/patients/:patientId/chart',
    summary: 'Problems, medications, allergies, values, visits and past services',
    permission: 'patient:chart',
    audit: 'patient.chart_opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: Chart,
  }),
  contact: endpoint({
    method: 'GET',
    path: '/patients/:patientId/contact',
    summary: 'How to reach a patient: as confirmed here, as the EHR has it, and what was confirmed before',
    permission: 'patient:read',
    audit: 'patient.contact_opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: z.object({
      current: PatientContact.nullable(),
      earlier: z.array(PatientContact),
      ehr: z.object({
        phones: z.array(z.object({ number: z.string(), use: z.string().nullable() })),
        email: z.string().nullable(),
        language: z.string().nullable(),
      }),
    }),
  }),
  updateContact: endpoint({
    method: 'POST',
    path: '/patients/:patientId/contacts',
    summary: 'Confirm or correct how to reach a patient, as of today',
    permission: 'patient:contact',
    audit: 'patient.contact_updated',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'patient_deceased'],
    params: ByPatient,
    body: ContactUpdate,
    output: PatientContact,
  }),
  coverage: endpoint({
    method: 'GET',
    path: '/patients/:patientId/coverages',
    summary: 'What pays for the patient, as far as it is known',
    permission: 'coverage:read',
    audit: 'patient.coverage_opened',
    phi: true,
    errors: ['not_found'],
    params: ByPatient,
    output: PatientCoverage,
  }),
  addCoverage: endpoint({
    method: 'POST',
    path: '/patients/:patientId/coverages',
    summary: "Write down a coverage from the patient's card",
    permission: 'coverage:capture',
    audit: 'patient.coverage_added',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'invalid_input'],
    params: ByPatient,
    body: z
      .object({
        kind: CoverageKind.exclude(['unknown']),
        payerName: Name.nullable().default(null),
        memberId: z
          .string()
          .trim()
          .max(40)
          .transform((text) => (text === '' ? null : text))
          .nullable()
          .default(null),
        fromOn: LocalDate.nullable().default(null),
        toOn: LocalDate.nullable().default(null),
        payerOrder: z.int().min(1).max(9).nullable().default(null),
      })
      .refine((one) => one.fromOn === null || one.toOn === null || one.fromOn <= one.toOn, {
        path: ['toOn'],
        message: 'It ends before it begins.',
      }),
    output: Coverage,
  }),
  identifyPayer: endpoint({
    method: 'POST',
    path: '/coverages/:id/payer',
    summary: 'Write down by what a claim names the insurer of a coverage',
    permission: 'coverage:write',
    audit: 'patient.payer_identified',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'invalid_input'],
    params: ById,
    body: z.object({
      payerId: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9]{2,20}$/, 'Letters and digits, as the clearinghouse lists the payer.'),
      filingCode: z.enum(filingCodes),
      groupNumber: z
        .string()
        .trim()
        .max(50)
        .transform((text) => (text === '' ? null : text))
        .nullable()
        .default(null),
    }),
    output: Coverage,
  }),
  endCoverage: endpoint({
    method: 'POST',
    path: '/coverages/:id/end',
    summary: 'A coverage written down here has ended',
    permission: 'coverage:write',
    audit: 'patient.coverage_ended',
    phi: true,
    idempotent: true,
    errors: ['not_found', 'conflict', 'invalid_input'],
    params: ById,
    body: z.object({ toOn: LocalDate }),
    output: Coverage,
  }),
}
