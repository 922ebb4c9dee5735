import type { HoldKind, RemittanceStatus } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'
import { found } from '../../kernel/problem.ts'
import type { Account, Posting } from '../claims/index.ts'
import type { Decision, EarlierDecision } from './remittances.ts'

export interface ProviderAdjustmentDetail {
  code: string
  reference: string | null
  amountCents: number
}

export interface Hold {
  kind: HoldKind
  sentence: string
}

export interface RemittanceDetail {
  providerAdjustments: ProviderAdjustmentDetail[]
  differenceCents: number
  sentences: string[]
  holds: Hold[]
}

export interface NewRemittance {
  /** Null for a notice on paper. */
  fileId: string | null
  payerId: string
  payerName: string
  trace: string
  paidOn: string
  amountCents: number
  method: string
  setSha256: string
  status: 'posted' | 'held'
  holdReason: string | null
  claimsCents: number
  providerAdjustmentCents: number
  detail: RemittanceDetail
  by: string | null
  now: Date
}

export async function insertRemittance(tx: Tx, one: NewRemittance): Promise<string> {
  const id = newId()
  const posted = one.status === 'posted'
  await tx.db
    .insertInto('remittances')
    .values({
      tenant_id: tx.tenantId,
      id,
      file_id: one.fileId,
      source: one.fileId === null ? 'paper' : 'file',
      payer_id: one.payerId,
      payer_name: one.payerName,
      trace: one.trace,
      paid_on: one.paidOn,
      amount_cents: one.amountCents,
      method: one.method,
      set_sha256: one.setSha256,
      status: one.status,
      hold_reason: one.holdReason,
      claims_cents: one.claimsCents,
      provider_adjustment_cents: one.providerAdjustmentCents,
      detail: json(one.detail),
      posted_by: posted ? one.by : null,
      posted_at: posted ? one.now : null,
      recorded_at: one.now,
    })
    .execute()
  return id
}

export interface PostedPayment {
  id: string
  paidOn: string
  amountCents: number
  setSha256: string
  source: 'file' | 'paper'
}

/**
 * Posted payments under one number: those of this payer, and those on paper, whose payer has no identifier. Without a payer
 * (a notice on paper) those of every payer.
 */
export async function listPosted(tx: Tx, payerId: string | null, trace: string): Promise<PostedPayment[]> {
  const { rows } = await sql<PostedPayment>`
    select id, paid_on as "paidOn", amount_cents as "amountCents", set_sha256 as "setSha256", source from remittances
    where tenant_id = ${tx.tenantId} and (${payerId}::text is null or payer_id = ${payerId} or source = 'paper') and trace = ${trace} and status = 'posted'
    order by recorded_at limit 50`.execute(tx.db)
  return rows
}

export interface LockedRemittance
  extends Pick<
    NewRemittance,
    'fileId' | 'payerId' | 'trace' | 'paidOn' | 'amountCents' | 'claimsCents' | 'providerAdjustmentCents' | 'detail'
  > {
  id: string
  payerName: string
  status: RemittanceStatus
}

/** One payment with its row locked. */
export async function lockRemittance(tx: Tx, id: string): Promise<LockedRemittance> {
  const { rows } = await sql<LockedRemittance>`
    select id, file_id as "fileId", payer_id as "payerId", payer_name as "payerName", trace, paid_on as "paidOn", amount_cents as "amountCents", claims_cents as "claimsCents",
      provider_adjustment_cents as "providerAdjustmentCents", status,
      '{"holds": [], "sentences": [], "providerAdjustments": [], "differenceCents": 0}'::jsonb || detail as detail
    from remittances where tenant_id = ${tx.tenantId} and id = ${id} for update`.execute(tx.db)
  return found(rows[0], 'There is no such payment.')
}

/** The decisions of a payment that nobody has recognised, in their order. */
export async function listUnclaimed(tx: Tx, remittanceId: string): Promise<StoredDecision[]> {
  const { rows } = await sql<StoredDecision>`
    select id, remittance_id as "remittanceId", claim_id as "claimId", matched_by as "matchedBy", detail as decision from remittance_claims
    where tenant_id = ${tx.tenantId} and remittance_id = ${remittanceId} and claim_id is null order by position, id limit 20000`.execute(
    tx.db,
  )
  return rows
}

