import { allEndpoints, type OutputOf, type SendOf, type Spec } from '@keepwell/contract'
import type { FastifyInstance } from 'fastify'
import { perform, type Runner } from './action/action.ts'
import type { SignedIn } from './action/open-action.ts'
import { parseInput } from './action/parse-input.ts'
import type { Database } from './db/database.ts'
import { handlers } from './features/handlers.ts'
import { isLocked, noteActivity, readHomeClinic, readSession, readStaff } from './features/users/index.ts'
import { createServer } from './http/server.ts'
import { type SessionReader, tokenHashOf } from './http/session.ts'
import type { Actor } from './kernel/actor.ts'
import type { Clock } from './kernel/clock.ts'
import { assert } from './kernel/problem.ts'
import type { Sealer } from './kernel/sealer.ts'
import type { Outside } from './outside/outside.ts'

export interface AppParts {
  database: Database
  clock: Clock
  outside: Outside
  sealer: Sealer
  webFolder?: string | null
  secure?: boolean
  logLevel?: string
  publicRequestsPerMinute?: number
}

/** The application: the same deeds behind HTTP, the command line, the jobs and the demo's history. */
export class App {
  readonly runner: Runner
  readonly #parts: AppParts

  constructor(parts: AppParts) {
    this.#parts = parts
    const { database, clock, outside, sealer } = parts
    this.runner = { database, clock, outside, sealer }
  }

  /** Performs a deed of the contract in this process, as if it had come over HTTP. */
  async act<E extends { readonly spec: Spec }>(
    endpoint: E,
    actor: Actor,
    input: SendOf<E>,
    options: { clock?: Clock; dryRun?: boolean; idempotencyKey?: string } = {},
  ): Promise<OutputOf<E>> {
    const name = nameOf(endpoint)
    const handler = handlers[name]
    assert(handler !== undefined && handler.kind !== 'open', `${name} is a deed with a tenant`)
    const { clock, ...rest } = options
    const runner = clock === undefined ? this.runner : { ...this.runner, clock }
    const given = input as { params?: unknown; query?: unknown; body?: unknown; file?: unknown }
    const parsed = { ...parseInput(endpoint.spec, given), ...(given.file === undefined ? {} : { file: given.file }) }
    return (await perform(runner, handler, actor, { name, input: parsed, source: 'process', ...rest })) as OutputOf<E>
  }

  /** The person as an actor, with the seats and the clinic of now. */
  async actorOf(tenantId: string, staffId: string): Promise<Actor> {
    return this.#parts.database.withTenant(tenantId, async (tx) => {
      const staff = await readStaff(tx, staffId)
      const clinic = await readHomeClinic(tx, staffId)
      assert(staff !== undefined && clinic !== undefined, `there is a person ${staffId} with a clinic`)
      return { id: staff.id, name: staff.name, roles: staff.roles, tenantId, clinic, system: false }
    })
  }

  /** The system itself, for jobs and the command line. */
  async systemActor(tenantId: string): Promise<Actor> {
    const clinic = await this.#parts.database.withTenant(tenantId, (tx) => readHomeClinic(tx, null))
    assert(clinic !== undefined, 'the organization has a clinic')
    return { id: null, name: 'Keepwell', roles: [], tenantId, clinic, system: true }
  }

  /** The organizations of this store. */
  async organizations(): Promise<string[]> {
    return this.#parts.database.beforeTenant(async (db) => {
      const rows = await db.selectFrom('auth.organizations').select('id').orderBy('created_at').limit(10_000).execute()
      return rows.map((row) => row.id)
    })
  }

  server(): Promise<FastifyInstance> {
    return createServer({
      runner: this.runner,
      handlers,
      sessions: sessionReader(this.#parts.database),
      webFolder: this.#parts.webFolder ?? null,
      secure: this.#parts.secure ?? false,
      logLevel: this.#parts.logLevel ?? 'silent',
      publicRequestsPerMinute: this.#parts.publicRequestsPerMinute ?? 60,
    })
  }
}

const names = new Map(allEndpoints().map(({ name, endpoint }) => [endpoint as { readonly spec: Spec }, name]))

function nameOf(endpoint: { readonly spec: Spec }): string {
  const name = names.get(endpoint)
  assert(name !== undefined, 'the endpoint is in the contract')
  return name
}

/** Sessions are read from the database and remembered for two seconds: a deactivation works within five (SEC-08). */
function sessionReader(database: Database): SessionReader {
  const rememberedMilliseconds = 2000
  const remembered = new Map<string, { until: number; signedIn: SignedIn | null }>()
  return {
    async read(token, now, active) {
      const hash = tokenHashOf(token)
      const known = remembered.get(hash)
      if (known !== undefined && known.until > now.getTime() && known.until - now.getTime() <= rememberedMilliseconds)
        return known.signedIn
      const signedIn = await readSignedIn(database, hash, now, active)
      if (remembered.size > 10_000) remembered.clear()
      remembered.set(hash, { until: now.getTime() + rememberedMilliseconds, signedIn })
      return signedIn
    },
    forget(token) {
      remembered.delete(tokenHashOf(token))
    },
  }
}

async function readSignedIn(
  database: Database,
  tokenHash: string,
  now: Date,
  active: boolean,
): Promise<SignedIn | null> {
  const session = await database.beforeTenant(async (db) => {
    const found = await readSession(db, tokenHash)
    if (found === undefined || found.expiresAt <= now) return undefined
    if (active && !isLocked(found, now)) await noteActivity(db, tokenHash, now)
    return found
  })
  if (session === undefined) return null
  const who = await database.withTenant(session.tenantId, async (tx) => ({
    staff: await readStaff(tx, session.userId),
    clinic: await readHomeClinic(tx, session.userId),
  }))
  if (who.staff === undefined || !who.staff.active || who.clinic === undefined) return null
  return {
    actor: {
      id: who.staff.id,
      name: who.staff.name,
      roles: who.staff.roles,
      tenantId: session.tenantId,
      clinic: who.clinic,
      system: false,
    },
    userId: session.userId,
    tokenHash,
    email: session.email,
    organization: session.organization,
    demo: session.demo,
    locked: isLocked(session, now),
    secondFactor: session.secondFactor,
    secondFactorConfirmed: session.totpConfirmed,
  }
}
