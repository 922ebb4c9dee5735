/**
 * Texts that were met before, kept as fingerprints of 64 bits so that a file of any size stays small in memory. Two
 * different texts out of a million share a fingerprint with a chance below one in ten million.
 */
export class FingerprintSet {
  /** Two halves of a fingerprint for each place; a second half of 0 means that the place is free. */
  #halves = new Uint32Array(2 * 16)
  #bits = new Uint8Array(16)
  #size = 0

  /**
   * Adds bits (1 to 255) to those kept with an equal text and number, and answers the bits that were there before. The
   * number saves writing it into the text.
   */
  mark(text: string, bits: number, number = 0): number {
    if (this.#size * 3 >= this.#bits.length * 2) this.#grow()
    let left = 0x811c9dc5 ^ number
    let right = Math.imul(0x9747b28c ^ number, 0x85ebca6b)
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      left = Math.imul(left ^ code, 0x01000193)
      right = Math.imul(right ^ (code + index), 0x85ebca6b)
      right ^= right >>> 13
    }
    left = Math.imul(left ^ (left >>> 16), 0x85ebca6b) >>> 0
    right = (Math.imul(right ^ (right >>> 15), 0xc2b2ae35) | 1) >>> 0
    const place = placeOf(this.#halves, left, right)
    const before = this.#bits[place] ?? 0
    if (before === 0) {
      this.#size++
      this.#halves[2 * place] = left
      this.#halves[2 * place + 1] = right
    }
    this.#bits[place] = before | bits
    return before
  }

  /** True when the text was not met before; it is now. */
  add(text: string): boolean {
    return this.mark(text, 1) === 0
  }

  #grow(): void {
    const halves = this.#halves
    const bits = this.#bits
    this.#halves = new Uint32Array(halves.length * 2)
    this.#bits = new Uint8Array(bits.length * 2)
    for (let old = 0; old < bits.length; old++) {
      const left = halves[2 * old] ?? 0
      const right = halves[2 * old + 1] ?? 0
      if (right === 0) continue
      const place = placeOf(this.#halves, left, right)
      this.#halves[2 * place] = left
      this.#halves[2 * place + 1] = right
      this.#bits[place] = bits[old] ?? 0
    }
    // Given back at once: the engine would find the old lists only when it cleans its whole memory.
    halves.buffer.transfer(0)
    bits.buffer.transfer(0)
  }
}

/** The place of a fingerprint, or the free one where it belongs. */
function placeOf(halves: Uint32Array, left: number, right: number): number {
  // The places are a power of two.
  const last = halves.length / 2 - 1
  let place = left & last
  while (halves[2 * place + 1] !== 0 && (halves[2 * place] !== left || halves[2 * place + 1] !== right)) {
    place = (place + 1) & last
  }
  return place
}
