import { AsyncLocalStorage } from 'node:async_hooks'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { assert } from '../kernel/problem.ts'
import { preparing } from './prepared.ts'
import type { DB } from './schema.gen.ts'

// Days stay 'YYYY-MM-DD' and counts stay numbers; the driver's defaults would make a Date of the
// machine's own zone of the first and a text of the second.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  assert(Number.isSafeInteger(value), 'a bigint of the database fits a number')
  return value
})

/** An open transaction of one tenant: the first argument of every store function. It is of no use after its end. */
export interface Tx {
  readonly db: Transaction<DB>
  readonly tenantId: string
}

export type StoreKind = 'embedded' | 'postgresql'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** Set while a transaction is open: the statements that open it. */
const open = new AsyncLocalStorage<string>()

/** Opens a transaction with the statements of its asker, in one message to the store. */
class OpeningDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(open.getStore() ?? 'begin'))
  }
}

class OpeningDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig
  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }
  override createDriver(): PostgresDriver {
    return new OpeningDriver(this.#config)
  }
}

/**
 * The one way to the data. PostgreSQL and the embedded store sit behind the same pool; no connection
 * is handed out except inside a transaction that has its role and its tenant set.
 */
export class Database {
  readonly kind: StoreKind
  readonly #pool: pg.Pool
  readonly #kysely: Kysely<DB>
  readonly #onClose: () => Promise<void>
  #ownRole: boolean | undefined

  constructor(kind: StoreKind, pool: pg.Pool, onClose: () => Promise<void> = async () => {}) {
    this.kind = kind
    this.#pool = pool
    this.#kysely = new Kysely<DB>({ dialect: new OpeningDialect({ pool: preparing(pool) }) })
    this.#onClose = onClose
  }

  /** Runs `work` in one transaction of one tenant under row-level security. Never nested: one connection may be all there is. */
  async withTenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    assert(uuid.test(tenantId), 'a tenant is named by its UUID')
    const setTenant = `SET LOCAL app.tenant_id = '${tenantId}'`
    // The embedded store takes all that opens a transaction at once; it would cost a third of a small deed otherwise.
    if (this.kind === 'embedded')
      return this.#transaction((db) => work({ db, tenantId }), ['begin', 'SET LOCAL ROLE keepwell_app', setTenant])
    return this.#transaction(async (db) => {
      // A literal, alone in its statement: Citus carries it to its workers only so. The pattern above makes it safe.
      await sql.raw(setTenant).execute(db)
      return work({ db, tenantId })
    })
  }

  /** For sign-in alone, before a tenant is known: tenant tables answer nothing here. */
  async beforeTenant<T>(work: (db: Transaction<DB>) => Promise<T>): Promise<T> {
    return this.#transaction(work)
  }

  async #transaction<T>(work: (db: Transaction<DB>) => Promise<T>, opening?: string[]): Promise<T> {
    assert(open.getStore() === undefined, 'a transaction is never opened inside another')
    const first =
      opening ?? ((await this.#connectsAsApplication()) ? ['begin'] : ['begin', 'SET LOCAL ROLE keepwell_app'])
    return open.run(first.join('; '), () => this.#kysely.transaction().execute(work))
  }

  async #connectsAsApplication(): Promise<boolean> {
    if (this.#ownRole === undefined) {
      const answer = await this.#pool.query<{ name: string }>('select current_user as name')
      this.#ownRole = answer.rows[0]?.name === 'keepwell_app'
    }
    return this.#ownRole
  }

  /** What production must know of the role that it connects as. */
  async connectedRole(): Promise<{ name: string; superuser: boolean; bypassesRowSecurity: boolean }> {
    const answer = await this.#pool.query(
      'select rolname as name, rolsuper as superuser, rolbypassrls as "bypassesRowSecurity" from pg_roles where rolname = current_user',
    )
    return answer.rows[0]
  }

  /** The pool itself, for migrations, the schema generator and `fsck` only. */
  get ownerPool(): pg.Pool {
    return this.#pool
  }

  async close(): Promise<void> {
    await this.#kysely.destroy()
    // Kysely ends only a pool that it has used itself; migrations use the pool alone.
    if (!this.#pool.ended) await this.#pool.end()
    await this.#onClose()
  }
}

/** A value for a jsonb column. The driver would make a PostgreSQL array of a JavaScript one. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}
