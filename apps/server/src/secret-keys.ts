import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, parseSecretKeys } from './config.ts'
import { keyBytes } from './kernel/sealer.ts'

/**
 * The keys that seal the store's secrets: those of the environment, otherwise one in the data folder, made at the first
 * start and readable by its owner alone. @throws Error with a plain sentence where that file holds no key
 */
export function secretKeys(config: Pick<Config, 'secretKeys' | 'dataFolder'>): readonly Buffer[] {
  if (config.secretKeys !== null) return config.secretKeys
  const path = join(config.dataFolder, 'secret.key')
  mkdirSync(config.dataFolder, { recursive: true })
  try {
    writeFileSync(path, `${randomBytes(keyBytes).toString('base64')}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return parseSecretKeys(readFileSync(path, 'utf8'), path)
}
