import { readFileSync, writeFileSync } from 'node:fs'
import { openApi } from '../apps/server/src/http/open-api.ts'
import { generateSchema } from './gen-schema.ts'
import { thirdPartyLicences } from './third-party-licences.ts'

/** Every file that is made from another one, by its path; `--check` only compares, for the tests. */
const generated: Record<string, () => Promise<string>> = {
  'apps/server/src/db/schema.gen.ts': generateSchema,
  'docs/third-party-licences.md': async () => thirdPartyLicences(),
  'docs/api/openapi.json': async () => `${JSON.stringify(openApi(), null, 2)}\n`,
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
    writeFileSync(path, fresh)
    console.log(`wrote ${path}`)
  }
}
process.exitCode = stale === 0 ? 0 : 1

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