export async function setReleased(
  tx: Tx,
  id: string,
  end: { paidOn: string; providerAdjustmentCents: number; detail: RemittanceDetail; by: string; now: Date },
): Promise<void> {
  await tx.db
    .updateTable('remittances')
    .set({
      status: 'posted',
      paid_on: end.paidOn,
      provider_adjustment_cents: end.providerAdjustmentCents,
      detail: json(end.detail),
      posted_by: end.by,
      posted_at: end.now,
    })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

export async function setStatus(tx: Tx, id: string, status: 'held' | 'discarded'): Promise<void> {
  await tx.db
    .updateTable('remittances')
    .set({ status })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', id)
    .execute()
}

export async function insertDeed(
  tx: Tx,
  deed: {
    remittanceId: string
    kind: 'entered' | 'released' | 'discarded' | 'restored'
    reason: string
    by: string
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('remittance_deeds')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      remittance_id: deed.remittanceId,
      kind: deed.kind,
      reason: deed.reason,
      recorded_by: deed.by,
      recorded_at: deed.now,
    })
    .execute()
}

export async function insertDeposit(
  tx: Tx,
  deposit: {
    remittanceId: string
    bankCents: number
    receivedOn: string
    reference: string | null
    by: string
    now: Date
  },
): Promise<void> {
  await tx.db
    .insertInto('deposits')
    .values({
      tenant_id: tx.tenantId,
      id: newId(),
      remittance_id: deposit.remittanceId,
      bank_cents: deposit.bankCents,
      received_on: deposit.receivedOn,
      reference: deposit.reference,
      recorded_by: deposit.by,
      recorded_at: deposit.now,
    })
    .execute()
}

export interface StoredDecision {
  id: string
  remittanceId: string
  claimId: string | null
  matchedBy: string | null
  decision: Decision
}

/** Keeps the decisions of a remittance as they were read; `claimId` null waits for a person. */
export async function insertDecisions(tx: Tx, rows: readonly StoredDecision[]): Promise<void> {
  if (rows.length === 0) return
  const values = rows.map(({ id, remittanceId, claimId, matchedBy, decision }) => ({
    id,
    remittance_id: remittanceId,
    claim_id: claimId,
    matched_by: matchedBy,
    position: decision.position,
    control: decision.controlNumber,
    number: decision.payerClaimNumber,
    status: decision.statusCode,
    charge: decision.chargeCents,
    paid: decision.paidCents,
    patient: decision.patientCents,
    detail: decision,
  }))
  await sql`
    insert into remittance_claims (tenant_id, id, remittance_id, claim_id, position, claim_control, payer_claim_number, status_code, charge_cents, paid_cents, patient_cents, matched_by, detail)
    select ${tx.tenantId}::uuid, r.id, r.remittance_id, r.claim_id, r.position, r.control, r.number, r.status, r.charge, r.paid, r.patient, r.matched_by, r.detail
    from json_to_recordset(${json(values)}::json) as r (id uuid, remittance_id uuid, claim_id uuid, position integer, control text, number text, status text, charge integer,
      paid integer, patient integer, matched_by text, detail jsonb)`.execute(tx.db)
}

export async function setMatched(tx: Tx, row: StoredDecision): Promise<void> {
  await tx.db
    .updateTable('remittance_claims')
    .set({ claim_id: row.claimId, matched_by: row.matchedBy, detail: json(row.decision) })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', row.id)
    .execute()
}

export async function setReversed(tx: Tx, decisionId: string, reversalId: string): Promise<void> {
  await tx.db
    .updateTable('remittance_claims')
    .set({ reversed_by_id: reversalId })
    .where('tenant_id', '=', tx.tenantId)
    .where('id', '=', decisionId)
    .execute()
}

export interface StandingDecision extends EarlierDecision {
  claimId: string
  trace: string
}

