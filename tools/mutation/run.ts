/**
 * Mutation testing of the rule book: `npm run mutation` changes one thing at a time in packages/rules/src, folder by
 * folder, runs the unit tests, and tells which changes no test notices. What is left out and why stands in
 * docs/mutation.md. Stryker is no part of the ordinary install: the exact versions below are installed under
 * .cache/mutation for this run alone.
 *   npm run mutation -- ccm fixes time.ts    only these folders or files of packages/rules/src
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const home = join(root, '.cache/mutation')
const STRYKER = '10.1.1'
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>
}
/** Vite and fast-check are the project's own, found above the folder of the run. */
const PACKAGES = [`@stryker-mutator/core@${STRYKER}`, `@vitest/expect@${devDependencies.vitest}`]
const PLUGINS = ['sentences.mjs', 'runner.mjs']
/** Registers rules and values of its own, which the other tests must not see. */
const APART = 'test/book.test.ts'
/** Tables of law and prose of the register: every change of them changes the book's hash and a generated page. */
const TABLES = ['sources.ts', 'coverage.ts', 'pages.ts', 'index.ts']

interface Mutant {
  status: string
  mutatorName: string
  replacement?: string
  statusReason?: string
  location: { start: { line: number; column: number } }
}
interface Report {
  files: Record<string, { source: string; mutants: Mutant[] }>
}

prepare()
const asked = process.argv.slice(2)
const parts = asked.length > 0 ? asked : partsOf(join(root, 'packages/rules/src'))
const rows: string[] = []
for (const part of parts) {
  rows.push(tell(part, mutate(part)))
  console.log(rows.at(-1))
}
console.log(
  ['', '| part | killed | timed out | survived | never reached | score |', '|---|---|---|---|---|---|', ...rows].join(
    '\n',
  ),
)

/** Folders of the source, and its single files; the generated data has no logic, the cases are tests. */
function partsOf(source: string): string[] {
  return readdirSync(source, { withFileTypes: true })
    .map((entry) => entry.name)
    .filter((name) => !['data', 'cases', ...TABLES].includes(name))
}

/** A copy of the package with the tools of the run: the sources are never changed in place. */
function prepare(): void {
  mkdirSync(home, { recursive: true })
  for (const folder of ['src', 'test']) {
    rmSync(join(home, folder), { recursive: true, force: true })
    cpSync(join(root, 'packages/rules', folder), join(home, folder), { recursive: true })
  }
  const tests = globSync('test/**/*.test.ts', { cwd: home }).filter((name) => name !== APART)
  const imports = tests.toSorted().map((name) => `import './${name}'\n`)
  writeFileSync(join(home, 'all.test.ts'), `${imports.join('')}export const apart = () => import('./${APART}')\n`)
  for (const plugin of PLUGINS) cpSync(join(import.meta.dirname, plugin), join(home, plugin))
  if (existsSync(join(home, 'installed')) && readFileSync(join(home, 'installed'), 'utf8') === PACKAGES.join(' '))
    return
  writeFileSync(join(home, 'package.json'), '{"private":true,"type":"module"}\n')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', home, ...PACKAGES], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  writeFileSync(join(home, 'installed'), PACKAGES.join(' '))
}

function mutate(part: string): Report {
  const file = `reports/${part.replaceAll('/', '-')}.json`
  writeFileSync(
    join(home, 'stryker.config.json'),
    JSON.stringify({
      testRunner: 'one-script',
      plugins: PLUGINS.map((name) => `./${name}`),
      ignorers: ['sentences'],
      ignoreStatic: true,
      coverageAnalysis: 'perTest',
      mutate: [part.endsWith('.ts') ? `src/${part}` : `src/${part}/**/*.ts`, '!src/**/*.gen.ts'],
      concurrency: 2,
      timeoutMS: 10_000,
      reporters: ['json', 'progress-append-only'],
      jsonReporter: { fileName: file },
      tempDirName: '.stryker-tmp',
      ignorePatterns: ['reports', 'installed'],
    }),
  )
  execFileSync(process.execPath, [join(home, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run'], {
    cwd: home,
    env: { ...process.env, NO_COLOR: '1', KEEPWELL_TORTURE_RUNS: '30', KEEPWELL_ORACLE_MONTHS: '300' },
    stdio: 'inherit',
  })
  return JSON.parse(readFileSync(join(home, file), 'utf8')) as Report
}

/** One row of the table; what survived is printed with its place, to be killed or explained. */
function tell(part: string, { files }: Report): string {
  const counts: Record<string, number> = {}
  for (const [name, { source, mutants }] of Object.entries(files)) {
    const lines = source.split('\n')
    for (const { status, mutatorName, replacement, location } of mutants) {
      counts[status] = (counts[status] ?? 0) + 1
      if (status !== 'Survived' && status !== 'NoCoverage') continue
      const { line, column } = location.start
      console.log(
        `${status} ${name}:${line}:${column} ${mutatorName} -> ${(replacement ?? '').replaceAll(/\s+/g, ' ')}`,
      )
      console.log(`    ${lines[line - 1]?.trim() ?? ''}`)
    }
  }
  const { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0 } = counts
  const score = (100 * (Killed + Timeout)) / (Killed + Timeout + Survived + NoCoverage)
  return `| ${part} | ${Killed} | ${Timeout} | ${Survived} | ${NoCoverage} | ${score.toFixed(1)} % |`
}
