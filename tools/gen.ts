import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openApi } from '../apps/server/src/http/open-api.ts'
import { generateSchema } from './gen-schema.ts'
import { rulesPages } from './rules-pages.ts'
import { thirdPartyLicences } from './third-party-licences.ts'

/** Every file that is made from another one, by its path; `--check` only compares, for the tests. */
const generated: Record<string, () => Promise<string>> = {
  'apps/server/src/db/schema.gen.ts': generateSchema,
  'docs/third-party-licences.md': async () => thirdPartyLicences(),
  'docs/api/openapi.json': async () => `${JSON.stringify(openApi(), null, 2)}\n`,
  ...Object.fromEntries([...rulesPages()].map(([path, text]) => [path, async () => text])),
}

const check = process.argv.includes('--check')
let stale = 0
for (const [path, make] of Object.entries(generated)) {
  const fresh = await make()
  if (check) {
    const same = readOr(path) === fresh
    console.log(`${same ? 'ok' : 'FAILED'} ${path} is fresh`)
    if (!same) stale++
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, fresh)
    console.log(`wrote ${path}`)
  }
}
// A page whose rule or value is gone is as stale as one that differs.
for (const path of pagesOnDisk().filter((one) => !(one in generated))) {
  if (check) {
    console.log(`FAILED ${path} has no rule or value any more`)
    stale++
  } else {
    rmSync(path)
    console.log(`removed ${path}`)
  }
}
process.exitCode = stale === 0 ? 0 : 1

function pagesOnDisk(): string[] {
  return readdirSync('docs/rules', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
