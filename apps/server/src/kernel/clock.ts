/** The only source of "now". Injected everywhere, so that the demo and the tests stand where they choose. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that started at `from` when it was made and runs on from there. */
export function clockFrom(from: Date): Clock {
  const began = performance.now()
  return { now: () => new Date(from.getTime() + Math.floor(performance.now() - began)) }
}

/** A clock that a test or the demo's history moves by hand. */
export class ManualClock implements Clock {
  #at: Date
  constructor(at: Date | string) {
    this.#at = new Date(at)
  }
  now(): Date {
    return new Date(this.#at)
  }
  set(at: Date | string): void {
    this.#at = new Date(at)
  }
  advanceSeconds(seconds: number): void {
    this.#at = new Date(this.#at.getTime() + seconds * 1000)
  }
}
