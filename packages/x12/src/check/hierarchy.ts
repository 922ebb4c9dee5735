import type { Kind } from '../envelope.ts'
import { elementName } from '../read/reading.ts'
import type { ScannedClaim } from '../read/scan-837p.ts'
import { element, type Segment } from '../segments.ts'
import { checkAmount } from './amounts.ts'
import type { Reporter } from './reporting.ts'

interface LevelKind {
  readonly loop: string
  /** The kind of level under which it stands. */
  readonly under: string | null
}

type Levels = ReadonlyMap<string, LevelKind>

export const CLAIM_LEVELS: Levels = new Map([
  ['20', { loop: '2000A', under: null }],
  ['22', { loop: '2000B', under: '20' }],
  ['23', { loop: '2000C', under: '22' }],
])
const STATUS_LEVELS: Levels = new Map([
  ['20', { loop: '2000A', under: null }],
  ['21', { loop: '2000B', under: '20' }],
  ['19', { loop: '2000C', under: '21' }],
  ['PT', { loop: '2000D', under: '19' }],
  ['22', { loop: '2000D', under: '19' }],
  ['23', { loop: '2000E', under: '22' }],
])
const ELIGIBILITY_LEVELS: Levels = new Map([
  ['20', { loop: '2000A', under: null }],
  ['21', { loop: '2000B', under: '20' }],
  ['22', { loop: '2000C', under: '21' }],
  ['23', { loop: '2000D', under: '22' }],
])
const LEVELS_OF_KIND: ReadonlyMap<Kind, Levels> = new Map([
  ['837P', CLAIM_LEVELS],
  ['276', STATUS_LEVELS],
  ['277', STATUS_LEVELS],
  ['277CA', STATUS_LEVELS],
  ['270', ELIGIBILITY_LEVELS],
  ['271', ELIGIBILITY_LEVELS],
])
const UNKNOWN_LEVEL: LevelKind = { loop: '2000A', under: null }

class OpenLevel {
  readonly level: Segment
  readonly id: string
  readonly kind: string
  hasChildren = false

  constructor(level: Segment, id: string, kind: string) {
    this.level = level
    this.id = id
    this.kind = kind
  }
}

/**
 * HL numbers count from 1, name the level under which they stand, and say truly whether levels follow below. It keeps
 * no more than the levels that are open.
 */
export class LevelCheck {
  readonly #report: Reporter
  readonly #levels: Levels
  readonly #open: OpenLevel[] = []
  #count = 0

  constructor(report: Reporter, levels: Levels) {
    this.#report = report
    this.#levels = levels
  }

  /** The check of a kind of set; null when it has no levels. */
  static of(kind: Kind, report: Reporter): LevelCheck | null {
    const levels = LEVELS_OF_KIND.get(kind)
    return levels === undefined ? null : new LevelCheck(report, levels)
  }

  add(level: Segment): void {
    this.#count++
    const id = element(level, 1)
    const kind = element(level, 3)
    const { loop, under: wanted } = this.#levels.get(kind) ?? UNKNOWN_LEVEL
    this.#closeUntil(wanted)
    if (!isNumeral(level, 1, this.#count)) {
      const message = `HL01 is "${id}", but this is level ${this.#count} of the set.`
      this.#report.error(1, 'hl_number', message, level, 'HL01', loop)
    }
    const parent = this.#open[this.#open.length - 1]
    if (parent) parent.hasChildren = true
    if (wanted !== null && (parent?.kind !== wanted || parent.id !== element(level, 2))) {
      const above =
        parent?.kind === wanted ? `level ${wanted} above is "${parent.id}"` : `no level ${wanted} stands above`
      const message = `HL02 is "${element(level, 2)}", but ${above}.`
      this.#report.error(1, 'hl_parent', message, level, 'HL02', loop)
    }
    this.#open.push(new OpenLevel(level, id, kind))
  }

  end(): void {
    this.#closeUntil(null)
  }

  /** Closes levels until one of a kind is the innermost, or all. */
  #closeUntil(kind: string | null): void {
    const keep = kind === null ? -1 : this.#open.findLastIndex((one) => one.kind === kind)
    while (this.#open.length > keep + 1) {
      const closed = this.#open.pop()
      if (closed) this.#close(closed)
    }
  }

