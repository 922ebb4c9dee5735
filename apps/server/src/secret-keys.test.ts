import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onPostgres } from '../test/support/store.ts'
import { ensureOrganization } from './cli/organization.ts'
import { readConfig } from './config.ts'
import { insertUser } from './features/users/index.ts'
import { newId } from './kernel/ids.ts'
import { Sealer } from './kernel/sealer.ts'
import { open } from './main.ts'
import { secretKeys } from './secret-keys.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwell-keys-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = (fill: number) => Buffer.alloc(32, fill)
const production = { KEEPWELL_ENV: 'production', DATABASE_URL: 'postgres://keepwell_app@host/keepwell' }

// The suites on PostgreSQL leave out what opens an embedded store.
test.skipIf(onPostgres)(
  'the start seals what an earlier version kept in the clear, and refuses another key',
  async () => {
    const config = readConfig({ KEEPWELL_DATA: join(folder, 'upgraded') })
    const id = newId()
    const before = await open(config, { migrate: true })
    await ensureOrganization(before.database, {}, new Date())
    const [tenantId = ''] = await before.app.organizations()
    await before.database.beforeTenant(async (db) => {
      const now = new Date()
      await insertUser(db, { id, tenantId, email: 'ada@example.org', passwordHash: null, now })
      await db.updateTable('auth.users').set({ totp_secret: 'JBSWY3DPEHPK3PXP' }).execute()
    })
    await before.close()

    const after = await open(config, { migrate: true })
    const { totp_secret: kept } = await after.database.beforeTenant((db) =>
      db.selectFrom('auth.users').select('totp_secret').executeTakeFirstOrThrow(),
    )
    await after.close()
    expect(kept).not.toContain('JBSWY3DPEHPK3PXP')
    expect(new Sealer(secretKeys(config)).open(kept ?? '', id)).toBe('JBSWY3DPEHPK3PXP')
    await expect(open({ ...config, secretKeys: [key(9)] }, { migrate: true })).rejects.toThrow('not at hand')
  },
  120_000,
)

describe('the key of a store', () => {
  test('is made once in the data folder, for the eyes of its owner alone', () => {
    const dataFolder = join(folder, 'new')
    const config = readConfig({ KEEPWELL_DATA: dataFolder })
    const [made] = secretKeys(config)
    expect(made).toHaveLength(32)
    expect(secretKeys(config)).toEqual([made])
    expect(statSync(join(dataFolder, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dataFolder, 'secret.key'), 'utf8').trim()).toBe(made?.toString('base64'))
    expect(secretKeys(readConfig({ KEEPWELL_DATA: join(folder, 'other') }))).not.toEqual([made])
  })

  test('that was spoiled is told by its file, and not replaced', () => {
    const config = { dataFolder: folder, secretKeys: null }
    writeFileSync(join(folder, 'secret.key'), '')
    expect(() => secretKeys(config)).toThrow(join(folder, 'secret.key'))
    expect(readFileSync(join(folder, 'secret.key'), 'utf8')).toBe('')
  })

  test('comes from the environment where it is set, the newest first', () => {
    const KEEPWELL_SECRET_KEY = [key(2), key(1)].map((one) => one.toString('base64')).join(', ')
    expect(secretKeys(readConfig({ KEEPWELL_SECRET_KEY }))).toEqual([key(2), key(1)])
    expect(() => readConfig({ KEEPWELL_SECRET_KEY: 'short' })).toThrow(
      'KEEPWELL_SECRET_KEY has to hold 32 random bytes',
    )
    expect(() => readConfig({ KEEPWELL_SECRET_KEY: `${key(1).toString('base64')},` })).toThrow('32 random bytes')
  })

  test('has to be given in production', () => {
    expect(() => readConfig(production)).toThrow('Production needs KEEPWELL_SECRET_KEY')
    expect(readConfig({ ...production, KEEPWELL_SECRET_KEY: key(1).toString('base64') }).secretKeys).toEqual([key(1)])
  })
})
