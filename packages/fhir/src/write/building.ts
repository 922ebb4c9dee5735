import type { FhirResource, JsonValue, ReferenceTo } from './json.ts'

/** Keywords of FHIR's own code systems and profiles, written once. */
export const systems = {
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  ucum: 'http://unitsofmeasure.org',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  participationType: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  carePlanCategory: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category',
  documentCategory: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
  goalAchievement: 'http://terminology.hl7.org/CodeSystem/goal-achievement',
  goalPriority: 'http://terminology.hl7.org/CodeSystem/goal-priority',
} as const

/** Prefix of the extensions that FHIR has no element for and Keepwell needs. */
export const keepwellExtension = 'urn:keepwell:fhir:extension:'

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/
const dayPattern = /^\d{4}-\d{2}-\d{2}$/
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Stops a programming error before it becomes a document in somebody's EHR. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`FHIR writer: ${message}`)
}

export function assertDay(value: string, name: string): void {
  assert(dayPattern.test(value), `${name} must be a day YYYY-MM-DD, not "${value}".`)
}

export function assertInstant(value: string, name: string): void {
  assert(instantPattern.test(value), `${name} must be an instant with its offset, not "${value}".`)
}

/** Drops keys whose value is undefined or an empty list, which FHIR JSON forbids. */
export function present(fields: { readonly [key: string]: JsonValue | undefined }): {
  [key: string]: JsonValue
} {
  const kept: { [key: string]: JsonValue } = {}
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value) && value.length === 0) continue
    kept[key] = value
  }
  return kept
}

export function resource(
  resourceType: string,
  id: string,
  fields: { readonly [key: string]: JsonValue | undefined },
): FhirResource {
  assert(idPattern.test(id), `${resourceType}.id "${id}" is not a FHIR id.`)
  return { resourceType, id, ...present(fields) }
}

export function reference(to: ReferenceTo): JsonValue {
  assert(/^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.test(to.reference), `"${to.reference}" is not Type/id.`)
  return present({ reference: to.reference, display: to.display })
}

export function references(list: readonly ReferenceTo[] | undefined): JsonValue[] {
  return (list ?? []).map(reference)
}

export function coded(system: string, code: string, display: string, text?: string): JsonValue {
  return present({ coding: [{ system, code, display }], text })
}

/** Text made safe inside XHTML. Control characters that XML cannot hold are dropped. */
export function escapeXml(text: string): string {
  let safe = ''
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    if ((point < 32 && point !== 9 && point !== 10 && point !== 13) || point === 0xfffe || point === 0xffff) continue
    if (point >= 0xd800 && point <= 0xdfff) continue
    if (character === '&') safe += '&amp;'
    else if (character === '<') safe += '&lt;'
    else if (character === '>') safe += '&gt;'
    else if (character === '"') safe += '&quot;'
    else safe += character
  }
  return safe
}
