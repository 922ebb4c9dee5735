import { isObject, isOneOf, items, type JsonObject, type Reading, text, warn } from './reading.ts'
import type { Coding } from './records.ts'

/** Code systems by the addresses and OIDs under which EHRs name them. */
const shortNames = new Map<string, string>([
  ['http://snomed.info/sct', 'snomed'],
  ['2.16.840.1.113883.6.96', 'snomed'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'icd10cm'],
  ['2.16.840.1.113883.6.90', 'icd10cm'],
  ['http://hl7.org/fhir/sid/icd-9-cm', 'icd9cm'],
  ['2.16.840.1.113883.6.103', 'icd9cm'],
  ['2.16.840.1.113883.6.42', 'icd9cm'],
  ['http://loinc.org', 'loinc'],
  ['2.16.840.1.113883.6.1', 'loinc'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'rxnorm'],
  ['2.16.840.1.113883.6.88', 'rxnorm'],
  ['http://hl7.org/fhir/sid/cvx', 'cvx'],
  ['2.16.840.1.113883.12.292', 'cvx'],
  ['http://www.ama-assn.org/go/cpt', 'cpt'],
  ['2.16.840.1.113883.6.12', 'cpt'],
  ['https://www.cms.gov/medicare/coding/hcpcsreleasecodesets', 'hcpcs'],
  ['http://www.cms.gov/medicare/coding/hcpcsreleasecodesets', 'hcpcs'],
  ['https://bluebutton.cms.gov/resources/codesystem/hcpcs', 'hcpcs'],
  ['http://terminology.hl7.org/codesystem/hcpcs-all-codes', 'hcpcs'],
  ['2.16.840.1.113883.6.285', 'hcpcs'],
  ['2.16.840.1.113883.6.14', 'hcpcs'],
  ['http://hl7.org/fhir/sid/ndc', 'ndc'],
  ['2.16.840.1.113883.6.69', 'ndc'],
])

/** Our short name of a code system, or the address as stated where we have none. */
export function systemName(system: string): string {
  const known = shortNames.get(system)
  if (known !== undefined) return known
  const bare = system
    .toLowerCase()
    .replace(/^urn:oid:/, '')
    .replace(/\/+$/, '')
  return shortNames.get(bare) ?? system
}

/** Upper case with its dot: 'e119' and 'E11.9' are the same code. */
export function icdWithDot(code: string, system: 'icd10cm' | 'icd9cm'): string {
  const upper = code.toUpperCase()
  if (upper.includes('.')) return upper.endsWith('.') ? upper.slice(0, -1) : upper
  const head = system === 'icd9cm' && upper.startsWith('E') ? 4 : 3
  return upper.length > head ? `${upper.slice(0, head)}.${upper.slice(head)}` : upper
}

/** A CodeableConcept, read. */
export interface Concept {
  readonly codings: readonly Coding[]
  readonly text: string | null
}

const noConcept: Concept = { codings: [], text: null }

/** A CodeableConcept under `key`; empty when absent. Plain text and lists of concepts are met half-way. */
export function concept(reading: Reading, node: JsonObject, key: string, path: string): Concept {
  const value = node[key]
  if (value === undefined || value === null) return noConcept
  const place = `${path}.${key}`
  if (isObject(value)) return conceptOf(reading, value, place)
  if (typeof value === 'string') {
    warn(reading, 'value_wrong_shape', place, 'A coded concept was expected here, not a plain text; kept as text.')
    return { codings: [], text: text(reading, node, key, path) }
  }
  const first: unknown = Array.isArray(value) ? value[0] : null
  if (isObject(first)) {
    warn(reading, 'value_wrong_shape', place, 'One coded concept was expected here, not a list; the first is used.')
    return conceptOf(reading, first, `${place}[0]`)
  }
  warn(reading, 'value_wrong_type', place, 'A coded concept was expected here.')
  return noConcept
}

export function conceptOf(reading: Reading, node: JsonObject, path: string): Concept {
  const codings: Coding[] = []
  let words = text(reading, node, 'text', path)
  for (const item of items(reading, node, 'coding', path)) {
    const coding = codingOf(reading, item.node, item.path)
    if (coding !== null) codings.push(coding)
    else words ??= text(reading, item.node, 'display', item.path)
  }
  return { codings, text: words }
}

/** One Coding; null when it has no code. */
export function codingOf(reading: Reading, node: JsonObject, path: string): Coding | null {
  const stated = text(reading, node, 'code', path)
  if (stated === null) return null
  const uri = text(reading, node, 'system', path)
  const system = uri === null ? null : systemName(uri)
  const code = system === 'icd10cm' || system === 'icd9cm' ? icdWithDot(stated, system) : stated
  return { system, code, display: text(reading, node, 'display', path) }
}

/** All codings of a list of concepts, and the first words. */
export function concepts(reading: Reading, node: JsonObject, key: string, path: string): Concept {
  if (node[key] === undefined) return noConcept
  const codings: Coding[] = []
  let words: string | null = null
  for (const item of items(reading, node, key, path)) {
    const one = conceptOf(reading, item.node, item.path)
    codings.push(...one.codings)
    words ??= wordsOf(one)
  }
  return { codings, text: words }
}

/** The coding of the first preferred system that is there; else the first of all; null when there is none. */
export function preferred(codings: readonly Coding[], systems: readonly string[]): Coding | null {
  for (const system of systems) {
    const found = codings.find((coding) => coding.system === system)
    if (found !== undefined) return found
  }
  return codings[0] ?? null
}

/** What a person would call it: the clinician's own words, else a display, else nothing. */
export function wordsOf(one: Concept): string | null {
  return one.text ?? one.codings.find((coding) => coding.display !== null)?.display ?? null
}

/** The first code of a concept that is one of `allowed`. */
export function codeAmong<Code extends string>(one: Concept, allowed: ReadonlySet<Code>): Code | null {
  for (const coding of one.codings) if (isOneOf(coding.code, allowed)) return coding.code
  return null
}
