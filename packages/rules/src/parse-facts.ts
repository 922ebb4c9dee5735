import { FIRST_MONTH } from './assess.ts'
import type {
  CarePlanFacts,
  ChoiceFacts,
  ConditionFacts,
  ConsentFacts,
  CoverageFacts,
  CoverageKind,
  DecisionMakingFacts,
  Facts,
  InitiatingVisitFacts,
  OtherProgramFacts,
  OtherServiceFacts,
  PatientFacts,
  PolicyFacts,
  PractitionerFacts,
  PractitionerKind,
  PractitionerRelation,
  PrimaryLineFacts,
  PrimaryPaymentFacts,
  SecondaryFacts,
  StayFacts,
  StayKind,
  TimeFacts,
} from './facts.ts'
import { isLocalDate, isMonth, isTimeZone, parseInstant } from './time.ts'
import type { ConsentStatementId } from './values/consent.ts'

/** A place in the facts file and what is wrong there. */
export interface Fault {
  /** JSON path such as '$.time[0].start'. */
  readonly path: string
  readonly message: string
}

/** A part of a JSON Schema (draft 2020-12). */
export type Schema = Readonly<Record<string, unknown>>

/** Reads a value or notes its faults; carries its own schema, so that what is published is what is read. */
type Read<T> = ((value: unknown, path: string, faults: Fault[]) => T | undefined) & { readonly schema: Schema }

function reader<T>(schema: Schema, read: (value: unknown, path: string, faults: Fault[]) => T | undefined): Read<T> {
  return Object.assign(read, { schema })
}

function wrong(faults: Fault[], path: string, message: string): undefined {
  faults.push({ path, message })
  return undefined
}

const text = reader<string>({ type: 'string', pattern: '\\S' }, (value, path, faults) =>
  typeof value === 'string' && value.trim() !== '' ? value : wrong(faults, path, 'must be a text that is not empty'),
)

const truth = reader<boolean>({ type: 'boolean' }, (value, path, faults) =>
  typeof value === 'boolean' ? value : wrong(faults, path, 'must be true or false'),
)

const date = reader<string>({ type: 'string', format: 'date' }, (value, path, faults) =>
  typeof value === 'string' && isLocalDate(value)
    ? value
    : wrong(faults, path, 'must be a date that exists, YYYY-MM-DD'),
)

const instant = reader<string>({ type: 'string', format: 'date-time' }, (value, path, faults) =>
  typeof value === 'string' && parseInstant(value) !== undefined
    ? value
    : wrong(faults, path, 'must be an instant with its offset, such as 2026-10-03T14:00:00Z'),
)

const cents = reader<number>({ type: 'integer', minimum: 0 }, (value, path, faults) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : wrong(faults, path, 'must be a whole number of cents, not negative'),
)

const units = reader<number>({ type: 'integer', minimum: 1 }, (value, path, faults) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
    ? value
    : wrong(faults, path, 'must be a whole number of units, at least 1'),
)

function shaped(shape: RegExp, message: string): Read<string> {
  return reader({ type: 'string', pattern: shape.source }, (value, path, faults) =>
    typeof value === 'string' && shape.test(value) ? value : wrong(faults, path, message),
  )
}

/** One of a set of words; `also` maps other words in use to ours. */
function oneOf<T extends string>(words: readonly T[], also: Readonly<Record<string, T>> = {}): Read<T> {
  return reader({ enum: [...words, ...Object.keys(also)] }, (value, path, faults) => {
    if (typeof value === 'string') {
      const found = words.find((word) => word === value) ?? (Object.hasOwn(also, value) ? also[value] : undefined)
      if (found !== undefined) return found
    }
    return wrong(faults, path, `must be one of ${words.join(', ')}`)
  })
}

const nullable = <T>(read: Read<T>): Read<T | null> =>
  reader({ anyOf: [read.schema, { type: 'null' }] }, (value, path, faults) =>
    value === null ? null : read(value, path, faults),
  )

