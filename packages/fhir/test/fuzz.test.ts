import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MappedResource, mapResource, splitBundle } from '../src/index.ts'

/** What must hold for whatever comes in. */
function checkPromises(result: MappedResource): void {
  const errors = result.findings.filter((finding) => finding.severity === 'error')
  expect(result.records.length === 0).toBe(result.refused !== undefined)
  expect(result.refused !== undefined).toBe(errors.length > 0)
  for (const finding of result.findings) {
    expect(finding.path).not.toBe('')
    expect(finding.message).toMatch(/\.$/)
  }
  const told = JSON.stringify([result.type, result.id, result.findings])
  expect(told).not.toContain('\\u0000')
  expect(JSON.parse(told)).toEqual([result.type, result.id, result.findings])
  expect(/\\ud[89a-f]/i.test(told)).toBe(false)
  for (const record of result.records) {
    // What goes into a database must be storable as JSON text without NUL or broken surrogates.
    const stored = JSON.stringify(record)
    expect(JSON.parse(stored)).toEqual(record)
    expect(stored).not.toContain('\\u0000')
    // JSON.stringify writes half a surrogate pair as an escape.
    expect(/\\ud[89a-f]/i.test(stored)).toBe(false)
  }
}

const mrsDiaz = { reference: 'Patient/diaz' }
const code = { coding: [{ system: 'http://snomed.info/sct', code: '1', display: 'One' }], text: 'One' }
const period = { start: '2026-01-02T10:00:00Z', end: '2026-01-02T11:00:00Z' }

/** One sound resource of each type that has a mapper of its own. */
const sound: readonly object[] = [
  {
    resourceType: 'Patient',
    id: 'diaz',
    name: [{ use: 'official', family: 'Diaz', given: ['Carmen'], period }],
    telecom: [{ system: 'phone', value: '1', rank: 1 }],
    address: [{ line: ['x'], state: 'MA', period }],
    communication: [{ language: code, preferred: true }],
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-mbi', value: '1EG4TE5MK73', type: code, period }],
    birthDate: '1950-01-01',
    deceasedDateTime: '2020-01-01',
    gender: 'female',
    link: [{ type: 'replaced-by', other: mrsDiaz }],
  },
  {
    resourceType: 'Practitioner',
    id: 'p',
    name: [{ family: 'Okafor' }],
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }],
  },
  {
    resourceType: 'PractitionerRole',
    id: 'r',
    practitioner: { identifier: { system: 's', value: 'v' } },
    code: [code],
    specialty: [code],
    telecom: [{ system: 'phone', value: '1' }],
  },
  { resourceType: 'Organization', id: 'o', name: 'Clinic' },
  {
    resourceType: 'Condition',
    id: 'c',
    subject: mrsDiaz,
    code,
    clinicalStatus: code,
    verificationStatus: code,
    category: [code],
    onsetPeriod: period,
    abatementDateTime: '2026-01-01',
    recordedDate: '2026-01-01',
    encounter: { reference: 'Encounter/e' },
  },
  {
    resourceType: 'Encounter',
    id: 'e',
    subject: mrsDiaz,
    status: 'finished',
    class: { code: 'AMB' },
    type: [code],
    serviceType: code,
    period,
    participant: [{ type: [code], individual: { reference: 'Practitioner/p' } }],
    reasonCode: [code],
    reasonReference: [{ reference: 'Condition/c' }],
  },
  {
    resourceType: 'Observation',
    id: 'ob',
    status: 'final',
    subject: mrsDiaz,
    code,
    category: [code],
    effectivePeriod: period,
    valueQuantity: { value: 1, unit: 'x', comparator: '<' },
    component: [{ code, valueRange: { low: { value: 1 }, high: { value: 2 } } }],
  },
  {
    resourceType: 'MedicationRequest',
    id: 'm',
    status: 'active',
    subject: mrsDiaz,
    contained: [{ resourceType: 'Medication', id: 'x', code }],
    medicationReference: { reference: '#x' },
    authoredOn: '2026-01-01',
    requester: { reference: 'Practitioner/p' },
    reasonReference: [{ reference: 'Condition/c' }],
    dosageInstruction: [
      {
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'd' }, code },
        doseAndRate: [{ doseRange: { low: { value: 1 }, high: { value: 2 } } }],
        route: code,
        asNeededCodeableConcept: code,
      },
    ],
  },
  { resourceType: 'Medication', id: 'x', code },
  {
    resourceType: 'AllergyIntolerance',
    id: 'a',
    patient: mrsDiaz,
    code,
    clinicalStatus: code,
    reaction: [{ manifestation: [code] }],
    criticality: 'low',
    recordedDate: '2020',
  },
  {
    resourceType: 'Immunization',
    id: 'i',
    patient: mrsDiaz,
    vaccineCode: code,
    status: 'completed',
    occurrenceDateTime: '2020-01',
  },
  {
    resourceType: 'Procedure',
    id: 'pr',
    subject: mrsDiaz,
    code,
    status: 'completed',
    performedPeriod: period,
  },
  {
    resourceType: 'Coverage',
    id: 'v',
    beneficiary: mrsDiaz,
    status: 'active',
    type: code,
    payor: [{ display: 'Medicare' }],
    class: [{ value: 'Part B', name: 'x' }],
    period,
    order: 1,
    identifier: [{ value: '1', type: code }],
  },
  {
    resourceType: 'ExplanationOfBenefit',
    id: 'eob',
    patient: mrsDiaz,
    billablePeriod: period,
    contained: [{ resourceType: 'Coverage', id: 'cov', type: { text: 'medicare' }, payor: [{ display: 'medicare' }] }],
    insurance: [{ coverage: { reference: '#cov' } }],
    insurer: { display: 'x' },
  },
  {
    resourceType: 'Appointment',
    id: 'ap',
    status: 'booked',
    start: period.start,
    end: period.end,
    appointmentType: code,
    participant: [{ actor: mrsDiaz }, { actor: { reference: 'Practitioner/p' } }],
  },
  {
    resourceType: 'CareTeam',
    id: 't',
    subject: mrsDiaz,
    participant: [{ role: [code], member: { reference: 'Practitioner/p', display: 'P' } }],
  },
  {
    resourceType: 'RelatedPerson',
    id: 'rp',
    patient: mrsDiaz,
    name: [{ text: 'Ana' }],
    relationship: [code],
    telecom: [{ system: 'phone', value: '1' }],
  },
  { resourceType: 'CarePlan', id: 'cp', subject: mrsDiaz, status: 'active', category: [code], title: 't' },
  { resourceType: 'Goal', id: 'g', subject: mrsDiaz, lifecycleStatus: 'active', description: code },
  {
    resourceType: 'DocumentReference',
    id: 'd',
    subject: mrsDiaz,
    status: 'current',
    type: code,
    date: period.start,
    content: [{ attachment: { title: 't' } }],
  },
  { resourceType: 'ServiceRequest', id: 's', subject: mrsDiaz },
]

