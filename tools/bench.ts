import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { gunzipSync } from 'node:zlib'
import { contract } from '@keepwell/contract'
import { assess, type Facts, parseFacts } from '@keepwell/rules'
import { sql } from 'kysely'
import { App } from '../apps/server/src/app.ts'
import { connectMemory, connectPostgres } from '../apps/server/src/db/connect.ts'
import type { Database } from '../apps/server/src/db/database.ts'
import { migrate } from '../apps/server/src/db/migrate.ts'
import { importFhirFiles } from '../apps/server/src/features/interop/index.ts'
import { closeMonth } from '../apps/server/src/features/months/index.ts'
import type { Actor } from '../apps/server/src/kernel/actor.ts'
import { ManualClock } from '../apps/server/src/kernel/clock.ts'
import { newId } from '../apps/server/src/kernel/ids.ts'
import { keyBytes, Sealer } from '../apps/server/src/kernel/sealer.ts'
import { quietOutside } from '../apps/server/test/support/outside.ts'
import {
  cpuMilliseconds,
  cpuSeconds,
  type Figure,
  paired,
  rounded,
  milliseconds as wallMilliseconds,
} from './bench/measure.ts'
import { benchMonth, type Population, populate } from './bench/population.ts'
import { x12Figures } from './bench/x12.ts'

// `npm run bench` prints the table and writes it to docs/bench.md. BENCH_DATABASE_URL names an empty PostgreSQL database
// of its owner; without it the embedded store is measured, in memory. `--quick` leaves the 100,000 patients out.
// `npm run bench -- worklist time` measures those alone, prints them and writes nothing; the names are at the end.
const quick = process.argv.includes('--quick')
const named = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const url = process.env.BENCH_DATABASE_URL
// The embedded store lives in this process, so its CPU time is all the time there is; a server's is on its own account.
const milliseconds = url === undefined ? cpuMilliseconds : wallMilliseconds
const clock = new ManualClock('2026-11-03T14:12:00Z')
const pairs = 5
const figures: Figure[] = []
const busyBefore = loadavg()[0] ?? 0
const say = (text: string) => process.stderr.write(`${text}\n`)

async function open(): Promise<Database> {
  const database = url === undefined ? await connectMemory() : connectPostgres(url)
  await migrate(database)
  return database
}

function appOver(database: Database): App {
  return new App({ database, clock, outside: quietOutside(), sealer: new Sealer([randomBytes(keyBytes)]) })
}

async function actorsOf(app: App, { tenantId, careManagerId }: Population) {
  return { system: await app.systemActor(tenantId), manager: await app.actorOf(tenantId, careManagerId) }
}

