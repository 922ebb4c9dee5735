// `npm test`: everything that can run on a bare machine, then one line: N passed, N failed.
// `npm test -- slices` runs one group: types, lint, imports, generated, units, slices, web, browser.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildWeb, environment, install, node, root } from './ground.mjs'

install()
const env = {
  ...environment(),
  CI: process.env.CI ?? '',
  KEEPWELL_LOG: process.env.KEEPWELL_LOG ?? 'silent',
  NO_COLOR: '1',
}
const reports = join(root, '.cache', 'reports')
mkdirSync(reports, { recursive: true })

/** A tool that prints a line `ok …` or `FAILED …` for each thing it checked. */
function tool(title, args) {
  console.log(`\n== ${title}`)
  const { status, stdout, stderr } = spawnSync(node(), args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28 })
  process.stdout.write(stdout + (status === 0 ? '' : stderr))
  const lines = stdout.split('\n')
  const failed = lines.filter((line) => line.startsWith('FAILED ')).length
  const passed = lines.filter((line) => line.startsWith('ok ')).length
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed }
}

/** Vitest, counted from its own report; a run that breaks before it reports is one failure. */
async function suite(title, args, more = {}) {
  console.log(`\n== ${title}`)
  const report = join(reports, `${title.replace(/\W+/g, '-')}.json`)
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const status = await new Promise((resolve) => {
    const child = spawn(
      node(),
      [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
      { cwd: root, env: { ...env, ...more }, stdio: ['ignore', 'inherit', 'inherit'] },
    )
    child.on('exit', resolve)
  })
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  if (numPendingTests > 0) console.log(`${numPendingTests} tests were left out`)
  const failed = numFailedTests === 0 && status !== 0 ? Math.max(1, numFailedTestSuites) : numFailedTests
  return { passed: numPassedTests, failed }
}

const groups = {
  types: () => tool('types', ['tools/types.ts']),
  lint: () => {
    console.log('\n== lint')
    const { status } = spawnSync(
      join(root, 'node_modules/.bin/biome'),
      ['check', '--error-on-warnings', '--max-diagnostics=40', '.'],
      { cwd: root, env, stdio: 'inherit' },
    )
    return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  },
  imports: () => tool('imports', ['tools/check-imports.ts']),
  generated: () => tool('generated files', ['tools/gen.ts', '--check']),
  units: () => suite('units', ['packages', 'tools', 'apps/web']),
  slices: () => suite('slices and walks', ['apps/server']),
  browser: async () => {
    await buildWeb()
    return existsSync(join(root, 'e2e/vitest.config.ts'))
      ? suite('browser', ['--config', 'e2e/vitest.config.ts'])
      : { passed: 0, failed: 1 }
  },
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !(name in groups))
if (unknown.length > 0) {
  console.error(`There is no group ${unknown.join(', ')}. Groups: ${Object.keys(groups).join(', ')}`)
  process.exit(2)
}
const total = { passed: 0, failed: 0 }
const rows = []
for (const [name, run] of Object.entries(groups)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const began = performance.now()
  const { passed, failed } = await run()
  total.passed += passed
  total.failed += failed
  rows.push(
    `${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s`,
  )
}
console.log(`\n${rows.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1