  #close({ level, kind, hasChildren }: OpenLevel): void {
    const stated = element(level, 4)
    if ((stated !== '1' || hasChildren) && (stated !== '0' || !hasChildren)) return
    const message = `HL04 says ${stated === '1' ? 'that levels follow below, but none does' : 'that no level follows below, but one does'}.`
    this.#report.error(2, 'hl_child', message, level, 'HL04', (this.#levels.get(kind) ?? UNKNOWN_LEVEL).loop)
  }
}

/**
 * Whether an element is a number above zero in plain digits. It is not compared as a text, for the engine keeps a text of
 * each number that it writes for long.
 */
function isNumeral(segment: Segment, position: number, number: number): boolean {
  if (segment.isEmpty(position)) return false
  const { codes } = segment
  const from = segment.from(position)
  let rest = number
  for (let at = segment.to(position) - 1; at >= from; at--) {
    if (codes[at] !== 48 + (rest % 10)) return false
    rest = Math.floor(rest / 10)
  }
  return rest === 0 && codes[from] !== 48
}

/** Line numbers count from 1 in each claim. */
export function checkLineNumbers(claim: ScannedClaim, report: Reporter): void {
  let count = 0
  for (const { number } of claim.lines) {
    count++
    if (isNumeral(number, 1, count)) continue
    const message = `LX01 is "${element(number, 1)}", but this is line ${count} of the claim.`
    report.error(1, 'lx_number', message, number, 'LX01', '2400')
  }
}

const QUALIFIED = [1, 2]
const PAYMENT = [6, 7, 8, 9, 12, 13, 14, 15]
const PARTY = [3, 4]
const NAME = [8, 9]
const PATIENT = [5, 6, 7, 8]
const CONTACT = [3, 4, 5, 6, 7, 8]
const PAPERWORK = [5, 6]

/** Elements that stand only together, two by two: a qualifier without its value says nothing, nor the other way round. */
function pairsOf(id: string): readonly number[] | null {
  switch (id) {
    case 'AMT':
    case 'DMG':
      return QUALIFIED
    case 'BPR':
      return PAYMENT
    case 'N1':
      return PARTY
    case 'NM1':
      return NAME
    case 'PAT':
      return PATIENT
    case 'PER':
      return CONTACT
    case 'PWK':
      return PAPERWORK
    default:
      return null
  }
}

/** Says what of a pair is missing; `loop` is where the segment stands. */
export function checkPairs(segment: Segment, loop: string, report: Reporter): void {
  if (segment.id === 'CAS') {
    checkTriplets(segment, loop, report)
    return
  }
  const pairs = pairsOf(segment.id)
  if (pairs === null) return
  if (segment.id === 'AMT') checkAmount(segment, 2, loop, report)
  for (let at = 0; at < pairs.length; at += 2) {
    const left = pairs[at] ?? 0
    const right = pairs[at + 1] ?? 0
    const hasLeft = !segment.isEmpty(left)
    if (hasLeft === segment.isEmpty(right))
      reportPair(segment, hasLeft ? right : left, hasLeft ? left : right, loop, report)
  }
}

function reportPair(segment: Segment, lackingAt: number, presentAt: number, loop: string, report: Reporter): void {
  const lacking = elementName(segment, lackingAt)
  const message = `${elementName(segment, presentAt)} stands without ${lacking}; the two belong together.`
  report.error(1, 'element_pair', message, segment, lacking, loop)
}

/** Each reason of a CAS has a code and an amount. */
function checkTriplets(at: Segment, loop: string, report: Reporter): void {
  for (let position = 2; position <= Math.min(17, at.count); position += 3) {
    const hasCode = !at.isEmpty(position)
    const hasCents = !at.isEmpty(position + 1)
    if (hasCents) checkAmount(at, position + 1, loop, report)
    if (position === 2 || (hasCode && hasCents)) continue
    if (!hasCode && !hasCents && at.isEmpty(position + 2)) continue
    const place = (offset: number): string => `CAS${String(position + offset).padStart(2, '0')}`
    if (!hasCode)
      report.error(1, 'cas_incomplete', `${place(0)} is empty; every adjustment needs its reason.`, at, place(0), loop)
    if (!hasCents)
      report.error(1, 'cas_incomplete', `${place(1)} is empty; every adjustment needs its amount.`, at, place(1), loop)
  }
}
