import type { Finding, FindingCode } from './findings.ts'
import { isObject, type JsonObject, shapeOf, shown } from './reading.ts'
import { parseReference, referenceIndex } from './references.ts'

export interface BundleEntry {
  /** The resource with its references rewritten to `Type/id`; give it to `mapResource`, which judges it. */
  readonly resource: unknown
  readonly fullUrl: string | null
  /** Where it stood, e.g. 'Bundle.entry[12].resource'. */
  readonly path: string
  /** The `source` that was given to `splitBundle`. */
  readonly source: string
}

export interface SplitBundle {
  /** 'transaction', 'searchset'…; null when not stated. */
  readonly type: string | null
  readonly entries: BundleEntry[]
  /** 'Type/id' of resources that a history or transaction bundle says are deleted. */
  readonly deleted: string[]
  readonly findings: Finding[]
  /** Why nothing of it is taken, one plain sentence. */
  readonly refused?: string
  /** For `mapResource`: the bundle's own resources by identifier and by 'Type/id'. */
  readonly resolve: (reference: string) => string | null
  readonly find: (reference: string) => unknown
}

const bundleTypes = new Set([
  'document',
  'message',
  'transaction',
  'transaction-response',
  'batch',
  'batch-response',
  'history',
  'searchset',
  'collection',
])

/** Deeper than any FHIR resource goes; a bound, so that hostile nesting cannot exhaust the stack. */
const depthLimit = 128
/** A batch's answer holds Bundles; those hold no more. */
const bundleDepthLimit = 3

interface Splitting {
  readonly source: string
  readonly findings: Finding[]
  readonly deleted: Set<string>
  readonly found: { resource: unknown; fullUrl: string | null; path: string }[]
  readonly seen: Set<string>
}

/**
 * Takes a parsed Bundle of any type apart. References that only hold inside the Bundle (`urn:uuid:…`,
 * `urn:oid:…`, `Practitioner?identifier=…`, the entries' own full URLs) are rewritten to `Type/id` where the Bundle
 * has the resource; the others stay. A resource without an id takes the one of its `urn:uuid:` full URL.
 * Never throws; the given JSON is not changed.
 */
export function splitBundle(json: unknown, source: string): SplitBundle {
  const splitting: Splitting = { source, findings: [], deleted: new Set(), found: [], seen: new Set() }
  const { findings } = splitting
  const index = referenceIndex()
  const type = isObject(json) && typeof json.type === 'string' ? json.type : null
  const none = { type, entries: [], deleted: [], findings, resolve: index.resolve, find: index.find }
  if (!isObject(json) || json.resourceType !== 'Bundle') {
    const what = isObject(json) ? `a ${shown(json.resourceType)}` : shapeOf(json)
    return {
      ...none,
      refused: refuse(findings, 'bundle_expected', '$this', `A Bundle was expected, not ${what}.`),
    }
  }
  if (type === null || !bundleTypes.has(type)) {
    warn(findings, 'bundle_type_unknown', 'Bundle.type', `${shown(json.type)} is no type of Bundle; read all the same.`)
  }
  const entries = json.entry
  if (entries !== undefined && entries !== null && !Array.isArray(entries)) {
    const message = `The entries of a Bundle must be a list, not ${shapeOf(entries)}.`
    return { ...none, refused: refuse(findings, 'entries_missing', 'Bundle.entry', message) }
  }
  gather(splitting, json, 'Bundle', 1)

  const byUrl = new Map<string, string>()
  for (const { resource, fullUrl } of splitting.found) {
    if (!isObject(resource)) continue
    index.add(resource)
    const target = placeOf(resource)
    if (fullUrl !== null && target !== null) byUrl.set(fullUrl, target)
  }
  const rewrite = (reference: string): string => {
    const direct = byUrl.get(reference)
    if (direct !== undefined) return direct
    if (reference.startsWith('urn:') || reference.includes('?')) return index.resolve(reference) ?? reference
    return reference
  }
  const rewritten: BundleEntry[] = []
  for (const one of splitting.found) {
    const walk: Walk = { rewrite, unresolved: null, tooDeep: false }
    const resource = rewriteReferences(one.resource, walk, 0)
    if (walk.unresolved !== null) {
      warn(
        findings,
        'reference_unresolved',
        one.path,
        `${shown(walk.unresolved)} points at something that is not in the Bundle.`,
      )
    }
    if (walk.tooDeep) {
      warn(findings, 'nested_too_deep', one.path, `It is nested more than ${depthLimit} deep; read to there only.`)
    }
    index.add(resource)
    rewritten.push({ resource, fullUrl: one.fullUrl, path: one.path, source })
  }
  return {
    type,
    entries: rewritten,
    deleted: [...splitting.deleted],
    findings,
    resolve: index.resolve,
    find: index.find,
  }
}

