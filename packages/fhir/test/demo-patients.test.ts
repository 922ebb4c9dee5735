import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type ImportRecord, type MappedResource, mapResource, splitBundle } from '../src/index.ts'

const demo = new URL('../../../demo/patients/', import.meta.url)
const fixtures = new URL('./fixtures/', import.meta.url)

/** What demo/patients/README.md says is there. */
const counts = {
  AllergyIntolerance: 21,
  CarePlan: 344,
  Condition: 960,
  DiagnosticReport: 1746,
  Encounter: 3690,
  ExplanationOfBenefit: 3690,
  Goal: 302,
  Immunization: 1302,
  MedicationRequest: 1167,
  Observation: 22264,
  Organization: 77,
  Patient: 110,
  Practitioner: 77,
  Procedure: 1801,
} as const

type DemoType = keyof typeof counts

function mapped(type: DemoType): MappedResource[] {
  const lines = gunzipSync(readFileSync(new URL(`${type}.ndjson.gz`, demo)))
    .toString('utf8')
    .split('\n')
  return lines.filter((line) => line !== '').map((line) => mapResource(JSON.parse(line)))
}

function records<Kind extends ImportRecord['kind']>(
  all: readonly MappedResource[],
  kind: Kind,
): Extract<ImportRecord, { kind: Kind }>[] {
  return all
    .flatMap((one) => one.records)
    .filter((record): record is Extract<ImportRecord, { kind: Kind }> => record.kind === kind)
}

const everything = new Map((Object.keys(counts) as DemoType[]).map((type) => [type, mapped(type)] as const))
const of = (type: DemoType) => everything.get(type) ?? []

