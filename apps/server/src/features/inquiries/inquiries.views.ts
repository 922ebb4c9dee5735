import type { ClaimStanding, Inquiry } from '@keepwell/contract'
import { localDateOf } from '@keepwell/rules'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { found } from '../../kernel/problem.ts'
import { isStale, leftAt } from '../claims/index.ts'
import { quietSince } from './inquiries.store.ts'
import { nextStepOf, quietDays, type Standing, waitingDaysOf } from './inquiries.ts'

interface Row {
  claim: ClaimStanding['claim']
  leftAt: Date | null
  asked: { at: string; inquiryId: string; number: string; answered: boolean } | null
  told: (Omit<NonNullable<ClaimStanding['told']>, 'at'> & { at: string }) | null
}

/** What is known at an instant: the clinic's day and zone, and after how many days a claim is stale. */
export interface At {
  now: Date
  today: string
  timeZone: string
  staleDays: number
}

export interface StandingFacts {
  patientId: string
  facts: Standing
  standing: ClaimStanding
}

const columns = sql<Row>`
  jsonb_build_object('id', c.id, 'controlNumber', c.control_number, 'payerClaimNumber', c.payer_claim_number, 'patient', jsonb_build_object('id', p.id, 'name', p.given || ' ' || p.family),
    'month', c.month, 'status', c.status, 'chargeCents', c.charge_cents, 'followsClaimId', c.follows_claim_id) as claim, l.left_at as "leftAt",
  (select jsonb_build_object('at', i.created_at, 'inquiryId', i.id, 'number', i.number, 'answered', exists (
      select 1 from claim_status_answers a where a.tenant_id = q.tenant_id and a.inquiry_claim_id = q.id))
    from claim_inquiry_claims q join claim_inquiries i on i.tenant_id = q.tenant_id and i.id = q.inquiry_id
    where q.tenant_id = c.tenant_id and q.claim_id = c.id and i.status <> 'failed' and i.created_at >= l.left_at order by i.created_at desc limit 1) as asked,
  (select jsonb_build_object('sentence', a.sentence, 'at', a.told_at, 'codes', a.codes, 'decidedOn', a.decided_on, 'paidCents', a.paid_cents, 'paymentTrace', a.payment_trace, 'fileId', a.file_id)
    from claim_status_answers a where a.tenant_id = c.tenant_id and a.claim_id = c.id and a.told_at >= l.left_at order by a.told_at desc, a.id desc limit 1) as told`

const from = sql`from claims c join patients p on p.tenant_id = c.tenant_id and p.id = c.patient_id cross join lateral (select ${leftAt} as left_at) l`

async function rowsWhere(tx: Tx, where: RawBuilder<unknown>, at: At, limit: number): Promise<StandingFacts[]> {
  const { rows } =
    await sql<Row>`select ${columns} ${from} where c.tenant_id = ${tx.tenantId} and ${where} order by l.left_at, c.id limit ${limit}`.execute(
      tx.db,
    )
  return rows.map((row) => present(row, at))
}

function present({ claim, leftAt: left, asked, told }: Row, at: At): StandingFacts {
  const dayOf = (instant: Date) => localDateOf(instant.getTime(), at.timeZone)
  const facts: Standing = {
    status: claim.status,
    sentOn: left === null ? null : dayOf(left),
    today: at.today,
    staleDays: at.staleDays,
    toSupplement: claim.followsClaimId !== null,
    asked: asked === null ? null : { on: dayOf(new Date(asked.at)), answered: asked.answered },
    told: told === null ? null : { ...told, on: dayOf(new Date(told.at)) },
  }
  const waitingDays = waitingDaysOf(facts)
  return {
    patientId: claim.patient.id,
    facts,
    standing: {
      claim,
      sentOn: facts.sentOn,
      waitingDays,
      stale: waitingDays !== null && waitingDays > at.staleDays,
      asked: asked === null ? null : { ...asked, at: new Date(asked.at).toISOString() },
      told: told === null ? null : { ...told, at: new Date(told.at).toISOString() },
      next: nextStepOf(facts),
    },
  }
}

