import type { Interchange } from '../envelope.ts'
import { kindOfSet } from '../envelope.ts'
import type { Finding } from '../findings.ts'
import { guideOf } from '../guides/guides.ts'
import { segmentIdsOf } from '../guides/walk.ts'
import { errorsOutsideSets } from '../read/read-835.ts'
import { interchangeAcknowledgment } from '../read/read-acknowledgments.ts'
import type { SetPlace } from '../read/reading.ts'
import type { Delimiters, Segment } from '../segments.ts'
import { X12Stream } from '../stream.ts'
import type { Facts } from './facts.ts'
import { RemittanceFacts } from './facts-835.ts'
import { ClaimFacts } from './facts-837p.ts'
import { factsOfSet } from './facts-of-set.ts'

/**
 * The first of two goes over a file: whether it is X12, its delimiters and whether its envelopes are whole. The facts
 * of a set need to know that before its end was seen, for a cut off file must not be posted.
 */
export class FileSurvey {
  refused: string | null = null
  delimiters: Delimiters | null = null
  readonly envelopeErrors: Finding[] = []
  /** Which interchanges and groups, counted from 0 in the file, have no end. */
  readonly openInterchanges = new Set<number>()
  readonly openGroups = new Set<number>()
  readonly #stream: X12Stream
  readonly #place = new PlaceCount()

  constructor() {
    this.#stream = new X12Stream({
      openInterchange: (interchange) => {
        this.delimiters ??= interchange.delimiters
        this.#place.interchange(interchange)
      },
      openSet: (place) => this.#place.set(place),
      finding: (one, isEnvelopeError) => {
        if (isEnvelopeError) this.#envelopeError(one)
      },
    })
  }

  push(text: string): void {
    this.#stream.push(text)
  }

  end(): void {
    this.#stream.end()
    this.refused = this.#stream.refused
  }

  #envelopeError(one: Finding): void {
    this.envelopeErrors.push(one)
    if (one.code === 'iea_missing') this.openInterchanges.add(this.#place.interchanges)
    if (one.code === 'ge_missing') this.openGroups.add(this.#place.groups)
  }
}

/** Counts interchanges and groups, so that both goes name them alike. */
class PlaceCount {
  interchanges = -1
  groups = -1
  #group: SetPlace['group'] | null = null

  interchange(_interchange: Interchange): void {
    this.interchanges++
    this.#group = null
  }

  set({ group }: SetPlace): void {
    if (group === this.#group) return
    this.#group = group
    this.groups++
  }
}

/** Takes the facts of a file as they become known. */
export interface FactsSink {
  /** A set begins; `list` is the name of what comes one by one, or null. */
  openSet(head: Facts, list: 'claims' | null): void
  item(facts: Facts): void
  closeSet(rest: Facts): void
}

interface SetFacts {
  add(segment: Segment): void
  finish(truncated: boolean): Facts
}

const MOST_UNKNOWN = 1_000

/** The second go over a file that was surveyed: the facts of its sets, one claim at a time. Never throws. */
export class FileFacts {
  readonly #survey: FileSurvey
  readonly #sink: FactsSink
  /** Envelope errors in no set, by interchange. */
  readonly #outside: ReturnType<typeof errorsOutsideSets>
  readonly #stream: X12Stream
  readonly #place = new PlaceCount()
  #facts: SetFacts | null = null
  #known: ReadonlySet<string> | null = null
  #unknown: { segment: number; id: string }[] = []
  #segments = 0

  constructor(survey: FileSurvey, sink: FactsSink) {
    this.#survey = survey
    this.#sink = sink
    this.#outside = errorsOutsideSets(survey.envelopeErrors)
    this.#stream = new X12Stream({
      openInterchange: (interchange) => this.#place.interchange(interchange),
      acknowledgment: (interchange, segment) => this.#acknowledgment(interchange, segment),
      openSet: (place) => this.#open(place),
      segment: (segment) => this.#add(segment),
      closeSet: (place) => this.#close(place),
    })
  }

  push(text: string): void {
    this.#stream.push(text)
  }

  end(): void {
    this.#stream.end()
  }

  #acknowledgment(interchange: Interchange, segment: Segment): void {
    const { control, ...rest } = interchangeAcknowledgment(interchange, segment)
    this.#sink.openSet({ type: 'TA1', control, segments: 1 }, null)
    this.#sink.closeSet({ truncated: this.#survey.openInterchanges.has(this.#place.interchanges), ...rest })
  }

  #open(place: SetPlace): void {
    this.#place.set(place)
    const { interchange, group, set } = place
    const kind = kindOfSet(set)
    const guide = kind === null ? null : guideOf(kind)
    this.#known = guide === null ? null : segmentIdsOf(guide)
    this.#unknown = []
    const isListed = kind === '835' || kind === '837P'
    this.#sink.openSet(
      {
        type: kind ?? set.type,
        control: set.control,
        version: set.version,
        interchange: interchange.control,
        group: group.control,
      },
      isListed ? 'claims' : null,
    )
    const take = (facts: Facts): void => this.#sink.item(facts)
    if (kind === '835') {
      const facts = new RemittanceFacts(place, take)
      this.#facts = {
        add: (segment) => facts.add(segment),
        finish: (truncated) => facts.finish(this.#outside.get(interchange.control) ?? [], truncated),
      }
    } else if (kind === '837P') this.#facts = new ClaimFacts(place, take)
    else if (kind === null) this.#facts = null
    else {
      const segments: Segment[] = []
      this.#facts = {
        add: (segment) => segments.push(segment),
        finish: () => factsOfSet({ ...place, set: { ...set, segments } }),
      }
    }
  }

  #add(segment: Segment): void {
    this.#segments = segment.position
    if (this.#known !== null && !this.#known.has(segment.id) && this.#unknown.length < MOST_UNKNOWN) {
      this.#unknown.push({ segment: segment.position, id: segment.id.slice(0, 20) })
    }
    this.#facts?.add(segment)
  }

  #close({ set }: SetPlace): void {
    const { openInterchanges, openGroups } = this.#survey
    const truncated =
      set.truncated || openGroups.has(this.#place.groups) || openInterchanges.has(this.#place.interchanges)
    const rest = this.#facts?.finish(truncated) ?? {}
    this.#facts = null
    this.#sink.closeSet({ segments: this.#segments, truncated, unknownSegments: this.#unknown, ...rest })
  }
}
