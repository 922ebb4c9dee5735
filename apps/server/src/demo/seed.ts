import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instantOf } from '@keepwell/rules'
import { type Candidate, type ClinicYear, planClinicYear, type YearOptions } from '@keepwell/synth'
import { App } from '../app.ts'
import { projectFolder, readConfig } from '../config.ts'
import type { Database } from '../db/database.ts'
import { listEligible } from '../features/eligibility/index.ts'
import { importFhirFiles } from '../features/interop/index.ts'
import { jobs } from '../features/jobs.ts'
import { startWorker } from '../jobs/worker.ts'
import { ManualClock } from '../kernel/clock.ts'
import type { Sealer } from '../kernel/sealer.ts'
import { outsideParties } from '../outside/parties.ts'
import { play, type Stage } from './deeds.ts'
import { demoBeginsAt, rememberDemoClock } from './demo-clock.ts'
import { createDemoClinic, type DemoClinic } from './organization.ts'
import { type DemoName, people } from './people.ts'

const practitionerSourceId = 'okafor'
const options: YearOptions = {
  seed: 20_261_103,
  timeZone: 'America/New_York',
  from: '2025-11',
  openMonth: '2026-10',
  today: '2026-11-03',
  practitionerSourceId,
}
const opensOn = '2025-10-20T13:00:00Z'
const weekMilliseconds = 7 * 86_400_000

export interface DemoSummary {
  patients: number
  events: number
  seconds: number
}

/**
 * Makes the demo clinic on an empty store: the carried patients come in by the importer, and a year of work is done
 * by the same deeds that people use, each at its own time.
 */
export async function seedDemo(database: Database, sealer: Sealer, say: (text: string) => void): Promise<DemoSummary> {
  const began = performance.now()
  const clock = new ManualClock(opensOn)
  const clinic = await createDemoClinic(database, clock.now())
  const app = new App({ database, clock, sealer, outside: outsideParties(readConfig({}), true, database, clock) })
  const actor = await app.systemActor(clinic.tenantId)
  say('Bringing in 110 synthetic patients…')
  const chart = await importFhirFiles(app, actor, [join(projectFolder, 'demo/patients')])
  // The embedded store has no one who gathers statistics by himself; without them its plans are guesses.
  await database.ownerPool.query('analyze')
  const candidates = await findCandidates(database, clinic)
  const year = planClinicYear(candidates, options)
  say(`Doing a year of work with them, ${year.events.length} deeds…`)
  const stage = await stageOf(app, clock, clinic, candidates)
  const ehr = new EhrFeed(app, actor, year, clock)
  let done = 0
  for (const event of year.events) {
    await ehr.bringUntil(Date.parse(event.at))
    await play(stage, event)
    done++
    if (done % 300 === 0) await database.ownerPool.query('analyze')
    if (done % 500 === 0) say(`  ${done} of ${year.events.length}, ${event.at.slice(0, 7)}`)
  }
  await ehr.bringAll()
  clock.set(demoBeginsAt)
  await stage.worker.drain()
  await stage.worker.stop()
  await rememberDemoClock(database, demoBeginsAt)
  return {
    patients: chart.counts.Patient?.created ?? 0,
    events: done,
    seconds: Math.round((performance.now() - began) / 1000),
  }
}

/** Patients of 65 and older whom the finder proposes, by name. */
async function findCandidates(database: Database, clinic: DemoClinic): Promise<(Candidate & { name: string })[]> {
  const found = await database.withTenant(clinic.tenantId, (tx) => listEligible(tx, options.today))
  return found
    .filter(({ bornOn }) => bornOn !== null && bornOn <= '1961-11-03')
    .map(({ id, sourceId, name }) => ({ id, sourceId, name }))
}

async function stageOf(
  app: App,
  clock: ManualClock,
  clinic: DemoClinic,
  candidates: { id: string; name: string }[],
): Promise<Stage> {
  const names = Object.keys(people) as DemoName[]
  const actors = await Promise.all(
    names.map(async (name) => [name, await app.actorOf(clinic.tenantId, clinic.staffIds[name])] as const),
  )
  return {
    app,
    clock,
    worker: startWorker(app, jobs, 0, (job, error) => {
      throw new Error(`${job}: ${error.message}`)
    }),
    actors: Object.fromEntries(actors) as Stage['actors'],
    patientIds: candidates.map(({ id }) => id),
    patientNames: candidates.map(({ name }) => name),
    supplemented: [],
  }
}

/** The clinic's EHR, which sends each week what happened in it: visits, values, and at last the appointments. */
class EhrFeed {
  readonly #app: App
  readonly #actor: Awaited<ReturnType<App['systemActor']>>
  readonly #clock: ManualClock
  #waiting: { at: number; resource: Record<string, unknown> }[]
  #nextAt = 0
  constructor(app: App, actor: Awaited<ReturnType<App['systemActor']>>, year: ClinicYear, clock: ManualClock) {
    this.#app = app
    this.#actor = actor
    this.#clock = clock
    this.#waiting = [
      {
        at: 0,
        resource: {
          resourceType: 'Practitioner',
          id: practitionerSourceId,
          identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: people.okafor.npi }],
          name: [{ family: 'Okafor', given: ['Ada'], prefix: ['Dr'] }],
        },
      },
      ...year.resources.map((resource) => ({ at: timeOf(resource), resource })),
    ].sort((a, b) => a.at - b.at)
  }

  async bringUntil(at: number): Promise<void> {
    if (at < this.#nextAt) return
    this.#nextAt = at + weekMilliseconds
    await this.#bring(at)
  }

  async bringAll(): Promise<void> {
    await this.#bring(Number.POSITIVE_INFINITY)
  }

  async #bring(until: number): Promise<void> {
    const due = this.#waiting.filter((one) => one.at < until)
    if (due.length === 0) return
    this.#waiting = this.#waiting.slice(due.length)
    const folder = mkdtempSync(join(tmpdir(), 'keepwell-demo-'))
    try {
      const file = join(folder, 'ehr.ndjson')
      writeFileSync(file, due.map(({ resource }) => JSON.stringify(resource)).join('\n'))
      if (until < Number.POSITIVE_INFINITY) this.#clock.set(new Date(until))
      await importFhirFiles(this.#app, this.#actor, [file])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** When the EHR has it: appointments are known on the eve of the demo's first day. */
function timeOf(resource: Record<string, unknown>): number {
  if (resource.resourceType === 'Appointment') return instantOf('2026-11-02', '18:00', options.timeZone)
  const period = resource.period as { end?: string } | undefined
  return Date.parse(period?.end ?? String(resource.effectiveDateTime ?? opensOn))
}
