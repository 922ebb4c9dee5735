import { type ErrorCode, type InputOf, isGranted, type OutputOf, type Spec } from '@keepwell/contract'
import { localDateOf } from '@keepwell/rules'
import { appendAuditEvent } from '../audit/audit.ts'
import type { Database, Tx } from '../db/database.ts'
import { json } from '../db/database.ts'
import { isOutdatedPlan } from '../db/prepared.ts'
import type { Actor } from '../kernel/actor.ts'
import type { Clock } from '../kernel/clock.ts'
import { canonicalJson, sha256 } from '../kernel/ids.ts'
import { assert, Problem } from '../kernel/problem.ts'
import type { Sealer } from '../kernel/sealer.ts'
import type { Outside } from '../outside/outside.ts'

/** What the audit event of this deed will name. Counts and field names only, never clinical text. */
export interface Touched {
  patientId?: string
  /** Another patient about whom something changed by the same deed; the event names the first. */
  otherPatientId?: string
  subjectId?: string
  detail?: Record<string, unknown>
}

/** What an action body receives: its transaction, who acts, and the one instant at which the deed happens. */
export interface Ctx {
  tx: Tx
  actor: Actor
  /** The person's id; asserts that a person acts. */
  by: string
  now: Date
  /** The day in the clinic's zone. */
  today: string
  timeZone: string
  clinicId: string
  touch(touched: Touched): void
  /** Runs once the transaction has committed, for what only this process needs to know. */
  afterCommit(work: () => void | Promise<void>): void
  outside: Outside
}

/** For deeds that cannot be one transaction (an import, a month close): each `step` is one. */
export interface LongCtx extends Omit<Ctx, 'tx' | 'afterCommit'> {
  step<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The instant now, for leases and progress. */
  clock: Clock
}

interface Named {
  readonly spec: Spec
}

export interface Handler {
  endpoint: Named
  kind: 'short' | 'long'
  run: (ctx: never, input: never) => Promise<unknown>
}

/** Ties an endpoint of the contract to what it does, in one transaction with its audit event. */
export function action<E extends Named>(
  endpoint: E,
  run: (ctx: Ctx, input: InputOf<E>) => Promise<OutputOf<E>>,
): Handler {
  return { endpoint, kind: 'short', run: run as Handler['run'] }
}

/** The same for work in several transactions; its audit event is written when it ends, done or refused. */
export function longAction<E extends Named>(
  endpoint: E,
  run: (ctx: LongCtx, input: InputOf<E>) => Promise<OutputOf<E>>,
): Handler {
  return { endpoint, kind: 'long', run: run as Handler['run'] }
}

export interface Request {
  name: string
  input: unknown
  idempotencyKey?: string | undefined
  dryRun?: boolean
  source?: string | undefined
}

export interface Runner {
  database: Database
  clock: Clock
  outside: Outside
  /** For the secrets of accounts. */
  sealer: Sealer
}

class DryRun extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('dry run')
    this.answer = answer
  }
}

/**
 * Performs a deed for an actor: permission, transaction, idempotency, the deed, its audit event, commit.
 * @throws Problem with a code that the endpoint declares, or one of the general codes.
 */
export async function perform(runner: Runner, handler: Handler, actor: Actor, request: Request): Promise<unknown> {
  const { spec } = handler.endpoint
  const now = runner.clock.now()
  await permit(runner, handler, actor, request)
  try {
    return handler.kind === 'short'
      ? await performShort(runner, handler, actor, request, now)
      : await performLong(runner, handler, actor, request, now)
  } catch (error) {
    const problem = asProblem(error)
    if (problem !== undefined && spec.method !== 'GET' && spec.unaudited === undefined) {
      await refused(runner, handler, actor, request, now, problem.code)
    }
    throw problem ?? error
  }
}

/** Refuses, and records the refusal, unless one of the actor's seats holds the endpoint's permission. */
export async function permit(runner: Runner, handler: Handler, actor: Actor, request: Request): Promise<void> {
  const { permission } = handler.endpoint.spec
  if (actor.system || permission === 'public' || permission === 'signed_in' || isGranted(actor.roles, permission))
    return
  await refused(runner, handler, actor, request, runner.clock.now(), 'forbidden')
  throw new Problem('forbidden', 'Your seat does not include this. Ask your CCM manager if you need it.')
}

async function performShort(
  runner: Runner,
  handler: Handler,
  actor: Actor,
  request: Request,
  now: Date,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    const after: (() => void | Promise<void>)[] = []
    try {
      const answer = await runner.database.withTenant(actor.tenantId, async (tx) => {
        const before = await replayed(tx, handler, actor, request)
        if (before !== undefined) return before.answer
        const touched: Touched = { ...patientOf(request.input) }
        const ctx: Ctx = Object.assign(contextOf(runner, actor, now, touched), {
          tx,
          afterCommit: (work: () => void | Promise<void>) => void after.push(work),
        })
        const result = await handler.run(ctx as never, request.input as never)
        await record(tx, handler, actor, request, now, touched)
        await remember(tx, handler, actor, request, now, result)
        if (request.dryRun) throw new DryRun(result)
        return result
      })
      for (const work of after) await work()
      return answer
    } catch (error) {
      if (error instanceof DryRun) return error.answer
      // Two people at once: the database asks one of them to try again, and three times is enough.
      if (isTransient(error) && attempt < 3) continue
      throw error
    }
  }
}

