import { type InterchangeFile, readInterchanges, setsOf } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { type SetPlace, SetReading, startReading } from './reading.ts'
import type { Remittance, RemittanceClaim, RemittanceFile } from './remittance.ts'
import { RemittanceReader } from './remittance-reader.ts'

/** Reads every 835 in a text with its three balances in exact cents. Never throws. */
export function read835(text: string): RemittanceFile {
  return read835Sets(readInterchanges(text))
}

/** The same for a text that was cut into interchanges already. */
export function read835Sets(file: InterchangeFile): RemittanceFile {
  const places = setsOf(file, '835')
  const answer = startReading(file, places.length, '835')
  const outside = errorsOutsideSets(file.envelopeErrors)
  return {
    ...answer,
    transactions: places.map((place) => {
      const errors = outside.get(place.interchange.control) ?? []
      return readRemittance(place, answer.findings, errors)
    }),
  }
}

function readRemittance(place: SetPlace, findings: Finding[], outside: readonly Finding[]): Remittance {
  const reading = new SetReading(place, (one) => findings.push(one))
  const claims: RemittanceClaim[] = []
  const reader = new RemittanceReader(reading, (claim) => claims.push(claim))
  for (const segment of place.set.segments) {
    reading.position++
    reader.add(segment)
  }
  return { ...reader.finish(), claims, ...judgeRemittance(place, reader, outside) }
}

/** A few of an interchange tell enough; a damaged file may have as many as it has segments. */
const MOST_OUTSIDE = 100

/** The envelope errors that lie in no set, by the interchange whose sets they put in doubt. */
export function errorsOutsideSets(envelopeErrors: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const outside = new Map<string, Finding[]>()
  for (const error of envelopeErrors) {
    if (error.set !== null || error.interchange === null) continue
    const own = outside.get(error.interchange) ?? []
    if (own.length < MOST_OUTSIDE) own.push(error)
    outside.set(error.interchange, own)
  }
  return outside
}

/**
 * Whether a remittance that was read may be posted, and if not why; `outside` are the envelope errors of its
 * interchange that lie in no set.
 */
export function judgeRemittance(
  { interchange, group, set }: SetPlace,
  reader: RemittanceReader,
  outside: readonly Finding[],
): Pick<Remittance, 'set' | 'group' | 'interchange' | 'truncated' | 'postable' | 'holdReasons'> {
  const truncated = set.truncated || group.truncated || interchange.truncated
  const holdReasons = [
    ...(truncated ? ['The file is cut off: its SE, GE or IEA is missing.'] : []),
    ...[...set.envelopeErrors, ...outside].filter((error) => !HARMLESS.has(error.code)).map((error) => error.message),
    ...reader.holdReasons,
  ]
  return {
    set: set.control,
    group: group.control,
    interchange: interchange.control,
    truncated,
    postable: holdReasons.length === 0,
    holdReasons,
  }
}

/** Said already as cut off, or without meaning for the money. */
const HARMLESS = new Set(['se_missing', 'ge_missing', 'iea_missing', 'isa_length', 'text_after_end'])
