import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { assert } from '../../kernel/problem.ts'

type ColumnType = 'text' | 'uuid' | 'date' | 'timestamptz' | 'numeric' | 'boolean' | 'integer' | 'jsonb' | 'bytea'

interface TableShape {
  /** Set when a row is made and never changed by an import. */
  kept: Record<string, ColumnType>
  /** Follow the source: a row is written only when one of these differs. */
  followed: Record<string, ColumnType>
  /** Written along with a change, never a reason for one. */
  noted: Record<string, ColumnType>
  /** How a column is renewed, where it is not simply replaced. */
  renewed?: Record<string, string>
  /** What makes a row the same row; tenant and source besides. */
  key?: readonly string[]
}

const ofPatient = { patient_id: 'uuid' } as const

/** The tables that an import writes, each keyed by tenant, source and the source's id. Names are constants of this file. */
const tables = {
  patients: {
    kept: { clinic_id: 'uuid', created_at: 'timestamptz' },
    followed: {
      family: 'text',
      given: 'text',
      prefix: 'text',
      born_on: 'date',
      sex: 'text',
      deceased: 'boolean',
      died_on: 'date',
      language: 'text',
      mbi: 'text',
      mrn: 'text',
      address: 'jsonb',
      phones: 'jsonb',
      email: 'text',
      search_text: 'text',
    },
    noted: { updated_at: 'timestamptz' },
  },
  practitioners: { kept: {}, followed: { name: 'text', npi: 'text' }, noted: {} },
  conditions: {
    kept: {},
    followed: {
      ...ofPatient,
      system: 'text',
      code: 'text',
      display: 'text',
      codings: 'jsonb',
      clinical_status: 'text',
      verification_status: 'text',
      category: 'text',
      onset_on: 'date',
      abated_on: 'date',
      recorded_on: 'date',
    },
    noted: {},
  },
  encounters: {
    kept: {},
    followed: {
      ...ofPatient,
      status: 'text',
      kind: 'text',
      class: 'text',
      code: 'text',
      display: 'text',
      started_at: 'timestamptz',
      ended_at: 'timestamptz',
      practitioner_source_id: 'text',
      reason: 'text',
    },
    noted: {},
  },
  observations: {
    kept: {},
    followed: {
      ...ofPatient,
      system: 'text',
      code: 'text',
      display: 'text',
      category: 'text',
      effective_at: 'timestamptz',
      value_number: 'numeric',
      value_text: 'text',
      unit: 'text',
      components: 'jsonb',
    },
    noted: {},
  },
  medications: {
    kept: {},
    followed: {
      ...ofPatient,
      status: 'text',
      code: 'text',
      display: 'text',
      authored_on: 'date',
      dosage_text: 'text',
      reason: 'text',
    },
    noted: {},
  },
  allergies: {
    kept: {},
    followed: {
      ...ofPatient,
      code: 'text',
      display: 'text',
      clinical_status: 'text',
      criticality: 'text',
      reactions: 'jsonb',
      recorded_on: 'date',
    },
    noted: {},
  },
  past_services: {
    kept: {},
    followed: { ...ofPatient, kind: 'text', code: 'text', display: 'text', performed_on: 'date' },
    noted: {},
  },
  related_people: {
    kept: {},
    followed: { ...ofPatient, name: 'text', relationship: 'text', phone: 'text' },
    noted: {},
  },
  coverages: {
    kept: { hint: 'boolean' },
    followed: {
      ...ofPatient,
      kind: 'text',
      payer_name: 'text',
      member_id: 'text',
      from_on: 'date',
      to_on: 'date',
      payer_order: 'integer',
    },
    noted: { recorded_at: 'timestamptz' },
    // A hint spans from the first to the last claim that names the payer, in whatever order they come.
    renewed: {
      from_on: 'case when coverages.hint then least(coverages.from_on, excluded.from_on) else excluded.from_on end',
      to_on: 'case when coverages.hint then greatest(coverages.to_on, excluded.to_on) else excluded.to_on end',
    },
  },
  appointments: {
    kept: { clinic_id: 'uuid' },
    followed: {
      ...ofPatient,
      starts_at: 'timestamptz',
      ends_at: 'timestamptz',
      practitioner_source_id: 'text',
      status: 'text',
      description: 'text',
    },
    noted: {},
  },
  stays: {
    kept: {},
    followed: { ...ofPatient, kind: 'text', from_on: 'date', to_on: 'date' },
    noted: { recorded_at: 'timestamptz' },
  },
  fhir_resources: {
    kept: {},
    followed: { sha256: 'text', records_sha256: 'text' },
    noted: {
      patient_source_id: 'text',
      body: 'bytea',
      import_id: 'uuid',
      file: 'text',
      line: 'integer',
      entry: 'integer',
      imported_at: 'timestamptz',
    },
    key: ['resource_type', 'source_id'],
  },
} as const satisfies Record<string, TableShape>

