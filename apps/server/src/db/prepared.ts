import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'
import { assert } from '../kernel/problem.ts'

/** So many different statements stay prepared on a connection; the others are planned each time. */
const mostPrepared = 1000

/**
 * The pool, with each statement that comes a second time prepared under a name, so that the database reads, rewrites and
 * plans it once a connection instead of each time. Statements that are written only once take no name away.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Names()
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect()
      const known = clients.get(client)
      if (known !== undefined) return known
      const made = preparingClient(client, names)
      clients.set(client, made)
      return made
    },
  }
}

function preparingClient(client: pg.PoolClient, names: Names): PostgresPoolClient {
  async function ask<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const name = values.length === 0 ? undefined : names.of(text)
    if (name === undefined) return resultOf(await client.query(text, [...values]))
    try {
      return resultOf(await client.query({ name, text, values: [...values] }))
    } catch (error) {
      if (isOutdatedPlan(error)) names.forget(text)
      throw error
    }
  }
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  function query<R>(
    given: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    assert(typeof given === 'string', 'rows are read at once, never through a cursor')
    return ask(given, values)
  }
  return { query, release: (destroy) => client.release(destroy === true) }
}

function resultOf<R>({ command, rowCount, rows }: pg.QueryResult): PostgresQueryResult<R> {
  return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows }
}

/** Names of statements: none the first time, then always the same. */
class Names {
  readonly #names = new Map<string, string | null>()
  #given = 0

  of(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known === undefined) {
      if (this.#names.size >= mostPrepared * 4) this.#forgetUnnamed()
      this.#names.set(text, null)
      return undefined
    }
    if (known !== null) return known
    if (this.#given >= mostPrepared) return undefined
    const name = `keepwell_${++this.#given}`
    this.#names.set(text, name)
    return name
  }

  forget(text: string): void {
    this.#names.set(text, null)
  }

  #forgetUnnamed(): void {
    for (const [text, name] of this.#names) if (name === null) this.#names.delete(text)
  }
}

/** A migration changed the columns of a prepared statement: it has to be prepared anew, under another name. */
export function isOutdatedPlan(error: unknown): boolean {
  const { code, routine } = (error ?? {}) as { code?: string; routine?: string }
  return code === '0A000' && routine === 'RevalidateCachedQuery'
}
