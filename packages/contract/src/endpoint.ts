import type { z } from 'zod'
import type { Permission } from './access.ts'
import type { ErrorCode } from './problems.ts'

type Schema = z.core.$ZodType
type Out<S> = S extends { _zod: { output: infer T } } ? T : never
type In<S> = S extends { _zod: { input: infer T } } ? T : never
type Input<P, Q, B, F> = ([P] extends [never] ? unknown : { params: P }) &
  ([Q] extends [never] ? unknown : { query: Q }) &
  ([B] extends [never] ? unknown : { body: B }) &
  ([F] extends [never] ? unknown : { file: F })

/** What a browser's File and Blob offer. */
export interface Sendable {
  arrayBuffer(): Promise<ArrayBuffer>
  readonly size: number
}

/** A file sent to the browser: its bytes, media type and the name under which it is saved. */
export interface FileOut {
  name: string
  mediaType: string
  bytes: Uint8Array
  /** Shown in the page rather than saved. */
  inline?: boolean
}

/** What every endpoint says of itself, as data: tests, the authorization walk and OpenAPI read it. */
export interface Names {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api, parameters as `:name`. */
  path: string
  /** One plain sentence for the API's documentation. */
  summary: string
  /** `public` needs no session; `signed_in` any session; otherwise the named permission. */
  permission: Permission | 'public' | 'signed_in'
  /** The name of the audit event, or null for a GET without PHI and for what `unaudited` explains. */
  audit: string | null
  /** Why a write carries no audit event (heartbeats only). */
  unaudited?: string
  /** True when the answer or the request carries protected health information. */
  phi: boolean
  /** The client may repeat the request with one Idempotency-Key and gets the first answer. */
  idempotent?: boolean
  /** Works while the session is locked by idleness: the call timer must go on. */
  worksLocked?: boolean
  /** Does not count as activity of the person: pollers and heartbeats never hold off the idle lock. */
  background?: boolean
  errors: readonly ErrorCode[]
}

export interface Spec extends Names {
  params?: Schema
  query?: Schema
  body?: Schema
  /** The request body is one file, its bytes as they are. */
  upload?: { limitBytes: number }
  output: Schema | 'file'
}

/** `~in` is what a handler receives, `~send` what a client passes, `~out` the answer; all three are types only. */
export interface Typed<I, S, O> {
  readonly spec: Spec
  readonly '~in': I
  readonly '~send': S
  readonly '~out': O
}

/**
 * Declares an endpoint. The result types are phantom, so the compiler never compares Zod objects
 * structurally; see docs/decisions/002-contract-as-data.md.
 */
export function endpoint<
  O extends Schema | 'file',
  P extends Schema = never,
  Q extends Schema = never,
  B extends Schema = never,
  U extends { limitBytes: number } = never,
>(
  spec: Names & { params?: P; query?: Q; body?: B; upload?: U; output: O },
): Typed<
  Input<Out<P>, Out<Q>, Out<B>, [U] extends [never] ? never : AsyncIterable<Uint8Array>>,
  Input<In<P>, In<Q>, In<B>, [U] extends [never] ? never : Sendable | Uint8Array>,
  O extends 'file' ? FileOut : Out<O>
> {
  return { spec } as never
}

export type AnyEndpoint = Typed<unknown, unknown, unknown>
export type InputOf<E> = E extends Typed<infer I, unknown, unknown> ? I : never
export type SendOf<E> = E extends Typed<unknown, infer S, unknown> ? S : never
export type OutputOf<E> = E extends Typed<unknown, unknown, infer O> ? O : never
