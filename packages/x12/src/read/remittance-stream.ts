import type { Finding } from '../findings.ts'
import { X12Stream } from '../stream.ts'
import { judgeRemittance } from './read-835.ts'
import { type SetPlace, SetReading } from './reading.ts'
import type { Remittance, RemittanceClaim } from './remittance.ts'
import { RemittanceReader } from './remittance-reader.ts'

/** Takes what a stream of remittances tells. */
export interface RemittanceSink {
  /** One claim, balanced; the remittance it belongs to is told after its last claim. */
  claim(claim: RemittanceClaim): void
  /**
   * The payment itself. Whether it is postable is known of everything up to its SE; what comes after, such as a lost
   * IEA, is told to `finding`, so that nothing should be posted before the stream has ended.
   */
  remittance(remittance: Omit<Remittance, 'claims'>): void
  finding?(one: Finding): void
}

/** Reads the 835s of a text that arrives in pieces, one claim at a time. Never throws. */
export class RemittanceStream {
  readonly #stream: X12Stream
  #reading: SetReading | null = null
  #reader: RemittanceReader | null = null

  constructor(sink: RemittanceSink) {
    this.#stream = new X12Stream(
      {
        openSet: (place) => {
          if (place.set.type !== '835') return
          const reading = new SetReading(place, (one) => sink.finding?.(one))
          this.#reading = reading
          this.#reader = new RemittanceReader(reading, (claim) => sink.claim(claim))
        },
        segment: (segment) => {
          if (this.#reading === null || this.#reader === null) return
          this.#reading.position = segment.position
          this.#reader.add(segment)
        },
        closeSet: (place) => this.#close(place, sink),
        finding: (one) => sink.finding?.(one),
      },
      { keeps: false },
    )
  }

  push(text: string): void {
    this.#stream.push(text)
  }

  end(): void {
    this.#stream.end()
  }

  /** The sentence why the text is not X12, or null. */
  get refused(): string | null {
    return this.#stream.refused
  }

  #close(place: SetPlace, sink: RemittanceSink): void {
    const reader = this.#reader
    this.#reader = null
    this.#reading = null
    if (reader === null) return
    sink.remittance({ ...reader.finish(), ...judgeRemittance(place, reader, []) })
  }
}
