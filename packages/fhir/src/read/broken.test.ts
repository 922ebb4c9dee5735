import { describe, expect, test } from 'vitest'
import type { FindingCode } from './findings.ts'
import { mapResource } from './map-resource.ts'

const mrsDiaz = { reference: 'Patient/diaz' }
const diabetes = {
  coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' }],
  text: 'Diabetes',
}
const active = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
}
const problem = [{ coding: [{ code: 'problem-list-item' }] }]

const patient = {
  resourceType: 'Patient',
  id: 'diaz',
  name: [{ use: 'official', family: 'Diaz', given: ['Carmen'] }],
  gender: 'female',
  birthDate: '1950-04-03',
}
const condition = {
  resourceType: 'Condition',
  id: 'c1',
  subject: mrsDiaz,
  code: diabetes,
  clinicalStatus: active,
  category: problem,
}
const encounter = {
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { code: 'AMB' },
  subject: mrsDiaz,
  period: { start: '2026-03-04T10:00:00-05:00', end: '2026-03-04T10:20:00-05:00' },
}
const observation = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: mrsDiaz,
  effectiveDateTime: '2026-03-04T10:00:00-05:00',
  valueQuantity: { value: 7.9, unit: '%' },
}
const medication = {
  resourceType: 'MedicationRequest',
  id: 'm1',
  status: 'active',
  intent: 'order',
  subject: mrsDiaz,
  medicationCodeableConcept: { text: 'Metformin 500 mg' },
}

interface Broken {
  readonly what: string
  readonly json: unknown
  readonly code: FindingCode
  readonly path: string
}

