import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { contract, type ImportReport } from '@keepwell/contract'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStory, type Story } from '../../../test/support/story.ts'
import { sha256 } from '../../kernel/ids.ts'
import { bill, bundle, condition, elena, lines, okafor, stay, systolic, walter } from './fixtures.ts'
import { type ImportOutcome, importFhirFiles } from './index.ts'

let story: Story
let folder: string
beforeEach(async () => {
  story = await openStory()
  folder = mkdtempSync(join(tmpdir(), 'keepwell-test-'))
})
afterEach(async () => {
  await story.close()
  rmSync(folder, { recursive: true, force: true })
})

async function bringIn(
  files: Record<string, string | Uint8Array | object>,
  options: { dryRun?: boolean } = {},
): Promise<ImportOutcome> {
  const home = mkdtempSync(join(folder, 'files-'))
  const paths = Object.entries(files).map(([name, content]) => {
    const path = join(home, name)
    writeFileSync(
      path,
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    )
    return path
  })
  return importFhirFiles(story.app, await story.app.systemActor(story.tenantId), paths, options)
}

const chartTables = [
  'patients',
  'practitioners',
  'conditions',
  'encounters',
  'observations',
  'medications',
  'allergies',
  'past_services',
  'related_people',
  'coverages',
  'appointments',
  'stays',
  'fhir_resources',
]

/** The hash of all that an import may write, ids and times included. */
async function stateOf(): Promise<string> {
  const parts = await story.look(async (tx) => {
    const all: string[] = []
    for (const table of chartTables) {
      const { rows } = await sql<{
        row: string
      }>`select to_jsonb(t)::text as row from ${sql.table(table)} t where tenant_id = ${tx.tenantId} order by id`.execute(
        tx.db,
      )
      all.push(table, ...rows.map((row) => row.row))
    }
    return all
  })
  return sha256(parts.join('\n'))
}

/** What is in the chart, without our own ids and the times and places of the import. */
async function contentOf(): Promise<string[]> {
  return story.look(async (tx) => {
    const all: string[] = []
    for (const table of chartTables.filter((one) => one !== 'fhir_resources')) {
      const { rows } = await sql<{ row: string }>`
        select (to_jsonb(t) - 'id' - 'patient_id' - 'tenant_id' - 'clinic_id' - 'created_at' - 'updated_at' - 'recorded_at')::text as row
        from ${sql.table(table)} t where tenant_id = ${tx.tenantId} order by source_id`.execute(tx.db)
      all.push(...rows.map((row) => `${table} ${row.row}`))
    }
    return all
  })
}

const everything = [
  elena,
  walter,
  okafor,
  condition('c1', 'I10'),
  condition('c2', 'E11.22'),
  systolic('o1', 138, '2026-09-01T10:00:00Z'),
  stay('e1'),
  bill('b1', '2026-05-01'),
  bill('b2', '2025-02-01'),
]

