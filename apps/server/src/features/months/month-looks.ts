import { allEndpoints } from '@keepwell/contract'
import { bookHash } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { assessBatch, batchSize } from './month-close.actions.ts'
import type { Frame } from './month-facts.ts'
import { listMonthPatients } from './month-facts.views.ts'
import { deleteVerdicts, deleteVerdictsOf } from './months.store.ts'

/** Beyond so many patients a month is not judged whole while somebody waits for a page. */
export const wholeLimit = 2500

/** A deed's event may be committed after one with a later id: so far back a look reads again. */
const overlapSeconds = 300

/** Features whose deeds write nothing that a month's facts are gathered from. */
const featuresBeside = [
  'session',
  'claims',
  'edits',
  'inquiries',
  'remittances',
  'denials',
  'documents',
  'tasks',
  'metrics',
  'onCall',
  'audit',
]
/** Endpoints whose events judge nobody anew: they only read, or write beside the facts. */
const beside = [
  ...allEndpoints()
    .filter(
      ({ name, spec }) => spec.method === 'GET' || featuresBeside.some((feature) => name.startsWith(`${feature}.`)),
    )
    .map(({ name }) => name),
  'session',
  'months.assess',
]

interface Look {
  mark: string
  book: string
  isOver: boolean
  lookedAt: Date
}

/**
 * Brings an open month's verdicts up to date: whoever was touched by a deed since the last look is judged anew, or everybody,
 * where a deed names no patient, the book is another or the month has ended meanwhile. Answers as of when the verdicts
 * stand and whether that is now: a large clinic's month is not judged whole in a request.
 */
export async function lookOver(tx: Tx, frame: Frame, now: Date): Promise<{ lookedAt: Date | null; fresh: boolean }> {
  const mark = newId()
  const last = await readLook(tx, frame)
  const touched =
    last === null || last.book !== bookHash || last.isOver !== isOver(frame)
      ? 'all'
      : await touchedSince(tx, frame, last)
  if (touched === 'all') {
    const ids = await listMonthPatients(tx, frame, null, wholeLimit + 1)
    if (ids.length > wholeLimit) return { lookedAt: last?.lookedAt ?? null, fresh: false }
    await judge(tx, frame, ids, now)
    await deleteVerdicts(tx, frame.clinicId, frame.month, ids)
  } else if (touched.length > 0) {
    const ids = await listMonthPatients(tx, frame, null, touched.length, touched)
    await judge(tx, frame, ids, now)
    const belongs = new Set(ids)
    await deleteVerdictsOf(
      tx,
      frame.clinicId,
      frame.month,
      touched.filter((id) => !belongs.has(id)),
    )
  }
  await saveLook(tx, frame, mark, now)
  return { lookedAt: now, fresh: true }
}

async function judge(tx: Tx, frame: Frame, ids: readonly string[], now: Date): Promise<void> {
  for (let from = 0; from < ids.length; from += batchSize)
    await assessBatch(tx, frame, ids.slice(from, from + batchSize), now)
}

/** The patients of deeds since a mark; 'all' where a deed that may concern everybody is among them, or very many are. */
async function touchedSince(tx: Tx, frame: Frame, last: Look): Promise<string[] | 'all'> {
  const since = new Date(last.lookedAt.getTime() - overlapSeconds * 1000)
  const { rows } = await sql<{ patientId: string | null }>`
    select distinct patient_id as "patientId" from (
      select patient_id from audit_events
      where tenant_id = ${tx.tenantId} and id > ${earlier(last.mark)} and outcome = 'done' and not (endpoint = any (${beside}::text[]))
      union all
      -- A timer that moves on to another patient writes time for both, and its event names one.
      select patient_id from patient_months where tenant_id = ${tx.tenantId} and month = ${frame.month} and updated_at >= ${since}
    ) deeds limit ${wholeLimit + 1}`.execute(tx.db)
  const ids = rows.map(({ patientId }) => patientId)
  return ids.includes(null) || ids.length > wholeLimit ? 'all' : ids.filter((id) => id !== null)
}

/** The least id that could have been made `overlapSeconds` before another: the first 48 bits of an id are its milliseconds. */
function earlier(id: string): string {
  const milliseconds = Number.parseInt(id.replace('-', '').slice(0, 12), 16) - overlapSeconds * 1000
  const hex = milliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

async function readLook(tx: Tx, { clinicId, month }: Frame): Promise<Look | null> {
  const { rows } = await sql<Look>`
    select audit_mark as mark, book, is_over as "isOver", looked_at as "lookedAt" from month_looks
    where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month}`.execute(tx.db)
  return rows[0] ?? null
}

/** Keeps that a month was looked over; what was told after `mark` is for the next look. */
export async function saveLook(tx: Tx, frame: Frame, mark: string, now: Date): Promise<void> {
  await sql`
    insert into month_looks (tenant_id, clinic_id, month, audit_mark, book, is_over, looked_at)
    values (${tx.tenantId}, ${frame.clinicId}, ${frame.month}, ${mark}, ${bookHash}, ${isOver(frame)}, ${now})
    on conflict (tenant_id, clinic_id, month) do update set audit_mark = excluded.audit_mark, book = excluded.book, is_over = excluded.is_over,
      looked_at = excluded.looked_at`.execute(tx.db)
}

/** A month's verdicts say something else once it is over. */
const isOver = (frame: Frame): boolean => frame.asOf > frame.lastDay