/** How one claim stands at the payer, with the facts that it was judged by. */
export async function readStanding(tx: Tx, claimId: string, at: At): Promise<StandingFacts> {
  return found((await rowsWhere(tx, sql`c.id = ${claimId}`, at, 1))[0], 'There is no such claim.')
}

/** Claims that the payer has and has not decided, the oldest first. */
export async function listWaiting(
  tx: Tx,
  query: { clinicId: string; stale?: boolean | undefined; cursor?: string | undefined; limit: number },
  at: At,
): Promise<{ items: ClaimStanding[]; nextCursor: string | null }> {
  const [key, id] = query.cursor?.split(' ') ?? []
  const after =
    key === undefined || id === undefined || Number.isNaN(Date.parse(key))
      ? sql`true`
      : sql`(l.left_at, c.id::text) > (${key}::timestamptz, ${id})`
  const { rows } = await sql<Row>`
    select ${columns} ${from} where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${query.clinicId} and c.status in ('sent', 'accepted')
      and ${query.stale === true ? isStale(at, at.staleDays) : sql`true`} and ${after} order by l.left_at, c.id::text limit ${query.limit + 1}`.execute(
    tx.db,
  )
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined
  return {
    items: rows.slice(0, query.limit).map((row) => present(row, at).standing),
    nextCursor: last?.leftAt == null ? null : `${last.leftAt.toISOString()} ${last.claim.id}`,
  }
}

/** How many claims wait, how many too long, and about how many of those it is time to ask. */
export async function countWaiting(
  tx: Tx,
  clinicId: string,
  at: At,
): Promise<{ waitingCount: number; staleCount: number; askableCount: number }> {
  const stale = isStale(at, at.staleDays)
  const { rows } = await sql<{ waitingCount: number; staleCount: number; askableCount: number }>`
    select count(*)::integer as "waitingCount", count(*) filter (where ${stale})::integer as "staleCount",
      count(*) filter (where ${stale} and c.follows_claim_id is null and ${quietSince(quietFrom(at.now))})::integer as "askableCount"
    from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.status in ('sent', 'accepted')`.execute(
    tx.db,
  )
  return rows[0] ?? { waitingCount: 0, staleCount: 0, askableCount: 0 }
}

export const quietFrom = (now: Date) => new Date(now.getTime() - quietDays * 86_400_000)

type InquiryView = Omit<Inquiry, 'createdAt' | 'sentAt'> & { createdAt: Date; sentAt: Date | null }

const inquiryColumns = sql<InquiryView>`
  i.id, i.number, i.status, i.channel, i.created_at as "createdAt", case when s.id is null then null else jsonb_build_object('id', s.id, 'name', s.name) end as "createdBy",
  i.sent_at as "sentAt", i.last_error as "lastError", f.id as "fileId", f.name as "fileName",
  (select count(*) from claim_inquiry_claims q where q.tenant_id = i.tenant_id and q.inquiry_id = i.id)::integer as "claimsCount",
  (select count(*) from claim_inquiry_claims q where q.tenant_id = i.tenant_id and q.inquiry_id = i.id and exists (
    select 1 from claim_status_answers a where a.tenant_id = q.tenant_id and a.inquiry_claim_id = q.id))::integer as "answeredCount"
  from claim_inquiries i join x12_files f on f.tenant_id = i.tenant_id and f.id = i.file_id left join staff s on s.tenant_id = i.tenant_id and s.id = i.created_by`

const presentInquiry = (row: InquiryView): Inquiry => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
})

export async function readInquiry(tx: Tx, id: string): Promise<Inquiry> {
  const { rows } =
    await sql<InquiryView>`select ${inquiryColumns} where i.tenant_id = ${tx.tenantId} and i.id = ${id}`.execute(tx.db)
  return presentInquiry(found(rows[0], 'There is no such question.'))
}

/** Questions to the payer, the newest first. */
export async function listInquiries(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Inquiry[]; nextCursor: string | null }> {
  const { rows } = await sql<InquiryView>`select ${inquiryColumns} where i.tenant_id = ${tx.tenantId}
    and ${query.cursor === undefined ? sql`true` : sql`i.number < ${query.cursor}`} order by i.number desc limit ${query.limit + 1}`.execute(
    tx.db,
  )
  const items = rows.slice(0, query.limit).map(presentInquiry)
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.number ?? null) : null }
}
