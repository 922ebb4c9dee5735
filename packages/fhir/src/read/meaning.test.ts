import { describe, expect, test } from 'vitest'
import { mapResource } from './map-resource.ts'
import type { ImportRecord } from './records.ts'
import { referenceIndex } from './references.ts'

/** The one record of a resource that must come in. */
function record(json: unknown, options = {}): ImportRecord {
  const result = mapResource(json, options)
  expect(result.refused).toBeUndefined()
  const [first] = result.records
  if (first === undefined) throw new Error('no record')
  return first
}

const mrsDiaz = { reference: 'Patient/diaz' }
const usMbi = 'http://hl7.org/fhir/sid/us-mbi'

describe('who the patient is', () => {
  const patient = (fields: object) =>
    record({ resourceType: 'Patient', id: 'diaz', name: [{ family: 'Diaz' }], ...fields })

  test('Mrs Diaz is called by her official name, whatever else she was ever called', () => {
    expect(
      patient({
        name: [
          { use: 'maiden', family: 'Reyes', given: ['Carmen'] },
          { use: 'nickname', given: ['Mela'] },
          { use: 'official', family: 'Diaz', given: ['Carmen', 'Luz'], prefix: ['Mrs.'] },
        ],
      }),
    ).toMatchObject({ family: 'Diaz', given: 'Carmen Luz', prefix: 'Mrs.' })
  })

  test('an official name that has ended gives way to the usual one', () => {
    expect(
      patient({
        name: [
          { use: 'official', family: 'Reyes', period: { end: '1975-06-01' } },
          { use: 'usual', family: 'Diaz' },
        ],
      }),
    ).toMatchObject({ family: 'Diaz' })
  })

  test('her Medicare number is read with or without dashes and told from her record number', () => {
    expect(
      patient({
        identifier: [
          { type: { coding: [{ code: 'MR' }] }, value: 'MRN-77' },
          { system: usMbi, value: '1eg4-te5-mk73' },
          { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999-11-2222' },
        ],
      }),
    ).toMatchObject({ mbi: '1EG4TE5MK73', mrn: 'MRN-77' })
  })

  test('an old Medicare number gives way to the current one without a word', () => {
    const result = mapResource({
      resourceType: 'Patient',
      id: 'diaz',
      name: [{ family: 'Diaz' }],
      identifier: [
        { use: 'old', system: usMbi, value: '1EG4TE5MK72' },
        { system: usMbi, value: '1EG4TE5MK73' },
      ],
    })
    expect(result.records[0]).toMatchObject({ mbi: '1EG4TE5MK73' })
    expect(result.findings).toEqual([])
  })

  test('two current record numbers are reported and the first is kept', () => {
    const result = mapResource({
      resourceType: 'Patient',
      id: 'diaz',
      name: [{ family: 'Diaz' }],
      identifier: [
        { type: { coding: [{ code: 'MR' }] }, value: '77' },
        { type: { coding: [{ code: 'MR' }] }, value: '78' },
      ],
    })
    expect(result.records[0]).toMatchObject({ mrn: '77' })
    expect(result.findings).toMatchObject([{ code: 'identifier_repeated', path: 'Patient.identifier[1]' }])
  })

  test.each([
    [{}, false, null],
    [{ deceasedBoolean: false }, false, null],
    [{ deceasedBoolean: true }, true, null],
    [{ deceasedDateTime: '2025-03-02T23:15:00-05:00' }, true, '2025-03-02'],
    [{ deceasedDateTime: '2025' }, true, '2025-01-01'],
    [{ deceasedDateTime: 'last spring' }, true, null],
    [{ deceasedDateTime: 42 }, true, null],
    [{ _deceasedDateTime: { extension: [{ url: 'unknown' }] } }, true, null],
    [{ deceasedBoolean: 'false' }, false, null],
    [{ deceasedBoolean: 'Y' }, true, null],
  ])('%j: a death stated in any form counts', (fields, deceased, diedOn) => {
    expect(patient(fields)).toMatchObject({ deceased, diedOn })
  })

  test.each([
    [{ coding: [{ code: 'es' }] }, 'es'],
    [{ coding: [{ code: 'en-us' }] }, 'en-US'],
    [{ coding: [{ code: 'spa' }] }, 'es'],
    [{ coding: [{ code: 'zh-hant-tw' }] }, 'zh-Hant-TW'],
    [{ text: 'Spanish (Latin America)' }, 'es'],
    [{ text: 'Haitian Creole' }, 'ht'],
    [{ coding: [{ code: 'und' }] }, null],
  ])('language %j', (language, expected) => {
    expect(patient({ communication: [{ language }] })).toMatchObject({ language: expected })
  })

  test('of two languages the preferred one counts', () => {
    expect(
      patient({
        communication: [
          { language: { coding: [{ code: 'en' }] } },
          { language: { coding: [{ code: 'es' }] }, preferred: true },
        ],
      }),
    ).toMatchObject({ language: 'es' })
  })

  test('phones keep their use and rank, a repeated number comes once, fax is none', () => {
    expect(
      patient({
        telecom: [
          { system: 'phone', value: 'tel:555-0100', use: 'home' },
          { system: 'phone', value: '555-0100', use: 'mobile' },
          { system: 'sms', value: '555-0101', use: 'mobile', rank: 1 },
          { system: 'fax', value: '555-0102' },
          { system: 'email', value: 'carmen@example.org' },
        ],
      }),
    ).toMatchObject({
      phones: [
        { number: '555-0100', use: 'home', rank: null },
        { number: '555-0101', use: 'mobile', rank: 1 },
      ],
      email: 'carmen@example.org',
    })
  })

  test('the home address counts, with the state in two letters', () => {
    expect(
      patient({
        address: [
          { use: 'work', line: ['1 Mill St'], city: 'Lowell', state: 'MA' },
          {
            use: 'home',
            line: ['12 Elm St', 'Apt 3'],
            city: 'Lawrence',
            state: 'Massachusetts',
            postalCode: '01841',
          },
        ],
      }),
    ).toMatchObject({
      address: { lines: ['12 Elm St', 'Apt 3'], city: 'Lawrence', state: 'MA', zip: '01841' },
    })
  })

  test('a birthday of which only the year is known says so', () => {
    expect(patient({ birthDate: '1950' })).toMatchObject({ bornOn: '1950-01-01', approximate: ['bornOn'] })
    expect(patient({ birthDate: '1950-04-03' })).toMatchObject({ bornOn: '1950-04-03', approximate: [] })
  })
})

describe('what the patient has', () => {
  const condition = (fields: object) =>
    record({ resourceType: 'Condition', id: 'c1', subject: mrsDiaz, code: { text: 'Diabetes' }, ...fields })

  test('ICD-10-CM comes before SNOMED CT, and both are kept', () => {
    expect(
      condition({
        code: {
          coding: [
            { system: 'http://snomed.info/sct', code: '44054006', display: 'Type 2 diabetes' },
            { system: 'urn:oid:2.16.840.1.113883.6.90', code: 'e119' },
          ],
        },
      }),
    ).toMatchObject({
      system: 'icd10cm',
      code: 'E11.9',
      display: 'Type 2 diabetes',
      codings: [
        { system: 'snomed', code: '44054006' },
        { system: 'icd10cm', code: 'E11.9' },
      ],
    })
  })

  test('WHO’s ICD-10 is not ICD-10-CM', () => {
    expect(condition({ code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11' }] } })).toMatchObject({
      system: 'other',
      code: 'E11',
    })
  })

  test('a problem of the list stays one, even if it is a visit’s diagnosis too', () => {
    expect(
      condition({
        category: [{ coding: [{ code: 'encounter-diagnosis' }] }, { coding: [{ code: 'problem-list-item' }] }],
      }),
    ).toMatchObject({ category: 'problem-list-item' })
  })

  test('nothing said about activity is null, an abatement is resolved', () => {
    expect(condition({})).toMatchObject({ clinicalStatus: null })
    expect(condition({ abatementDateTime: '2020-02-02' })).toMatchObject({ clinicalStatus: 'resolved' })
  })

  test('a patient by full address or version is the same patient', () => {
    for (const reference of ['https://ehr.example.org/fhir/R4/Patient/diaz', 'Patient/diaz/_history/4']) {
      expect(condition({ subject: { reference } })).toMatchObject({ patientId: 'diaz' })
    }
  })
})

describe('what the patient takes and must not take', () => {
  const prescription = {
    resourceType: 'MedicationRequest',
    id: 'm1',
    status: 'active',
    intent: 'order',
    subject: mrsDiaz,
  }
  const metformin = {
    resourceType: 'Medication',
    id: 'med1',
    code: {
      coding: [
        {
          system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
          code: '860975',
          display: 'metformin 500 MG',
        },
      ],
    },
  }

  test('a contained medication is read in place', () => {
    expect(
      record({ ...prescription, contained: [metformin], medicationReference: { reference: '#med1' } }),
    ).toMatchObject({ system: 'rxnorm', code: '860975', display: 'metformin 500 MG', medicationId: null })
  })

  test('a medication of its own is found where it can be, and pointed at where not', () => {
    const index = referenceIndex()
    index.add(metformin)
    const pointing = {
      ...prescription,
      medicationReference: { reference: 'Medication/med1', display: 'Metformin' },
    }
    expect(record(pointing, index)).toMatchObject({ code: '860975', medicationId: 'med1' })
    expect(record(pointing)).toMatchObject({ code: null, display: 'Metformin', medicationId: 'med1' })
    expect(record(metformin)).toMatchObject({ kind: 'medication_definition', id: 'med1', code: '860975' })
  })

  test.each([
    [{ text: 'One tablet at breakfast' }, 'One tablet at breakfast'],
    [
      {
        doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet' } }],
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        asNeededBoolean: true,
      },
      '2 tablet, twice a day, as needed',
    ],
    [{ timing: { repeat: { frequency: 1, period: 6, periodUnit: 'h' } } }, 'every 6 hours'],
    [{ timing: { repeat: { frequency: 3, period: 1, periodUnit: 'wk' } } }, '3 times a week'],
    [{ asNeededBoolean: false }, null],
  ])('dosage %j', (dosage, expected) => {
    expect(
      record({ ...prescription, medicationCodeableConcept: { text: 'X' }, dosageInstruction: [dosage] }),
    ).toMatchObject({ dosageText: expected })
  })

  test('an order not to give a medication never reaches the medication list', () => {
    expect(
      record({ ...prescription, medicationCodeableConcept: { text: 'Warfarin' }, doNotPerform: true }),
    ).toMatchObject({ kind: 'other' })
  })

  test('an allergy names its reactions once each', () => {
    const hives = { coding: [{ code: '247472004', display: 'Hives' }] }
    expect(
      record({
        resourceType: 'AllergyIntolerance',
        id: 'a1',
        patient: mrsDiaz,
        code: { text: 'Penicillin' },
        criticality: 'high',
        reaction: [{ manifestation: [hives, { text: 'Swelling' }] }, { manifestation: [hives] }],
      }),
    ).toMatchObject({ display: 'Penicillin', criticality: 'high', reactions: ['Hives', 'Swelling'] })
  })
})

describe('what happened', () => {
  const visit = (fields: object) =>
    record({
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      subject: mrsDiaz,
      ...fields,
    })
  const cpt = (code: string) => ({ coding: [{ system: 'http://www.ama-assn.org/go/cpt', code }] })
  const hcpcs = (code: string) => ({ coding: [{ system: 'urn:oid:2.16.840.1.113883.6.285', code }] })

  test.each([
    [{ type: [hcpcs('G0439'), cpt('99213')] }, 'wellness', 'G0439'],
    [{ type: [cpt('99214')] }, 'office', '99214'],
    [{ serviceType: cpt('99495') }, 'office', '99495'],
    [{ type: [cpt('36415')] }, 'office', '36415'],
    [{ class: { code: 'EMER' } }, 'emergency', null],
    [{ class: { code: 'IMP' } }, 'inpatient', null],
    [{ class: { code: 'HH' } }, 'home', null],
    [{ class: { code: 'VR' } }, 'virtual', null],
    [{ class: { code: 'OBSENC' } }, 'other', null],
    [{ type: [{ coding: [{ system: 'http://snomed.info/sct', code: '702927004' }] }] }, 'urgent', null],
    [{ type: [{ coding: [{ system: 'http://example.org/local', code: '99214' }] }] }, 'office', null],
    [{}, 'office', null],
  ])('visit %j', (fields, visitKind, cptCode) => {
    expect(visit(fields)).toMatchObject({ visitKind, cptCode })
  })

  test('a visit of a day without a time stays on that day in every US zone', () => {
    const result = visit({ period: { start: '2026-03-04' } })
    expect(result).toMatchObject({
      startedAt: '2026-03-04T12:00:00Z',
      endedAt: null,
      approximate: ['startedAt'],
    })
    const at = new Date('startedAt' in result ? (result.startedAt ?? '') : '')
    for (const timeZone of ['Pacific/Honolulu', 'America/New_York', 'Pacific/Guam']) {
      expect(new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)).toBe('2026-03-04')
    }
  })

  test('the primary performer counts, not whoever is named first', () => {
    const as = (code: string, id: string) => ({
      type: [{ coding: [{ code }] }],
      individual: { reference: `Practitioner/${id}` },
    })
    expect(visit({ participant: [as('ATND', 'smith'), as('PPRF', 'okafor')] })).toMatchObject({
      practitionerId: 'okafor',
    })
  })

  test('Dr Okafor is found by NPI and by role once the practitioners are known', () => {
    const npi = 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999974493'
    const byNpi = { participant: [{ individual: { reference: npi } }] }
    const byRole = { participant: [{ individual: { reference: 'PractitionerRole/r1' } }] }
    expect(visit(byNpi)).toMatchObject({ practitionerId: npi })
    expect(visit(byRole)).toMatchObject({ practitionerId: null })
    const index = referenceIndex()
    index.add({
      resourceType: 'Practitioner',
      id: 'okafor',
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '9999974493' }],
    })
    index.add({
      resourceType: 'PractitionerRole',
      id: 'r1',
      practitioner: { reference: 'Practitioner/okafor' },
    })
    const encounter = {
      resourceType: 'Encounter',
      id: 'e1',
      status: 'finished',
      class: { code: 'AMB' },
      subject: mrsDiaz,
    }
    expect(record({ ...encounter, ...byNpi }, index)).toMatchObject({ practitionerId: 'okafor' })
    expect(record({ ...encounter, ...byRole }, index)).toMatchObject({ practitionerId: 'okafor' })
  })

  test('an identifier that two practitioners share leads to neither', () => {
    const index = referenceIndex()
    for (const id of ['a', 'b']) {
      index.add({ resourceType: 'Practitioner', id, identifier: [{ system: 's', value: '1' }] })
    }
    expect(index.resolve('Practitioner?identifier=s|1')).toBeNull()
    expect(index.resolve('Practitioner?identifier=s%7C1')).toBeNull()
    expect(index.resolve('https://x.org/fhir/Practitioner/a/_history/2')).toBe('Practitioner/a')
    expect(index.resolve('Practitioner?identifier=%E0%A4%A')).toBeNull()
  })

  const observed = (fields: object) =>
    record({
      resourceType: 'Observation',
      id: 'o1',
      status: 'final',
      subject: mrsDiaz,
      code: { text: 'eGFR' },
      effectiveDateTime: '2026-03-04T10:00:00Z',
      ...fields,
    })

  test.each([
    [{ valueQuantity: { value: 7.9, unit: '%' } }, 7.9, null, '%'],
    [{ valueQuantity: { value: 60, comparator: '>', unit: 'mL/min', code: 'mL/min' } }, 60, '>60', 'mL/min'],
    [
      { valueCodeableConcept: { coding: [{ code: '8517006', display: 'Former smoker' }] } },
      null,
      'Former smoker',
      null,
    ],
    [{ valueString: ' trace ' }, null, 'trace', null],
    [{ valueInteger: 0 }, 0, null, null],
    [{ valueBoolean: false }, null, 'no', null],
    [{ valueRange: { low: { value: 1 }, high: { value: 3, unit: 'mg' } } }, null, '1-3', 'mg'],
    [{ dataAbsentReason: { text: 'refused' } }, null, null, null],
  ])('result %j', (fields, valueNumber, valueText, unit) => {
    expect(observed(fields)).toMatchObject({ valueNumber, valueText, unit })
  })

  test('a procedure that was not done says so', () => {
    expect(
      record({
        resourceType: 'Procedure',
        id: 'p1',
        status: 'not-done',
        subject: mrsDiaz,
        code: { text: 'Colonoscopy' },
      }),
    ).toMatchObject({ kind: 'procedure', status: 'not-done', performedOn: null })
  })

  test('an appointment knows its patient and practitioner', () => {
    expect(
      record({
        resourceType: 'Appointment',
        id: 'ap1',
        status: 'booked',
        start: '2026-11-02T09:00:00-05:00',
        end: '2026-11-02T09:20:00-05:00',
        appointmentType: { text: 'Follow-up' },
        participant: [
          { actor: { reference: 'Location/l1' } },
          { actor: { reference: 'Practitioner/okafor' } },
          { actor: mrsDiaz },
        ],
      }),
    ).toMatchObject({
      patientId: 'diaz',
      practitionerId: 'okafor',
      startAt: '2026-11-02T09:00:00-05:00',
      typeText: 'Follow-up',
    })
  })
})

