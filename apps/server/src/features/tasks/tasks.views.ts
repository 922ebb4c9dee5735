import type { Role, Task } from '@keepwell/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Actor } from '../../kernel/actor.ts'
import { found, Problem } from '../../kernel/problem.ts'
import { isMine, readsAnswers, seesEveryTask } from './tasks.ts'

interface Row {
  id: string
  patientId: string | null
  patientName: string | null
  kind: string
  title: string
  detail: string | null
  urgency: Task['urgency']
  ownerRole: Role
  ownerId: string | null
  ownerName: string | null
  dueOn: string | null
  dueAt: Date | null
  month: string | null
  subjectId: string | null
  createdById: string
  createdByName: string | null
  createdAt: Date
  acknowledgedById: string | null
  acknowledgedByName: string | null
  acknowledgedAt: Date | null
  doneById: string | null
  doneByName: string | null
  doneAt: Date | null
  answer: string | null
  rank: string
}

/** Open work by urgency, then by when it is due; a text, so that a page can go on after it. */
const rank = sql`(case t.urgency when 'now' then '0' when 'today' then '1' else '2' end) ||
  to_char(coalesce(t.due_at, t.due_on::timestamptz, timestamptz '9999-12-31') at time zone 'UTC', 'YYYYMMDDHH24MISS')`

const columns = sql<Row>`
  t.id, t.patient_id as "patientId", p.given || ' ' || p.family as "patientName", t.kind, t.title, t.detail, t.urgency, t.owner_role as "ownerRole",
  t.owner_id as "ownerId", o.name as "ownerName", t.due_on as "dueOn", t.due_at as "dueAt", t.month, t.subject_id as "subjectId",
  t.created_by as "createdById", c.name as "createdByName", t.created_at as "createdAt", t.acknowledged_by as "acknowledgedById",
  a.name as "acknowledgedByName", t.acknowledged_at as "acknowledgedAt", t.done_by as "doneById", d.name as "doneByName", t.done_at as "doneAt", t.answer`

const joins = sql`from tasks t
  left join patients p on p.tenant_id = t.tenant_id and p.id = t.patient_id
  left join staff o on o.tenant_id = t.tenant_id and o.id = t.owner_id
  left join staff c on c.tenant_id = t.tenant_id and c.id = t.created_by
  left join staff a on a.tenant_id = t.tenant_id and a.id = t.acknowledged_by
  left join staff d on d.tenant_id = t.tenant_id and d.id = t.done_by`

export interface Viewer {
  actor: Actor
  today: string
  now: Date
}

function visibleTo({ id, roles }: Actor): RawBuilder<unknown> {
  if (seesEveryTask(roles)) return sql`true`
  return sql`(t.owner_role = any (${[...roles]}::text[]) or t.owner_id = ${id} or t.created_by = ${id})`
}

function whoseWork(whose: 'seat' | 'mine' | 'asked' | 'visible', { id, roles }: Actor): RawBuilder<unknown> {
  if (whose === 'mine') return sql`t.owner_id = ${id}`
  if (whose === 'asked') return sql`t.created_by = ${id} and t.owner_id is distinct from ${id}`
  if (whose === 'seat')
    return sql`(t.owner_id = ${id} or (t.owner_id is null and t.owner_role = any (${[...roles]}::text[])))`
  return sql`true`
}

export interface TaskFilter {
  whose: 'seat' | 'mine' | 'asked' | 'visible'
  state: 'open' | 'done'
  kind?: string | undefined
  patientId?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of tasks: open ones by urgency and due time, done ones by the newest. */
export async function listTasks(
  tx: Tx,
  viewer: Viewer,
  filter: TaskFilter,
): Promise<{ items: Task[]; nextCursor: string | null }> {
  const open = filter.state === 'open'
  const key = open ? rank : sql`to_char(t.done_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')`
  const after = filter.cursor === undefined ? null : parseCursor(filter.cursor)
  const beyond =
    after === null
      ? sql`true`
      : open
        ? sql`(${key}, t.id) > (${after.key}, ${after.id}::uuid)`
        : sql`(${key}, t.id) < (${after.key}, ${after.id}::uuid)`
  const { rows } = await sql<Row>`select ${columns}, ${key} as rank ${joins}
    where t.tenant_id = ${tx.tenantId} and ${open ? sql`t.done_at is null` : sql`t.done_at is not null`}
      and ${visibleTo(viewer.actor)} and ${whoseWork(filter.whose, viewer.actor)}
      and ${filter.kind === undefined ? sql`true` : sql`t.kind = ${filter.kind}`}
      and ${filter.patientId === undefined ? sql`true` : sql`t.patient_id = ${filter.patientId}`}
      and ${beyond}
    order by ${open ? sql`${key}, t.id` : sql`${key} desc, t.id desc`} limit ${filter.limit + 1}`.execute(tx.db)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    items: page.map((row) => present(row, viewer)),
    nextCursor: rows.length > filter.limit && last !== undefined ? `${last.rank}.${last.id}` : null,
  }
}

