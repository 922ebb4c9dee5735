/**
 * Collects the parts of one thing that is read after another, and gives them out as a list of just their size. A
 * stream makes such lists by the million: written as `[]` at one place of the code, the engine would once in a while
 * take them all for long-lived and keep them, with the text they point into, until it cleans its whole memory.
 */
export class Gathered<T> {
  readonly #parts: T[] = []
  #count = 0

  add(part: T): void {
    if (this.#count < this.#parts.length) this.#parts[this.#count] = part
    else this.#parts.push(part)
    this.#count++
  }

  /** What was added since it was taken last, or `none`. */
  take(none: readonly T[]): readonly T[] {
    if (this.#count === 0) return none
    const taken = this.#parts.slice(0, this.#count)
    this.#count = 0
    return taken
  }
}
