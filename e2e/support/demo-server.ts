import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    address: string
  }
}

const readyWithinMilliseconds = 10 * 60_000

/** Starts the product as a newcomer does, on a store of its own, and ends it after the last test. */
export default async function startDemo(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'keepwell-e2e-'))
  const port = await freePort()
  const root = join(import.meta.dirname, '../..')
  const server = spawn(process.execPath, [join(root, 'apps/server/src/cli.ts'), 'start'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      KEEPWELL_DATA: process.env.KEEPWELL_E2E_DATA ?? folder,
      DATABASE_URL: '',
      KEEPWELL_LOG: 'error',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const address = `http://localhost:${port}`
  await untilReady(address, () => server.exitCode)
  project.provide('address', address)
  return async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}

async function untilReady(address: string, exitCode: () => number | null): Promise<void> {
  const until = performance.now() + readyWithinMilliseconds
  while (performance.now() < until) {
    if (exitCode() !== null) throw new Error('The server ended before it was ready; see above.')
    const healthy = await fetch(`${address}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) return
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('The server was not ready in time.')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        address === null || typeof address === 'string' ? reject(new Error('no port')) : resolve(address.port),
      )
    })
  })
}