const listOf = <T>(read: Read<T>): Read<readonly T[]> =>
  reader({ type: 'array', items: read.schema }, (value, path, faults) => {
    if (!Array.isArray(value)) return wrong(faults, path, 'must be a list')
    const items: unknown[] = value.map((item: unknown, index) => read(item, `${path}[${index}]`, faults))
    // Every item was read by its own reader, or a fault says otherwise and the file is refused.
    return items as T[]
  })

type Fields<T> = { readonly [K in keyof T]-?: Read<Exclude<T[K], undefined>> }

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the object itself holds under a key; undefined also where only its prototype has it. */
const ownOf = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined

/** An object of known keys; missing keys stay missing, keys the book does not know are left alone. */
function objectOf<T extends object>(fields: Fields<T>, required: ReadonlyArray<keyof T & string>): Read<T> {
  const reads: ReadonlyArray<[string, Read<unknown>]> = Object.entries(fields)
  const properties = Object.fromEntries(reads.map(([key, read]) => [key, read.schema]))
  return reader({ type: 'object', properties, required: [...required] }, (value, path, faults) => {
    if (!isRecord(value)) return wrong(faults, path, 'must be an object')
    const before = faults.length
    const result: Record<string, unknown> = {}
    for (const key of required) {
      if (ownOf(value, key) === undefined) wrong(faults, `${path}.${key}`, 'is required')
    }
    for (const [key, read] of reads) {
      const given = ownOf(value, key)
      if (given === undefined) continue
      result[key] = read(given, `${path}.${key}`, faults)
    }
    // Every field was read by its own reader and every required one is there, or a fault says otherwise.
    return faults.length === before ? (result as T) : undefined
  })
}

const practitioner = objectOf<PractitionerFacts>(
  {
    id: nullable(text),
    npi: nullable(text),
    kind: nullable(
      oneOf<PractitionerKind>(['physician', 'np', 'pa', 'cns', 'cnm', 'other'], {
        MD: 'physician',
        DO: 'physician',
        NP: 'np',
        PA: 'pa',
        CNS: 'cns',
        CNM: 'cnm',
        nurse_practitioner: 'np',
        physician_assistant: 'pa',
        clinical_nurse_specialist: 'cns',
        nurse_midwife: 'cnm',
      }),
    ),
    qualifyingApm: nullable(truth),
  },
  [],
)

const patient = objectOf<PatientFacts>(
  { bornOn: nullable(date), diedOn: nullable(date), newOrNotSeenWithinYear: nullable(truth) },
  [],
)

/** A span whose last day is not before its first. */
const inOrder = <T extends { readonly from: string; readonly to: string | null }>(read: Read<T>): Read<T> =>
  reader(read.schema, (value, path, faults) => {
    const span = read(value, path, faults)
    return span && (span.to ?? span.from) < span.from ? wrong(faults, `${path}.to`, 'must not be before from') : span
  })

const coverage = objectOf<CoverageFacts>(
  {
    kind: oneOf<CoverageKind>(
      [
        'part_a',
        'part_b',
        'medicare_advantage',
        'other_primary',
        'hospice',
        'home_health',
        'medicaid',
        'medigap',
        'esrd',
      ],
      { part_c: 'medicare_advantage' },
    ),
    from: date,
    to: nullable(date),
  },
  ['kind', 'from', 'to'],
)

const condition = objectOf<ConditionFacts>(
  {
    code: shaped(
      /^[A-Z][0-9][0-9AB](\.?[0-9A-Z]{1,4})?$/,
      'must be an ICD-10-CM code in capitals, with or without its point, such as E11.22',
    ),
    attestedOn: nullable(date),
    lasts12Months: nullable(truth),
    significantRisk: nullable(truth),
  },
  ['code'],
)

