import { describe, expect, test } from 'vitest'
import { splitBundle } from '../read/bundle.ts'
import { mapResource } from '../read/map-resource.ts'
import {
  type CarePlanVersion,
  callEncounter,
  carePlanResource,
  collectionBundle,
  consentDocumentReference,
  consentResource,
  enrollmentEpisode,
  type JsonValue,
  operationOutcome,
  planCareTeam,
  planGoal,
  planIntervention,
  searchsetBundle,
  transactionBundle,
} from './index.ts'

const mrsDiaz = { reference: 'Patient/diaz', display: 'Carmen Diaz' }
const ana = { reference: 'RelatedPerson/ana', display: 'Ana Diaz' }
const rosa = { reference: 'Practitioner/rosa', display: 'Rosa' }
const drOkafor = { reference: 'Practitioner/okafor', display: 'Dr Okafor' }
const clinic = { reference: 'Organization/clinic' }

const form = {
  id: 'doc-1',
  patient: mrsDiaz,
  documentedAt: '2026-03-04T10:15:00-05:00',
  title: 'CCM consent, signed',
  contentType: 'application/pdf',
  sizeBytes: 48213,
  sha1Base64: 'L9ThxnotKPzthJ7hu3bnORuT6xI=',
  url: 'https://clinic.example.org/documents/doc-1',
} as const

const goal = planGoal({
  id: 'goal-1',
  patient: mrsDiaz,
  description: 'A1c below 7.5',
  lifecycleStatus: 'active',
  achievementStatus: 'improving',
  startsOn: '2026-03-04',
  target: {
    dueOn: '2026-09-04',
    measure: { loincCode: '4548-4', display: 'Hemoglobin A1c' },
    quantity: { value: 7.5, ucumUnit: '%', comparator: '<' },
  },
  expressedBy: mrsDiaz,
  addresses: [{ reference: 'Condition/diabetes' }],
})
const walk = planIntervention({
  id: 'act-1',
  patient: mrsDiaz,
  description: 'Walk 20 minutes after dinner',
  status: 'active',
  requester: drOkafor,
  performers: [mrsDiaz],
  authoredOn: '2026-03-04',
  goals: [{ reference: 'Goal/goal-1' }],
  reasons: [{ reference: 'Condition/diabetes' }],
})
const team = planCareTeam({
  id: 'team-1',
  patient: mrsDiaz,
  name: 'Mrs Diaz’s team',
  status: 'active',
  members: [
    { member: rosa, role: 'Care manager', snomedCode: '224535009' },
    { member: drOkafor, role: 'Billing practitioner' },
    { member: ana, role: 'Daughter' },
    { member: mrsDiaz, role: 'Patient' },
  ],
  organization: clinic,
})
const version: CarePlanVersion = {
  id: 'plan-1',
  patient: mrsDiaz,
  title: 'Comprehensive care plan',
  status: 'active',
  startsOn: '2026-03-04',
  createdOn: '2026-03-01',
  custodian: drOkafor,
  contributors: [rosa, mrsDiaz],
  careTeams: [{ reference: 'CareTeam/team-1' }],
  addresses: [{ reference: 'Condition/diabetes' }],
  goals: [{ reference: 'Goal/goal-1' }],
  activities: [
    {
      planned: { reference: 'ServiceRequest/act-1' },
      outcomes: [{ reference: 'Observation/a1c' }],
      progress: [{ at: '2026-04-01T09:00:00-04:00', text: 'Walks on most days.' }],
    },
  ],
  narrative: [{ heading: 'Goals', lines: ['A1c < 7.5 & walking <script>alert("x")</script>\u0000'] }],
}
const plan = carePlanResource(version)

