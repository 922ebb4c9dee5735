import type { SignedIn } from '../action/open-action.ts'
import { sha256 } from '../kernel/ids.ts'

/** Finds who is behind a session token; the composition root gives the one that reads the users feature. */
export interface SessionReader {
  /** `active` says that the request is a person's doing and holds off the idle lock. */
  read(token: string, now: Date, active: boolean): Promise<SignedIn | null>
  /** Drops what is remembered of a token after its session changed. */
  forget(token: string): void
}

export function tokenHashOf(token: string): string {
  return sha256(token)
}
