import {
  type AgeBucket,
  type Batch,
  type Claim,
  type ClaimFinding,
  type ClaimRow,
  type ClaimStatus,
  claimStatuses,
  type FilingBucket,
  type FilingLeft,
  filingBuckets,
  type X12File,
} from '@keepwell/contract'
import type { Finding } from '@keepwell/x12'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { ageOf, filingLeft } from './ages.ts'
import { isOutdated } from './claims.store.ts'
import { fixesOf } from './fixes.ts'
import { type Account, balanceOf, takenOn } from './ledger.ts'

interface Row extends Omit<ClaimRow, 'last'> {
  booked: boolean
  lastSentence: string | null
  lastAt: Date | null
}

const rowColumns = sql<Row>`
  c.id, c.control_number as "controlNumber", c.payer_sequence as "payerSequence", c.follows_claim_id as "followsClaimId", jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family) as patient, c.month,
  jsonb_build_object('id', s.id, 'name', s.name) as practitioner, c.status, c.service_on as "serviceOn",
  (select coalesce(jsonb_agg(jsonb_build_object('code', l.code, 'units', l.units) order by l.number), '[]') from claim_lines l where l.tenant_id = c.tenant_id and l.claim_id = c.id) as codes,
  c.charge_cents as "chargeCents", c.expected_medicare_cents as "expectedMedicareCents", coalesce(m.paid, 0)::integer as "paidCents",
  (case when m.booked then m.open when c.status = 'withdrawn' then 0 when c.follows_claim_id is not null then c.expected_medicare_cents else c.charge_cents - ${takenOn(sql`c`)} end)::integer as "openCents", coalesce(m.booked, false) as booked,
  (select count(*)::integer from denials d where d.tenant_id = c.tenant_id and d.claim_id = c.id and d.resolved_at is null) as "openDenials",
  c.qmb, c.payer_claim_number as "payerClaimNumber", b.batch_id as "batchId", e.sentence as "lastSentence", e.happened_at as "lastAt"`

const rowJoins = sql`from claims c
  join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id
  join staff s on s.tenant_id = c.tenant_id and s.id = c.practitioner_id
  left join lateral (
    select true as booked, sum(o.amount_cents) filter (where o.account = 'cash') as paid, sum(o.amount_cents) filter (where o.account in ('receivable_payer', 'other_payer')) as open
    from journal_entries j join postings o on o.tenant_id = j.tenant_id and o.entry_id = j.id
    where j.tenant_id = c.tenant_id and j.claim_id = c.id having count(*) > 0) m on true
  left join lateral (
    select bc.batch_id from claim_batch_claims bc join claim_batches cb on cb.tenant_id = bc.tenant_id and cb.id = bc.batch_id
    where bc.tenant_id = c.tenant_id and bc.claim_id = c.id and cb.status <> 'undone' order by cb.created_at desc limit 1) b on true
  left join lateral (
    select sentence, happened_at from claim_events x where x.tenant_id = c.tenant_id and x.claim_id = c.id order by x.happened_at desc, x.id desc limit 1) e on true`

function presentRow({ booked: _booked, lastSentence, lastAt, ...row }: Row): ClaimRow {
  return {
    ...row,
    last: lastSentence === null || lastAt === null ? null : { sentence: lastSentence, at: lastAt.toISOString() },
  }
}

async function selectRows(tx: Tx, where: RawBuilder<unknown>, limit: number): Promise<ClaimRow[]> {
  const { rows } =
    await sql<Row>`select ${rowColumns} ${rowJoins} where c.tenant_id = ${tx.tenantId} and ${where} order by c.control_number collate "C" desc limit ${limit}`.execute(
      tx.db,
    )
  return rows.map(presentRow)
}

/** The lists behind the figures of what is owed and what has to leave. */
function agedWhere(
  query: { age?: AgeBucket | undefined; filing?: FilingBucket | undefined },
  today: string,
): RawBuilder<unknown> {
  const charged = sql`(select min(j.booked_on) from journal_entries j where j.tenant_id = c.tenant_id and j.claim_id = c.id and j.kind = 'charge')`
  const owed = sql`exists (select 1 from journal_entries j join postings o on o.tenant_id = j.tenant_id and o.entry_id = j.id
    where j.tenant_id = c.tenant_id and j.claim_id = c.id and o.account in ('receivable_payer', 'other_payer') group by j.claim_id having sum(o.amount_cents) <> 0)`
  return sql`${query.age === undefined ? sql`true` : sql`${ageOf(charged, today)} = ${query.age} and ${owed}`}
    and ${query.filing === undefined ? sql`true` : sql`c.live and c.follows_claim_id is null and c.status in ('ready', 'batched', 'rejected') and ${filingLeft(today)} = ${query.filing}`}`
}