describe('what Keepwell writes into the EHR', () => {
  test('the signed consent form is a US Core document with type, hash and size, and reads back', () => {
    const written = consentDocumentReference(form)
    expect(written).toMatchObject({
      resourceType: 'DocumentReference',
      status: 'current',
      type: { coding: [{ system: 'http://loinc.org', code: '59284-0' }] },
      category: [{ coding: [{ code: 'clinical-note' }] }],
      content: [{ attachment: { contentType: 'application/pdf', size: 48213, hash: form.sha1Base64, url: form.url } }],
    })
    expect(mapResource(written)).toMatchObject({
      findings: [],
      records: [{ kind: 'document_reference', patientId: 'diaz', typeCode: '59284-0', at: form.documentedAt }],
    })
  })

  test('a document with a wrong hash, no bytes or no size is a bug and stops', () => {
    expect(() => consentDocumentReference({ ...form, sha1Base64: 'abc' })).toThrow(/sha1Base64/)
    expect(() => consentDocumentReference({ ...form, sizeBytes: 0 })).toThrow(/sizeBytes/)
    const { url: _, ...withoutBytes } = form
    expect(() => consentDocumentReference(withoutBytes)).toThrow(/url or its data/)
    expect(() => consentDocumentReference({ ...form, documentedAt: '2026-03-04' })).toThrow(/instant/)
  })

  const consent = {
    id: 'consent-1',
    patient: mrsDiaz,
    status: 'active',
    givenAt: '2026-03-04T10:15:00-05:00',
    form: 'verbal',
    givenBy: mrsDiaz,
    documentedBy: rosa,
    organization: clinic,
    statementsTold: [
      { code: 'one_practitioner', text: 'Only one practitioner may bill this in a month.' },
      { code: 'may_stop', text: 'You may stop at any time.' },
    ],
    formVersion: 'ccm-consent-en-3',
    document: { reference: 'DocumentReference/doc-1' },
  } as const

  test('a verbal consent says that it was verbal and lists each statement told', () => {
    const written = consentResource(consent)
    expect(written).toMatchObject({
      status: 'active',
      scope: { coding: [{ code: 'treatment' }] },
      category: [{ coding: [{ code: '59284-0' }] }],
      policyRule: { coding: [{ code: 'OPTIN' }] },
      sourceReference: { reference: 'DocumentReference/doc-1' },
      provision: { type: 'permit', period: { start: consent.givenAt } },
    })
    const text = JSON.stringify(written)
    expect(text).toContain('"urn:keepwell:fhir:extension:consent-form","valueCode":"verbal"')
    expect(text.match(/statement-told/g)).toHaveLength(2)
    expect(mapResource(written).records).toMatchObject([{ kind: 'other', type: 'Consent', patientId: 'diaz' }])
  })

  test('a withdrawal ends the consent on the law’s day, a refusal denies, and silence is no consent', () => {
    expect(consentResource({ ...consent, status: 'inactive', endsOn: '2026-06-30' })).toMatchObject({
      status: 'inactive',
      policyRule: { coding: [{ code: 'OPTOUT' }] },
      provision: { period: { end: '2026-06-30' } },
    })
    expect(consentResource({ ...consent, status: 'rejected', statementsTold: [] })).toMatchObject({
      provision: { type: 'deny' },
    })
    expect(() => consentResource({ ...consent, statementsTold: [] })).toThrow(/statements told/)
  })

  test('the enrollment is an episode under the billing practitioner', () => {
    const written = enrollmentEpisode({
      id: 'enr-1',
      patient: mrsDiaz,
      status: 'active',
      startsOn: '2026-03-04',
      organization: clinic,
      billingPractitioner: drOkafor,
      conditions: [{ reference: 'Condition/diabetes' }, { reference: 'Condition/ckd' }],
    })
    expect(written).toMatchObject({
      careManager: { reference: 'Practitioner/okafor' },
      period: { start: '2026-03-04' },
      diagnosis: [{ rank: 1 }, { condition: { reference: 'Condition/ckd' }, rank: 2 }],
    })
    expect(() => enrollmentEpisode({ id: 'e', patient: mrsDiaz, status: 'finished', organization: clinic })).toThrow(
      /the day on which it ended/,
    )
  })

  test('Rosa’s call is a virtual visit and reads back as one', () => {
    const written = callEncounter({
      id: 'call-1',
      patient: mrsDiaz,
      startedAt: '2026-03-10T14:00:00-04:00',
      endedAt: '2026-03-10T14:13:07-04:00',
      secondsCredited: 787,
      performer: rosa,
      organization: clinic,
      reason: 'Monthly call',
    })
    expect(written).toMatchObject({ class: { code: 'VR' }, length: { value: 13.1167, code: 'min' } })
    expect(mapResource(written)).toMatchObject({
      findings: [],
      records: [
        {
          kind: 'encounter',
          visitKind: 'virtual',
          practitionerId: 'rosa',
          startedAt: '2026-03-10T14:00:00-04:00',
          reason: 'Monthly call',
          cptCode: null,
        },
      ],
    })
  })

  test('the plan carries the mandatory text and category and never an activity’s detail', () => {
    expect(plan).toMatchObject({
      status: 'active',
      intent: 'plan',
      text: { status: 'additional' },
      category: [
        {
          coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category', code: 'assess-plan' }],
        },
        { coding: [{ code: '734163000' }] },
      ],
      activity: [{ reference: { reference: 'ServiceRequest/act-1' } }],
    })
    expect(hasKey(plan, 'detail')).toBe(false)
    expect(hasKey(plan, 'author')).toBe(false)
    expect(mapResource(plan)).toMatchObject({
      findings: [],
      records: [{ kind: 'care_plan', title: 'Comprehensive care plan', status: 'active' }],
    })
  })

  test('the plan’s words cannot smuggle markup into the narrative', () => {
    const div = JSON.stringify(plan.text)
    expect(div).toContain('A1c &lt; 7.5 &amp; walking &lt;script&gt;')
    expect(div).not.toContain('<script')
    expect(div).not.toContain('\\u0000')
  })

  test('an activity can point only at what MCC allows', () => {
    expect(() => carePlanResource({ ...version, activities: [{ planned: { reference: 'Observation/o1' } }] })).toThrow(
      /cannot point at a Observation/,
    )
  })

  test('a goal’s value needs what is measured', () => {
    expect(() =>
      planGoal({
        id: 'g',
        patient: mrsDiaz,
        description: 'x',
        lifecycleStatus: 'active',
        target: { text: 'below 130/80' },
      }),
    ).toThrow(/gol-1/)
    expect(mapResource(goal)).toMatchObject({
      findings: [],
      records: [{ kind: 'goal', title: 'A1c below 7.5' }],
    })
  })

  test('the intervention points at its goal, the team holds the patient once and Ana as caregiver', () => {
    expect(walk).toMatchObject({
      intent: 'plan',
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal',
          valueReference: { reference: 'Goal/goal-1' },
        },
      ],
    })
    const codes = JSON.stringify(team.participant)
    expect(codes.match(/116154003/g)).toHaveLength(1)
    expect(codes.match(/133932002/g)).toHaveLength(1)
    expect(mapResource(team).records).toMatchObject([
      { memberReference: 'Patient/diaz' },
      { name: 'Rosa', relationship: 'Care manager' },
      { name: 'Dr Okafor', relationship: 'Billing practitioner' },
      { name: 'Ana Diaz', relationship: 'Daughter' },
    ])
  })

  test('nothing that is written holds an empty list, an empty object or a null', () => {
    const check = (value: JsonValue, place: string): void => {
      expect(value, place).not.toBeNull()
      if (typeof value !== 'object' || value === null) return
      expect(Object.keys(value).length, place).toBeGreaterThan(0)
      for (const [key, inner] of Object.entries(value)) check(inner, `${place}.${key}`)
    }
    for (const one of [goal, walk, team, plan, consentResource(consent), consentDocumentReference(form)]) {
      check(one, one.resourceType)
    }
  })
})

