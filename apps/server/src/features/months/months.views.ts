import type {
  BoardLane,
  BoardRow,
  CorrectionCase,
  HospiceCare,
  Lane,
  MonthClose,
  MonthVerdict,
  OtherProgram,
  Person,
  ProgressItem,
  Role,
  SentBack,
} from '@keepwell/contract'
import { type Alternative, programs, type Verdict } from '@keepwell/rules'
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import type { Frame } from './month-facts.ts'
import { type MonthRecord, readRecord, unpackRecord } from './month-record.ts'
import type { CorrectionRow } from './months.store.ts'
import { type CloseRow, type KeptVerdict, leftOutOf, proofOf, seatOf, stepsSecondsOf, totalOf } from './months.ts'

/** Where the rows of a month lie: those of an open month are assessed anew, those of a closed one are frozen. */
export type Source = 'open' | 'frozen'
const tableOf = (source: Source) => sql.table(source === 'open' ? 'month_verdicts' : 'closed_months')

const programNames = new Map(programs.map(({ id, label }) => [id, label]))

const person = (id: string | null, name: string | null): Person | null =>
  id === null || name === null ? null : { id, name }

interface LaneSum {
  lane: Lane
  count: number
  totalCents: number
  unpriced: number
}

export async function sumLanes(tx: Tx, clinicId: string, month: string, source: Source): Promise<LaneSum[]> {
  const { rows } = await sql<LaneSum>`
    select lane, count(*)::int as count, coalesce(sum(allowed_cents), 0)::bigint as "totalCents", (count(*) filter (where allowed_cents is null))::int as unpriced
    from ${tableOf(source)} where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} group by lane`.execute(
    tx.db,
  )
  return rows
}

interface CauseSum {
  lane: Lane
  causeId: string
  cause: string
  count: number
  role: Role | null
}

async function sumCauses(tx: Tx, clinicId: string, month: string, source: Source): Promise<CauseSum[]> {
  const { rows } = await sql<CauseSum>`
    select lane, cause_id as "causeId", min(cause) as cause, count(*)::int as count, min(owner_role) as role
    from ${tableOf(source)} where tenant_id = ${tx.tenantId} and clinic_id = ${clinicId} and month = ${month} and cause_id is not null
    group by lane, cause_id order by count(*) desc, cause_id limit 120`.execute(tx.db)
  return rows
}

interface LightRow {
  patientId: string
  patientName: string
  bornOn: string | null
  lane: Lane
  family: BoardRow['family']
  lines: { code: string; units: number }[]
  allowedCents: number | null
  causeId: string | null
  cause: string | null
  ownerRole: Role | null
  since: Date | null
  countedSeconds: number
  practitionerId: string | null
  practitionerName: string | null
  careManagerId: string | null
  careManagerName: string | null
  frozenAt: Date | null
}

function lightColumns(source: Source) {
  const ofOpen = source === 'open'
  return sql`m.patient_id as "patientId", p.given || ' ' || p.family as "patientName", p.born_on as "bornOn", m.lane, m.family, m.lines, m.allowed_cents as "allowedCents",
    m.cause_id as "causeId", m.cause, m.owner_role as "ownerRole", ${ofOpen ? sql`m.since` : sql`null::timestamptz`} as since, m.counted_seconds as "countedSeconds",
    m.practitioner_id as "practitionerId", d.name as "practitionerName", m.care_manager_id as "careManagerId", n.name as "careManagerName",
    ${ofOpen ? sql`null::timestamptz` : sql`m.frozen_at`} as "frozenAt"`
}
const lightJoins = (source: Source) => sql`from ${tableOf(source)} m
  join patients p on p.tenant_id = m.tenant_id and p.id = m.patient_id
  left join staff d on d.tenant_id = m.tenant_id and d.id = m.practitioner_id
  left join staff n on n.tenant_id = m.tenant_id and n.id = m.care_manager_id`

async function listLane(
  tx: Tx,
  clinicId: string,
  month: string,
  source: Source,
  lane: Lane,
  limit: number,
): Promise<LightRow[]> {
  const order =
    source === 'open' && lane !== 'ready'
      ? sql`m.since, p.family, p.given, m.patient_id`
      : sql`p.family, p.given, m.patient_id`
  const { rows } = await sql<LightRow>`select ${lightColumns(source)} ${lightJoins(source)}
    where m.tenant_id = ${tx.tenantId} and m.clinic_id = ${clinicId} and m.month = ${month} and m.lane = ${lane} order by ${order} limit ${limit}`.execute(
    tx.db,
  )
  return rows
}

