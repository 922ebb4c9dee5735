import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { mapResource, referenceIndex } from '../src/index.ts'

function lines(type: string): unknown[] {
  return gunzipSync(readFileSync(new URL(`./fixtures/us-core-${type}.ndjson.gz`, import.meta.url)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

describe('a US Core export whose resources point at each other by identifier', () => {
  const practitioners = lines('Practitioner')
  const roles = lines('PractitionerRole')

  test('13 patients come in, three of them dead', () => {
    const patients = lines('Patient').map((json) => mapResource(json, { today: '2026-11-21' }))
    expect(patients.map((one) => one.findings)).toEqual(patients.map(() => []))
    const dead = patients.flatMap((one) => one.records).filter((one) => one.kind === 'patient' && one.deceased)
    expect([patients.length, dead.length]).toEqual([13, 3])
  })

  test('without the practitioners the roles keep the NPI they name', () => {
    for (const json of roles) {
      expect(mapResource(json).records).toMatchObject([
        {
          practitionerId: expect.stringMatching(
            /^Practitioner\?identifier=http:\/\/hl7\.org\/fhir\/sid\/us-npi\|\d{10}$/,
          ),
        },
      ])
    }
  })

  test('with them every role finds its practitioner', () => {
    const index = referenceIndex()
    for (const json of practitioners) index.add(json)
    const ids = new Set(practitioners.map((json) => mapResource(json).id))
    expect(ids.size).toBe(43)
    for (const json of roles) {
      const [role] = mapResource(json, index).records
      expect(role?.kind === 'practitioner_role' && ids.has(role.practitionerId ?? '')).toBe(true)
    }
  })
})
