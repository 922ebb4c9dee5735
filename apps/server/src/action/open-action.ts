import type { InputOf, OutputOf, Spec } from '@keepwell/contract'
import type { Database } from '../db/database.ts'
import type { HttpContext } from '../http/http-context.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Sealer } from '../kernel/sealer.ts'

/** For the endpoints around sign-in, which act before a tenant is known and write their audit events themselves. */
export interface OpenCtx {
  database: Database
  clock: Clock
  sealer: Sealer
  now: Date
  http: HttpContext
  /** Who is signed in; null on public endpoints. */
  signedIn: SignedIn | null
}

export interface SignedIn {
  actor: Actor
  userId: string
  tokenHash: string
  email: string
  organization: string
  demo: boolean
  locked: boolean
  secondFactor: boolean
  secondFactorConfirmed: boolean
}

export interface OpenHandler {
  endpoint: { readonly spec: Spec }
  kind: 'open'
  run: (ctx: OpenCtx, input: never) => Promise<unknown>
}

export function openAction<E extends { readonly spec: Spec }>(
  endpoint: E,
  run: (ctx: OpenCtx, input: InputOf<E>) => Promise<OutputOf<E>>,
): OpenHandler {
  return { endpoint, kind: 'open', run: run as OpenHandler['run'] }
}
