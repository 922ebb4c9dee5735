import type { CurrentTimer, MonthMinutes, TimeEntry, Timer } from '@keepwell/contract'
import { activityRow, tallyMinutes } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { readNewestTimer } from './minutes.store.ts'
import {
  creditOf,
  type EntryFacts,
  leftOutLine,
  type TimerRow,
  timeFactsOf,
  undoSeconds,
  wholeSeconds,
} from './minutes.ts'
import { readGates } from './month-ground.ts'

export interface EntryRow extends EntryFacts {
  patientId: string
  patientName: string
  personName: string
  contact: TimeEntry['contact']
  whatWasDone: string
  seconds: number
  month: string
  serviceOn: string
  source: 'timer' | 'manual'
  callId: string | null
  reason: string | null
  attested: boolean
  needsApproval: boolean
  approvedById: string | null
  approvedByName: string | null
  approvedAt: Date | null
  supersedesId: string | null
  supersededAt: Date | null
  supersededByName: string | null
  supersededReason: string | null
  recordedById: string
  recordedByName: string
  recordedAt: Date
  late: boolean
}

const entryColumns = sql`e.id, e.patient_id as "patientId", p.given || ' ' || p.family as "patientName", e.staff_id as "staffId", s.name as "personName", e.kind, e.credential,
  e.program, e.personal_ccm as "personalCcm", e.activity, e.contact, e.what_was_done as "whatWasDone", e.started_at as "startedAt", e.ended_at as "endedAt", e.seconds,
  e.month, e.service_on as "serviceOn", e.source, e.call_id as "callId", e.reason, e.attested, e.needs_approval as "needsApproval", e.approved_by as "approvedById",
  a.name as "approvedByName", e.approved_at as "approvedAt", e.supersedes_id as "supersedesId", e.superseded_at as "supersededAt", w.name as "supersededByName",
  e.superseded_reason as "supersededReason", e.recorded_by as "recordedById", r.name as "recordedByName", e.recorded_at as "recordedAt",
  exists (select 1 from month_closes m where m.tenant_id = e.tenant_id and m.clinic_id = p.clinic_id and m.month = e.month and m.started_at <= e.recorded_at) as late`
const entryTables = sql`from time_entries e
  join patients p on p.tenant_id = e.tenant_id and p.id = e.patient_id
  join staff s on s.tenant_id = e.tenant_id and s.id = e.staff_id
  join staff r on r.tenant_id = e.tenant_id and r.id = e.recorded_by
  left join staff a on a.tenant_id = e.tenant_id and a.id = e.approved_by
  left join staff w on w.tenant_id = e.tenant_id and w.id = e.superseded_by`

/** A patient's time of a month (at most 1,000 entries, old versions among them), and what the rule book counts of it. */
export async function viewMonth(
  tx: Tx,
  patientId: string,
  month: string,
  timeZone: string,
): Promise<{ entries: TimeEntry[]; totals: MonthMinutes }> {
  const { rows } = await sql<EntryRow>`select ${entryColumns} ${entryTables}
    where e.tenant_id = ${tx.tenantId} and e.patient_id = ${patientId} and e.month = ${month} order by e.started_at, e.recorded_at, e.id limit 1000`.execute(
    tx.db,
  )
  const standing = rows.filter((row) => row.supersededAt === null)
  const counting = standing.filter((row) => !isWaiting(row))
  const gates = counting.length === 0 ? {} : await readGates(tx, patientId, month, timeZone)
  const tally = tallyMinutes({ ...gates, month, timeZone, time: counting.map(timeFactsOf) })
  const entries = rows.map((row) => presentEntry(row, tally.leftOut))
  const recordedSeconds = standing.reduce((sum, row) => sum + row.seconds, 0)
  const lines = entries.filter((entry) => entry.superseded === null).flatMap((entry) => entry.leftOut)
  return {
    entries,
    totals: {
      month,
      countedSeconds: tally.countedSeconds,
      staffSeconds: tally.staffSeconds,
      practitionerSeconds: tally.practitionerSeconds,
      personalSeconds: tally.personalSeconds,
      recordedSeconds,
      leftOutSeconds: recordedSeconds - tally.countedSeconds,
      leftOut: joinLines(lines),
      waitingSeconds: standing.filter(isWaiting).reduce((sum, row) => sum + row.seconds, 0),
    },
  }
}

type LeftOutOfEntry = { entryId: string; seconds: number; reason: Parameters<typeof leftOutLine>[0] }

/** An entry as the page shows it, with what of it does not count. */
export function presentEntry(row: EntryRow, leftOut: readonly LeftOutOfEntry[]): TimeEntry {
  return present(row, linesOf(row, leftOut))
}

function linesOf(row: EntryRow, leftOut: readonly LeftOutOfEntry[]) {
  if (row.supersededAt !== null) return [leftOutLine('superseded', row.seconds)]
  if (isWaiting(row)) return [leftOutLine('waiting_for_approval', row.seconds)]
  return leftOut
    .filter((line) => line.entryId === row.id)
    .map((line) => leftOutLine(line.reason, line.seconds, row.activity))
}

function joinLines(lines: readonly { reason: string; words: string; seconds: number }[]) {
  const byWords = new Map<string, { reason: string; words: string; seconds: number }>()
  for (const line of lines) {
    const known = byWords.get(line.words)
    byWords.set(line.words, { ...line, seconds: line.seconds + (known?.seconds ?? 0) })
  }
  return [...byWords.values()].sort((a, b) => b.seconds - a.seconds)
}

