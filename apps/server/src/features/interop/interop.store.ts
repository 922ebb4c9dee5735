import type { ImportCounts, ImportFinding, RecordKind } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { unpacked } from './packed.ts'

export interface ImportRow {
  id: string
  source: string
  files: string[]
  dryRun: boolean
  status: 'running' | 'done' | 'failed'
  counts: Record<string, ImportCounts>
  errors: number
  warnings: number
  percent: number
  startedAt: Date
  startedById: string | null
  startedByName: string | null
  progressAt: Date
  finishedAt: Date | null
}

const columns = sql`
  i.id, i.source, i.files, i.dry_run as "dryRun", i.status, i.counts, i.errors_total as errors, i.warnings_total as warnings, i.percent,
  i.started_at as "startedAt", i.started_by as "startedById", s.name as "startedByName", i.progress_at as "progressAt", i.finished_at as "finishedAt"`
const joins = sql`from imports i left join staff s on s.tenant_id = i.tenant_id and s.id = i.started_by`

export async function insertImport(
  tx: Tx,
  one: { id: string; source: string; files: string[]; dryRun: boolean; by: string | null; now: Date },
): Promise<void> {
  await tx.db
    .insertInto('imports')
    .values({
      tenant_id: tx.tenantId,
      id: one.id,
      kind: 'fhir',
      source: one.source,
      files: json(one.files),
      dry_run: one.dryRun,
      status: 'running',
      counts: json({}),
      findings: json([]),
      started_at: one.now,
      started_by: one.by,
      progress_at: one.now,
    })
    .execute()
}

export interface ImportProgress {
  status: ImportRow['status']
  counts: Record<string, ImportCounts>
  /** Written when the import ends. */
  findings?: ImportFinding[]
  errors: number
  warnings: number
  percent: number
  now: Date
}

export async function updateImport(tx: Tx, id: string, progress: ImportProgress): Promise<void> {
  await tx.db
    .updateTable('imports')
    .set({
      status: progress.status,
      counts: json(progress.counts),
      errors_total: progress.errors,
      warnings_total: progress.warnings,
      percent: progress.percent,
      progress_at: progress.now,
      ...(progress.findings === undefined ? {} : { findings: json(progress.findings) }),
      ...(progress.status === 'running' ? {} : { finished_at: progress.now }),
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

/** Imports started before the cursor, the newest first, at most `limit`. */
export async function listImports(
  tx: Tx,
  limit: number,
  before: { startedAt: string; id: string } | null,
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`select ${columns} ${joins}
    where i.tenant_id = ${tx.tenantId} and i.kind = 'fhir'
      and ${before === null ? sql`true` : sql`(i.started_at, i.id) < (${before.startedAt}::timestamptz, ${before.id}::uuid)`}
    order by i.started_at desc, i.id desc limit ${limit}`.execute(tx.db)
  return rows
}

export async function listRunning(tx: Tx): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`select ${columns} ${joins}
    where i.tenant_id = ${tx.tenantId} and i.kind = 'fhir' and i.status = 'running' order by i.started_at desc limit 20`.execute(
    tx.db,
  )
  return rows
}

export async function readImport(tx: Tx, id: string): Promise<ImportRow & { findings: ImportFinding[] }> {
  const { rows } = await sql<ImportRow & { findings: ImportFinding[] }>`select ${columns}, i.findings ${joins}
    where i.tenant_id = ${tx.tenantId} and i.id = ${id} and i.kind = 'fhir'`.execute(tx.db)
  return found(rows[0], 'There is no such import.')
}

const places: Record<RecordKind, { table: string; types: string[] }> = {
  patient: { table: 'patients', types: ['Patient'] },
  condition: { table: 'conditions', types: ['Condition'] },
  encounter: { table: 'encounters', types: ['Encounter'] },
  observation: { table: 'observations', types: ['Observation'] },
  medication: { table: 'medications', types: ['MedicationRequest', 'MedicationStatement'] },
  allergy: { table: 'allergies', types: ['AllergyIntolerance'] },
  past_service: { table: 'past_services', types: ['Immunization', 'Procedure'] },
  coverage: { table: 'coverages', types: ['Coverage'] },
  appointment: { table: 'appointments', types: ['Appointment'] },
}

export interface SourceRow {
  resourceType: string
  source: string
  sourceId: string
  file: string
  line: number | null
  entry: number | null
  sha256: string
  importId: string
  importedAt: Date
  json: string
}

/** The resource from which a record of a patient's chart was made. */
export async function readSource(tx: Tx, patientId: string, kind: RecordKind, id: string): Promise<SourceRow> {
  const { table, types } = places[kind]
  const owner = kind === 'patient' ? sql`t.id` : sql`t.patient_id`
  const { rows } = await sql<SourceRow & { body: Buffer }>`
    select f.resource_type as "resourceType", f.source, f.source_id as "sourceId", f.file, f.line, f.entry, f.sha256, f.import_id as "importId",
      f.imported_at as "importedAt", f.body
    from ${sql.table(table)} t join fhir_resources f on f.tenant_id = t.tenant_id and f.source = t.source and f.source_id = t.source_id
      and f.resource_type = any (${types}::text[])
    where t.tenant_id = ${tx.tenantId} and t.id = ${id} and ${owner} = ${patientId} limit 1`.execute(tx.db)
  const { body, ...row } = found(rows[0], 'This record was not brought in from a FHIR file.')
  return { ...row, json: unpacked(body) }
}
