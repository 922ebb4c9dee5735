import type { EhrWriter } from './ehr-writer.ts'

const timeoutMilliseconds = 20_000

/** Writes to a certified EHR's FHIR R4 server by `create`, unless it holds a resource with the same identifier. */
export function fhirEhr(baseUrl: string, token: string | null): EhrWriter {
  const base = baseUrl.replace(/\/+$/, '')
  return {
    name: new URL(base).host,
    async write(resource, content) {
      const type = String(resource.resourceType)
      const body = content === null ? resource : withContent(resource, content)
      const identifier = identifierOf(resource)
      const response = await fetch(`${base}/${type}`, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
        headers: {
          'content-type': 'application/fhir+json',
          accept: 'application/fhir+json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(identifier === null ? {} : { 'if-none-exist': `identifier=${encodeURIComponent(identifier)}` }),
        },
        body: JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`The EHR answered ${response.status} to the ${type}.`)
      const location = response.headers.get('location')
      if (location !== null) return { receipt: location.replace(`${base}/`, '') }
      const stored = (await response.json().catch(() => ({}))) as { id?: string }
      return { receipt: stored.id === undefined ? `${type} (no id given)` : `${type}/${stored.id}` }
    },
  }
}

/** Puts the bytes into the first attachment: the EHR cannot reach our own address. */
function withContent(resource: Record<string, unknown>, content: Uint8Array): Record<string, unknown> {
  const [first, ...rest] = (resource.content ?? []) as { attachment?: Record<string, unknown> }[]
  const { url: _, ...attachment } = first?.attachment ?? {}
  return {
    ...resource,
    content: [{ ...first, attachment: { ...attachment, data: Buffer.from(content).toString('base64') } }, ...rest],
  }
}

function identifierOf(resource: Record<string, unknown>): string | null {
  const [first] = (resource.identifier ?? []) as { system?: string; value?: string }[]
  return first?.value === undefined ? null : `${first.system ?? ''}|${first.value}`
}