/** Claims as lists show them, the newest first. */
export async function listClaims(
  tx: Tx,
  query: {
    status?: ClaimStatus | undefined
    month?: string | undefined
    patientId?: string | undefined
    age?: AgeBucket | undefined
    filing?: FilingBucket | undefined
    cursor?: string | undefined
    limit: number
  },
  today: string,
): Promise<{ items: ClaimRow[]; nextCursor: string | null }> {
  const rows = await selectRows(
    tx,
    sql`${query.status === undefined ? sql`true` : sql`c.status = ${query.status}`} and ${query.month === undefined ? sql`true` : sql`c.month = ${query.month}`}
      and ${query.patientId === undefined ? sql`true` : sql`c.patient_id = ${query.patientId}`} and ${agedWhere(query, today)} and ${query.cursor === undefined ? sql`true` : sql`c.control_number collate "C" < ${query.cursor}`}`,
    query.limit + 1,
  )
  const items = rows.slice(0, query.limit)
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.controlNumber ?? null) : null }
}

/** Claims by id, in the order of their numbers. */
export async function claimRows(tx: Tx, ids: readonly string[]): Promise<ClaimRow[]> {
  if (ids.length === 0) return []
  return (await selectRows(tx, sql`c.id = any (${[...ids]}::uuid[])`, 5000)).reverse()
}

/** How many claims stand where, in the order of a claim's life. */
/** The clock of timely filing over all claims that no payer has taken yet, each bucket once. */
export async function filingClock(tx: Tx, today: string): Promise<FilingLeft[]> {
  const { rows } = await sql<FilingLeft>`
    select ${filingLeft(today)} as bucket, count(*)::integer as claims, sum(c.charge_cents)::bigint as "chargeCents" from claims c
    where c.tenant_id = ${tx.tenantId} and c.live and c.follows_claim_id is null and c.status in ('ready', 'batched', 'rejected') group by 1 limit 10`.execute(
    tx.db,
  )
  return filingBuckets.map(
    (bucket) => rows.find((row) => row.bucket === bucket) ?? { bucket, claims: 0, chargeCents: 0 },
  )
}

export async function countClaims(
  tx: Tx,
  query: { month?: string | undefined; patientId?: string | undefined },
): Promise<{ status: ClaimStatus; count: number; chargeCents: number }[]> {
  const { rows } = await sql<{ status: ClaimStatus; count: number; chargeCents: number }>`
    select status, count(*)::integer as count, coalesce(sum(charge_cents) filter (where follows_claim_id is null), 0)::bigint as "chargeCents" from claims where tenant_id = ${tx.tenantId}
      and ${query.month === undefined ? sql`true` : sql`month = ${query.month}`} and ${query.patientId === undefined ? sql`true` : sql`patient_id = ${query.patientId}`}
    group by status limit 20`.execute(tx.db)
  return claimStatuses.flatMap((status) => rows.find((row) => row.status === status) ?? [])
}

type Line = Claim['lines'][number]
type Event = Omit<Claim['events'][number], 'at'> & { at: Date }

