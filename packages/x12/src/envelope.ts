import { EnvelopeReader } from './envelope-reader.ts'
import type { Finding } from './findings.ts'
import { SegmentCutter } from './segment-reader.ts'
import type { Delimiters, Segment } from './segments.ts'

/** One ST to SE with the segments between, both ends included as far as they are there. */
export interface TransactionSet {
  /** ST01, such as '835'. */
  readonly type: string
  /** ST02. */
  readonly control: string
  /** The implementation guide: ST03, or GS08 where ST03 is not used. */
  readonly version: string
  readonly segments: readonly Segment[]
  /** True when the SE is missing: the file was cut off, or segments were lost. */
  readonly truncated: boolean
  /** The envelope errors of this set alone. */
  readonly envelopeErrors: readonly Finding[]
}

export interface FunctionalGroup {
  /** GS01, such as HC for claims. */
  readonly functionalCode: string
  readonly sender: string
  readonly receiver: string
  /** GS04 as 'YYYY-MM-DD', or null when it is no date. */
  readonly createdOn: string | null
  readonly createdAt: string
  /** GS06. */
  readonly control: string
  /** GS08. */
  readonly version: string
  readonly header: Segment
  readonly trailer: Segment | null
  readonly sets: readonly TransactionSet[]
  readonly truncated: boolean
}

export interface Interchange {
  /** ISA13. */
  readonly control: string
  readonly senderQualifier: string
  readonly sender: string
  readonly receiverQualifier: string
  readonly receiver: string
  /** ISA09 as 'YYYY-MM-DD', or null when it is no date. */
  readonly createdOn: string | null
  readonly createdAt: string
  /** ISA15: P production, T test. */
  readonly usage: string
  readonly delimiters: Delimiters
  readonly header: Segment
  readonly trailer: Segment | null
  /** TA1 segments, which stand between ISA and the first GS. */
  readonly acknowledgments: readonly Segment[]
  readonly groups: readonly FunctionalGroup[]
  readonly truncated: boolean
}

export interface InterchangeFile {
  /** The sentence why the text is not X12, or null. */
  readonly refused: string | null
  readonly interchanges: readonly Interchange[]
  /** Lost or miscounted envelopes: what says that a file is not whole. */
  readonly envelopeErrors: readonly Finding[]
  /** Everything seen at this level, the envelope errors included. */
  readonly findings: readonly Finding[]
}

/** What a file holds, told by GS08 and ST01, never by its name. */
export type Kind = '837P' | '835' | '999' | 'TA1' | '277CA' | '277' | '276' | '270' | '271'

/** The kind of a transaction set; null when it is none that Keepwell reads. ST01 decides, GS08 only between 277 and 277CA. */
export function kindOfSet(set: TransactionSet): Kind | null {
  switch (set.type) {
    case '837':
      return /X223|X224/.test(set.version) ? null : '837P'
    case '277':
      return set.version.includes('X214') ? '277CA' : set.version.includes('X212') || set.version === '' ? '277' : null
    case '835':
    case '999':
    case '276':
    case '270':
    case '271':
      return set.type
    default:
      return null
  }
}

/**
 * The kind of the first transaction set in the text (TA1 where an interchange holds nothing else), or null when
 * the text is not X12 or holds nothing that Keepwell reads.
 */
export function kindOf(text: string): Kind | null {
  return kindOfFile(readInterchanges(text))
}

/** The same for a text that was read already. */
export function kindOfFile(file: InterchangeFile): Kind | null {
  for (const interchange of file.interchanges) {
    for (const group of interchange.groups) {
      for (const set of group.sets) return kindOfSet(set)
    }
  }
  return file.interchanges.some((one) => one.acknowledgments.length > 0) ? 'TA1' : null
}

/** All transaction sets of one kind, with the interchange and group around each. */
export function setsOf(
  file: InterchangeFile,
  kind: Kind,
): { interchange: Interchange; group: FunctionalGroup; set: TransactionSet }[] {
  return file.interchanges.flatMap((interchange) =>
    interchange.groups.flatMap((group) =>
      group.sets.filter((set) => kindOfSet(set) === kind).map((set) => ({ interchange, group, set })),
    ),
  )
}

/**
 * Reads a whole text into interchanges, groups and sets, and checks every envelope. Never throws: what is not X12
 * comes back with `refused`, what is damaged with findings and with what could be read.
 */
export function readInterchanges(text: string): InterchangeFile {
  const interchanges: Interchange[] = []
  const envelopeErrors: Finding[] = []
  const findings: Finding[] = []
  const reader = new EnvelopeReader(
    {
      openInterchange: (interchange) => interchanges.push(interchange),
      finding(one, isEnvelopeError) {
        findings.push(one)
        if (isEnvelopeError) envelopeErrors.push(one)
      },
    },
    { keep: true },
  )
  const cutter = new SegmentCutter((segment) => reader.add(segment))
  cutter.push(text)
  cutter.end()
  reader.finish(cutter.problems)
  return { refused: cutter.refused, interchanges, envelopeErrors, findings }
}