async function performLong(
  runner: Runner,
  handler: Handler,
  actor: Actor,
  request: Request,
  now: Date,
): Promise<unknown> {
  const touched: Touched = { ...patientOf(request.input) }
  const step: LongCtx['step'] = (work) => runner.database.withTenant(actor.tenantId, work)
  const ctx: LongCtx = Object.assign(contextOf(runner, actor, now, touched), { step, clock: runner.clock })
  const result = await handler.run(ctx as never, request.input as never)
  await runner.database.withTenant(actor.tenantId, (tx) => record(tx, handler, actor, request, now, touched))
  return result
}

/** Never spread: `by` is read only by the deeds that a person does, and the system has none. */
function contextOf(runner: Runner, actor: Actor, now: Date, touched: Touched): Omit<Ctx, 'tx' | 'afterCommit'> {
  return {
    actor,
    get by() {
      assert(actor.id !== null, 'this deed is done by a person')
      return actor.id
    },
    now,
    today: localDateOf(now.getTime(), actor.clinic.timeZone),
    timeZone: actor.clinic.timeZone,
    clinicId: actor.clinic.id,
    touch: (more) => Object.assign(touched, more),
    outside: runner.outside,
  }
}

function patientOf(input: unknown): Touched {
  const params = (input as { params?: { patientId?: string } } | null)?.params
  return params?.patientId === undefined ? {} : { patientId: params.patientId }
}

async function record(
  tx: Tx,
  handler: Handler,
  actor: Actor,
  request: Request,
  now: Date,
  touched: Touched,
): Promise<void> {
  const { audit, method } = handler.endpoint.spec
  if (audit === null) return
  const { otherPatientId, ...named } = touched
  const changed = method === 'GET' ? [] : [touched.patientId, otherPatientId].filter((id) => id !== undefined)
  await appendAuditEvent(tx, {
    deed: audit,
    endpoint: request.name,
    actor,
    outcome: 'done',
    at: now,
    source: request.source,
    ...named,
    changedPatientIds: changed,
  })
}

async function refused(
  runner: Runner,
  handler: Handler,
  actor: Actor,
  request: Request,
  now: Date,
  code: ErrorCode,
): Promise<void> {
  const deed = handler.endpoint.spec.audit ?? request.name
  await runner.database.withTenant(actor.tenantId, (tx) =>
    appendAuditEvent(tx, {
      deed,
      endpoint: request.name,
      actor,
      outcome: 'refused',
      detail: { code },
      at: now,
      source: request.source,
      ...patientOf(request.input),
    }),
  )
}

async function replayed(
  tx: Tx,
  handler: Handler,
  actor: Actor,
  request: Request,
): Promise<{ answer: unknown } | undefined> {
  if (request.idempotencyKey === undefined || !handler.endpoint.spec.idempotent || actor.id === null) return undefined
  const row = await tx.db
    .selectFrom('idempotency_keys')
    .select(['request_sha256', 'answer'])
    .where('tenant_id', '=', tx.tenantId)
    .where('actor_id', '=', actor.id)
    .where('key', '=', request.idempotencyKey)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.request_sha256 !== requestHash(request)) {
    throw new Problem('idempotency_mismatch', 'This request repeats the key of another one. Nothing was done.')
  }
  return { answer: row.answer }
}

async function remember(
  tx: Tx,
  handler: Handler,
  actor: Actor,
  request: Request,
  now: Date,
  answer: unknown,
): Promise<void> {
  if (request.idempotencyKey === undefined || !handler.endpoint.spec.idempotent || actor.id === null) return
  await tx.db
    .insertInto('idempotency_keys')
    .values({
      tenant_id: tx.tenantId,
      key: request.idempotencyKey,
      actor_id: actor.id,
      endpoint: request.name,
      request_sha256: requestHash(request),
      answer: json(answer ?? null),
      created_at: now,
    })
    .execute()
}

function requestHash(request: Request): string {
  const { file: _, ...input } = (request.input ?? {}) as Record<string, unknown>
  return sha256(`${request.name} ${canonicalJson(input)}`)
}

interface DatabaseError {
  code?: string
  constraint?: string
}

/** A refusal as it is, or one made of what the database refused; undefined for a bug. */
export function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const { code, constraint } = (error ?? {}) as DatabaseError
  // On Citus a constraint's name carries the number of its shard.
  const name = constraint?.replace(/_\d+$/, '')
  if (code === '23P01' && name === 'time_entries_no_overlap') {
    return new Problem(
      'time_overlaps',
      'This time overlaps another entry of the same person. Change the times or end the other entry first.',
    )
  }
  if (code === '23505' && name === 'timers_one_running') {
    return new Problem('timer_running', 'A timer of yours runs already. Stop it or switch it to this patient.')
  }
  if (code === '23505')
    return new Problem('conflict', 'Somebody did the same at the same time. Load the page again to see it.')
  return undefined
}

function isTransient(error: unknown): boolean {
  const { code } = (error ?? {}) as DatabaseError
  return code === '40001' || code === '40P01' || isOutdatedPlan(error)
}
