import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keyBytes } from './kernel/sealer.ts'

/** Everything that the environment can set, read once. Each key stands here with what it does. */
export interface Config {
  /** PORT: where the server listens; 3000. */
  port: number
  /** HOST: the address it listens on; 127.0.0.1, and 0.0.0.0 in production behind a proxy. */
  host: string
  /** DATABASE_URL: a PostgreSQL 15 or newer; without it the embedded store is used. */
  databaseUrl: string | null
  /** DATABASE_OWNER_URL: who migrates, where that is not the role that serves. */
  databaseOwnerUrl: string | null
  /** KEEPWELL_DATA: the embedded store's folder; `.keepwell` in the checkout. */
  dataFolder: string
  /**
   * KEEPWELL_SECRET_KEY: what seals the second factors' secrets, 32 random bytes in base64 (`openssl rand -base64 32`);
   * several after commas: the first seals, all of them open. Null: the key is `secret.key` in the data folder.
   */
  secretKeys: readonly Buffer[] | null
  /** KEEPWELL_ENV=production: refuses the embedded store, a superuser and plain connections. */
  production: boolean
  /** KEEPWELL_LOG: fatal, error, warn, info or debug; warn. */
  logLevel: string
  /** KEEPWELL_SFTP_PASSWORD or KEEPWELL_SFTP_KEY_FILE: the secret for the claim drop; host and folder are the other keys. */
  sftp: SftpConfig | null
  /** KEEPWELL_EHR_URL: the FHIR base address to which documents are written; without it they stay queued outside the demo. */
  ehrUrl: string | null
  /** KEEPWELL_EHR_TOKEN: a bearer token for it. */
  ehrToken: string | null
  /** KEEPWELL_ELIGIBILITY_URL: where 270s are posted and 271s come back; without it the demo's simulator answers. */
  eligibilityUrl: string | null
  /** KEEPWELL_ELIGIBILITY_AUTHORIZATION: the Authorization header for it, such as `Bearer …`. */
  eligibilityAuthorization: string | null
}

export interface SftpConfig {
  host: string
  port: number
  user: string
  password: string | null
  privateKeyFile: string | null
  /** The server's key fingerprint (SHA-256, base64), pinned. */
  hostKeySha256: string | null
  outFolder: string
  inFolder: string
}

export const projectFolder = fileURLToPath(new URL('../../../', import.meta.url))

/** @throws Error with a plain sentence where a key does not fit, before anything starts. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const production = environment.KEEPWELL_ENV === 'production'
  const config: Config = {
    port: portOf(environment.PORT),
    host: environment.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: environment.DATABASE_URL || null,
    databaseOwnerUrl: environment.DATABASE_OWNER_URL || null,
    dataFolder: environment.KEEPWELL_DATA || join(projectFolder, '.keepwell'),
    secretKeys: environment.KEEPWELL_SECRET_KEY
      ? parseSecretKeys(environment.KEEPWELL_SECRET_KEY, 'KEEPWELL_SECRET_KEY')
      : null,
    production,
    logLevel: environment.KEEPWELL_LOG ?? 'warn',
    sftp: sftpOf(environment),
    ehrUrl: environment.KEEPWELL_EHR_URL || null,
    ehrToken: environment.KEEPWELL_EHR_TOKEN || null,
    eligibilityUrl: environment.KEEPWELL_ELIGIBILITY_URL || null,
    eligibilityAuthorization: environment.KEEPWELL_ELIGIBILITY_AUTHORIZATION || null,
  }
  if (production && config.databaseUrl === null) {
    throw new Error('Production needs DATABASE_URL: the embedded store is for evaluation, not for patients.')
  }
  if (production && config.secretKeys === null) {
    throw new Error(
      'Production needs KEEPWELL_SECRET_KEY: 32 random bytes in base64, as `openssl rand -base64 32` prints them.',
    )
  }
  return config
}

/** Keys in base64, separated by commas. @throws Error naming their source where one has not its 32 bytes */
export function parseSecretKeys(text: string, source: string): Buffer[] {
  const keys = text.split(',').map((key) => Buffer.from(key.trim(), 'base64'))
  if (keys.some(({ length }) => length !== keyBytes)) {
    throw new Error(`${source} has to hold 32 random bytes in base64, as \`openssl rand -base64 32\` prints them.`)
  }
  return keys
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 3000
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is ${text}; it has to be a number from 0 to 65535.`)
  return port
}

function sftpOf(environment: NodeJS.ProcessEnv): SftpConfig | null {
  const host = environment.KEEPWELL_SFTP_HOST
  if (!host) return null
  return {
    host,
    port: Number(environment.KEEPWELL_SFTP_PORT ?? 22),
    user: environment.KEEPWELL_SFTP_USER ?? 'keepwell',
    password: environment.KEEPWELL_SFTP_PASSWORD ?? null,
    privateKeyFile: environment.KEEPWELL_SFTP_KEY_FILE ?? null,
    hostKeySha256: environment.KEEPWELL_SFTP_HOST_KEY ?? null,
    outFolder: environment.KEEPWELL_SFTP_OUT ?? 'out',
    inFolder: environment.KEEPWELL_SFTP_IN ?? 'in',
  }
}
