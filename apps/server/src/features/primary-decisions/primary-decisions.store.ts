import type { ClaimStatus, Person, PrimaryDecision } from '@keepwell/contract'
import { sql } from 'kysely'
import { json, type Tx } from '../../db/database.ts'
import { newId } from '../../kernel/ids.ts'

export interface EnteredRow {
  id: string
  decision: PrimaryDecision | null
  reason: string | null
  by: Person
  at: Date
}

/** What was entered for a patient's month, the newest first, at most 50; the first one counts. */
export async function listEntered(tx: Tx, patientId: string, month: string): Promise<EnteredRow[]> {
  const { rows } = await sql<EnteredRow>`
    select d.id, d.decision, d.reason, jsonb_build_object('id', s.id, 'name', s.name) as by, d.recorded_at as at
    from primary_decisions d join staff s on s.tenant_id = d.tenant_id and s.id = d.recorded_by
    where d.tenant_id = ${tx.tenantId} and d.patient_id = ${patientId} and d.month = ${month}
    order by d.recorded_at desc, d.id desc limit 50`.execute(tx.db)
  return rows
}

export async function insertEntered(
  tx: Tx,
  entered: {
    patientId: string
    month: string
    decision: PrimaryDecision | null
    reason: string | null
    by: string
    now: Date
  },
): Promise<string> {
  const id = newId()
  await tx.db
    .insertInto('primary_decisions')
    .values({
      tenant_id: tx.tenantId,
      id,
      patient_id: entered.patientId,
      month: entered.month,
      decision: entered.decision === null ? null : json(entered.decision),
      reason: entered.reason,
      recorded_by: entered.by,
      recorded_at: entered.now,
    })
    .execute()
  return id
}

/** The claim that stands for a patient's month; null where there is none. */
export async function readStandingClaim(
  tx: Tx,
  patientId: string,
  month: string,
): Promise<{ status: ClaimStatus; controlNumber: string } | null> {
  const { rows } = await sql<{ status: ClaimStatus; controlNumber: string }>`
    select status, control_number as "controlNumber" from claims
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and month = ${month} and live and follows_claim_id is null`.execute(
    tx.db,
  )
  return rows[0] ?? null
}

export interface InsurerRow {
  name: string | null
  payerId: string | null
  filingCode: string | null
  groupNumber: string | null
  memberId: string | null
}

/**
 * The insurers that could pay before Medicare, as the patient's coverage tells them: the likeliest first, at most 10. What a 271
 * tells of such an insurer is the number of the policy, not of the member.
 */
export async function listInsurers(tx: Tx, patientId: string): Promise<InsurerRow[]> {
  const { rows } = await sql<InsurerRow>`
    select payer_name as name, payer_id as "payerId", filing_code as "filingCode",
      coalesce(group_number, case when source = '271' then member_id end) as "groupNumber", case when source <> '271' then member_id end as "memberId" from coverages
    where tenant_id = ${tx.tenantId} and patient_id = ${patientId} and not hint and kind in ('other_primary', 'commercial')
    order by kind desc, payer_order nulls last, recorded_at desc, id limit 10`.execute(tx.db)
  return rows
}
