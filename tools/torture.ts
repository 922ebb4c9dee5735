/**
 * The rule book under load: `npm run torture` compares it with the oracle of packages/rules/test/oracle on a million
 * random months and runs the properties PROP-01 to PROP-15 of the book and of time with
 * 100,000 cases each.
 *   npm run torture -- oracle 1000000 0     only the comparison, so many months from that seed on
 *   npm run torture -- properties 100000    only the properties, with so many cases each
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { difference } from '../packages/rules/test/oracle/compare.ts'
import { propertyFiles } from './torture-files.ts'

const root = join(import.meta.dirname, '..')
const [job = 'all', count, from] = process.argv.slice(2)
if (!['all', 'oracle', 'properties'].includes(job)) {
  console.error('There are two jobs: oracle and properties.')
  process.exit(2)
}

function againstOracle(months: number, first: number): boolean {
  let differences = 0
  const began = performance.now()
  for (let seed = first; seed < first + months; seed += 1) {
    const told = difference(seed)
    if (told === null) continue
    differences += 1
    if (differences <= 5) console.log(told)
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`oracle: ${months} months from seed ${first}, ${differences} differences, ${seconds} s`)
  return differences === 0
}

function properties(cases: number): boolean {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...propertyFiles, '--testTimeout=7200000'],
    { cwd: root, env: { ...process.env, NO_COLOR: '1', KEEPWELL_TORTURE_RUNS: String(cases) }, stdio: 'inherit' },
  )
  console.log(`properties: ${cases} cases each, ${status === 0 ? 'all hold' : 'FAILED'}`)
  return status === 0
}

const held = [
  ...(job !== 'properties' ? [againstOracle(Number(job === 'oracle' ? (count ?? 1e6) : 1e6), Number(from ?? 0))] : []),
  ...(job !== 'oracle' ? [properties(Number(job === 'properties' ? (count ?? 1e5) : 1e5))] : []),
]
process.exitCode = held.every(Boolean) ? 0 : 1