describe('who pays', () => {
  const coverage = (fields: object) =>
    record({ resourceType: 'Coverage', id: 'v1', status: 'active', beneficiary: mrsDiaz, ...fields })

  test.each([
    [{ payor: [{ display: 'Medicare' }] }, 'medicare'],
    [{ payor: [{ display: 'Medicare Part B' }] }, 'medicare_part_b'],
    [{ payor: [{ display: 'CMS' }], class: [{ value: 'Medicare' }, { value: 'Part B' }] }, 'medicare_part_b'],
    [{ payor: [{ display: 'Medicare Part A' }] }, 'unknown'],
    [{ payor: [{ display: 'Medicare Part D PDP' }] }, 'unknown'],
    [{ payor: [{ display: 'Humana Medicare Advantage HMO' }] }, 'medicare_advantage'],
    [
      {
        type: { coding: [{ system: 'https://nahdo.org/sopt', code: '111' }] },
        payor: [{ display: 'Humana' }],
      },
      'medicare_advantage',
    ],
    [{ payor: [{ display: 'AARP Medicare Supplement Plan G' }] }, 'medigap'],
    [{ payor: [{ display: 'MassHealth' }] }, 'medicaid'],
    [{ payor: [{ display: 'Blue Cross Blue Shield' }] }, 'commercial'],
    [
      {
        type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-selfpay', code: 'pay' }] },
      },
      'self_pay',
    ],
    [{ payor: [{ display: 'Neighborhood Fund' }] }, 'unknown'],
  ])('%j', (fields, coverageKind) => {
    expect(coverage(fields)).toMatchObject({ coverageKind })
  })

  test('member number, order and dates are kept', () => {
    expect(
      coverage({
        subscriberId: '1EG4TE5MK73',
        order: 1,
        period: { start: '2015-04-01', end: '2026-12-31' },
        payor: [{ display: 'Medicare Part B' }],
      }),
    ).toMatchObject({ memberId: '1EG4TE5MK73', order: 1, from: '2015-04-01', to: '2026-12-31' })
  })
})

