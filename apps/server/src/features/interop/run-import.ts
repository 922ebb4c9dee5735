import { readdir, stat } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { ImportCounts, ImportFinding } from '@keepwell/contract'
import type { Tx } from '../../db/database.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import { type ImportParts, importFhir } from './import-fhir.ts'
import type { Report } from './import-report.ts'
import { insertImport, updateImport } from './interop.store.ts'
import { type ImportFile, isImportable } from './read-file.ts'

export interface RunParts extends ImportParts {
  clock: Clock
  /** The person who runs it; null for the command line. */
  by: string | null
}

export interface RunOptions {
  source: string
  dryRun: boolean
  onProgress?: ((progress: { counts: Record<string, ImportCounts>; percent: number }) => void) | undefined
  /** Writes what else belongs to the end of the import, such as its audit event, in the transaction that ends it. */
  atEnd?: (tx: Tx, importId: string, report: Report) => Promise<void>
}

const progressMilliseconds = 1000

/** Runs an import and keeps its row: begun, how far it is, and its report. */
export async function runImport(
  parts: RunParts,
  files: readonly ImportFile[],
  options: RunOptions,
): Promise<{ importId: string; report: Report }> {
  const importId = newId()
  const { source, dryRun } = options
  await parts.step((tx) =>
    insertImport(tx, {
      id: importId,
      source,
      files: files.slice(0, 200).map((file) => file.name),
      dryRun,
      by: parts.by,
      now: parts.now,
    }),
  )
  let toldAt = performance.now()
  const state = (report: Report) => ({
    counts: report.counts,
    errors: report.errors,
    warnings: report.warnings,
    now: parts.clock.now(),
  })
  try {
    const report = await importFhir(parts, files, {
      importId,
      source,
      dryRun,
      onProgress: async ({ report: sofar, percent }) => {
        options.onProgress?.({ counts: sofar.counts, percent })
        if (performance.now() - toldAt < progressMilliseconds) return
        toldAt = performance.now()
        await parts.step((tx) => updateImport(tx, importId, { ...state(sofar), status: 'running', percent }))
      },
    })
    await parts.step(async (tx) => {
      await updateImport(tx, importId, {
        ...state(report),
        status: 'done',
        percent: 100,
        findings: report.findings,
      })
      await options.atEnd?.(tx, importId, report)
    })
    return { importId, report }
  } catch (error) {
    // The row tells the truth about an import that broke; what its batches brought in stays.
    await parts
      .step((tx) =>
        updateImport(tx, importId, {
          status: 'failed',
          counts: {},
          errors: 0,
          warnings: 0,
          percent: 0,
          now: parts.clock.now(),
        }),
      )
      .catch(() => {})
    throw error
  }
}

/** Files and folders as given on the command line: of a folder its JSON and NDJSON files, in order of name. */
export async function gatherFiles(paths: readonly string[]): Promise<ImportFile[]> {
  const files: ImportFile[] = []
  for (const path of paths) {
    const folder = await stat(path).then(
      (one) => one.isDirectory(),
      () => false,
    )
    if (!folder) {
      files.push({ name: basename(path), path })
      continue
    }
    const inside = await readdir(path, { recursive: true, withFileTypes: true })
    const paths = inside
      .filter((one) => one.isFile() && isImportable(one.name))
      .map((one) => join(one.parentPath, one.name))
    for (const one of paths.sort()) files.push({ name: relative(path, one), path: one })
  }
  return files
}

/** What `keepwell import fhir --json` prints. */
export interface ImportOutcome {
  importId: string
  dryRun: boolean
  counts: Record<string, ImportCounts>
  totals: ImportCounts
  errors: number
  warnings: number
  findings: ImportFinding[]
}
