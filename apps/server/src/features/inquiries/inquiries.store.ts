import type { ClaimStatusInquiry } from '@keepwell/x12'
import { type RawBuilder, sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import { isStale, leftAt } from '../claims/index.ts'
import type { Askable } from './inquiries.ts'

/** The most claims of one question. */
export const claimsAtMost = 500

export interface ClaimToAsk extends Askable {
  payerClaimNumber: string | null
  chargeCents: number
  serviceOn: string
  subscriber: { family: string; given: string; bornOn: string | null; sex: string; mbi: string | null }
}

const toAsk = sql<ClaimToAsk>`c.id, c.control_number as "controlNumber", c.status, c.follows_claim_id as "followsClaimId", c.payer_claim_number as "payerClaimNumber", c.charge_cents as "chargeCents",
  c.service_on as "serviceOn", c.subscriber`

/** Claims of a clinic by id, locked in the order of their numbers. */
export async function lockToAsk(tx: Tx, clinicId: string, ids: readonly string[]): Promise<ClaimToAsk[]> {
  const { rows } = await sql<ClaimToAsk>`
    select ${toAsk} from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.id = any (${[...ids]}::uuid[])
    order by c.control_number limit ${claimsAtMost} for update`.execute(tx.db)
  return rows
}

/** Nothing was asked or told of a claim since this instant and since it left, as an SQL condition. */
export const quietSince = (since: Date): RawBuilder<unknown> => sql`not exists (
    select 1 from claim_inquiry_claims q join claim_inquiries i on i.tenant_id = q.tenant_id and i.id = q.inquiry_id
    where q.tenant_id = c.tenant_id and q.claim_id = c.id and i.status <> 'failed' and i.created_at >= greatest(${since}::timestamptz, ${leftAt}))
  and not exists (select 1 from claim_status_answers a where a.tenant_id = c.tenant_id and a.claim_id = c.id and a.told_at >= greatest(${since}::timestamptz, ${leftAt}))`

/** The claims that wait for longer than so many days, and of which nothing was asked or told lately. */
export async function lockWaiting(
  tx: Tx,
  clinicId: string,
  than: { today: string; timeZone: string; days: number; quietSince: Date },
): Promise<ClaimToAsk[]> {
  const { rows } = await sql<ClaimToAsk>`
    select ${toAsk} from claims c where c.tenant_id = ${tx.tenantId} and c.clinic_id = ${clinicId} and c.follows_claim_id is null and ${isStale(than, than.days)} and ${quietSince(than.quietSince)}
    order by c.control_number limit ${claimsAtMost} for update`.execute(tx.db)
  return rows
}

export interface NewInquiry {
  clinicId: string
  fileId: string
  number: string
  interchange: number
  group: number
  channel: 'download' | 'sftp' | 'simulator'
  asked: readonly { claimId: string; trace: string }[]
  by: string | null
  now: Date
}

export async function insertInquiry(tx: Tx, one: NewInquiry): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('claim_inquiries')
    .values({
      tenant_id: tx.tenantId,
      id,
      clinic_id: one.clinicId,
      file_id: one.fileId,
      number: one.number,
      interchange_control: String(one.interchange),
      group_control: String(one.group),
      channel: one.channel,
      status: 'waiting',
      created_by: one.by,
      created_at: one.now,
    })
    .execute()
  const rows = one.asked.map((claim) => ({ id: newId(), ...claim }))
  await sql`insert into claim_inquiry_claims (tenant_id, id, inquiry_id, claim_id, trace)
    select ${tx.tenantId}::uuid, r.id, ${id}::uuid, r."claimId", r.trace from json_to_recordset(${json(rows)}::json) as r (id uuid, "claimId" uuid, trace text)`.execute(
    tx.db,
  )
  return id
}

export interface InquiryRow {
  id: string
  clinicId: string
  fileId: string
  number: string
  status: 'waiting' | 'sent' | 'failed'
  channel: NewInquiry['channel']
  attempts: number
}

const columns = sql<InquiryRow>`i.id, i.clinic_id as "clinicId", i.file_id as "fileId", i.number, i.status, i.channel, i.attempts`

/** One question with its row locked. */
export async function lockInquiry(tx: Tx, id: string): Promise<InquiryRow> {
  const { rows } =
    await sql<InquiryRow>`select ${columns} from claim_inquiries i where i.tenant_id = ${tx.tenantId} and i.id = ${id} for update`.execute(
      tx.db,
    )
  return found(rows[0], 'There is no such question.')
}

/** A question that is due to leave by itself, or whose sender died; locked, so that no other sender takes it. */
export async function lockDueInquiry(tx: Tx, now: Date): Promise<InquiryRow | undefined> {
  const { rows } = await sql<InquiryRow>`select ${columns} from claim_inquiries i
    where i.tenant_id = ${tx.tenantId} and i.status = 'waiting' and i.channel <> 'download' and coalesce(i.next_try_at, i.created_at) <= ${now}
    order by i.created_at limit 1 for update skip locked`.execute(tx.db)
  return rows[0]
}

