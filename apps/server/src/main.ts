import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { App } from './app.ts'
import { type Config, projectFolder } from './config.ts'
import { connectEmbedded, connectPostgres } from './db/connect.ts'
import type { Database } from './db/database.ts'
import { migrate } from './db/migrate.ts'
import { demoClock, isDemoStore, rememberDemoClock } from './demo/demo-clock.ts'
import { jobs } from './features/jobs.ts'
import { sealSecondFactors } from './features/users/index.ts'
import { startWorker, type Worker } from './jobs/worker.ts'
import { systemClock } from './kernel/clock.ts'
import { Sealer } from './kernel/sealer.ts'
import { outsideParties } from './outside/parties.ts'
import { secretKeys } from './secret-keys.ts'

/** The opened parts of the product, before anything is served. */
export interface Opened {
  /** The migrations that ran on opening. */
  migrated: string[]
  app: App
  database: Database
  demo: boolean
  close(): Promise<void>
}

/** Opens the store, brings its schema up to date and composes the application. The only place that knows every part. */
export async function open(config: Config, options: { migrate: boolean }): Promise<Opened> {
  const database =
    config.databaseUrl === null ? await connectEmbedded(config.dataFolder) : connectPostgres(config.databaseUrl)
  try {
    const migrated = options.migrate ? await migrateAsOwner(config, database) : []
    if (!(await isMigrated(database))) throw new Error('The store has no tables yet. Run: keepwell migrate')
    if (config.production) await refuseUnsafe(database)
    const composed = await compose(config, database)
    await sealSecondFactors(database, composed.app.runner.sealer)
    return { ...composed, migrated }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Composes the application over an open store. */
export async function compose(config: Config, database: Database): Promise<Omit<Opened, 'migrated'>> {
  const demo = await isDemoStore(database)
  const clock = demo ? await demoClock(database) : systemClock
  const app = new App({
    database,
    clock,
    outside: outsideParties(config, demo, database, clock),
    sealer: new Sealer(secretKeys(config)),
    webFolder: builtWebFolder(),
    secure: config.production,
    logLevel: config.logLevel,
  })
  return { app, database, demo, close: () => database.close() }
}

async function isMigrated(database: Database): Promise<boolean> {
  const { rows } = await database.ownerPool.query<{ there: boolean }>(
    "select to_regclass('auth.organizations') is not null as there",
  )
  return rows[0]?.there === true
}

/** Migrates as the owner where one is named, else as the role that serves. */
async function migrateAsOwner(config: Config, database: Database): Promise<string[]> {
  if (config.databaseOwnerUrl === null) return migrate(database)
  const owner = connectPostgres(config.databaseOwnerUrl, 1)
  try {
    return await migrate(owner)
  } finally {
    await owner.close()
  }
}

async function refuseUnsafe(database: Database): Promise<void> {
  const role = await database.connectedRole()
  if (role.superuser || role.bypassesRowSecurity) {
    throw new Error(
      `Production refuses the database role ${role.name}: it could see past row-level security. Connect as keepwell_app.`,
    )
  }
  if (await isDemoStore(database)) {
    throw new Error('Production refuses the demo clinic: its seats open without a password. Use an empty database.')
  }
}

function builtWebFolder(): string | null {
  const folder = join(projectFolder, 'apps/web/dist')
  return existsSync(join(folder, 'index.html')) ? folder : null
}

export interface Serving {
  server: FastifyInstance
  worker: Worker
  address: string
  stop(): Promise<void>
}

const roundMilliseconds = 1000
const clockMilliseconds = 10_000

/** Serves and works in one process until stopped. */
export async function serve(opened: Opened, config: Config): Promise<Serving> {
  const server = await opened.app.server()
  const address = await server.listen({ port: config.port, host: config.host })
  const worker = startWorker(opened.app, jobs, roundMilliseconds, (job, error) =>
    server.log.error({ job, name: error.name, message: error.message }, 'job failed'),
  )
  const clockKeeper = setInterval(() => {
    if (opened.demo) void rememberDemoClock(opened.database, opened.app.runner.clock.now()).catch(() => {})
  }, clockMilliseconds)
  clockKeeper.unref()
  return {
    server,
    worker,
    address,
    async stop() {
      clearInterval(clockKeeper)
      await server.close()
      await worker.stop()
      if (opened.demo) await rememberDemoClock(opened.database, opened.app.runner.clock.now())
      await opened.close()
    },
  }
}