const initiatingVisit = objectOf<InitiatingVisitFacts>(
  {
    on: date,
    code: shaped(/^[0-9A-Z]{5}$/, 'must be a procedure code of five characters'),
    ccmDiscussed: nullable(truth),
    telehealth: nullable(truth),
    extensivePlanning: nullable(truth),
  },
  ['on', 'code'],
)

const consent = objectOf<ConsentFacts>(
  {
    form: nullable(oneOf(['written', 'verbal'])),
    givenOn: nullable(date),
    givenAt: nullable(instant),
    faceToFace: nullable(truth),
    told: nullable(
      listOf(
        oneOf<ConsentStatementId>([
          'availability_and_cost',
          'one_practitioner',
          'right_to_stop',
          'information_sharing',
        ]),
      ),
    ),
    withdrawnOn: nullable(date),
  },
  [],
)

const policy = objectOf<PolicyFacts>(
  {
    consentMode: nullable(oneOf(['written_face_to_face', 'written', 'cms_minimum'], { written_required: 'written' })),
    dateOfService: nullable(oneOf(['month_end', 'threshold_date'])),
    telehealthVisit: nullable(oneOf(['accept', 'refuse'])),
    visitDayMinutes: nullable(oneOf(['count', 'leave_out'])),
    practitionerMinutes: nullable(oneOf(['pool', 'keep_apart'])),
    personalAddOnCap: nullable(oneOf(['none', 'two'])),
    sameGroup: nullable(oneOf(['warn', 'hold'])),
    apcmElsewhere: nullable(oneOf(['hold', 'refuse', 'allow'])),
    uncertainNeighbors: nullable(oneOf(['allow', 'hold'])),
    secondDiagnosis: nullable(oneOf(['block', 'warn'])),
  },
  [],
)

const carePlan = objectOf<CarePlanFacts>({ approvedOn: nullable(date), copyGivenOn: nullable(date) }, [])

const decisionMaking = objectOf<DecisionMakingFacts>(
  { level: nullable(oneOf(['straightforward', 'low', 'moderate', 'high'])), documentedOn: nullable(date) },
  [],
)

const timeShape = objectOf<TimeFacts>(
  {
    id: text,
    person: text,
    kind: oneOf(['staff', 'practitioner']),
    credential: nullable(text),
    start: instant,
    end: instant,
    activity: nullable(text),
    program: nullable(
      oneOf(['ccm', 'pcm', 'apcm', 'tcm', 'bhi', 'cocm', 'rpm', 'rtm', 'chi', 'pin', 'cpo', 'visit', 'none']),
    ),
    personalCcm: nullable(truth),
    waitsForApproval: nullable(truth),
  },
  ['id', 'person', 'kind', 'start', 'end'],
)

const time = reader<TimeFacts>(timeShape.schema, (value, path, faults) => {
  const entry = timeShape(value, path, faults)
  if (entry && Date.parse(entry.end) < Date.parse(entry.start)) {
    return wrong(faults, `${path}.end`, 'must not be before the start')
  }
  return entry
})

const stay = objectOf<StayFacts>(
  {
    kind: oneOf<StayKind>(
      ['inpatient', 'snf_part_a', 'observation', 'emergency', 'nursing_facility', 'assisted_living'],
      { snf: 'snf_part_a' },
    ),
    from: date,
    to: nullable(date),
  },
  ['kind', 'from', 'to'],
)

const otherService = objectOf<OtherServiceFacts>(
  {
    code: shaped(/^[0-9A-Z]{5}$/, 'must be a procedure code of five characters'),
    on: date,
    practitioner: nullable(oneOf<PractitionerRelation>(['same', 'same_group', 'other'])),
  },
  ['code', 'on'],
)

const primaryLine = objectOf<PrimaryLineFacts>(
  {
    code: text,
    units: nullable(units),
    chargeCents: cents,
    acceptCents: nullable(cents),
    allowedCents: cents,
    paidCents: cents,
  },
  ['code', 'chargeCents', 'allowedCents', 'paidCents'],
)

