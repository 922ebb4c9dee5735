import type { TransactionSet } from '../envelope.ts'
import type { Located, ScannedClaimSet } from '../read/scan-837p.ts'
import { element } from '../segments.ts'
import type { Reporter } from './reporting.ts'

const PARENT_LEVEL: Readonly<Record<string, string>> = { '22': '20', '23': '22' }
const LOOP_OF_LEVEL: Readonly<Record<string, string>> = { '20': '2000A', '22': '2000B', '23': '2000C' }

/** HL numbers count from 1, name an earlier parent of the right level, and say truly whether children follow. */
export function checkLevels(scan: ScannedClaimSet, report: Reporter): void {
  const levels = new Map<string, string>()
  const parents = new Set(scan.levels.map((level) => element(level.segment, 2)))
  for (const [index, level] of scan.levels.entries()) {
    const { segment } = level
    const id = element(segment, 1)
    const kind = element(segment, 3)
    const loop = LOOP_OF_LEVEL[kind] ?? '2000A'
    if (id !== String(index + 1)) {
      report.error(1, 'hl_number', `HL01 is "${id}", but this is level ${index + 1} of the set.`, level, 'HL01', loop)
    }
    const parent = element(segment, 2)
    const wanted = PARENT_LEVEL[kind]
    if (wanted !== undefined && levels.get(parent) !== wanted) {
      report.error(1, 'hl_parent', `HL02 is "${parent}", which is no earlier level ${wanted}.`, level, 'HL02', loop)
    }
    const stated = element(segment, 4)
    const hasChildren = parents.has(id)
    if ((stated === '1' && !hasChildren) || (stated === '0' && hasChildren)) {
      report.error(
        2,
        'hl_child',
        `HL04 says ${stated === '1' ? 'that levels follow below, but none does' : 'that no level follows below, but one does'}.`,
        level,
        'HL04',
        loop,
      )
    }
    levels.set(id, kind)
  }
}

/** Line numbers count from 1 in each claim. */
export function checkLineNumbers(scan: ScannedClaimSet, report: Reporter): void {
  for (const claim of scan.claims) {
    for (const [index, line] of claim.lines.entries()) {
      const stated = element(line.number.segment, 1)
      if (stated !== String(index + 1)) {
        report.error(
          1,
          'lx_number',
          `LX01 is "${stated}", but this is line ${index + 1} of the claim.`,
          line.number,
          'LX01',
          '2400',
        )
      }
    }
  }
}

/** Elements that stand only together: a qualifier without its value says nothing, nor the other way round. */
const PAIRS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  AMT: [[1, 2]],
  DMG: [[1, 2]],
  NM1: [[8, 9]],
  PAT: [
    [5, 6],
    [7, 8],
  ],
  PER: [
    [3, 4],
    [5, 6],
    [7, 8],
  ],
  PWK: [[5, 6]],
}

export function checkPairs(set: TransactionSet, loopAt: readonly string[], report: Reporter): void {
  for (const [index, segment] of set.segments.entries()) {
    for (const [left, right] of PAIRS[segment.id] ?? []) {
      const hasLeft = element(segment, left) !== ''
      const hasRight = element(segment, right) !== ''
      if (hasLeft === hasRight) continue
      const lacking = `${segment.id}${String(hasLeft ? right : left).padStart(2, '0')}`
      const present = `${segment.id}${String(hasLeft ? left : right).padStart(2, '0')}`
      const at: Located = { segment, position: index + 1 }
      report.error(
        1,
        'element_pair',
        `${present} stands without ${lacking}; the two belong together.`,
        at,
        lacking,
        loopAt[index] ?? '',
      )
    }
    if (segment.id === 'CAS') checkTriplets({ segment, position: index + 1 }, loopAt[index] ?? '', report)
  }
}

/** Each reason of a CAS has a code and an amount. */
function checkTriplets(at: Located, loop: string, report: Reporter): void {
  for (let position = 2; position <= 17; position += 3) {
    const code = element(at.segment, position)
    const cents = element(at.segment, position + 1)
    const quantity = element(at.segment, position + 2)
    if (position === 2 || (code === '' && cents === '' && quantity === '')) continue
    const place = (offset: number): string => `CAS${String(position + offset).padStart(2, '0')}`
    if (code === '')
      report.error(1, 'cas_incomplete', `${place(0)} is empty; every adjustment needs its reason.`, at, place(0), loop)
    if (cents === '')
      report.error(1, 'cas_incomplete', `${place(1)} is empty; every adjustment needs its amount.`, at, place(1), loop)
  }
}
