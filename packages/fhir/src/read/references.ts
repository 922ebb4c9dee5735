import { isObject, type JsonObject, quietText, type Reading, refuse, shown, text, warn } from './reading.ts'

/** Knows resources seen so far by id and identifier, across files. */
export interface ReferenceIndex {
  /** Remembers a resource. Anything that is not a resource is passed over. */
  add(resource: unknown): void
  /** 'Type?identifier=system|value' (or a full URL) to 'Type/id', null when unknown or ambiguous. */
  resolve(reference: string): string | null
  /** The remembered resource for 'Type/id', null when unknown. */
  find(reference: string): unknown
}

/** An empty index. `add` resources of the types worth resolving, then hand `resolve` and `find` to `mapResource`. */
export function referenceIndex(): ReferenceIndex {
  const resources = new Map<string, unknown>()
  // null marks an identifier that two resources share: it resolves to neither.
  const identifiers = new Map<string, string | null>()
  return {
    add(resource) {
      if (!isObject(resource)) return
      const { resourceType, id, identifier } = resource
      if (typeof resourceType !== 'string' || typeof id !== 'string') return
      const target = `${resourceType}/${id}`
      resources.set(target, resource)
      for (const one of Array.isArray(identifier) ? identifier : []) {
        if (!isObject(one) || typeof one.value !== 'string') continue
        const system = typeof one.system === 'string' ? one.system : ''
        for (const key of new Set([`${resourceType}?${system}|${one.value}`, `${resourceType}?${one.value}`])) {
          const known = identifiers.get(key)
          identifiers.set(key, known === undefined || known === target ? target : null)
        }
      }
    },
    resolve(reference) {
      const parsed = parseReference(reference)
      if (parsed === null) return null
      if (parsed.form === 'literal') return `${parsed.type}/${parsed.id}`
      if (parsed.form !== 'conditional') return null
      const token = identifierOf(parsed.query)
      return token === null ? null : (identifiers.get(`${parsed.type}?${token}`) ?? null)
    },
    find(reference) {
      return resources.get(reference) ?? null
    },
  }
}

export type ParsedReference =
  | { readonly form: 'literal'; readonly type: string; readonly id: string }
  | { readonly form: 'conditional'; readonly type: string; readonly query: string }
  | { readonly form: 'contained'; readonly id: string }
  | { readonly form: 'urn'; readonly urn: string }