describe('who else cares', () => {
  test('the care team names each member, and the daughter’s phone comes from her own resource', () => {
    const index = referenceIndex()
    const ana = {
      resourceType: 'RelatedPerson',
      id: 'ana',
      patient: mrsDiaz,
      relationship: [{ coding: [{ code: 'DAUC', display: 'daughter' }] }],
      name: [{ given: ['Ana'], family: 'Diaz' }],
      telecom: [{ system: 'phone', value: '555-0177' }],
    }
    index.add(ana)
    const team = mapResource(
      {
        resourceType: 'CareTeam',
        id: 't1',
        subject: mrsDiaz,
        participant: [
          { role: [{ text: 'Nurse' }], member: { reference: 'Practitioner/rosa', display: 'Rosa, RN' } },
          { role: [{ text: 'Caregiver' }], member: { reference: 'RelatedPerson/ana' } },
          { role: [{ text: 'Driver' }], member: { reference: 'RelatedPerson/ana' } },
          { role: [{ text: 'Nobody' }] },
        ],
      },
      index,
    )
    expect(team.records).toMatchObject([
      { id: 't1#Practitioner/rosa', name: 'Rosa, RN', relationship: 'Nurse', phone: null },
      { id: 't1#RelatedPerson/ana', name: 'Ana Diaz', relationship: 'Caregiver', phone: '555-0177' },
      { id: 't1#RelatedPerson/ana~2', relationship: 'Driver' },
    ])
    expect(team.findings).toMatchObject([{ code: 'member_missing', path: 'CareTeam.participant[3].member' }])
    expect(record(ana)).toMatchObject({
      kind: 'related_person',
      patientId: 'diaz',
      name: 'Ana Diaz',
      relationship: 'daughter',
      phone: '555-0177',
    })
  })

  test('what we do not use is kept with its patient', () => {
    expect(record({ resourceType: 'ServiceRequest', id: 's1', subject: mrsDiaz })).toEqual({
      kind: 'other',
      id: 's1',
      type: 'ServiceRequest',
      patientId: 'diaz',
      approximate: [],
    })
  })
})
