import { kindOfSet, type TransactionSet } from './envelope.ts'
import { guideOf } from './guides/guides.ts'
import { GuideWalk } from './guides/walk.ts'
import type { Segment } from './segments.ts'

/** A segment where it stands in its loop. */
export interface PlacedSegment {
  readonly segment: Segment
  /** Counted from ST = 1. */
  readonly position: number
  /** False for a segment that the guide does not know here; it is kept all the same. */
  readonly known: boolean
}

/** One loop of a set as the implementation guide cuts it, with its own segments and the loops inside it. */
export interface Loop {
  /** Such as 2300; the set itself is ST. */
  readonly id: string
  readonly segments: readonly PlacedSegment[]
  readonly loops: readonly Loop[]
}

interface OpenLoop {
  id: string
  segments: PlacedSegment[]
  loops: OpenLoop[]
}

/** The set in the loops of its guide; null for a set that has no guide here. Never throws. */
export function loopsOf(set: TransactionSet): Loop | null {
  const kind = kindOfSet(set)
  const guide = kind === null ? null : guideOf(kind)
  if (guide === null) return null
  const walk = new GuideWalk(guide, '', set.control, () => undefined)
  const root: OpenLoop = { id: guide.root.id, segments: [], loops: [] }
  const open: OpenLoop[] = [root]
  let position = 0
  for (const segment of set.segments) {
    position++
    walk.add(segment)
    open.length = Math.min(open.length, walk.opens ? walk.depth : walk.depth + 1)
    let loop = open[open.length - 1] ?? root
    if (walk.opens) {
      const inner: OpenLoop = { id: walk.loop, segments: [], loops: [] }
      loop.loops.push(inner)
      open.push(inner)
      loop = inner
    }
    loop.segments.push({ segment, position, known: walk.known })
  }
  return root
}

/** Every loop with an id at any depth, in the order of the file. */
export function loopsNamed(loop: Loop, id: string): Loop[] {
  return loop.loops.flatMap((inner) => [...(inner.id === id ? [inner] : []), ...loopsNamed(inner, id)])
}

/** The first segment of a loop with an id and, when given, a qualifier in its first element; null when there is none. */
export function segmentIn(loop: Loop, id: string, qualifier?: string): Segment | null {
  for (const { segment } of loop.segments) {
    if (segment.id === id && (qualifier === undefined || segment.is(1, qualifier))) return segment
  }
  return null
}
