import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onPostgres } from '../test/support/store.ts'
import { bundle, condition, elena } from './features/interop/fixtures.ts'

const cli = join(import.meta.dirname, 'cli.ts')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepwell-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a command as a person does, on an embedded store of its own. */
function keepwell(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, KEEPWELL_DATA: join(folder, 'store') },
  })
  return { status, stdout, stderr }
}
const json = (...words: string[]) => JSON.parse(keepwell(...words, '--json').stdout)
function file(name: string, content: string | object): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

// The embedded store is what these commands open; the suites on PostgreSQL leave them out.
describe.skipIf(onPostgres)('the commands as a person calls them', () => {
  test('an empty store is made ready once, takes a chart in twice with one result, and answers for itself', () => {
    expect(keepwell('eligible', '--json')).toMatchObject({ status: 2, stdout: '' })
    expect(keepwell('migrate').status).toBe(0)
    expect(keepwell('migrate').status).toBe(0)
    const chart = file('chart.json', bundle([elena, condition('c1', 'E11.9'), condition('c2', 'I10')]))
    const first = json('import', 'fhir', chart)
    expect(first.counts).toMatchObject({ Patient: { created: 1 }, Condition: { created: 2 } })
    const second = json('import', 'fhir', chart)
    expect(second.counts).toMatchObject({
      Patient: { created: 0, unchanged: 1 },
      Condition: { created: 0, unchanged: 2 },
    })
    const { patients } = json('eligible')
    expect(patients).toMatchObject([
      { name: expect.any(String), bornOn: expect.any(String), conditions: expect.any(Array) },
    ])
    expect(json('close-month', '2026-10', '--out', join(folder, 'out'))).toMatchObject({
      month: '2026-10',
      claimFile: null,
    })
    expect(json('fsck')).toMatchObject({ violations: [] })
  }, 240_000)

  test('findings end with 1, wrong use with 2, and stdout stays free of messages', () => {
    const broken = file('broken.ndjson', '{"resourceType":"Patient","id":"x"}\n{"resourceType":\n')
    const imported = keepwell('import', 'fhir', broken, '--json')
    expect(imported.status).toBe(1)
    expect(JSON.parse(imported.stdout).findings[0]).toMatchObject({ line: 2 })
    expect(keepwell('x12', 'check', file('words.x12', 'Dear payer,'), '--json').status).toBe(1)
    for (const words of [
      ['x12', 'check', join(folder, 'missing.x12')],
      ['close-month', '2026-10'],
      ['nonsense'],
      ['eligible', '--loud'],
    ]) {
      const answer = keepwell(...words)
      expect([words, answer.status, answer.stdout]).toEqual([words, 2, ''])
      expect(answer.stderr).not.toBe('')
    }
  }, 240_000)
})
