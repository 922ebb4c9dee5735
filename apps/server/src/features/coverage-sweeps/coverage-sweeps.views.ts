import type { ChangedCoverage, CoverageSweep, SweepStanding, UnansweredPatient } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found, Problem } from '../../kernel/problem.ts'
import { enrolledIn, type SweepRow } from './coverage-sweeps.store.ts'
import { pausesAfter } from './coverage-sweeps.ts'

export function presentSweep(row: SweepRow): CoverageSweep {
  return {
    id: row.id,
    month: row.month,
    startedAt: row.startedAt.toISOString(),
    startedBy:
      row.startedById === null || row.startedByName === null ? null : { id: row.startedById, name: row.startedByName },
    endedAt: row.endedAt?.toISOString() ?? null,
    pausedUntil: pausesAfter(row.silent) && row.endedAt === null ? row.nextAt.toISOString() : null,
  }
}

interface Asked {
  clinicId: string
  month: string
  /** Null where no sweep has begun: then nobody was asked. */
  startedAt: Date | null
}

/** Enrolled patients with their newest check since the sweep began. */
const swept = (tx: Tx, { clinicId, month, startedAt }: Asked) => sql`
  select n.*, t.requested_at, t.failure from (${enrolledIn(tx, clinicId, month)}) n
  left join lateral (select c.failure, c.requested_at from eligibility_checks c
    where c.tenant_id = ${tx.tenantId} and c.patient_id = n.id and c.requested_at >= ${startedAt}::timestamptz order by c.requested_at desc, c.id desc limit 1) t on true`

export async function countSwept(
  tx: Tx,
  asked: Asked,
): Promise<Pick<SweepStanding, 'enrolledCount' | 'answeredCount' | 'failedCount'>> {
  const { rows } = await sql<{ enrolledCount: number; answeredCount: number; failedCount: number }>`
    select count(*)::integer as "enrolledCount", count(*) filter (where requested_at is not null and failure is null)::integer as "answeredCount",
      count(*) filter (where failure is not null)::integer as "failedCount" from (${swept(tx, asked)}) w`.execute(tx.db)
  return rows[0] ?? { enrolledCount: 0, answeredCount: 0, failedCount: 0 }
}

export async function listUnanswered(tx: Tx, asked: Asked): Promise<UnansweredPatient[]> {
  const { rows } = await sql<{ id: string; name: string; failure: string; at: Date }>`
    select id, name, failure, requested_at as at from (${swept(tx, asked)}) w where failure is not null order by family, given, id limit 1000`.execute(
    tx.db,
  )
  return rows.map(({ id, name, failure, at }) => ({ patient: { id, name }, failure, at: at.toISOString() }))
}

interface ChangeRow extends Omit<ChangedCoverage, 'at' | 'look'> {
  at: Date
  look: { note: string; byId: string; byName: string; at: string } | null
}

const columns = sql`h.id, jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family) as patient, h.changes, k.verdict, k.service_on as "serviceOn",
  h.recorded_at as at, case when l.id is null then null else jsonb_build_object('note', l.note, 'byId', l.looked_by, 'byName', s.name, 'at', l.looked_at) end as look`
const from = sql`from coverage_changes h join patients p on p.tenant_id = h.tenant_id and p.id = h.patient_id
  join eligibility_checks k on k.tenant_id = h.tenant_id and k.id = h.check_id
  left join coverage_looks l on l.tenant_id = h.tenant_id and l.change_id = h.id
  left join staff s on s.tenant_id = l.tenant_id and s.id = l.looked_by`

async function rowsWhere(tx: Tx, where: RawBuilder<unknown>, limit: number): Promise<ChangedCoverage[]> {
  const { rows } = await sql<ChangeRow>`
    select ${columns} ${from} where h.tenant_id = ${tx.tenantId} and ${where} order by h.recorded_at desc, h.id desc limit ${limit}`.execute(
    tx.db,
  )
  return rows.map(({ look, ...row }) => ({
    ...row,
    at: row.at.toISOString(),
    look:
      look === null
        ? null
        : { note: look.note, by: { id: look.byId, name: look.byName }, at: new Date(look.at).toISOString() },
  }))
}

/** Changes of patients enrolled in the month, the newest first. @throws Problem bad_request for a page that is not there */
export async function listChanges(
  tx: Tx,
  query: { state: 'open' | 'looked_at'; cursor?: string | undefined; limit: number },
  { clinicId, month }: { clinicId: string; month: string },
): Promise<{ items: ChangedCoverage[]; nextCursor: string | null; openCount: number }> {
  const [at, id] = query.cursor?.split(' ') ?? []
  if (query.cursor !== undefined && (id === undefined || Number.isNaN(Date.parse(at ?? ''))))
    throw new Problem('bad_request', 'This page of the list cannot be found. Go back to its beginning.')
  const ours = sql`h.patient_id in (select n.id from (${enrolledIn(tx, clinicId, month)}) n)`
  const state = query.state === 'open' ? sql`l.id is null` : sql`l.id is not null`
  const after = id === undefined ? sql`true` : sql`(h.recorded_at, h.id::text) < (${at}::timestamptz, ${id})`
  const rows = await rowsWhere(tx, sql`${ours} and ${state} and ${after}`, query.limit + 1)
  const items = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? items.at(-1) : undefined
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count ${from} where h.tenant_id = ${tx.tenantId} and ${ours} and l.id is null`.execute(
    tx.db,
  )
  return {
    items,
    nextCursor: last === undefined ? null : `${last.at} ${last.id}`,
    openCount: counted[0]?.count ?? 0,
  }
}

/** @throws Problem not_found */
export async function readChange(tx: Tx, id: string): Promise<ChangedCoverage> {
  return found((await rowsWhere(tx, sql`h.id = ${id}`, 1))[0], 'There is no such change of coverage.')
}
