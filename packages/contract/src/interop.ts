import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ById, Id, Instant, PageQuery, Person, pageOf } from './models.ts'

/** What became of the resources of one type. `read` is the sum of the other four. */
export const ImportCounts = z.object({
  read: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
})
export type ImportCounts = z.infer<typeof ImportCounts>

/** One remark of an import with its place. An error means that the resource (or file) was not taken; a warning, that it was. */
export const ImportFinding = z.object({
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  /** Line in the (unpacked) file, from 1; null when the whole file is meant. */
  line: z.int().nullable(),
  /** Number of the entry in its Bundle, from 1; null outside Bundles. */
  entry: z.int().nullable(),
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  /** Place inside the resource, such as `Condition.subject`; empty when the whole resource is meant. */
  path: z.string(),
  code: z.string(),
  message: z.string(),
})
export type ImportFinding = z.infer<typeof ImportFinding>

/** `stopped` is an import whose server ended before it did: run the same file again, what is in stays in. */
export const ImportStatus = z.enum(['running', 'done', 'failed', 'stopped'])
export type ImportStatus = z.infer<typeof ImportStatus>

/** An import in the list. `counts` is by FHIR resource type; what has none is counted under `Unreadable`. */
export const ImportSummary = z.object({
  id: Id,
  source: z.string(),
  files: z.array(z.string()),
  dryRun: z.boolean(),
  status: ImportStatus,
  counts: z.record(z.string(), ImportCounts),
  totals: ImportCounts,
  errors: z.int(),
  warnings: z.int(),
  startedAt: Instant,
  startedBy: Person.nullable(),
  finishedAt: Instant.nullable(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

/** With its findings: at most 1,000 are kept, errors before warnings; `errors` and `warnings` count them all. */
export const ImportReport = ImportSummary.extend({ findings: z.array(ImportFinding) })
export type ImportReport = z.infer<typeof ImportReport>

/** Kinds of records whose source can be opened. */
export const RecordKind = z.enum([
  'patient',
  'condition',
  'encounter',
  'observation',
  'medication',
  'allergy',
  'past_service',
  'coverage',
  'appointment',
])
export type RecordKind = z.infer<typeof RecordKind>

/** Largest file that the page takes; larger ones go in by `keepwell import fhir`. */
export const importLimitBytes = 256 * 1024 * 1024

/** The name under which ids of one EHR are kept apart from those of another. */
export const SourceName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, 'Use lower-case letters, digits and hyphens.')

const importErrors = ['file_type_mismatch', 'unreadable_file', 'too_large', 'bad_request'] as const

export const interop = {
  importFile: endpoint({
    method: 'POST',
    path: '/imports',
    summary: 'Read a FHIR file: a Bundle, a resource or Bulk Data NDJSON, plain or gzip',
    permission: 'import:run',
    audit: 'import.run',
    phi: true,
    errors: importErrors,
    query: z.object({
      name: z.string().min(1).max(300),
      /** Only reports: nothing is kept. */
      dryRun: z
        .enum(['true', 'false'])
        .default('true')
        .transform((text) => text === 'true'),
      source: SourceName.default('ehr'),
    }),
    upload: { limitBytes: importLimitBytes },
    output: ImportReport,
  }),
  list: endpoint({
    method: 'GET',
    path: '/imports',
    summary: 'Every import, the newest first',
    permission: 'import:read',
    audit: 'import.listed',
    phi: true,
    errors: [],
    query: PageQuery,
    output: pageOf(ImportSummary),
  }),
  get: endpoint({
    method: 'GET',
    path: '/imports/:id',
    summary: 'One import with its findings',
    permission: 'import:read',
    audit: 'import.opened',
    phi: true,
    errors: ['not_found'],
    params: ById,
    output: ImportReport,
  }),
  /** Counts alone: no names, no ids of patients. */
  progress: endpoint({
    method: 'GET',
    path: '/import-progress',
    summary: 'What imports are running now, as counts',
    permission: 'import:read',
    audit: null,
    phi: false,
    background: true,
    errors: [],
    output: z.object({
      items: z.array(
        z.object({
          id: Id,
          dryRun: z.boolean(),
          read: z.int(),
          refused: z.int(),
          percent: z.int(),
          startedAt: Instant,
        }),
      ),
    }),
  }),
  resource: endpoint({
    method: 'GET',
    path: '/patients/:patientId/sources/:kind/:id',
    summary: 'Where a record of the chart came from, with the resource as it came',
    permission: 'patient:chart',
    audit: 'import.source_opened',
    phi: true,
    errors: ['not_found'],
    params: z.object({ patientId: Id, kind: RecordKind, id: Id }),
    output: z.object({
      resourceType: z.string(),
      source: z.string(),
      sourceId: z.string(),
      file: z.string(),
      line: z.int().nullable(),
      entry: z.int().nullable(),
      sha256: z.string(),
      importId: Id,
      importedAt: Instant,
      /** The resource, as JSON text. */
      json: z.string(),
    }),
  }),
}