describe('what an import brings', () => {
  test('a Bundle becomes a chart, with the source of each record at hand', async () => {
    const outcome = await bringIn({ 'elena.json': bundle(everything) })
    expect(outcome.findings.filter((finding) => finding.severity === 'error')).toEqual([])
    expect(outcome.totals).toEqual({ read: 9, created: 9, changed: 0, unchanged: 0, refused: 0 })
    const [patient] = (await story.as('rosa').does(contract.patients.search, { body: { text: 'diaz' } })).items
    expect(patient).toMatchObject({ name: 'Elena Díaz', bornOn: '1952-03-14', mbiLast4: 'MK73' })
    const chart = await story.as('rosa').does(contract.patients.chart, { params: { patientId: patient?.id ?? '' } })
    expect(chart.conditions.map((one) => one.code).sort()).toEqual(['E11.22', 'I10'])
    expect(chart.stays).toMatchObject([{ kind: 'inpatient', fromOn: '2026-01-05', toOn: '2026-01-09' }])
    expect(chart.visits[0]).toMatchObject({ kind: 'inpatient', practitioner: 'Ada Okafor' })
    const source = await story.as('rosa').does(contract.interop.resource, {
      params: {
        patientId: patient?.id ?? '',
        kind: 'condition',
        id: chart.conditions.find((one) => one.code === 'I10')?.id ?? '',
      },
    })
    expect(JSON.parse(source.json)).toEqual(condition('c1', 'I10'))
    expect(source).toMatchObject({
      resourceType: 'Condition',
      sourceId: 'c1',
      file: 'elena.json',
      entry: 4,
      importId: outcome.importId,
    })
  })

  test('all old claims that name Medicare give one hint from the first to the last, never proof', async () => {
    await bringIn({ 'a.ndjson': lines(elena, bill('b1', '2026-05-01')) })
    await bringIn({ 'b.ndjson': lines(elena, bill('b2', '2025-02-01')) })
    const hints = await story.look((tx) =>
      tx.db
        .selectFrom('coverages')
        .select(['kind', 'hint', 'from_on', 'to_on'])
        .where('tenant_id', '=', tx.tenantId)
        .execute(),
    )
    expect(hints).toEqual([{ kind: 'medicare', hint: true, from_on: '2025-02-01', to_on: '2026-05-01' }])
  })

  test('the dead come in as dead', async () => {
    await bringIn({ 'walter.json': walter })
    expect((await story.as('sam').does(contract.patients.search, { body: { text: 'hill' } })).items).toMatchObject([
      { name: 'Walter Hill', deceased: true },
    ])
  })

  test('Bulk Data, packed or not, a single resource and a pretty-printed one all say the same', async () => {
    const outcome = await bringIn({
      'Patient.ndjson.gz': gzipSync(lines(elena, walter)),
      'Condition.ndjson': lines(condition('c1', 'I10'), '', condition('c2', 'E11.22')),
      'okafor.json': JSON.stringify(okafor, null, 2),
      'stay.json.gz': gzipSync(JSON.stringify(bundle([stay('e1')]), null, 2)),
    })
    expect(outcome.findings).toEqual([])
    expect(outcome.totals).toMatchObject({ read: 6, created: 6 })
  })

  test('a reference by urn:uuid finds its entry, wherever it stands in the Bundle', async () => {
    const { id: _, ...nameless } = elena
    const outcome = await bringIn({
      'transaction.json': {
        resourceType: 'Bundle',
        type: 'transaction',
        entry: [
          {
            fullUrl: 'urn:uuid:0b1e7a60-1111-4222-8333-444455556666',
            resource: condition('c1', 'I10', 'urn:uuid:9a1e7a60-1111-4222-8333-444455556666'),
          },
          { fullUrl: 'urn:uuid:9a1e7a60-1111-4222-8333-444455556666', resource: nameless },
        ],
      },
    })
    expect(outcome.findings).toEqual([])
    expect(outcome.totals).toMatchObject({ created: 2 })
  })

  test('a value that the EHR takes back leaves the chart; its source stays', async () => {
    await bringIn({ 'o.ndjson': lines(elena, systolic('o1', 138, '2026-09-01T10:00:00Z')) })
    const outcome = await bringIn({
      'o.ndjson': lines(elena, systolic('o1', 138, '2026-09-01T10:00:00Z', 'entered-in-error')),
    })
    expect(outcome.counts.Observation).toMatchObject({ changed: 1 })
    const left = await story.look(async (tx) => ({
      values: await tx.db.selectFrom('observations').select('id').where('tenant_id', '=', tx.tenantId).execute(),
      sources: await tx.db
        .selectFrom('fhir_resources')
        .select('id')
        .where('tenant_id', '=', tx.tenantId)
        .where('resource_type', '=', 'Observation')
        .execute(),
    }))
    expect(left.values).toEqual([])
    expect(left.sources).toHaveLength(1)
  })

  test('prescriptions that come later find the problem and the doctor of an earlier import', async () => {
    const request = {
      resourceType: 'MedicationRequest',
      id: 'm1',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/elena' },
      authoredOn: '2026-01-02',
      medicationCodeableConcept: { text: 'Lisinopril 10 MG' },
      reasonReference: [{ reference: 'Condition/c1' }],
      requester: { reference: 'Practitioner/okafor' },
    }
    const whole = await bringIn({ 'all.ndjson': lines(elena, okafor, condition('c1', 'I10'), request) })
    expect(whole.totals).toMatchObject({ created: 4, refused: 0 })
    const alone = await bringIn({ 'm.ndjson': lines(request) })
    expect(alone.totals).toMatchObject({ unchanged: 1, changed: 0 })
    const kept = await story.look((tx) =>
      tx.db.selectFrom('medications').select('reason').where('tenant_id', '=', tx.tenantId).executeTakeFirstOrThrow(),
    )
    expect(kept.reason).toBe('I10')
  })

  test('two imports of the same records at once bring each record once', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...elena, id: `p${index}`, identifier: [] }))
    const text = lines(...many, ...many.map((one) => condition(`c-${one.id}`, 'I10', `Patient/${one.id}`)))
    const outcomes = await Promise.all([bringIn({ 'a.ndjson': text }), bringIn({ 'b.ndjson': text })])
    expect(outcomes.map((outcome) => outcome.totals.refused)).toEqual([0, 0])
    const counts = await story.look(
      async (tx) =>
        (
          await sql<{ patients: number; conditions: number }>`
      select (select count(*)::int from patients where tenant_id = ${tx.tenantId}) as patients, (select count(*)::int from conditions where tenant_id = ${tx.tenantId}) as conditions`.execute(
            tx.db,
          )
        ).rows[0],
    )
    expect(counts).toEqual({ patients: 30, conditions: 30 })
  })

  test('two records with one Medicare number are told and kept apart', async () => {
    const twin = { ...elena, id: 'elena-2' }
    const outcome = await bringIn({ 'p.ndjson': lines(elena, twin) })
    expect(outcome.totals.created).toBe(2)
    expect(outcome.findings.map(({ severity, code, resourceId }) => [severity, code, resourceId])).toEqual([
      ['warning', 'possible_duplicate', 'elena'],
      ['warning', 'possible_duplicate', 'elena-2'],
    ])
  })
})

