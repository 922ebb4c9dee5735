import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { contract } from '@keepwell/contract'
import { localDateOf } from '@keepwell/rules'
import { action, longAction, type Runner } from '../../action/action.ts'
import { appendAuditEvent } from '../../audit/audit.ts'
import type { Actor } from '../../kernel/actor.ts'
import { Problem } from '../../kernel/problem.ts'
import { totalOf } from './import-report.ts'
import { listImports, listRunning, readImport, readSource } from './interop.store.ts'
import { isSilent, presentImport, presentReport } from './interop.views.ts'
import { refusalOf } from './read-file.ts'
import { gatherFiles, type ImportOutcome, runImport } from './run-import.ts'

export const importFile = longAction(contract.interop.importFile, async (ctx, { query, file }) => {
  const folder = await mkdtemp(join(tmpdir(), 'keepwell-import-'))
  const path = join(folder, 'upload')
  try {
    await pipeline(file, createWriteStream(path, { mode: 0o600 }))
    await refuseLie(query.name, path)
    const { importId, report } = await runImport({ ...ctx, by: ctx.actor.id }, [{ name: query.name, path }], {
      source: query.source,
      dryRun: query.dryRun,
    })
    const { read, created, changed, refused } = totalOf(report.counts)
    ctx.touch({
      subjectId: importId,
      detail: { dryRun: query.dryRun, source: query.source, read, created, changed, refused },
    })
    return await ctx.step(async (tx) => presentReport(await readImport(tx, importId), ctx.clock.now()))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** A single file that is not what its name says is refused outright; among many it would be one finding. */
async function refuseLie(name: string, path: string): Promise<void> {
  const refusal = await refusalOf({ name, path })
  if (refusal !== null) throw new Problem(refusal.code, `${refusal.message} Nothing was stored.`)
}

export const list = action(contract.interop.list, async ({ tx, now }, { query }) => {
  const [startedAt, id] = query.cursor?.split(' ') ?? []
  const rows = await listImports(
    tx,
    query.limit + 1,
    startedAt === undefined || id === undefined ? null : { startedAt, id },
  )
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => presentImport(row, now)),
    nextCursor: last === undefined ? null : `${last.startedAt.toISOString()} ${last.id}`,
  }
})

export const get = action(contract.interop.get, async ({ tx, now, touch }, { params }) => {
  touch({ subjectId: params.id })
  return presentReport(await readImport(tx, params.id), now)
})

export const progress = action(contract.interop.progress, async ({ tx, now }) => ({
  items: (await listRunning(tx))
    .filter((row) => !isSilent(row, now))
    .map((row) => {
      const { read, refused } = totalOf(row.counts)
      return {
        id: row.id,
        dryRun: row.dryRun,
        read,
        refused,
        percent: row.percent,
        startedAt: row.startedAt.toISOString(),
      }
    }),
}))

export const resource = action(contract.interop.resource, async ({ tx, touch }, { params }) => {
  const row = await readSource(tx, params.patientId, params.kind, params.id)
  touch({ patientId: params.patientId, subjectId: params.id, detail: { kind: params.kind } })
  return { ...row, importedAt: row.importedAt.toISOString() }
})

export interface ImportFilesOptions {
  dryRun?: boolean
  source?: string
  /** Into which clinic new patients come; the actor's own when left out. */
  clinic?: { id: string; timeZone: string }
  onProgress?: (progress: { counts: ImportOutcome['counts']; percent: number }) => void
}

/**
 * Brings in files and folders for the command line and the demo, with the audit event of the deed. Answers what
 * `keepwell import fhir --json` prints; a file that cannot be read is a finding, not an exception.
 */
export async function importFhirFiles(
  app: { runner: Runner },
  actor: Actor,
  paths: readonly string[],
  options: ImportFilesOptions = {},
): Promise<ImportOutcome> {
  const { database, clock } = app.runner
  const { dryRun = false, source = 'ehr', clinic = actor.clinic } = options
  const now = clock.now()
  const { importId, report } = await runImport(
    {
      step: (work) => database.withTenant(actor.tenantId, work),
      clock,
      now,
      by: actor.id,
      clinicId: clinic.id,
      timeZone: clinic.timeZone,
      today: localDateOf(now.getTime(), clinic.timeZone),
    },
    await gatherFiles(paths),
    {
      dryRun,
      source,
      onProgress: options.onProgress,
      atEnd: async (tx, subjectId, { counts }) => {
        const { read, created, changed, refused } = totalOf(counts)
        await appendAuditEvent(tx, {
          deed: 'import.run',
          endpoint: 'interop.importFile',
          actor,
          outcome: 'done',
          subjectId,
          at: now,
          source: 'process',
          detail: { dryRun, source, read, created, changed, refused },
        })
      },
    },
  )
  return {
    importId,
    dryRun,
    counts: report.counts,
    totals: totalOf(report.counts),
    errors: report.errors,
    warnings: report.warnings,
    findings: report.findings,
  }
}
