import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist'
import pg from 'pg'
import { connectMemory, connectPostgres } from '../../src/db/connect.ts'
import type { Database } from '../../src/db/database.ts'
import { migrate, migrations } from '../../src/db/migrate.ts'
import { newId, sha256 } from '../../src/kernel/ids.ts'

/**
 * A fresh migrated store for one test file: in memory, or a database of its own on the PostgreSQL of
 * TEST_DATABASE_URL (its owner) where the tests then connect as the role of TEST_APP_URL.
 */
export async function openStore(): Promise<Database> {
  const owner = process.env.TEST_DATABASE_URL
  return owner === undefined ? connectMemory(await migratedDump()) : openPostgres(owner)
}

/** True where the tests run on a PostgreSQL server: several connections, real locks. */
export const onPostgres = process.env.TEST_DATABASE_URL !== undefined

const cache = fileURLToPath(new URL('../../../../.cache/', import.meta.url))

/** The embedded store right after its migrations, kept on disk under the hash of their text. */
async function migratedDump(): Promise<Blob> {
  const key = sha256(
    migrations()
      .map((migration) => migration.sql)
      .join('\n'),
  ).slice(0, 16)
  const path = `${cache}migrated-${key}.tar`
  if (!existsSync(path)) {
    mkdirSync(cache, { recursive: true })
    const store = await PGlite.create({ extensions: { btree_gist } })
    const { Database } = await import('../../src/db/database.ts')
    const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
    const database = new Database('embedded', new pg.Pool({ ...createPgConfig(store), max: 1 } as pg.PoolConfig))
    await migrate(database)
    const dump = await store.dumpDataDir('none')
    // Several test files may do this at once; each writes its own and the last rename wins.
    const own = `${path}.${process.pid}`
    writeFileSync(own, Buffer.from(await dump.arrayBuffer()))
    renameSync(own, path)
    await database.close()
    await store.close()
  }
  return new Blob([readFileSync(path)])
}

async function openPostgres(ownerUrl: string): Promise<Database> {
  const name = `keepwell_test_${newId().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: ownerUrl })
  await admin.connect()
  await admin.query(`create database ${name}`)
  await admin.end()
  const ownDatabase = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).toString()
  const owner = connectPostgres(ownDatabase(ownerUrl), 1)
  await migrate(owner)
  await owner.close()
  const database = connectPostgres(ownDatabase(process.env.TEST_APP_URL ?? ownerUrl), 6)
  const close = database.close.bind(database)
  database.close = async () => {
    await close()
    const last = new pg.Client({ connectionString: ownerUrl })
    await last.connect()
    // Without force: it waits for backends that are leaving and sends the vacuum away, which an owner may not end.
    await last.query(`drop database if exists ${name}`)
    await last.end()
  }
  return database
}
