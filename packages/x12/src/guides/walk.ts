import { packed, packedAt } from '../character-codes.ts'
import type { TransactionSet } from '../envelope.ts'
import { type Finding, finding, type SnipLevel } from '../findings.ts'
import { component, element, type Segment } from '../segments.ts'
import { checkElements, placeName, type Report } from './elements.ts'
import type { Guide, LoopRule, SegmentRule } from './guide.ts'

/** A guide made ready for walking. */
interface Track {
  readonly root: LoopTrack
  readonly uses: Uses
}

/** The uses of segments that a guide tells apart, numbered: by the id and, where codes tell uses apart, by the code, both packed. */
interface Uses {
  readonly byId: ReadonlyMap<number, { readonly byKey: ReadonlyMap<number, number>; readonly other: number }>
  readonly count: number
}

/** A loop rule made ready for walking. */
interface LoopTrack {
  readonly rule: LoopRule
  /** Its place among the loops of the guide, in their order. */
  readonly number: number
  /**
   * The first child that a segment can be, for each use by its number and in it for each place among the children from
   * which on it may stand; -1 where there is none. The opening of the loop itself is left out.
   */
  readonly firsts: Int16Array
  /** The tracks of the children that are loops. */
  readonly loops: readonly (LoopTrack | null)[]
  readonly required: readonly number[]
  /** Where the run of like segments begins in which a child stands. */
  readonly runs: readonly number[]
}

interface Frame {
  readonly track: LoopTrack
  readonly report: Report
  index: number
  /** How often each child stood in this loop. */
  readonly counts: Int32Array
  /** Position of the first segment of the loop. */
  position: number
}

/** Untidy, but no reader misunderstands it. */
const STYLE_ONLY = new Set(['trailing_separator', 'blank_padding', 'leading_zero'])

/**
 * Walks a set along its guide, segment by segment: which stands in which loop, and what is missing, too many, out of
 * order, unknown or wrong in an element. Unknown segments stay in the loop where they stand.
 */
export class GuideWalk {
  readonly #guide: Guide
  readonly #interchange: string
  readonly #set: string
  readonly #found: (one: Finding) => void
  readonly #uses: Uses
  readonly #frames: Frame[] = []
  /** The frame of each loop by its number: a loop is never open inside itself, so that one serves all of its kind. */
  readonly #made: Frame[] = []
  #position = 0
  /** The id of the loop in which the last segment stands, such as 2300. */
  loop = ''
  /** How deep that loop lies; the set itself is 0. */
  depth = 0
  /** True when the last segment opens its loop. */
  opens = false
  /** True when the guide knows the last segment at its place. */
  known = false

  constructor(guide: Guide, interchange: string, set: string, found: (one: Finding) => void) {
    this.#guide = guide
    this.#interchange = interchange
    this.#set = set
    this.#found = found
    const track = trackOf(guide)
    this.#uses = track.uses
    this.#frames.push(this.#open(track.root, 1))
  }

  add(segment: Segment): void {
    this.#position++
    const use = useOf(segment, this.#uses)
    const frames = this.#frames
    for (let depth = frames.length - 1; depth >= 0; depth--) {
      const frame = frames[depth]
      const index = frame ? firstFrom(frame.track, use, frame.index) : -1
      if (index >= 0) {
        this.#enter(depth, index, segment)
        return
      }
    }
    for (let depth = frames.length - 1; depth >= 0; depth--) {
      const frame = frames[depth]
      const index = frame ? firstFrom(frame.track, use, 0) : -1
      if (frame && index >= 0) {
        this.#enterLate(depth, index, frame, segment)
        return
      }
    }
    const top = frames[frames.length - 1]
    if (!top) return
    this.#stand(top.track.rule.id, frames.length - 1, false, false)
    reportStranger(segment, use, top.track.rule, this.#guide, top.report)
  }

  #stand(loop: string, depth: number, opens: boolean, known: boolean): void {
    this.loop = loop
    this.depth = depth
    this.opens = opens
    this.known = known
  }

  /** Says what is still missing once the set is over. */
  end(): void {
    while (this.#frames.length > 0) this.#close()
  }

  #open(track: LoopTrack, position: number): Frame {
    const made = this.#made[track.number]
    if (made === undefined) return this.#make(track, position)
    const { counts } = made
    for (let index = 0; index < counts.length; index++) counts[index] = 0
    made.index = 0
    made.position = position
    return made
  }

  #make(track: LoopTrack, position: number): Frame {
    const report: Report = (level, code, message, at) => this.#report(level, code, message, at, track.rule.id)
    const frame = { track, report, index: 0, counts: new Int32Array(track.rule.children.length), position }
    this.#made[track.number] = frame
    return frame
  }

