import { type ReferenceIndex, referenceIndex } from '@keepwell/fhir'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { unpacked } from './packed.ts'

/** Types that a reader may look into for a name, a code or a payer. */
const types = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Medication',
  'Coverage',
  'Condition',
  'RelatedPerson',
  'Location',
]
const wanted = new RegExp(`"resourceType"\\s*:\\s*"(?:Patient|${types.join('|')})"`)
const references = new RegExp(`"reference"\\s*:\\s*"(?:[^"]*/)?((?:${types.join('|')})/[^"/#?|\\s]+)"`, 'g')

/** Whether a piece may hold something that others refer to; looked at before the cost of parsing it. */
export function mayBeAtHand(bytes: Uint8Array): boolean {
  return wanted.test(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'))
}

/**
 * What the resources of an import refer to: gathered from its files, and fetched from earlier imports when these
 * files do not bring it. A file with nothing but prescriptions so reads the same as one with everything.
 */
export class AtHand {
  readonly #source: string
  readonly #index: ReferenceIndex = referenceIndex()
  /** 'Type/id' of what the store was asked for already. */
  readonly #asked = new Set<string>()
  #namesFetched = false
  readonly resolve = this.#index.resolve
  readonly find = this.#index.find

  constructor(source: string) {
    this.#source = source
  }

  add(resource: unknown): void {
    this.#index.add(outline(resource))
  }

  /** What these resources refer to and nobody brought yet; null when there is nothing to fetch. */
  missingOf(texts: readonly string[]): Missing | null {
    const resources: { t: string; i: string }[] = []
    for (const text of texts) {
      for (const match of text.matchAll(references)) {
        const target = match[1] ?? ''
        if (this.#asked.has(target)) continue
        this.#asked.add(target)
        const [t = '', i = ''] = target.split('/')
        if (this.#index.find(target) === null) resources.push({ t, i })
      }
    }
    // Some EHRs name people and places by identifier only: then those of earlier imports are needed, all of them.
    const named = !this.#namesFetched && texts.some((text) => text.includes('?identifier='))
    return resources.length === 0 && !named ? null : { resources, named }
  }

  /** Fetches it from earlier imports of this source, as far as it is there. */
  async fetch(tx: Tx, missing: Missing): Promise<void> {
    const { rows } = await sql<{ body: Buffer }>`
      select f.body from json_to_recordset(${JSON.stringify(missing.resources)}::json) as k(t text, i text)
      join lateral (select body from fhir_resources where tenant_id = ${tx.tenantId} and source = ${this.#source}
        and resource_type = k.t and source_id = k.i limit 1) f on true`.execute(tx.db)
    for (const { body } of rows) this.add(JSON.parse(unpacked(body)))
    if (!missing.named) return
    this.#namesFetched = true
    const everybody = await sql<{ body: Buffer; key: string }>`
      select body, resource_type || '/' || source_id as key from fhir_resources
      where tenant_id = ${tx.tenantId} and source = ${this.#source}
        and resource_type in ('Practitioner', 'Organization', 'PractitionerRole') limit 100000`.execute(tx.db)
    for (const { body, key } of everybody.rows) if (this.#index.find(key) === null) this.add(JSON.parse(unpacked(body)))
  }
}

interface Missing {
  resources: { t: string; i: string }[]
  named: boolean
}

/** What is kept of a resource: of patients and conditions, which may be many, a line; of the rest all but its narrative. */
function outline(resource: unknown): unknown {
  if (typeof resource !== 'object' || resource === null) return resource
  const { text: _, contained: __, ...rest } = resource as Record<string, unknown>
  const { resourceType, id, identifier, code } = rest
  if (resourceType === 'Patient') return { resourceType, id, identifier }
  if (resourceType === 'Condition') return { resourceType, id, code }
  return rest
}