describe('Bundles that Keepwell writes', () => {
  test('a transaction puts each resource at its own id, and comes apart into the same resources', () => {
    const bundle = transactionBundle([team, goal, walk, plan])
    expect(bundle).toMatchObject({
      type: 'transaction',
      entry: [{ request: { method: 'PUT', url: 'CareTeam/team-1' } }, {}, {}, {}],
    })
    const split = splitBundle(JSON.parse(JSON.stringify(bundle)), 'our own')
    expect(split.findings).toEqual([])
    expect(split.entries.map((entry) => entry.resource)).toEqual([team, goal, walk, plan])
    expect(() => transactionBundle([goal, goal])).toThrow(/twice/)
  })

  test('an empty answer to a search is a Bundle without entries', () => {
    expect(
      searchsetBundle({
        baseUrl: 'https://x.org/fhir',
        selfUrl: 'https://x.org/fhir/Goal?patient=1',
        total: 0,
        matches: [],
      }),
    ).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 0,
      link: [{ relation: 'self', url: 'https://x.org/fhir/Goal?patient=1' }],
    })
  })

  test('a page of an answer tells matches from what came along', () => {
    expect(
      searchsetBundle({
        baseUrl: 'https://x.org/fhir/',
        selfUrl: 's',
        nextUrl: 'n',
        matches: [plan],
        included: [goal],
      }),
    ).toMatchObject({
      link: [{ relation: 'self' }, { relation: 'next', url: 'n' }],
      entry: [
        { fullUrl: 'https://x.org/fhir/CarePlan/plan-1', search: { mode: 'match' } },
        { search: { mode: 'include' } },
      ],
    })
    expect(collectionBundle([plan], 'https://x.org/fhir')).toMatchObject({ type: 'collection' })
  })

  test('the reader’s findings become an OperationOutcome with their place', () => {
    const { findings } = mapResource({ resourceType: 'Condition', id: 'c1', code: { text: 'x' } })
    expect(operationOutcome(findings)).toMatchObject({
      issue: [{ severity: 'error', code: 'required', expression: ['Condition.subject'] }],
    })
    expect(operationOutcome([])).toMatchObject({ issue: [{ severity: 'information' }] })
  })
})

function hasKey(value: JsonValue, key: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, inner]) => name === key || hasKey(inner, key))
}
