import { writeSync } from 'node:fs'

/** Enough for one write; more would only wait in memory. */
const ENOUGH = 64 * 1024

/** Collects text for stdout and writes it in good pieces, waiting for a slow reader instead of filling the memory. */
export class Output {
  #waiting = ''
  readonly #bytes = new Uint8Array(ENOUGH)
  readonly #encoder = new TextEncoder()

  text(text: string): void {
    this.#waiting += text
    if (this.#waiting.length > ENOUGH) this.flush()
  }

  flush(): void {
    let rest = this.#waiting
    this.#waiting = ''
    while (rest !== '') {
      const { read, written } = this.#encoder.encodeInto(rest, this.#bytes)
      for (let at = 0; at < written; ) at += writtenOf(this.#bytes.subarray(at, written))
      rest = rest.slice(read)
    }
  }
}

function writtenOf(bytes: Uint8Array): number {
  try {
    return writeSync(process.stdout.fd, bytes)
  } catch (error) {
    // A pipe that is full for the moment says so; the reader at its other end will make room.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    return 0
  }
}