const refusedResources: Broken[] = [
  { what: 'nothing at all', json: null, code: 'not_an_object', path: '$this' },
  { what: 'a text', json: 'Patient', code: 'not_an_object', path: '$this' },
  { what: 'a list of resources', json: [patient], code: 'not_an_object', path: '$this' },
  { what: 'no resourceType', json: { id: 'x' }, code: 'resource_type_missing', path: 'resourceType' },
  {
    what: 'a number as resourceType',
    json: { resourceType: 4, id: 'x' },
    code: 'resource_type_missing',
    path: 'resourceType',
  },
  {
    what: 'a type that R4 does not have',
    json: { resourceType: 'Pacient', id: 'x' },
    code: 'resource_type_unknown',
    path: 'resourceType',
  },
  {
    what: 'a type of JavaScript',
    json: { resourceType: 'constructor', id: 'x' },
    code: 'resource_type_unknown',
    path: 'resourceType',
  },
  {
    what: 'a Bundle inside a file of resources',
    json: { resourceType: 'Bundle', id: 'x' },
    code: 'bundle_unexpected',
    path: 'resourceType',
  },
  { what: 'no id', json: { ...patient, id: undefined }, code: 'id_missing', path: 'Patient.id' },
  { what: 'an empty id', json: { ...patient, id: '' }, code: 'id_missing', path: 'Patient.id' },
  {
    what: 'an object as id',
    json: { ...condition, id: { value: 'c1' } },
    code: 'id_invalid',
    path: 'Condition.id',
  },
  { what: 'an id with a slash', json: { ...patient, id: 'a/b' }, code: 'id_invalid', path: 'Patient.id' },
  {
    what: 'an id that goes on for ever',
    json: { ...patient, id: 'x'.repeat(200) },
    code: 'id_invalid',
    path: 'Patient.id',
  },
  {
    what: 'a condition of nobody',
    json: { ...condition, subject: undefined },
    code: 'subject_missing',
    path: 'Condition.subject',
  },
  {
    what: 'a condition whose subject is a text',
    json: { ...condition, subject: 'Patient/diaz' },
    code: 'subject_missing',
    path: 'Condition.subject',
  },
  {
    what: 'a condition whose subject is empty',
    json: { ...condition, subject: {} },
    code: 'subject_missing',
    path: 'Condition.subject',
  },
  {
    what: 'a condition of a group',
    json: { ...condition, subject: { reference: 'Group/g1' } },
    code: 'subject_not_patient',
    path: 'Condition.subject',
  },
  {
    what: 'a condition of somebody who did not come along',
    json: { ...condition, subject: { reference: 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0' } },
    code: 'subject_unresolved',
    path: 'Condition.subject',
  },
  {
    what: 'a condition of a patient by a number nobody knows',
    json: { ...condition, subject: { reference: 'Patient?identifier=mrn|77' } },
    code: 'subject_unresolved',
    path: 'Condition.subject',
  },
  {
    what: 'a condition without any words',
    json: { ...condition, code: undefined },
    code: 'code_missing',
    path: 'Condition.code',
  },
  {
    what: 'an observation of nothing',
    json: { ...observation, code: {} },
    code: 'code_missing',
    path: 'Observation.code',
  },
  {
    what: 'an allergy to nothing',
    json: { resourceType: 'AllergyIntolerance', id: 'a1', patient: mrsDiaz },
    code: 'code_missing',
    path: 'AllergyIntolerance.code',
  },
  {
    what: 'a vaccination without a vaccine',
    json: { resourceType: 'Immunization', id: 'i1', status: 'completed', patient: mrsDiaz },
    code: 'code_missing',
    path: 'Immunization.vaccineCode',
  },
  {
    what: 'a prescription of nothing',
    json: { ...medication, medicationCodeableConcept: undefined },
    code: 'medication_missing',
    path: 'MedicationRequest.medication[x]',
  },
  {
    what: 'a coverage of nobody',
    json: { resourceType: 'Coverage', id: 'v1', status: 'active' },
    code: 'subject_missing',
    path: 'Coverage.beneficiary',
  },
]

const takenWithWarning: Broken[] = [
  {
    what: 'a birthday on 30 February',
    json: { ...patient, birthDate: '1950-02-30' },
    code: 'date_impossible',
    path: 'Patient.birthDate',
  },
  {
    what: 'a leap day in a common year',
    json: { ...patient, birthDate: '1900-02-29' },
    code: 'date_impossible',
    path: 'Patient.birthDate',
  },
  {
    what: 'the year one, which is a program and not a date',
    json: { ...patient, birthDate: '0001-01-01' },
    code: 'date_impossible',
    path: 'Patient.birthDate',
  },
  {
    what: 'an American date',
    json: { ...patient, birthDate: '04/03/1950' },
    code: 'date_unreadable',
    path: 'Patient.birthDate',
  },
  {
    what: 'a number as birthday',
    json: { ...patient, birthDate: 19500403 },
    code: 'value_wrong_type',
    path: 'Patient.birthDate',
  },
  {
    what: 'a year of birth only',
    json: { ...patient, birthDate: '1950' },
    code: 'date_partial',
    path: 'Patient.birthDate',
  },
  {
    what: 'a birthday to come',
    json: { ...patient, birthDate: '2030-01-01' },
    code: 'date_in_future',
    path: 'Patient.birthDate',
  },
  {
    what: 'a death before the birth',
    json: { ...patient, deceasedDateTime: '1949-01-01' },
    code: 'dates_out_of_order',
    path: 'Patient.deceasedDateTime',
  },
  {
    what: 'a death on a day that does not exist',
    json: { ...patient, deceasedDateTime: '2025-13-01' },
    code: 'date_impossible',
    path: 'Patient.deceasedDateTime',
  },
  {
    what: 'dead and alive at once',
    json: { ...patient, deceasedBoolean: false, deceasedDateTime: '2025-01-01' },
    code: 'death_contradictory',
    path: 'Patient.deceasedBoolean',
  },
  {
    what: 'a death written as a text',
    json: { ...patient, deceasedBoolean: 'true' },
    code: 'value_wrong_type',
    path: 'Patient.deceasedBoolean',
  },
  { what: 'no name', json: { ...patient, name: [] }, code: 'name_missing', path: 'Patient.name' },
  {
    what: 'a name in one piece',
    json: { ...patient, name: [{ text: 'Carmen Diaz' }] },
    code: 'name_only_text',
    path: 'Patient.name[0]',
  },
  {
    what: 'a name that is not in a list',
    json: { ...patient, name: { family: 'Diaz' } },
    code: 'value_wrong_shape',
    path: 'Patient.name',
  },
  {
    what: 'a number among the names',
    json: { ...patient, name: [7, { family: 'Diaz' }] },
    code: 'value_wrong_type',
    path: 'Patient.name[0]',
  },
  {
    what: 'a family name that is a number',
    json: { ...patient, name: [{ family: 7, given: ['Carmen'] }] },
    code: 'value_wrong_type',
    path: 'Patient.name[0].family',
  },
  {
    what: 'a NUL in the name',
    json: { ...patient, name: [{ family: 'Di\u0000az' }] },
    code: 'character_forbidden',
    path: 'Patient.name[0].family',
  },
  {
    what: 'a gender of another code system',
    json: { ...patient, gender: 'F' },
    code: 'code_unknown',
    path: 'Patient.gender',
  },
  {
    what: 'an unknown language',
    json: { ...patient, communication: [{ language: { text: 'the one of her village' } }] },
    code: 'language_unknown',
    path: 'Patient.communication[0].language',
  },
  {
    what: 'a Medicare number of the old kind',
    json: { ...patient, identifier: [{ system: 'http://hl7.org/fhir/sid/us-mbi', value: '123-45-6789A' }] },
    code: 'mbi_invalid',
    path: 'Patient.identifier[0].value',
  },
  {
    what: 'a merged patient',
    json: { ...patient, link: [{ type: 'replaced-by', other: { reference: 'Patient/diaz2' } }] },
    code: 'patient_replaced',
    path: 'Patient.link[0]',
  },
  {
    what: 'an inactive patient',
    json: { ...patient, active: false },
    code: 'patient_inactive',
    path: 'Patient.active',
  },
  {
    what: 'a phone without a system',
    json: { ...patient, telecom: [{ value: '555-0100' }] },
    code: 'value_missing',
    path: 'Patient.telecom[0].system',
  },
  {
    what: 'five thousand phones',
    json: {
      ...patient,
      telecom: Array.from({ length: 5000 }, () => ({ system: 'phone', value: '555-0100' })),
    },
    code: 'list_too_long',
    path: 'Patient.telecom',
  },
  {
    what: 'an id with an underscore',
    json: { ...patient, id: 'diaz_1' },
    code: 'id_unusual',
    path: 'Patient.id',
  },
  {
    what: 'an extension that may turn the meaning round',
    json: { ...condition, modifierExtension: [{ url: 'http://example.org/not' }] },
    code: 'modifier_unknown',
    path: 'Condition.modifierExtension',
  },
  {
    what: 'a condition without category',
    json: { ...condition, category: undefined },
    code: 'category_missing',
    path: 'Condition.category',
  },
  {
    what: 'a condition that may or may not be active',
    json: { ...condition, clinicalStatus: undefined },
    code: 'clinical_status_missing',
    path: 'Condition.clinicalStatus',
  },
  {
    what: 'a clinical status nobody knows',
    json: { ...condition, clinicalStatus: { coding: [{ code: 'sleeping' }] } },
    code: 'code_unknown',
    path: 'Condition.clinicalStatus',
  },
  {
    what: 'a status as FHIR 3 wrote it',
    json: { ...condition, clinicalStatus: 'active' },
    code: 'value_wrong_shape',
    path: 'Condition.clinicalStatus',
  },
  {
    what: 'an onset of which only the month is known',
    json: { ...condition, onsetDateTime: '2019-05' },
    code: 'date_partial',
    path: 'Condition.onsetDateTime',
  },
  {
    what: 'a condition that ends before it begins',
    json: { ...condition, onsetDateTime: '2020-01-02', abatementDateTime: '2020-01-01' },
    code: 'dates_out_of_order',
    path: 'Condition.abatement[x]',
  },
  {
    what: 'a visit that ends before it begins',
    json: { ...encounter, period: { start: '2026-03-04T10:00:00-05:00', end: '2026-03-04T09:00:00-05:00' } },
    code: 'dates_out_of_order',
    path: 'Encounter.period.end',
  },
  {
    what: 'a visit without a time zone',
    json: { ...encounter, period: { start: '2026-03-04T10:00:00' } },
    code: 'time_zone_missing',
    path: 'Encounter.period.start',
  },
  {
    what: 'a visit at 25 o’clock',
    json: { ...encounter, period: { start: '2026-03-04T25:00:00Z' } },
    code: 'date_impossible',
    path: 'Encounter.period.start',
  },
  {
    what: 'a visit without a class',
    json: { ...encounter, class: undefined },
    code: 'value_missing',
    path: 'Encounter.class',
  },
  {
    what: 'a visit without a status',
    json: { ...encounter, status: undefined },
    code: 'value_missing',
    path: 'Encounter.status',
  },
  {
    what: 'a visit with the status of an order',
    json: { ...encounter, status: 'ordered' },
    code: 'code_unknown',
    path: 'Encounter.status',
  },
  {
    what: 'a participant that is no reference',
    json: { ...encounter, participant: [{ individual: { reference: 'Dr Okafor' } }] },
    code: 'reference_invalid',
    path: 'Encounter.participant[0].individual.reference',
  },
  {
    what: 'a value that is a text',
    json: { ...observation, valueQuantity: { value: '7.9', unit: '%' } },
    code: 'value_wrong_type',
    path: 'Observation.valueQuantity.value',
  },
  {
    what: 'a component without a code',
    json: { ...observation, component: [{ valueString: 'x' }] },
    code: 'value_missing',
    path: 'Observation.component[0].code',
  },
  {
    what: 'an observation without a date',
    json: { ...observation, effectiveDateTime: undefined },
    code: 'value_missing',
    path: 'Observation.effective[x]',
  },
  {
    what: 'a medication that did not come along',
    json: {
      ...medication,
      medicationCodeableConcept: undefined,
      medicationReference: { reference: 'Medication/x' },
    },
    code: 'medication_not_found',
    path: 'MedicationRequest.medicationReference',
  },
  {
    what: 'an order not to give a medication',
    json: { ...medication, doNotPerform: true },
    code: 'do_not_perform',
    path: 'MedicationRequest.doNotPerform',
  },
  {
    what: 'an NPI of nine digits',
    json: {
      resourceType: 'Practitioner',
      id: 'p',
      name: [{ family: 'Okafor' }],
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '123456789' }],
    },
    code: 'npi_invalid',
    path: 'Practitioner.identifier[0].value',
  },
  {
    what: 'an NPI with a wrong check digit',
    json: {
      resourceType: 'Practitioner',
      id: 'p',
      name: [{ family: 'Okafor' }],
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567890' }],
    },
    code: 'npi_check_digit',
    path: 'Practitioner.identifier[0].value',
  },
  {
    what: 'an appointment without a patient',
    json: { resourceType: 'Appointment', id: 'a', status: 'booked', participant: [] },
    code: 'appointment_without_patient',
    path: 'Appointment.participant',
  },
]

describe('a broken resource is refused with its reason and place', () => {
  test.each(refusedResources)('$what', ({ json, code, path }) => {
    const result = mapResource(json, { today: '2026-11-21' })
    expect(result.records).toEqual([])
    const errors = result.findings.filter((finding) => finding.severity === 'error')
    expect(errors).toContainEqual(expect.objectContaining({ code, path }))
    expect(result.refused).toBe(errors[0]?.message)
    expect(result.refused).toMatch(/^\S.*\.$/)
  })
})

describe('a flawed resource is taken and its flaw named', () => {
  test.each(takenWithWarning)('$what', ({ json, code, path }) => {
    const result = mapResource(json, { today: '2026-11-21' })
    expect(result.refused).toBeUndefined()
    expect(result.records.length).toBeGreaterThan(0)
    expect(result.findings).toHaveLength(1)
    expect(result.findings[0]).toMatchObject({ severity: 'warning', code, path })
    expect(result.findings[0]?.message).toMatch(/^\S.*\.$/)
  })

  test('the examples are sound before they are broken', () => {
    for (const sound of [patient, condition, encounter, observation, medication]) {
      expect(mapResource(sound, { today: '2026-11-21' }).findings).toEqual([])
    }
  })
})