/** Who would do a step of a seat for this patient: the named care manager or practitioner, otherwise the seat alone. */
function ownerOf(row: LightRow, role: Role): BoardRow['owner'] {
  const named =
    role === 'care_manager'
      ? person(row.careManagerId, row.careManagerName)
      : role === 'provider'
        ? person(row.practitionerId, row.practitionerName)
        : null
  return { role, person: named }
}

export async function presentLanes(
  tx: Tx,
  clinicId: string,
  month: string,
  source: Source,
  wanted: { limit: number; money: boolean },
): Promise<BoardLane[]> {
  const sums = new Map((await sumLanes(tx, clinicId, month, source)).map((sum) => [sum.lane, sum]))
  const causes = await sumCauses(tx, clinicId, month, source)
  const lanes: BoardLane[] = []
  for (const lane of ['ready', 'fix', 'hold', 'not_billable'] as const) {
    const rows = await listLane(tx, clinicId, month, source, lane, wanted.limit)
    const sent = await listSentBack(
      tx,
      month,
      rows.map(({ patientId }) => patientId),
    )
    const sum = sums.get(lane)
    lanes.push({
      lane,
      count: sum?.count ?? 0,
      totalCents: wanted.money ? (sum?.totalCents ?? 0) : null,
      unpriced: sum?.unpriced ?? 0,
      rows: rows.map((row) => presentRow(row, wanted.money, sent.get(row.patientId)?.[0] ?? null)),
      causes: causes
        .filter((one) => one.lane === lane)
        .map(({ causeId, cause, count, role }) => ({ causeId, cause, count, role })),
    })
  }
  return lanes
}

function presentRow(row: LightRow, money: boolean, sentBack: SentBack | null): BoardRow {
  return {
    patient: { id: row.patientId, name: row.patientName },
    bornOn: row.bornOn,
    lane: row.lane,
    family: row.family,
    lines: row.lines.map(({ code, units }) => ({ code, units })),
    allowedCents: money ? row.allowedCents : null,
    causeId: row.causeId,
    cause: row.cause,
    owner: row.ownerRole === null ? null : ownerOf(row, row.ownerRole),
    since: row.since?.toISOString() ?? null,
    countedSeconds: row.countedSeconds,
    practitioner: person(row.practitionerId, row.practitionerName),
    careManager: person(row.careManagerId, row.careManagerName),
    sentBack,
  }
}

/** What was handed to somebody for these patients' month, open work first, then the newest. */
export async function listSentBack(
  tx: Tx,
  month: string,
  patientIds: readonly string[],
): Promise<Map<string, SentBack[]>> {
  const { rows } = await sql<{
    id: string
    patientId: string
    ownerRole: Role
    ownerId: string | null
    ownerName: string | null
    title: string
    dueOn: string | null
    createdAt: Date
    doneAt: Date | null
  }>`
    select t.id, t.patient_id as "patientId", t.owner_role as "ownerRole", t.owner_id as "ownerId", o.name as "ownerName", t.title, t.due_on as "dueOn",
      t.created_at as "createdAt", t.done_at as "doneAt"
    from tasks t left join staff o on o.tenant_id = t.tenant_id and o.id = t.owner_id
    where t.tenant_id = ${tx.tenantId} and t.patient_id = any (${[...patientIds]}::uuid[]) and t.kind = 'month_fix' and t.month = ${month}
    order by (t.done_at is null) desc, t.created_at desc limit 5000`.execute(tx.db)
  const byPatient = new Map<string, SentBack[]>()
  for (const row of rows) {
    const one: SentBack = {
      taskId: row.id,
      ownerRole: row.ownerRole,
      owner: person(row.ownerId, row.ownerName),
      title: row.title,
      dueOn: row.dueOn,
      sentAt: row.createdAt.toISOString(),
      doneAt: row.doneAt?.toISOString() ?? null,
    }
    byPatient.set(row.patientId, [...(byPatient.get(row.patientId) ?? []), one])
  }
  return byPatient
}

export function presentClose(close: CloseRow, now: Date): MonthClose {
  const { cursor: _, ...counts } = close.counts
  return {
    id: close.id,
    month: close.month,
    phase: close.phase,
    state:
      close.phase === 'done' ? 'done' : close.leaseUntil !== null && close.leaseUntil > now ? 'running' : 'stalled',
    startedAt: close.startedAt.toISOString(),
    startedBy: person(close.startedById, close.startedByName),
    finishedAt: close.finishedAt?.toISOString() ?? null,
    book: close.book,
    counts,
  }
}

