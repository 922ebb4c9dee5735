import { describe, expect, test } from 'vitest'
import { splitBundle } from './bundle.ts'
import { mapResource } from './map-resource.ts'

const uuid = '54034a85-d558-4047-b32a-ad82008f7199'
const diaz = { resourceType: 'Patient', name: [{ family: 'Diaz' }] }
const diabetes = (reference: string) => ({
  resourceType: 'Condition',
  id: 'c1',
  subject: { reference },
  code: { text: 'Diabetes' },
})

describe('a Bundle is taken apart', () => {
  test('a new patient without an id takes the one of the urn, and her condition finds her', () => {
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          { fullUrl: `urn:uuid:${uuid}`, resource: diaz, request: { method: 'POST', url: 'Patient' } },
          { resource: diabetes(`urn:uuid:${uuid}`) },
        ],
      },
      'upload.json',
    )
    expect(bundle.findings).toEqual([])
    expect(bundle.entries).toMatchObject([
      {
        resource: { id: uuid },
        fullUrl: `urn:uuid:${uuid}`,
        path: 'Bundle.entry[0].resource',
        source: 'upload.json',
      },
      { resource: { subject: { reference: `Patient/${uuid}` } }, path: 'Bundle.entry[1].resource' },
    ])
  })

  test('an id that differs from the urn wins', () => {
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'batch',
        entry: [
          { fullUrl: `urn:uuid:${uuid}`, resource: { ...diaz, id: 'diaz' } },
          { resource: diabetes(`urn:uuid:${uuid}`) },
        ],
      },
      '',
    )
    expect(bundle.entries[1]?.resource).toMatchObject({ subject: { reference: 'Patient/diaz' } })
  })

  test('Dr Okafor is found by NPI inside the Bundle; a practitioner who is not there stays as written', () => {
    const unknown = 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1'
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          {
            resource: {
              resourceType: 'Practitioner',
              id: 'okafor',
              identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '9999974493' }],
            },
          },
          {
            resource: {
              resourceType: 'Encounter',
              id: 'e1',
              participant: [
                {
                  individual: {
                    reference: 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9999974493',
                  },
                },
                { individual: { reference: unknown } },
              ],
            },
          },
        ],
      },
      '',
    )
    expect(bundle.entries[1]?.resource).toMatchObject({
      participant: [{ individual: { reference: 'Practitioner/okafor' } }, { individual: { reference: unknown } }],
    })
    expect(bundle.findings).toEqual([])
  })

  test('a reference to somebody who is not in the Bundle is named with its place and then refused', () => {
    const bundle = splitBundle(
      { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: diabetes(`urn:uuid:${uuid}`) }] },
      '',
    )
    expect(bundle.findings).toMatchObject([{ code: 'reference_unresolved', path: 'Bundle.entry[0].resource' }])
    expect(mapResource(bundle.entries[0]?.resource, bundle).findings).toMatchObject([
      { severity: 'error', code: 'subject_unresolved', path: 'Condition.subject' },
    ])
  })

  test('of a history only the newest version counts, and what was deleted is told', () => {
    const version = (family: string) => ({
      resource: { resourceType: 'Patient', id: 'diaz', name: [{ family }] },
      request: { method: 'PUT', url: 'Patient/diaz' },
    })
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'history',
        entry: [
          version('Diaz'),
          version('Reyes'),
          { request: { method: 'DELETE', url: 'Condition/c9' } },
          { resource: { ...diabetes('Patient/diaz'), id: 'c9' } },
        ],
      },
      '',
    )
    expect(bundle.entries).toHaveLength(1)
    expect(bundle.entries[0]?.resource).toMatchObject({ name: [{ family: 'Diaz' }] })
    expect(bundle.deleted).toEqual(['Condition/c9'])
    expect(bundle.findings.map((finding) => [finding.code, finding.path])).toEqual([
      ['entry_older_version', 'Bundle.entry[1]'],
      ['entry_deleted', 'Bundle.entry[2]'],
      ['entry_older_version', 'Bundle.entry[3]'],
    ])
  })

  test('a searchset’s complaint is passed on and is no resource', () => {
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [
          {
            search: { mode: 'outcome' },
            resource: {
              resourceType: 'OperationOutcome',
              issue: [{ diagnostics: 'Only 1000 results are shown' }],
            },
          },
          { search: { mode: 'match' }, resource: { ...diaz, id: 'diaz' } },
        ],
      },
      '',
    )
    expect(bundle.entries).toHaveLength(1)
    expect(bundle.findings).toMatchObject([{ code: 'entry_outcome', path: 'Bundle.entry[0]' }])
    expect(bundle.findings[0]?.message).toContain('Only 1000 results are shown')
  })

  test('the Bundles inside a batch’s answer are opened too', () => {
    const inner = {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [{ resource: { ...diaz, id: 'diaz' } }],
    }
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'batch-response',
        entry: [{ resource: inner, response: { status: '200' } }],
      },
      '',
    )
    expect(bundle.entries.map((entry) => entry.path)).toEqual(['Bundle.entry[0].resource.entry[0].resource'])
  })

  test.each([
    [null, 'bundle_expected', '$this'],
    [[], 'bundle_expected', '$this'],
    [{ resourceType: 'Patient' }, 'bundle_expected', '$this'],
    [{ resourceType: 'Bundle', type: 'batch', entry: {} }, 'entries_missing', 'Bundle.entry'],
  ])('%j is no Bundle that could be read', (json, code, path) => {
    const bundle = splitBundle(json, 'x')
    expect(bundle.findings).toMatchObject([{ severity: 'error', code, path }])
    expect(bundle.refused).toBe(bundle.findings[0]?.message)
    expect(bundle.entries).toEqual([])
  })

  test('broken entries are passed over one by one, and the sound one goes in', () => {
    const bundle = splitBundle(
      {
        resourceType: 'Bundle',
        type: 'parcel',
        entry: [7, {}, { resource: 'text' }, { resource: { ...diaz, id: 'd' } }, { resource: { ...diaz, id: 'd' } }],
      },
      '',
    )
    expect(bundle.findings.map((finding) => [finding.code, finding.path])).toEqual([
      ['bundle_type_unknown', 'Bundle.type'],
      ['entry_invalid', 'Bundle.entry[0]'],
      ['entry_without_resource', 'Bundle.entry[1]'],
      ['entry_repeated', 'Bundle.entry[4]'],
    ])
    expect(bundle.entries.map((entry) => mapResource(entry.resource).refused === undefined)).toEqual([false, true])
  })

  test('nesting without end neither throws nor hangs', () => {
    const deep = `${'{"a":'.repeat(20_000)}{}${'}'.repeat(20_000)}`
    const bundle = splitBundle(
      JSON.parse(
        `{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Basic","id":"b","x":${deep}}}]}`,
      ),
      '',
    )
    expect(bundle.findings).toMatchObject([{ code: 'nested_too_deep', path: 'Bundle.entry[0].resource' }])
    expect(mapResource(bundle.entries[0]?.resource).records).toHaveLength(1)
  })
})
