import { isTime, parseDate6, parseDate8 } from './dates.ts'
import { type Finding, finding, type Place, type Severity } from './findings.ts'
import { createSegmentReader, type Delimiters, element, type Segment } from './segments.ts'

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

type Open<T> = { -readonly [Key in keyof T]: T[Key] }
interface OpenSet extends Open<Omit<TransactionSet, 'segments' | 'envelopeErrors'>> {
  segments: Segment[]
  envelopeErrors: Finding[]
}
interface OpenGroup extends Open<Omit<FunctionalGroup, 'sets'>> {
  sets: OpenSet[]
}
interface OpenInterchange extends Open<Omit<Interchange, 'groups' | 'acknowledgments'>> {
  groups: OpenGroup[]
  acknowledgments: Segment[]
}

/**
 * Reads a whole text into interchanges, groups and sets, and checks every envelope. Never throws: what is not X12
 * comes back with `refused`, what is damaged with findings and with what could be read.
 */
export function readInterchanges(text: string): InterchangeFile {
  const builder = createInterchangeBuilder()
  const reader = createSegmentReader()
  for (const segment of reader.push(text)) builder.add(segment)
  for (const segment of reader.end()) builder.add(segment)
  return builder.finish(reader.refused, reader.problems)
}

function createInterchangeBuilder() {
  const interchanges: OpenInterchange[] = []
  const envelopeErrors: Finding[] = []
  const findings: Finding[] = []
  let interchange: OpenInterchange | null = null
  let group: OpenGroup | null = null
  let set: OpenSet | null = null
  let position = 0
  let segments = 0
  let strays = 0
  const interchangeControls = new Set<string>()
  const groupControls = new Set<string>()
  const setControls = new Set<string>()
  const interchangeAt: { from: number; control: string }[] = []

  const here = (segmentId: string | null, place: Place = {}): Place => ({
    interchange: interchange?.control ?? null,
    set: set?.control ?? null,
    segment: set ? set.segments.length : position,
    element: segmentId,
    ...place,
  })
  const envelopeError = (code: string, message: string, place: Place): void => {
    const one = finding(1, 'error', code, message, place)
    envelopeErrors.push(one)
    findings.push(one)
    set?.envelopeErrors.push(one)
  }
  const note = (severity: Severity, code: string, message: string, place: Place): void => {
    findings.push(finding(1, severity, code, message, place))
  }

  const closeSet = (trailer: Segment | null): void => {
    if (!set || !group) return
    if (trailer) {
      const counted = set.segments.length
      if (Number(element(trailer, 1)) !== counted || !/^\d+$/.test(element(trailer, 1))) {
        envelopeError(
          'se_count',
          `SE01 says ${quoted(trailer, 1)} segments, but there are ${counted} from ST to SE.`,
          here('SE01'),
        )
      }
      if (element(trailer, 2) !== set.control) {
        envelopeError('se_control', `SE02 is ${quoted(trailer, 2)}, but ST02 is "${set.control}".`, here('SE02'))
      }
    } else {
      set.truncated = true
      envelopeError(
        'se_missing',
        `Transaction set ${set.control} has no SE: the file was cut off, or segments are lost.`,
        here(null),
      )
    }
    set = null
  }
  const closeGroup = (trailer: Segment | null): void => {
    if (!group) return
    closeSet(null)
    group.trailer = trailer
    if (trailer) {
      if (Number(element(trailer, 1)) !== group.sets.length || !/^\d+$/.test(element(trailer, 1))) {
        envelopeError(
          'ge_count',
          `GE01 says ${quoted(trailer, 1)} transaction sets, but there are ${group.sets.length}.`,
          here('GE01'),
        )
      }
      if (element(trailer, 2) !== group.control) {
        envelopeError('ge_control', `GE02 is ${quoted(trailer, 2)}, but GS06 is "${group.control}".`, here('GE02'))
      }
    } else {
      group.truncated = true
      envelopeError(
        'ge_missing',
        `Group ${group.control} has no GE: the file was cut off, or segments are lost.`,
        here(null),
      )
    }
    group = null
  }
  const closeInterchange = (trailer: Segment | null): void => {
    if (!interchange) return
    closeGroup(null)
    interchange.trailer = trailer
    if (trailer) {
      // An interchange that carries only TA1 segments counts no group.
      if (Number(element(trailer, 1)) !== interchange.groups.length || !/^\d+$/.test(element(trailer, 1))) {
        envelopeError(
          'iea_count',
          `IEA01 says ${quoted(trailer, 1)} groups, but there are ${interchange.groups.length}.`,
          here('IEA01'),
        )
      }
      // An IEA that ends without its terminator is whole only when its control number is.
      if (!trailer.terminated && element(trailer, 2) !== interchange.control) interchange.truncated = true
      if (element(trailer, 2) !== interchange.control) {
        envelopeError(
          'iea_control',
          `IEA02 is ${quoted(trailer, 2)}, but ISA13 is "${interchange.control}".`,
          here('IEA02'),
        )
      }
    } else {
      interchange.truncated = true
      envelopeError('iea_missing', `Interchange ${interchange.control} has no IEA: the file was cut off.`, here(null))
    }
    interchange = null
  }

  const openInterchange = (segment: Segment): void => {
    closeInterchange(null)
    position = 1
    const control = element(segment, 13)
    const place: Place = { interchange: control, segment: 1 }
    if (interchangeControls.has(control)) {
      note(
        'warning',
        'isa13_repeated',
        `ISA13 "${control}" stands twice in this file; it must be unique for its sender.`,
        { ...place, element: 'ISA13' },
      )
    }
    interchange = {
      control,
      senderQualifier: element(segment, 5).trim(),
      sender: element(segment, 6).trimEnd(),
      receiverQualifier: element(segment, 7).trim(),
      receiver: element(segment, 8).trimEnd(),
      createdOn: parseDate6(element(segment, 9)),
      createdAt: element(segment, 10),
      usage: element(segment, 15),
      delimiters: segment.delimiters,
      header: segment,
      trailer: null,
      acknowledgments: [],
      groups: [],
      truncated: false,
    }
    interchanges.push(interchange)
    interchangeControls.add(control)
    groupControls.clear()
    interchangeAt.push({ from: segments, control })
    checkIsa(segment, place)
  }
  const checkIsa = (segment: Segment, place: Place): void => {
    if (element(segment, 12) !== '00501') {
      note('error', 'isa_version', `ISA12 is ${quoted(segment, 12)}; version 00501 is read here.`, {
        ...place,
        element: 'ISA12',
      })
    }
    if (/[A-Za-z0-9 ]/.test(element(segment, 11))) {
      note(
        'warning',
        'isa_repetition_separator',
        `ISA11 is ${quoted(segment, 11)}; in version 5010 it is the repetition separator and may not be a letter or digit.`,
        { ...place, element: 'ISA11' },
      )
    }
    if (!/^\d{9}$/.test(element(segment, 13))) {
      note('error', 'isa_control', `ISA13 is ${quoted(segment, 13)}; it must have nine digits.`, {
        ...place,
        element: 'ISA13',
      })
    }
    if (parseDate6(element(segment, 9)) === null) {
      note('error', 'isa_date', `ISA09 is ${quoted(segment, 9)}; it must be a date as YYMMDD.`, {
        ...place,
        element: 'ISA09',
      })
    }
    if (!/^\d{4}$/.test(element(segment, 10)) || !isTime(element(segment, 10))) {
      note('error', 'isa_time', `ISA10 is ${quoted(segment, 10)}; it must be a time as HHMM.`, {
        ...place,
        element: 'ISA10',
      })
    }
    if (!/^[01]$/.test(element(segment, 14))) {
      note('error', 'isa_acknowledgment', `ISA14 is ${quoted(segment, 14)}; it must be 0 or 1.`, {
        ...place,
        element: 'ISA14',
      })
    }
    if (!/^[PT]$/.test(element(segment, 15))) {
      note('error', 'isa_usage', `ISA15 is ${quoted(segment, 15)}; it must be P for production or T for test.`, {
        ...place,
        element: 'ISA15',
      })
    }
    for (const [qualifier, name] of [
      [5, 'ISA05'],
      [7, 'ISA07'],
    ] as const) {
      if (!/^(?:01|14|20|27|28|29|30|33|ZZ)$/.test(element(segment, qualifier))) {
        note(
          'error',
          'isa_qualifier',
          `${name} is ${quoted(segment, qualifier)}, which is no identifier qualifier of an ISA.`,
          { ...place, element: name },
        )
      }
    }
    for (const [id, name] of [
      [6, 'ISA06'],
      [8, 'ISA08'],
    ] as const) {
      if (element(segment, id).trim() === '') {
        note('error', 'isa_id', `${name} is empty; sender and receiver must be named.`, {
          ...place,
          element: name,
        })
      }
    }
  }

  const openGroup = (segment: Segment): void => {
    closeGroup(null)
    const control = element(segment, 6)
    const place = here(null)
    if (groupControls.has(control)) {
      note('error', 'gs06_repeated', `GS06 "${control}" stands twice in one interchange.`, {
        ...place,
        element: 'GS06',
      })
    }
    const version = element(segment, 8)
    if (!version.startsWith('005010')) {
      note('error', 'gs_version', `GS08 is ${quoted(segment, 8)}; version 005010 is read here.`, {
        ...place,
        element: 'GS08',
      })
    }
    if (parseDate8(element(segment, 4)) === null) {
      note('error', 'gs_date', `GS04 is ${quoted(segment, 4)}; it must be a date as CCYYMMDD.`, {
        ...place,
        element: 'GS04',
      })
    }
    if (!isTime(element(segment, 5))) {
      note('error', 'gs_time', `GS05 is ${quoted(segment, 5)}; it must be a time of day.`, {
        ...place,
        element: 'GS05',
      })
    }
    if (!/^\d{1,9}$/.test(control)) {
      note('error', 'gs_control', `GS06 is ${quoted(segment, 6)}; it must have one to nine digits.`, {
        ...place,
        element: 'GS06',
      })
    }
    if (element(segment, 7) !== 'X') {
      note('error', 'gs_agency', `GS07 is ${quoted(segment, 7)}; it must be X.`, {
        ...place,
        element: 'GS07',
      })
    }
    if (element(segment, 2) === '' || element(segment, 3) === '') {
      note('error', 'gs_id', 'GS02 and GS03 must name the sender and the receiver of the group.', {
        ...place,
        element: element(segment, 2) === '' ? 'GS02' : 'GS03',
      })
    }
    group = {
      functionalCode: element(segment, 1),
      sender: element(segment, 2),
      receiver: element(segment, 3),
      createdOn: parseDate8(element(segment, 4)),
      createdAt: element(segment, 5),
      control,
      version,
      header: segment,
      trailer: null,
      sets: [],
      truncated: false,
    }
    interchange?.groups.push(group)
    groupControls.add(control)
    setControls.clear()
  }

  const openSet = (segment: Segment): void => {
    closeSet(null)
    if (!group) return
    const control = element(segment, 2)
    const repeated = setControls.has(control)
    setControls.add(control)
    const stated = element(segment, 3)
    const next: OpenSet = {
      type: element(segment, 1),
      control,
      version: stated === '' ? group.version : stated,
      segments: [segment],
      truncated: false,
      envelopeErrors: [],
    }
    set = next
    group.sets.push(next)
    const place = here(null)
    if (repeated)
      note('error', 'st02_repeated', `ST02 "${control}" stands twice in one group.`, {
        ...place,
        element: 'ST02',
      })
    if (!/^[A-Za-z0-9 ]{4,9}$/.test(control)) {
      note('error', 'st_control', `ST02 is ${quoted(segment, 2)}; it must have four to nine characters.`, {
        ...place,
        element: 'ST02',
      })
    }
    if (stated !== '' && stated !== group.version) {
      note('error', 'st_version', `ST03 is "${stated}", but GS08 is "${group.version}"; they must be the same.`, {
        ...place,
        element: 'ST03',
      })
    }
    const expected = FUNCTIONAL_CODES[next.type]
    if (expected !== undefined && !expected.includes(group.functionalCode)) {
      // Some vendors send 271 files under HS: it is read, but said.
      const severity = next.type === '271' && group.functionalCode === 'HS' ? 'warning' : 'error'
      note(
        severity,
        'gs_functional_code',
        `GS01 is "${group.functionalCode}", but a group of ${next.type} sets is ${expected.join(' or ')}.`,
        { ...place, element: 'GS01' },
      )
    }
  }

  return {
    add(segment: Segment): void {
      segments++
      if (segment.id === 'ISA') {
        openInterchange(segment)
        return
      }
      position++
      if (!segment.terminated) {
        set?.segments.push(segment)
        note(
          'error',
          'segment_cut_off',
          `The file ends inside a ${segment.id} segment, before its terminator.`,
          here(null),
        )
        if (set) set.segments.pop()
      }
      switch (segment.id) {
        case 'GS':
          openGroup(segment)
          return
        case 'GE':
          if (!group) stray(segment)
          closeGroup(segment)
          return
        case 'IEA':
          closeInterchange(segment)
          return
        case 'TA1':
          if (!group && interchange) {
            interchange.acknowledgments.push(segment)
            return
          }
          break
        case 'ST':
          if (group) {
            openSet(segment)
            return
          }
          break
        case 'SE':
          if (set) {
            set.segments.push(segment)
            closeSet(segment)
            return
          }
          break
      }
      if (set) set.segments.push(segment)
      else stray(segment)
    },
    finish(refused: string | null, problems: ReturnType<typeof createSegmentReader>['problems']): InterchangeFile {
      closeInterchange(null)
      for (const problem of problems) {
        // The reader counts from the start of the file; a person looks inside the interchange.
        const inside = interchangeAt.findLast((one) => one.from <= problem.at)
        const place: Place = {
          interchange: inside?.control ?? null,
          segment: problem.at - (inside === undefined ? 0 : inside.from - 1),
        }
        const severity: Severity = problem.code === 'blank_before_segment' ? 'warning' : 'error'
        const one = finding(1, severity, problem.code, problem.message, place)
        findings.push(one)
        if (problem.code === 'isa_length' || problem.code === 'segment_too_long' || problem.code === 'text_after_end') {
          envelopeErrors.push(one)
        }
      }
      return { refused, interchanges, envelopeErrors, findings }
    },
  }

  function stray(segment: Segment): void {
    // One finding for a run of lost segments is enough to find the place.
    strays++
    if (strays > 100) return
    envelopeError(
      'segment_outside',
      `A ${segment.id || 'nameless'} segment stands outside of a transaction set.`,
      here(null),
    )
  }
}

const FUNCTIONAL_CODES: Readonly<Record<string, readonly string[]>> = {
  '270': ['HS'],
  '271': ['HB'],
  '276': ['HR'],
  '277': ['HN'],
  '835': ['HP'],
  '837': ['HC'],
  '999': ['FA'],
}

function quoted(segment: Segment, position: number): string {
  const text = element(segment, position)
  return text === '' ? 'empty' : `"${text.slice(0, 40)}"`
}