/** One claim with its lines, its history and its ledger. */
export async function claimDetail(tx: Tx, id: string): Promise<Claim> {
  const row = found((await selectRows(tx, sql`c.id = ${id}`, 1))[0], 'There is no such claim.')
  const more = await sql<
    Pick<
      Claim,
      | 'diagnoses'
      | 'expectedAllowedCents'
      | 'expectedPatientCents'
      | 'snapshotSha256'
      | 'live'
      | 'replacesClaimId'
      | 'replacedByClaimId'
      | 'frequency'
      | 'payer'
      | 'otherPayer'
      | 'outdated'
      | 'forwardedTo'
    >
  >`
    select diagnoses, expected_allowed_cents as "expectedAllowedCents", expected_patient_cents as "expectedPatientCents", snapshot_sha256 as "snapshotSha256", live,
      replaces_claim_id as "replacesClaimId", frequency, payer, other_payer as "otherPayer", ${isOutdated} as outdated,
      (select rc.detail ->> 'crossover' from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
        where rc.tenant_id = c.tenant_id and rc.claim_id = c.id and r.status = 'posted' and rc.reversed_by_id is null and rc.detail ->> 'crossover' is not null
        order by r.recorded_at desc limit 1) as "forwardedTo",
      (select n.id from claims n where n.tenant_id = c.tenant_id and n.replaces_claim_id = c.id order by n.created_at desc limit 1) as "replacedByClaimId"
      from claims c where tenant_id = ${tx.tenantId} and id = ${id}`.execute(tx.db)
  const lines = await sql<Line>`
    select l.id, l.number, l.code, l.modifiers, l.units, l.charge_cents as "chargeCents", l.expected_allowed_cents as "expectedAllowedCents", l.expected_medicare_cents as "expectedMedicareCents",
      l.expected_patient_cents as "expectedPatientCents", l.pointers, l.line_control as "lineControl",
      coalesce((select sum(o.amount_cents) from postings o join journal_entries j on j.tenant_id = o.tenant_id and j.id = o.entry_id
        where o.tenant_id = l.tenant_id and j.claim_id = l.claim_id and o.claim_line_id = l.id and o.account = 'cash'), 0)::integer as "paidCents",
      coalesce((select jsonb_agg(jsonb_build_object('group', a.grouping, 'code', a.code, 'amountCents', a.cents) order by a.grouping, a.code) from (
        select o.adjustment_group as grouping, o.adjustment_code as code, sum(o.amount_cents)::integer as cents from postings o join journal_entries j on j.tenant_id = o.tenant_id and j.id = o.entry_id
        where o.tenant_id = l.tenant_id and j.claim_id = l.claim_id and o.claim_line_id = l.id and o.adjustment_group is not null and o.account <> 'receivable_payer'
        group by 1, 2 having sum(o.amount_cents) <> 0) a), '[]') as adjustments
    from claim_lines l where l.tenant_id = ${tx.tenantId} and l.claim_id = ${id} order by l.number limit 50`.execute(
    tx.db,
  )
  const events = await sql<Event>`
    select e.id, e.kind, e.sentence, e.codes, e.happened_at as at, case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as by, e.file_id as "fileId"
    from claim_events e left join staff s on s.tenant_id = e.tenant_id and s.id = e.recorded_by
    where e.tenant_id = ${tx.tenantId} and e.claim_id = ${id} order by e.happened_at, e.id limit 500`.execute(tx.db)
  const ledger = await sql<Claim['ledger'][number]>`
    select j.id, j.kind, j.memo, j.booked_on as "bookedOn",
      (select jsonb_agg(jsonb_build_object('account', o.account, 'amountCents', o.amount_cents, 'group', o.adjustment_group, 'code', o.adjustment_code) order by o.id)
        from postings o where o.tenant_id = j.tenant_id and o.entry_id = j.id) as postings
    from journal_entries j where j.tenant_id = ${tx.tenantId} and j.claim_id = ${id} order by j.recorded_at, j.id limit 500`.execute(
    tx.db,
  )
  const sums: Partial<Record<Account, number>> = {}
  for (const { account, amountCents } of ledger.rows.flatMap(({ postings }) => postings))
    sums[account as Account] = (sums[account as Account] ?? 0) + amountCents
  const unbooked = {
    chargeCents: row.openCents,
    paidCents: 0,
    adjustedCents: 0,
    patientCents: 0,
    movedCents: 0,
    openCents: row.openCents,
  }
  return {
    ...row,
    ...found(more.rows[0], 'There is no such claim.'),
    rejection: row.status === 'rejected' ? rejectionOf(events.rows) : null,
    lines: lines.rows,
    events: events.rows.map((event) => ({ ...event, at: event.at.toISOString() })),
    ledger: ledger.rows,
    balance: ledger.rows.length === 0 ? unbooked : balanceOf(sums),
  }
}

/** The last refusal, with what to mend. */
function rejectionOf(events: readonly Event[]): Claim['rejection'] {
  const last = events.findLast(({ kind }) => kind === 'rejected')
  return last === undefined ? null : { sentence: last.sentence, at: last.at.toISOString(), fixes: fixesOf(last.codes) }
}

interface BatchView extends Omit<Batch, 'createdAt' | 'leavesAt' | 'sentAt'> {
  createdAt: Date
  leavesAt: Date
  sentAt: Date | null
}

const batchColumns = sql<BatchView>`
  b.id, b.number, b.status, b.channel, b.claims_count as "claimsCount", b.charge_cents as "chargeCents",
  (select case when count(*) = count(c.expected_medicare_cents) then sum(c.expected_medicare_cents) end from claim_batch_claims bc
    join claims c on c.tenant_id = bc.tenant_id and c.id = bc.claim_id where bc.tenant_id = b.tenant_id and bc.batch_id = b.id)::bigint as "expectedMedicareCents",
  b.created_at as "createdAt", case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as "createdBy", b.leaves_at as "leavesAt", b.sent_at as "sentAt", b.receipt,
  b.last_error as "lastError", lpad(b.interchange_control, 9, '0') as "interchangeControl", f.name as "fileName", f.id as "fileId", f.sha256 as "fileSha256"`