  #close(): void {
    const frame = this.#frames.pop()
    if (!frame) return
    const { track, counts } = frame
    for (let at = 0; at < track.required.length; at++) {
      const index = track.required[at] ?? 0
      if ((counts[index] ?? 0) > 0) continue
      const child = track.rule.children[index]
      if (child) this.#missing(track.rule, child, frame.position)
    }
  }

  #missing(rule: LoopRule, child: SegmentRule | LoopRule, position: number): void {
    if (child.kind === 'segment') {
      this.#report(
        2,
        'segment_missing',
        `Loop ${rule.id} (${rule.name}) has no ${child.id}: the ${child.name} is missing.`,
        child.id,
        rule.id,
        position,
      )
    } else {
      this.#report(
        2,
        'loop_missing',
        `Loop ${rule.id} (${rule.name}) has no loop ${child.id}: the ${child.name} (${nameOf(child.opening)}) is missing.`,
        child.opening.id,
        child.id,
        position,
      )
    }
  }

  #enter(depth: number, index: number, segment: Segment): void {
    while (this.#frames.length > depth + 1) this.#close()
    const frame = this.#frames[depth]
    const child = frame?.track.rule.children[index]
    if (!frame || !child) return
    const { rule } = frame.track
    frame.index = frame.track.runs[index] ?? index
    const count = (frame.counts[index] ?? 0) + 1
    frame.counts[index] = count
    if (child.kind === 'segment') {
      this.#stand(rule.id, depth, false, true)
      if (count === child.most + 1) {
        const message = `${nameOf(child)} stands more than ${times(child.most)} in loop ${rule.id}.`
        frame.report(2, 'segment_too_many', message, child.id)
      }
      checkElements(segment, child, frame.report)
      return
    }
    const track = frame.track.loops[index]
    if (!track) return
    const inner = this.#open(track, this.#position)
    inner.counts[0] = 1
    this.#frames.push(inner)
    this.#stand(child.id, depth + 1, true, true)
    if (count === child.most + 1) {
      const message = `Loop ${child.id} (${child.name}) stands more than ${times(child.most)} in loop ${rule.id}.`
      inner.report(2, 'loop_too_many', message, child.opening.id)
    }
    checkElements(segment, child.opening, inner.report)
  }

  #enterLate(depth: number, index: number, frame: Frame, segment: Segment): void {
    const reached = frame.index
    const message = `${segment.id} stands too late: it belongs before what stands ahead of it in loop ${frame.track.rule.id}.`
    frame.report(2, 'segment_out_of_order', message, segment.id)
    this.#enter(depth, index, segment)
    if (this.#frames[this.#frames.length - 1] === frame) frame.index = reached
  }

  #report(
    level: SnipLevel,
    code: string,
    message: string,
    at: string | null,
    loop: string,
    segment = this.#position,
  ): void {
    const severity = STYLE_ONLY.has(code) ? 'warning' : 'error'
    const place = { interchange: this.#interchange, set: this.#set, segment, element: at, loop }
    this.#found(finding(level, severity, code, message, place))
  }
}

/** The findings of a whole set by its guide. */
export function walkSet(guide: Guide, set: TransactionSet, interchange: string): Finding[] {
  const findings: Finding[] = []
  const walk = new GuideWalk(guide, interchange, set.control, (one) => findings.push(one))
  for (const segment of set.segments) walk.add(segment)
  walk.end()
  return findings
}

const tracks = new WeakMap<Guide, Track>()

function trackOf(guide: Guide): Track {
  const known = tracks.get(guide)
  if (known) return known
  const uses = usesOf(guide)
  let loops = 0
  const track = { root: layTrack(guide.root, true, uses, () => loops++), uses }
  tracks.set(guide, track)
  return track
}

function usesOf(guide: Guide): Uses {
  const byId = new Map<number, { byKey: Map<number, number>; other: number }>()
  let count = 0
  const visit = (rule: SegmentRule | LoopRule): void => {
    if (rule.kind === 'loop') {
      for (const child of rule.children) visit(child)
      return
    }
    const id = packed(rule.id)
    const own = byId.get(id) ?? { byKey: new Map<number, number>(), other: count++ }
    byId.set(id, own)
    for (const code of rule.key?.codes ?? []) {
      const key = packed(code)
      if (!own.byKey.has(key)) own.byKey.set(key, count++)
    }
  }
  visit(guide.root)
  return { byId, count }
}

function layTrack(rule: LoopRule, isRoot: boolean, uses: Uses, nextNumber: () => number): LoopTrack {
  const number = nextNumber()
  const candidates = Array.from({ length: uses.count }, (): number[] => [])
  const required: number[] = []
  for (const [index, child] of rule.children.entries()) {
    // A set that was cut off has its own finding; its SE is not missed twice.
    if (child.usage === 'R' && !(child.kind === 'segment' && child.id === 'SE')) required.push(index)
    // The opening segment of a loop opens a new loop one level up; it does not repeat inside.
    if (index === 0 && !isRoot) continue
    const { id, key } = openingOf(child)
    const own = uses.byId.get(packed(id))
    if (!own) continue
    // Without a code the child can be any segment of the id.
    const fitting =
      key === null ? [own.other, ...own.byKey.values()] : [...key.codes].map((code) => own.byKey.get(packed(code)))
    for (const use of new Set(fitting)) if (use !== undefined) candidates[use]?.push(index)
  }
  return {
    rule,
    number,
    firsts: firstsOf(candidates, rule.children.length),
    required,
    loops: rule.children.map((child) => (child.kind === 'loop' ? layTrack(child, false, uses, nextNumber) : null)),
    runs: rule.children.map((_, index) => runStart(rule, index)),
  }
}