export type ChartTable = keyof typeof tables

/** Tables from which a record leaves when its source takes it back. */
export const retractable = [
  'observations',
  'allergies',
  'past_services',
  'coverages',
  'stays',
] as const satisfies ChartTable[]

type Columns<T extends ChartTable> =
  | keyof (typeof tables)[T]['kept']
  | keyof (typeof tables)[T]['followed']
  | keyof (typeof tables)[T]['noted']

/** A row by its column names; jsonb as values, bytea as bytes. A column that is left out is null. */
export type ChartRow<T extends ChartTable> = { id: string; source_id: string; resource_type?: string } & {
  [C in Columns<T>]?: unknown
}

/** Rows of several tables, gathered for one write. */
export type ChartRows = { [T in ChartTable]?: ChartRow<T>[] }

/** A statement in its parts: tenant and source stand after the first, the rows after the second. */
interface Statement {
  into: string
  values: string
  rest: string
  /** The column that holds bytes, if there is one. */
  bytes: string | null
}
const statements = new Map<ChartTable, Statement>()

function statementOf(table: ChartTable): Statement {
  const known = statements.get(table)
  if (known !== undefined) return known
  const shape: TableShape = tables[table]
  const key = shape.key ?? ['source_id']
  const columns: Record<string, string> = {
    ...Object.fromEntries(key.map((name) => [name, 'text'])),
    ...shape.kept,
    ...shape.followed,
    ...shape.noted,
  }
  const names = Object.keys(columns)
  const bytes = names.find((name) => columns[name] === 'bytea') ?? null
  // Bytes go beside the rows and not inside them: as text they would be most of what the store has to read.
  const value = (name: string) => (name === bytes ? 'substr(b.bytes, x.bytes_from, x.bytes_length)' : `x.${name}`)
  const renewed = (name: string) => shape.renewed?.[name] ?? `excluded.${name}`
  const followed = Object.keys(shape.followed)
  const updates = [...followed, ...Object.keys(shape.noted)].map((name) => `${name} = ${renewed(name)}`)
  const definition = names.map((name) =>
    name === bytes ? 'bytes_from integer, bytes_length integer' : `${name} ${columns[name]}`,
  )
  const statement: Statement = {
    into: `insert into ${table} (tenant_id, source, id, ${names.join(', ')}) select `,
    values: `, x.id, ${names.map(value).join(', ')} from json_to_recordset(`,
    rest: `::json) as x(id uuid, ${definition.join(', ')})${bytes === null ? '' : ' cross join all_bytes b'}
      on conflict (tenant_id, source, ${key.join(', ')}) do update set ${updates.join(', ')}
      where (${followed.map((name) => `${table}.${name}`).join(', ')}) is distinct from (${followed.map(renewed).join(', ')})`,
    bytes,
  }
  statements.set(table, statement)
  return statement
}

/** Writes rows of one table: new ones are added, those that differ are renewed, the rest is left alone. */
export async function upsert<T extends ChartTable>(
  tx: Tx,
  source: string,
  table: T,
  rows: readonly ChartRow<T>[],
): Promise<void> {
  if (rows.length === 0) return
  const { into, values, rest, bytes } = statementOf(table)
  const { all, placed } = bytes === null ? { all: null, placed: rows } : bytesBeside(rows, bytes)
  const before = all === null ? sql`` : sql`with all_bytes as (select ${all}::bytea as bytes) `
  await sql`${before}${sql.raw(into)}${tx.tenantId}::uuid, ${source}::text${sql.raw(values)}${JSON.stringify(placed)}${sql.raw(rest)}`.execute(
    tx.db,
  )
}

/** The bytes of all rows one after another, and the rows with the place of theirs (from 1) instead of them. */
function bytesBeside(rows: readonly object[], column: string): { all: Buffer; placed: object[] } {
  const parts: Buffer[] = []
  let from = 1
  const placed = rows.map((row) => {
    const { [column]: own, ...rest } = row as Record<string, unknown>
    assert(Buffer.isBuffer(own), `a row has its ${column}`)
    parts.push(own)
    from += own.length
    return { ...rest, bytes_from: from - own.length, bytes_length: own.length }
  })
  return { all: Buffer.concat(parts), placed }
}

/** Takes records out of the chart that their source took back; the source JSON stays. */
export async function retract(
  tx: Tx,
  source: string,
  table: (typeof retractable)[number],
  sourceIds: readonly string[],
): Promise<void> {
  if (sourceIds.length === 0) return
  await sql`delete from ${sql.table(table)} where tenant_id = ${tx.tenantId} and source = ${source} and source_id = any (${[...sourceIds]}::text[])`.execute(
    tx.db,
  )
}
