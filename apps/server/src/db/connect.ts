import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import { Database } from './database.ts'
import { StoreInUse } from './store-in-use.ts'

/** Connects to a PostgreSQL by its URL. `max` is the pool's size. */
export function connectPostgres(url: string, max = 8): Database {
  const pool = new pg.Pool({ connectionString: url, max, application_name: 'keepwell' })
  // An idle connection that the server closes must not end the process; the pool opens another.
  pool.on('error', () => {})
  return new Database('postgresql', pool)
}

/** The embedded store in memory, from a dump of a migrated store when given. For tests and the generator. */
export async function connectMemory(dump?: Blob): Promise<Database> {
  const store = await PGlite.create({ extensions: { btree_gist }, ...(dump ? { loadDataDir: dump } : {}) })
  return overPglite(store, async () => {})
}

/** The embedded store in a folder; refuses a folder that another process holds, because two would lose data silently. */
export async function connectEmbedded(folder: string): Promise<Database> {
  const home = resolve(folder)
  mkdirSync(home, { recursive: true })
  const release = holdLock(join(home, 'store.lock'))
  try {
    const store = await PGlite.create(join(home, 'store'), { extensions: { btree_gist } })
    return overPglite(store, async () => release())
  } catch (error) {
    release()
    throw error
  }
}

function overPglite(store: PGlite, after: () => Promise<void>): Database {
  const config = createPgConfig(answeringAtOnce(store) as PGlite)
  const pool = new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 0 } as pg.PoolConfig)
  return new Database('embedded', pool, async () => {
    await store.close()
    await after()
  })
}

/** Parse, bind, describe, execute and close: the server answers them when the sync that follows has arrived. */
const waitsForSync = new Set([...'PBDEC'].map((letter) => letter.charCodeAt(0)))

/**
 * The store as the driver speaks to it, but a statement's messages go in together, as they would over a socket.
 * The driver's adapter would enter the database once for each of the five.
 */
function answeringAtOnce(store: PGlite): Pick<PGlite, 'waitReady' | 'execProtocolStream'> {
  let waiting: Uint8Array[] = []
  return {
    waitReady: store.waitReady,
    async execProtocolStream(message, options) {
      waiting.push(message)
      if (waitsForSync.has(message[0] ?? 0)) return []
      const messages = waiting
      waiting = []
      return store.execProtocolStream(messages.length === 1 ? message : Buffer.concat(messages), options)
    },
  }
}

/** Takes the lock file or says who holds it. A lock of a process that no longer lives is taken over. */
function holdLock(path: string): () => void {
  if (existsSync(path)) {
    const pid = Number(readFileSync(path, 'utf8').trim())
    if (pid !== process.pid && isAlive(pid)) {
      throw new StoreInUse(
        `The embedded store is in use by process ${pid}. Stop it first, or set KEEPWELL_DATA to another folder.`,
      )
    }
    rmSync(path, { force: true })
  }
  const file = openSync(path, 'wx')
  writeSync(file, String(process.pid))
  closeSync(file)
  return () => rmSync(path, { force: true })
}

export { StoreInUse }

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
