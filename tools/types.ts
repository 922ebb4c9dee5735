import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Each project is checked by itself, so that a package sees only what it names: the pure ones have no Node and no DOM. */
export const projects = [
  'packages/rules',
  'packages/x12',
  'packages/fhir',
  'packages/contract',
  'packages/synth',
  'packages/rules/tsconfig.test.json',
  'packages/x12/tsconfig.test.json',
  'packages/fhir/tsconfig.test.json',
  'apps/server',
  'apps/web',
  'tools',
  'e2e',
]

let failed = 0
for (const project of projects.filter((path) => existsSync(path))) {
  const { status, stdout } = spawnSync('node_modules/.bin/tsc', ['--noEmit', '-p', project], { encoding: 'utf8' })
  console.log(`${status === 0 ? 'ok' : 'FAILED'} types of ${project}`)
  if (status !== 0) {
    failed++
    console.log(stdout)
  }
}
process.exitCode = failed === 0 ? 0 : 1