describe('the 110 patients of the demo clinic', () => {
  test('are all there, and not one of their resources is refused', () => {
    const found = Object.fromEntries([...everything].map(([type, all]) => [type, all.length]))
    expect(found).toEqual(counts)
    expect([...everything.values()].flat().filter((one) => one.refused !== undefined)).toEqual([])
  })

  test('bring only the warnings that the data deserves', () => {
    const codes = new Map<string, number>()
    for (const one of [...everything.values()].flat()) {
      for (const finding of one.findings) {
        const key = `${finding.severity} ${one.type} ${finding.code}`
        codes.set(key, (codes.get(key) ?? 0) + 1)
      }
    }
    expect(Object.fromEntries(codes)).toEqual({
      'warning Condition category_missing': 960,
      'warning Practitioner npi_invalid': 77,
    })
  })

  test('twelve of them have died, each on a known day, though some of their conditions are still active', () => {
    const dead = records(of('Patient'), 'patient').filter((patient) => patient.deceased)
    expect(dead).toHaveLength(12)
    expect(dead.every((patient) => patient.diedOn !== null && patient.diedOn > (patient.bornOn ?? ''))).toBe(true)
    const ids = new Set(dead.map((patient) => patient.id))
    const stillActive = records(of('Condition'), 'condition').filter(
      (condition) => ids.has(condition.patientId) && condition.clinicalStatus === 'active',
    )
    expect(stillActive.length).toBeGreaterThan(0)
  })

  test('have a name, a birthday, a sex, a language, a record number, an address with a two-letter state, a phone', () => {
    for (const patient of records(of('Patient'), 'patient')) {
      expect(patient.family).toMatch(/\S/)
      expect(patient.given).toMatch(/\S/)
      expect(patient.bornOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
      expect(['male', 'female']).toContain(patient.sex)
      expect(patient.mrn).toMatch(/^[0-9a-f-]{36}$/)
      expect(patient.address?.state).toBe('MA')
      expect(patient.phones).toHaveLength(1)
      expect(patient.mbi).toBeNull()
    }
    const spoken = records(of('Patient'), 'patient').map((patient) => patient.language)
    expect(spoken.filter((tag) => tag === 'es')).toHaveLength(10)
    expect(spoken.filter((tag) => tag === 'en-US')).toHaveLength(93)
  })

  test('married women keep their official name, not the maiden one', () => {
    const withTwo = gunzipSync(readFileSync(new URL('Patient.ndjson.gz', demo)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line.includes('"maiden"'))
      .map((line) => JSON.parse(line))
    expect(withTwo).toHaveLength(42)
    for (const json of withTwo) {
      const [patient] = records([mapResource(json)], 'patient')
      expect(patient?.family).toBe(json.name.find((name: { use: string }) => name.use === 'official').family)
    }
  })

  test('every record about a patient belongs to one of the 110', () => {
    const ids = new Set(records(of('Patient'), 'patient').map((patient) => patient.id))
    const strays = [...everything.values()]
      .flat()
      .flatMap((one) => one.records)
      .filter((record) => 'patientId' in record && (record.patientId === null || !ids.has(record.patientId)))
    expect(strays).toEqual([])
  })

  test('ids are unique within their kind, so that a second import finds what the first one made', () => {
    const seen = new Set<string>()
    for (const record of [...everything.values()].flat().flatMap((one) => one.records)) {
      const key = `${record.kind} ${record.kind === 'other' ? record.type : ''} ${record.id}`
      expect(seen.has(key), key).toBe(false)
      seen.add(key)
    }
  })

  test('blood pressures carry both their numbers', () => {
    const panels = records(of('Observation'), 'observation').filter((one) => one.code.code === '55284-4')
    expect(panels).toHaveLength(1127)
    for (const panel of panels) {
      expect(panel.components.map((part) => part.code.code).sort()).toEqual(['8462-4', '8480-6'])
      expect(panel.components.every((part) => part.valueNumber !== null)).toBe(true)
    }
    // 64 panels of the source carry no unit; it is not guessed.
    const withoutUnit = panels.filter((panel) => panel.components.every((part) => part.unit === null))
    expect(withoutUnit).toHaveLength(64)
    const valueless = records(of('Observation'), 'observation').filter(
      (one) => one.components.length === 0 && one.valueNumber === null && one.valueText === null,
    )
    expect(valueless).toEqual([])
  })

  test('visits are told apart: emergencies, stays, checkups, calls', () => {
    const kinds: Record<string, number> = {}
    for (const visit of records(of('Encounter'), 'encounter')) {
      kinds[visit.visitKind] = (kinds[visit.visitKind] ?? 0) + 1
    }
    expect(kinds).toEqual({
      office: 1661,
      wellness: 1476,
      emergency: 166,
      other: 141,
      inpatient: 131,
      virtual: 101,
      home: 14,
    })
  })

  test('the payers on old claims become dated hints: 1338 Medicare, and both sides of the 122 dual claims', () => {
    const hints = records(of('ExplanationOfBenefit'), 'coverage_hint')
    const kinds: Record<string, number> = {}
    for (const hint of hints) kinds[hint.coverageKind] = (kinds[hint.coverageKind] ?? 0) + 1
    expect(kinds).toEqual({ commercial: 1720, medicare: 1338 + 122, medicaid: 483 + 122, self_pay: 27 })
    expect(hints.every((hint) => /^\d{4}-\d{2}-\d{2}$/.test(hint.on ?? ''))).toBe(true)
  })

  test('mapping is a pure function: the same resource gives the same records twice', () => {
    expect(mapped('Patient')).toEqual(of('Patient'))
  })
})

describe('an untouched transaction Bundle', () => {
  test.each([
    ['Willia_Runolfsdottir_074c3873-c476-40e3-8046-f67372eb5e05.json.gz', 166],
    ['Twyla_Moen_a3f60302-e902-468f-a683-6373d24fc4fd.json.gz', 429],
  ])('%s comes in whole, with its urn:uuid references turned into ids', (name, expected) => {
    const json: unknown = JSON.parse(gunzipSync(readFileSync(new URL(name, fixtures))).toString('utf8'))
    const before = JSON.stringify(json)
    const bundle = splitBundle(json, name)
    expect(bundle.refused).toBeUndefined()
    expect(bundle.findings).toEqual([])
    expect(bundle.type).toBe('transaction')
    expect(bundle.entries).toHaveLength(expected)
    expect(JSON.stringify(bundle.entries.map((entry) => entry.resource))).not.toContain('"urn:uuid:')
    expect(JSON.stringify(json)).toBe(before)
    const all = bundle.entries.map((entry) => mapResource(entry.resource, bundle))
    expect(all.filter((one) => one.refused !== undefined)).toEqual([])
    const [patient] = records(all, 'patient')
    const others = all.flatMap((one) => one.records).filter((record) => 'patientId' in record)
    expect(new Set(others.map((record) => record.patientId))).toEqual(new Set([patient?.id]))
    const practitioners = new Set(records(all, 'practitioner').map((one) => one.id))
    for (const visit of records(all, 'encounter')) {
      if (visit.practitionerId !== null) expect(practitioners.has(visit.practitionerId)).toBe(true)
    }
  })

  test('gives the same records as the same patient from the Bulk Data files', () => {
    const name = 'Twyla_Moen_a3f60302-e902-468f-a683-6373d24fc4fd.json.gz'
    const json: unknown = JSON.parse(gunzipSync(readFileSync(new URL(name, fixtures))).toString('utf8'))
    const bundle = splitBundle(json, name)
    const fromBundle = records(
      bundle.entries.map((entry) => mapResource(entry.resource)),
      'condition',
    )
    const fromBulk = records(of('Condition'), 'condition')
    expect(fromBundle).toHaveLength(15)
    for (const condition of fromBundle) {
      const same = fromBulk.find((one) => one.id === condition.id)
      expect(same).toBeDefined()
      expect({ ...condition, encounterId: null }).toEqual({ ...same, encounterId: null })
    }
  })
})
