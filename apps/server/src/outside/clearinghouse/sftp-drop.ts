import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import SftpClient from 'ssh2-sftp-client'
import type { SftpConfig } from '../../config.ts'
import { type ClaimDrop, UnclearDelivery } from './claim-drop.ts'

const timeoutMilliseconds = 20_000
const filesAtMost = 200
const bytesAtMost = 50 * 1024 * 1024

/** A clearinghouse's SFTP mailbox. A file is written under a temporary name and renamed, so that nobody reads half of one. */
export function sftpDrop(config: SftpConfig): ClaimDrop {
  return {
    name: `sftp ${config.host}`,
    pauseSeconds: 120,
    put: (name, content) =>
      connected(config, async (client) => {
        const path = posix.join(config.outFolder, name)
        if (await liesThere(client, path, content)) return { alreadyThere: true }
        await client.put(Buffer.from(content), `${path}.part`)
        await client.rename(`${path}.part`, path).catch((cause: Error) => {
          throw new UnclearDelivery(`The connection broke while ${name} was being put in place.`, { cause })
        })
        return { alreadyThere: false }
      }),
    find: (name, content) =>
      connected(config, async (client) => {
        const path = posix.join(config.outFolder, name)
        if (await liesThere(client, path, content)) return 'there'
        // What was left half written was never put in place. Otherwise the clearinghouse may have fetched the file already.
        return (await client.exists(`${path}.part`)) ? 'not_there' : 'unknown'
      }),
    collect: () =>
      connected(config, async (client) => {
        const listed = await client.list(config.inFolder)
        const files = listed
          .filter((file) => file.type === '-' && file.size <= bytesAtMost && !file.name.endsWith('.taken'))
          .slice(0, filesAtMost)
        const collected: { name: string; content: string }[] = []
        for (const file of files) {
          const content = (await client.get(posix.join(config.inFolder, file.name))) as Buffer
          collected.push({ name: file.name, content: content.toString('utf8') })
        }
        return collected
      }),
    taken: (name) =>
      connected(config, async (client) => {
        const path = posix.join(config.inFolder, posix.basename(name))
        await client.rename(path, `${path}.taken`)
      }),
  }
}

async function liesThere(client: SftpClient, path: string, content: string): Promise<boolean> {
  if (!(await client.exists(path))) return false
  const there = (await client.get(path)) as Buffer
  if (there.toString('utf8') !== content)
    throw new Error(`A different file named ${posix.basename(path)} lies in the mailbox already.`)
  return true
}

async function connected<T>(config: SftpConfig, work: (client: SftpClient) => Promise<T>): Promise<T> {
  const client = new SftpClient()
  try {
    await client.connect({
      host: config.host,
      port: config.port,
      username: config.user,
      readyTimeout: timeoutMilliseconds,
      ...(config.password === null ? {} : { password: config.password }),
      ...(config.privateKeyFile === null ? {} : { privateKey: readFileSync(config.privateKeyFile) }),
      // The server's key is pinned where its fingerprint is known: a claim never goes to a stranger.
      ...(config.hostKeySha256 === null
        ? {}
        : {
            hostVerifier: (key: Buffer) =>
              createHash('sha256').update(key).digest('base64').replace(/=+$/, '') ===
              config.hostKeySha256?.replace(/=+$/, ''),
          }),
    })
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