/** Every place inside a value, as a list of keys. */
function places(value: unknown, here: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [here]
  const inner = Object.entries(value).flatMap(([key, one]) => places(one, [...here, key]))
  return [here, ...inner]
}

/** A copy with one place replaced. */
function replaced(value: unknown, place: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = place
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((one, index) => (index === Number(key) ? replaced(one, rest, by) : one))
  if (typeof value !== 'object' || value === null) return by
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === key ? replaced(one, rest, by) : one]),
  )
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    'urn:uuid:x',
    '#x',
    'Patient/',
    'Patient?identifier=%',
    '2026-02-30',
    '0000',
    '__proto__',
    { toString: 1, valueOf: 1 },
    -1,
    1e308,
    [[]],
    [{}],
    {},
    [null],
  ),
  fc.string({ unit: 'binary' }),
)

describe('whatever comes in, the reader answers and never throws', () => {
  test('the sound examples are sound', () => {
    for (const one of sound) {
      const result = mapResource(one)
      expect(result.refused, JSON.stringify(one)).toBeUndefined()
      checkPromises(result)
    }
  })

  test('arbitrary JSON', () => {
    fc.assert(
      fc.property(anything, (json) => {
        checkPromises(mapResource(json))
        splitBundle(json, 'fuzz')
      }),
      { numRuns: 2000, seed: 20261121 },
    )
  })

  test('sound resources with two places replaced by anything', () => {
    const broken = fc
      .constantFrom(...sound)
      .chain((resource) =>
        fc.tuple(
          fc.constant(resource),
          fc.constantFrom(...places(resource)),
          fc.constantFrom(...places(resource)),
          anything,
          anything,
        ),
      )
      .map(([resource, first, second, by, also]) => replaced(replaced(resource, first, by), second, also))
    fc.assert(
      fc.property(broken, (json) => checkPromises(mapResource(json, { today: '2026-11-21' }))),
      { numRuns: 8000, seed: 20261121 },
    )
  })

  test('Bundles whose entries are anything, found again through the Bundle itself', () => {
    const entry = fc.oneof(
      anything,
      fc.record({
        fullUrl: anything,
        resource: fc.oneof(anything, fc.constantFrom(...sound)),
        request: anything,
      }),
    )
    fc.assert(
      fc.property(fc.constantFrom('transaction', 'history', 'searchset', 'x', 3), fc.array(entry), (type, entries) => {
        const bundle = splitBundle({ resourceType: 'Bundle', type, entry: entries }, 'fuzz')
        for (const one of bundle.entries) checkPromises(mapResource(one.resource, bundle))
      }),
      { numRuns: 1000, seed: 20261121 },
    )
  })
})