/** Uses of one segment side by side (dates, references, name loops) may come in any order. */
function runStart(rule: LoopRule, index: number): number {
  const idAt = (at: number): string => {
    const child = rule.children[at]
    return child ? openingOf(child).id : ''
  }
  let start = index
  while (start > 0 && idAt(start - 1) === idAt(index) && (start - 1 > 0 || rule.id === 'ST')) start--
  return start
}

function openingOf(child: SegmentRule | LoopRule): SegmentRule {
  return child.kind === 'segment' ? child : child.opening
}

function nameOf(rule: SegmentRule): string {
  const codes = rule.key ? [...rule.key.codes] : []
  return codes.length === 1 && codes[0] !== undefined && rule.id !== 'HL' ? `${rule.id}*${codes[0]}` : rule.id
}

function times(most: number): string {
  return most === 1 ? 'once' : `${most} times`
}

/** Where the code stands that tells the uses of a segment apart: of most in the first element, of an HL in the third. */
function keyPosition(segment: Segment): number {
  return segment.id === 'HL' ? 3 : 1
}

/** That code, packed. */
function keyOf(segment: Segment): number {
  const position = keyPosition(segment)
  if (position > segment.count) return 0
  const to = segment.id === 'HI' ? segment.endOfFirst(position) : segment.to(position)
  return packedAt(segment.codes, segment.from(position), to)
}

/** The id, packed. */
function idKeyOf(segment: Segment): number {
  return packedAt(segment.codes, segment.from(0), segment.to(0))
}

/** The number of the use that a segment is by its id and code, or -1 when the guide has no segment of the id. */
function useOf(segment: Segment, uses: Uses): number {
  const own = uses.byId.get(idKeyOf(segment))
  if (own === undefined) return -1
  return own.byKey.size === 0 ? own.other : (own.byKey.get(keyOf(segment)) ?? own.other)
}

/** Lays out, for each use, the first of its candidates from each place on. */
function firstsOf(candidates: readonly (readonly number[])[], children: number): Int16Array {
  const firsts = new Int16Array(candidates.length * children)
  for (const [use, indexes] of candidates.entries()) {
    for (let from = 0; from < children; from++) {
      firsts[use * children + from] = indexes.find((index) => index >= from) ?? -1
    }
  }
  return firsts
}

/** The first child from a place on that a segment of the use can be, or -1. */
function firstFrom(track: LoopTrack, use: number, from: number): number {
  return use < 0 ? -1 : (track.firsts[use * track.rule.children.length + from] ?? -1)
}

const knownIds = new WeakMap<Guide, ReadonlySet<string>>()

/** The ids of all segments that a guide knows. */
export function segmentIdsOf(guide: Guide): ReadonlySet<string> {
  const known = knownIds.get(guide)
  if (known) return known
  const ids = new Set<string>()
  const visit = (rule: SegmentRule | LoopRule): void => {
    if (rule.kind === 'segment') ids.add(rule.id)
    else for (const child of rule.children) visit(child)
  }
  visit(guide.root)
  knownIds.set(guide, ids)
  return ids
}

function reportStranger(segment: Segment, use: number, rule: LoopRule, guide: Guide, report: Report): void {
  const { uses } = trackOf(guide)
  const own = uses.byId.get(idKeyOf(segment))
  // A qualifier that stands nowhere in the guide, or none of those that the loop has for the segment.
  const isUnknown = own !== undefined && own.byKey.size > 0 && use === own.other
  if (isUnknown || rule.children.some((child) => child.kind === 'segment' && child.id === segment.id && child.key)) {
    const position = keyPosition(segment)
    const at = placeName(segment.id, position, segment.id === 'HI' ? 1 : 0)
    const code = component(segment, position, 1)
    report(
      2,
      'qualifier_unexpected',
      `${at} is "${code.slice(0, 20)}", which is no qualifier for a ${segment.id} in loop ${rule.id}.`,
      at,
    )
  } else if (segmentIdsOf(guide).has(segment.id)) {
    report(
      2,
      'segment_unexpected',
      `${segment.id}${qualified(segment)} may not stand here, in or after loop ${rule.id}.`,
      segment.id,
    )
  } else if (/^[A-Z][A-Z0-9]{1,2}$/.test(segment.id)) {
    report(
      2,
      'segment_unknown',
      `${segment.id} is no segment of ${guide.version}; it is kept but not read.`,
      segment.id,
    )
  } else {
    report(1, 'segment_id_invalid', `"${segment.id.slice(0, 20)}" is no segment identifier.`, null)
  }
}

function qualified(segment: Segment): string {
  const key = element(segment, keyPosition(segment))
  return key === '' ? '' : `*${key.slice(0, 20)}`
}
