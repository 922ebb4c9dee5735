import { assert, present } from './building.ts'
import type { FhirResource, JsonValue } from './json.ts'

/** A Bundle has no logical id of its own here. */
export interface FhirBundle {
  readonly resourceType: 'Bundle'
  readonly type: string
  readonly [key: string]: JsonValue
}

/** All or nothing: each resource is put at its own id, so that sending it twice changes nothing. */
export function transactionBundle(resources: readonly FhirResource[]): FhirBundle {
  const seen = new Set<string>()
  for (const one of resources) {
    const place = `${one.resourceType}/${one.id}`
    assert(!seen.has(place), `${place} is twice in one transaction.`)
    seen.add(place)
  }
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    ...present({
      entry: resources.map((one) => ({
        resource: one,
        request: { method: 'PUT', url: `${one.resourceType}/${one.id}` },
      })),
    }),
  }
}

/** Resources kept together without any deed. `baseUrl` makes the full URLs. */
export function collectionBundle(resources: readonly FhirResource[], baseUrl: string, timestamp?: string): FhirBundle {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    ...present({
      timestamp,
      entry: resources.map((one) => ({ fullUrl: urlOf(baseUrl, one), resource: one })),
    }),
  }
}

export interface SearchPage {
  readonly baseUrl: string
  /** The search as processed, with its parameters. */
  readonly selfUrl: string
  readonly nextUrl?: string
  /** How many match in all, not on this page; left out when nobody counted. */
  readonly total?: number
  readonly matches: readonly FhirResource[]
  /** What came along by _include or _revinclude. */
  readonly included?: readonly FhirResource[]
}

/** One page of an answer to a search. */
export function searchsetBundle(page: SearchPage): FhirBundle {
  const link: JsonValue[] = [{ relation: 'self', url: page.selfUrl }]
  if (page.nextUrl !== undefined) link.push({ relation: 'next', url: page.nextUrl })
  const entry: JsonValue[] = [
    ...page.matches.map((one) => ({
      fullUrl: urlOf(page.baseUrl, one),
      resource: one,
      search: { mode: 'match' },
    })),
    ...(page.included ?? []).map((one) => ({
      fullUrl: urlOf(page.baseUrl, one),
      resource: one,
      search: { mode: 'include' },
    })),
  ]
  return { resourceType: 'Bundle', type: 'searchset', ...present({ total: page.total, link, entry }) }
}

function urlOf(baseUrl: string, one: FhirResource): string {
  return `${baseUrl.replace(/\/+$/, '')}/${one.resourceType}/${one.id}`
}
