import { EnvelopeReader, type EnvelopeSink } from './envelope-reader.ts'
import type { Finding } from './findings.ts'
import { finding } from './findings.ts'
import type { SetPlace } from './read/reading.ts'
import { SegmentCutter } from './segment-reader.ts'
import type { Segment } from './segments.ts'

/**
 * Reads a text that arrives in pieces of any size and tells the sink what goes by: interchanges, sets, segments and
 * envelope findings. It keeps nothing of what it told, so that the memory does not grow with the file. Never throws.
 */
export class X12Stream {
  readonly #cutter: SegmentCutter
  readonly #reader: EnvelopeReader

  /** `keeps` says whether the sink keeps segments; without it each is good only until `segment` returns. */
  constructor(sink: EnvelopeSink, { keeps = true }: { readonly keeps?: boolean } = {}) {
    this.#reader = new EnvelopeReader(sink, { keep: false })
    this.#cutter = new SegmentCutter((segment) => this.#reader.add(segment), { keeps })
  }

  push(text: string): void {
    this.#cutter.push(text)
  }

  /** Says that there is no more text. */
  end(): void {
    this.#cutter.end()
    this.#reader.finish(this.#cutter.problems)
  }

  /** The sentence why the text is not X12, or null. */
  get refused(): string | null {
    return this.#cutter.refused
  }
}

/**
 * The sets of a text that arrives in pieces, each as soon as its end was read; one set is held at a time. What is wrong
 * with the envelopes, also with those around a set, is told to `found`. Never throws; a text that is not X12 has no sets.
 */
export async function* streamSets(
  pieces: AsyncIterable<string> | Iterable<string>,
  found: (one: Finding) => void = () => undefined,
): AsyncGenerator<SetPlace> {
  let ready: SetPlace[] = []
  let segments: Segment[] = []
  const stream = new X12Stream({
    openSet: () => {
      segments = []
    },
    segment: (segment) => segments.push(segment),
    closeSet: (place) => ready.push({ ...place, set: { ...place.set, segments } }),
    finding: found,
  })
  for await (const piece of pieces) {
    stream.push(piece)
    yield* ready
    ready = []
  }
  stream.end()
  if (stream.refused !== null) found(finding(1, 'error', 'not_x12', stream.refused))
  yield* ready
}
