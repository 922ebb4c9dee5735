import type { WorklistView } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import type { WorklistFacts } from './worklist.ts'

/** Bit of each saved view in a row's `views`, in an order that stays. */
const viewBits: Record<WorklistView, number> = {
  all: 1,
  call_backs: 2,
  high_not_reached: 4,
  nearly_there: 8,
  plan_due: 16,
  discharged: 32,
  no_contact: 64,
}
const viewNames = Object.keys(viewBits) as WorklistView[]

export type ViewCounts = Record<WorklistView, number> & { reached: number }

export const noCounts: Readonly<ViewCounts> = {
  all: 0,
  call_backs: 0,
  high_not_reached: 0,
  nearly_there: 0,
  plan_due: 0,
  discharged: 0,
  no_contact: 0,
  reached: 0,
}

/** Patients in each view by their care manager's id; '' stands for nobody's. */
export type CountsByOwner = Record<string, ViewCounts>

/** Adds rows to counts, or takes them away. */
export function addCounts(
  counts: CountsByOwner,
  rows: readonly { ownerId: string | null; views: number; reached: boolean; patients: number }[],
): void {
  for (const { ownerId, views, reached, patients } of rows) {
    counts[ownerId ?? ''] ??= { ...noCounts }
    const own = counts[ownerId ?? '']
    if (own === undefined) continue
    for (const name of viewNames) if (views & viewBits[name]) own[name] += patients
    if (reached) own.reached += patients
  }
}

/** The counts of one care manager, or of all where it is null. */
export function countsOf(counts: CountsByOwner, ownerId: string | null): ViewCounts {
  if (ownerId !== null) return counts[ownerId] ?? { ...noCounts }
  const sum = { ...noCounts }
  for (const own of Object.values(counts)) for (const name of [...viewNames, 'reached'] as const) sum[name] += own[name]
  return sum
}

export interface ClinicState {
  /** Null where the list was never made. */
  basis: string | null
  counts: CountsByOwner
  judgedAt: Date | null
  /** The last import of charts that ended. */
  lastImport: string
  /** Some row is behind the deeds, or the clock has reached the time at which it stands elsewhere. */
  behind: boolean
}

/** The clinics that have a list, for the proof of it. */
export async function listClinicStates(
  tx: Tx,
): Promise<{ clinicId: string; basis: string; counts: CountsByOwner; judgedAt: Date; timeZone: string }[]> {
  const { rows } = await sql<{
    clinicId: string
    basis: string
    counts: CountsByOwner
    judgedAt: Date
    timeZone: string
  }>`
    select w.clinic_id as "clinicId", w.basis, w.counts, w.judged_at as "judgedAt", c.time_zone as "timeZone" from worklist_clinics w
    join clinics c on c.tenant_id = w.tenant_id and c.id = w.clinic_id where w.tenant_id = ${tx.tenantId} order by w.clinic_id limit 10000`.execute(
    tx.db,
  )
  return rows
}

/** Whether a clinic's rows are up to date, and their counts. */
export async function readClinicState(tx: Tx, clinicId: string, clock: string): Promise<ClinicState> {
  const { rows } = await sql<ClinicState>`
    select c.basis, coalesce(c.counts, '{}') as counts, c.judged_at as "judgedAt",
      coalesce((select id || ' ' || finished_at from imports where tenant_id = ${tx.tenantId} and not dry_run and finished_at is not null
        order by finished_at desc, id desc limit 1), 'none') as "lastImport",
      exists (select from worklist_rows where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and changes <> judged)
        or exists (select from worklist_rows where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and changes_at <= ${clock}) as behind
    from (select) one left join worklist_clinics c on c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId}`.execute(
    tx.db,
  )
  return rows[0] ?? { basis: null, counts: {}, judgedAt: null, lastImport: 'none', behind: true }
}

/** Lets one at a time bring a clinic's rows up to date, until the end of the transaction. */
export async function lockClinicState(tx: Tx, clinicId: string, now: Date): Promise<void> {
  await sql`insert into worklist_clinics (tenant_id, clinic_id, basis, counts, judged_at) values (${tx.tenantId}, ${clinicId}, '', '{}', ${now}) on conflict do nothing`.execute(
    tx.db,
  )
  await sql`select from worklist_clinics where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} for update`.execute(
    tx.db,
  )
}

export async function saveClinicState(
  tx: Tx,
  clinicId: string,
  state: { basis: string; counts: CountsByOwner; now: Date },
): Promise<void> {
  await sql`update worklist_clinics set basis = ${state.basis}, counts = ${json(state.counts)}::jsonb, judged_at = ${state.now}
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId}`.execute(tx.db)
}

export interface JudgedRow {
  patientId: string
  /** The state of `changes` from which it was judged. */
  judged: number
  /** Null where the patient is not on the list. */
  standing: {
    ownerId: string | null
    need: number
    sortKey: string
    views: readonly WorklistView[]
    reached: boolean
    callable: boolean
    changesAt: string | null
    facts: WorklistFacts
  } | null
}

export interface KnownRow {
  patientId: string
  changes: number
  behind: boolean
  listed: boolean
  ownerId: string | null
  need: number | null
  sortKey: string | null
  views: number
  reached: boolean
  callable: boolean
  facts: WorklistFacts | null
}

const knownColumns = sql<KnownRow>`patient_id as "patientId", changes, changes <> judged as behind, listed, owner_id as "ownerId", need, sort_key as "sortKey", views,
  reached, callable, facts`