describe('again and in any order', () => {
  test('the same import a second time changes nothing at all', async () => {
    await bringIn({ 'all.json': bundle(everything) })
    const before = await stateOf()
    story.clock.advanceSeconds(3600)
    const outcome = await bringIn({ 'all.json': bundle(everything) })
    expect(outcome.totals).toEqual({ read: 9, created: 0, changed: 0, unchanged: 9, refused: 0 })
    expect(await stateOf()).toBe(before)
  })

  test('the order of resources and of files makes no difference', async () => {
    await bringIn({ 'all.ndjson': lines(...everything) })
    const straight = await contentOf()
    await story.close()
    story = await openStory()
    const backwards = [...everything].reverse()
    await bringIn({ 'a.ndjson': lines(...backwards.slice(0, 4)), 'b.json': bundle(backwards.slice(4)) })
    expect(await contentOf()).toEqual(straight)
    expect(straight).toHaveLength(9)
  })

  test('a resource that changed is renewed and keeps its place in the chart', async () => {
    await bringIn({ 'c.ndjson': lines(elena, condition('c1', 'I10')) })
    const idOf = () =>
      story.look((tx) =>
        tx.db
          .selectFrom('conditions')
          .select(['id', 'code'])
          .where('tenant_id', '=', tx.tenantId)
          .executeTakeFirstOrThrow(),
      )
    const before = await idOf()
    const outcome = await bringIn({ 'c.ndjson': lines(condition('c1', 'I11.9')) })
    expect(outcome.totals).toEqual({ read: 1, created: 0, changed: 1, unchanged: 0, refused: 0 })
    expect(await idOf()).toEqual({ id: before.id, code: 'I11.9' })
  })

  test('a resource twice in one import counts once; with other content the second is refused', async () => {
    const outcome = await bringIn({
      'c.ndjson': lines(elena, condition('c1', 'I10'), condition('c1', 'I10'), condition('c1', 'E11.9')),
    })
    expect(outcome.counts.Condition).toEqual({ read: 3, created: 1, changed: 0, unchanged: 1, refused: 1 })
    expect(outcome.findings).toMatchObject([{ code: 'entry_repeated', line: 4 }])
  })

  test('more patients than fit one batch', async () => {
    const many = Array.from({ length: 1203 }, (_, index) => ({ ...walter, id: `w${index}` }))
    const outcome = await bringIn({
      'many.ndjson': lines(...many.map((one) => condition(`c-${one.id}`, 'I10', `Patient/${one.id}`)), ...many),
    })
    expect(outcome.totals).toMatchObject({ read: 2406, created: 2406, refused: 0 })
  })
})