interface FullRow extends LightRow, MonthRecord {
  recordSha256: string
}

/** One patient-month with all that was judged; null where the patient has no such month. */
export async function readVerdict(
  tx: Tx,
  clinicId: string,
  month: string,
  patientId: string,
  source: Source,
): Promise<FullRow | null> {
  const { rows } = await sql<LightRow & { record: Uint8Array }>`
    select ${lightColumns(source)}, m.record ${lightJoins(source)}
    where m.tenant_id = ${tx.tenantId} and m.clinic_id = ${clinicId} and m.month = ${month} and m.patient_id = ${patientId}`.execute(
    tx.db,
  )
  const [row] = rows
  if (row === undefined) return null
  const { record, sha256 } = unpackRecord(row.record)
  return { ...row, ...record, recordSha256: sha256 }
}

export async function presentVerdict(
  tx: Tx,
  row: FullRow,
  frame: Pick<Frame, 'month'>,
  more: { state: MonthVerdict['state']; now: Date; practitioners: Person[]; money: boolean },
): Promise<MonthVerdict> {
  const { verdict, evidence } = row
  const line = (one: Verdict['lines'][number]) => ({
    code: one.code,
    units: one.units,
    dateOfService: one.dateOfService,
    diagnoses: [...one.diagnoses],
    modifiers: [...(one.modifiers ?? [])],
    allowedCents: more.money ? one.allowedCents : null,
    medicareCents: more.money ? one.medicareCents : null,
    patientCents: more.money ? one.patientCents : null,
  })
  const moneyOf = (one: Pick<Alternative, 'lines' | 'totalAllowedCents' | 'differenceCents'>) => ({
    lines: one.lines.map(line),
    totalCents: more.money ? one.totalAllowedCents : null,
    differenceCents: more.money ? one.differenceCents : null,
  })
  return {
    patient: { id: row.patientId, name: row.patientName },
    bornOn: row.bornOn,
    month: frame.month,
    state: more.state,
    lane: row.lane,
    cause: row.cause,
    family: row.family,
    lines: verdict.lines.map(line),
    linesIfCleared: verdict.linesIfCleared.map(line),
    totalCents: more.money ? totalOf(verdict.linesIfCleared) : null,
    minutes: {
      countedSeconds: verdict.minutes.countedSeconds,
      staffSeconds: verdict.minutes.staffSeconds,
      practitionerSeconds: verdict.minutes.practitionerSeconds,
      waitingSeconds: evidence.waitingSeconds,
      stepsSeconds: stepsSecondsOf(frame.month, row.family),
      leftOut: leftOutOf(verdict),
    },
    groups: proofOf(verdict, evidence, row.patientId, frame.month),
    fixes: verdict.fixes.map((fix) => ({
      id: fix.id,
      step: fix.step,
      role: seatOf(fix.role),
      owner: ownerOf(row, seatOf(fix.role))?.person ?? null,
      sentence: fix.sentence,
    })),
    alternatives: verdict.alternatives.flatMap(({ family, ...one }) =>
      family === null ? [] : [{ family, ...moneyOf(one), why: one.why }],
    ),
    otherPrograms: verdict.alternatives.flatMap((one) =>
      one.family !== null
        ? []
        : [
            {
              program: one.program,
              name: programNames.get(one.program) ?? one.program,
              ...moneyOf(one),
              why: one.why,
              needs: [...one.needs],
            },
          ],
    ),
    choice: evidence.choiceId === null ? null : await readChoice(tx, evidence.choiceId),
    practitioner: person(row.practitionerId, row.practitionerName),
    careManager: person(row.careManagerId, row.careManagerName),
    practitioners: more.practitioners,
    sentBack: (await listSentBack(tx, frame.month, [row.patientId])).get(row.patientId) ?? [],
    assessedAt: (row.frozenAt ?? more.now).toISOString(),
    book: verdict.book,
    frozen: row.frozenAt === null ? null : { at: row.frozenAt.toISOString(), sha256: row.recordSha256 },
  }
}