function parseCursor(cursor: string): { key: string; id: string } {
  const [, key = '', id = ''] = /^([0-9a-z]{0,30})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (id === '') throw new Problem('bad_request', 'This page of the list cannot be found. Go back to its beginning.')
  return { key, id }
}

/** @throws Problem not_found for a task of nobody, of another organization or of somebody else's list. */
export async function readTask(tx: Tx, viewer: Viewer, id: string): Promise<Task> {
  const { rows } = await sql<Row>`select ${columns}, '' as rank ${joins}
    where t.tenant_id = ${tx.tenantId} and t.id = ${id} and ${visibleTo(viewer.actor)}`.execute(tx.db)
  return present(found(rows[0], 'There is no such task on your lists.'), viewer)
}

/** How much open work waits: in all, due today or before, overdue, and that needs somebody now. */
export async function countTasks(
  tx: Tx,
  { actor, today, now }: Viewer,
): Promise<{ open: number; dueToday: number; overdue: number; now: number }> {
  const { rows } = await sql<{ open: number; dueToday: number; overdue: number; now: number }>`
    select count(*)::int as open,
      count(*) filter (where t.urgency <> 'normal' or t.due_on <= ${today}::date)::int as "dueToday",
      count(*) filter (where t.due_on < ${today}::date or t.due_at < ${now})::int as overdue,
      count(*) filter (where t.urgency = 'now')::int as now
    from tasks t where t.tenant_id = ${tx.tenantId} and t.done_at is null and ${whoseWork('seat', actor)}`.execute(
    tx.db,
  )
  return rows[0] ?? { open: 0, dueToday: 0, overdue: 0, now: 0 }
}

/** People of the organization who can be given work, by name. */
export async function listPeople(tx: Tx): Promise<{ id: string; name: string; title: string; roles: Role[] }[]> {
  const { rows } = await sql<{ id: string; name: string; title: string; roles: Role[] }>`
    select id, name, title, roles from staff where tenant_id = ${tx.tenantId} and active order by name limit 500`.execute(
    tx.db,
  )
  return rows
}

function person(id: string | null, name: string | null): { id: string; name: string } | null {
  return id === null ? null : { id, name: name ?? 'Somebody who left' }
}

function present(row: Row, { actor, today, now }: Viewer): Task {
  const acknowledgedBy = person(row.acknowledgedById, row.acknowledgedByName)
  const doneBy = person(row.doneById, row.doneByName)
  const mine = isMine(row, actor)
  return {
    id: row.id,
    patient: person(row.patientId, row.patientName),
    kind: row.kind,
    title: row.title,
    detail: row.detail,
    urgency: row.urgency,
    ownerRole: row.ownerRole,
    owner: person(row.ownerId, row.ownerName),
    dueOn: row.dueOn,
    dueAt: row.dueAt?.toISOString() ?? null,
    overdue:
      row.doneAt === null && ((row.dueOn !== null && row.dueOn < today) || (row.dueAt !== null && row.dueAt < now)),
    month: row.month,
    subjectId: row.subjectId,
    createdBy: { id: row.createdById, name: row.createdByName ?? 'Keepwell' },
    createdAt: row.createdAt.toISOString(),
    acknowledged:
      acknowledgedBy === null || row.acknowledgedAt === null
        ? null
        : { by: acknowledgedBy, at: row.acknowledgedAt.toISOString() },
    done:
      doneBy === null || row.doneAt === null
        ? null
        : {
            by: doneBy,
            at: row.doneAt.toISOString(),
            answer: readsAnswers(actor.roles) || mine ? row.answer : null,
          },
    mine,
  }
}
