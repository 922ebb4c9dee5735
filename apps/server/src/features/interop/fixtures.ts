/** Resources of the story, for the tests of the import. */
export const elena = {
  resourceType: 'Patient',
  id: 'elena',
  name: [{ family: 'Díaz', given: ['Elena'] }],
  gender: 'female',
  birthDate: '1952-03-14',
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-mbi', value: '1EG4TE5MK73' }],
  telecom: [{ system: 'phone', value: '212-555-0102', use: 'mobile' }],
  communication: [{ language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'es' }] }, preferred: true }],
}
export const walter = {
  resourceType: 'Patient',
  id: 'walter',
  name: [{ family: 'Hill', given: ['Walter'] }],
  gender: 'male',
  birthDate: '1940-01-02',
  deceasedDateTime: '2026-02-03',
}
export const okafor = {
  resourceType: 'Practitioner',
  id: 'okafor',
  name: [{ family: 'Okafor', given: ['Ada'] }],
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }],
}

export function condition(id: string, code: string, subject = 'Patient/elena') {
  return {
    resourceType: 'Condition',
    id,
    subject: { reference: subject },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code, display: code }] },
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
    },
    category: [{ coding: [{ code: 'problem-list-item' }] }],
  }
}

export function systolic(id: string, value: number, on: string, status = 'final') {
  return {
    resourceType: 'Observation',
    id,
    status,
    subject: { reference: 'Patient/elena' },
    effectiveDateTime: on,
    category: [{ coding: [{ code: 'vital-signs' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '8480-6', display: 'Systolic blood pressure' }] },
    valueQuantity: { value, unit: 'mm[Hg]', code: 'mm[Hg]' },
  }
}

export function stay(id: string) {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { code: 'IMP' },
    subject: { reference: 'Patient/elena' },
    period: { start: '2026-01-05T10:00:00-05:00', end: '2026-01-09T15:00:00-05:00' },
    participant: [{ individual: { reference: 'Practitioner/okafor' } }],
  }
}

export function bill(id: string, on: string) {
  return {
    resourceType: 'ExplanationOfBenefit',
    id,
    status: 'active',
    patient: { reference: 'Patient/elena' },
    billablePeriod: { start: on },
    created: on,
    contained: [
      {
        resourceType: 'Coverage',
        id: 'coverage',
        type: { text: 'Medicare' },
        payor: [{ display: 'Medicare' }],
      },
    ],
    insurance: [{ focal: true, coverage: { reference: '#coverage', display: 'Medicare' } }],
  }
}

export function bundle(entries: unknown[], type = 'collection') {
  return { resourceType: 'Bundle', type, entry: entries.map((resource) => ({ resource })) }
}

export function lines(...resources: unknown[]): string {
  return `${resources.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')}\n`
}
