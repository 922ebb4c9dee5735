import { type Interchange, type Kind, kindOfSet } from '../envelope.ts'
import { type Finding, finding } from '../findings.ts'
import { guideOf } from '../guides/guides.ts'
import { GuideWalk } from '../guides/walk.ts'
import { type SetPlace, SetReading } from '../read/reading.ts'
import { RemittanceReader } from '../read/remittance-reader.ts'
import type { Segment } from '../segments.ts'
import { X12Stream } from '../stream.ts'
import { checkAnswerCodes } from './answer-codes.ts'
import { type ClaimCheckOptions, ClaimFileMemory, ClaimSetCheck } from './check-837p.ts'
import { checkTA1 } from './check-ta1.ts'
import { checkPairs, LevelCheck } from './hierarchy.ts'
import { reporterFor } from './reporting.ts'
import { checkVersion } from './versions.ts'

/** What a reader says of an amount that it cannot take. */
const UNREADABLE = new Set(['amount_missing', 'amount_unreadable'])

/** What checks one set, segment by segment. */
interface SetCheck {
  add(segment: Segment): void
  end(): void
}

/**
 * Checks a file that arrives in pieces: envelopes, guides, balances and rules. Findings come out in the order of the
 * file, patient by patient, and nothing is kept, so that a file of any size takes the same memory. Never throws.
 */
export class FileCheck {
  interchanges = 0
  readonly #stream: X12Stream
  readonly #found: (one: Finding) => void
  readonly #memory = new ClaimFileMemory()
  readonly #options: ClaimCheckOptions
  #check: SetCheck | null = null
  #sets = 0
  #acknowledgments = 0

  constructor(found: (one: Finding) => void, options: ClaimCheckOptions = {}) {
    this.#found = found
    this.#options = options
    this.#stream = new X12Stream({
      openInterchange: () => this.interchanges++,
      acknowledgment: (interchange, segment) => this.#acknowledgment(interchange, segment),
      openSet: (place) => {
        this.#sets++
        this.#check = this.#checkOf(place)
      },
      segment: (segment) => this.#check?.add(segment),
      closeSet: () => {
        this.#check?.end()
        this.#check = null
      },
      finding: found,
    })
  }

  push(text: string): void {
    this.#stream.push(text)
  }

  /** Says that there is no more text; `interchanges` is final then. */
  end(): void {
    this.#stream.end()
    const { refused } = this.#stream
    if (refused !== null) this.#found(finding(1, 'error', 'not_x12', refused))
    else if (this.#sets === 0 && this.#acknowledgments === 0) {
      this.#found(finding(1, 'error', 'no_sets', 'The file holds no transaction set and no TA1.'))
    }
  }

  #acknowledgment(interchange: Interchange, segment: Segment): void {
    this.#acknowledgments++
    checkTA1(segment, interchange.control).forEach(this.#found)
  }

  #checkOf(place: SetPlace): SetCheck | null {
    const { interchange, set } = place
    const kind = kindOfSet(set)
    if (kind === null) {
      this.#found(
        finding(
          1,
          'error',
          'set_unknown',
          `Transaction set ${set.type || '(nameless)'} of ${set.version || 'no version'} is none that is read here.`,
          { interchange: interchange.control, set: set.control, segment: 1, element: 'ST01' },
        ),
      )
      return null
    }
    if (kind === '837P') {
      return new ClaimSetCheck(place, this.#options, this.#memory, (some) => some.forEach(this.#found))
    }
    return this.#guideCheck(place, kind)
  }

  #guideCheck(place: SetPlace, kind: Kind): SetCheck | null {
    const guide = guideOf(kind)
    if (guide === null) return null
    checkVersion(place, guide).forEach(this.#found)
    let judgedAt: number | null = null
    const walk = new GuideWalk(guide, place.interchange.control, place.set.control, (one) => {
      judgedAt = one.segment
      this.#found(one)
    })
    const unlessJudged = (one: Finding): void => {
      if (one.segment !== judgedAt) this.#found(one)
    }
    const report = reporterFor(unlessJudged, place.interchange.control, place.set.control)
    const levels = LevelCheck.of(kind, report)
    const isAnswer = kind === '835' || kind === '277CA' || kind === '277'
    // The guide has judged the elements; of the reader's findings only balances, codes and amounts that the guide let
    // pass are new.
    const reading = new SetReading(place, (one) => {
      if (UNREADABLE.has(one.code)) unlessJudged(one)
      else if (one.level > 2) this.#found(one)
    })
    const remittance = kind === '835' ? new RemittanceReader(reading, () => undefined) : null
    return {
      add(segment) {
        walk.add(segment)
        if (levels !== null && segment.id === 'HL') levels.add(segment)
        if (!isAnswer) {
          checkPairs(segment, walk.loop, report)
          return
        }
        reading.position = segment.position
        remittance?.add(segment)
        checkAnswerCodes(segment, walk.loop, reading, report)
      },
      end() {
        walk.end()
        levels?.end()
        remittance?.finish()
      },
    }
  }
}
