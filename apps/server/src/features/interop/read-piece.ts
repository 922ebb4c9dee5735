import { isUtf8 } from 'node:buffer'
import { splitBundle } from '@keepwell/fhir'
import type { Piece } from './json-scanner.ts'

/** A resource as it came, with its place; or why there is none. */
export type Arrived =
  | { kind: 'resource'; resource: unknown; json: string; place: Place }
  | { kind: 'broken'; code: string; message: string; place: Place }
  | { kind: 'remark'; code: string; message: string; place: Place }

export interface Place {
  file: string
  line: number
  entry: number | null
  /** What stands before a path inside the resource. */
  path: string
}

/** Where the entries of a file lead: their full URLs to 'Type/id', for references that only hold inside it. */
export type Links = Map<string, string>

/** Reads one piece of a file into the resources that it holds: one, or those of the Bundle that it is. */
export function readPiece(piece: Piece, file: string, links: Links): Arrived[] {
  const place: Place = {
    file,
    line: piece.line,
    entry: piece.entry,
    path: piece.entry === null ? '' : `Bundle.entry[${piece.entry - 1}].resource`,
  }
  if (!isUtf8(piece.bytes)) {
    return [
      {
        kind: 'broken',
        code: 'not_utf8',
        message: 'It has letters that are not UTF-8, so that names could be garbled. Export it as UTF-8.',
        place,
      },
    ]
  }
  const text = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.length).toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return [{ kind: 'broken', code: 'broken_json', message: `It is not whole JSON: ${reasonOf(error)}`, place }]
  }
  if (piece.entry !== null)
    return ofBundle({ resourceType: 'Bundle', type: 'collection', entry: [value] }, place, links, (path) =>
      path.replace(/^Bundle\.entry\[0\]/, `Bundle.entry[${(piece.entry ?? 1) - 1}]`),
    )
  if (typeof value === 'object' && value !== null && (value as { resourceType?: unknown }).resourceType === 'Bundle') {
    return ofBundle(value, place, links, (path) => path)
  }
  return [{ kind: 'resource', resource: linked(value, links), json: text.trim(), place }]
}

function ofBundle(bundle: unknown, place: Place, links: Links, at: (path: string) => string): Arrived[] {
  const split = splitBundle(linked(bundle, links), place.file)
  const arrived: Arrived[] = split.entries.map(({ resource, path }) => ({
    kind: 'resource',
    resource,
    json: JSON.stringify(resource),
    place: { ...place, entry: place.entry ?? entryOf(path), path: at(path) },
  }))
  for (const finding of split.findings) {
    // A reference that leads nowhere is told again, with its exact place, when its resource is read.
    if (finding.code === 'reference_unresolved') continue
    const kind = finding.severity === 'error' || finding.code === 'entry_invalid' ? 'broken' : 'remark'
    arrived.push({
      kind,
      code: finding.code,
      message: finding.message,
      place: { ...place, entry: place.entry ?? entryOf(finding.path), path: at(finding.path) },
    })
  }
  return arrived
}

function entryOf(path: string): number | null {
  const match = /^Bundle\.entry\[(\d+)\]/.exec(path)
  return match === null ? null : Number(match[1]) + 1
}

/** Notes the full URLs of a piece, for the references of pieces before and after it. */
export function noteLinks(piece: Piece, links: Links): void {
  if (piece.entry === null) return
  let entry: unknown
  try {
    entry = JSON.parse(Buffer.from(piece.bytes).toString('utf8'))
  } catch {
    return
  }
  const { fullUrl, resource } = (entry ?? {}) as {
    fullUrl?: unknown
    resource?: { resourceType?: unknown; id?: unknown } | null
  }
  if (typeof fullUrl !== 'string' || typeof resource?.resourceType !== 'string') return
  const id = resource.id ?? /^urn:(?:uuid|oid):([A-Za-z0-9\-.]{1,64})$/.exec(fullUrl)?.[1]
  if (typeof id !== 'string') return
  const target = `${resource.resourceType}/${id}`
  // A full URL that ends in its own type and id is read without help.
  if (!fullUrl.endsWith(`/${target}`)) links.set(fullUrl, target)
}

/** The value with each `reference` that a link knows rewritten to 'Type/id'. Changes the value it is given. */
function linked(value: unknown, links: Links): unknown {
  if (links.size > 0) rewrite(value, links, 0)
  return value
}

function rewrite(value: unknown, links: Links, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 128) return
  if (Array.isArray(value)) {
    for (const one of value) rewrite(one, links, depth + 1)
    return
  }
  const object = value as Record<string, unknown>
  for (const key of Object.keys(object)) {
    const inner = object[key]
    if (key === 'reference' && typeof inner === 'string') {
      const target = links.get(inner)
      if (target !== undefined) object[key] = target
    } else if (typeof inner === 'object') rewrite(inner, links, depth + 1)
  }
}

/** The engine's own words without the piece of text that it quotes, which may name a patient. */
function reasonOf(error: unknown): string {
  const words = error instanceof Error ? error.message : ''
  const position = /position (\d+)/.exec(words)?.[1]
  if (/end of JSON|Unterminated/.test(words)) return 'it breaks off in the middle.'
  return position === undefined
    ? 'a letter stands where it must not.'
    : `a letter stands where it must not, ${Number(position) + 1} letters in.`
}