const literal = /(?:^|\/)([A-Z][A-Za-z]{2,63})\/([^/\s#?|]{1,128})(?:\/_history\/[^/\s]+)?$/
const conditional = /^(?:https?:\/\/\S+\/)?([A-Z][A-Za-z]{2,63})\?(\S+)$/

/** Tells the forms of a FHIR reference apart; null when it is none of them. */
export function parseReference(reference: string): ParsedReference | null {
  if (reference.startsWith('#')) return { form: 'contained', id: reference.slice(1) }
  if (reference.startsWith('urn:')) return { form: 'urn', urn: reference }
  const query = conditional.exec(reference)
  if (query !== null) return { form: 'conditional', type: query[1] ?? '', query: query[2] ?? '' }
  const match = literal.exec(reference)
  if (match === null) return null
  return { form: 'literal', type: match[1] ?? '', id: match[2] ?? '' }
}

/** 'system|value' of a query that asks for one identifier and nothing else. */
function identifierOf(query: string): string | null {
  if (!query.startsWith('identifier=') || query.includes('&')) return null
  const value = query.slice('identifier='.length)
  if (!value.includes('%')) return value
  try {
    return decodeURIComponent(value)
  } catch {
    return null
  }
}

/** Where a Reference leads. `id` is the conditional reference itself when nobody could resolve it. */
export interface Target {
  readonly type: string
  readonly id: string
  readonly resolved: boolean
  readonly display: string | null
}

/**
 * Follows a Reference object to its type and id. `expected` is the type an identifier-only reference means.
 * Contained resources and dead ends give null.
 */
export function targetOf(
  reading: Reading,
  node: JsonObject,
  path: string,
  expected: string | null = null,
): Target | null {
  const display = text(reading, node, 'display', path)
  const stated = text(reading, node, 'reference', path) ?? identifierReference(node, expected)
  if (stated === null) return null
  const parsed = parseReference(stated)
  if (parsed === null) {
    warn(reading, 'reference_invalid', `${path}.reference`, `${shown(stated)} is not a FHIR reference.`)
    return null
  }
  if (parsed.form === 'literal') return { type: parsed.type, id: parsed.id, resolved: true, display }
  if (parsed.form === 'contained') return null
  const found = reading.resolve(stated)
  const resolved = found === null ? null : parseReference(found)
  if (resolved?.form === 'literal') return { type: resolved.type, id: resolved.id, resolved: true, display }
  if (parsed.form === 'conditional') return { type: parsed.type, id: stated, resolved: false, display }
  warn(
    reading,
    'reference_unresolved',
    `${path}.reference`,
    `${shown(stated)} points at something that did not come with it.`,
  )
  return null
}

function identifierReference(node: JsonObject, expected: string | null): string | null {
  if (!isObject(node.identifier)) return null
  const value = quietText(node.identifier.value)
  const type = quietText(node.type) ?? expected
  if (value === null || type === null) return null
  const system = quietText(node.identifier.system)
  return `${type}?identifier=${system === null ? '' : `${system}|`}${value}`
}

/** The id of a referenced resource of one type; null when it is absent or of another type. */
export function idOf(reading: Reading, node: JsonObject, key: string, path: string, type: string): string | null {
  const value = node[key]
  if (value === undefined || value === null) return null
  if (!isObject(value)) {
    warn(reading, 'value_wrong_type', `${path}.${key}`, `A reference to a ${type} was expected here.`)
    return null
  }
  const target = targetOf(reading, value, `${path}.${key}`, type)
  return target !== null && target.type === type ? target.id : null
}

/** The contained resource that `#id` in this reference means, or null. */
export function containedOf(reading: Reading, node: JsonObject): JsonObject | null {
  const stated = node.reference
  const contained = reading.root.contained
  if (typeof stated !== 'string' || !stated.startsWith('#') || !Array.isArray(contained)) return null
  for (const one of contained) {
    if (isObject(one) && typeof one.id === 'string' && one.id.replace(/^#/, '') === stated.slice(1)) return one
  }
  return null
}

/** The id of the patient a resource is about. Refuses the resource when there is none to be had. */
export function patientIdOf(reading: Reading, key: string): string | null {
  const path = `${reading.type}.${key}`
  const value = reading.root[key]
  if (value === undefined || value === null) {
    return refuse(reading, 'subject_missing', path, `The ${reading.type} does not say which patient it is about.`)
  }
  if (!isObject(value)) {
    return refuse(reading, 'subject_missing', path, 'A reference to a patient was expected here.')
  }
  const stated = value.reference
  const before = reading.findings.length
  const target = targetOf(reading, value, path, 'Patient')
  if (target === null) {
    // The refusal says it all; what `targetOf` found on the way would only repeat it.
    reading.findings.length = before
    const parsed = typeof stated === 'string' ? parseReference(stated) : null
    if (parsed === null) {
      return refuse(reading, 'subject_missing', path, `The ${reading.type} names no patient that could be found.`)
    }
    return refuse(reading, 'subject_unresolved', path, `The patient ${shown(stated)} did not come with the resource.`)
  }
  if (target.type !== 'Patient') {
    return refuse(reading, 'subject_not_patient', path, `It is about a ${target.type}, not about a patient.`)
  }
  if (!target.resolved) {
    return refuse(reading, 'subject_unresolved', path, `No patient is known for ${shown(target.id)}.`)
  }
  return target.id
}

/** A practitioner's id, also when the reference leads to a PractitionerRole that can be found. */
export function practitionerIdOf(reading: Reading, node: JsonObject, path: string): string | null {
  const target = targetOf(reading, node, path, 'Practitioner')
  if (target === null) return null
  if (target.type === 'Practitioner') return target.id
  if (target.type !== 'PractitionerRole') return null
  const role = reading.find(`PractitionerRole/${target.id}`)
  if (!isObject(role) || !isObject(role.practitioner)) return null
  const practitioner = targetOf(reading, role.practitioner, path, 'Practitioner')
  return practitioner !== null && practitioner.type === 'Practitioner' ? practitioner.id : null
}