export async function setInquiry(
  tx: Tx,
  id: string,
  set: {
    status?: InquiryRow['status']
    sentAt?: Date
    receipt?: string
    lastError?: string | null
    attempts?: number
    nextTryAt?: Date | null
  },
): Promise<void> {
  await tx.db
    .updateTable('claim_inquiries')
    .set({
      ...(set.status === undefined ? {} : { status: set.status }),
      ...(set.sentAt === undefined ? {} : { sent_at: set.sentAt }),
      ...(set.receipt === undefined ? {} : { receipt: set.receipt }),
      ...(set.lastError === undefined ? {} : { last_error: set.lastError }),
      ...(set.attempts === undefined ? {} : { attempts: set.attempts }),
      ...(set.nextTryAt === undefined ? {} : { next_try_at: set.nextTryAt }),
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

/** The claims that a question asks about. */
export async function claimsAsked(tx: Tx, inquiryId: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('claim_inquiry_claims')
    .select('claim_id')
    .where('tenant_id', '=', tx.tenantId)
    .where('inquiry_id', '=', inquiryId)
    .limit(claimsAtMost)
    .execute()
  return rows.map((row) => row.claim_id)
}

/** Our question by a number of its envelope; undefined where it is none of ours. */
export async function findInquiry(
  tx: Tx,
  by: 'interchange_control' | 'group_control',
  value: string,
): Promise<InquiryRow | undefined> {
  if (!/^\d{1,9}$/.test(value.trim())) return undefined
  const { rows } = await sql<InquiryRow>`
    select ${columns} from claim_inquiries i where i.tenant_id = ${tx.tenantId} and ${sql.ref(by)} = ${String(Number(value))} limit 1 for update`.execute(
    tx.db,
  )
  return rows[0]
}

export interface TracedClaim {
  inquiryClaimId: string
  claimId: string
  trace: string
  controlNumber: string
}

/** What was asked under these traces. */
export async function findTraces(tx: Tx, traces: readonly string[]): Promise<Map<string, TracedClaim>> {
  const { rows } = await sql<TracedClaim>`
    select q.id as "inquiryClaimId", q.claim_id as "claimId", q.trace, c.control_number as "controlNumber" from claim_inquiry_claims q
    join claims c on c.tenant_id = q.tenant_id and c.id = q.claim_id
    where q.tenant_id = ${tx.tenantId} and q.trace = any (${[...new Set(traces)]}::text[]) limit 20000`.execute(tx.db)
  return new Map(rows.map((row) => [row.trace, row]))
}

export interface NewStatusAnswer {
  claimId: string
  inquiryClaimId: string | null
  answerSha256: string
  codes: readonly string[]
  sentence: string
  decidedOn: string | null
  paidCents: number | null
  paymentTrace: string | null
}

/** Keeps what the payer told; answers the claims and hashes of what was not known before. */
export async function insertStatusAnswers(
  tx: Tx,
  answers: readonly NewStatusAnswer[],
  at: { fileId: string; now: Date },
): Promise<{ claimId: string; answerSha256: string }[]> {
  if (answers.length === 0) return []
  const values = answers.map((answer) => ({ id: newId(), ...answer }))
  const { rows } = await sql<{ claimId: string; answerSha256: string }>`
    insert into claim_status_answers (tenant_id, id, claim_id, inquiry_claim_id, file_id, answer_sha256, codes, sentence, decided_on, paid_cents, payment_trace, told_at)
    select ${tx.tenantId}::uuid, r.id, r."claimId", r."inquiryClaimId", ${at.fileId}::uuid, r."answerSha256", r.codes, r.sentence, r."decidedOn", r."paidCents", r."paymentTrace", ${at.now}::timestamptz
    from json_to_recordset(${json(values)}::json) as r (id uuid, "claimId" uuid, "inquiryClaimId" uuid, "answerSha256" text, codes jsonb, sentence text, "decidedOn" date, "paidCents" integer,
      "paymentTrace" text)
    on conflict (tenant_id, claim_id, answer_sha256) do nothing
    returning claim_id as "claimId", answer_sha256 as "answerSha256"`.execute(tx.db)
  return rows
}

/** What a 276 says of one claim. */
export function inquiryOf(
  claim: ClaimToAsk,
  trace: string,
  parties: Pick<ClaimStatusInquiry, 'payer' | 'submitter' | 'provider'>,
): ClaimStatusInquiry {
  const { family, given, bornOn, sex, mbi } = claim.subscriber
  const letter = sex.slice(0, 1).toUpperCase()
  return {
    ...parties,
    trace,
    patient: {
      family,
      given,
      memberId: (mbi ?? '').replaceAll('-', '').toUpperCase(),
      ...(bornOn === null ? {} : { bornOn }),
      ...(letter === 'F' || letter === 'M' ? { sex: letter } : {}),
    },
    ...(claim.payerClaimNumber === null ? {} : { payerClaimNumber: claim.payerClaimNumber }),
    patientAccount: claim.controlNumber,
    chargeCents: claim.chargeCents,
    serviceOn: claim.serviceOn,
  }
}
