import { hash } from 'node:crypto'
import { v7 } from 'uuid'

/** A new identifier: UUID version 7, so that keys of one table arrive in order of time. */
export function newId(): string {
  return v7()
}

/** Hex SHA-256 of a text (UTF-8) or of bytes. */
export function sha256(content: string | Uint8Array): string {
  return hash('sha256', content)
}

/** JSON with sorted keys and no space: equal values give equal bytes, so that their hash means something. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  // Every audit event and every verdict passes here, so the text grows in place instead of through lists of parts.
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += items === '' ? canonicalJson(item) : `,${canonicalJson(item)}`
    return `[${items}]`
  }
  const record = value as Record<string, unknown>
  let members = ''
  for (const key of Object.keys(record).sort()) {
    const member = record[key]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}
