import type { ImportFinding, ImportReport, ImportSummary } from '@keepwell/contract'
import { totalOf } from './import-report.ts'
import type { ImportRow } from './interop.store.ts'

/** A running import that has not moved for this long has lost its server. */
const silenceMilliseconds = 5 * 60_000

export function presentImport(row: ImportRow, now: Date): ImportSummary {
  return {
    id: row.id,
    source: row.source,
    files: row.files,
    dryRun: row.dryRun,
    status: row.status === 'running' && isSilent(row, now) ? 'stopped' : row.status,
    counts: row.counts,
    totals: totalOf(row.counts),
    errors: row.errors,
    warnings: row.warnings,
    startedAt: row.startedAt.toISOString(),
    startedBy: row.startedById === null ? null : { id: row.startedById, name: row.startedByName ?? 'Somebody' },
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

export function presentReport(row: ImportRow & { findings: ImportFinding[] }, now: Date): ImportReport {
  return { ...presentImport(row, now), findings: row.findings }
}

export function isSilent(row: ImportRow, now: Date): boolean {
  return now.getTime() - row.progressAt.getTime() > silenceMilliseconds
}
