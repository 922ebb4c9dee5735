import { type TimeFacts, tallyMinutes } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { canonicalJson } from '../../kernel/ids.ts'
import { unpackRecord } from './month-record.ts'
import { totalOf } from './months.ts'

export interface Violation {
  /** Which invariant of the reliability sheet does not hold. */
  invariant: 'I1' | 'I6'
  /** The row, as its table and key. */
  row: string
  message: string
}

const pageSize = 500

/**
 * Proves two invariants of the months on a live tenant, page by page. I1: what is kept of a month's time is what its
 * standing entries add up to. I6: a frozen month still has the hash, lane and amount it was frozen with.
 */
export async function* checkMonths(tx: Tx): AsyncIterable<Violation> {
  yield* checkSums(tx)
  yield* checkLost(tx)
  yield* checkSnapshots(tx)
}

interface KeptMonth {
  month: string
  patientId: string
  timeZone: string
  staffSeconds: number
  practitionerSeconds: number
  leftOutSeconds: number
}

/**
 * What a month keeps is the union of its countable time, and the rest of what was recorded stands beside it as left out. A month
 * whose close began keeps what it had then: later changes stand in correction cases.
 */
async function* checkSums(tx: Tx): AsyncIterable<Violation> {
  let cursor = { month: '', patientId: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await sql<KeptMonth>`
      select m.month, m.patient_id as "patientId", c.time_zone as "timeZone", m.staff_seconds as "staffSeconds", m.practitioner_seconds as "practitionerSeconds",
        m.left_out_seconds as "leftOutSeconds"
      from patient_months m
      join patients p on p.tenant_id = m.tenant_id and p.id = m.patient_id
      join clinics c on c.tenant_id = p.tenant_id and c.id = p.clinic_id
      where m.tenant_id = ${tx.tenantId} and (m.month, m.patient_id) > (${cursor.month}, ${cursor.patientId}::uuid)
      order by m.month, m.patient_id limit ${pageSize}`.execute(tx.db)
    const entries = await listEntries(tx, rows)
    for (const row of rows) {
      const own = entries.get(`${row.month} ${row.patientId}`) ?? []
      const { staffSeconds, practitionerSeconds, countedSeconds } = tallyMinutes({
        month: row.month,
        timeZone: row.timeZone,
        time: own.filter(({ waiting }) => !waiting).map(({ fact }) => fact),
      })
      const leftOutSeconds = own.reduce((sum, { seconds }) => sum + seconds, 0) - countedSeconds
      if (
        row.staffSeconds !== staffSeconds ||
        row.practitionerSeconds !== practitionerSeconds ||
        row.leftOutSeconds !== leftOutSeconds
      ) {
        yield {
          invariant: 'I1',
          row: `patient_months ${row.month} ${row.patientId}`,
          message: `It keeps ${row.staffSeconds} s by staff, ${row.practitionerSeconds} s by practitioners and ${row.leftOutSeconds} s left out; its entries give ${staffSeconds}, ${practitionerSeconds} and ${leftOutSeconds}.`,
        }
      }
      cursor = { month: row.month, patientId: row.patientId }
    }
    if (rows.length < pageSize) return
  }
}

interface Entry {
  fact: TimeFacts
  seconds: number
  waiting: boolean
}

async function listEntries(tx: Tx, months: readonly KeptMonth[]): Promise<Map<string, Entry[]>> {
  const { rows } = await sql<{
    id: string
    month: string
    patientId: string
    staffId: string
    kind: 'staff' | 'practitioner'
    credential: string
    program: string
    personalCcm: boolean
    activity: string
    startedAt: Date
    endedAt: Date
    seconds: number
    waiting: boolean
  }>`
    select e.id, e.month, e.patient_id as "patientId", e.staff_id as "staffId", e.kind, e.credential, e.program, e.personal_ccm as "personalCcm", e.activity,
      e.started_at as "startedAt", e.ended_at as "endedAt", e.seconds, (e.needs_approval and (e.approved_at is null or coalesce(e.approved_at > f.started_at, false))) as waiting
    from time_entries e
    join patients p on p.tenant_id = e.tenant_id and p.id = e.patient_id
    left join month_closes f on f.tenant_id = p.tenant_id and f.clinic_id = p.clinic_id and f.month = e.month
    where e.tenant_id = ${tx.tenantId} and e.patient_id = any (${[...new Set(months.map(({ patientId }) => patientId))]}::uuid[])
      and e.month = any (${[...new Set(months.map(({ month }) => month))]}::text[]) and (e.superseded_at is null or e.superseded_at > f.started_at)
      and not exists (select 1 from correction_cases c where c.tenant_id = e.tenant_id and c.month = e.month and c.time_entry_id = e.id)
    order by e.started_at, e.id limit 500000`.execute(tx.db)
  const byMonth = new Map<string, Entry[]>()
  for (const row of rows) {
    const entry: Entry = {
      seconds: row.seconds,
      waiting: row.waiting,
      fact: {
        id: row.id,
        person: row.staffId,
        kind: row.kind,
        credential: row.credential,
        start: row.startedAt.toISOString(),
        end: row.endedAt.toISOString(),
        activity: row.activity as NonNullable<TimeFacts['activity']>,
        program: row.program as NonNullable<TimeFacts['program']>,
        personalCcm: row.personalCcm,
      },
    }
    const key = `${row.month} ${row.patientId}`
    const list = byMonth.get(key)
    if (list === undefined) byMonth.set(key, [entry])
    else list.push(entry)
  }
  return byMonth
}

