import { EnvelopeReader, type EnvelopeSink } from './envelope-reader.ts'
import { SegmentCutter } from './segment-reader.ts'

/**
 * Reads a text that arrives in pieces of any size and tells the sink what goes by: interchanges, sets, segments and
 * envelope findings. It keeps nothing of what it told, so that the memory does not grow with the file. Never throws.
 */
export class X12Stream {
  readonly #cutter: SegmentCutter
  readonly #reader: EnvelopeReader

  constructor(sink: EnvelopeSink) {
    this.#reader = new EnvelopeReader(sink, { keep: false })
    this.#cutter = new SegmentCutter((segment) => this.#reader.add(segment))
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
