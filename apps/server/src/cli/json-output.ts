import { writeSync } from 'node:fs'

/** Enough for one write; more would only wait in memory. */
const ENOUGH = 64 * 1024

/** Collects text for stdout and writes it in good pieces, waiting for a slow reader instead of filling the memory. */
export class Output {
  #waiting = ''

  text(text: string): void {
    this.#waiting += text
    if (this.#waiting.length > ENOUGH) this.flush()
  }

  flush(): void {
    let bytes: Uint8Array = Buffer.from(this.#waiting)
    this.#waiting = ''
    while (bytes.length > 0) bytes = bytes.subarray(writtenOf(bytes))
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
