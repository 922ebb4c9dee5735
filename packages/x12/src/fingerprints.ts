/**
 * Texts that were met before, kept as fingerprints of 64 bits so that a file of any size stays small in memory. Two
 * different texts out of a million share a fingerprint with a chance below one in ten million.
 */
export class FingerprintSet {
  #slots = new Uint32Array(3 * 16)
  #size = 0

  /** Adds bits to those kept with an equal text, and answers the bits that were there before. */
  mark(text: string, bits: number): number {
    if (this.#size * 4 >= this.#slots.length) this.#grow()
    let left = 0x811c9dc5
    let right = 0x9747b28c
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      left = Math.imul(left ^ code, 0x01000193)
      right = Math.imul(right ^ (code + index), 0x85ebca6b)
      right ^= right >>> 13
    }
    left = Math.imul(left ^ (left >>> 16), 0x85ebca6b) >>> 0
    // A slot of two zeros is empty.
    right = (Math.imul(right ^ (right >>> 15), 0xc2b2ae35) | 1) >>> 0
    const at = this.#slotOf(this.#slots, left, right)
    const before = this.#slots[at + 2] ?? 0
    if (this.#slots[at + 1] === 0) this.#size++
    this.#slots[at] = left
    this.#slots[at + 1] = right
    this.#slots[at + 2] = before | bits
    return before
  }

  /** True when the text was not met before; it is now. */
  add(text: string): boolean {
    return this.mark(text, 1) === 0
  }

  #slotOf(slots: Uint32Array, left: number, right: number): number {
    const count = slots.length / 3
    let slot = left % count
    while (slots[3 * slot + 1] !== 0 && (slots[3 * slot] !== left || slots[3 * slot + 1] !== right)) {
      slot = slot + 1 === count ? 0 : slot + 1
    }
    return 3 * slot
  }

  #grow(): void {
    const old = this.#slots
    const larger = new Uint32Array(old.length * 2)
    for (let at = 0; at < old.length; at += 3) {
      const left = old[at] ?? 0
      const right = old[at + 1] ?? 0
      if (right === 0) continue
      const slot = this.#slotOf(larger, left, right)
      larger[slot] = left
      larger[slot + 1] = right
      larger[slot + 2] = old[at + 2] ?? 0
    }
    this.#slots = larger
  }
}
