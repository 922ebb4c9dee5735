import type { Database } from '../db/database.ts'
import { insertClinic } from '../features/clinics/index.ts'
import type { Actor } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import { type Opened, open } from '../main.ts'
import { type CommandInput, UsageError } from './commands.ts'

/** The options by which a command chooses among several organizations and clinics. */
export const whichClinic = { organization: { type: 'string' }, clinic: { type: 'string' } } as const

/** Opens the store for one command, finds the organization and clinic it is about, and closes it again. */
export async function withClinic(
  input: CommandInput,
  work: (opened: Opened, actor: Actor) => Promise<number>,
): Promise<number> {
  const opened = await open(input.config, { migrate: input.config.databaseUrl === null })
  try {
    return await work(opened, await chosenActor(opened, input))
  } finally {
    await opened.close()
  }
}

async function chosenActor({ app, database }: Opened, { options }: CommandInput): Promise<Actor> {
  const organizations = await listOrganizations(database)
  const organization = choose(organizations, options.organization, 'organization')
  const clinics = await database.withTenant(organization.id, (tx) =>
    tx.db
      .selectFrom('clinics')
      .select(['id', 'name', 'time_zone', 'phone'])
      .where('tenant_id', '=', tx.tenantId)
      .orderBy('created_at')
      .limit(500)
      .execute(),
  )
  const clinic = choose(clinics, options.clinic, 'clinic')
  const actor = await app.systemActor(organization.id)
  return { ...actor, clinic: { id: clinic.id, name: clinic.name, timeZone: clinic.time_zone, phone: clinic.phone } }
}

function choose<T extends { id: string; name: string }>(candidates: T[], wanted: unknown, what: string): T {
  const fitting =
    wanted === undefined ? candidates : candidates.filter(({ id, name }) => id === wanted || name === wanted)
  const [first] = fitting
  if (first === undefined) {
    throw new UsageError(
      candidates.length === 0
        ? `The store has no ${what} yet. Run: keepwell migrate`
        : `There is no ${what} “${String(wanted)}”.`,
    )
  }
  if (fitting.length > 1)
    throw new UsageError(`There are several: choose one with --${what}: ${fitting.map(({ name }) => name).join(', ')}`)
  return first
}

export async function listOrganizations(database: Database): Promise<{ id: string; name: string }[]> {
  return database.beforeTenant((db) =>
    db.selectFrom('auth.organizations').select(['id', 'name']).orderBy('created_at').limit(10_000).execute(),
  )
}

/** Makes an empty store ready: one organization with one clinic, where none exists. Answers whether it made them. */
export async function ensureOrganization(
  database: Database,
  names: { organization?: string; clinic?: string; timeZone?: string },
  now: Date,
): Promise<boolean> {
  const organizations = await listOrganizations(database)
  if (organizations.length > 0) return false
  const tenantId = newId()
  await database.beforeTenant(async (db) => {
    await db
      .insertInto('auth.organizations')
      .values({ id: tenantId, name: names.organization ?? 'My organization', created_at: now })
      .execute()
  })
  await database.withTenant(tenantId, async (tx) => {
    await insertClinic(
      tx,
      {
        id: newId(),
        name: names.clinic ?? 'My clinic',
        timeZone: names.timeZone ?? 'America/New_York',
        phone: '',
        afterHoursPhone: null,
        npi: null,
        taxId: null,
        taxonomy: null,
        address: { lines: [], city: '', state: '', zip: '' },
        locality: null,
        placeOfService: '11',
        access24x7AttestedOn: null,
      },
      now,
    )
  })
  return true
}