const secondary = objectOf<SecondaryFacts>(
  { kind: oneOf(['medigap', 'medicaid', 'employer', 'other']), name: nullable(text) },
  ['kind'],
)

const choice = objectOf<ChoiceFacts>(
  { family: oneOf(['non_complex', 'complex', 'personal']), by: text, reason: text },
  ['family', 'by', 'reason'],
)

const otherProgram = objectOf<OtherProgramFacts>(
  { program: oneOf(['pcm', 'apcm', 'rhc_bundle']), by: text, reason: text },
  ['program', 'by', 'reason'],
)

const month = reader<string>({ type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }, (value, path, faults) => {
  if (typeof value !== 'string' || !isMonth(value)) return wrong(faults, path, 'must be a month, YYYY-MM')
  return value >= FIRST_MONTH ? value : wrong(faults, path, `the book begins with ${FIRST_MONTH}`)
})

const timeZone = reader<string>({ type: 'string', description: 'IANA time zone' }, (value, path, faults) =>
  typeof value === 'string' && isTimeZone(value)
    ? value
    : wrong(faults, path, 'must be an IANA time zone, such as America/New_York'),
)

const facts = objectOf<Facts>(
  {
    month,
    timeZone,
    asOf: nullable(date),
    placeOfService: nullable(shaped(/^[0-9]{2}$/, 'must be a place of service of two digits')),
    locality: nullable(shaped(/^([0-9]{5}-[0-9]{2}|national)$/, 'must be MAC and locality, such as 13202-01')),
    practitioner: nullable(practitioner),
    patient: nullable(patient),
    coverage: nullable(listOf(inOrder(coverage))),
    deductible: nullable(objectOf<{ remainingCents: number }>({ remainingCents: cents }, ['remainingCents'])),
    qmb: nullable(truth),
    secondary: nullable(secondary),
    primaryPayment: nullable(
      objectOf<PrimaryPaymentFacts>({ decidedOn: date, paidCents: cents, lines: nullable(listOf(primaryLine)) }, [
        'decidedOn',
        'paidCents',
      ]),
    ),
    hospiceCare: nullable(oneOf(['attending', 'unrelated', 'related'])),
    conditions: nullable(listOf(condition)),
    initiatingVisit: nullable(initiatingVisit),
    consent: nullable(consent),
    policy: nullable(policy),
    carePlan: nullable(carePlan),
    access24x7: nullable(truth),
    designatedCareManager: nullable(truth),
    decisionMaking: nullable(decisionMaking),
    time: nullable(listOf(time)),
    stays: nullable(listOf(inOrder(stay))),
    otherServices: nullable(listOf(otherService)),
    choice: nullable(choice),
    otherProgram: nullable(otherProgram),
  },
  ['month', 'timeZone'],
)

/** The schema of a facts file: one patient-month, or a list of them. */
export const factsSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Facts of a patient-month',
  description:
    'null = known to be none, a missing key = nobody knows. Money in cents, instants with their offset, dates local to the clinic.',
  $defs: { facts: facts.schema },
  oneOf: [{ $ref: '#/$defs/facts' }, { type: 'array', items: { $ref: '#/$defs/facts' } }],
}

/** Reads a facts file. A wrong file is refused with the path of each fault; nothing is guessed or repaired. */
export function parseFacts(
  input: unknown,
): { readonly ok: true; readonly facts: Facts } | { readonly ok: false; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const parsed = facts(input, '$', faults)
  if (parsed?.time) {
    const seen = new Set<string>()
    parsed.time.forEach((entry, index) => {
      if (seen.has(entry.id)) wrong(faults, `$.time[${index}].id`, `is used twice: ${entry.id}`)
      seen.add(entry.id)
    })
  }
  return parsed && faults.length === 0 ? { ok: true, facts: parsed } : { ok: false, faults }
}