const batchJoins = sql`from claim_batches b join x12_files f on f.tenant_id = b.tenant_id and f.id = b.file_id left join staff s on s.tenant_id = b.tenant_id and s.id = b.created_by`

function presentBatch(row: BatchView): Batch {
  return {
    ...row,
    createdAt: row.createdAt.toISOString(),
    leavesAt: row.leavesAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }
}

export async function readBatch(tx: Tx, id: string): Promise<Batch> {
  const { rows } =
    await sql<BatchView>`select ${batchColumns} ${batchJoins} where b.tenant_id = ${tx.tenantId} and b.id = ${id}`.execute(
      tx.db,
    )
  return presentBatch(found(rows[0], 'There is no such batch.'))
}

export async function listBatches(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Batch[]; nextCursor: string | null }> {
  const { rows } =
    await sql<BatchView>`select ${batchColumns} ${batchJoins} where b.tenant_id = ${tx.tenantId} and ${query.cursor === undefined ? sql`true` : sql`b.number < ${query.cursor}`}
    order by b.number desc limit ${query.limit + 1}`.execute(tx.db)
  const items = rows.slice(0, query.limit).map(presentBatch)
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.number ?? null) : null }
}

export async function idsOfBatch(tx: Tx, batchId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('claim_batch_claims')
    .select('claim_id')
    .where('tenant_id', '=', tx.tenantId)
    .where('batch_id', '=', batchId)
    .limit(5000)
    .execute()
  return rows.map((row) => row.claim_id)
}

type FileView = Omit<X12File, 'recordedAt' | 'sentences'> & { recordedAt: Date; sentences: string[] | null }

const fileColumns = sql<FileView>`f.id, f.direction, f.kind, f.name, f.sha256, f.recorded_at as "recordedAt", f.outcome, f.summary -> 'sentences' as sentences`

function presentFile(row: FileView): X12File {
  return { ...row, recordedAt: row.recordedAt.toISOString(), sentences: row.sentences ?? [] }
}

export async function readX12File(tx: Tx, id: string): Promise<X12File> {
  const { rows } =
    await sql<FileView>`select ${fileColumns} from x12_files f where f.tenant_id = ${tx.tenantId} and f.id = ${id}`.execute(
      tx.db,
    )
  return presentFile(found(rows[0], 'There is no such file.'))
}

export async function listX12Files(
  tx: Tx,
  query: { direction?: 'in' | 'out' | undefined; cursor?: string | undefined; limit: number },
): Promise<{ items: X12File[]; nextCursor: string | null }> {
  const [at, id] = query.cursor?.split(' ') ?? []
  const after =
    at === undefined || id === undefined || Number.isNaN(Date.parse(at))
      ? sql`true`
      : sql`(f.recorded_at, f.id::text) < (${at}::timestamptz, ${id})`
  const { rows } = await sql<FileView>`select ${fileColumns} from x12_files f where f.tenant_id = ${tx.tenantId}
    and ${query.direction === undefined ? sql`true` : sql`f.direction = ${query.direction}`} and ${after} order by f.recorded_at desc, f.id::text desc limit ${query.limit + 1}`.execute(
    tx.db,
  )
  const items = rows.slice(0, query.limit).map(presentFile)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > query.limit && last !== undefined ? `${last.recordedAt} ${last.id}` : null }
}

/** The files by which the payer answered a batch: its acknowledgments, and the payments that decide its claims. */
export async function answersTo(tx: Tx, batchId: string): Promise<X12File[]> {
  const { rows } =
    await sql<FileView>`select ${fileColumns} from x12_files f where f.tenant_id = ${tx.tenantId} and f.direction = 'in' and (
      f.summary -> 'batchIds' @> to_jsonb(${batchId}::text)
      or f.id in (select r.file_id from remittances r join remittance_claims rc on rc.tenant_id = r.tenant_id and rc.remittance_id = r.id
        join claim_batch_claims bc on bc.tenant_id = rc.tenant_id and bc.claim_id = rc.claim_id where r.tenant_id = ${tx.tenantId} and bc.batch_id = ${batchId}))
    order by f.recorded_at, f.id limit 200`.execute(tx.db)
  return rows.map(presentFile)
}

export function presentFinding(finding: Finding): z.infer<typeof ClaimFinding> {
  const { level, severity, code, message, segment, element, loop } = finding
  return { level, severity, code, message, segment, element, loop }
}