/** Entries without a row for their month, and entries whose seconds are not what lies between their instants. */
async function* checkLost(tx: Tx): AsyncIterable<Violation> {
  let cursor = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql<{ id: string; seconds: number; real: number; kept: boolean }>`
      select e.id, e.seconds, floor(extract(epoch from (e.ended_at - e.started_at)))::bigint as real,
        (exists (select 1 from patient_months m where m.tenant_id = e.tenant_id and m.month = e.month and m.patient_id = e.patient_id)
          or exists (select 1 from correction_cases c where c.tenant_id = e.tenant_id and c.month = e.month and c.time_entry_id = e.id)) as kept
      from time_entries e where e.tenant_id = ${tx.tenantId} and e.superseded_at is null and e.id > ${cursor} order by e.id limit ${pageSize}`.execute(
      tx.db,
    )
    for (const row of rows) {
      if (!row.kept)
        yield {
          invariant: 'I1',
          row: `time_entries ${row.id}`,
          message: 'Its month keeps no sum for the patient.',
        }
      if (row.seconds !== row.real)
        yield {
          invariant: 'I1',
          row: `time_entries ${row.id}`,
          message: `It says ${row.seconds} seconds; between its instants lie ${row.real}.`,
        }
      cursor = row.id
    }
    if (rows.length < pageSize) return
  }
}

interface FrozenRow {
  month: string
  patientId: string
  record: Uint8Array
  outcome: string
  lines: unknown
  qmb: boolean | null
  allowedCents: number | null
  countedSeconds: number
  sha256: string
}

async function* checkSnapshots(tx: Tx): AsyncIterable<Violation> {
  let cursor = { month: '', patientId: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await sql<FrozenRow>`
      select month, patient_id as "patientId", record, outcome, lines, qmb, allowed_cents as "allowedCents", counted_seconds as "countedSeconds", snapshot_sha256 as sha256
      from closed_months where tenant_id = ${tx.tenantId} and (month, patient_id) > (${cursor.month}, ${cursor.patientId}::uuid)
      order by month, patient_id limit ${pageSize}`.execute(tx.db)
    for (const row of rows) {
      const message = faultOf(row)
      if (message !== null) yield { invariant: 'I6', row: `closed_months ${row.month} ${row.patientId}`, message }
      cursor = { month: row.month, patientId: row.patientId }
    }
    if (rows.length < pageSize) return
  }
}

/** What is wrong with a frozen month; null where its record is the one that was frozen and its columns repeat it. */
function faultOf(row: FrozenRow): string | null {
  const frozen = unpacked(row.record)
  if (frozen === null || frozen.sha256 !== row.sha256)
    return 'Its facts, evidence or verdict are not those that were frozen.'
  const { facts, verdict } = frozen.record
  const repeats =
    row.outcome === verdict.outcome &&
    row.countedSeconds === verdict.minutes.countedSeconds &&
    row.allowedCents === totalOf(verdict.linesIfCleared) &&
    row.qmb === (facts.qmb ?? null) &&
    canonicalJson(row.lines) === canonicalJson(verdict.linesIfCleared)
  return repeats ? null : 'Its lane, lines, amount or seconds are not those of its verdict.'
}

function unpacked(bytes: Uint8Array): ReturnType<typeof unpackRecord> | null {
  try {
    return unpackRecord(bytes)
  } catch {
    return null
  }
}