describe('bad files', () => {
  test('broken lines, unknown resources and strangers are named with line and reason; the rest goes in', async () => {
    const outcome = await bringIn({
      'mixed.ndjson': lines(
        elena,
        '{"resourceType":"Condition","id":',
        { resourceType: 'Sandwich', id: 'x' },
        condition('c9', 'I10', 'Patient/nobody'),
        condition('c1', 'I10'),
        '42',
      ),
    })
    expect(outcome.counts).toMatchObject({
      Patient: { created: 1 },
      Condition: { created: 1, refused: 1 },
      Sandwich: { refused: 1 },
      Unreadable: { refused: 2 },
    })
    expect(outcome.findings.map(({ file, line, code }) => [file, line, code])).toEqual([
      ['mixed.ndjson', 2, 'broken_json'],
      ['mixed.ndjson', 3, 'resource_type_unknown'],
      ['mixed.ndjson', 4, 'patient_unknown'],
      ['mixed.ndjson', 6, 'not_an_object'],
    ])
  })

  test('a Bundle with bad entries names them by number', async () => {
    const text = `{"resourceType":"Bundle","type":"collection","entry":[\n{"resource":${JSON.stringify(elena)}},\n{"resource":{"resourceType":"Condition","id":"c0",}},\n7,\n{"resource":${JSON.stringify(condition('c1', 'I10'))}}\n]}`
    const outcome = await bringIn({ 'b.json': text })
    expect(outcome.totals).toMatchObject({ created: 2, refused: 2 })
    expect(outcome.findings).toMatchObject([
      { entry: 2, line: 3, code: 'broken_json' },
      { entry: 3, line: 4, code: 'entry_invalid', path: 'Bundle.entry[2]' },
    ])
  })

  test('a gzip file that breaks off gives what came before the break', async () => {
    const packed = gzipSync(
      lines(elena, ...Array.from({ length: 4000 }, (_, index) => condition(`c${index}`, `I${index}`))),
    )
    const outcome = await bringIn({ 'cut.ndjson.gz': packed.subarray(0, packed.length - 2000) })
    expect(outcome.counts.Patient).toMatchObject({ created: 1 })
    expect(outcome.counts.Condition?.created).toBeGreaterThan(1000)
    expect(outcome.findings).toMatchObject([
      { code: 'truncated', file: 'cut.ndjson.gz', message: expect.stringContaining('cut off') },
    ])
  })

  test('a Bundle that breaks off says in which entry', async () => {
    const text = JSON.stringify(bundle([elena, condition('c1', 'I10')]))
    const outcome = await bringIn({ 'cut.json': text.slice(0, text.length - 60) })
    expect(outcome.counts.Patient).toMatchObject({ created: 1 })
    expect(outcome.findings).toMatchObject([{ code: 'truncated', entry: 2 }])
  })

  test.each([
    ['scan.json', 'in truth a PDF', 'file_type_mismatch', Buffer.from('%PDF-1.7 …')],
    ['archive.json', 'ZIP archive', 'file_type_mismatch', Buffer.from([0x50, 0x4b, 3, 4, 0])],
    ['page.json', 'XML or a web page', 'file_type_mismatch', Buffer.from('<html></html>')],
    ['plain.json.gz', 'not compressed', 'file_type_mismatch', Buffer.from(JSON.stringify(elena))],
    ['packed.json', 'compressed with gzip', 'file_type_mismatch', gzipSync(JSON.stringify(elena))],
    ['elena.pdf', 'holds JSON', 'file_type_mismatch', Buffer.from(JSON.stringify(elena))],
    ['list.json', 'plain list', 'unreadable_file', Buffer.from('[1,2]')],
    ['empty.json', 'empty', 'unreadable_file', Buffer.from('')],
    ['words.json', 'not FHIR JSON', 'file_type_mismatch', Buffer.from('hello there')],
  ])('%s is not taken: it is %s', async (name, words, code, content) => {
    const refusal = await story
      .as('june')
      .isRefused(contract.interop.importFile, { query: { name, dryRun: 'false' }, file: content })
    expect(refusal.code).toBe(code)
    expect(refusal.detail).toContain(words)
    const outcome = await bringIn({ [name]: content, 'good.json': elena })
    expect(outcome.findings).toMatchObject([{ severity: 'error', file: name, line: null, code }])
    expect(outcome.counts.Patient).toMatchObject({ created: 1 })
  })

  test('letters that are not UTF-8 are refused, not garbled', async () => {
    const outcome = await bringIn({
      'latin.ndjson': Buffer.concat([
        Buffer.from(lines(elena)),
        Buffer.from(lines(walter).replace('Hill', 'Hüll'), 'latin1'),
      ]),
    })
    expect(outcome.findings).toMatchObject([{ line: 2, code: 'not_utf8' }])
    expect(outcome.counts.Patient?.created).toBe(1)
  })

  test('nesting without end is refused and hurts nobody', async () => {
    const deep = `{"resourceType":"Observation","id":"deep","x":${'['.repeat(60_000)}${']'.repeat(60_000)}}`
    const outcome = await bringIn({ 'deep.ndjson': lines(elena, deep) })
    expect(outcome.counts.Patient?.created).toBe(1)
    expect(outcome.totals.refused).toBe(1)
  })

  test('a file that is not there is told', async () => {
    const outcome = await importFhirFiles(story.app, await story.app.systemActor(story.tenantId), [
      join(folder, 'missing.json'),
    ])
    expect(outcome.findings).toMatchObject([
      { code: 'unreadable_file', message: expect.stringContaining('no such file') },
    ])
  })

  test('a thousand findings are kept and all are counted', async () => {
    const bad = Array.from({ length: 1500 }, (_, index) => ({
      resourceType: `Kind${index % 15}`,
      id: `x${index}`,
    }))
    const outcome = await bringIn({ 'bad.ndjson': lines(...bad) })
    expect(outcome.errors).toBe(1500)
    expect(outcome.findings).toHaveLength(1000)
  })
})