function gather(splitting: Splitting, bundle: JsonObject, path: string, depth: number): void {
  const entries = Array.isArray(bundle.entry) ? bundle.entry : []
  const isHistory = bundle.type === 'history'
  for (let place = 0; place < entries.length; place++) {
    const entry: unknown = entries[place]
    const at = `${path}.entry[${place}]`
    if (!isObject(entry)) {
      warn(splitting.findings, 'entry_invalid', at, `An entry must be an object, not ${shapeOf(entry)}; passed over.`)
      continue
    }
    const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl : null
    const given = entry.resource
    if (given === undefined || given === null) {
      withoutResource(splitting, entry, at)
      continue
    }
    if (isObject(given) && given.resourceType === 'Bundle') {
      if (depth < bundleDepthLimit) gather(splitting, given, `${at}.resource`, depth + 1)
      else warn(splitting.findings, 'nested_too_deep', at, 'Bundles inside Bundles inside Bundles are passed over.')
      continue
    }
    if (isOutcome(entry, given)) {
      noteOutcome(splitting, given, at)
      continue
    }
    const resource = isObject(given) ? withId(given, fullUrl) : given
    const key = isObject(resource) ? placeOf(resource) : null
    if (key !== null) {
      // A history is ordered newest first, so the first version met is the one that counts.
      if (splitting.seen.has(key) || (isHistory && splitting.deleted.has(key))) {
        const code = isHistory ? 'entry_older_version' : 'entry_repeated'
        const words = isHistory ? 'An older version of' : 'A second entry for'
        warn(splitting.findings, code, at, `${words} ${shown(key)}; passed over.`)
        continue
      }
      splitting.seen.add(key)
    }
    splitting.found.push({ resource, fullUrl, path: `${at}.resource` })
  }
}

/** 'Type/id' of a resource that has both. */
function placeOf(resource: JsonObject): string | null {
  const { resourceType, id } = resource
  return typeof resourceType === 'string' && typeof id === 'string' ? `${resourceType}/${id}` : null
}

/** An entry may be a deletion, a mere answer, or a mistake. */
function withoutResource(splitting: Splitting, entry: JsonObject, at: string): void {
  const request = entry.request
  if (isObject(request) && request.method === 'DELETE') {
    const url = typeof request.url === 'string' ? request.url : ''
    const target = parseReference(url)
    const key = target?.form === 'literal' ? `${target.type}/${target.id}` : null
    // A deletion that is followed (in time) by a newer version is no deletion any more.
    if (key !== null && !splitting.seen.has(key)) splitting.deleted.add(key)
    warn(splitting.findings, 'entry_deleted', at, `The source has deleted ${shown(key ?? url)}.`)
    return
  }
  warn(splitting.findings, 'entry_without_resource', at, 'An entry without a resource; passed over.')
}

function isOutcome(entry: JsonObject, resource: unknown): resource is JsonObject {
  if (!isObject(resource) || resource.resourceType !== 'OperationOutcome') return false
  const search = entry.search
  return entry.response !== undefined || (isObject(search) && search.mode === 'outcome')
}

function noteOutcome(splitting: Splitting, outcome: JsonObject, at: string): void {
  const issues = Array.isArray(outcome.issue) ? outcome.issue : []
  const first: unknown = issues[0]
  const details = isObject(first) && isObject(first.details) ? first.details.text : undefined
  const words = details ?? (isObject(first) ? first.diagnostics : undefined)
  const said = typeof words === 'string' ? shown(words) : 'without saying what'
  warn(splitting.findings, 'entry_outcome', at, `The server that made the Bundle reports: ${said}.`)
}

/** In a transaction a new resource has no id yet, only its `urn:uuid:`, which is as good. */
function withId(resource: JsonObject, fullUrl: string | null): JsonObject {
  if (resource.id !== undefined || fullUrl === null) return resource
  const urn = /^urn:(?:uuid|oid):([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)
  const target = parseReference(fullUrl)
  const id = urn?.[1] ?? (target?.form === 'literal' && target.type === resource.resourceType ? target.id : null)
  return id === null ? resource : { ...resource, id }
}

interface Walk {
  readonly rewrite: (reference: string) => string
  unresolved: string | null
  tooDeep: boolean
}

/** The same value with every `reference` rewritten; copies only what changes. */
function rewriteReferences(value: unknown, walk: Walk, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > depthLimit) {
    walk.tooDeep = true
    return value
  }
  if (Array.isArray(value)) {
    let copy: unknown[] | null = null
    for (let index = 0; index < value.length; index++) {
      const before: unknown = value[index]
      const after = rewriteReferences(before, walk, depth + 1)
      if (after === before) continue
      copy ??= [...value]
      copy[index] = after
    }
    return copy ?? value
  }
  if (!isObject(value)) return value
  let copy: { [key: string]: unknown } | null = null
  for (const key of Object.keys(value)) {
    // Assigning to this key would change the copy's prototype instead of its content.
    if (key === '__proto__') continue
    const before = value[key]
    let after = before
    if (key === 'reference' && typeof before === 'string') {
      const changed = walk.rewrite(before)
      if (changed === before && before.startsWith('urn:')) walk.unresolved ??= before
      after = changed
    } else if (typeof before === 'object' && before !== null) {
      after = rewriteReferences(before, walk, depth + 1)
    }
    if (after === before) continue
    copy ??= { ...value }
    copy[key] = after
  }
  return copy ?? value
}

function warn(findings: Finding[], code: FindingCode, path: string, message: string): void {
  findings.push({ severity: 'warning', code, path, message })
}

function refuse(findings: Finding[], code: FindingCode, path: string, message: string): string {
  findings.push({ severity: 'error', code, path, message })
  return message
}