/** Rows of a clinic in the order of ids, after one of them; with `clock`, those alone that are behind deeds or clock. */
export async function listKnownRows(
  tx: Tx,
  clinicId: string,
  page: { clock: string | null; after: string; limit: number },
): Promise<KnownRow[]> {
  const own = sql`tenant_id = ${tx.tenantId} and clinic_id = ${clinicId}`
  const which = (more: RawBuilder<unknown>) => sql`select ${knownColumns} from worklist_rows where ${own} and ${more}`
  const { rows } =
    page.clock === null
      ? await sql<KnownRow>`${which(sql`patient_id > ${page.after}`)} order by patient_id limit ${page.limit}`.execute(
          tx.db,
        )
      : await sql<KnownRow>`${which(sql`changes <> judged`)} union all ${which(sql`changes = judged and changes_at <= ${page.clock}`)}
          order by 1 limit ${page.limit}`.execute(tx.db)
  return rows.map((row) => ({ ...row, facts: row.facts === null ? null : revived(row.facts) }))
}

/** Writes rows as judged, in the order of ids; a deed that came meanwhile leaves its row behind. */
export async function saveRows(tx: Tx, clinicId: string, rows: readonly JudgedRow[]): Promise<void> {
  const records = rows.map(({ patientId, judged, standing }) => ({
    patient_id: patientId,
    judged,
    listed: standing !== null,
    owner_id: standing?.ownerId ?? null,
    need: standing?.need ?? null,
    sort_key: standing?.sortKey ?? null,
    views: bitsOf(standing?.views ?? []),
    reached: standing?.reached ?? false,
    callable: standing?.callable ?? false,
    changes_at: standing?.changesAt ?? null,
    facts: standing?.facts ?? null,
  }))
  await sql`insert into worklist_rows (tenant_id, clinic_id, patient_id, judged, listed, owner_id, need, sort_key, views, reached, callable, changes_at, facts)
    select ${tx.tenantId}::uuid, ${clinicId}::uuid, r.patient_id, r.judged, r.listed, r.owner_id, r.need, r.sort_key, r.views, r.reached, r.callable, r.changes_at, r.facts
    from json_to_recordset(${json(records)}::json) as r (patient_id uuid, judged integer, listed boolean, owner_id uuid, need integer, sort_key text, views integer,
      reached boolean, callable boolean, changes_at text, facts jsonb) order by r.patient_id
    on conflict (tenant_id, clinic_id, patient_id) do update set judged = excluded.judged, listed = excluded.listed, owner_id = excluded.owner_id,
      need = excluded.need, sort_key = excluded.sort_key, views = excluded.views, reached = excluded.reached, callable = excluded.callable, changes_at = excluded.changes_at,
      facts = excluded.facts`.execute(tx.db)
}

export function bitsOf(views: readonly WorklistView[]): number {
  return views.reduce((bits, view) => bits | viewBits[view], 0)
}

export interface PageQuery {
  ownerId: string | null
  view: WorklistView
  search: string | undefined
  /** The sort key of the last row seen. */
  after: string | undefined
  limit: number
}

/** A page of the list in its order. */
export async function listPage(
  tx: Tx,
  clinicId: string,
  query: PageQuery,
): Promise<{ sortKey: string; facts: WorklistFacts }[]> {
  const { rows } = await sql<{ sortKey: string; facts: WorklistFacts }>`
    select sort_key as "sortKey", facts from worklist_rows where ${ofQuery(tx, clinicId, query)}
      ${query.view === 'all' ? sql`` : sql`and views & ${viewBits[query.view]}::integer <> 0`}
      ${query.after === undefined ? sql`` : sql`and sort_key > ${query.after}`}
    order by sort_key limit ${query.limit}`.execute(tx.db)
  return rows.map(({ sortKey, facts }) => ({ sortKey, facts: revived(facts) }))
}

/** The same counts as are kept, of those alone whose name was searched for. */
export async function countSearched(tx: Tx, clinicId: string, query: PageQuery): Promise<CountsByOwner> {
  const { rows } = await sql<{ ownerId: string | null; views: number; reached: boolean; patients: number }>`
    select owner_id as "ownerId", views, reached, count(*)::int as patients from worklist_rows where ${ofQuery(tx, clinicId, query)}
    group by owner_id, views, reached limit 100000`.execute(tx.db)
  const counts: CountsByOwner = {}
  addCounts(counts, rows)
  return counts
}

function ofQuery(tx: Tx, clinicId: string, { ownerId, search }: PageQuery) {
  return sql`tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and listed
    ${ownerId === null ? sql`` : sql`and owner_id = ${ownerId}`}
    ${search === undefined ? sql`` : sql`and strpos(lower(facts ->> 'name'), ${search.toLowerCase()}) > 0`}`
}

/** The first of a care manager's list who can be rung, besides one patient. */
export async function readFirstCallable(
  tx: Tx,
  clinicId: string,
  ownerId: string,
  besides: string,
): Promise<WorklistFacts | null> {
  const { rows } = await sql<{ facts: WorklistFacts }>`
    select facts from worklist_rows where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and owner_id = ${ownerId} and listed and callable
      and patient_id <> ${besides} order by sort_key limit 1`.execute(tx.db)
  const [row] = rows
  return row === undefined ? null : revived(row.facts)
}

/** Instants come back from JSON as texts. */
function revived(facts: WorklistFacts): WorklistFacts {
  const at = (value: Date | string | null) => (value === null ? null : new Date(value))
  return { ...facts, lastContactAt: at(facts.lastContactAt), callBackAt: at(facts.callBackAt) }
}