function isWaiting(row: Pick<EntryRow, 'needsApproval' | 'approvedAt'>): boolean {
  return row.needsApproval && row.approvedAt === null
}

function present(row: EntryRow, leftOut: TimeEntry['leftOut']): TimeEntry {
  return {
    id: row.id,
    patient: { id: row.patientId, name: row.patientName },
    person: { id: row.staffId, name: row.personName },
    kind: row.kind,
    credential: row.credential,
    program: row.program as TimeEntry['program'],
    personalCcm: row.personalCcm,
    activity: row.activity,
    activityLabel: activityRow(row.activity)?.label ?? row.activity,
    contact: row.contact,
    whatWasDone: row.whatWasDone,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt.toISOString(),
    seconds: row.seconds,
    month: row.month,
    serviceOn: row.serviceOn,
    source: row.source,
    callId: row.callId,
    reason: row.reason,
    attested: row.attested,
    approval: !row.needsApproval ? 'not_needed' : row.approvedAt === null ? 'waiting' : 'approved',
    approvedBy: row.approvedById === null ? null : { id: row.approvedById, name: row.approvedByName ?? '' },
    approvedAt: row.approvedAt?.toISOString() ?? null,
    supersedesId: row.supersedesId,
    superseded:
      row.supersededAt === null
        ? null
        : {
            at: row.supersededAt.toISOString(),
            by: row.supersededByName ?? '',
            reason: row.supersededReason ?? '',
          },
    recordedBy: { id: row.recordedById, name: row.recordedByName },
    recordedAt: row.recordedAt.toISOString(),
    countedSeconds: Math.max(0, row.seconds - leftOut.reduce((sum, line) => sum + line.seconds, 0)),
    leftOut,
    late: row.late,
  }
}

/** Hand-written time that waits for a second person, the oldest first; a keyset page by the instant it was written. */
export async function listWaiting(
  tx: Tx,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: TimeEntry[]; nextCursor: string | null }> {
  const [afterAt, afterId] = (page.cursor ?? '').split(' ')
  const after =
    afterAt === undefined ||
    afterId === undefined ||
    Number.isNaN(Date.parse(afterAt)) ||
    !/^[0-9a-f-]{36}$/.test(afterId)
      ? null
      : { at: new Date(afterAt), id: afterId }
  const { rows } = await sql<EntryRow>`select ${entryColumns} ${entryTables}
    where e.tenant_id = ${tx.tenantId} and e.needs_approval and e.approved_at is null and e.superseded_at is null
      and (${after === null} or (e.recorded_at, e.id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by e.recorded_at, e.id limit ${page.limit + 1}`.execute(tx.db)
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return {
    items: shown.map((row) => present(row, [leftOutLine('waiting_for_approval', row.seconds)])),
    nextCursor: rows.length > page.limit && last !== undefined ? `${last.recordedAt.toISOString()} ${last.id}` : null,
  }
}

export function presentTimer(timer: TimerRow, now: Date): Timer {
  const credit = creditOf(timer, now)
  const whole = wholeSeconds(credit)
  return {
    id: timer.id,
    patient: { id: timer.patientId, name: timer.patientName },
    activity: timer.activity,
    activityLabel: activityRow(timer.activity)?.label ?? timer.activity,
    program: timer.program,
    personalCcm: timer.personalCcm,
    callId: timer.callId,
    startedAt: timer.startedAt.toISOString(),
    secondsElapsed: Math.max(0, (whole.endMs - whole.startMs) / 1000),
    asOf: now.toISOString(),
    silentSince: credit.gap === null ? null : timer.heartbeatAt.toISOString(),
    gapSeconds: timer.gapSeconds,
  }
}

/** A pause is offered for going on as long as the person would remember it. */
const pauseOfferedMs = 12 * 3_600_000

/** The person's timer as the dock shows it: running, paused or none, and a switch that can still be taken back. */
export async function viewTimer(tx: Tx, staffId: string, now: Date): Promise<CurrentTimer> {
  const timer = await readNewestTimer(tx, staffId)
  if (timer === null) return { running: null, paused: null, undo: null }
  if (timer.stoppedAt === null) {
    const until = new Date(timer.startedAt.getTime() + undoSeconds * 1000)
    const undoable = timer.switchedFromId !== null && timer.fromPatientId !== null && now <= until
    return {
      running: presentTimer(timer, now),
      paused: null,
      undo:
        undoable && timer.fromPatientId !== null
          ? {
              timerId: timer.id,
              until: until.toISOString(),
              fromPatient: { id: timer.fromPatientId, name: timer.fromPatientName ?? '' },
            }
          : null,
    }
  }
  const paused = timer.stopReason === 'paused' && now.getTime() - timer.stoppedAt.getTime() < pauseOfferedMs
  return {
    running: null,
    undo: null,
    paused: !paused
      ? null
      : {
          patient: { id: timer.patientId, name: timer.patientName },
          activity: timer.activity,
          activityLabel: activityRow(timer.activity)?.label ?? timer.activity,
          program: timer.program,
          callId: timer.callId,
          pausedAt: timer.stoppedAt.toISOString(),
          seconds: timer.creditedSeconds,
        },
  }
}