test('a Bundle of 100 MB goes in without being held in memory', async () => {
  const path = join(folder, 'large.json')
  const paper = 'x'.repeat(50_000)
  writeFileSync(path, `{"resourceType":"Bundle","type":"collection","entry":[{"resource":${JSON.stringify(elena)}}`)
  const entry = (index: number) =>
    JSON.stringify({
      resource: {
        resourceType: 'DocumentReference',
        id: `d${index}`,
        status: 'current',
        subject: { reference: 'Patient/elena' },
        content: [{ attachment: { contentType: 'text/plain', data: paper } }],
      },
    })
  for (let part = 0; part < 20; part++)
    appendFileSync(path, Array.from({ length: 100 }, (_, index) => `,\n${entry(part * 100 + index)}`).join(''))
  appendFileSync(path, ']}')
  // The embedded store itself lives in buffers; what counts is what the import adds to them.
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const outcome = await importFhirFiles(story.app, await story.app.systemActor(story.tenantId), [path], {
    onProgress: () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    },
  })
  expect(outcome.totals).toMatchObject({ read: 2001, created: 2001, refused: 0 })
  expect(most).toBeLessThan(100_000_000)
}, 120_000)

test('the demo patients: twelve have died, and a second import finds nothing new', async () => {
  const demo = new URL('../../../../../demo/patients/', import.meta.url).pathname
  const files = ['Condition', 'Patient', 'AllergyIntolerance', 'MedicationRequest', 'Practitioner'].map(
    (type) => `${demo}${type}.ndjson.gz`,
  )
  const actor = await story.app.systemActor(story.tenantId)
  const first = await importFhirFiles(story.app, actor, files)
  expect(first.counts).toMatchObject({
    Patient: { created: 110, refused: 0 },
    Condition: { created: 960 },
    MedicationRequest: { created: 1167 },
  })
  const before = await stateOf()
  expect((await importFhirFiles(story.app, actor, files)).totals).toMatchObject({
    created: 0,
    changed: 0,
    unchanged: first.totals.read,
  })
  expect(await stateOf()).toBe(before)
  const dead = await story.look((tx) =>
    tx.db
      .selectFrom('patients')
      .select('id')
      .where('tenant_id', '=', tx.tenantId)
      .where('deceased', '=', true)
      .execute(),
  )
  expect(dead).toHaveLength(12)
}, 60_000)