/** The decisions of claims that stand: posted and not taken back, the oldest first. */
export async function listStanding(tx: Tx, claimIds: readonly string[]): Promise<StandingDecision[]> {
  if (claimIds.length === 0) return []
  const { rows } = await sql<StandingDecision>`
    select rc.id, rc.claim_id as "claimId", rc.payer_claim_number as "payerClaimNumber", rc.charge_cents as "chargeCents", rc.paid_cents as "paidCents", r.trace
    from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
    where rc.tenant_id = ${tx.tenantId} and rc.claim_id = any (${[...claimIds]}::uuid[]) and rc.reversed_by_id is null and rc.status_code <> '22' and r.status = 'posted'
    order by r.recorded_at, rc.position, rc.id limit 50000`.execute(tx.db)
  return rows
}

/** Reversals that came before what they take back, and so wait without a claim. */
export async function listWaitingReversals(
  tx: Tx,
  controls: readonly string[],
  payerNumbers: readonly string[],
): Promise<(StoredDecision & { trace: string })[]> {
  const { rows } = await sql<StoredDecision & { trace: string }>`
    select rc.id, rc.remittance_id as "remittanceId", rc.claim_id as "claimId", rc.matched_by as "matchedBy", rc.detail as decision, r.trace
    from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
    where rc.tenant_id = ${tx.tenantId} and rc.claim_id is null and rc.status_code = '22' and r.status = 'posted'
      and (rc.claim_control = any (${[...controls]}::text[]) or rc.payer_claim_number = any (${[...payerNumbers]}::text[]))
    order by r.recorded_at, rc.position limit 1000 for update of rc`.execute(tx.db)
  return rows
}

/** One decision with its row locked; undefined where there is none. */
export async function lockDecision(
  tx: Tx,
  id: string,
): Promise<(StoredDecision & { trace: string; paidOn: string; remittanceStatus: string }) | undefined> {
  const { rows } = await sql<StoredDecision & { trace: string; paidOn: string; remittanceStatus: string }>`
    select rc.id, rc.remittance_id as "remittanceId", rc.claim_id as "claimId", rc.matched_by as "matchedBy", rc.detail as decision, r.trace, r.paid_on as "paidOn", r.status as "remittanceStatus"
    from remittance_claims rc join remittances r on r.tenant_id = rc.tenant_id and r.id = rc.remittance_id
    where rc.tenant_id = ${tx.tenantId} and rc.id = ${id} for update of rc`.execute(tx.db)
  return rows[0]
}

/** What a decision booked on its claim. */
export async function postingsOf(tx: Tx, decisionId: string, claimId: string): Promise<Posting[]> {
  const { rows } = await sql<Posting>`
    select p.account, p.amount_cents as "amountCents", p.claim_line_id as "lineId", p.adjustment_group as "group", p.adjustment_code as code
    from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
    where j.tenant_id = ${tx.tenantId} and j.remittance_claim_id = ${decisionId} and j.claim_id = ${claimId} order by p.id limit 5000`.execute(
    tx.db,
  )
  return rows
}

export interface ClaimSums {
  claimId: string
  sums: Partial<Record<Account, number>>
}

/** The sums of claims by account. */
export async function sumsOf(
  tx: Tx,
  claimIds: readonly string[],
): Promise<Map<string, Partial<Record<Account, number>>>> {
  if (claimIds.length === 0) return new Map()
  const { rows } = await sql<{ claimId: string; sums: Partial<Record<Account, number>> }>`
    select "claimId", jsonb_object_agg(account, cents) as sums from (
      select j.claim_id as "claimId", p.account, sum(p.amount_cents)::integer as cents from journal_entries j join postings p on p.tenant_id = j.tenant_id and p.entry_id = j.id
      where j.tenant_id = ${tx.tenantId} and j.claim_id = any (${[...claimIds]}::uuid[]) group by 1, 2) a
    group by "claimId" limit 50000`.execute(tx.db)
  return new Map(rows.map((row) => [row.claimId, row.sums]))
}
