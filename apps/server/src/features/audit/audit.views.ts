import type { contract, InputOf, OutputOf } from '@keepwell/contract'
import { addDays, instantOf } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'

type Query = InputOf<typeof contract.audit.list>['query']
type Page = OutputOf<typeof contract.audit.list>
type Entry = Page['items'][number]

/** The trail from the newest entry back, by keyset; days are the clinic's. */
export async function listAuditEntries(tx: Tx, query: Query, timeZone: string): Promise<Page> {
  const from = query.from === undefined ? null : new Date(instantOf(query.from, '00:00', timeZone))
  const to = query.to === undefined ? null : new Date(instantOf(addDays(query.to, 1), '00:00', timeZone))
  const [beforeAt = null, beforeId = null] = query.cursor?.split(' ') ?? []
  const { rows } = await sql<Omit<Entry, 'at'> & { at: Date; exact: string }>`
    select a.id, a.happened_at as at, to_char(a.happened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as exact, a.deed, a.actor_name as "actorName",
      a.actor_roles as "actorRoles", a.patient_id as "patientId", p.given || ' ' || p.family as "patientName", a.subject_id as "subjectId", a.outcome, a.detail, a.source
    from audit_events a left join patients p on p.tenant_id = a.tenant_id and p.id = a.patient_id
    where a.tenant_id = ${tx.tenantId}
      and (${query.patientId ?? null}::uuid is null or a.patient_id = ${query.patientId ?? null})
      and (${query.actorId ?? null}::uuid is null or a.actor_id = ${query.actorId ?? null})
      and (${query.deed ?? null}::text is null or a.deed = ${query.deed ?? null})
      and (${from}::timestamptz is null or a.happened_at >= ${from})
      and (${to}::timestamptz is null or a.happened_at < ${to})
      and (${beforeAt}::timestamptz is null or (a.happened_at, a.id) < (${beforeAt}::timestamptz, ${beforeId}::uuid))
    order by a.happened_at desc, a.id desc limit ${query.limit + 1}`.execute(tx.db)
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(({ exact: _, ...row }) => ({ ...row, at: row.at.toISOString() })),
    nextCursor: rows.length > query.limit && last !== undefined ? `${last.exact} ${last.id}` : null,
  }
}