describe('on the page', () => {
  const upload = (dryRun: 'true' | 'false', content: string | Uint8Array = lines(...everything)) =>
    story.as('june').does(contract.interop.importFile, {
      query: { name: 'all.ndjson', dryRun },
      file: Buffer.from(content),
    })

  test('June sees the full report first and nothing is kept; then she brings it in and it says the same', async () => {
    const before = await stateOf()
    const tried: ImportReport = await upload('true')
    expect(tried).toMatchObject({
      dryRun: true,
      status: 'done',
      totals: { read: 9, created: 9, refused: 0 },
      startedBy: { name: 'June Park' },
    })
    expect(await stateOf()).toBe(before)
    const done = await upload('false')
    expect(done.counts).toEqual(tried.counts)
    const again = await upload('true')
    expect(again.totals).toMatchObject({ unchanged: 9, created: 0 })
    const { items } = await story.as('june').does(contract.interop.list, { query: { limit: 2 } })
    expect(items.map((one) => one.dryRun)).toEqual([true, false])
    expect(await story.as('june').does(contract.interop.get, { params: { id: done.id } })).toEqual(done)
    expect(await story.as('june').does(contract.interop.progress, {})).toEqual({ items: [] })
    expect((await story.auditOf('import.run')).at(-1)).toMatchObject({
      outcome: 'done',
      detail: { dryRun: true, read: 9, created: 0 },
    })
  })

  test('the list goes on from page to page', async () => {
    for (let count = 0; count < 3; count++) {
      await upload('true')
      story.clock.advanceSeconds(60)
    }
    const first = await story.as('june').does(contract.interop.list, { query: { limit: 2 } })
    const second = await story
      .as('june')
      .does(contract.interop.list, { query: { limit: 2, cursor: first.nextCursor ?? '' } })
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null])
  })

  test('an import whose server ended is shown as stopped', async () => {
    const done = await upload('true')
    await story.look((tx) =>
      sql`update imports set status = 'running', finished_at = null where tenant_id = ${tx.tenantId} and id = ${done.id}`.execute(
        tx.db,
      ),
    )
    expect((await story.as('june').does(contract.interop.progress, {})).items).toHaveLength(1)
    story.clock.advanceSeconds(3600)
    expect((await story.as('june').does(contract.interop.get, { params: { id: done.id } })).status).toBe('stopped')
    expect((await story.as('june').does(contract.interop.progress, {})).items).toEqual([])
  })

  test('Sam cannot import; another organization finds neither the import nor the source', async () => {
    expect(
      (
        await story
          .as('sam')
          .isRefused(contract.interop.importFile, { query: { name: 'a.json' }, file: Buffer.from('{}') })
      ).code,
    ).toBe('forbidden')
    const done = await upload('false')
    expect((await story.other.as('june').isRefused(contract.interop.get, { params: { id: done.id } })).code).toBe(
      'not_found',
    )
    const [patient] = (await story.as('rosa').does(contract.patients.search, { body: { text: 'elena' } })).items
    const source = {
      params: { patientId: patient?.id ?? '', kind: 'patient', id: patient?.id ?? '' },
    } as const
    expect((await story.as('rosa').does(contract.interop.resource, source)).resourceType).toBe('Patient')
    expect((await story.other.as('rosa').isRefused(contract.interop.resource, source)).code).toBe('not_found')
    expect((await story.as('sam').isRefused(contract.interop.resource, source)).code).toBe('forbidden')
  })
})
