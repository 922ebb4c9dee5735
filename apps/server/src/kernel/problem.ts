import type { ErrorCode } from '@keepwell/contract'

/** A place in an input or a file, and what is wrong there. */
export interface Fault {
  path: string
  message: string
}

/** Expected trouble on its way to the person: a code of the contract and a sentence one can act on. */
export class Problem extends Error {
  readonly code: ErrorCode
  readonly faults: Fault[]
  constructor(code: ErrorCode, sentence: string, faults: Fault[] = []) {
    super(sentence)
    this.name = 'Problem'
    this.code = code
    this.faults = faults
  }
}

/** What a core answers: the accepted change, or a refusal with its reason. */
export type Decision<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export function accept<T>(value: T): Decision<T> {
  return { ok: true, value }
}

export function refuse<T = never>(code: ErrorCode, sentence: string, faults: Fault[] = []): Decision<T> {
  return { ok: false, problem: new Problem(code, sentence, faults) }
}

/** Turns a refusal into the exception that ends the action and rolls its transaction back. */
export function orThrow<T>(decision: Decision<T>): T {
  if (!decision.ok) throw decision.problem
  return decision.value
}

/** The value, or the refusal that says what is missing. */
export function found<T>(value: T | undefined | null, sentence: string): T {
  if (value === undefined || value === null) throw new Problem('not_found', sentence)
  return value
}

/** A bug, not a refusal: what must hold by our own code did not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`)
}
