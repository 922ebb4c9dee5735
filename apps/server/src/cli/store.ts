import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { isTimeZone } from '@keepwell/rules'
import type { Config } from '../config.ts'
import { isDemoStore } from '../demo/demo-clock.ts'
import { seedDemo } from '../demo/seed.ts'
import { jobs } from '../features/jobs.ts'
import { startWorker } from '../jobs/worker.ts'
import { compose, type Opened, open, serve } from '../main.ts'
import { type Command, UsageError } from './commands.ts'
import { ensureOrganization, listOrganizations, whichClinic } from './organization.ts'
import { print, say } from './output.ts'

export const start: Command = {
  takes: '',
  does: 'Serves the product and does its jobs. An empty store outside production becomes the demo clinic.',
  async run({ config }) {
    const opened = await withDemoIfEmpty(config, await open(config, { migrate: !config.production }))
    const serving = await serve(opened, config)
    await announce(opened, config)
    await untilAsked()
    await serving.stop()
    return 0
  },
}

export const prepare: Command = {
  takes: '',
  does: 'Makes the store ready to serve without serving: migrates, and fills an empty one with the demo.',
  async run({ config }) {
    const opened = await withDemoIfEmpty(config, await open(config, { migrate: !config.production }))
    await opened.close()
    return 0
  },
}

export const work: Command = {
  takes: '',
  does: 'Does the jobs alone, beside servers that only serve (PostgreSQL).',
  async run({ config }) {
    if (config.databaseUrl === null)
      throw new UsageError('The embedded store belongs to one process: keepwell start does the jobs there.')
    const opened = await open(config, { migrate: false })
    const worker = startWorker(opened.app, jobs, 1000, (job, error) => say(`${job}: ${error.message}`))
    say('Working. Stop with Ctrl+C.')
    await untilAsked()
    await worker.stop()
    await opened.close()
    return 0
  },
}

export const migrate: Command = {
  takes: '[--organization NAME] [--clinic NAME] [--time-zone ZONE]',
  does: 'Brings the schema up to date; an empty store gets one organization with one clinic.',
  options: { ...whichClinic, 'time-zone': { type: 'string' } },
  async run({ config, options, json }) {
    const timeZone = options['time-zone']
    if (typeof timeZone === 'string' && !isTimeZone(timeZone))
      throw new UsageError(`“${timeZone}” is not a time zone such as America/New_York.`)
    const opened = await open(config, { migrate: true })
    try {
      const made = await ensureOrganization(
        opened.database,
        {
          ...(typeof options.organization === 'string' ? { organization: options.organization } : {}),
          ...(typeof options.clinic === 'string' ? { clinic: options.clinic } : {}),
          ...(typeof timeZone === 'string' ? { timeZone } : {}),
        },
        opened.app.runner.clock.now(),
      )
      const organizations = await listOrganizations(opened.database)
      print(json, { migrations: opened.migrated, organizations, created: made }, () => [
        opened.migrated.length === 0 ? 'The schema is up to date.' : `Ran ${opened.migrated.length} migrations.`,
        made
          ? 'Made one organization with one clinic. Add the first person: keepwell add-user'
          : `The store holds ${organizations.length} organization(s).`,
      ])
      return 0
    } finally {
      await opened.close()
    }
  },
}

export const demo: Command = {
  takes: '',
  does: 'Makes fresh demo data. Refuses a store that holds anything but the demo.',
  async run({ config, json }) {
    if (config.production) throw new UsageError('There is no demo clinic in production.')
    const opened = await open(config, { migrate: true })
    const organizations = await listOrganizations(opened.database)
    if (organizations.length > 0 && !(await isDemoStore(opened.database))) {
      await opened.close()
      throw new UsageError(
        'This store holds an organization that is not the demo clinic; nothing was changed. Set KEEPWELL_DATA to another folder.',
      )
    }
    const fresh = await emptied(config, opened)
    try {
      const summary = await seedDemo(fresh.database, fresh.app.runner.sealer, say)
      print(json, summary, () => [`The demo clinic is ready: ${summary.patients} patients.`])
      return 0
    } finally {
      await fresh.close()
    }
  },
}

async function emptied(config: Config, opened: Opened): Promise<Opened> {
  if (config.databaseUrl === null) {
    await opened.close()
    rmSync(join(config.dataFolder, 'store'), { recursive: true, force: true })
  } else {
    await opened.database.ownerPool.query(
      'drop schema if exists auth cascade; drop schema public cascade; create schema public',
    )
    await opened.close()
  }
  return open(config, { migrate: true })
}

async function withDemoIfEmpty(config: Config, opened: Opened): Promise<Opened> {
  if (config.production || (await listOrganizations(opened.database)).length > 0) return opened
  say('The store is empty: making the demo clinic.')
  await seedDemo(opened.database, opened.app.runner.sealer, say)
  return { ...(await compose(config, opened.database)), migrated: opened.migrated }
}

async function announce({ demo, database }: Opened, config: Config): Promise<void> {
  const address = `http://localhost:${config.port}`
  say('')
  say(`Keepwell is open at ${address}`)
  if (demo) {
    say('This is the demo clinic with made-up patients. Step into any seat with one click:')
    say('  front desk, care manager, provider, biller, CCM manager, on call, administrator.')
  } else if ((await listOrganizations(database)).length === 0) {
    say('The store is empty. Run: keepwell migrate, then keepwell add-user')
  }
  if (database.kind === 'embedded') {
    say('The embedded store is for evaluation. For patients, set DATABASE_URL to a PostgreSQL 15 or newer.')
  }
  say('Stop with Ctrl+C.')
}

function untilAsked(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