/** A: a month closed with every verdict and its findings stored, against the raw scan and sum of its entries. */
async function monthClose(patients: number): Promise<number> {
  const database = await open()
  const { tenantId, clinicId, entries } = await populate(database, patients, clock.now())
  const scan = () =>
    milliseconds(() =>
      database.withTenant(tenantId, (tx) =>
        sql`select patient_id, sum(seconds) from time_entries where tenant_id = ${tenantId} and month = ${benchMonth} group by patient_id`.execute(
          tx.db,
        ),
      ),
    )
  await scan()
  const limit = Math.min(await scan(), await scan(), await scan())
  const close = await milliseconds(() =>
    closeMonth({
      clinicId,
      month: benchMonth,
      timeZone: 'America/New_York',
      by: null,
      clock,
      step: (work) => database.withTenant(tenantId, work),
    }),
  )
  figures.push({
    job: 'A',
    what: `Month close, ${patients.toLocaleString('en-US')} patients, ${entries.toLocaleString('en-US')} entries, verdicts and facts stored`,
    value: `${rounded(close / 1000)} s, ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
    limit: `scan ${rounded(limit / 1000)} s`,
    ratio: close / limit,
    goal: '<= 4x the scan at 1 M',
  })
  await database.close()
  return close
}

/** C: the rule book alone on facts in memory, with its full proof and plain. */
async function rulesAlone(): Promise<void> {
  const parsed = parseFacts(JSON.parse(readFileSync(new URL('./bench/facts.json', import.meta.url), 'utf8')))
  if (!parsed.ok) throw new Error(`The bench facts are faulty: ${JSON.stringify(parsed.faults)}`)
  const facts: Facts = parsed.facts
  const count = 20_000
  for (const proof of ['plain', 'full'] as const) {
    const run = () =>
      cpuSeconds(() => {
        for (let i = 0; i < count; i++) assess(facts, { proof })
      })
    await run()
    const byHand = () =>
      cpuSeconds(() => {
        for (let i = 0; i < count * 50; i++) handLoop(facts)
      })
    const { job, limit, ratio } = await paired(pairs, run, async () => (await byHand()) / 50)
    figures.push({
      job: 'C',
      what: `Verdicts a CPU second, ${proof === 'full' ? 'with the full proof' : 'plain'}`,
      value: `${rounded(count / job)}/s`,
      limit: `minutes and codes by hand ${rounded(count / limit)}/s`,
      ratio,
      goal: proof === 'full' ? '>= 25,000/s' : '>= 100,000/s',
    })
  }
}

/** The least that a verdict could be: add the seconds, floor once, pick the code. */
function handLoop(facts: Facts): number {
  let milliseconds = 0
  for (const entry of facts.time ?? []) milliseconds += Date.parse(entry.end) - Date.parse(entry.start)
  const minutes = Math.floor(milliseconds / 60_000)
  return minutes < 20 ? 0 : 1 + Math.min(2, Math.floor((minutes - 20) / 20))
}

/** H: the demo's charts through the importer, against parsing their JSON; then once more, which changes nothing. */
async function fhirImport(): Promise<void> {
  const database = await open()
  const app = appOver(database)
  const population = await populate(database, 10, clock.now())
  const { system } = await actorsOf(app, population)
  const files = [
    'Patient',
    'Condition',
    'Encounter',
    'Observation',
    'MedicationRequest',
    'Procedure',
    'Immunization',
  ].map((type) => `demo/patients/${type}.ndjson.gz`)
  const lines = files.flatMap((file) =>
    gunzipSync(readFileSync(file))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== ''),
  )
  const limit = await milliseconds(() => {
    for (const line of lines) JSON.parse(line)
  })
  const first = await milliseconds(() => importFhirFiles(app, system, files))
  const second = await milliseconds(() => importFhirFiles(app, system, files))
  figures.push(
    {
      job: 'H',
      what: `FHIR import of ${lines.length.toLocaleString('en-US')} resources, checked, with source JSON and provenance`,
      value: `${rounded((lines.length / first) * 1000)}/s`,
      limit: `JSON.parse ${rounded((lines.length / limit) * 1000)}/s`,
      ratio: first / limit,
      goal: '>= 3,000/s (50x Medplum)',
    },
    {
      job: 'H',
      what: 'The same import again, which changes nothing',
      value: `${rounded((lines.length / second) * 1000)}/s`,
      limit: 'the first import',
      ratio: second / first,
      goal: '<= 1.3x the first',
    },
  )
  await database.close()
}

/** A clinic of 2,000 patients with its care manager, and the ids of some of them. */
async function openClinic() {
  const database = await open()
  const app = appOver(database)
  const population = await populate(database, 2000, clock.now())
  const { manager } = await actorsOf(app, population)
  const { tenantId } = population
  const patientIds = await database.withTenant(tenantId, async (tx) =>
    (await tx.db.selectFrom('patients').select('id').where('tenant_id', '=', tenantId).limit(200).execute()).map(
      (row) => row.id,
    ),
  )
  return { database, app, manager, tenantId, patientIds }
}

/** I: time written by hand with guard, audit and sum against a plain insert. */
async function loggedTime(): Promise<void> {
  const { database, app, manager, tenantId, patientIds } = await openClinic()
  let minute = 0
  const log = () =>
    milliseconds(async () => {
      for (const patientId of patientIds.slice(0, 100)) {
        const startedAt = new Date(Date.parse('2026-11-02T13:00:00Z') + minute++ * 60_000).toISOString()
        await app.act(contract.minutes.log, manager, {
          params: { patientId },
          body: {
            startedAt,
            endedAt: new Date(Date.parse(startedAt) + 45_000).toISOString(),
            activity: 'chart_review',
            whatWasDone: 'Reviewed values.',
            reason: 'Measured.',
            attested: true,
          },
        })
      }
    })
  const plain = () =>
    milliseconds(async () => {
      for (let i = 0; i < 100; i++)
        await database.withTenant(tenantId, (tx) =>
          tx.db.insertInto('counters').values({ tenant_id: tenantId, name: newId(), last_value: 1 }).execute(),
        )
    })
  await log()
  const time = await paired(pairs, log, plain)
  figures.push({
    job: 'I',
    what: 'Time entries written one after another: overlap guard, audit event, month summary',
    value: `${rounded(100_000 / time.job)}/s`,
    limit: `plain insert in a tenant transaction ${rounded(100_000 / time.limit)}/s`,
    ratio: time.ratio,
    goal: '>= 800/s embedded, <= 2x plain',
  })
  await database.close()
}

/** E: a page of the worklist against a look-up by key. */
async function worklistPage(): Promise<void> {
  const { database, app, manager, tenantId, patientIds } = await openClinic()
  const lookUp = () =>
    milliseconds(() =>
      database.withTenant(tenantId, (tx) =>
        tx.db
          .selectFrom('patients')
          .select('id')
          .where('tenant_id', '=', tenantId)
          .where('id', '=', patientIds[0] ?? '')
          .execute(),
      ),
    )
  const page = () => milliseconds(() => app.act(contract.calls.worklist, manager, { query: { limit: 50 } }))
  await page()
  const worklist = await paired(pairs * 2, page, lookUp)
  figures.push({
    job: 'E',
    what: 'Worklist page of 50, of 2,000 patients, ordered by need, with audit',
    value: `${rounded(worklist.job)} ms`,
    limit: `look-up by key ${rounded(worklist.limit)} ms`,
    ratio: worklist.ratio,
    goal: 'p50 <= 4x the look-up at 1 M',
  })
  await database.close()
}

/** D or E: the board of a clinic's month or the list of eligible patients, the first time and again, against a look-up. */
async function pages(wanted: 'D' | 'E'): Promise<void> {
  const patients = 2000
  const listed = 5000
  const lookUp = (database: Database, { tenantId, providerId }: Population) =>
    milliseconds(() =>
      database.withTenant(tenantId, (tx) =>
        tx.db.selectFrom('staff').select('id').where('tenant_id', '=', tenantId).where('id', '=', providerId).execute(),
      ),
    )
  const board = async (app: App, actor: Actor) =>
    app.act(contract.months.board, actor, { params: { month: benchMonth }, query: {} })
  const list = async (app: App, actor: Actor) =>
    app.act(contract.eligibility.list, actor, { query: { state: 'all', limit: 50 } })
  for (const { job, what, size, look, goal } of [
    { job: 'D', what: 'Month board', size: patients, look: board, goal: 'a page < 1 s' },
    {
      job: 'E',
      what: 'Page of 50 eligible patients, with the counts of all',
      size: listed,
      look: list,
      goal: '< 200 ms',
    },
  ].filter((one) => one.job === wanted)) {
    const database = await open()
    const app = appOver(database)
    const population = await populate(database, size, clock.now())
    const { system } = await actorsOf(app, population)
    const count = size.toLocaleString('en-US')
    const first = await milliseconds(() => look(app, system))
    await lookUp(database, population)
    const again = await paired(
      pairs,
      () => milliseconds(() => look(app, system)),
      () => lookUp(database, population),
    )
    figures.push(
      {
        job,
        what: `${what}, ${count} patients, the first time: everything judged and kept`,
        value: `${rounded(first)} ms`,
        limit: `look-up by key ${rounded(again.limit)} ms`,
        ratio: first / again.limit,
        goal,
      },
      {
        job,
        what: `${what}, ${count} patients, again`,
        value: `${rounded(again.job)} ms`,
        limit: `look-up by key ${rounded(again.limit)} ms`,
        ratio: again.ratio,
        goal,
      },
    )
    await database.close()
  }
}

/** F and G: writing, reading and checking X12 beside other libraries. */
async function x12(): Promise<void> {
  figures.push(...x12Figures(pairs, say))
}

function page(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const rows = figures.map(
    ({ job, what, value, limit, ratio, goal }) =>
      `| ${job} | ${what} | ${value} | ${limit} | ${ratio === null ? '' : `${rounded(ratio)}x`} | ${goal} |`,
  )
  return [
    '# Benchmarks',
    '',
    `Measured by \`npm run bench\` at commit ${commit}, Node ${process.version}, ${url === undefined ? 'embedded store in memory' : 'PostgreSQL'}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${Math.round(totalmem() / 1e9)} GB. The load of the machine was ${rounded(busyBefore)} before and ${rounded(loadavg()[0] ?? 0)} at the end: more than ${cpus().length} means that others were at work on it, and wall-clock figures are longer than on a quiet one. Times are ${url === undefined ? 'CPU time of the one process that is server and store' : 'wall-clock time'}. A figure is the median of the pairs; the limit was measured in the same run. Goals are of the performance sheet; a figure that misses its goal stands here as it is.`,
    '',
    '| job | what | figure | limit | job / limit | goal |',
    '|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

async function close(): Promise<void> {
  const small = await monthClose(10_000)
  if (quick) return
  say('closing the month of 100,000 patients…')
  const large = await monthClose(100_000)
  figures.push({
    job: 'A',
    what: 'Growth from 10,000 to 100,000 patients',
    value: `${rounded(large / small)}x`,
    limit: '10x is linear',
    ratio: large / small / 10,
    goal: '<= 12x',
  })
}

const rows: Record<string, () => Promise<void>> = {
  rules: rulesAlone,
  close,
  fhir: fhirImport,
  time: loggedTime,
  worklist: worklistPage,
  board: () => pages('D'),
  eligible: () => pages('E'),
  x12,
}
const unknown = named.filter((name) => !(name in rows))
if (unknown.length > 0) {
  say(`There is no row ${unknown.join(', ')}. Rows: ${Object.keys(rows).join(', ')}`)
  process.exit(2)
}
for (const [name, run] of Object.entries(rows)) {
  if (named.length > 0 && !named.includes(name)) continue
  say(`measuring ${name}…`)
  await run()
  keep()
}
process.stdout.write(page())

/** What is measured so far is written at once: a whole run takes long, and may be broken off. */
function keep(): void {
  if (!quick && named.length === 0) writeFileSync('docs/bench.md', page())
}
