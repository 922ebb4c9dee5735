import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Facts } from '@keepwell/rules'
import { sha256 } from '../../kernel/ids.ts'
import type { Evidence, KeptVerdict } from './months.ts'

/** All that was judged of one patient-month: the records behind it, what was known, and what the book said. */
export interface MonthRecord {
  evidence: Evidence
  facts: Facts
  verdict: KeptVerdict
}

/** A record as it is stored: its JSON deflated, and the hex SHA-256 of the JSON's UTF-8 bytes. */
export interface PackedRecord {
  bytes: Buffer
  sha256: string
}

/**
 * Packs a record. Written out, the month of one patient takes 9 kB, mostly sentences, and no query looks inside: so the
 * database is spared from reading it, and the hash is over the very bytes that are kept.
 */
export function packRecord({ evidence, facts, verdict }: MonthRecord): PackedRecord {
  const text = Buffer.from(JSON.stringify({ evidence, facts, verdict }))
  return { bytes: deflateRawSync(text, { level: 1 }), sha256: sha256(text) }
}

/** Reads a stored record and says the hash of its JSON. @throws where the bytes are spoiled */
export function unpackRecord(bytes: Uint8Array): { record: MonthRecord; sha256: string } {
  const text = inflateRawSync(bytes)
  // What packRecord wrote, proved by its hash in `fsck`.
  return { record: JSON.parse(text.toString()) as MonthRecord, sha256: sha256(text) }
}

/** A stored record. @throws where the bytes are spoiled */
export function readRecord(bytes: Uint8Array): MonthRecord {
  return unpackRecord(bytes).record
}