async function readChoice(tx: Tx, id: string): Promise<MonthVerdict['choice']> {
  const { rows } = await sql<{
    family: BoardRow['family']
    program: OtherProgram | null
    practitionerId: string | null
    practitionerName: string | null
    hospiceCare: HospiceCare | null
    reason: string
    byId: string
    byName: string
    at: Date
  }>`
    select c.family, c.program, c.hospice_care as "hospiceCare", c.practitioner_id as "practitionerId", d.name as "practitionerName", c.reason, c.chosen_by as "byId", s.name as "byName", c.chosen_at as "at"
    from month_choices c join staff s on s.tenant_id = c.tenant_id and s.id = c.chosen_by left join staff d on d.tenant_id = c.tenant_id and d.id = c.practitioner_id
    where c.tenant_id = ${tx.tenantId} and c.id = ${id}`.execute(tx.db)
  const [row] = rows
  if (row === undefined) return null
  return {
    family: row.family,
    program: row.program === null ? null : { id: row.program, name: programNames.get(row.program) ?? row.program },
    practitioner: person(row.practitionerId, row.practitionerName),
    hospiceCare: row.hospiceCare,
    reason: row.reason,
    by: { id: row.byId, name: row.byName },
    at: row.at.toISOString(),
  }
}

/** Rows of money: what a care manager's list never shows. */
const moneyStep = new Set(['load_year'])

export async function presentProgress(
  tx: Tx,
  frame: { clinicId: string; month: string },
  source: Source,
  filter: { careManagerId: string | null; patientId: string | null; limit: number },
): Promise<{ items: ProgressItem[]; total: number }> {
  const { rows } = await sql<LightRow & { record: Uint8Array; total: number }>`
    select ${lightColumns(source)}, m.record, count(*) over ()::int as total ${lightJoins(source)}
    where m.tenant_id = ${tx.tenantId} and m.clinic_id = ${frame.clinicId} and m.month = ${frame.month}
      and (${filter.careManagerId}::uuid is null or m.care_manager_id = ${filter.careManagerId}::uuid)
      and (${filter.patientId}::uuid is null or m.patient_id = ${filter.patientId}::uuid)
    order by p.family, p.given, m.patient_id limit ${filter.limit}`.execute(tx.db)
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map((row) => ({
      patient: { id: row.patientId, name: row.patientName },
      lane: row.lane,
      careManager: person(row.careManagerId, row.careManagerName),
      countedSeconds: row.countedSeconds,
      stepsSeconds: stepsSecondsOf(frame.month, row.family),
      cause: row.cause,
      owner: row.ownerRole === null ? null : ownerOf(row, row.ownerRole),
      fixes: readRecord(row.record)
        .verdict.fixes.filter(({ step }) => !moneyStep.has(step))
        .map((fix) => ({ id: fix.id, step: fix.step, role: seatOf(fix.role), sentence: fix.sentence })),
    })),
  }
}

const laneOf: Record<Verdict['outcome'], Lane> = {
  billable: 'ready',
  not_yet: 'fix',
  held: 'hold',
  not_billable: 'not_billable',
}

function sideOf(verdict: KeptVerdict | null): CorrectionCase['before'] {
  if (verdict === null) return null
  const against = verdict.findings.find(({ status }) => status === 'block' || status === 'hold' || status === 'unknown')
  return {
    lane: laneOf[verdict.outcome],
    lines: verdict.lines.map(({ code, units }) => ({ code, units })),
    countedSeconds: verdict.minutes.countedSeconds,
    cause: verdict.outcome === 'billable' ? null : (against?.sentence ?? null),
  }
}

/** The difference in billed cents between two verdicts; null where an amount is not known. */
export function differenceOf(before: KeptVerdict | null, after: KeptVerdict | null): number | null {
  if (before === null || after === null) return null
  const was = totalOf(before.lines)
  const is = totalOf(after.lines)
  return was === null || is === null ? null : is - was
}

export function presentCorrection(row: CorrectionRow, money: boolean): CorrectionCase {
  const before = row.frozen === null ? (row.before as KeptVerdict | null) : readRecord(row.frozen).verdict
  const after = row.after as KeptVerdict | null
  return {
    id: row.id,
    patient: { id: row.patientId, name: row.patientName },
    month: row.month,
    cause: row.cause,
    detail: row.detail,
    timeEntryId: row.timeEntryId,
    before: sideOf(before),
    after: sideOf(after),
    differenceCents: money ? (row.differenceCents ?? differenceOf(before, after)) : null,
    openedBy: { id: row.openedById, name: row.openedByName },
    openedAt: row.openedAt.toISOString(),
    resolved:
      row.resolution === null || row.resolvedById === null || row.resolvedAt === null
        ? null
        : {
            resolution: row.resolution,
            note: row.resolutionNote ?? '',
            by: { id: row.resolvedById, name: row.resolvedByName ?? '' },
            at: row.resolvedAt.toISOString(),
          },
  }
}
